"""Amounts with one key that differ by exactly what is carried over: two quantities, not one.

一般公共预算收入 is printed with the money of other years in one place and without it in the next,
and no word says so. The smaller is this year's; of the larger the carry is undetermined, so that it
is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from kemu.model.facts import ALL, UNDETERMINED, Amount, Fact, Key

_MOVED = "carriedOver"
_MOST = 2
"""Funds whose money one total holds beside this year's."""


def apart(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with the carry of the larger amounts of such pairs undetermined."""
    moved = _moved(facts)
    pairs = list(_pairs(facts)) if moved else []
    gaps = {pair.key.fund: pair.gap for pair in pairs if pair.key.flow == "revenue"}
    whole = sum(gaps.values(), Decimal(0))
    together = any(whole == one.value for some in moved.values() for one in some)
    larger = {
        (pair.key, value)
        for pair in pairs
        for value in pair.most
        if any(pair.is_(*some) for some in _sums(moved, pair.key.fund))
        or (together and pair.key.flow == "revenue")
    }
    return [
        replace(fact, key=replace(fact.key, carry=UNDETERMINED))
        if (fact.key, fact.amount.value) in larger
        else fact
        for fact in facts
    ]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A key with two values: the larger as printed, by how much it is, how exactly."""

    key: Key
    most: tuple[Decimal, ...]
    gap: Decimal
    near: Decimal

    def is_(self, *moved: Amount) -> bool:
        """Tell whether the gap is what some amounts carried over come to."""
        off = self.gap - sum(amount.value for amount in moved)
        return abs(off) <= self.near + sum(amount.half_step for amount in moved)


def _moved(facts: Sequence[Fact]) -> dict[str, list[Amount]]:
    """Return per fund the amounts that are said to be carried over."""
    found: dict[str, list[Amount]] = {}
    for fact in facts:
        if fact.key.carry == _MOVED and fact.amount.value:
            some = found.setdefault(fact.key.fund, [])
            if all(fact.amount.value != one.value for one in some):
                some.append(fact.amount)
    return found


def _sums(moved: Mapping[str, Sequence[Amount]], fund: str) -> Iterator[tuple[Amount, ...]]:
    """Yield the amounts carried over that a total of a fund may hold: one, or one of each fund."""
    held = [some for other, some in moved.items() if ALL in (fund, other) or other == fund]
    for size in range(1, min(len(held), _MOST) + 1):
        for some in combinations(held, size):
            yield from product(*some)


def _pairs(facts: Sequence[Fact]) -> Iterator[_Pair]:
    values: dict[Key, dict[Decimal, Amount]] = {}
    for fact in facts:
        if fact.key.carry in (ALL, "current") and fact.key.measure == "money":
            values.setdefault(fact.key, {})[fact.amount.value] = fact.amount
    for key, printed in values.items():
        found = list(_apart(printed.values()))
        if len(found) == 2:
            least, most = (min(amounts, key=_half) for amounts in found)
            near = 2 * (least.half_step + most.half_step)  # a last digit may be cut off
            larger = tuple(amount.value for amount in found[1])
            yield _Pair(key, larger, most.value - least.value, near)


def _apart(printed: Iterable[Amount]) -> Iterator[list[Amount]]:
    """Yield printings of one value, those less than one unit of the last digit apart together."""
    together: list[Amount] = []
    for amount in sorted(printed, key=lambda each: each.value):
        if together:
            unit = 2 * max(together[-1].half_step, amount.half_step)
            if amount.value - together[-1].value >= unit:
                yield together
                together = []
        together.append(amount)
    if together:
        yield together


def _half(amount: Amount) -> Decimal:
    return amount.half_step
