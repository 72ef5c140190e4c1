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
    """What the first or last year of a version rests on; `UNKNOWN` where there is none.

    `sourced` is a text that tells the year itself, `general` general knowledge. `bounded` is a
    bound: not before the first year, or not after the last, because a text still has the name
    before or already has the one after.
    """

    UNKNOWN = ""
    SOURCED = "sourced"
    GENERAL = "general"
    BOUNDED = "bounded"


class Standing(StrEnum):
    """How a version stands to a year, the best known first.

    `certain`: a source of the year prints it, or sources close before and after do. `possible`:
    the year lies within bounds. `unknown`: nothing tells. `out`: something known excludes it.
    """

    CERTAIN = "certain"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    OUT = "out"


MODERN = 2012
"""Sources before this year belong to older editions: many codes and names have changed since."""
CLOSE = 3
"""Two prints of a name at most so many years apart vouch for the years between."""


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
    UNSETTLED = "unsettled"
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
        from_basis: What the first year rests on.
        to_basis: What the last year rests on.
    """

    text: str
    kind: NameKind
    valid_from: int | None = None
    valid_to: int | None = None
    attested: tuple[int, ...] = ()
    from_basis: YearBasis = YearBasis.UNKNOWN
    to_basis: YearBasis = YearBasis.UNKNOWN

    def covers(self, year: int) -> bool:
        """Return whether nothing known speaks against this name in that year."""
        return year in self.attested or within(self.valid_from, self.valid_to, year)


@dataclass(frozen=True, slots=True)
class Concept:
    """One version of a code.

    Attributes:
        scheme: The classification.
        notation: The code's digits.
        name: Official name of this version.
        level: 类, 款, 项 or 目.
        parent: Notation of the parent, empty for a 类.
        valid_from: First year, or the first possible one; None if not established.
        valid_to: Last year, or the last possible one; None if still valid or not established.
        from_basis: What the first year rests on.
        to_basis: What the last year rests on.
        status: Whether it belongs to the latest edition.
        confidence: How well it is attested.
        basis: What sources print of it.
        years_seen: Years whose documents or notices print code and name.
        code_seen: Years whose documents print the code without a name.
        sources: Ids in data/codes/sources.csv; `+12` stands for twelve more documents.
        budget: The budgets it belongs to: 一般公共预算, 政府性基金预算, …
        names: All names of this meaning, its own first.
        successor: Codes that took over, if known.
        change: What ended or began it, as `renamed:2019`, `merged`, `recoded:2021` …
        doubt: Whether the collectors marked the row as doubtful.
        rivals: Years in which sources still print what stood before it, or already what followed.
    """

    scheme: Scheme
    notation: str
    name: str
    level: Level
    parent: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    from_basis: YearBasis = YearBasis.UNKNOWN
    to_basis: YearBasis = YearBasis.UNKNOWN
    status: Status = Status.CURRENT
    confidence: Confidence = Confidence.C
    basis: SeenAs = SeenAs.UNKNOWN
    years_seen: tuple[int, ...] = ()
    code_seen: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()
    names: tuple[Name, ...] = field(default=(), repr=False)
    successor: tuple[str, ...] = ()
    change: str = ""
    doubt: bool = False
    rivals: frozenset[int] = frozenset()

    @property
    def edges(self) -> tuple[tuple[str, int, YearBasis], ...]:
        """`From` and `To` with their years and what these rest on, where there is one."""
        both = (
            ("From", self.valid_from, self.from_basis),
            ("To", self.valid_to, self.to_basis),
        )
        return tuple((edge, year, basis) for edge, year, basis in both if year is not None)

    @property
    def proofs(self) -> tuple[int, ...]:
        """The years of which a dated source tells that it was in use, the first one first."""
        told = (year for _, year, basis in self.edges if basis is YearBasis.SOURCED)
        return tuple(sorted({*self.years_seen, *told}))

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
        return year in self.years_seen or within(self.valid_from, self.valid_to, year)

    def standing(self, year: int) -> Standing:
        """Return how the version stands to a year, as far as is known."""
        if not self.covers(year):
            return Standing.OUT
        if self._certain(year):
            return Standing.CERTAIN
        if year in self.code_seen:
            return Standing.POSSIBLE
        proofs = self.proofs
        if not proofs or year < proofs[0]:
            bound = self.valid_from is not None
        else:
            bound = year < proofs[-1] or self.current or self.valid_to is not None
        return Standing.POSSIBLE if bound else Standing.UNKNOWN

    def gone(self, year: int) -> bool:
        """Return whether it was given up, in an unknown year, and is known from earlier years only.

        Nothing proves then that it was out of use; that it was in use would be a guess.
        """
        if self.valid_to is not None or self.current:
            return not self.covers(year)
        changed = self.change_year
        return year > max((changed or 1) - 1, *self.years_seen, *self.code_seen, 0)

    def outdated(self, year: int) -> bool:
        """Return whether only an older edition is known to have it, and nothing tells its end.

        What is known of the years since then is more likely to be meant.
        """
        if self.current or year < MODERN:
            return False
        told = self.to_basis in (YearBasis.SOURCED, YearBasis.GENERAL) and self.covers(year)
        return not told and 0 < max(*self.years_seen, *self.code_seen, 0, 0) < MODERN

    def _certain(self, year: int) -> bool:
        """Return whether sources of the year, or close before and after it, vouch for it."""
        if year in self.rivals:
            return False
        before = [seen for seen in self.proofs if seen <= year]
        after = [seen for seen in self.proofs if seen >= year]
        if not before or not after:
            return False
        near = after[0] - before[-1] <= CLOSE
        return near and self.rivals.isdisjoint(range(before[-1], after[0] + 1))

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
