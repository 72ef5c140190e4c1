"""Ruled cells and the characters in them to a grid with exact spans.

pdfplumber finds the rectangles that the rules enclose; a merged cell is a larger rectangle. All
their edges are the grid's rules, so a cell's span is how many of them it crosses. A place that
no rectangle covers (a table without its outer rules) becomes a cell if something is printed there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kemu.model import figures
from kemu.read.pdf.glyph import Box, Glyph, rows, text_of

_SNAP = 2.0
_NARROW = 10.0
"""Points: an empty column at a table's edge that is narrower is a margin."""
_ROOM = 1.6
"""Character sizes: with its padding, a cell with less room breaks its line."""
_HAIR = 4.0
"""Points: rules that are nearer are one double rule."""
_DIGITS = frozenset("0123456789.,-")


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell.

    Attributes:
        row: Its first row, from 0.
        column: Its first column, from 0.
        rowspan: Rows it covers.
        colspan: Columns it covers.
        box: Its rules.
        raw: Its text as printed.
        full: Whether its last line has no room for another character.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    raw: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a table that is on one page.

    Attributes:
        page: Its page, from 1.
        box: Around its rules.
        rules: The vertical rules, from the left.
        rows: Its cells by row.
        inferred: Whether its cells are told from how numbers line up, not from rules.
    """

    page: int
    box: Box
    rules: tuple[float, ...]
    rows: tuple[tuple[RawCell, ...], ...]
    inferred: bool = False

    @property
    def width(self) -> int:
        """Number of grid columns."""
        return len(self.rules) - 1


@dataclass(slots=True)
class Grid:
    """A ruled area while its characters are sorted in."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]
    owner: dict[tuple[int, int], int] = field(default_factory=dict)
    held: dict[int, list[Glyph]] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        """The box around the rules."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int:
        """Return the index of the cell at a point of the area, made up if no rules enclose one."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        if (row, column) not in self.owner:
            self.owner[row, column] = len(self.boxes)
            self.boxes.append(
                Box(self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])
            )
        return self.owner[row, column]

    def widen(self, left: float, right: float) -> None:
        """Add a column at either side where the area reaches further than its cells."""
        if left < self.xs[0] - _NARROW:
            self.xs.insert(0, left)
            self.owner = {(row, column + 1): at for (row, column), at in self.owner.items()}
        if right > self.xs[-1] + _NARROW:
            self.xs.append(right)


def grid_of(cells: Iterable[tuple[float, float, float, float]]) -> Grid:
    """Return the grid of enclosed rectangles."""
    boxes = [Box(*cell) for cell in cells]
    xs = _edges([edge for box in boxes for edge in (box.x0, box.x1)])
    ys = _edges([edge for box in boxes for edge in (box.top, box.bottom)])
    grid = Grid(xs, ys, boxes)
    for index, box in enumerate(boxes):
        for row in range(_nearest(ys, box.top), _nearest(ys, box.bottom)):
            for column in range(_nearest(xs, box.x0), _nearest(xs, box.x1)):
                grid.owner.setdefault((row, column), index)
    return grid


def _edges(values: Sequence[float]) -> list[float]:
    """Return the distinct edges, those nearer than the drawing's precision taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    """Return the index of the nearest of sorted edges, of two as near the first."""
    at = bisect_right(edges, value)
    if at and (at == len(edges) or value - edges[at - 1] <= edges[at] - value):
        return at - 1
    return at


def put(grid: Grid, found: Iterable[Glyph]) -> None:
    """Sort glyphs into the grid's cells, a number that runs over a rule into one of them."""
    for row in rows(list(found)):
        owners = [grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.middle) for glyph in row]
        _keep_numbers_whole(row, owners)
        _keep_names_whole(row, owners)
        for glyph, owner in zip(row, owners, strict=True):
            grid.held.setdefault(owner, []).append(glyph)


def _keep_numbers_whole(row: Sequence[Glyph], owners: list[int]) -> None:
    """Give all digits of a number that a rule crosses to the cell that has most of them."""
    for at in range(1, len(row)):
        left, right = row[at - 1], row[at]
        if owners[at - 1] == owners[at] or not {left.text, right.text} <= _DIGITS:
            continue
        if abs(right.x0 - left.x1) > 0.1 * left.size:
            continue
        start, end = _run(row, at)
        number = "".join(glyph.text for glyph in row[start:end])
        parts = (number[: at - start], number[at - start :])
        if _is_whole(number) and not all(map(_is_whole, parts)):
            most = max(owners[start:end], key=owners[start:end].count)
            owners[start:end] = [most] * (end - start)


def _is_whole(number: str) -> bool:
    return figures.is_number(number, tidy=True)


def _keep_names_whole(row: Sequence[Glyph], owners: list[int]) -> None:
    """Give the end of a name that runs over a rule into the cell of a number to the name's cell.

    The number may be printed over it, so that the characters of both alternate.
    """
    words = [at for at, glyph in enumerate(row) if glyph.text not in _DIGITS]
    for one, other in pairwise(words):
        home, next_door = owners[one], owners[other]
        if home == next_door or not _touch(row[one], row[other]):
            continue
        spilled = _chain(row, words[words.index(other) :])
        spilled = [at for at in spilled if owners[at] == next_door]
        rest = [at for at, owner in enumerate(owners) if owner == next_door and at not in spilled]
        if rest and _is_whole("".join(row[at].text for at in rest)):
            for at in spilled:
                owners[at] = home


