"""Codes as RDF: all versions of a code, its ancestors, and what changed."""

from __future__ import annotations

from collections.abc import Iterable

from kemu.classification import load
from kemu.classification.rdf.serialised import Form, serialised
from kemu.classification.rdf.versions import codes


def rdf(wanted: Iterable[tuple[str, str]], form: str) -> bytes:
    """Return codes (scheme, notation) and their ancestors in a form of RDF (`ttl`, …), sorted."""
    table = load()
    asked = {
        (scheme, concept.notation)
        for scheme, notation in wanted
        for concept in table.path(scheme, notation)
    }
    return serialised(codes(table.history, asked), Form(form))
