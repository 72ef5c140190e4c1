"""Rules to the rectangles they enclose, by table.

Rules nearly in line are one, rules nearly touching cross, and every crossing is the corner of the
smallest rectangle whose sides are ruled all along. Rectangles that share corners are a table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kemu.read.pdf.glyph import Box
from kemu.read.pdf.source.page import STRAIGHT, Point, Shapes

_NEAR = 3.0
"""Points: rules that are nearer are in line, join or cross."""
_SHORT = 1.0
"""Points: shorter strokes are the ends of thick lines."""
_TALL = 72.0
"""Points: a row that is not ruled off is no taller."""
_SIDES = 3
"""Upright rules that end level with one another are the sides of a row."""
_MOST_CROSSINGS = 200_000
"""Pairs of rules that may cross, beyond which they are no tables: full pages have some 10,000."""
_MOST_STEPS = 1_000_000
"""Comparisons of corners beyond which they are none."""

Rule = tuple[float, float, float]
"""Where a rule lies, where it begins, where it ends."""
Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, level and upright."""

    level: list[Rule]
    upright: list[Rule]


class TooManyRules(Exception):
    """Rules that are a drawing, and not tables."""


def rules_of(shapes: Shapes) -> Rules:
    """Return every side of what is drawn that is level or upright."""
    rules = Rules([], [])
    for x0, top, x1, bottom in shapes.lines:
        _add(rules, x0, top, x1, bottom)
    for x0, top, x1, bottom in shapes.rects:
        rules.level.extend(((top, x0, x1), (bottom, x0, x1)))
        rules.upright.extend(((x0, top, bottom), (x1, top, bottom)))
    for curve in shapes.curves:
        for (x, y), (z, w) in zip(curve, curve[1:], strict=False):
            _add(rules, min(x, z), min(y, w), max(x, z), max(y, w))
    return rules


def _add(rules: Rules, x0: float, top: float, x1: float, bottom: float) -> None:
    if bottom - top <= STRAIGHT:
        rules.level.append((top, x0, x1))
    elif x1 - x0 <= STRAIGHT:
        rules.upright.append((x0, top, bottom))


def closed(rules: Rules) -> Rules:
    """Return rules with those above and below rows that are open there."""
    upright, level = joined(rules.upright), joined(rules.level)
    return Rules([*rules.level, *_open_ends(upright, level)], rules.upright)


def tables_of(rules: Rules) -> list[list[Box]]:
    """Return the cells of each table, the tables from the top.

    Raises:
        TooManyRules: They are no tables.
    """
    lattice = _lattice(joined(rules.upright), joined(rules.level))
    tables = _by_table(_cells(lattice))
    return sorted(tables, key=lambda cells: min((cell.top, cell.x0) for cell in cells))


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules with those in line as one, as far as they go on; short ones are left out."""
    found = sorted(rule for rule in rules if rule[2] - rule[1] >= _SHORT)
    joined: list[Rule] = []
    for group in _in_line(found):
        place = sum(rule[0] for rule in group) / len(group)
        start = end = None
        for _, begin, stop in sorted(group, key=itemgetter(1)):
            if end is not None and begin <= end + _NEAR:
                end = max(end, stop)
                continue
            if start is not None and end is not None:
                joined.append((place, start, end))
            start, end = begin, stop
        if start is not None and end is not None:
            joined.append((place, start, end))
    return [rule for rule in joined if rule[2] - rule[1] >= _NEAR]


def _open_ends(upright: Sequence[Rule], level: Sequence[Rule]) -> Iterator[Rule]:
    """Yield where the sides of a row end that no rule closes, as a page's first row or last.

    Word processors leave out the rule above the first row of a page, and that below the last.
    """
    for away in (-1, 1):
        ends = sorted((bottom if away > 0 else top, x, x) for x, top, bottom in upright)
        for group in _in_line(ends):
            place = sum(end[0] for end in group) / len(group)
            first, last = min(end[1] for end in group), max(end[1] for end in group)
            if len(group) < _SIDES or last - first <= _NEAR:
                continue
            nearest = min(
                (abs(place - y) for y, x0, x1 in level if away * (place - y) > -_NEAR
                 and abs(x0 - first) <= _NEAR and abs(x1 - last) <= _NEAR),
                default=_TALL,
            )  # fmt: skip
            if _NEAR < nearest < _TALL:
                yield place, first, last


def _in_line(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield rules, given by place, in stretches without a gap."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule[0] > group[-1][0] + _NEAR:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Where rules cross.

    Attributes:
        xs: Places of the upright rules.
        ys: Places of the level rules.
        upright: The upright rules at each crossing, by their numbers.
        level: The level rules at each crossing.
        down: The crossings of each column, from the top.
        across: The crossings of each row, from the left.
    """

    xs: list[float]
    ys: list[float]
    upright: dict[Corner, set[int]]
    level: dict[Corner, set[int]]
    down: dict[int, list[int]]
    across: dict[int, list[int]]


