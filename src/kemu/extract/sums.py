"""Sums that prose states without 其中: classes against a total, items against classes.

A section lists 类, the next one their 项; another 人员经费 in one paragraph, 公用经费 in the
next. What belongs together follows from the keys of the facts in one chapter: the parts divide one
dimension of the total and agree in all others.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kemu.extract.lists import narrower, outermost
from kemu.extract.outline import Section
from kemu.extract.reduce import Reduction
from kemu.model import dimensions
from kemu.model.facts import ALL, Claim, Equation, Fact, Key, Part

_CLASS, _ITEM = 3, 7
_NATURES = (("basic", ("personnel", "public")), (ALL, ("basic", "project")))
_THREE_PUBLIC = ("overseasTravel", "officialVehicles", "reception")


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
        seen = {(e.total, frozenset(p.fact for p in e.parts)) for e in self.known}
        for equation in (*self._by_code(), *self._by_nature(), *self._three_public()):
            parts = frozenset(part.fact for part in equation.parts)
            if (equation.total, parts) not in seen:
                seen.add((equation.total, parts))
                yield equation

    def shares(self, claims: Sequence[Claim], named: Container[str]) -> Iterator[Claim]:
        """Yield the claims; a share that names no whole is one of its section's total.

        Args:
            claims: All claims of the prose.
            named: Slugs of the shares that name their whole.
        """
        by_slug = {fact.slug: fact for fact in self.facts}
        for claim in claims:
            part = by_slug.get(claim.operands.get("part", ""))
            told = "whole" in claim.operands or claim.slug in named
            if claim.kind != "share" or told or part is None:
                yield claim
                continue
            total = self._total(_whole(part.key), part)
            if total is None or total.key == part.key:
                yield claim
                continue
            group = f"{total.slug}/{self._section(part).title}"
            operands = {**claim.operands, "whole": total.slug}
            yield replace(claim, operands=operands, group=group, group_complete=True)

    # Codes --------------------------------------------------------------------------------

    def _by_code(self) -> Iterator[Equation]:
        coded = [f for f in self.facts if f.key.functional not in (ALL, "undetermined")]
        for section, facts in _by_chapter(coded, self.sections):
            for alike in _alike(facts, ("functional", "year")):
                items = [f for f in alike if len(f.key.functional) == _ITEM]
                classes = [f for f in alike if len(f.key.functional) == _CLASS]
                for parts in (classes, items):
                    if len(parts) > 1:
                        yield from self._against_total(parts)
                if items:
                    yield from self._against_classes(items, section)

    def _against_total(self, parts: list[Fact]) -> Iterator[Equation]:
        wanted = replace(_majority(parts), functional=ALL)
        total = self._total(wanted, parts[0])
        if total is not None:
            yield _equation("column", total, parts)

    def _against_classes(self, items: list[Fact], section: Section) -> Iterator[Equation]:
        """Yield each class against its items; if a class has none, the list is not complete."""
        codes = sorted({item.key.functional[:_CLASS] for item in items})
        classes = {
            code: self._total(replace(_majority(items), functional=code), items[0])
            for code in codes
        }
        complete = self._classes_covered(items, codes)
        for code, total in classes.items():
            parts = [i for i in items if i.key.functional.startswith(code)]
            if total is None:
                continue
            basis = "oneItemClass" if len(parts) == 1 else "codeHierarchy"
            yield _equation(basis, total, parts, "equal" if complete else "atMost")

    def _classes_covered(self, items: list[Fact], codes: list[str]) -> bool:
        wanted = self.reduction.reduce(replace(_majority(items), functional=ALL))
        return all(
            fact.key.functional in codes or not fact.amount.value
            for fact in self.facts
            if fact.key.functional.isdigit()
            and len(fact.key.functional) == _CLASS
            and self.reduction.reduce(replace(fact.key, functional=ALL)) == wanted
        )

    # Natures and 三公 -----------------------------------------------------------------------

    def _by_nature(self) -> Iterator[Equation]:
        for whole, natures in _NATURES:
            divided = [f for f in self.facts if f.key.nature in natures and _plain(f.key)]
            for _, facts in _by_chapter(divided, self.sections):
                for alike in _alike(facts, ("nature",)):
                    parts = [next((f for f in alike if f.key.nature == n), None) for n in natures]
                    found = [part for part in parts if part is not None]
                    if len(found) < len(natures):
                        continue
                    total = self._total(replace(found[0].key, nature=whole), found[0])
                    if total is not None:
                        yield _equation("row", total, found)

    def _three_public(self) -> Iterator[Equation]:
        for _, facts in _by_chapter(self.facts, self.sections):
            for total in (f for f in facts if f.key.item == "threePublic"):
                below = [f for f in facts if narrower(f.key, total.key) and f.key.item != ALL]
                first = {f.key.item: f for f in reversed(below)}
                if all(item in first for item in _THREE_PUBLIC):
                    parts = outermost([first[item] for item in _THREE_PUBLIC])
                    yield _equation("threePublic", total, parts)

    # Totals -------------------------------------------------------------------------------

    def _section(self, fact: Fact) -> Section:
        return self.sections.get(fact.slug, Section())

    def _total(self, key: Key, near: Fact) -> Fact | None:
        """Return the fact with this key (or one that measures the same money) nearest before."""
        exact = [f for f in self.facts if f.key == key]
        if not self.reduction.carries_over:
            exact = exact or [f for f in self.facts if _stands_for(f.key, key)]
        same = [f for f in self.facts if self.reduction.reduce(f.key) == self.reduction.reduce(key)]
        chapter = _chapter(self._section(near))
        here = [f for f in exact if _chapter(self._section(f)) == chapter]
        for found in (here, exact, same):
            before = [f for f in found if self.facts.index(f) < self.facts.index(near)]
            if before:
                return before[-1]
        return None


def _whole(key: Key) -> Key:
    """Return the key of what a share without a named whole is of."""
    if dimensions.is_narrower("item", key.item, "threePublic"):
        return replace(key, item="threePublic")
    if key.functional != ALL or key.dept_economic != ALL:
        return replace(key, functional=ALL, dept_economic=ALL)
    return replace(key, nature=ALL)


def _stands_for(key: Key, wanted: Key) -> bool:
    """Tell whether a key is the 收支总数 that stands for a total where nothing is carried over."""
    both = replace(wanted, flow="both", item="grandTotal")
    grand = replace(wanted, item="grandTotal")
    return wanted.functional == ALL and wanted.nature == ALL and key in (both, grand)


def _plain(key: Key) -> bool:
    codes = (key.functional, key.dept_economic, key.gov_economic, key.project, key.item)
    return all(code == ALL for code in codes)


def _majority(facts: Sequence[Fact]) -> Key:
    """Return the key that most of the parts have; a year may slip."""
    years = [fact.key.year for fact in facts]
    year = max(sorted(set(years)), key=years.count)
    return replace(facts[0].key, year=year)


def _chapter(section: Section) -> str:
    """Return the headings down to the chapter."""
    return " > ".join(h.text for h in section.headings[:2] if h.depth <= 1) or section.path


def _group(
    facts: Iterable[Fact], sections: Mapping[str, Section], of: str
) -> Iterator[tuple[Section, list[Fact]]]:
    groups: dict[str, tuple[Section, list[Fact]]] = {}
    for fact in facts:
        section = sections.get(fact.slug, Section())
        name = _chapter(section) if of == "chapter" else section.path
        groups.setdefault(name, (section, []))[1].append(fact)
    yield from groups.values()


def _by_chapter(
    facts: Iterable[Fact], sections: Mapping[str, Section]
) -> Iterator[tuple[Section, list[Fact]]]:
    return _group(facts, sections, "chapter")


def _alike(facts: Iterable[Fact], apart: tuple[str, ...]) -> Iterator[list[Fact]]:
    """Yield the facts whose keys agree in all but some dimensions, together."""
    groups: dict[Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(replace(fact.key, **dict.fromkeys(apart, "")), []).append(fact)
    yield from groups.values()


def _equation(basis: str, total: Fact, parts: Sequence[Fact], relation: str = "equal") -> Equation:
    return Equation(
        slug=f"{parts[0].slug}/{basis}",
        basis=basis,
        total=total.slug,
        parts=tuple(Part(part.slug) for part in parts),
        relation=relation,
        place=total.place,
    )
