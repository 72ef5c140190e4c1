"""Whose a row is that names no unit, in a table with a column of units.

A unit printed once stands for the rows below it, up to the next one; or the rows without a unit
are sums over all units. Both are read, and the table's own numbers choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kemu.extract.readings.choice import AHEAD
from kemu.extract.readings.nesting import ONE_TERM
from kemu.extract.readings.nesting import Row as NumberRow
from kemu.extract.readings.splits import Split, Structure
from kemu.extract.tables.header.columns import Band
from kemu.extract.tables.rows.down import down
from kemu.extract.tables.rows.row import Row
from kemu.model.facts import UNDETERMINED
from kemu.model.language import RowKind

_OWNED: tuple[RowKind, ...] = ("code", "label", "project", "unknown")


def settle(rows: Sequence[Row], band: Band, lines: Sequence[NumberRow]) -> list[Row]:
    """Return the rows of a band, each with its unit; `undetermined` where nothing decides.

    Args:
        rows: The rows as read.
        band: Their columns.
        lines: The numbers of the table.
    """
    rows = _unnamed(rows, lines)
    open_rows = [row for row in rows if row.kind in _OWNED and not row.organisation]
    named = {row.organisation for row in rows if row.organisation}
    column = any(c.role in ("unitName", "unitCode") for c in band.keys)
    if any(row.kind == "unit" for row in rows) or not (column and open_rows and len(named) > 1):
        return list(rows)
    inherited = list(_inherited(rows))
    ahead = _bits(inherited, lines) - _bits(rows, lines)
    if ahead >= 0:
        return inherited
    if ahead <= -AHEAD:
        return list(rows)
    return [replace(r, organisation=UNDETERMINED) if r in open_rows else r for r in rows]


def _unnamed(rows: Sequence[Row], lines: Sequence[NumberRow]) -> list[Row]:
    """Return the rows; one among units that no list names is a unit where the numbers say so.

    The rows below it begin their list again, and add up to it in every column.
    """
    found = list(rows)
    heads = [at for at, row in enumerate(rows) if row.kind == "unit"]
    if not heads:
        return found
    for at, row in enumerate(rows[:-1]):
        below = _list_below(rows, at)
        if (
            row.kind in ("project", "unknown")
            and row.cell is not None
            and _sums_up(row, below, lines)
        ):
            found[at] = replace(
                row, kind="unit", says={}, own={}, organisation=row.label, depth=0, parent=None
            )
            for place in range(at + 1, at + 1 + len(below)):
                found[place] = replace(rows[place], organisation=row.label)
    return found


def _list_below(rows: Sequence[Row], at: int) -> list[Row]:
    """Return the rows below a row up to the next that bears no code, if they begin a list again."""
    before = [row.code for row in rows[:at] if row.code][-1:]
    below = list(takewhile(lambda row: row.code and row.kind != "unit", rows[at + 1 :]))
    return below if below and before and below[0].code <= before[0] else []


def _sums_up(row: Row, below: Sequence[Row], lines: Sequence[NumberRow]) -> bool:
    """Tell whether rows add up to a row in every column, codes above others counted once."""
    codes = {other.code for other in below}
    tops = [r for r in below if not any(r.code[:end] in codes for end in range(3, len(r.code)))]
    own = [lines[row.index], *(lines[top.index] for top in tops)]
    structure = Structure((Split(0, tuple(range(1, len(own)))),), own)
    return len(tops) > 1 and not structure.broken and structure.bits > ONE_TERM


def _inherited(rows: Sequence[Row]) -> Iterator[Row]:
    unit = ""
    for row in rows:
        if row.organisation:
            unit = row.organisation
        yield replace(row, organisation=unit) if row.kind in _OWNED else row


def _bits(rows: Sequence[Row], lines: Sequence[NumberRow]) -> float:
    return Structure(tuple(down(rows)), lines).bits
