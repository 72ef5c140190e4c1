"""Which stated changes are explained: those with a reason told under the same heading.

A total's change is often explained item by item, in the paragraphs or sub-sections below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kemu.extract.document.outline import Section
from kemu.extract.words import sentences
from kemu.model.facts import Claim

_CHANGES = ("change", "rate")


class Reasons:
    """The reasons told so far, and the sections that changes were told in."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[str, ...]] = {}
        self._explained: set[tuple[str, ...]] = set()

    def note(self, text: str, section: Section, claims: Iterable[Claim]) -> None:
        """Note whether a paragraph tells a reason, and which changes it tells."""
        headings = tuple(heading.text for heading in section.headings)
        told = list(claims)
        named = sentences.pattern("reason", "regex").search(text)
        if named or any(_followed(text, claim) for claim in told):
            self._explained.update(headings[:end] for end in range(len(headings) + 1))
        for claim in told:
            self._told[claim.slug] = headings

    def settled(self, claims: Iterable[Claim]) -> list[Claim]:
        """Return the claims, changes that nothing explains with the heading they stand under."""
        return [self._settled(claim) for claim in claims]

    def _settled(self, claim: Claim) -> Claim:
        headings = self._told.get(claim.slug)
        if claim.kind not in _CHANGES or headings is None or headings in self._explained:
            return claim
        return replace(claim, unexplained=headings[-1] if headings else claim.place.slug)


def _followed(text: str, claim: Claim) -> bool:
    """Tell whether a change is followed by words that explain it."""
    if claim.kind not in _CHANGES or claim.place.end is None:
        return False
    return sentences.pattern("reason", "follows").match(text[claim.place.end :]) is not None
