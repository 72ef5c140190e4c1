"""Which shares are a list whose percents add up to 100: those whose amounts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kemu.model.facts import Claim, Fact


def settled(claims: Sequence[Claim], facts: Sequence[Fact]) -> Iterator[Claim]:
    """Yield the claims; shares of a group with a part missing are no complete list."""
    by_slug = {fact.slug: fact for fact in facts}
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "share" and claim.group:
            groups.setdefault(claim.group, []).append(claim)
    whole = {group for group, members in groups.items() if _adds_up(members, by_slug)}
    for claim in claims:
        complete = claim.group_complete and claim.group in whole
        yield claim if claim.group_complete == complete else replace(claim, group_complete=False)


def _adds_up(shares: Sequence[Claim], facts: Mapping[str, Fact]) -> bool:
    total = facts.get(shares[0].operands.get("whole", ""))
    parts = {
        share.operands.get("part", ""): facts.get(share.operands.get("part", ""))
        for share in shares
    }
    amounts = [part.amount for part in parts.values() if part is not None]
    if total is None or len(amounts) < len(parts):
        return False
    off = total.amount.value - sum(amount.value for amount in amounts)
    return abs(off) <= total.amount.half_step + sum(amount.half_step for amount in amounts)
