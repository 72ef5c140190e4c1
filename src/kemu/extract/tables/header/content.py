"""What a naming column is by what stands in it, before what its head says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kemu.extract.document.organisations import OWN_OFFICE, name_pattern
from kemu.extract.tables.label import WITH_CODE
from kemu.extract.words.context import Context
from kemu.model import figures
from kemu.model.document import Cell
from kemu.model.language import ColumnRole

_NAMES = ("name", "projectName")


def role(
    named: ColumnRole, others: Sequence[str], body: Sequence[Cell | None], context: Context
) -> ColumnRole:
    """Return the role of a naming column: one of units where it holds nothing but their names.

    Args:
        named: Its role by its head.
        others: The roles of the other columns; what names a row must stand in one of them.
        body: Its cells below the head.
        context: The document's.
    """
    if named not in _NAMES or not {"name", "projectName", "code"} & set(others):
        return named
    own = frozenset(n for o in context.organisations[:1] for n in (o.name, *o.aliases))
    texts = {cell.text for cell in body if cell is not None and cell.text}
    names = {_name(text) for text in texts if not figures.is_total(text)}
    return "unitName" if names and all(is_organisation(name, own) for name in names) else named


def _name(text: str) -> str:
    coded = WITH_CODE.match(text)
    return coded["name"] if coded else text


def is_organisation(text: str, own: frozenset[str]) -> bool:
    """Tell whether a text is the name of the document's own organisation or ends as one does."""
    plain = OWN_OFFICE.sub("", text)
    return plain in own or re.fullmatch(name_pattern(), plain) is not None
