"""The history of codes as a directed graph: what became of what, and what may be compared.

Nodes are codes under one name and parent (versions); an arrow leads from what was to what is
since. Nothing is chosen where a code was split or merged: the whole group is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from kemu.classification.history.changes import APART, Change, Member, all_changes, member
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES, Concept
from kemu.errors import InputError, NotFoundError

if TYPE_CHECKING:
    import networkx as nx

_Follow: TypeAlias = Callable[[Change], bool]


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The smallest groups of codes that mean the same spending in two years.

    Attributes:
        scheme: Where.
        from_year: The earlier year asked for, or the later: the direction is free.
        to_year: The other year.
        sources: Codes of the first year.
        targets: Codes of the second year that together hold what the sources held.
        changes: What happened between, dated or possibly between.
        certain: Whether all of these changes have an established year.
    """

    scheme: str
    from_year: int
    to_year: int
    sources: tuple[Member, ...]
    targets: tuple[Member, ...]
    changes: tuple[Change, ...]
    certain: bool

    @property
    def one_to_one(self) -> bool:
        """Whether a single code corresponds to a single code."""
        return len(self.sources) == len(self.targets) == 1

    def to_json(self) -> dict[str, object]:
        """Return the groups as JSON values."""
        return {
            "scheme": self.scheme,
            "from": self.from_year,
            "to": self.to_year,
            "sources": [{"code": m.notation, "name": m.name} for m in self.sources],
            "targets": [{"code": m.notation, "name": m.name} for m in self.targets],
            "oneToOne": self.one_to_one,
            "certain": self.certain,
            "changes": [change.to_json() for change in self.changes],
        }


