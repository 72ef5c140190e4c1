"""The graph as text: N-Quads and TriG, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kemu.graph import build
from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri
from kemu.model.facts import Extraction

_USED = sorted(PREFIXES.keys() - {"sh"})


def nquads(extraction: Extraction) -> bytes:
    """Return a document's graph and that of its codes as sorted N-Quads."""
    lines = sorted({f"{quad} .\n" for quad in build.quads(extraction)})
    return "".join(lines).encode()


def trig(extraction: Extraction) -> bytes:
    """Return a document's graph and that of its codes as TriG."""
    return trig_of(build.quads(extraction))


def trig_of(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as TriG: duplicates dropped, sorted, each graph and subject in one piece."""
    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
    prefixes = {name: PREFIXES[name] for name in _USED}
    written = ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=prefixes, base_iri=iri.BASE)
    assert written is not None
    return written
