"""Who reports to whom, as the documents given say together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import networkx as nx

from kemu.across.quantities import Printed

_HEADQUARTERS = re.compile(r"[（(]?(?:本级|机关|本部)[）)]?$")


class Hierarchy:
    """Documents of one year and kind, an edge from each organisation to what it reports to."""

    def __init__(self, documents: Iterable[Printed]) -> None:
        self._documents = list(documents)
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        for one in self._documents:
            names = {each.id: each.name for each in one.extraction.organisations}
            for each in one.extraction.organisations:
                above = names.get(each.superior, each.superior)
                if above and plain(each.name) != plain(above):
                    self._graph.add_edge(plain(each.name), plain(above))

    @cached_property
    def circles(self) -> list[list[str]]:
        """The circles in which organisations report to each other, one of each knot of them."""
        knots = nx.strongly_connected_components(self._graph)
        found = [
            [below for below, _ in nx.find_cycle(self._graph.subgraph(knot))]
            for knot in knots
            if len(knot) > 1
        ]
        return sorted(c[c.index(min(c)) :] + c[: c.index(min(c))] for c in found)

    def superiors(self, name: str) -> list[str]:
        """Return what an organisation is said to report to, sorted."""
        known = plain(name)
        return sorted(self._graph.successors(known)) if known in self._graph else []

    def units(self, department: Printed) -> tuple[Printed, ...]:
        """Return the documents of a department's units, its own office among them."""
        of_department = department.level == "department"
        return tuple(self._units[plain(department.name)]) if of_department else ()

    def departments(self, unit: Printed) -> tuple[Printed, ...]:
        """Return the documents of the departments that a unit's document belongs to."""
        found = [one for name in self._above(unit) for one in self._departments[name]]
        return tuple(found) if unit.level == "unit" else ()

    @cached_property
    def _units(self) -> dict[str, list[Printed]]:
        found: dict[str, list[Printed]] = defaultdict(list)
        for one in self._documents:
            for name in self._above(one) if one.level == "unit" else ():
                found[name].append(one)
        return found

    @cached_property
    def _departments(self) -> dict[str, list[Printed]]:
        found: dict[str, list[Printed]] = defaultdict(list)
        for one in self._documents:
            if one.level == "department":
                found[plain(one.name)].append(one)
        return found

    def _above(self, unit: Printed) -> list[str]:
        """Return the names under which a unit's department may have published."""
        return list(dict.fromkeys((plain(unit.name), *self.superiors(unit.name))))

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
