"""What documents that print a code and its name together make of the confidence in it.

A sighting never renames anything: names are set side by side. It may raise a confidence by one
rule, see `raised`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kemu.classification.tables.concept import Concept, Confidence, within
from kemu.classification.tables.spelling import clean

FIRST_YEAR = 2012
"""Sightings before this year raise nothing: many names have changed since."""
ORGANISATIONS = 2
"""So many different organisations must print code and name together for confidence A."""


@dataclass(frozen=True, slots=True)
class Support:
    """How many documents print a code and a name together in one year.

    Attributes:
        year: In whose classification.
        documents: How many.
        organisation: One of theirs, or empty where none is known.
        several: Whether there is another organisation.
    """

    name: str
    year: int
    documents: int
    organisation: str
    several: bool


def raised(concept: Concept, support: Sequence[Support]) -> Confidence:
    """Return the confidence that sightings justify for a version of a code, never a lower one.

    Only documents since 2012 count that print the code and exactly this name in one row of a
    table, in a year that nothing known excludes. One such document lifts C to B; those of two
    different organisations lift to A.
    """
    counted = counting(concept.name, concept.valid_from, concept.valid_to, support)
    return lifted(concept.confidence, counted)


def counting(
    name: str, first: int | None, last: int | None, support: Sequence[Support]
) -> list[Support]:
    """Return the sightings that count for a version of a code with this name and validity."""
    return [
        one
        for one in support
        if one.year >= FIRST_YEAR and within(first, last, one.year) and one.name == clean(name)
    ]


def lifted(confidence: Confidence, counted: Sequence[Support]) -> Confidence:
    """Return a confidence as sightings that count lift it."""
    names = {one.organisation for one in counted if one.organisation}
    if len(names) >= ORGANISATIONS or any(one.several for one in counted):
        return Confidence.A
    return min(confidence, Confidence.B) if counted else confidence
