"""Sums found from numbers alone: which rows add up to which, whatever codes and words say.

The witness for every structural decision that words leave open. It reads rows from the last to the
first and keeps the best few states; a state is a score in bits and the rows that no sum has taken
so far. A row stays open, or takes the first open rows where they add up to it in every column. A
sum of five-digit amounts that closes by chance is rare, and its bits say how rare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import log2

BEAM = 12
"""States kept. With 1 (the nearest closing first) a tenth of the edges is lost."""
ONE_TERM = 3.0
"""Bits that a sum of one term is worth at most: equal neighbours are common."""
BROKEN = 10.0
"""Bits that a column costs in which a sum that closes in all others does not close: a misprint."""
HOMELESS = 3.0
"""Bits that an amount costs which stands in no sum of a table that has sums."""


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number in whole steps: twice its value, and half of its last digit doubled."""

    value: int
    half: int


Row = tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Nesting:
    """Rows under rows, as the numbers bear it out.

    Attributes:
        parent: For each row the row whose sum it belongs to, or None.
        bits: Evidence for the whole.
        margin: Bits that it is ahead of the best other nesting; all its bits where there is none.
        broken: Rows that close in all columns but one, with that column.
    """

    parent: tuple[int | None, ...] = ()
    bits: float = 0.0
    margin: float = 0.0
    broken: tuple[tuple[int, int], ...] = ()

    def children(self, row: int) -> tuple[int, ...]:
        """Return the rows that add up to a row."""
        return tuple(index for index, above in enumerate(self.parent) if above == row)

    @property
    def sums(self) -> int:
        """How many rows are sums of others."""
        return len({above for above in self.parent if above is not None})


def numbers(rows: Sequence[Sequence[tuple[Decimal, Decimal] | None]]) -> list[Row]:
    """Return amounts and their half steps as whole steps, exactly.

    Args:
        rows: Per row and column the value and half of its last digit, None where there is none.
    """
    halves = [cell[1] for row in rows for cell in row if cell is not None]
    if not halves:
        return [tuple(None for _ in row) for row in rows]
    step = min(halves)
    return [tuple(None if c is None else _steps(*c, step) for c in row) for row in rows]


def _steps(value: Decimal, half: Decimal, step: Decimal) -> Number:
    return Number(int(value / step), int(half / step))


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """The rows that no sum has taken, the nearest first."""

    row: int
    below: _Open | None
    count: int


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    open: _Open | None
    sums: tuple[_Sum, _Trail] | None


@dataclass(frozen=True, slots=True)
class _Sum:
    total: int
    parts: tuple[int, ...]
    broken: int | None = None


_Trail = tuple[_Sum, "_Trail"] | None


