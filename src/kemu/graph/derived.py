"""What follows from the printed numbers by arithmetic alone, worked out once for each document.

The files of graph/derived are SPARQL updates that any engine runs. What they insert (what a total
is held to, how far it is from the sum of its terms, what of that rounding explains …) belongs to a
document's graph: shapes, the search for causes and reports read it there, none computes it anew.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kemu.assets import asset
from kemu.errors import InternalError
from kemu.graph.vocabulary import kemu, named_in
from kemu.model import iri
from kemu.model.findings import Held

FIRST = "amounts"
"""What the other updates build on: which amounts cannot be computed with."""


@cache
def updates() -> dict[str, str]:
    """Return the updates by name, in the order in which they run."""
    files = [file for file in asset("graph", "derived").iterdir() if file.name.endswith(".ru")]
    texts = {file.name.removesuffix(".ru"): file.read_text(encoding="utf-8") for file in files}
    return dict(sorted(texts.items(), key=lambda item: (item[0] != FIRST, item[0])))


@cache
def named_in_updates() -> frozenset[ox.NamedNode]:
    """Return the properties and classes that the updates name."""
    return named_in(updates().values())


def extend(store: ox.Store) -> None:
    """Add to a document's store what follows from what is in it.

    Raises:
        InternalError: An update cannot run.
    """
    for name, text in updates().items():
        try:
            store.update(text)
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise InternalError("E-GRAPH-DERIVED", f"推算 {name} 不能运行：{error}") from error


def held(store: ox.Store, sha256: str) -> dict[str, Held]:
    """Return by slug what each equation and each stated change of a document is held to."""
    limits = {
        quad.subject for quad in store.quads_for_pattern(None, kemu("heldTo"), kemu("atMost"))
    }
    base = iri.document(sha256) + "/"
    return {
        quad.subject.value.removeprefix(base): Held(
            Decimal(quad.object.value), quad.subject in limits
        )
        for quad in store.quads_for_pattern(None, kemu("bound"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
