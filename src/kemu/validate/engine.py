"""Runs the shapes over a document's own store.

Every shape of the package is one SELECT with the document as its focus, which the store runs by
itself. A user's shapes may be any SHACL: with them the whole set goes to pySHACL, which takes
longer to load than most documents take to check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pyoxigraph as ox

from kemu.graph.vocabulary import TYPE, kemu
from kemu.validate.queries import PROLOGUE, Result, Row, run
from kemu.validate.rules import Shape, load


def results(
    store: ox.Store, folder: Path | None = None, idle: Collection[str] = ()
) -> list[Result]:
    """Return what the shapes find in a store, sorted, each shape and value once.

    Args:
        store: The document's graph, in the default graph.
        folder: A folder of further shapes.
        idle: Numbers of rules that apply to nothing in the document; their shapes are not run.

    Raises:
        InternalError: A rule could not be run; nothing may then count as checked.
    """
    if folder is not None:
        from kemu.validate import reference

        return reference.results(store, folder, idle)
    shapes = sorted(load().shapes.items())
    awake = (shape for _, shape in shapes if not set(shape.rules) <= set(idle))
    return [result for shape in awake for result in _found(store, shape)]


def _found(store: ox.Store, shape: Shape) -> Iterator[Result]:
    rows: dict[str, list[Row]] = {}
    name = shape.iri.rpartition("#")[2]
    for document in store.quads_for_pattern(None, TYPE, kemu("DisclosureDocument")):
        bound = {ox.Variable("this"): document.subject}
        for row in run(store, PROLOGUE + shape.select, bound, name):
            rows.setdefault((row.get("value") or row["this"]).value, []).append(row)
    for value, found in sorted(rows.items()):
        yield Result(shape, value, tuple(found))