@dataclass
class _Search:
    rows: Sequence[Row]
    beam: int
    tolerant: bool
    interned: dict[tuple[int, int], _Open] = field(default_factory=dict)

    def opened(self, row: int, below: _Open | None) -> _Open:
        """Return an open list; the same list is the same object."""
        key = (row, id(below))
        found = self.interned.get(key)
        if found is None:
            found = _Open(row, below, below.count + 1 if below else 1)
            self.interned[key] = found
        return found

    def run(self) -> list[_State]:
        """Return the last states, the best first."""
        states = [_State(0.0, None, None)]
        for index in range(len(self.rows) - 1, -1, -1):
            if not any(cell is not None and cell.value for cell in self.rows[index]):
                continue
            best: dict[int, _State] = {}
            for state in states:
                for after in self._after(state, index):
                    old = best.get(id(after.open))
                    if old is None or after.score > old.score:
                        best[id(after.open)] = after
            states = sorted(best.values(), key=_rank, reverse=True)[: self.beam]
        return states

    def _after(self, state: _State, index: int) -> Iterator[_State]:
        yield _State(state.score, self.opened(index, state.open), state.sums)
        count = state.open.count if state.open else 0
        for found, bits, rest in self._sums(index, state.open):
            score = state.score + bits - log2(count + 1)
            trail = (found, state.sums)
            yield _State(score, self.opened(index, rest), trail)

    def _sums(self, index: int, first: _Open | None) -> Iterator[tuple[_Sum, float, _Open | None]]:
        """Yield the sums that a row can be of the first open rows, with their bits."""
        row = self.rows[index]
        totals = [c.value if c is not None else 0 for c in row]
        bounds = [c.half if c is not None else 0 for c in row]
        left = list(totals)
        parts: list[int] = []
        at = first
        while at is not None:
            part = self.rows[at.row]
            parts.append(at.row)
            at = at.below
            for column, cell in enumerate(part):
                if cell is not None and cell.value:
                    left[column] -= cell.value
                    bounds[column] += cell.half
            off = [c for c, rest in enumerate(left) if abs(rest) > bounds[c]]
            if not off or self._nearly(off, row):
                bits = _bits(row, bounds, len(parts), off)
                if bits > 0:
                    yield _Sum(index, tuple(parts), off[0] if off else None), bits, at
            if self._overshot(off, totals, left, bounds):
                return

    def _nearly(self, off: Sequence[int], row: Row) -> bool:
        """Tell whether all columns close but one, of at least three that hold numbers."""
        filled = sum(cell is not None and cell.value != 0 for cell in row)
        return self.tolerant and len(off) == 1 and filled > 2

    def _overshot(
        self, off: Sequence[int], totals: Sequence[int], left: Sequence[int], bounds: Sequence[int]
    ) -> bool:
        """Tell whether no further row can make the sum close: it is too large in some column."""
        over = [c for c in off if totals[c] >= 0 and left[c] < -bounds[c] and self._positive[c]]
        return len(over) > int(self.tolerant)

    @cached_property
    def _positive(self) -> Sequence[bool]:
        """Per column, whether it holds no negative number."""
        columns = zip(*self.rows, strict=True)
        return [all(cell is None or cell.value >= 0 for cell in column) for column in columns]


def _rank(state: _State) -> float:
    return state.score


def _bits(row: Row, bounds: Sequence[int], parts: int, off: Sequence[int]) -> float:
    """Return the bits of a sum: how unlikely it is that columns of different size all close."""
    found: dict[int, float] = {}
    for column, cell in enumerate(row):
        if cell is not None and cell.value and column not in off:
            bits = log2(abs(cell.value) / (2 * max(bounds[column], 1)) + 1)
            found[cell.value] = max(found.get(cell.value, 0.0), bits)
    bits = sum(found.values()) - BROKEN * len(off)
    return min(bits, ONE_TERM) if parts == 1 else bits


def nesting(rows: Sequence[Row], beam: int = BEAM, tolerant: bool = True) -> Nesting:
    """Return the nesting that the numbers bear out best, totals above their parts.

    Args:
        rows: All rows of one band, amounts only; rows of zeros are passed over.
        beam: States kept.
        tolerant: Whether a sum may fail in one column.
    """
    states = _Search(rows, beam, tolerant).run()
    final = sorted(((s.score - _homeless(s), s) for s in states), key=lambda f: -f[0])
    bits, best = final[0]
    parent: list[int | None] = [None] * len(rows)
    broken: list[tuple[int, int]] = []
    trail: _Trail = best.sums
    while trail is not None:
        found, trail = trail
        for part in found.parts:
            parent[part] = found.total
        if found.broken is not None:
            broken.append((found.total, found.broken))
    margin = bits - final[1][0] if len(final) > 1 else bits
    return Nesting(tuple(parent), bits, margin, tuple(broken))


def _homeless(state: _State) -> float:
    """Return what the rows outside every sum cost; the outermost total is one of them."""
    count = state.open.count if state.open else 0
    return HOMELESS * max(count - 1, 0) if state.sums is not None else 0.0


def below(rows: Sequence[Row], beam: int = BEAM, tolerant: bool = True) -> Nesting:
    """Return the same for totals that stand below their parts."""
    turned = nesting(rows[::-1], beam, tolerant)
    last = len(rows) - 1
    parent = tuple(None if p is None else last - p for p in turned.parent[::-1])
    broken = tuple((last - row, column) for row, column in turned.broken)
    return Nesting(parent, turned.bits, turned.margin, broken)
