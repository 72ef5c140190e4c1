"""Sums of a table that may go on: missing terms may stand in the part that was not joined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kemu.model.doubt import Doubt
from kemu.model.facts import Equation, Fact


def doubted(
    equations: Iterable[Equation], facts: Iterable[Fact], open_ended: Collection[int]
) -> Iterator[Equation]:
    """Yield the equations; a sum down a table that may go on, and that lacks terms, gets the doubt.

    Args:
        equations: Of the tables.
        facts: Of the tables.
        open_ended: Ordinals of the tables of which it is not known whether they go on.
    """
    by_slug = {fact.slug: fact for fact in facts}
    for equation in equations:
        doubtful = equation.doubt is None and equation.place.table in open_ended
        yield (
            replace(equation, doubt=Doubt.GOES_ON)
            if doubtful and _lacks(equation, by_slug)
            else equation
        )


def _lacks(equation: Equation, facts: Mapping[str, Fact]) -> bool:
    """Tell whether the terms stand below each other and come to less than their total."""
    total = facts.get(equation.total)
    terms = [facts[part.fact] for part in equation.parts if part.fact in facts]
    if total is None or equation.relation != "equal" or not terms:
        return False
    if any(term.place.row == total.place.row for term in terms):
        return False
    bound = total.half_step + sum((term.half_step for term in terms), Decimal(0))
    return sum((term.amount.value for term in terms), Decimal(0)) < total.amount.value - bound