def _lattice(upright: Sequence[Rule], level: Sequence[Rule]) -> _Lattice:
    xs = sorted({rule[0] for rule in upright})
    ys = sorted({rule[0] for rule in level})
    columns = {x: index for index, x in enumerate(xs)}
    rows = [list(group) for _, group in groupby(enumerate(level), lambda item: item[1][0])]
    found = _Lattice(xs, ys, {}, {}, {}, {})
    steps = 0
    for number, (x, top, bottom) in enumerate(upright):
        row = bisect_left(ys, top - _NEAR)
        while row < len(ys) and ys[row] <= bottom + _NEAR:
            steps += len(rows[row])
            for other, (_, left, right) in rows[row]:
                if left - _NEAR <= x <= right + _NEAR:
                    corner = (columns[x], row)
                    found.upright.setdefault(corner, set()).add(number)
                    found.level.setdefault(corner, set()).add(other)
            row += 1
        if steps > _MOST_CROSSINGS:
            raise TooManyRules
    for column, row in sorted(found.upright):
        found.down.setdefault(column, []).append(row)
        found.across.setdefault(row, []).append(column)
    return found


def _cells(lattice: _Lattice) -> Iterator[Box]:
    """Yield the smallest rectangle from each corner, its sides ruled all along."""
    steps = 0
    for corner in sorted(lattice.upright):
        below = _on(lattice.down[corner[0]], corner[1])
        right = _on(lattice.across[corner[1]], corner[0])
        found, taken = _smallest(lattice, corner, below, right)
        if found:
            yield found
        steps += taken
        if steps > _MOST_STEPS:
            raise TooManyRules


def _on(places: Sequence[int], place: int) -> Sequence[int]:
    return places[bisect_left(places, place) + 1 :]


def _smallest(
    lattice: _Lattice, corner: Corner, below: Sequence[int], right: Sequence[int]
) -> tuple[Box | None, int]:
    """Return the smallest rectangle from a corner, if any, and how many were tried."""
    column, row = corner
    upright, level = lattice.upright, lattice.level
    beside = [at for at in right if not level[corner].isdisjoint(level[at, row])]
    steps = len(right)
    for under in below:
        left_side = upright[column, under]
        if left_side.isdisjoint(upright[corner]):
            continue
        for at in beside:
            steps += 1
            far = upright.get((at, under))
            if (
                far is not None
                and not far.isdisjoint(upright[at, row])
                and not level[at, under].isdisjoint(level[column, under])
            ):
                xs, ys = lattice.xs, lattice.ys
                return Box(xs[column], ys[row], xs[at], ys[under]), steps
    return None, steps


def _by_table(cells: Iterable[Box]) -> list[list[Box]]:
    """Return cells by table: those that share corners; one cell alone is none."""
    tables: dict[int, list[Box]] = {}
    holder: dict[Point, int] = {}
    roots: list[int] = []

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    found = list(cells)
    for number, cell in enumerate(found):
        roots.append(number)
        for point in (
            (cell.x0, cell.top),
            (cell.x0, cell.bottom),
            (cell.x1, cell.top),
            (cell.x1, cell.bottom),
        ):
            roots[root(number)] = root(holder.setdefault(point, number))
    for number, cell in enumerate(found):
        tables.setdefault(root(number), []).append(cell)
    return [table for table in tables.values() if len(table) > 1]
