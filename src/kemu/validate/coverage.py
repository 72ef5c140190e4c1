"""How much of a document was understood, and how much of that was checked."""

from __future__ import annotations

from collections.abc import Iterator

from kemu.model import iri
from kemu.model.facts import Claim, Equation, Extraction, Fact, Unbound
from kemu.model.findings import Coverage
from kemu.validate.evidence import Observed
from kemu.validate.ledger import Reach
from kemu.validate.parts import FORM, parts
from kemu.validate.rules import compares


def coverage(extraction: Extraction, reached: dict[str, Reach]) -> Coverage:
    """Return how many printed numbers were bound, and how many of them a rule compared.

    A fact whose key is undetermined is bound to nothing and listed with the unbound numbers, once.
    Amounts of forms are counted with their table only.
    """
    keyless = [fact for fact in extraction.facts if fact.key.digest() is None]
    said = {number.place.slug for number in extraction.unbound}
    stated = sum(1 for claim in extraction.claims if claim.stated is not None)
    listed = tuple(
        Unbound(fact.place, fact.amount.printed, fact.quote, "undetermined")
        for fact in keyless
        if fact.place.slug not in said
    )
    bound = len(extraction.facts) - len(keyless) + stated
    amounts = (number for number in extraction.unbound if number.reason != FORM)
    unbound = (*amounts, *listed)
    compared = set(_compared(extraction, reached)) - {fact.slug for fact in keyless}
    by_part = parts(extraction, compared)
    return Coverage(bound + len(unbound), bound, len(compared), unbound, by_part)


def _compared(extraction: Extraction, reached: dict[str, Reach]) -> Iterator[str]:
    """Yield the slugs of facts and claims that a rule of amounts was able to judge."""
    observed = Observed(extraction)
    keys: dict[str, list[str]] = {}
    for fact in extraction.facts:
        digest = fact.key.digest()
        if digest is not None:
            keys.setdefault(iri.key(digest), []).append(fact.slug)
    for number, reach in reached.items():
        if not compares(number):
            continue
        for value in reach.judged:
            yield from keys.get(value, ())
            yield from _facts(observed, value)


def _facts(observed: Observed, value: str) -> Iterator[str]:
    thing = observed.by_iri.get(value)
    slugs: list[str] = []
    if isinstance(thing, Equation):
        slugs = [thing.total, *(part.fact for part in thing.parts)]
    elif isinstance(thing, Claim):
        slugs = list(thing.operands.values())
        if thing.stated is not None:
            yield thing.slug
    elif isinstance(thing, Fact):
        slugs = [thing.slug]
    yield from (slug for slug in slugs if isinstance(observed.by_slug.get(slug), Fact))
