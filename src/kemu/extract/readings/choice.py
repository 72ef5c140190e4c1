"""Which reading of a table's lines is taken, and which of its sums may accuse nobody.

Words propose; where all their sums close nothing else is tried. Where one breaks, the numbers
propose too, and the reading that is far ahead is taken. A sum that stays broken is a suspicion only
if no other reading closes it with a home for all of its terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kemu.extract.readings.nesting import Nesting, Row, below, nesting
from kemu.extract.readings.splits import Split, Structure, borne_out, variants
from kemu.model.facts import Doubt

AHEAD = 20.0
"""Bits by which a reading must lead to be taken."""
_MULTIPLES = (2, 3)


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
    if any(_closes(split, crossing, other) for other in others):
        return Doubt.CLOSES_OTHERWISE
    filled = [p for p in split.parts if (c := taken.lines[p][crossing]) is not None and c.value]
    for witness in witnesses:
        above = {witness.parent[part] for part in filled}
        if filled and not above & {None, split.total}:
            return Doubt.TERMS_ELSEWHERE
    total = taken.lines[split.total][crossing]
    cells = [c for part in split.parts if (c := taken.lines[part][crossing]) is not None]
    whole, bound = sum(c.value for c in cells), sum(c.half for c in cells if c.value)
    if total is not None and total.value and len(filled) > 1:
        off = (abs(whole - times * total.value) for times in _MULTIPLES)
        if any(o <= bound + times * total.half for o, times in zip(off, _MULTIPLES, strict=True)):
            return Doubt.SEVERAL_LEVELS
    return None


def _closes(split: Split, crossing: int, other: Structure) -> bool:
    """Tell whether another reading closes a sum, and has a home for every term of this one."""
    closed = [
        s
        for s in other.splits
        if s.total == split.total and crossing not in other.broken.get(s, frozenset())
    ]
    if not closed or any(set(s.parts) == set(split.parts) for s in closed):
        return False
    taken = {part for s in closed for part in s.parts}
    return all(part in taken or other.houses(part) for part in split.parts)
