"""Which reading of a table's lines is taken, and which of its sums may accuse nobody.

Words propose; where all their sums close nothing else is tried. Where one breaks, the numbers
propose too, and the reading that is far ahead is taken. A sum that stays broken is a suspicion only
if no other reading closes it with a home for all of its terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kemu.extract.readings.nesting import Nesting, Number, Row, below, nesting
from kemu.extract.readings.splits import Split, Structure, borne_out, variants
from kemu.model.doubt import Doubt

AHEAD = 20.0
"""Bits by which a reading must lead to be taken."""
_MULTIPLES = (2, 3)
_FEWEST = 2


@dataclass(frozen=True)
class Choice:
    """The reading taken.

    Attributes:
        structure: Its sums.
        margin: Bits that it is ahead of the best other one.
        by_numbers: Whether the numbers proposed it, not the words.
        doubts: Sums of it that do not close and may be misread, by total line, with the crossings.
    """

    structure: Structure
    margin: float
    by_numbers: bool = False
    doubts: tuple[tuple[Split, int, Doubt], ...] = ()

    def doubt(self, split: Split, crossing: int) -> Doubt | None:
        """Return why a broken sum may be misread, or None."""
        found = (why for s, c, why in self.doubts if s == split and c == crossing)
        return next(found, None)


def choose(splits: Sequence[Split], lines: Sequence[Row], *, columns: bool = False) -> Choice:
    """Return the reading of a table's lines that its numbers bear out best.

    Args:
        splits: The sums that words, codes and layout state.
        lines: The numbers of each line, along the other direction.
        columns: Whether the lines are columns.
    """
    words = Structure(tuple(splits), lines)
    if not words.broken:
        return Choice(words, words.bits)
    witnesses = [nesting(lines), below(lines)]
    others = [borne_out(found, words) for found in witnesses if found.sums]
    others += variants(words, columns=columns)
    best = max(others, key=lambda other: other.bits, default=Structure((), lines))
    margin = best.bits - words.bits
    sound = (best.bits > 0 or not best.broken) and len(best.homeless) <= len(words.homeless)
    if margin >= AHEAD and best.splits and sound:
        rest = [other for other in others if other is not best]
        return Choice(best, margin, True, _doubts(best, rest, witnesses))
    return Choice(words, -margin, doubts=_doubts(words, others, witnesses))


def _doubts(
    taken: Structure, others: Sequence[Structure], witnesses: Sequence[Nesting]
) -> tuple[tuple[Split, int, Doubt], ...]:
    found = []
    for split, crossings in taken.broken.items():
        for crossing in sorted(crossings):
            why = _why(split, crossing, taken, others, witnesses)
            if why is not None:
                found.append((split, crossing, why))
    return tuple(found)


def _why(
    split: Split,
    crossing: int,
    taken: Structure,
    others: Sequence[Structure],
    witnesses: Sequence[Nesting],
) -> Doubt | None:
    if any(_closes(split, crossing, other, taken) for other in others):
        return Doubt.CLOSES_OTHERWISE
    filled = [p for p in split.parts if (c := taken.lines[p][crossing]) is not None and c.value]
    for witness in witnesses:
        above = {witness.parent[part] for part in filled}
        if filled and not above & {None, split.total}:
            return Doubt.TERMS_ELSEWHERE
    return Doubt.SEVERAL_LEVELS if _levels(split, crossing, taken) else None


def _levels(split: Split, crossing: int, taken: Structure) -> bool:
    """Tell whether a sum closes once terms that other terms are the sum of are counted once."""
    total = taken.lines[split.total][crossing]
    cells = [c for part in split.parts if (c := taken.lines[part][crossing]) and c.value]
    if total is None or not total.value or len(cells) < _FEWEST:
        return False
    whole, bound = sum(c.value for c in cells), sum(c.half for c in cells)
    off = (abs(whole - times * total.value) for times in _MULTIPLES)
    if any(o <= bound + times * total.half for o, times in zip(off, _MULTIPLES, strict=True)):
        return True
    tops = _tops(cells)
    apart = abs(sum(c.value for c in tops) - total.value)
    return len(tops) < len(cells) and apart <= sum(c.half for c in tops) + total.half


def _tops(cells: Sequence[Number]) -> list[Number]:
    """Return the terms without those, at least two, that add up to the one before them."""
    tops: list[Number] = []
    place = 0
    while place < len(cells):
        head = cells[place]
        tops.append(head)
        value, half, place = 0, head.half, place + 1
        for end in range(place, len(cells)):
            value, half = value + cells[end].value, half + cells[end].half
            if end > place and abs(value - head.value) <= half:
                place = end + 1
                break
    return tops


def _closes(split: Split, crossing: int, other: Structure, taken: Structure) -> bool:
    """Tell whether another reading closes a sum, and has a home for every term of this one.

    Another division of the same total, which the reading taken states as well, is no other reading.
    Nor need terms have a home that the other sum does without, every one of them: a total above its
    terms was taken for one below those of another.
    """
    stated = [s for s in taken.splits if s.total == split.total]
    closed = [
        s
        for s in other.splits
        if s.total == split.total and crossing not in other.broken.get(s, frozenset())
        if not any(_filled(s, crossing, taken) == _filled(t, crossing, taken) for t in stated)
    ]
    if not closed:
        return False
    if any(_apart(s, split, crossing, taken) for s in closed):
        return True
    home = {part for s in closed for part in s.parts}
    return all(part in home or other.houses(part) for part in split.parts)


def _filled(split: Split, crossing: int, taken: Structure) -> frozenset[int]:
    """Return the terms of a sum that print an amount which is not zero."""
    cells = ((part, taken.lines[part][crossing]) for part in split.parts)
    return frozenset(part for part, cell in cells if cell is not None and cell.value)


def _apart(one: Split, other: Split, crossing: int, taken: Structure) -> bool:
    """Tell whether a sum of several terms has none of them in common with another."""
    terms = _filled(one, crossing, taken)
    return len(terms) >= _FEWEST and not terms & set(other.parts)
