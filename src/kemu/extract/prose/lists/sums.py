"""What a list in prose adds up to: its total and its parts, as its own numbers bear them out.

The words open a list under one total. Where its parts do not add up to that, what the page leaves
open is tried: parts that only seem to contain each other, another amount of the sentence that began
it, parts in several levels. A sum that stays broken accuses only if nothing else closes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kemu.extract.readings.choice import choose
from kemu.extract.readings.nesting import numbers
from kemu.extract.readings.splits import Split
from kemu.extract.words.parts import outermost
from kemu.model.doubt import Doubt
from kemu.model.facts import Fact, Key

_LEVELS = 3
"""Parts that a list needs to have levels."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts, with why they may be misread."""

    total: Fact
    parts: tuple[Fact, ...]
    doubt: Doubt | None = None


def exceeds(total: Fact, parts: Sequence[Fact]) -> bool:
    """Tell whether parts are more than a total."""
    return not closes(total, parts) and sum(p.amount.value for p in parts) > total.amount.value


def closes(total: Fact, parts: Sequence[Fact]) -> bool:
    """Tell whether parts add up to a total, but for rounding."""
    filled = [part.amount for part in parts if part.amount.value]
    off = total.amount.value - sum(amount.value for amount in filled)
    return abs(off) <= total.amount.half_step + sum(amount.half_step for amount in filled)


def found(total: Fact, rivals: Sequence[Fact], items: Sequence[Fact]) -> Iterator[Sum]:
    """Yield the sums of a list that leaves nothing out, or names more than its total.

    Args:
        total: The amount that the words say it divides.
        rivals: Further amounts that it might divide.
        items: Its amounts, in reading order.
    """
    parts = outermost(list(items))
    each = _each(items)
    for whole in (total, *(rival for rival in rivals if rival.amount != total.amount)):
        for some in (parts, each):
            if closes(whole, some):
                yield Sum(whole, tuple(some))
                return
    if len(each) < _LEVELS or total.key.measure != "money":
        yield Sum(total, tuple(parts))
        return
    yield from _by_levels(total, parts, each)


def _by_levels(total: Fact, parts: Sequence[Fact], each: Sequence[Fact]) -> Iterator[Sum]:
    facts = [total, *each]
    lines = numbers([[(fact.amount.value, fact.amount.half_step)] for fact in facts])
    flat = Split(0, tuple(facts.index(part) for part in parts))
    choice = choose([flat], lines)
    if not choice.by_numbers:
        yield Sum(total, tuple(parts), choice.doubt(flat, 0))
        return
    below = {part for split in choice.structure.splits for part in split.parts}
    for split in choice.structure.splits:
        yield Sum(facts[split.total], tuple(facts[part] for part in split.parts))
    if not any(split.total == 0 for split in choice.structure.splits):
        yield Sum(total, tuple(part for at, part in enumerate(facts) if at and at not in below))


def _each(items: Sequence[Fact]) -> list[Fact]:
    """Return the parts, each quantity once, whether or not one seems to hold another."""
    return list({item.key: item for item in reversed(items)}.values())[::-1]


def moved(key: Key, old: Key, new: Key, dimensions: Sequence[str]) -> Key:
    """Return a part's key below another total: what it had from the old one it has from the new."""
    changes = {
        d: getattr(new, d)
        for d in dimensions
        if getattr(key, d) == getattr(old, d) != getattr(new, d)
    }
    return replace(key, **changes)
