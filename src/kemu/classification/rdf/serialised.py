"""Triples as a file: Turtle, N-Triples, RDF/XML, or JSON-LD with the context of ontology/."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any

import pyoxigraph as ox

from kemu.assets import asset

Node = ox.NamedNode | ox.BlankNode
AnyTriple = tuple[Node, ox.NamedNode, Node | ox.Literal]
CONTEXT = "context.jsonld"


class Form(StrEnum):
    """A form of RDF, by the suffix of its files."""

    TURTLE = "ttl"
    N_TRIPLES = "nt"
    RDF_XML = "rdf"
    JSON_LD = "jsonld"


_FORMATS = {
    Form.TURTLE: ox.RdfFormat.TURTLE,
    Form.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    Form.RDF_XML: ox.RdfFormat.RDF_XML,
}


def serialised(triples: Iterable[AnyTriple], form: Form) -> bytes:
    """Return triples in a form of RDF, sorted and without repetition.

    Prefixes are those of the context; only the ones in use are declared. JSON-LD is compacted with
    the context, which it holds itself, so that no reader has to fetch it.
    """
    ordered = sorted({ox.Triple(*triple) for triple in triples}, key=str)
    if form is Form.JSON_LD:
        return _compacted(ordered)
    text = "\n".join(map(str, ordered))
    used = {name: base for name, base in prefixes().items() if f"<{base}" in text}
    written = ox.serialize(ordered, format=_FORMATS[form], prefixes=used)
    assert written is not None
    return written


@cache
def context() -> dict[str, Any]:
    """Return the JSON-LD context, as ontology/context.jsonld holds it."""
    found: dict[str, Any] = json.loads(asset("ontology", CONTEXT).read_text(encoding="utf-8"))
    return found


@cache
def prefixes() -> dict[str, str]:
    """Return the prefixes of the context: name to namespace."""
    terms = context()["@context"]
    return {name: base for name, base in terms.items() if isinstance(base, str) and "://" in base}


def _compacted(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as JSON-LD in terms of the context, subjects in their order."""
    from rdflib import Graph

    graph = Graph()
    graph.parse(data="\n".join(f"{triple} ." for triple in triples), format="nt")
    text = graph.serialize(format="json-ld", context=context()["@context"], auto_compact=True)
    value = json.loads(text)
    if "@graph" in value:
        value["@graph"].sort(key=lambda node: node["@id"])
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
