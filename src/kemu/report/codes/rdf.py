"""Codes as RDF: all versions of a code, its ancestors, and what changed."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kemu.classification import load
from kemu.classification.rdf.versions import codes
from kemu.graph.vocabulary import PREFIXES

_MEDIA = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
_USED = ("dcterms", "kemu", "skos")


def rdf(wanted: Iterable[tuple[str, str]], form: str) -> bytes:
    """Return codes (scheme, notation) and their ancestors in `ttl`, `jsonld` or `nt`, sorted."""
    table = load()
    asked = {
        (scheme, concept.notation)
        for scheme, notation in wanted
        for concept in table.path(scheme, notation)
    }
    triples = sorted({ox.Triple(*triple) for triple in codes(table.history, asked)}, key=str)
    prefixes = {name: PREFIXES[name] for name in _USED}
    written = ox.serialize(triples, format=_MEDIA[form], prefixes=prefixes)
    assert written is not None
    return written
