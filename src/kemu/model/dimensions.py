"""The dimensions of a key and their members, read from ontology/dimensions.ttl.

A member is named by the token that `kemu.model.facts.Key` holds, which is the local name of its
IRI. Members form trees (`generalPublicBudget` is narrower than `fiscalAppropriation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kemu import assets
from kemu.model import iri

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_IDENTIFIER = ox.NamedNode("http://purl.org/dc/terms/identifier")
_BROADER = ox.NamedNode(_SKOS + "broader")
_IN_SCHEME = ox.NamedNode(_SKOS + "inScheme")
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
def _store() -> ox.Store:
    store = ox.Store()
    data = assets.asset("ontology", "dimensions.ttl").read_bytes()
    store.load(data, format=ox.RdfFormat.TURTLE)
    return store


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
