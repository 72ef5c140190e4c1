"""Amounts apart by no more than the rounding of the numbers that each of them was added up from.

A total that is exactly the sum of its printed terms is off the true amount by the rounding of every
term, not by half of its own last digit. Two such totals of one quantity, added up from different
terms, may differ by several units of that digit although each of them adds up. A total that does
not add up has no such excuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kemu.model.facts import Equation, Fact

_MOST_LEVELS = 6


def apart_by_rounding(
    facts: Sequence[Fact], equations: Sequence[Equation], held: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield what differs by such rounding alone: slugs of an amount or an equation, and the other.

    Args:
        facts: All facts.
        equations: All equations; those of one term hold two amounts to be one.
        held: Digest of a key and slug of the fact that the others with that key are held against.
    """
    spreads = _Spreads(facts, equations)
    printed: dict[str, list[Fact]] = {}
    for fact in facts:
        digest = fact.key.digest()
        if digest is not None:
            printed.setdefault(digest, []).append(fact)
    for digest, reference in held:
        for fact in printed[digest]:
            if spreads.explain(fact.slug, reference):
                yield fact.slug, reference
    for equation in equations:
        if len(equation.parts) == 1 and equation.parts[0].weight == 1:
            part = equation.parts[0].fact
            if spreads.explain(equation.total, part, besides=equation.slug):
                yield equation.slug, part


class _Spreads:
    """How far each amount may be off the true one."""

    def __init__(self, facts: Iterable[Fact], equations: Iterable[Equation]) -> None:
        self._facts: Mapping[str, Fact] = {fact.slug: fact for fact in facts}
        self._sums: dict[str, list[Equation]] = {}
        for equation in equations:
            if equation.relation == "equal" and equation.doubt is None:
                self._sums.setdefault(equation.total, []).append(equation)

    def explain(self, one: str, other: str, besides: str = "") -> bool:
        """Tell whether two amounts that differ may both be right, one of them a sum."""
        if not {one, other} <= self._facts.keys():
            return False
        gap = abs(self._facts[one].amount.value - self._facts[other].amount.value)
        own = self._facts[one].half_step + self._facts[other].half_step
        if gap <= own:
            return False
        found = [self._spread(slug, besides, _MOST_LEVELS) for slug in (one, other)]
        return all(s is not None for s in found) and gap <= sum(s for s in found if s is not None)

    def _spread(self, slug: str, besides: str, levels: int) -> Decimal | None:
        """Return how far an amount may be off; None where it does not add up."""
        fact = self._facts[slug]
        widest = fact.half_step
        for equation in self._sums.get(slug, ()) if levels else ():
            parts = [part for part in equation.parts if part.fact in self._facts]
            if equation.slug == besides or not parts:
                continue
            total = sum(part.weight * self._facts[part.fact].amount.value for part in parts)
            if total != fact.amount.value:
                return None
            spreads = [self._spread(part.fact, besides, levels - 1) for part in parts]
            if None in spreads:
                return None
            widest = max(widest, sum((s for s in spreads if s is not None), Decimal(0)))
        return widest
