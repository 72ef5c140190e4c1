"""What a share is of where its words name no whole: the total of its list's section."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from kemu.extract.whole.prose_sums import Sums
from kemu.model import dimensions
from kemu.model.facts import ALL, Claim, Fact, Key


def shares(sums: Sums, claims: Sequence[Claim], named: Container[str]) -> Iterator[Claim]:
    """Yield the claims; a share that names no whole is one of its section's total.

    Args:
        sums: The totals of the prose.
        claims: All claims of the prose.
        named: Slugs of the shares that name their whole.
    """
    by_slug = {fact.slug: fact for fact in sums.facts}
    for claim in claims:
        part = by_slug.get(claim.operands.get("part", ""))
        told = "whole" in claim.operands or claim.slug in named
        if claim.kind != "share" or told or part is None:
            yield claim
            continue
        total = _total(sums, part)
        if total is None:
            yield claim
            continue
        group = f"{total.slug}/{sums.section(part).title}/{_divided(part.key, total.key)}"
        operands = {**claim.operands, "whole": total.slug}
        yield replace(claim, operands=operands, group=group, group_complete=True)


def _total(sums: Sums, part: Fact) -> Fact | None:
    for key in _wholes(part.key):
        total = sums.total(key, part)
        if total is not None and total.key != part.key:
            return total
    return None


def _divided(part: Key, total: Key) -> str:
    """Return the dimensions in which a part is narrower: only shares of one division add up."""
    names = ("functional", "dept_economic", "nature", "fund", "item")
    own = [d for d in names if getattr(part, d) not in (ALL, getattr(total, d))]
    return "-".join(own)


def _wholes(key: Key) -> Iterator[Key]:
    """Yield the keys of what a share without a named whole may be of, the nearest first."""
    if dimensions.is_narrower("item", key.item, "threePublic"):
        yield replace(key, item="threePublic")
    elif key.functional != ALL or key.dept_economic != ALL:
        yield replace(key, functional=ALL, dept_economic=ALL)
    elif key.nature != ALL:
        for nature in (*dimensions.ancestors("nature", key.nature), ALL):
            yield key.but({"nature": nature})
    elif key.flow == "revenue" and key.fund != ALL:
        yield replace(key, fund=ALL)
        yield replace(key, fund=ALL, carry=ALL)
        yield replace(key, fund=ALL, carry=ALL, item="grandTotal")
