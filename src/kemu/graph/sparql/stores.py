"""Stores to query: made from documents, from RDF files, or opened from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kemu.assets import asset
from kemu.errors import InputError
from kemu.graph.build import quads
from kemu.model import iri
from kemu.model.facts import Extraction

ONTOLOGY = ox.NamedNode(iri.ONTOLOGY.rstrip("#"))
"""Named graph of the ontology, whose labels name the members of dimensions."""


def of(extractions: Sequence[Extraction]) -> ox.Store:
    """Return a store with one named graph per document, the codes they use, and the ontology."""
    store = ox.Store()
    for extraction in extractions:
        store.extend(quads(extraction))
    store.extend(
        ox.Quad(one.subject, one.predicate, one.object, ONTOLOGY) for one in ontology_triples()
    )
    return store


def ontology_triples() -> list[ox.Triple]:
    """Return the ontology and the members of the dimensions."""
    files = (file for file in asset("ontology").iterdir() if file.name.endswith(".ttl"))
    parsed = (ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE) for file in files)
    return [quad.triple for quads in parsed for quad in quads]


def add_file(store: ox.Store, path: Path) -> None:
    """Add an RDF file; one without named graphs becomes a graph named after the file.

    Raises:
        InputError: It is missing or not what its suffix says.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lower().removeprefix("."))
    assert form is not None
    graph = None if form.supports_datasets else ox.NamedNode(path.resolve().as_uri())
    try:
        store.load(path=path, format=form, to_graph=graph)
    except FileNotFoundError:
        raise InputError("E-QUERY-DATA", "找不到文件", str(path), "请检查路径。") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(
            "E-QUERY-DATA", f"不是正确的 {form.name} 文件：{error}", str(path)
        ) from None


def opened(folder: Path) -> ox.Store:
    """Return a store on disk, for reading only.

    Raises:
        InputError: There is none.
    """
    if not (folder / "CURRENT").is_file():
        raise InputError("E-QUERY-STORE", "这里没有图库", str(folder), "请检查路径。")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError) as error:
        raise InputError("E-QUERY-STORE", f"打不开图库：{error}", str(folder)) from None
