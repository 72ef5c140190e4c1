"""Who reports to whom, as the documents given say together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import networkx as nx

from kemu.across.quantities import Printed

_HEADQUARTERS = re.compile(r"[（(]?(?:本级|机关|本部)[）)]?$")


class Hierarchy:
    """Departments and units of one year, an edge from each unit to what it reports to."""

    def __init__(self, documents: Iterable[Printed]) -> None:
        self._documents = list(documents)
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        for one in self._documents:
            names = {each.id: each.name for each in one.extraction.organisations}
            for each in one.extraction.organisations:
                above = names.get(each.superior, each.superior)
                if above:
                    self._graph.add_edge(plain(each.name), plain(above))

    def cycles(self) -> list[list[str]]:
        """Return the circles in which organisations report to each other, each from its first."""
        circles = nx.simple_cycles(self._graph)
        found = [c for c in circles if len(c) > 1]
        return sorted(c[c.index(min(c)) :] + c[: c.index(min(c))] for c in found)

    def superiors(self, name: str) -> list[str]:
        """Return what an organisation is said to report to, sorted."""
        known = plain(name)
        return sorted(self._graph.successors(known)) if known in self._graph else []

    def units(self, department: Printed) -> tuple[Printed, ...]:
        """Return the documents of a department's units, its own office among them."""
        return tuple(
            one
            for one in self._documents
            if one.level == "unit"
            and department.level == "department"
            and self._is(one, department)
        )

    def _is(self, unit: Printed, department: Printed) -> bool:
        if (unit.year, unit.statement) != (department.year, department.statement):
            return False
        above = plain(department.name)
        return plain(unit.name) == above or above in self.superiors(unit.name)

    def listed(self, department: Printed) -> tuple[str, ...]:
        """Return the names of the units that a department's document lists as its own."""
        found = {
            each.name: None
            for each in department.extraction.organisations
            if each.superior == department.organisation
        }
        return tuple(found)

    def declared(self, department: Printed) -> int | None:
        """Return how many units a department's document says it has; None where it does not."""
        for each in department.extraction.organisations:
            if each.id == department.organisation:
                return each.subordinates
        return None

    def missing(self, department: Printed, units: Sequence[Printed]) -> tuple[str, ...]:
        """Return the listed units of which no document was given."""
        given = {plain(one.name) for one in units} | {one.name for one in units}
        return tuple(
            name
            for name in self.listed(department)
            if name not in given and plain(name) not in given
        )

    def may_be_whole(self, department: Printed, units: Sequence[Printed]) -> bool:
        """Tell whether the units given are all that a department's document lists or counts.

        Documents count their own office among their units or not; the amounts tell which.
        """
        listed, declared = self.listed(department), self.declared(department)
        counted = declared in (len(units), len(units) - 1)
        return bool(units) and not self.missing(department, units) and (bool(listed) or counted)


def plain(name: str) -> str:
    """Return a name without the word for a department's own office behind it."""
    return _HEADQUARTERS.sub("", name)
