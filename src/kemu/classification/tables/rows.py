"""Read data/codes/*.csv into concepts. Only the standard library: a lookup must start at once."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from kemu.assets import asset
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    REVENUE,
    Concept,
    Name,
)
from kemu.classification.tables.spelling import clean, loose

FILES = {
    FUNCTIONAL: "functional.csv",
    DEPT_ECONOMIC: "economic_department.csv",
    GOV_ECONOMIC: "economic_government.csv",
    REVENUE: "revenue.csv",
}

Row = dict[str, str]

_DATED = re.compile(r"(.+?)(?:\[([\d,]*)\])?")


def rows(name: str) -> Iterator[Row]:
    """Yield the rows of a table of data/codes as strings, never as guessed types."""
    text = asset("data", "codes", name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text))


def _in_force(scheme: str) -> Iterator[Row]:
    """Return the rows of a scheme, with the user's own editions where a store is in force."""
    if not os.environ.get("KEMU_STORE"):
        return rows(FILES[scheme])
    from kemu.classification.store.overlay import laid_over

    return laid_over(scheme, rows(FILES[scheme]))


class SchemeTable:
    """The rows of one scheme; a code's versions become concepts when they are first asked for."""

    def __init__(self, scheme: str, shipped: bool = False) -> None:
        self.scheme = scheme
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows(FILES[scheme]) if shipped else _in_force(scheme):
            self._rows[row["code"]].append(row)
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
                if budget := row["budget"]:
                    for end in range(3, len(code) + 1, 2):
                        found[code[:end]].setdefault(budget)
        return {code: tuple(names) for code, names in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Parent notation (empty above the 类) to the notations below it, of any year."""
        below: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for code, group in self._rows.items():
            for row in group:
                below[row["parent"]].setdefault(code)
        return {parent: tuple(codes) for parent, codes in below.items()}

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The loose form of every name, official or former, to the notations that bear it."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for code, group in self._rows.items():
            for row in group:
                for text in (row["name"], *_split(row["former_names"])):
                    found[loose(clean(text.partition("[")[0]))].setdefault(code)
        return {key: tuple(codes) for key, codes in found.items()}


def _concept(scheme: str, row: Row, group: list[Row], budget: tuple[str, ...]) -> Concept:
    return Concept(
        scheme=scheme,
        notation=row["code"],
        name=row["name"],
        level=row["level"],
        parent=row["parent"],
        valid_from=_year(row["valid_from"]),
        valid_to=_year(row["valid_to"]),
        year_basis=row["year_basis"],
        status=row["status"],
        confidence=row["confidence"],
        basis=row["basis"],
        years_seen=tuple(int(year) for year in _split(row["years_seen"])),
        sources=_split(row["sources"]),
        budget=budget,
        names=tuple(_names(row, group)),
        successor=_split(row["successor"]),
        change=row["change"],
        doubt=row["doubt"] == "1",
    )


def _names(row: Row, group: list[Row]) -> Iterator[Name]:
    """Yield a version's own name, then those of the versions it was renamed from or to."""
    yield _own(row, "official")
    if len(group) == 1 and not row["former_names"]:
        return
    seen = {row["name"]}
    for other in _renames(row, group):
        seen.add(other["name"])
        yield _own(other, "former" if group.index(other) < group.index(row) else "later")
    for text in _split(row["former_names"]):
        found = _DATED.fullmatch(text)
        assert found
        years = tuple(int(year) for year in _split(found[2] or "", ","))
        if found[1] not in seen:
            seen.add(found[1])
            yield Name(found[1], _kind(row, years), attested=years)


def _kind(row: Row, years: tuple[int, ...]) -> str:
    """A name printed in a year that also prints the official one stands beside it, not before."""
    seen = _split(row["years_seen"])
    return "variant" if any(str(year) in seen and year >= 2018 for year in years) else "former"


def _renames(row: Row, group: list[Row]) -> Iterable[Row]:
    """Return the other versions of the code that mean the same: linked by renamed_from."""
    linked = {row["name"], *_split(row["renamed_from"])}
    for other in group:
        linked.update(_split(other["renamed_from"]) if row["name"] in other["renamed_from"] else ())
        if row["name"] in _split(other["renamed_from"]):
            linked.add(other["name"])
    return [other for other in group if other is not row and other["name"] in linked]


def _own(row: Row, kind: str) -> Name:
    years = tuple(int(year) for year in _split(row["years_seen"]))
    return Name(row["name"], kind, _year(row["valid_from"]), _year(row["valid_to"]), years)


def _year(text: str) -> int | None:
    return int(text) if text else None


def _split(text: str, mark: str = ";") -> tuple[str, ...]:
    return tuple(text.split(mark)) if text else ()
