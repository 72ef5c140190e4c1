"""What could not be judged, and where: one entry for each table or chapter and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import Extraction
from kemu.model.findings import Gap
from kemu.validate.evidence import Observed
from kemu.validate.ledger import Reach
from kemu.validate.parts import Division, spread
from kemu.validate.rules import load


def gaps(
    extraction: Extraction, reached: Mapping[str, Reach], folder: Path | None = None
) -> tuple[Gap, ...]:
    """Return what the rules could not judge, in the order of the document."""
    rules = load(folder)
    places = _Places(extraction)
    division = Division(extraction.document)
    found: dict[tuple[Place, str], dict[Place, set[str]]] = {}
    for number, reach in reached.items():
        for value, reason in reach.blocked.items():
            place = places.of(value)
            group = found.setdefault((division.of(place), reason), {})
            group.setdefault(place, set()).add(number)
    order = {beginning: index for index, beginning in enumerate(division.beginnings)}
    return tuple(
        Gap(
            beginning,
            division.heading(beginning),
            spread([place.page for place in where if place.page is not None]),
            rules.reasons.get(reason, {"zh": reason, "en": reason}),
            tuple(n for n in rules.rules if any(n in said for said in where.values())),
            tuple(sorted(where, key=lambda place: place.slug)),
        )
        for (beginning, reason), where in sorted(
            found.items(), key=lambda item: (order.get(item[0][0], 0), item[0][1])
        )
    )


class _Places:
    """Where the things are printed that rules apply to."""

    def __init__(self, extraction: Extraction) -> None:
        self._observed = Observed(extraction)
        self._known = dict(_named(extraction))

    def of(self, value: str) -> Place:
        """Return where something is printed; the document as a whole for what has no one place."""
        thing = self._observed.by_iri.get(value)
        if thing is not None:
            return thing.place
        return self._known.get(value, Place())


def _named(extraction: Extraction) -> Iterator[tuple[str, Place]]:
    """Yield keys with the first place that prints them, groups of claims, and unbound numbers."""
    sha256 = extraction.document.sha256
    for fact in reversed(extraction.facts):
        if (digest := fact.key.digest()) is not None:
            yield iri.key(digest), fact.place
    for claim in reversed(extraction.claims):
        if claim.group:
            yield iri.printed(sha256, claim.group), claim.place
    for number in extraction.unbound:
        yield iri.printed(sha256, number.slug), number.place
