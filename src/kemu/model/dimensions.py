"""The dimensions of a key and their members, read from ontology/dimensions.ttl.

A member is named by the token that `kemu.model.facts.Key` holds, which is the local name of its
IRI. Members form trees (`generalPublicBudget` is narrower than `fiscalAppropriation`), and say of
themselves what flow they imply, what they consist of and what they are divided by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox

from kemu import assets
from kemu.model import iri
from kemu.model.members import Flow

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_IDENTIFIER = ox.NamedNode("http://purl.org/dc/terms/identifier")
_BROADER = ox.NamedNode(_SKOS + "broader")
_IN_SCHEME = ox.NamedNode(_SKOS + "inScheme")
_DIVIDERS = {
    "functional": "functional", "deptEconomic": "dept_economic", "projectName": "project",
}  # fmt: skip
"""Property of a dimension → its name in a key, where they may divide a member."""
_PREF_LABEL = ox.NamedNode(_SKOS + "prefLabel")


@dataclass(frozen=True, slots=True)
class Member:
    """One value of a dimension.

    Attributes:
        token: As in a key.
        parent: Token of the broader member, or empty.
        labels: Language tag → name.
    """

    token: str
    parent: str
    labels: dict[str, str]


@cache
def _quads() -> tuple[ox.Quad, ...]:
    """Return the statements in the order of the file."""
    data = assets.asset("ontology", "dimensions.ttl").read_bytes()
    return tuple(ox.parse(data, format=ox.RdfFormat.TURTLE))


@cache
def _store() -> ox.Store:
    store = ox.Store()
    store.extend(_quads())
    return store


@cache
def _said(name: str) -> dict[str, tuple[str, ...]]:
    """Return what a property of the ontology says: token of the subject → tokens, as written."""
    found: dict[str, tuple[str, ...]] = {}
    for quad in _quads():
        if quad.predicate.value == iri.term(name):
            subject = _token(quad.subject)
            found[subject] = (*found.get(subject, ()), _token(quad.object))
    return found


def _token(node: object) -> str:
    assert isinstance(node, ox.NamedNode)
    return node.value.removeprefix(iri.ONTOLOGY)


def _member(node: ox.NamedNode) -> Member:
    store = _store()
    parents = [_token(q.object) for q in store.quads_for_pattern(node, _BROADER, None)]
    labels = {
        q.object.language or "": q.object.value
        for q in store.quads_for_pattern(node, _PREF_LABEL, None)
        if isinstance(q.object, ox.Literal)
    }
    return Member(_token(node), parents[0] if parents else "", labels)


@cache
def _dimensions() -> dict[str, dict[str, Member]]:
    store = _store()
    found: dict[str, dict[str, Member]] = {}
    for named in store.quads_for_pattern(None, _IDENTIFIER, None):
        assert isinstance(named.object, ox.Literal)
        nodes = (q.subject for q in store.quads_for_pattern(None, _IN_SCHEME, named.subject))
        listed = [_member(node) for node in nodes if isinstance(node, ox.NamedNode)]
        found[named.object.value] = {m.token: m for m in sorted(listed, key=lambda m: m.token)}
    return dict(sorted(found.items()))


def dimensions() -> tuple[str, ...]:
    """Return the names of the dimensions that have a fixed list of members."""
    return tuple(_dimensions())


def members(dimension: str) -> tuple[str, ...]:
    """Return the tokens of a dimension's members, sorted; empty for a dimension without a list."""
    return tuple(_dimensions().get(dimension, {}))


def parent(dimension: str, member: str) -> str | None:
    """Return the token of the next broader member, or None at a root or for an unknown token."""
    found = _dimensions().get(dimension, {}).get(member)
    return found.parent or None if found else None


def ancestors(dimension: str, member: str) -> tuple[str, ...]:
    """Return the broader members from the nearest to the root."""
    found: list[str] = []
    above = parent(dimension, member)
    while above is not None and above not in found:
        found.append(above)
        above = parent(dimension, above)
    return tuple(found)


def children(dimension: str, member: str) -> tuple[str, ...]:
    """Return the tokens of the members directly below one member, sorted."""
    return tuple(m.token for m in _dimensions().get(dimension, {}).values() if m.parent == member)


def is_narrower(dimension: str, narrow: str, broad: str) -> bool:
    """Tell whether `narrow` lies strictly below `broad` in the dimension's tree."""
    return broad in ancestors(dimension, narrow)


def is_within(dimension: str, member: str, broad: str) -> bool:
    """Tell whether a member is another one or lies below it in the dimension's tree."""
    return member == broad or is_narrower(dimension, member, broad)


def always_flow(member: str) -> Flow | None:
    """Return the flow that every amount of a member is of; None if it implies none."""
    return cast(Flow | None, next(iter(_said("alwaysFlow").get(member, ())), None))


def usual_flow(member: str) -> Flow | None:
    """Return the flow of an amount of a member where nothing else tells; None if none."""
    return cast(Flow | None, next(iter(_said("usualFlow").get(member, ())), None))


@cache
def balances(dimension: str) -> frozenset[str]:
    """Return the members whose amounts are balances, always or where nothing else tells."""
    return frozenset(
        member
        for member in members(dimension)
        if "balance" in (always_flow(member), usual_flow(member))
    )


def consists_of(dimension: str, member: str) -> tuple[str, ...]:
    """Return the members that a member always consists of, as printed; none if not known."""
    return _said("consistsOf").get(_whole(dimension, member), ())


def may_consist_of(dimension: str, member: str) -> tuple[str, ...]:
    """Return the parts that a member may have beside those, as printed."""
    return _said("mayConsistOf").get(_whole(dimension, member), ())


def _whole(dimension: str, member: str) -> str:
    """Return the token that statements on parts are about: the scheme's for `all`."""
    return f"{dimension}Scheme" if member == "all" else member


@cache
def divided_by(dimension: str, by: str, *, at_most: bool = False) -> frozenset[str]:
    """Return the members of a dimension that tables and lists divide by another one.

    Args:
        dimension: Of the members.
        by: The other one, as in a key.
        at_most: Whether also those that only some tables divide so.
    """
    found = set()
    for name in ("dividedBy", *(("mayBeDividedBy",) if at_most else ())):
        for member, properties in _said(name).items():
            if by in map(_DIVIDERS.__getitem__, properties):
                found.add(member)
    return frozenset(found & set(members(dimension)))


def label(dimension: str, member: str, lang: str = "zh") -> str:
    """Return a member's name; the token itself where the dimension does not list it."""
    found = _dimensions().get(dimension, {}).get(member)
    if found is None:
        found = _unlisted().get(member)
    return found.labels.get(lang, member) if found else member


@cache
def _unlisted() -> dict[str, Member]:
    """Return the members that every dimension may hold, listed for it or not."""
    shared = ("all", "notApplicable", "undetermined")
    return {token: _member(ox.NamedNode(iri.term(token))) for token in shared}
