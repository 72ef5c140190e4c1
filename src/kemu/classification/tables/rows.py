"""Read data/codes/*.csv as text. Only the standard library: a lookup must start at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from kemu.assets import asset
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    REVENUE,
    Scheme,
)
from kemu.errors import InternalError

FILES = {
    FUNCTIONAL: "functional.csv",
    DEPT_ECONOMIC: "economic_department.csv",
    GOV_ECONOMIC: "economic_government.csv",
    REVENUE: "revenue.csv",
}


class CodeRow(NamedTuple):
    """One version of a code as its table has it; the columns are those of the file, all text.

    Lists are joined by `;`. data/codes/README.md says what the columns mean.
    """

    code: str
    name: str
    level: str
    parent: str
    budget: str = ""
    valid_from: str = ""
    valid_to: str = ""
    from_basis: str = ""
    to_basis: str = ""
    status: str = "current"
    renamed_from: str = ""
    former_names: str = ""
    successor: str = ""
    change: str = ""
    confidence: str = "C"
    basis: str = ""
    years_seen: str = ""
    code_seen: str = ""
    sources: str = ""
    doubt: str = ""


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of data/codes as strings, never as guessed types."""
    return csv.DictReader(io.StringIO(_text(name)))


def code_rows(scheme: Scheme) -> Iterator[CodeRow]:
    """Yield the shipped rows of a scheme.

    Raises:
        InternalError: The table has other columns.
    """
    lines = csv.reader(io.StringIO(_text(FILES[scheme])))
    if (header := tuple(next(lines, ()))) != CodeRow._fields:
        raise InternalError("E-INTERNAL", f"科目表的列不对：{'、'.join(header)}", FILES[scheme])
    return map(CodeRow._make, lines)


def schemes_table() -> dict[str, dict[str, str]]:
    """Return what data/codes/schemes.csv says of every scheme."""
    return {row["scheme"]: row for row in rows("schemes.csv")}


def split(text: str, mark: str = ";") -> tuple[str, ...]:
    """Return the parts of a column that holds a list."""
    return tuple(text.split(mark)) if text else ()


def _text(name: str) -> str:
    return asset("data", "codes", name).read_text(encoding="utf-8")
