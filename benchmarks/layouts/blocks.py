"""The neutral form of a rendering: lines, paragraphs and tables whose amounts know their keys."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kemu.model.facts import Key

FACTORS = {"元": 100, "万元": 1_000_000}
"""分 in one unit of money."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount as printed.

    Attributes:
        key: What it measures.
        text: As printed, without the unit.
        unit: 元 or 万元.
        value: What is printed, in 元.
        half_step: Half of the last printed digit, in 元.
    """

    key: Key
    text: str
    unit: str
    value: Decimal
    half_step: Decimal


def printed(key: Key, fen: int, unit: str, *, thousands: bool = False, digits: int = 2) -> Printed:
    """Return an amount in a unit of money, rounded half up to some decimals."""
    step = Decimal(1).scaleb(-digits)
    shown = round_half_up(Decimal(fen) / FACTORS[unit], step)
    yuan = Decimal(FACTORS[unit]) / 100
    text = f"{shown:,.{digits}f}" if thousands else f"{shown:.{digits}f}"
    return Printed(key, text, unit, shown * yuan, step * yuan / 2)


def round_half_up(value: Decimal, step: Decimal) -> Decimal:
    """Return a number rounded to a step, half away from zero."""
    return value.quantize(step, "ROUND_HALF_UP")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at the top-left of its span.

    Attributes:
        text: As printed.
        cols: Columns covered.
        rows: Rows covered.
        amount: The amount that it prints, if it prints one.
        align: `left`, `centre` or `right`.
    """

    text: str = ""
    cols: int = 1
    rows: int = 1
    amount: Printed | None = None
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph.

    Attributes:
        parts: Its text; what stands left and right on one line apart.
        kind: `title`, `heading`, `body`, `caption` (of the table below), `name` (that table's
            title), `contents`.
        amounts: The amounts that it prints, in order.
    """

    parts: tuple[str, ...]
    kind: str = "body"
    amounts: tuple[Printed, ...] = ()

    @property
    def text(self) -> str:
        """The whole text."""
        return "　　".join(self.parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one that stands on one page.

    Attributes:
        name: Its title.
        rows: Per row the cells that start in it.
        captions: Rows at the top that hold title and unit.
        head: Rows after them that head the columns; they are repeated where a page breaks.
        goes_on: It goes on with the table before it, on a new page.
        repeats: Its head is printed again on every page that it goes on over.
        wraps: What breaks within its cells: `none`, `names`, `names and digits`.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    captions: int = 0
    head: int = 1
    goes_on: bool = False
    repeats: bool = True
    wraps: str = "none"

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(cell.cols for cell in self.rows[0])

    def places(self) -> list[list[tuple[Cell, bool]]]:
        """Return per row and column the cell that covers it, and whether it starts there."""
        grid: list[list[tuple[Cell, bool] | None]] = [[None] * self.width for _ in self.rows]
        for r, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while grid[r][column] is not None:
                    column += 1
                for dr in range(cell.rows):
                    for dc in range(cell.cols):
                        assert grid[r + dr][column + dc] is None, (self.name, r, column)
                        grid[r + dr][column + dc] = (cell, not dr and not dc)
        return [[place for place in line if place is not None] for line in grid]


Block = Line | Grid
