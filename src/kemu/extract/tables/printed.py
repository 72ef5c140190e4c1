"""The numbers of a table as printed, and rows that print the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.readings.nesting import Row as NumberRow
from kemu.extract.readings.nesting import numbers as steps
from kemu.extract.tables import words
from kemu.extract.tables.columns import Band
from kemu.extract.tables.row import Row
from kemu.extract.words import numbers
from kemu.model.document import Cell


def lines(
    rows: Sequence[Row], band: Band, grid: Sequence[Sequence[Cell | None]]
) -> list[NumberRow]:
    """Return the numbers of a band by row of the table, none in the rows that it does not read."""
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


def restated(rows: Sequence[Row], printed: Sequence[NumberRow]) -> list[Row]:
    """Return the rows, those marked that print the code and the amounts of the row above again.

    A 款 and its 项 may bear one code: such a row is no addend beside the other.
    """
    found = list(rows)
    for at, (above, row) in enumerate(zip(rows, rows[1:], strict=False), 1):
        same = (
            row.kind == "code" and row.own == above.own and row.organisation == above.organisation
        )
        amounts = printed[row.index]
        if same and amounts == printed[above.index] and any(c and c.value for c in amounts):
            found[at] = replace(row, restates=True)
    return found
