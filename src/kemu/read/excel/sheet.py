"""A worksheet before it is known what on it is a table: its cells as shown, its merges."""

from __future__ import annotations

from dataclasses import dataclass, field

from kemu.model.document import Notice

MAX_ROWS = 20_000
"""Rows read of one sheet; a published table has some hundred."""
MAX_COLUMNS = 512
"""Columns read of one sheet."""
MAX_CELLS = 2_000_000
"""Cells read of one book."""
MAX_MERGES = 20_000
"""Merged ranges read of one sheet."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell that shows something. Rows and columns count from 0; `numeric`: stored as number."""

    row: int
    column: int
    text: str
    numeric: bool = False


@dataclass
class Sheet:
    """One worksheet.

    Attributes:
        name: As on its tab.
        hidden: Not shown.
        cells: By row, then column.
        merges: First row, first column, last row, last column.
        rows: Number of rows, those beyond the limit included.
        cut: Rows or columns beyond the limits were left out.
        hidden_rows: Number of hidden rows (they are read: totals count them).
        hidden_columns: Columns not shown, and not read.
        unknown: Formulas without a stored result.
    """

    name: str
    hidden: bool = False
    cells: list[SheetCell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: int = 0
    cut: bool = False
    hidden_rows: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    unknown: int = 0


@dataclass
class Book:
    """A workbook: its sheets in order, and what beside their cells was not read."""

    sheets: list[Sheet]
    notices: list[Notice] = field(default_factory=list)


def column_name(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
