"""Whose a row is that names no unit, in a table with a column of units.

A unit printed once stands for the rows below it, up to the next one; or the rows without a unit
are sums over all units. Both are read, and the table's own numbers choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.readings.choice import AHEAD
from kemu.extract.readings.nesting import Row as NumberRow
from kemu.extract.readings.nesting import numbers as steps
from kemu.extract.readings.splits import Structure
from kemu.extract.tables import words
from kemu.extract.tables.columns import Band
from kemu.extract.tables.down import down
from kemu.extract.tables.row import Row
from kemu.extract.words import numbers
from kemu.model.document import Cell
from kemu.model.facts import UNDETERMINED

_OWNED = ("code", "label", "project", "unknown")
Grid = Sequence[Sequence[Cell | None]]


def settle(rows: Sequence[Row], band: Band, grid: Grid) -> list[Row]:
    """Return the rows of a band, each with its unit; `undetermined` where nothing decides.

    Args:
        rows: The rows as read.
        band: Their columns.
        grid: The table.
    """
    open_rows = [row for row in rows if row.kind in _OWNED and not row.organisation]
    named = {row.organisation for row in rows if row.organisation}
    column = any(c.role in ("unitName", "unitCode") for c in band.keys)
    if any(row.kind == "unit" for row in rows) or not (column and open_rows and len(named) > 1):
        return list(rows)
    inherited = list(_inherited(rows))
    lines = _lines(rows, band, grid)
    ahead = _bits(inherited, lines) - _bits(rows, lines)
    if ahead >= 0:
        return inherited
    if ahead <= -AHEAD:
        return list(rows)
    return [replace(r, organisation=UNDETERMINED) if r in open_rows else r for r in rows]


def _inherited(rows: Sequence[Row]) -> Iterator[Row]:
    unit = ""
    for row in rows:
        if row.organisation:
            unit = row.organisation
        yield replace(row, organisation=unit) if row.kind in _OWNED else row


def _bits(rows: Sequence[Row], lines: Sequence[NumberRow]) -> float:
    return Structure(tuple(down(rows)), lines).bits


def _lines(rows: Sequence[Row], band: Band, grid: Grid) -> list[NumberRow]:
    """Return the numbers of a band as printed, by row of the table."""
    own = {row.index for row in rows}
    return steps(
        [
            [_number(line[c.index]) if index in own else None for c in band.amounts]
            for index, line in enumerate(grid)
        ]
    )


def _number(cell: Cell | None) -> tuple[Decimal, Decimal] | None:
    printed = words.number(cell.text) if cell is not None else None
    if printed is None:
        return None
    digits = len(printed.partition(".")[2])
    return numbers.decimal(printed), numbers.half_step(digits, Decimal(1))
