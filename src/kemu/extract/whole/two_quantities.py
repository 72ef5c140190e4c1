"""Amounts with one key that differ by exactly what is carried over: two quantities, not one.

一般公共预算收入 is printed with the money of other years in one place and without it in the next,
and no word says so. The smaller is this year's; of the larger the carry is undetermined, so that it
is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.model.facts import ALL, UNDETERMINED, Fact, Key

_MOVED = "carriedOver"


def apart(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with the carry of the larger amounts of such pairs undetermined."""
    moved = _moved(facts)
    if not moved:
        return list(facts)
    gaps = dict(_gaps(facts))
    whole = sum({key.fund: gap for key, (_, gap) in gaps.items()}.values(), Decimal(0))
    together = any(whole == value for values in moved.values() for value in values)
    larger = {
        (key, value)
        for key, (value, gap) in gaps.items()
        if gap in moved.get(key.fund, set()) | moved.get(ALL, set())
        or (together and key.flow == "revenue")
    }
    return [
        replace(fact, key=replace(fact.key, carry=UNDETERMINED))
        if (fact.key, fact.amount.value) in larger
        else fact
        for fact in facts
    ]


def _moved(facts: Sequence[Fact]) -> dict[str, set[Decimal]]:
    """Return per fund the amounts that are said to be carried over."""
    found: dict[str, set[Decimal]] = {}
    for fact in facts:
        if fact.key.carry == _MOVED and fact.amount.value:
            found.setdefault(fact.key.fund, set()).add(fact.amount.value)
    return found


def _gaps(facts: Sequence[Fact]) -> Iterator[tuple[Key, tuple[Decimal, Decimal]]]:
    """Yield the keys with two values, the larger one and by how much it is larger."""
    values: dict[Key, set[Decimal]] = {}
    for fact in facts:
        if fact.key.carry in (ALL, "current") and fact.key.measure == "money":
            values.setdefault(fact.key, set()).add(fact.amount.value)
    for key, printed in values.items():
        if len(printed) == 2:
            least, most = sorted(printed)
            yield key, (most, most - least)
