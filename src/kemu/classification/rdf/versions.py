"""Codes through the years as SKOS and XKOS: versions, what changed, and links to other schemes.

A slice holds the versions of some codes without claiming that they belong to an edition: what is
only known from use is attested in a year. A change is an association between versions; between
two editions it is one between their concepts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kemu.classification.history.changes import KINDS, Change
from kemu.classification.history.history import History
from kemu.classification.rdf.notes import own
from kemu.classification.rdf.terms import Triple, integer, term, text
from kemu.classification.tables.concept import Concept
from kemu.classification.tables.labels import labels
from kemu.model import iri


def codes(history: History, wanted: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """Yield the versions through the years of some codes (scheme, notation) and their changes."""
    asked = sorted(set(wanted))
    for scheme, notation in asked:
        versions = history.codes.versions(scheme, notation)
        latest = history.codes.get(scheme, notation)
        if latest is not None:
            yield from _lineage(latest)
        for concept in versions:
            yield from _version(concept)
    for change in history.changes:
        ends = {(m.scheme, m.notation) for m in (*change.before, *change.after)}
        if ends & set(asked):
            yield from change_triples(history, change)


def _code(scheme: str, notation: str) -> ox.NamedNode:
    return ox.NamedNode(iri.code(scheme, notation))


def version_node(concept: Concept) -> ox.NamedNode:
    """Return the node of one version of a code."""
    address = iri.code_version(concept.scheme, concept.notation, concept.name, concept.parent)
    return ox.NamedNode(address)


def _lineage(latest: Concept) -> Iterator[Triple]:
    """Yield a code through the years: a concept with its present name, its others beside it."""
    node = _code(latest.scheme, latest.notation)
    yield node, term("rdf:type"), term("kemu:Code")
    yield node, term("rdf:type"), term("skos:Concept")
    yield node, term("skos:notation"), ox.Literal(latest.notation)
    yield node, term("skos:prefLabel"), text(latest.name, "zh")
    if label := labels().get((latest.scheme, latest.notation)):
        yield node, term("skos:prefLabel"), text(label, "en")
    for name in dict.fromkeys(name.text for name in latest.names[1:]):
        yield node, term("skos:altLabel"), text(name, "zh")
    if latest.parent:
        yield node, term("skos:broader"), _code(latest.scheme, latest.parent)
    yield node, term("kemu:codeScheme"), ox.NamedNode(iri.scheme(latest.scheme))
    yield from own(node, latest.scheme, latest.notation)


def _version(concept: Concept) -> Iterator[Triple]:
    node = version_node(concept)
    yield node, term("rdf:type"), term("skos:Concept")
    yield node, term("dcterms:isVersionOf"), _code(concept.scheme, concept.notation)
    yield node, term("skos:notation"), ox.Literal(concept.notation)
    yield node, term("skos:prefLabel"), text(concept.name, "zh")
    for name in concept.names[1:]:
        yield node, term("skos:altLabel"), text(name.text, "zh")
    if concept.parent:
        yield node, term("kemu:parentCode"), _code(concept.scheme, concept.parent)
    yield from attestation(node, concept)


def attestation(node: ox.NamedNode, concept: Concept) -> Iterator[Triple]:
    """Yield in which years a version is valid and seen, and how well that is known."""
    for edge, bound, basis in concept.edges:
        yield node, term(f"kemu:valid{edge}"), integer(bound)
        yield node, term(f"kemu:{edge.lower()}Basis"), ox.Literal(basis)
    for year in concept.years_seen:
        yield node, term("kemu:attestedIn"), integer(year)
    for year in concept.code_seen:
        yield node, term("kemu:codeAttestedIn"), integer(year)
    yield node, term("kemu:confidence"), ox.Literal(concept.confidence)


def change_node(change: Change, base: str) -> ox.NamedNode:
    """Return the node of a change, from what it says."""
    ends = "\x1f".join(["+".join(map(str, change.before)), "+".join(map(str, change.after))])
    digest = hashlib.sha256(f"{change.kind}\x1f{ends}".encode()).hexdigest()[:12]
    return ox.NamedNode(f"{base}{digest}")


def association(node: ox.NamedNode, change: Change) -> Iterator[Triple]:
    """Yield what a change says of itself; its ends are added by the caller."""
    zh, en = KINDS[change.kind]
    yield node, term("rdf:type"), term("xkos:ConceptAssociation")
    yield node, term("kemu:changeKind"), ox.Literal(change.kind)
    yield node, term("rdfs:label"), text(change.label, "zh")
    yield node, term("rdfs:label"), text(f"{en}: {change.label.partition('：')[2]}", "en")
    yield node, term("kemu:confidence"), ox.Literal(change.confidence)
    if change.year is not None:
        yield node, term("kemu:validFrom"), integer(change.year)
    if change.basis:
        yield node, term("kemu:yearBasis"), ox.Literal(change.basis)
    not_yet, by = change.bounds
    known = (("notYetIn", not_yet), ("doneBy", by), ("supposedYear", change.supposed))
    for name, year in known:
        if year is not None:
            yield node, term(f"kemu:{name}"), integer(year)


def change_triples(history: History, change: Change) -> Iterator[Triple]:
    """Yield a change between versions."""
    when = change.year or "undated"
    node = change_node(change, f"{iri.BASE}change/{change.scheme}/{when}/")
    yield from association(node, change)
    for edge, side in (("source", change.before), ("target", change.after)):
        for item in side:
            if version := history.version(item):
                yield node, term(f"xkos:{edge}Concept"), version_node(version)
