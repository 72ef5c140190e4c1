"""What was thought about a number: which words were read, which bound it, and what came of it.

A trace costs nothing unless it is asked for: the one that extraction carries takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kemu.model.document import Place
from kemu.model.facts import DIMENSIONS, Fact

Topic = Literal[
    "before", "role", "unknown", "rival", "label", "section", "list", "subject", "opening",
    "remembered", "title", "column", "row", "open", "step",
]  # fmt: skip
"""What a note is about.

`before` the words since the number before, `role` what they make the number, `unknown` and `rival`
words that are no label and why, `label` those that are; `section`, `list`, `opening` and `subject`
what is inherited, `remembered` what the next number may inherit; `title`, `column` and `row` what
binds a cell, `open` what the table leaves open; `step` what a later step changed.
"""


Noted = Mapping[Any, str]
"""Dimension → member, or what is unknown under no dimension."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing noted of one number: the words it is about, and what they say."""

    topic: Topic
    words: str = ""
    says: Noted = field(default_factory=dict)


class Trace:
    """A trace that nobody asked for: it takes nothing."""

    def at(self, place: Place) -> None:
        """Go on to the number at a place: what is noted next is of it."""

    def note(self, topic: Topic, words: str = "", says: Noted | None = None) -> None:
        """Note something of the number in hand."""

    def step(self, name: str, before: Iterable[Fact], after: Iterable[Fact]) -> None:
        """Note which facts a step gave other keys."""


class Kept(Trace):
    """A trace that is kept.

    Attributes:
        notes: Slug of a place → what was noted of the number there, in the order of thought.
        places: Slug of a place → the place.
    """

    def __init__(self) -> None:
        self.notes: dict[str, list[Note]] = {}
        self.places: dict[str, Place] = {}
        self._here = Place()

    def at(self, place: Place) -> None:
        """Go on to the number at a place: what is noted next is of it."""
        self._here = place

    def note(self, topic: Topic, words: str = "", says: Noted | None = None) -> None:
        """Note something of the number in hand; what says nothing and has no words is left out."""
        if words or says:
            note = Note(topic, words, dict(says or {}))
            self.places.setdefault(self._here.slug, self._here)
            self.notes.setdefault(self._here.slug, []).append(note)

    def step(self, name: str, before: Iterable[Fact], after: Iterable[Fact]) -> None:
        """Note which facts a step gave other keys."""
        old = {fact.slug: fact.key for fact in before}
        for fact in after:
            key = old.get(fact.slug, fact.key)
            changed = {
                d: getattr(fact.key, d)
                for d in DIMENSIONS
                if getattr(fact.key, d) != getattr(key, d)
            }
            if changed:
                self.at(fact.place)
                self.note("step", name, changed)


SILENT = Trace()
"""The trace of those who ask for none."""
