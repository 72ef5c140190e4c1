"""Sums of prose that do not close where a number in their reach has no meaning: no suspicion.

What a list lacks is looked for before anybody is accused: a number among its parts that was not
understood, one behind its total that is just the amount missing, or a number among its parts that
is just that and was taken for something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kemu.extract.words import numbers
from kemu.model.doubt import Doubt
from kemu.model.facts import Amount, Equation, Fact, Unbound

_NOT_UNDERSTOOD = ("noMeaning", "noUnit")
_FAR = 60
"""Paragraphs behind a total within which its list may go on."""


def doubted(
    equations: Sequence[Equation], facts: Sequence[Fact], unbound: Sequence[Unbound]
) -> Iterator[Equation]:
    """Yield the equations; a sum of prose that lacks a term gets the doubt.

    Args:
        equations: Of the prose.
        facts: Of the prose, in reading order.
        unbound: Numbers of the prose without a meaning.
    """
    by_slug = {fact.slug: fact for fact in facts}
    for equation in equations:
        lacks = equation.doubt is None and equation.relation == "equal"
        yield (
            replace(equation, doubt=Doubt.UNBOUND_TERM)
            if lacks and _lacks(equation, by_slug, unbound)
            else equation
        )


def _lacks(equation: Equation, facts: Mapping[str, Fact], unbound: Sequence[Unbound]) -> bool:
    total = facts.get(equation.total)
    parts = [facts[part.fact] for part in equation.parts if part.fact in facts]
    if total is None or len(parts) < len(equation.parts) or len(parts) < 2:
        return False
    gap = total.amount.value - sum(part.amount.value for part in parts)
    near = total.amount.half_step + sum(part.amount.half_step for part in parts)
    if abs(gap) <= near:
        return False
    if gap > 0 and any(abs(gap - f.amount.value) <= near for f in _among(total, parts, facts)):
        return True
    first = total.place.paragraph or 0
    last = max(part.place.paragraph or 0 for part in parts)
    for each in unbound:
        at = each.place.paragraph or 0
        if at < first or (at == first and (each.place.start or 0) < (total.place.start or 0)):
            continue
        if at <= last and each.reason in _NOT_UNDERSTOOD:
            return True
        if at <= last + _FAR and any(
            abs(gap - amount.value) <= near + amount.half_step for amount in amounts(each)
        ):
            return True
    return False


def _among(total: Fact, parts: Sequence[Fact], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the amounts of this year, printed between a total and the end of its paragraph or list.

    They are no parts of it as read, and no wholes of them.
    """
    taken = {total.slug, *(part.slug for part in parts)}
    begin = (total.place.paragraph or 0, total.place.start or 0)
    last = max(part.place.paragraph or 0 for part in parts)
    for fact in facts.values():
        at = (fact.place.paragraph or 0, fact.place.start or 0)
        alike = fact.key.measure == "money" and fact.key.year == total.key.year
        if alike and begin < at and at[0] <= last and fact.slug not in taken:
            yield fact


def amounts(unbound: Unbound) -> Iterator[Amount]:
    """Yield the amounts of money that a number without a meaning prints, in 元."""
    for number in numbers.find(unbound.printed):
        amount = numbers.amount(number, {})
        if amount is not None and number.kind == "money":
            yield amount
