"""The neutral form of a sample: paragraphs and tables with spans, before any file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class C:
    """A cell at the top-left of its span."""

    text: str = ""
    cols: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Para:
    """A paragraph; `level` is 0 for body text, 1 to 3 for headings, -1 for the title.

    `number` is the part of a heading that a word processor would number by itself; a `caption`
    belongs to the table below.
    """

    text: str
    level: int = 0
    number: str = ""
    caption: bool = False

    @property
    def printed(self) -> str:
        """The text as it is seen on the page."""
        return self.number + self.text


@dataclass(frozen=True)
class Grid:
    """A table: per row the cells that start in it.

    Of its rows the first `captions` are title and unit, and those up to `head` column heads.
    """

    name: str
    rows: tuple[tuple[C, ...], ...]
    head: int = 1
    captions: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(cell.cols for cell in self.rows[0])

    def layout(self) -> list[list[tuple[C, bool, bool]]]:
        """Per row and column: the covering cell, whether it starts here, whether in this row."""
        height, width = len(self.rows), self.width
        grid: list[list[tuple[C, bool, bool] | None]] = [[None] * width for _ in range(height)]
        for r, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while grid[r][column] is not None:
                    column += 1
                for dr in range(cell.rows):
                    for dc in range(cell.cols):
                        assert grid[r + dr][column + dc] is None, (self.name, r, column)
                        grid[r + dr][column + dc] = (cell, dr == 0 and dc == 0, dc == 0)
        assert all(place is not None for line in grid for place in line), self.name
        return grid  # type: ignore[return-value]


Block = Para | Grid


@dataclass(frozen=True)
class Sample:
    """A whole document."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def grids(self) -> Iterator[Grid]:
        """Its tables."""
        return (block for block in self.blocks if isinstance(block, Grid))


def table(name: str, rows: list[list[C | str]], head: int, captions: int = 0) -> Grid:
    """Return a table from rows of cells or plain strings."""
    cells = (tuple(C(c) if isinstance(c, str) else c for c in row) for row in rows)
    return Grid(name, tuple(cells), head, captions)


def with_error(sample: Sample, error: dict[str, str]) -> Sample:
    """Return the sample with one printed text changed; it must occur exactly once where asked.

    `error` has `right` and `wrong`, and either `table`, `row` (text of a cell in the row) and
    optionally `column` (text of the column's lowest head), or nothing more for a paragraph.
    """
    hits = 0
    blocks: list[Block] = []
    for block in sample.blocks:
        if isinstance(block, Grid) and block.name == error.get("table"):
            block, found = _in_table(block, error)
            hits += found
        elif isinstance(block, Para) and "table" not in error and error["right"] in block.text:
            hits += block.text.count(error["right"])
            block = replace(block, text=block.text.replace(error["right"], error["wrong"]))
        blocks.append(block)
    if hits != 1:
        raise ValueError(f"{sample.name}: {error['right']} occurs {hits} times")
    return replace(sample, blocks=tuple(blocks))


def _in_table(grid: Grid, error: dict[str, str]) -> tuple[Grid, int]:
    layout = grid.layout()
    heads = {c: layout[grid.head - 1][c][0].text for c in range(grid.width)}
    rows, hits = [], 0
    for r, row in enumerate(grid.rows):
        if any(cell.text.strip() == error["row"] for cell in row):
            changed = []
            for cell in row:
                column = next(c for c in range(grid.width) if layout[r][c][0] is cell)
                wanted = error.get("column", heads[column])
                fits = cell.text == error["right"] and heads[column] == wanted
                hits += fits
                changed.append(replace(cell, text=error["wrong"]) if fits else cell)
            row = tuple(changed)
        rows.append(row)
    return replace(grid, rows=tuple(rows)), hits
