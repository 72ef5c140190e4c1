"""Which printing of a quantity the others are held against, and where its key tells too little.

A quantity that a document prints with two values has one slip. One with three or more has, as a
rule, a key that lost what tells its places apart, and nothing is held against anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kemu.model.doubt import Doubt
from kemu.model.facts import ALL, Fact

_TOO_MANY = 3
_MARKS = "），、：；”"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A quantity printed with different values.

    Attributes:
        key: Digest of its key.
        reference: Slug of the fact that the others are held against.
        doubt: Why they are not, or None.
    """

    key: str
    reference: str
    doubt: Doubt | None = None


def agreements(facts: Iterable[Fact]) -> Iterator[Agreement]:
    """Yield for every quantity that is printed with different values what the others are held to.

    The reference is the value that most independent places confirm, a table before a sentence,
    the finest printing of it.
    """
    printed: dict[str, list[Fact]] = {}
    for fact in facts:
        digest = fact.key.digest()
        if digest is not None:
            printed.setdefault(digest, []).append(fact)
    for digest, found in printed.items():
        if len({fact.amount.value for fact in found}) > 1:
            yield _agreement(digest, found)


def _agreement(digest: str, facts: Sequence[Fact]) -> Agreement:
    values = list(_values(facts))
    best = max(values, key=_confirmed)
    reference = min(best, key=lambda fact: (fact.place.table is None, fact.half_step))
    doubt = Doubt.SEVERAL_VALUES if len(values) >= _TOO_MANY else None
    if doubt is None and any(_in_one_row(one, other) for one in best for other in facts):
        doubt = Doubt.SAME_ROW
    if doubt is None and any(map(_is_cut, facts)):
        doubt = Doubt.LABEL_CUT
    whole = [fact for fact in facts if not fact.torn]
    if doubt is None and len(whole) < len(facts) and not _apart(whole):
        doubt = Doubt.CELLS_LOST
    return Agreement(digest, reference.slug, doubt)


def _values(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield the printings of each value; those that rounding can explain are one value."""
    together: list[Fact] = []
    for fact in sorted(facts, key=lambda f: f.amount.value):
        if together and not _meet(together[-1], fact):
            yield together
            together = []
        together.append(fact)
    yield together


def _apart(facts: Sequence[Fact]) -> bool:
    """Tell whether facts print different values, beyond what rounding can explain."""
    return len(list(_values(facts))) > 1 if facts else False


def _meet(low: Fact, high: Fact) -> bool:
    return high.amount.value - low.amount.value <= low.half_step + high.half_step


def _confirmed(facts: Sequence[Fact]) -> tuple[int, bool]:
    """Return how many tables and paragraphs print a value, and whether a table does."""
    places = {(fact.place.table, fact.place.paragraph) for fact in facts}
    blocks = {table if table is not None else f"p{paragraph}" for table, paragraph in places}
    return len(blocks), any(fact.place.table is not None for fact in facts)


def _is_cut(fact: Fact) -> bool:
    """Tell whether the label of a print in a sentence closes a bracket that it does not open.

    Where an item was understood all the same (含）以上设备), the label tells enough.
    """
    if fact.key.item != ALL:
        return False
    label = fact.label.lstrip(_MARKS)
    return fact.place.table is None and label.count("）") > label.count("（")


def _in_one_row(one: Fact, other: Fact) -> bool:
    """Tell whether two values stand in one row of a table: its columns were not told apart."""
    here, there = one.place, other.place
    return (
        here.table is not None
        and (here.table, here.row) == (there.table, there.row)
        and not _meet(*sorted((one, other), key=lambda f: f.amount.value))
    )
