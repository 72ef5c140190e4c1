"""Whose change and rate is printed: tried on every amount near, where the one named does not fit.

A rate, a change and an amount tie each other: change / (amount ∓ change) is the rate. By chance
some other amount near a sentence fits once in three hundred times, so the one that does is the
subject. This year's amount is never tried as the base: that is how clerks err.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.model.facts import Claim, Fact
from kemu.model.language import OperandRole

_HUNDRED = 100


def settle(scene: Scene, start: int) -> None:
    """Settle in place what the changes and rates of a paragraph are about.

    Args:
        scene: What is known here.
        start: Index of the paragraph's first claim.
    """
    claims = scene.observed.claims
    changes = {c.slug: i for i, c in enumerate(claims[start:], start) if c.kind == "change"}
    for index in range(start, len(claims)):
        rate = claims[index]
        at = changes.get(rate.change)
        if rate.kind != "rate" or at is None or "current" not in rate.operands:
            continue
        near = list(_near(scene, rate))
        named = next((f for f in near if f.slug == rate.operands["current"]), None)
        if named is None or not _base(named, claims[at]) or fits(named, claims[at], rate):
            continue
        fitting = [f for f in near if fits(f, claims[at], rate)]
        if len({f.amount.value for f in fitting}) == 1:
            for i in (at, index):
                claims[i] = _about(scene, claims[i], fitting[0])
        elif not fitting and _ends_a_row(scene, named, near):
            for i in (at, index):
                claims[i] = replace(claims[i], operands={})


def fits(subject: Fact, change: Claim, rate: Claim) -> bool:
    """Tell whether a rate is what a change makes of an amount, but for rounding."""
    base = _base(subject, change)
    if not base or not change.stated or rate.stated is None or rate.unit not in ("%", ""):
        return False
    half = change.stated_half_step or 0
    share = abs(change.stated / base)
    loose = (half + share * (subject.amount.half_step + half)) / abs(base)
    off = abs(share * _HUNDRED - abs(rate.stated))
    return off <= loose * _HUNDRED + (rate.stated_half_step or 0)


def _base(subject: Fact, change: Claim) -> Decimal:
    """Return the amount that a change starts from."""
    stated = change.stated or Decimal(0)
    return subject.amount.value + (stated if change.direction == "decrease" else -stated)


def _near(scene: Scene, rate: Claim) -> Iterator[Fact]:
    """Yield the amounts of this year in its sentence, the one before, and at the head of both."""
    at = rate.place.start or 0
    ends = [match.end() for match in sentences.SENTENCE.finditer(scene.paragraph.content.text)]
    since = [0, 0, *(end for end in ends if end <= at)][-2]
    year = scene.context.keys.year()
    for fact in scene.observed.facts:
        here = fact.place.paragraph == rate.place.paragraph
        wanted = here and since <= (fact.place.start or 0) < at
        if (wanted or fact is scene.state.first or fact is scene.topic) and (
            fact.key.year == year and fact.key.measure == "money"
        ):
            yield fact


def _about(scene: Scene, claim: Claim, subject: Fact) -> Claim:
    """Return a claim as one about another amount, with its own base if it has one."""
    base = scene.bases.get(subject.slug)
    operands: dict[OperandRole, str] = {"current": subject.slug}
    if base is not None:
        operands["base"] = base.slug
    scene.observed.wanted.pop(claim.slug, None)
    return replace(claim, operands=operands)


def _ends_a_row(scene: Scene, named: Fact, near: Sequence[Fact]) -> bool:
    """Tell whether an amount is the last of a row (A1万元、B2万元，较上年…): its own or all's?"""
    text = scene.paragraph.content.text
    start = named.place.start or 0
    last = max((end for f in near if (end := f.place.end or 0) <= start), default=0)
    return text[last : last + 1] == "、"
