"""Sums that prose states without 其中: classes against a total, items against classes.

A section lists 类, the next one their 项; another 人员经费 in one paragraph, 公用经费 in the
next. What belongs together follows from the keys of the facts in one chapter: the parts divide one
dimension of the total and agree in all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kemu.extract.document.outline import Section
from kemu.extract.whole.same_money import Reduction
from kemu.extract.words.parts import divisions, narrower, outermost
from kemu.model import dimensions
from kemu.model.facts import ALL, UNDETERMINED, Equation, Fact, Key, Part
from kemu.model.language import Dimension, Relation

_CLASS, _SECTION, _ITEM = 3, 5, 7
_DIVIDED_NATURES = ("basic", ALL)


@dataclass(frozen=True)
class Sums:
    """Finds the sums in a document's prose.

    Attributes:
        facts: Facts of the prose, in reading order.
        sections: Slug of a fact → the section it stands in.
        reduction: Which keys measure the same money.
        known: Equations that lists gave already.
    """

    facts: Sequence[Fact]
    sections: Mapping[str, Section]
    reduction: Reduction
    known: Sequence[Equation]

    def equations(self) -> Iterator[Equation]:
        """Yield the sums that the lists did not give."""
        seen: dict[tuple[str, str], list[frozenset[str]]] = {}
        for equation in self.known:
            seen.setdefault((equation.total, equation.basis), []).append(_terms(equation))
        for equation in (*self._by_code(), *self._by_nature(), *self._three_public()):
            earlier = seen.setdefault((equation.total, equation.basis), [])
            if not any(_terms(equation) <= terms for terms in earlier):
                earlier.append(_terms(equation))
                yield equation

    # Codes --------------------------------------------------------------------------------

    def _by_code(self) -> Iterator[Equation]:
        coded = [f for f in self.facts if f.key.functional != ALL and f.key.measure == "money"]
        for facts in self._by_chapter(coded):
            for alike in _alike(facts, ("functional", "year")):
                unclear = any(f.key.functional == UNDETERMINED for f in alike)
                yield from self._against_total(_once(alike), unclear)
                yield from self._against_classes(_once(alike), unclear)

    def _against_total(self, coded: list[Fact], unclear: bool) -> Iterator[Equation]:
        """Yield the total against its classes and against its items.

        Where some classes are given by their items and others are not, the sum is of both.
        """
        classes = [f for f in coded if len(f.key.functional) == _CLASS]
        items = [f for f in coded if len(f.key.functional) == _ITEM]
        items += _without_items(coded, items)
        codes = {f.key.functional for f in classes if f.amount.value}
        covered = {f.key.functional[:_CLASS] for f in items}
        blocks = [classes, items if codes <= covered else []]
        if classes and items and not (covered <= codes or codes <= covered):
            blocks = [outermost([*classes, *items])]
        for parts in blocks:
            if len(parts) < 2:
                continue
            wanted = replace(_majority(parts), functional=ALL)
            total = self.total(wanted, parts[0])
            if total is not None:
                yield _equation("column", total, parts, "atMost" if unclear else "equal")

    def _against_classes(self, coded: list[Fact], unclear: bool) -> Iterator[Equation]:
        """Yield each class and section against its items.

        If a class has none, the list is not complete.
        """
        items = [f for f in coded if len(f.key.functional) == _ITEM]
        codes = sorted({item.key.functional[:_CLASS] for item in items})
        complete = bool(items) and not unclear and self._classes_covered(items, codes)
        sections = sorted({item.key.functional[:_SECTION] for item in items})
        for code in (*codes, *sections):
            parts = [i for i in items if i.key.functional.startswith(code)]
            total = self.total(replace(_majority(items), functional=code), items[0])
            if total is not None:
                basis = "oneItemClass" if len(parts) == 1 else "codeHierarchy"
                yield _equation(basis, total, parts, "equal" if complete else "atMost")

    def _classes_covered(self, items: list[Fact], codes: list[str]) -> bool:
        wanted = self.reduction.reduce(replace(_majority(items), functional=ALL))
        return all(
            fact.key.functional in codes or not fact.amount.value
            for fact in self._classes
            if self.reduction.reduce(replace(fact.key, functional=ALL)) == wanted
        )

    # Natures and 三公 -----------------------------------------------------------------------

    def _by_nature(self) -> Iterator[Equation]:
        for whole in _DIVIDED_NATURES:
            needed = dimensions.consists_of("nature", whole)
            natures = (*needed, *dimensions.may_consist_of("nature", whole))
            divided = [f for f in self.facts if f.key.nature in natures and _plain(f.key)]
            for facts in self._by_chapter(divided):
                for alike in _alike(facts, ("nature",)):
                    first: dict[str, Fact] = {f.key.nature: f for f in reversed(alike)}
                    if any(nature not in first for nature in needed):
                        continue
                    parts = [first[nature] for nature in natures if nature in first]
                    total = self.total(parts[0].key.but({"nature": whole}), parts[0])
                    if total is not None and not self._carries_forward(total):
                        yield _equation("row", total, parts)

    def _carries_forward(self, total: Fact) -> bool:
        """Tell whether the chapter of a total also leaves money for next year."""
        chapter = _chapter(self.section(total))
        return any(
            f.key.carry == "carriedForward" and f.amount.value and f.key.year == total.key.year
            for f in self._chapters[chapter]
        )

    def _three_public(self) -> Iterator[Equation]:
        for facts in self._chapters.values():
            for total in (f for f in facts if f.key.item == "threePublic"):
                below = [f for f in facts if narrower(f.key, total.key) and f.key.item != ALL]
                first: dict[str, Fact] = {f.key.item: f for f in reversed(below)}
                if all(item in first for item in divisions("threePublic")):
                    parts = outermost([first[item] for item in divisions("threePublic")])
                    yield _equation("threePublic", total, parts)

    # Totals -------------------------------------------------------------------------------

    def section(self, fact: Fact) -> Section:
        """Return the section that a fact stands in."""
        return self.sections.get(fact.slug, Section())

    def total(self, key: Key, near: Fact) -> Fact | None:
        """Return the fact with this key (or one that measures the same money) nearest before."""
        exact = self._by_key.get(key, [])
        if not exact and not self.reduction.carries_over and _may_stand_in(key):
            grand = replace(key, item="grandTotal")
            both = replace(grand, flow="both")
            exact = [*self._by_key.get(grand, []), *self._by_key.get(both, [])]
            exact.sort(key=lambda f: self._order[f.slug])
        chapter = _chapter(self.section(near))
        here = [f for f in exact if _chapter(self.section(f)) == chapter]
        for found in (here, exact, self._by_money.get(self.reduction.reduce(key), [])):
            before = [f for f in found if self._order[f.slug] < self._order[near.slug]]
            if before:
                return before[-1]
        return None

    @cached_property
    def _order(self) -> dict[str, int]:
        return {fact.slug: index for index, fact in enumerate(self.facts)}

    @cached_property
    def _by_key(self) -> dict[Key, list[Fact]]:
        found: dict[Key, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.key, []).append(fact)
        return found

    @cached_property
    def _by_money(self) -> dict[Key, list[Fact]]:
        found: dict[Key, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(self.reduction.reduce(fact.key), []).append(fact)
        return found

    @cached_property
    def _classes(self) -> list[Fact]:
        codes = ((f, f.key.functional) for f in self.facts)
        return [fact for fact, code in codes if code.isdigit() and len(code) == _CLASS]

    @cached_property
    def _chapters(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(_chapter(self.section(fact)), []).append(fact)
        return found

    def _by_chapter(self, facts: Iterable[Fact]) -> Iterator[list[Fact]]:
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(_chapter(self.section(fact)), []).append(fact)
        yield from groups.values()


def _may_stand_in(wanted: Key) -> bool:
    """Tell whether 收支总数 may stand for a total where nothing is carried over."""
    return wanted.functional == ALL and wanted.nature == ALL


def _plain(key: Key) -> bool:
    codes = (key.functional, key.dept_economic, key.gov_economic, key.project, key.item)
    return all(code == ALL for code in codes)


def _majority(facts: Sequence[Fact]) -> Key:
    """Return the key that most of the parts have; a year may slip."""
    years = [fact.key.year for fact in facts]
    year = max(sorted(set(years)), key=years.count)
    return replace(facts[0].key, year=year)


def _without_items(coded: Sequence[Fact], items: Sequence[Fact]) -> list[Fact]:
    """Return the sections of which no item is printed: they stand for their items."""
    codes = {item.key.functional[:_SECTION] for item in items}
    sections = (f for f in coded if len(f.key.functional) == _SECTION)
    return [f for f in sections if items and f.key.functional not in codes]


def _once(facts: Sequence[Fact]) -> list[Fact]:
    """Return one fact per code: the first of the year that most have, else the first."""
    year = _majority(facts).year
    found: dict[str, Fact] = {}
    for fact in facts:
        old = found.get(fact.key.functional)
        if old is None or (old.key.year != year and fact.key.year == year):
            found[fact.key.functional] = fact
    return [fact for code, fact in found.items() if code != UNDETERMINED]


def _chapter(section: Section) -> str:
    """Return the headings down to the chapter."""
    return " > ".join(h.text for h in section.headings[:2] if h.depth <= 1) or section.path


def _alike(facts: Iterable[Fact], apart: tuple[Dimension, ...]) -> Iterator[list[Fact]]:
    """Yield the facts whose keys agree in all but some dimensions, together."""
    groups: dict[Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.key.but(dict.fromkeys(apart, "")), []).append(fact)
    yield from groups.values()


def _terms(equation: Equation) -> frozenset[str]:
    return frozenset(part.fact for part in equation.parts)


def _equation(
    basis: str, total: Fact, parts: Sequence[Fact], relation: Relation = "equal"
) -> Equation:
    return Equation(
        slug=f"{parts[0].slug}/{basis}-{total.place.slug}",
        basis=basis,
        total=total.slug,
        parts=tuple(Part(part.slug) for part in parts),
        relation=relation,
        place=total.place,
    )
