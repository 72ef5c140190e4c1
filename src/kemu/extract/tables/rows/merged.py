"""Cells that several rows or columns share: whose they are, and what they say of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kemu.extract.tables.header.columns import Column
from kemu.model.document import Cell


@dataclass(frozen=True, slots=True)
class Merged:
    """How a row shares the cell that prints its code with other rows.

    Attributes:
        continued: The cell begins in a row above.
        named: The row has a name of its own beside it.
        project: The project that tells the row from the others, where a column names them.
    """

    continued: bool
    named: bool
    project: str


def merged(index: int, texts: Sequence[tuple[Column, Cell, str]], name: Cell | None) -> Merged:
    """Return how a row shares its code: a code merged over rows holds for each of them.

    A row with another name is what its name says; one with a project is that project's.
    """
    codes = [cell for c, cell, text in texts if c.role == "code" and text.isdigit()]
    lowest = codes[-1] if codes else name
    if lowest is None or lowest.rowspan == 1:
        return Merged(False, True, "")
    own = [(c, cell, text) for c, cell, text in texts if _begins(cell, index)]
    project = " ".join(text for c, _, text in own if c.role == "projectName")
    named = any(cell is name for _, cell, _ in own)
    return Merged(not _begins(lowest, index), named, project)


def _begins(cell: Cell, index: int) -> bool:
    """Tell whether a cell begins in a row of the grid."""
    return cell.place.row == index + 1


def once(
    columns: Sequence[Column], cells: Sequence[Cell | None]
) -> list[tuple[Column, Cell | None]]:
    """Return every naming cell with one column: of those it spans the first that names in words."""
    keyed: list[tuple[Column, Cell | None]] = []
    for column in columns:
        cell = cells[column.index]
        spans = bool(keyed) and cell is not None and keyed[-1][1] is cell
        if spans and keyed[-1][0].role in ("code", "unitCode") and column.role != "code":
            keyed.pop()
            spans = False
        if not spans:
            keyed.append((column, cell))
    return keyed
