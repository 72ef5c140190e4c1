"""Columns that hold differences (增减额): each cell is a claim about two other cells of its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kemu.extract.tables import words
from kemu.extract.tables.header.columns import Column
from kemu.extract.tables.rows.row import Row
from kemu.extract.tables.sheet import Block, Sheet
from kemu.extract.words import numbers
from kemu.model import figures
from kemu.model.facts import Claim, Fact

_MANY = 3
"""So many broken rows, more than half of all, tell that a column holds no differences."""


def claims(sheet: Sheet) -> Iterator[Claim]:
    """Yield a change claim for each number in a column of differences with two clear sides.

    Rows stand apart from each other: where most of them break, the head was misread and not every
    row misprinted, and the column claims nothing.
    """
    factor = figures.factors().get(sheet.unit)
    if factor is None:
        return
    for block in sheet.blocks:
        for column in (c for c in block.band.amounts if c.role == "change"):
            sides = _sides(column, [c for c in block.band.amounts if c.role == "amount"])
            if sides is None:
                continue
            found = [_claim(sheet, block, column, sides, row, factor) for row in block.rows]
            stated = [claim for claim in found if claim is not None]
            if not _misread(stated, block.facts.values()):
                yield from stated


def _claim(
    sheet: Sheet,
    block: Block,
    column: Column,
    sides: tuple[Column, Column],
    row: Row,
    factor: Decimal,
) -> Claim | None:
    """Return what a row's cell in a column of differences claims, if both sides are printed."""
    cell = sheet.table.grid[row.index][column.index]
    printed = figures.signed(cell.text) if cell is not None else None
    base, current = (block.facts.get((row.index, side.index)) for side in sides)
    if cell is None or printed is None or base is None or current is None:
        return None
    stated = numbers.decimal(printed) * factor
    digits = len(printed.partition(".")[2])
    return Claim(
        slug=f"{cell.place.slug}/change",
        kind="change",
        place=cell.place,
        quote=f"{row.label} {printed}（{column.title}）",
        operands={"current": current.slug, "base": base.slug},
        stated=abs(stated),
        stated_half_step=numbers.half_step(digits, factor),
        printed=printed,
        direction="decrease" if stated < 0 else "increase",
        unit=sheet.unit,
    )


def _misread(claims: Sequence[Claim], facts: Iterable[Fact]) -> bool:
    """Tell whether most differences of a column are not those of the two sides."""
    amounts = {fact.slug: fact.amount for fact in facts}
    broken = 0
    for claim in claims:
        current, base = (amounts[claim.operands[side]] for side in ("current", "base"))
        bound = current.half_step + base.half_step + (claim.stated_half_step or 0)
        off = abs(current.value - base.value) - (claim.stated or 0)
        broken += abs(off) > bound
    return broken >= _MANY and broken * 2 > len(claims)


def _sides(column: Column, amounts: Sequence[Column]) -> tuple[Column, Column] | None:
    """Return the columns that a difference is between, the earlier first; None if not clear."""
    for level, text in enumerate(column.path):
        if words.role(text) != "change":
            continue
        rest = (*column.path[:level], *column.path[level + 1 :])
        peers = [c for c in amounts if (*c.path[:level], *c.path[level + 1 :]) == rest]
        years = {c.reading.years[-1]: c for c in peers if c.reading.years}
        if len(peers) == len(years) == 2:
            first, last = sorted(years)
            return years[first], years[last]
    return None
