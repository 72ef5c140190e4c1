"""The history of codes as a directed graph: what became of what, and what may be compared.

Nodes are codes under one name and parent (versions); an arrow leads from what was to what is
since. Nothing is chosen where a code was split or merged: the whole group is returned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import networkx as nx

from kemu.classification.classification import load
from kemu.classification.history.changes import Change, Member, all_changes, member
from kemu.classification.tables.concept import SCHEMES, Concept
from kemu.errors import InputError, NotFoundError

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


@cache
def graph() -> nx.DiGraph[Member]:
    """Return the graph of all versions; edges carry their `Change`."""
    found: nx.DiGraph[Member] = nx.DiGraph()
    table = load()
    for scheme in SCHEMES:
        found.add_nodes_from(member(concept) for concept in table.concepts(scheme))
    for change in all_changes():
        for before in change.before:
            for after in change.after:
                found.add_edge(before, after, change=change)
    return found


def lineage(scheme: str, notation: str) -> tuple[Change, ...]:
    """Return all changes that a code took part in, directly or through others, oldest first.

    A number put to another use is named but not followed: what it meant before is another story.

    Raises:
        NotFoundError: The tables have no such code.
    """
    nodes = [member(concept) for concept in _versions(scheme, notation)]
    reached = _component(nodes, lambda change: change.kind != "reused")
    own = set(nodes)
    found = [
        change
        for change in all_changes()
        if change.scheme == scheme
        and ({*change.before, *change.after} & (own if change.kind == "reused" else reached))
    ]
    return tuple(found)


def equivalent(
    notation: str, from_year: int, to_year: int, scheme: str | None = None
) -> Equivalence:
    """Return the smallest groups of codes comparable between two years that hold this code.

    Raises:
        InputError: The number can be no code.
        NotFoundError: The tables do not have the code in the first year.
    """
    table = load()
    digits = table.digits(notation)
    domains = (scheme,) if scheme else table.domain(digits)
    if not domains:
        raise InputError("E-CODES-QUERY", f"“{notation}”不是科目代码的形式。", "", "如 2080505。")
    scheme = domains[0]
    start = table.get(scheme, digits, from_year)
    if start is None:
        _versions(scheme, digits)
        message = f"{digits} 在 {from_year} 年不在用。"
        raise NotFoundError(
            "E-CODES-YEAR", message, "", "请换一个年份，或用 kemu lookup 查看起止年份。"
        )
    first, last = sorted((from_year, to_year))
    reached = _component([member(start)], lambda change: _between(change, first, last))
    sources = _valid(reached, from_year)
    targets = _valid(reached, to_year)
    steps = tuple(
        change
        for change in all_changes()
        if _between(change, first, last) and ({*change.before, *change.after} & reached)
    )
    return Equivalence(
        scheme=scheme,
        from_year=from_year,
        to_year=to_year,
        sources=sources,
        targets=targets,
        changes=steps,
        certain=all(change.year is not None for change in steps),
    )


def _versions(scheme: str, notation: str) -> tuple[Concept, ...]:
    found = load().versions(scheme, notation)
    if not found:
        message = f"科目表中没有代码 {notation}（科目表并不完备）。"
        raise NotFoundError("E-CODES-UNKNOWN", message, "", "可用 kemu lookup 按名称查找。")
    return found


def _component(starts: list[Member], follow: _Follow) -> set[Member]:
    """Return what can be reached along changes that are to be followed, in both directions."""
    kept: nx.Graph[Member] = nx.Graph()
    whole = graph()
    for before, after in whole.edges:
        if follow(whole.edges[before, after]["change"]):
            kept.add_edge(before, after)
    kept.add_nodes_from(starts)
    return {node for start in starts for node in nx.node_connected_component(kept, start)}


def _between(change: Change, first: int, last: int) -> bool:
    """Return whether a change lies, or may lie, between two years and keeps the meaning."""
    if change.kind == "reused":
        return False
    if change.year is not None:
        return first < change.year <= last
    before, after = change.bounds
    return (before is None or before < last) and (after is None or after > first)


def _valid(members: set[Member], year: int) -> tuple[Member, ...]:
    """Return the versions of a group that are in use in a year, under the name of that year."""
    table = load()
    found = {
        member(concept)
        for item in members
        if (concept := table.get(item.scheme, item.notation, year))
        and any(name.text == item.name for name in concept.names)
    }
    return tuple(sorted(found, key=lambda item: (item.notation, item.name)))
