"""Which lines of a table are sums of which others: one candidate structure, and what it is worth.

A line is a row or a column; a split is one line and the lines that it should be the sum of. A
structure is all splits of one reading. Closed sums earn bits, broken ones and lines in no sum cost
them, so that a reading that says little does not win by breaking little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from math import log2

from kemu.extract.readings.nesting import BROKEN, HOMELESS, ONE_TERM, Nesting, Row
from kemu.model.language import Relation

LEFT_OUT = 6.0
"""Bits that leaving out one of the lines costs that words name as parts (其中)."""
_MOST_GROUPS = 3


@dataclass(frozen=True, slots=True)
class Split:
    """A total and its parts, by index of the lines.

    Attributes:
        total: The line that is the sum.
        parts: The lines that it is the sum of.
        relation: `equal`, or `atMost` where only some of the parts are printed.
        basis: Why the sum should hold (graph/bases.toml), empty where the keys tell.
        within: Lines that words name as parts and that stand within another part (其中).
        division: Which division of one total this is, where it is divided in several ways.
    """

    total: int
    parts: tuple[int, ...]
    relation: Relation = "equal"
    basis: str = ""
    within: tuple[int, ...] = ()
    division: int = 0


@dataclass(frozen=True)
class Structure:
    """One reading of a table's lines, weighed by the table's numbers.

    Attributes:
        splits: Its sums.
        lines: The numbers of every line.
    """

    splits: tuple[Split, ...]
    lines: Sequence[Row] = field(repr=False)

    @cached_property
    def broken(self) -> dict[Split, frozenset[int]]:
        """The sums that do not close, with the crossings in which they do not."""
        found = {split: frozenset(_broken(split, self.lines)) for split in self.splits}
        return {split: crossings for split, crossings in found.items() if crossings}

    @cached_property
    def homeless(self) -> tuple[int, ...]:
        """The lines with an amount that stand in no sum, though the table has sums."""
        home = {line for s in self.splits for line in (s.total, *s.parts, *s.within)}
        filled = [i for i, row in enumerate(self.lines) if any(c and c.value for c in row)]
        return tuple(i for i in filled if i not in home) if self.splits else ()

    @cached_property
    def bits(self) -> float:
        """What the numbers say for this reading."""
        earned = sum(_bits(split, self.lines) for split in self.splits)
        lost = sum(BROKEN * len(self._distinct(split)) for split in self.broken)
        return earned - lost - HOMELESS * len(self.homeless)

    def _distinct(self, split: Split) -> set[tuple[int, int]]:
        """Return what a broken sum prints and comes to, equal columns once."""
        return {_sides(split, self.lines, crossing)[:2] for crossing in self.broken[split]}

    def of(self, line: int) -> Split | None:
        """Return the sum that a line is the total of, if any."""
        return next((split for split in self.splits if split.total == line), None)

    def houses(self, line: int) -> bool:
        """Tell whether a line is part of a sum, or holds no amount that needs one."""
        if not any(cell is not None and cell.value for cell in self.lines[line]):
            return True
        return any(line in (*split.parts, *split.within) for split in self.splits)


def _sides(split: Split, lines: Sequence[Row], crossing: int) -> tuple[int, int, int]:
    """Return the total, the sum of the parts and the bound that rounding explains."""
    total = lines[split.total][crossing]
    parts = [cell for part in split.parts if (cell := lines[part][crossing]) is not None]
    bound = (total.half if total is not None else 0) + sum(c.half for c in parts if c.value)
    return total.value if total is not None else 0, sum(c.value for c in parts), bound


def _crossings(split: Split, lines: Sequence[Row]) -> Iterator[int]:
    """Yield the crossings in which a total and at least one of its parts are printed."""
    for crossing, total in enumerate(lines[split.total]):
        if total is not None and any(lines[part][crossing] is not None for part in split.parts):
            yield crossing


def _broken(split: Split, lines: Sequence[Row]) -> Iterator[int]:
    for crossing in _crossings(split, lines):
        stated, computed, bound = _sides(split, lines, crossing)
        off = computed - stated if split.relation == "atMost" else abs(computed - stated)
        if off > bound:
            yield crossing


def _bits(split: Split, lines: Sequence[Row]) -> float:
    """Return the bits that a split earns where it closes; totals of one size count once."""
    if split.relation == "atMost":
        return -LEFT_OUT * len(split.within)
    earned: dict[int, float] = {}
    terms = 0
    for crossing in _crossings(split, lines):
        stated, computed, bound = _sides(split, lines, crossing)
        if stated and abs(computed - stated) <= bound:
            earned[stated] = log2(abs(stated) / (2 * max(bound, 1)) + 1)
            filled = [lines[part][crossing] for part in split.parts]
            terms = max(terms, sum(cell is not None and cell.value != 0 for cell in filled))
    bits = sum(earned.values())
    return (min(bits, ONE_TERM) if terms <= 1 else bits) - LEFT_OUT * len(split.within)


def borne_out(found: Nesting, words: Structure) -> Structure:
    """Return the structure that numbers alone bear out; sums keep the basis that words gave."""
    splits = []
    for total in sorted({above for above in found.parent if above is not None}):
        said = words.of(total)
        splits.append(Split(total, found.children(total), basis=said.basis if said else ""))
    return Structure(tuple(splits), words.lines)


def variants(words: Structure, *, columns: bool) -> Iterator[Structure]:
    """Yield the structures in which a broken sum is divided twice or, among columns, has a 其中.

    Rows are not left out of their total: a total that forgets a row would close as well.
    """
    for split in words.broken:
        rest = tuple(other for other in words.splits if other is not split)
        within = _without(split, words.lines) if columns else ()
        for other in (*within, *_groups(split, words.lines)):
            yield Structure((*rest, *other), words.lines)


def _without(split: Split, lines: Sequence[Row]) -> Iterator[tuple[Split, ...]]:
    """Yield a split without one or two lines nowhere larger than one before them (其中)."""
    within = [
        part
        for place, part in enumerate(split.parts)
        if place and any(_at_most(lines[part], lines[p]) for p in split.parts[:place])
    ]
    for out in (set(s) for size in (1, 2) for s in combinations(within, size)):
        parts = tuple(part for part in split.parts if part not in out)
        yield (Split(split.total, parts, split.relation, split.basis, tuple(sorted(out))),)


def _at_most(part: Row, whole: Row) -> bool:
    pairs = [(p.value, w.value) for p, w in zip(part, whole, strict=True) if p and w]
    alone = any(p is not None and p.value and w is None for p, w in zip(part, whole, strict=True))
    return bool(pairs) and not alone and all(p <= w for p, w in pairs)


def _groups(split: Split, lines: Sequence[Row]) -> Iterator[tuple[Split, ...]]:
    """Yield a split as several, each with the whole total (按性质 beside 按来源).

    All close; or one of two does, and the other but for a misprint that its own bits outweigh.
    """
    groups: list[Split] = []
    start = 0
    for end in range(1, len(split.parts) + 1):
        one = replace(split, parts=split.parts[start:end], division=len(groups))
        if _bits(one, lines) > 0 and not any(_broken(one, lines)):
            groups.append(one)
            start = end
    if 1 < len(groups) <= _MOST_GROUPS and start == len(split.parts):
        yield tuple(groups)
        return
    for cut in range(2, len(split.parts) - 1):
        first = replace(split, parts=split.parts[:cut])
        second = replace(split, parts=split.parts[cut:], division=1)
        worth = [
            _bits(each, lines) - BROKEN * len(set(_broken(each, lines))) for each in (first, second)
        ]
        if min(worth) > 0 and not all(any(_broken(each, lines)) for each in (first, second)):
            yield (first, second)
