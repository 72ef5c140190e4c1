"""The answer to "which code is this?": one code, or none and the codes it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kemu.classification.tables.concept import Concept
from kemu.classification.tables.differences import Differs, cost, describe


class Candidate(NamedTuple):
    """A code that something printed could mean."""

    notation: str
    name: str
    score: float
    reason: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A version of a code whose name fits, and what differs."""

    concept: Concept
    differences: tuple[Differs, ...]

    @property
    def cost(self) -> int:
        """How unlike the printed name is."""
        return cost(self.differences)

    def plus(self, *words: Differs) -> Fit:
        """Return the match with further differences."""
        return Fit(self.concept, (*self.differences, *words))

    def candidate(self, year: int | None) -> Candidate:
        """Return the match as a line in a list."""
        concept = self.concept
        reason = describe(self.differences) or "名称一致"
        name = concept.name_in(year)
        return Candidate(concept.notation, name, score(self.cost), reason, concept.scheme)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed code, name or path means. Never a guess: in doubt `code` is empty.

    Attributes:
        code: The one code that fits, else empty.
        scheme: Its scheme, else empty.
        official_name: Its name in the year asked for.
        differences: Exactly what differs from that, as words of name_differences.csv.
        candidates: The codes that fit equally well, or the nearest ones; all if ambiguous.
        score: 1 for identical, falling with every difference.
        reason: Why, in Chinese.
        concept: The version that `code` stands for.
        path: Official names in that year from the 类 down to the code.
    """

    code: str = ""
    scheme: str = ""
    official_name: str = ""
    differences: tuple[Differs, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    reason: str = ""
    concept: Concept | None = None
    path: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.code)


def score(points: int) -> float:
    """Return a likeness between 0 and 1 for a cost."""
    return round(max(0.0, 1 - points / 20), 2)


def unresolved(reason: str, candidates: tuple[Candidate, ...] = ()) -> Resolution:
    """Return the answer for something that is not, or not uniquely, known."""
    return Resolution(candidates=candidates, reason=reason)
