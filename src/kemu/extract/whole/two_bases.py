"""Changes whose base is looked up in a table that prints two: no accusation from the other one.

A table has last year's amount, and beside it the same without what is left out of the comparison
(扣除基建投资后). A sentence that tells a change need not say which it means: where the change does
not fit the base that its words would have, and fits another amount of that row and year, the base
stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kemu.model.facts import Claim, Fact

_Row = tuple[int | None, int | None]


def settled(claims: Sequence[Claim], facts: Iterable[Fact]) -> list[Claim]:
    """Return the claims of the prose, those that another base of the table fits without theirs."""
    by_slug = {fact.slug: fact for fact in facts}
    rows: dict[_Row, list[Fact]] = {}
    for fact in by_slug.values():
        if fact.place.table is not None:
            rows.setdefault((fact.place.table, fact.place.row), []).append(fact)
    open_ones = {claim.slug for claim in claims if _is_open(claim, by_slug, rows)}
    return [
        replace(claim, operands={r: s for r, s in claim.operands.items() if r != "base"})
        if claim.slug in open_ones or claim.change in open_ones
        else claim
        for claim in claims
    ]


def _is_open(claim: Claim, facts: Mapping[str, Fact], rows: Mapping[_Row, Sequence[Fact]]) -> bool:
    current = facts.get(claim.operands.get("current", ""))
    base = facts.get(claim.operands.get("base", ""))
    if claim.kind != "change" or current is None or base is None or base.place.table is None:
        return False
    beside = (f for f in rows[base.place.table, base.place.row] if f.key.year == base.key.year)
    return not _fits(claim, current, base) and any(_fits(claim, current, f) for f in beside)


def _fits(claim: Claim, current: Fact, base: Fact) -> bool:
    """Tell whether the stated change is that between two amounts, in its direction."""
    if claim.stated is None or claim.stated_half_step is None:
        return False
    sign = -1 if claim.direction == "decrease" else 1
    gap = sign * (current.amount.value - base.amount.value) - claim.stated
    return abs(gap) <= claim.stated_half_step + current.half_step + base.half_step
