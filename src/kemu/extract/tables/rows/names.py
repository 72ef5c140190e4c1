"""What the other columns of a row name beside its label: codes without their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from kemu.extract.tables.header.columns import Column
from kemu.extract.words.context import Context, field_of
from kemu.model.document import Cell


def named_codes(
    texts: Sequence[tuple[Column, Cell, str]], label: Cell, context: Context
) -> tuple[dict[str, str], list[str]]:
    """Return the codes that other columns of a row name without their numbers.

    And the names that several codes bear (设备购置): they tell projects of one name apart.
    """
    own: dict[str, str] = {}
    rest: list[str] = []
    for column, cell, text in texts:
        scheme = column.scheme
        if scheme and cell is not label and column.role == "name":
            found = context.codes.resolve_name(text, context.year, (scheme,))
            if found.code:
                own[field_of(scheme)] = found.code
            else:
                rest.append(text)
    return own, rest
