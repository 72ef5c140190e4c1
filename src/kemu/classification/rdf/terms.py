"""RDF terms and literals as the classification writes them; made once."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kemu.model import iri

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "kemu": iri.ONTOLOGY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(curie: str) -> ox.NamedNode:
    """Return the node of a prefixed name such as `xkos:depth`."""
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def text(words: str, lang: str) -> ox.Literal:
    """Return a literal in a language."""
    return ox.Literal(words, language=lang)


def integer(value: int) -> ox.Literal:
    """Return an integer literal."""
    return ox.Literal(str(value), datatype=term("xsd:integer"))


def new_year(year: int) -> ox.Literal:
    """Return the first day of a fiscal year, from which an edition applies."""
    return ox.Literal(f"{year}-01-01", datatype=term("xsd:date"))
