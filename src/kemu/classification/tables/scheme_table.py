"""The rows of one classification, from which concepts are made when they are first asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from kemu.classification.tables.concept import (
    Concept,
    Confidence,
    Level,
    Name,
    NameKind,
    Scheme,
    SeenAs,
    Status,
    YearBasis,
)
from kemu.classification.tables.rows import CodeRow, split
from kemu.classification.tables.spelling import clean, loose

_DATED = re.compile(r"(.+?)(?:\[([\d,]*)\])?")
MODERN = 2018
"""From this year on, two names printed in one year stand beside each other."""


class SchemeTable:
    """The rows of one scheme, indexed by code, parent and name; each index when first needed."""

    def __init__(self, scheme: Scheme, rows: Iterable[CodeRow]) -> None:
        self.scheme = scheme
        self._rows: defaultdict[str, list[CodeRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.code].append(row)
        self._made: dict[str, tuple[Concept, ...]] = {}

    def __contains__(self, notation: str) -> bool:
        return notation in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def versions(self, notation: str) -> tuple[Concept, ...]:
        """Return all versions of a code, the oldest first; empty if unknown."""
        made = self._made.get(notation)
        if made is None:
            group = self._rows.get(notation, [])
            budget = self._budgets.get(notation, ())
            made = tuple(_concept(self.scheme, row, group, budget) for row in group)
            self._made[notation] = made
        return made

    @cached_property
    def _budgets(self) -> dict[str, tuple[str, ...]]:
        """The budgets of every code: its own and those of the codes below it."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for code, group in self._rows.items():
            for row in group:
                if row.budget:
                    for end in range(3, len(code) + 1, 2):
                        found[code[:end]].setdefault(row.budget)
        return {code: tuple(names) for code, names in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Parent notation (empty above the 类) to the notations below it, of any year."""
        return _grouped((row.parent, code) for code, group in self._rows.items() for row in group)

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The loose form of every name, official or former, to the notations that bear it."""
        return _grouped(
            (loose(clean(text)), code) for code in self._rows for text in self.names(code)
        )

    def names(self, notation: str) -> dict[str, None]:
        """Return every name that the versions of a code bear or bore, each once."""
        found: dict[str, None] = {}
        for row in self._rows.get(notation, ()):
            found[row.name] = None
            if row.former_names:
                found |= dict.fromkeys(text.partition("[")[0] for text in split(row.former_names))
        return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return keys to their codes, each once; the pairs of one code follow each other."""
    found: dict[str, tuple[str, ...]] = {}
    for key, code in pairs:
        codes = found.get(key)
        if codes is None:
            found[key] = (code,)
        elif codes[-1] != code:
            found[key] = (*codes, code)
    return found


def _concept(
    scheme: Scheme, row: CodeRow, group: list[CodeRow], budget: tuple[str, ...]
) -> Concept:
    return Concept(
        scheme=scheme,
        notation=row.code,
        name=row.name,
        level=Level(row.level),
        parent=row.parent,
        valid_from=_year(row.valid_from),
        valid_to=_year(row.valid_to),
        from_basis=YearBasis(row.from_basis),
        to_basis=YearBasis(row.to_basis),
        status=Status(row.status),
        confidence=Confidence(row.confidence),
        basis=SeenAs(row.basis),
        years_seen=_years(row.years_seen),
        code_seen=_years(row.code_seen),
        sources=split(row.sources),
        budget=budget,
        names=tuple(_names(row, group)),
        successor=split(row.successor),
        change=row.change,
        doubt=row.doubt == "1",
        rivals=frozenset(_rivals(row, group)),
    )


def _rivals(row: CodeRow, group: list[CodeRow]) -> Iterator[int]:
    """Yield the years in which the sources of a code print another of its versions."""
    for other in group:
        if other is not row:
            yield from _years(other.years_seen)


def _names(row: CodeRow, group: list[CodeRow]) -> Iterator[Name]:
    """Yield a version's own name, then those of the versions it was renamed from or to."""
    yield _own(row, NameKind.OFFICIAL)
    if len(group) == 1 and not row.former_names:
        return
    seen = {row.name}
    for other in _renames(row, group):
        seen.add(other.name)
        before = group.index(other) < group.index(row)
        yield _own(other, NameKind.FORMER if before else NameKind.LATER)
    for text in split(row.former_names):
        found = _DATED.fullmatch(text)
        assert found
        years = _years(found[2] or "", ",")
        if found[1] not in seen:
            seen.add(found[1])
            yield Name(found[1], _kind(row, years), attested=years)


def _kind(row: CodeRow, years: tuple[int, ...]) -> NameKind:
    """A name printed in a year that also prints the official one stands beside it, not before."""
    seen = _years(row.years_seen)
    beside = any(year in seen and year >= MODERN for year in years)
    return NameKind.VARIANT if beside else NameKind.FORMER


def _renames(row: CodeRow, group: list[CodeRow]) -> list[CodeRow]:
    """Return the other versions of the code that mean the same: linked by renamed_from."""
    linked = {row.name, *split(row.renamed_from)}
    for other in group:
        linked.update(split(other.renamed_from) if row.name in other.renamed_from else ())
        if row.name in split(other.renamed_from):
            linked.add(other.name)
    return [other for other in group if other is not row and other.name in linked]


def _own(row: CodeRow, kind: NameKind) -> Name:
    first, last = _year(row.valid_from), _year(row.valid_to)
    seen, bases = _years(row.years_seen), (YearBasis(row.from_basis), YearBasis(row.to_basis))
    return Name(row.name, kind, first, last, seen, *bases)


def _year(text: str) -> int | None:
    return int(text) if text else None


def _years(text: str, mark: str = ";") -> tuple[int, ...]:
    return tuple(int(year) for year in split(text, mark))