class History:
    """What became of codes; worked out when first asked for.

    Args:
        codes: Whose history.
    """

    def __init__(self, codes: Codes) -> None:
        self.codes = codes

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change that the tables tell of, dated or not, in order of year and code."""
        return all_changes(self.codes)

    @cached_property
    def graph(self) -> nx.DiGraph[Member]:
        """The graph of all versions; edges carry their `Change`."""
        import networkx as nx

        found: nx.DiGraph[Member] = nx.DiGraph()
        for scheme in SCHEMES:
            found.add_nodes_from(member(concept) for concept in self.codes.concepts(scheme))
        for change in self.changes:
            for before in change.before:
                for after in change.after:
                    found.add_edge(before, after, change=change)
        return found

    def between(
        self, from_year: int, to_year: int, schemes: Iterable[str] = SCHEMES
    ) -> tuple[Change, ...]:
        """Return the changes of an established year between one year and a later one."""
        return self._after(from_year, to_year, schemes, attrgetter("year"))

    def undated(
        self, from_year: int, to_year: int, schemes: Iterable[str] = SCHEMES
    ) -> tuple[Change, ...]:
        """Return the changes of unknown year that may lie between two years."""
        wanted = set(schemes)
        return tuple(
            change
            for change in self.changes
            if change.scheme in wanted
            and change.year is None
            and _may_lie(change, from_year, to_year)
        )

    def supposed(
        self, from_year: int, to_year: int, schemes: Iterable[str] = SCHEMES
    ) -> tuple[Change, ...]:
        """Return the changes between two years, those by general knowledge only among them."""
        return self._after(from_year, to_year, schemes, attrgetter("likely"))

    def _after(
        self,
        from_year: int,
        to_year: int,
        schemes: Iterable[str],
        when: Callable[[Change], int | None],
    ) -> tuple[Change, ...]:
        """Return the changes after one year and up to another, by a year that each may have."""
        wanted = set(schemes)
        dated = ((change, when(change)) for change in self.changes if change.scheme in wanted)
        return tuple(change for change, year in dated if year and from_year < year <= to_year)

    def version(self, item: Member) -> Concept | None:
        """Return the version that one end of a change names; None for a name without one."""
        versions = self.codes.versions(item.scheme, item.notation)
        return next((version for version in versions if version.name == item.name), None)

    def lineage(self, scheme: str, notation: str) -> tuple[Change, ...]:
        """Return all changes that a code took part in, directly or through others, oldest first.

        A number put to another use is named but not followed: what it meant before is another
        story.

        Raises:
            NotFoundError: The tables have no such code.
        """
        nodes = [member(concept) for concept in self._versions(scheme, notation)]
        reached = self._component(nodes, lambda change: change.kind not in APART)
        own = set(nodes)
        return tuple(
            change
            for change in self.changes
            if change.scheme == scheme
            and {*change.before, *change.after} & (own if change.kind in APART else reached)
        )

    def equivalent(
        self, notation: str, from_year: int, to_year: int, scheme: str | None = None
    ) -> Equivalence:
        """Return the smallest groups of codes comparable between two years that hold this code.

        Raises:
            InputError: The number can be no code.
            NotFoundError: The tables do not have the code in the first year.
        """
        start = self._start(notation, from_year, scheme)
        first, last = sorted((from_year, to_year))
        reached = self._component([member(start)], lambda change: _between(change, first, last))
        steps = tuple(
            change
            for change in self.changes
            if _between(change, first, last) and ({*change.before, *change.after} & reached)
        )
        return Equivalence(
            scheme=start.scheme,
            from_year=from_year,
            to_year=to_year,
            sources=self._valid(reached, from_year),
            targets=self._valid(reached, to_year),
            changes=steps,
            certain=all(change.year is not None for change in steps),
        )

    def _start(self, notation: str, year: int, scheme: str | None) -> Concept:
        digits = self.codes.digits(notation)
        domains: tuple[str, ...] = (scheme,) if scheme else self.codes.domain(digits)
        if not domains:
            message = f"“{notation}”不是科目代码的形式。"
            raise InputError("E-CODES-QUERY", message, "", "如 2080505。")
        start = self.codes.get(domains[0], digits, year)
        if start is None:
            self._versions(domains[0], digits)
            raise NotFoundError(
                "E-CODES-YEAR", f"{digits} 在 {year} 年不在用。", "",
                "请换一个年份，或用 kemu lookup 查看起止年份。",
            )  # fmt: skip
        return start

    def _versions(self, scheme: str, notation: str) -> tuple[Concept, ...]:
        found = self.codes.versions(scheme, notation)
        if not found:
            message = f"科目表中没有代码 {notation}（科目表并不完备）。"
            raise NotFoundError("E-CODES-UNKNOWN", message, "", "可用 kemu lookup 按名称查找。")
        return found

    def _component(self, starts: list[Member], follow: _Follow) -> set[Member]:
        """Return what can be reached along changes that are to be followed, in both directions."""
        import networkx as nx

        kept: nx.Graph[Member] = nx.Graph()
        for before, after in self.graph.edges:
            if follow(self.graph.edges[before, after]["change"]):
                kept.add_edge(before, after)
        kept.add_nodes_from(starts)
        return {node for start in starts for node in nx.node_connected_component(kept, start)}

    def _valid(self, members: set[Member], year: int) -> tuple[Member, ...]:
        """Return the versions of a group that are in use in a year, under that year's name."""
        found = {
            member(concept)
            for item in members
            if (concept := self.codes.get(item.scheme, item.notation, year))
            and not concept.gone(year)
            and any(name.text == item.name for name in concept.names)
        }
        return tuple(sorted(found, key=lambda item: (item.notation, item.name)))


def _between(change: Change, first: int, last: int) -> bool:
    """Return whether a change lies, or may lie, between two years and keeps the meaning."""
    if change.kind in APART:
        return False
    if change.likely is not None:
        return first < change.likely <= last
    return _may_lie(change, first, last)


def _may_lie(change: Change, first: int, last: int) -> bool:
    """Return whether a change of unknown year may lie between two years."""
    before, after = change.bounds
    return (before is None or before < last) and (after is None or after > first)