def _chain(row: Sequence[Glyph], places: Sequence[int]) -> list[int]:
    """Return the first of some places in a row and those that follow it without a gap."""
    chain = list(places[:1])
    for at in places[1:]:
        if not _touch(row[chain[-1]], row[at]):
            break
        chain.append(at)
    return chain


def _run(row: Sequence[Glyph], at: int) -> tuple[int, int]:
    """Return the stretch of touching digits around `row[at]`."""
    start, end = at - 1, at + 1
    while start and row[start - 1].text in _DIGITS and _touch(row[start - 1], row[start]):
        start -= 1
    while end < len(row) and row[end].text in _DIGITS and _touch(row[end - 1], row[end]):
        end += 1
    return start, end


def _touch(left: Glyph, right: Glyph) -> bool:
    return abs(right.x0 - left.x1) <= 0.1 * left.size


def fragment_of(grid: Grid, page: int) -> Fragment:
    """Return the grid's cells with their texts; rows where nothing is printed are left out."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for place, owner in grid.owner.items():
        spans.setdefault(owner, []).append(place)
    lefts = _label_edges(grid)
    cells = sorted(
        (_cell(grid, owner, places, lefts) for owner, places in spans.items()),
        key=lambda cell: (cell.row, cell.column),
    )
    cells, rules = _without_gaps(cells, grid.xs)
    return Fragment(page, grid.box, tuple(rules), _without_empty_rows(cells, len(grid.ys) - 1))


def _without_gaps(
    cells: Sequence[RawCell], rules: Sequence[float]
) -> tuple[list[RawCell], list[float]]:
    """Return the cells and rules without narrow columns that print nothing.

    Spreadsheets use such columns as margins; rules a hair apart make them, too.
    """
    inked = {cell.column for cell in cells if cell.colspan == 1 and cell.raw.strip()}
    edges = (0, len(rules) - 2)
    gaps = {
        column
        for column in range(len(rules) - 1)
        if rules[column + 1] - rules[column] < (_NARROW if column in edges else _HAIR)
        and column not in inked
    }
    if not gaps or len(gaps) == len(rules) - 1:
        return list(cells), list(rules)
    # A gap's left rule goes, at the right edge its right rule: gaps join the column inside.
    last = len(rules) - 2
    gone = {column + 1 if column == last else column for column in gaps}
    kept = [at for at in range(len(rules)) if at not in gone]
    moved = []
    for cell in cells:
        start = max(sum(at <= cell.column for at in kept) - 1, 0)
        end = min(sum(at <= cell.column + cell.colspan for at in kept) - 1, len(kept) - 1)
        if end > start:
            moved.append(replace(cell, column=start, colspan=end - start))
    return moved, [rules[at] for at in kept]


def _cell(
    grid: Grid, owner: int, places: list[tuple[int, int]], lefts: dict[int, float]
) -> RawCell:
    top, left = min(row for row, _ in places), min(column for _, column in places)
    rowspan = max(row for row, _ in places) - top + 1
    colspan = max(column for _, column in places) - left + 1
    held = grid.held.get(owner, [])
    raw = "\n".join(text_of(line).strip() for line in rows(held)).strip("\n")
    box = grid.boxes[owner]
    return RawCell(
        top, left, rowspan, colspan, box, _indent(held, box, lefts) + raw, _is_full(held, box)
    )


def _is_full(held: Sequence[Glyph], box: Box) -> bool:
    """Return whether a cell's last line leaves no room for another character."""
    ink = [glyph for glyph in held if not glyph.text.isspace()]
    if not ink:
        return False
    last = max(rows(ink)[-1], key=lambda glyph: glyph.x1)
    return box.x1 - last.x1 < _ROOM * last.size


def _label_edges(grid: Grid) -> dict[int, float]:
    """Return for each column where its leftmost text begins, by the column's left rule."""
    edges: dict[int, float] = {}
    for owner, held in grid.held.items():
        ink = [glyph for glyph in held if not glyph.text.isspace()]
        if ink:
            left = round(grid.boxes[owner].x0)
            first = min(glyph.x0 for glyph in ink)
            edges[left] = min(edges.get(left, first), first)
    return edges


def _indent(held: Sequence[Glyph], box: Box, lefts: dict[int, float]) -> str:
    """Return blanks for how far a label is set in from the column's other labels.

    A centred text is not set in.
    """
    ink = [glyph for glyph in held if not glyph.text.isspace()]
    if not ink or ink[0].text in _DIGITS:
        return ""
    first = min(ink, key=lambda glyph: (round(glyph.middle), glyph.x0))
    left, right = first.x0 - box.x0, box.x1 - max(glyph.x1 for glyph in ink)
    if abs(left - right) < first.size / 2:
        return ""
    depth = (first.x0 - lefts[round(box.x0)]) / (first.size / 2)
    return " " * max(0, round(depth))


def _without_empty_rows(cells: Sequence[RawCell], height: int) -> tuple[tuple[RawCell, ...], ...]:
    """Return the cells by row without the rows that print nothing, spans shortened to fit."""
    inked = {cell.row for cell in cells if cell.raw.strip()}
    kept = [row for row in range(height) if row in inked]
    number = {row: index for index, row in enumerate(kept)}
    lines: list[list[RawCell]] = [[] for _ in kept]
    for cell in cells:
        covered = [row for row in range(cell.row, cell.row + cell.rowspan) if row in number]
        if covered:
            row = number[covered[0]]
            lines[row].append(replace(cell, row=row, rowspan=len(covered)))
    return tuple(tuple(sorted(line, key=lambda cell: cell.column)) for line in lines)
