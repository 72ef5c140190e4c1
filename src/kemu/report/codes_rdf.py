"""Codes as RDF: the same triples that a document's graph holds about the codes it uses."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kemu.graph import codes
from kemu.graph.vocabulary import PREFIXES
from kemu.model.document import Document, Place
from kemu.model.facts import CodeMention, Extraction, Identity

_MEDIA = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}


def rdf(wanted: Iterable[tuple[str, str]], form: str) -> bytes:
    """Return codes, all their versions and their ancestors, in `ttl`, `jsonld` or `nt`."""
    mentions = tuple(
        CodeMention(notation, Place(), scheme, "", code=notation) for scheme, notation in wanted
    )
    nothing = Document("", "0" * 64, "txt", ())
    found = {
        ox.Triple(*t) for t in codes.triples(Extraction(nothing, Identity(), mentions=mentions))
    }
    prefixes = {name: PREFIXES[name] for name in ("dcterms", "kemu", "skos")}
    written = ox.serialize(sorted(found, key=str), format=_MEDIA[form], prefixes=prefixes)
    assert written is not None
    return written
