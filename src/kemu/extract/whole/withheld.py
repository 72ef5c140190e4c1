"""Items that are withheld: a class larger than its items by one amount wherever it is printed.

What is secret is in the class and in no item. A slip stands in one place; where every table, and
the text too, falls short of a class by the same amount, and the class itself adds up with its
neighbours, nothing is wrong: the items need only not exceed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kemu.model.facts import ALL, UNDETERMINED, Equation, Fact

_PLACES = 2
"""Tables or paragraphs that must fall short by the same amount."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """An equation with its total, and by how much its terms fall short."""

    equation: Equation
    total: Fact
    gap: Decimal
    bound: Decimal

    @property
    def code(self) -> str:
        return self.total.key.functional

    @property
    def block(self) -> tuple[int | None, int | None]:
        """The table or paragraph that it stands in."""
        place = self.total.place
        return place.table, None if place.table is not None else place.paragraph


def observe(equations: Sequence[Equation], facts: Iterable[Fact]) -> list[Equation]:
    """Return the equations, those that fall short of a withheld item as limits."""
    by_slug = {fact.slug: fact for fact in facts}
    sums = [found for each in equations if (found := _sum(each, by_slug)) is not None]
    gaps = set(_withheld(sums, by_slug))
    short = {each.equation.slug for each in sums if _is_short(each, gaps)}
    return [
        replace(each, relation="atMost", missing="notDisclosed") if each.slug in short else each
        for each in equations
    ]


def _sum(equation: Equation, facts: Mapping[str, Fact]) -> _Sum | None:
    """Return a sum with a printed total, None for a limit; a blank term counts as zero."""
    total = facts.get(equation.total)
    if equation.relation != "equal" or total is None:
        return None
    gap, bound = total.amount.value, total.half_step
    for part in (part for part in equation.parts if part.fact in facts):
        gap -= part.weight * facts[part.fact].amount.value
        bound += abs(part.weight) * facts[part.fact].half_step
    return _Sum(equation, total, gap, bound)


def _withheld(sums: Sequence[_Sum], facts: Mapping[str, Fact]) -> Iterator[Decimal]:
    """Yield the amounts by which a class exceeds its items in several places."""
    adds_up = {
        facts[part.fact].key.functional
        for each in sums
        if abs(each.gap) <= each.bound and len(each.equation.parts) > 1
        for part in each.equation.parts
        if part.fact in facts
    }
    blocks: dict[tuple[str, Decimal], set[tuple[int | None, int | None]]] = {}
    for each in sums:
        if each.gap > each.bound and each.code not in (ALL, UNDETERMINED):
            blocks.setdefault((each.code, each.gap), set()).add(each.block)
    for (code, gap), places in blocks.items():
        if len(places) >= _PLACES and code in adds_up:
            yield gap


def _is_short(each: _Sum, gaps: Iterable[Decimal]) -> bool:
    return each.gap > each.bound and any(abs(each.gap - gap) <= each.bound for gap in gaps)
