"""The classification in memory: codes by number and year, the tree, names, and resolution."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kemu.classification.resolve.resolution import Resolution
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    REVENUE,
    SCHEMES,
    Concept,
)
from kemu.classification.tables.rows import SchemeTable
from kemu.classification.tables.spelling import SUFFIX

_DOMAINS = (
    (re.compile(r"2\d{2}(?:\d{2}){0,2}"), FUNCTIONAL),
    (re.compile(r"3\d{2}(?:\d{2}){0,2}"), DEPT_ECONOMIC),
    (re.compile(r"5\d{2}(?:\d{2}){0,2}"), GOV_ECONOMIC),
    (re.compile(r"1\d{2}(?:\d{2}){0,3}"), REVENUE),
)
_SEPARATORS = re.compile(r"[\s.．·・\-—_/\[\]【】()（）]+")


class Classification:
    """All codes of the four schemes, with their versions through the years.

    Args:
        shipped: Whether to leave the user's own editions out.
    """

    def __init__(self, shipped: bool = False) -> None:
        self._tables = {scheme: SchemeTable(scheme, shipped) for scheme in SCHEMES}

    def get(self, scheme: str, notation: str, year: int | None = None) -> Concept | None:
        """Return the version of a code in a year (the latest if no year is given), or None.

        None means that the tables have no such code, or that the years known for it exclude
        this one. A 款 without items may be asked for with 00 in the place of the item.
        """
        found = self.versions(scheme, notation)
        if year is None:
            return next((c for c in reversed(found) if c.current), found[-1] if found else None)
        fitting = [concept for concept in found if concept.covers(year)]
        return next((c for c in reversed(fitting) if c.current), fitting[-1] if fitting else None)

    def versions(self, scheme: str, notation: str) -> tuple[Concept, ...]:
        """Return all versions of a code, the oldest first; empty if unknown."""
        found = self._tables[scheme].versions(notation)
        if not found and self.padded(scheme, notation):
            parents = self._tables[scheme].versions(notation[:-2])
            return tuple(
                replace(c, notation=notation, level="项", parent=c.notation) for c in parents
            )
        return found

    def padded(self, scheme: str, notation: str) -> bool:
        """Return whether a notation is no code but a 款 with 00 in the place of the item."""
        padded = scheme == FUNCTIONAL and len(notation) == 7 and notation.endswith("00")
        known = self._tables[scheme]
        return padded and notation not in known and notation[:-2] in known

    def concepts(self, scheme: str) -> Iterator[Concept]:
        """Yield all versions of all codes of a scheme, in order of code."""
        for notation in self._tables[scheme]:
            yield from self.versions(scheme, notation)

    def notations(self, scheme: str) -> Iterator[str]:
        """Yield every code of a scheme once, in order."""
        return iter(self._tables[scheme])

    def edition(self, scheme: str, year: int) -> tuple[Concept, ...]:
        """Return the codes that are believed to make up a year's edition, in order of code.

        A code given up in an unknown year counts until the last document that prints it or the
        year in which it is said to have changed, and no code outlives its parent.
        """
        found: dict[str, Concept] = {}
        for notation in self._tables[scheme]:
            concept = self.get(scheme, notation, year)
            if concept is None or (concept.parent and concept.parent not in found):
                continue
            if year <= _last_year(concept):
                found[notation] = concept
        return tuple(found.values())

    def path(self, scheme: str, notation: str, year: int | None = None) -> tuple[Concept, ...]:
        """Return the code and its ancestors, from the 类 down; empty if unknown in that year."""
        concept = self.get(scheme, notation, year)
        if concept is None:
            return ()
        above = self.path(scheme, concept.parent, year) if concept.parent else ()
        if concept.parent and not above:
            above = self.path(scheme, concept.parent)
        return (*above, concept)

    def children(self, scheme: str, notation: str, year: int | None = None) -> tuple[Concept, ...]:
        """Return the codes one level below: those of a year, or the current ones."""
        found = (self.get(scheme, code, year) for code in self.below(scheme, notation))
        return tuple(c for c in found if c is not None and (year is not None or c.current))

    def siblings(self, scheme: str, notation: str, year: int | None = None) -> tuple[Concept, ...]:
        """Return the other codes under the same parent: those of a year, or the current ones."""
        concept = self.get(scheme, notation, year)
        if concept is None:
            return ()
        found = self.children(scheme, concept.parent, year)
        return tuple(c for c in found if c.notation != notation)

    def domain(self, notation: str) -> tuple[str, ...]:
        """Return the schemes that a bare number may belong to, by its form; empty for none."""
        digits = self.digits(notation)
        return tuple(scheme for form, scheme in _DOMAINS if form.fullmatch(digits))

    @staticmethod
    def digits(notation: str) -> str:
        """Return a printed code without the blanks, dots, dashes and brackets around its parts."""
        return _SEPARATORS.sub("", unicodedata.normalize("NFKC", notation))

    def names(self, scheme: str, level: str | None = None) -> Iterator[tuple[str, str]]:
        """Yield every name a code is printed with, and the code: official, former, ± 支出.

        The same name may come with several codes; they are all yielded.
        """
        for notation in self._tables[scheme]:
            seen: dict[str, None] = {}
            for concept in self.versions(scheme, notation):
                if level is None or concept.level == level:
                    for name in concept.names:
                        seen.setdefault(name.text)
            for text in list(seen):
                seen.setdefault(text.removesuffix(SUFFIX) or text)
                seen.setdefault(text if text.endswith(SUFFIX) else text + SUFFIX)
            yield from ((text, notation) for text in seen)

    def named(self, scheme: str, key: str) -> tuple[str, ...]:
        """Return the codes that bear a name with this loose form."""
        return self._tables[scheme].named.get(key, ())

    def below(self, scheme: str, notation: str) -> tuple[str, ...]:
        """Return the codes one level below, of any year; below the empty code are the 类."""
        return self._tables[scheme].children.get(notation, ())

    def resolve_path(self, names: Sequence[str], year: int | None = None) -> Resolution:
        """Return the functional code that names of 类, 款 and 项 as printed mean.

        Args:
            names: From the 类 down; the first one or two are enough; empty where not printed.
            year: In whose classification to read them; the latest if None.
        """
        from kemu.classification.resolve.marked_path import resolve_path

        return resolve_path(self, names, year)

    def resolve_name(
        self,
        name: str,
        year: int | None = None,
        schemes: Sequence[str] = SCHEMES,
        parent: str | None = None,
        level: str | None = None,
    ) -> Resolution:
        """Return the code that a single name means; nothing if several bear it.

        Args:
            name: As printed.
            year: In whose classification to read it; the latest if None.
            schemes: Where to look.
            parent: Code under which it must lie; needed for names such as 行政运行.
            level: 类, 款, 项 or 目, if known.
        """
        from kemu.classification.resolve.matching import resolve_name

        return resolve_name(self, name, year, schemes, parent, level)

    def resolve_code(
        self,
        notation: str,
        name: str | None = None,
        year: int | None = None,
        scheme: str | None = None,
    ) -> Resolution:
        """Return what a code as printed in a table means, and how its printed name differs.

        Args:
            notation: As printed, with or without blanks and dots between its parts.
            name: The name printed beside it.
            year: In whose classification to read it; the latest if None.
            scheme: Its scheme where the column tells, else read from its first digit.
        """
        from kemu.classification.resolve.matching import resolve_code

        return resolve_code(self, notation, name, year, scheme)


def _last_year(concept: Concept) -> int:
    """Return the last year for which a version may be taken to be in use."""
    if concept.valid_to is not None:
        return concept.valid_to
    if concept.current:
        return 9999
    changed = concept.change.partition(":")[2]
    return max(int(changed) - 1 if changed else 0, *concept.years_seen, 0)


@cache
def load() -> Classification:
    """Return the classification; read once per process."""
    return Classification()
