"""The codes in memory: by number and year, the tree they make, and the names they are known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kemu.classification.tables import notation as printed
from kemu.classification.tables.concept import (
    FUNCTIONAL,
    LEVELS,
    Concept,
    Level,
    Name,
    Scheme,
    Standing,
)
from kemu.classification.tables.scheme_table import SchemeTable
from kemu.classification.tables.spelling import SUFFIX, clean

RANKS = {standing: -rank for rank, standing in enumerate(Standing)}
FAR = 9999
SEARCHED_YEARS = 64
"""So many pairs of scheme and year are kept ready for searching."""


@dataclass(frozen=True, slots=True)
class SearchedName:
    """A name made ready for searching.

    Attributes:
        concept: A version that bears it.
        name: The name.
        cleaned: As names are compared.
    """

    concept: Concept
    name: Name
    cleaned: str


class Codes:
    """All codes of the four schemes, with their versions through the years.

    Args:
        tables: One of each scheme.
    """

    def __init__(self, tables: Iterable[SchemeTable]) -> None:
        self._tables: dict[str, SchemeTable] = {table.scheme: table for table in tables}
        self.searched = lru_cache(maxsize=SEARCHED_YEARS)(self._searched)

    def get(self, scheme: str, notation: str, year: int | None = None) -> Concept | None:
        """Return the version of a code in a year (the latest if no year is given), or None.

        None means that the tables have no such code, or that the years known for it exclude
        this one. A 款 without items may be asked for with 00 in the place of the item.
        """
        found = self.versions(scheme, notation)
        if year is None:
            return next((c for c in reversed(found) if c.current), found[-1] if found else None)
        fitting = [concept for concept in found if concept.covers(year)]
        return max(fitting, key=lambda c: _likelihood(c, year), default=None)

    def versions(self, scheme: str, notation: str) -> tuple[Concept, ...]:
        """Return all versions of a code, the oldest first; empty if unknown."""
        found = self._tables[scheme].versions(notation)
        if not found and self.padded(scheme, notation):
            parents = self._tables[scheme].versions(notation[:-2])
            return tuple(
                replace(c, notation=notation, level=Level.ITEM, parent=c.notation) for c in parents
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

        Which are certain and which only possible, or not even bounded, `Concept.standing` tells. A
        code given up in an unknown year counts until the last document that prints it or the year
        in which it is said to have changed, and no code outlives its parent.
        """
        found: dict[str, Concept] = {}
        for notation in self._tables[scheme]:
            concept = self.get(scheme, notation, year)
            if concept is None or (concept.parent and concept.parent not in found):
                continue
            if not concept.gone(year):
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

    @staticmethod
    def domain(notation: str) -> tuple[Scheme, ...]:
        """Return the schemes that a bare number may belong to, by its form; empty for none."""
        return printed.domain(notation)

    @staticmethod
    def digits(notation: str) -> str:
        """Return a printed code without the blanks, dots, dashes and brackets around its parts."""
        return printed.digits(notation)

    def names(self, scheme: str, level: str | None = None) -> Iterator[tuple[str, str]]:
        """Yield every name a code is printed with, and the code: official, former, ± 支出.

        The same name may come with several codes; they are all yielded.
        """
        for notation in self._tables[scheme]:
            if level is not None and len(notation) != 3 + 2 * LEVELS.index(Level(level)):
                continue
            seen = self._tables[scheme].names(notation)
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

    def _searched(self, scheme: str, year: int | None) -> tuple[SearchedName, ...]:
        """Return every code's version of the year (else its first) with each of its names."""
        found = []
        for notation in self._tables[scheme]:
            concept = self.get(scheme, notation, year) or self.versions(scheme, notation)[0]
            found += [SearchedName(concept, name, clean(name.text)) for name in concept.names]
        return tuple(found)


def _likelihood(concept: Concept, year: int) -> tuple[int, bool, bool, int]:
    """Return how likely a version is the one in use in a year, among those that may be.

    What is certain comes first, then what is not known to be given up; of several that may be,
    the one that sources print nearest to the year.
    """
    standing = RANKS[concept.standing(year)]
    near = min((abs(year - seen) for seen in concept.proofs), default=FAR)
    return standing, not concept.gone(year), not concept.outdated(year), -near
