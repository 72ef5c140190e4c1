"""The terms that the graph uses, as RDF nodes made once.

Kemu's own terms are `kemu("value")`; terms of other vocabularies stand here by name, and a test
holds each against its published namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kemu.model import iri

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kemu": iri.ONTOLOGY,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


_NAMED = re.compile(r"\b(\w+):(\w+)")


def named(curie: str) -> ox.NamedNode:
    """Return the node of a prefixed name such as `skos:broader`."""
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def named_in(queries: Iterable[str]) -> frozenset[ox.NamedNode]:
    """Return what queries name with these prefixes, and rdf:type; variables are not known."""
    pairs = {pair for query in queries for pair in _NAMED.findall(query)}
    known = {ox.NamedNode(PREFIXES[p] + name) for p, name in pairs if p in PREFIXES}
    return frozenset((TYPE, *known))


TYPE = named("rdf:type")
LABEL = named("rdfs:label")
OBSERVATION = named("qb:Observation")
DATA_SET = named("qb:dataSet")
DERIVED_FROM = named("prov:wasDerivedFrom")

_DECIMAL = named("xsd:decimal")
_INTEGER = named("xsd:integer")


@cache
def kemu(name: str) -> ox.NamedNode:
    """Return the node of one of Kemu's classes, properties or dimension members."""
    return ox.NamedNode(iri.term(name))


def decimal(value: Decimal) -> ox.Literal:
    """Return an exact decimal literal, without exponent."""
    return ox.Literal(format(value, "f"), datatype=_DECIMAL)


@cache
def integer(value: int) -> ox.Literal:
    """Return an integer literal."""
    return ox.Literal(str(value), datatype=_INTEGER)


def chinese(text: str) -> ox.Literal:
    """Return a literal tagged as Chinese."""
    return ox.Literal(text, language="zh")


def boolean(value: bool) -> ox.Literal:
    """Return a boolean literal."""
    return ox.Literal(value)
