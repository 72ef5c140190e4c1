"""A store as RDF: with its named graphs, or all of it in one; the codes it uses as SKOS."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kemu.classification.rdf.serialised import Form
from kemu.graph.observations import SCHEMES
from kemu.graph.serialise import trig_of
from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri
from kemu.report.codes.rdf import rdf
from kemu.store import register
from kemu.store.backend import Reader

_SCHEMES = (*SCHEMES.values(), "revenue")


def quads(reader: Reader, everything: bool = False) -> list[ox.Quad]:
    """Return what a store holds: the register whole, of the documents those in force.

    Args:
        reader: The store.
        everything: Whether to take replaced versions too.
    """
    replaced = register.read(reader.quads(register.GRAPH)).replaced
    gone = frozenset() if everything else replaced
    return [quad for quad in reader.quads() if quad.graph_name.value not in gone]  # type: ignore[union-attr]


def nquads(found: Iterable[ox.Quad]) -> bytes:
    """Return sorted N-Quads."""
    return "".join(sorted({f"{quad} .\n" for quad in found})).encode()


def trig(found: Iterable[ox.Quad]) -> bytes:
    """Return TriG, each graph in one piece."""
    return trig_of(found)


def turtle(found: Iterable[ox.Quad]) -> bytes:
    """Return Turtle: the triples of all graphs, each once."""
    triples = sorted({quad.triple for quad in found}, key=str)
    written = ox.serialize(
        triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=iri.BASE
    )
    assert written is not None
    return written


def json_ld(found: Iterable[ox.Quad]) -> bytes:
    """Return JSON-LD with its named graphs."""
    ordered = sorted(set(found), key=lambda quad: (str(quad.graph_name), str(quad)))
    written = ox.serialize(ordered, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES)
    assert written is not None
    return written


def skos(found: Iterable[ox.Quad]) -> bytes:
    """Return the codes that the documents use, their versions and history, as Turtle."""
    prefixes = {iri.code(scheme, ""): scheme for scheme in _SCHEMES}
    wanted = set()
    for quad in found:
        if quad.graph_name.value == iri.CODES and isinstance(quad.subject, ox.NamedNode):  # type: ignore[union-attr]
            base, _, notation = quad.subject.value.rpartition("/")
            if notation.isdigit() and f"{base}/" in prefixes:
                wanted.add((prefixes[f"{base}/"], notation))
    return rdf(sorted(wanted), Form.TURTLE)
