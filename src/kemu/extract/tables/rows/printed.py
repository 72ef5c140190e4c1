"""The numbers of a table as printed, and rows that print the same again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.readings.nesting import Row as NumberRow
from kemu.extract.readings.nesting import numbers as steps
from kemu.extract.tables.header.columns import Band
from kemu.extract.tables.rows.row import Row
from kemu.extract.words import numbers
from kemu.model import figures
from kemu.model.document import Cell, Table, Text

_USUAL = 1.25
"""Of all numbers with decimals, four fifths have the usual ones."""


def whole(table: Table) -> Table:
    """Return a table in which a number that a line break cuts in its cell is one number again.

    `3800.0` above `0` where the numbers of the table have two decimals: alone it would have one.
    """
    printed = [
        number for row in table.rows for cell in row if (number := figures.signed(cell.text))
    ]
    decimals = Counter(len(number.partition(".")[2]) for number in printed if "." in number)
    usual, count = max(decimals.items(), key=lambda item: item[1], default=(0, 0))
    if not usual or _USUAL * count < decimals.total():
        return table
    rows = tuple(tuple(_joined(cell, usual) for cell in row) for row in table.rows)
    return table if rows == table.rows else replace(table, rows=rows)


def _joined(cell: Cell, decimals: int) -> Cell:
    """Return a cell, its number made whole if only that gives it the usual decimals."""
    blank = cell.text.find(" ")
    if blank < 0 or "\n" not in cell.content.raw:
        return cell
    together = cell.text.replace(" ", "")
    number = figures.signed(together)
    if number is None or len(number.partition(".")[2]) != decimals:
        return cell
    kept = [at for at, character in enumerate(cell.text) if character != " "]
    offsets = tuple(cell.content.offsets[at] for at in kept)
    return replace(cell, content=Text(cell.content.raw, together, offsets))


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
    printed = figures.signed(cell.text) if cell is not None else None
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
