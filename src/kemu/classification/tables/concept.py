"""Concepts of 政府收支分类科目: one concept per (code, name, parent) version, with what is known.

A code lives through the years under one notation; its name, and sometimes its meaning, changes.
Each change makes a new `Concept` with the validity that is known. Blank validity means "not
established", never "always"; confidence C means general knowledge only: good enough to look up,
never to call a document wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FUNCTIONAL = "functional"
DEPT_ECONOMIC = "deptEconomic"
GOV_ECONOMIC = "govEconomic"
REVENUE = "revenue"
SCHEMES = (FUNCTIONAL, DEPT_ECONOMIC, GOV_ECONOMIC, REVENUE)

LEVELS = ("类", "款", "项", "目")
"""Levels from the top; a notation has 3, 5, 7 or 9 digits."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a code bears or bore.

    Attributes:
        text: As printed in the tables of the classification.
        kind: `official` for the version's own name; `former` or `later` for names of the same
            meaning before or after it; `variant` for a form printed beside it in the same years.
        valid_from: First year, if established.
        valid_to: Last year, if established.
        attested: Years in which a source prints it.
    """

    text: str
    kind: str
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
        scheme: `functional`, `deptEconomic`, `govEconomic` or `revenue`.
        notation: The code's digits.
        name: Official name of this version.
        level: 类, 款, 项 or 目.
        parent: Notation of the parent, empty for a 类.
        valid_from: First year, None if not established.
        valid_to: Last year, None if still valid or not established (see `status`).
        year_basis: What the years rest on: `sourced` (a text), `general` (general knowledge),
            `bounded` (the tightest bound that a text allows), or empty.
        status: `current` or `historical`.
        confidence: `A` code and name printed together since 2012; `B` seen in older or undated
            sources only; `C` general knowledge.
        basis: `code` where code and name were seen together, `name-path` where only the names.
        years_seen: Years whose documents or notices print code and name.
        sources: Ids in data/codes/sources.csv; `+12` stands for twelve more documents.
        budget: The budgets it belongs to: 一般公共预算, 政府性基金预算, …
        names: All names of this meaning, its own first.
        successor: Codes that took over, if known.
        change: What ended or began it, as `renamed:2019`, `merged`, `recoded:2021` …
        doubt: Whether the collectors marked the row as doubtful.
    """

    scheme: str
    notation: str
    name: str
    level: str
    parent: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    year_basis: str = ""
    status: str = "current"
    confidence: str = "C"
    basis: str = ""
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
        return tuple(name for name in self.names if name.kind == "former")

    @property
    def current(self) -> bool:
        """Whether it belongs to the latest edition as far as is known."""
        return self.status == "current"

    def covers(self, year: int) -> bool:
        """Return whether nothing known speaks against this version in that year."""
        return within(self.valid_from, self.valid_to, year)

    def name_in(self, year: int) -> str:
        """Return the name it bore in that year, as far as is known; its own name otherwise."""
        if self.covers(year):
            return self.name
        dated = [n for n in self.names if n.valid_from is not None or n.valid_to is not None]
        return next((n.text for n in dated if n.covers(year)), self.name)


def within(first: int | None, last: int | None, year: int) -> bool:
    """Return whether a year lies in a span whose ends may be open."""
    return (first is None or first <= year) and (last is None or year <= last)
