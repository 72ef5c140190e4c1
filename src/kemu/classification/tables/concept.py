"""Concepts of 政府收支分类科目: one concept per (code, name, parent) version, with what is known.

A code lives through the years under one notation; its name, and sometimes its meaning, changes.
Each change makes a new `Concept` with the validity that is known. Blank validity means "not
established", never "always"; confidence C means general knowledge only: good enough to look up,
never to call a document wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Scheme(StrEnum):
    """One of the four classifications."""

    FUNCTIONAL = "functional"
    DEPT_ECONOMIC = "deptEconomic"
    GOV_ECONOMIC = "govEconomic"
    REVENUE = "revenue"


FUNCTIONAL = Scheme.FUNCTIONAL
DEPT_ECONOMIC = Scheme.DEPT_ECONOMIC
GOV_ECONOMIC = Scheme.GOV_ECONOMIC
REVENUE = Scheme.REVENUE
SCHEMES = tuple(Scheme)


class Level(StrEnum):
    """A level of a classification, from the top down."""

    CLASS = "类"
    DIVISION = "款"
    ITEM = "项"
    DETAIL = "目"


LEVELS = tuple(Level)
"""Levels from the top; a notation has 3, 5, 7 or 9 digits."""


class NameKind(StrEnum):
    """How a name stands to the version that bears it.

    `official` is the version's own; `former` and `later` are names of the same meaning before or
    after it; `variant` is a form printed beside it in the same years.
    """

    OFFICIAL = "official"
    FORMER = "former"
    LATER = "later"
    VARIANT = "variant"


class YearBasis(StrEnum):
    """What the years of a version rest on; `UNKNOWN` where there are none.

    `sourced` is a text, `general` general knowledge, `bounded` the tightest bound of a text.
    """

    UNKNOWN = ""
    SOURCED = "sourced"
    GENERAL = "general"
    BOUNDED = "bounded"


class Status(StrEnum):
    """Whether a version belongs to the latest edition as far as is known."""

    CURRENT = "current"
    HISTORICAL = "historical"


class Confidence(StrEnum):
    """How well a version is attested; A comes before C in order.

    A: code and name printed together since 2012. B: seen in older or undated sources only.
    C: general knowledge.
    """

    A = "A"
    B = "B"
    C = "C"


class SeenAs(StrEnum):
    """What sources print of a version: code and name together, or only the names."""

    UNKNOWN = ""
    CODE = "code"
    NAME_PATH = "name-path"


class ChangeKind(StrEnum):
    """What a change of the classification did."""

    RENAMED = "renamed"
    MOVED = "moved"
    RECODED = "recoded"
    MERGED = "merged"
    SPLIT = "split"
    REUSED = "reused"
    BORN = "born"
    ENDED = "ended"


SUCCESSIONS = frozenset({ChangeKind.MOVED, ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.RECODED})
"""Kinds of change in which other codes took over."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a code bears or bore.

    Attributes:
        text: As printed in the tables of the classification.
        kind: How it stands to the version that bears it.
        valid_from: First year, if established.
        valid_to: Last year, if established.
        attested: Years in which a source prints it.
    """

    text: str
    kind: NameKind
    valid_from: int | None = None
    valid_to: int | None = None
    attested: tuple[int, ...] = ()

    def covers(self, year: int) -> bool:
        """Return whether nothing known speaks against this name in that year."""
        return within(self.valid_from, self.valid_to, year)


@dataclass(frozen=True, slots=True)
class Concept:
    """One version of a code.

    Attributes:
        scheme: The classification.
        notation: The code's digits.
        name: Official name of this version.
        level: 类, 款, 项 or 目.
        parent: Notation of the parent, empty for a 类.
        valid_from: First year, None if not established.
        valid_to: Last year, None if still valid or not established (see `status`).
        year_basis: What the years rest on.
        status: Whether it belongs to the latest edition.
        confidence: How well it is attested.
        basis: What sources print of it.
        years_seen: Years whose documents or notices print code and name.
        sources: Ids in data/codes/sources.csv; `+12` stands for twelve more documents.
        budget: The budgets it belongs to: 一般公共预算, 政府性基金预算, …
        names: All names of this meaning, its own first.
        successor: Codes that took over, if known.
        change: What ended or began it, as `renamed:2019`, `merged`, `recoded:2021` …
        doubt: Whether the collectors marked the row as doubtful.
    """

    scheme: Scheme
    notation: str
    name: str
    level: Level
    parent: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    year_basis: YearBasis = YearBasis.UNKNOWN
    status: Status = Status.CURRENT
    confidence: Confidence = Confidence.C
    basis: SeenAs = SeenAs.UNKNOWN
    years_seen: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()
    names: tuple[Name, ...] = field(default=(), repr=False)
    successor: tuple[str, ...] = ()
    change: str = ""
    doubt: bool = False

    @property
    def former_names(self) -> tuple[Name, ...]:
        """The names it bore before, with the years that are known."""
        return tuple(name for name in self.names if name.kind is NameKind.FORMER)

    @property
    def current(self) -> bool:
        """Whether it belongs to the latest edition as far as is known."""
        return self.status is Status.CURRENT

    @property
    def change_word(self) -> str:
        """What ended or began it, without the year."""
        return self.change.partition(":")[0]

    @property
    def change_year(self) -> int | None:
        """The year of its change, if that is established."""
        year = self.change.partition(":")[2]
        return int(year) if year else None

    def covers(self, year: int) -> bool:
        """Return whether nothing known speaks against this version in that year."""
        return within(self.valid_from, self.valid_to, year)

    def used(self, year: int | None) -> bool:
        """Return whether it is in use in a year, or now if None, as far as is known."""
        return self.current if year is None else self.covers(year)

    def name_in(self, year: int | None) -> str:
        """Return the name it bore in that year, as far as is known; its own name otherwise."""
        if year is None or self.covers(year):
            return self.name
        dated = [n for n in self.names if n.valid_from is not None or n.valid_to is not None]
        return next((n.text for n in dated if n.covers(year)), self.name)


def within(first: int | None, last: int | None, year: int) -> bool:
    """Return whether a year lies in a span whose ends may be open."""
    return (first is None or first <= year) and (last is None or year <= last)
