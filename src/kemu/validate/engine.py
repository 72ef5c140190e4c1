"""Runs the shapes over a document's own store.

Every shape of the package is one SELECT with the document as its focus, which the store runs by
itself. A user's shapes may be any SHACL: with them the whole set goes to pySHACL, which takes
longer to load than most documents take to check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kemu.errors import InternalError
from kemu.graph.vocabulary import PREFIXES, TYPE, kemu
from kemu.validate.rules import Shape, load

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]

_PROLOGUE = "".join(f"PREFIX {name}: <{space}>\n" for name, space in sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: a shape, what is at fault, and the rows that say so.

    Attributes:
        shape: The node shape.
        value: IRI of what is at fault.
        rows: Variables of the shape's query, one row or more; empty for shapes without SPARQL.
        text: pySHACL's own message, for shapes that have none.
    """

    shape: Shape
    value: str
    rows: tuple[Row, ...] = field(default=(), compare=False)
    text: str = field(default="", compare=False)


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
    for document in store.quads_for_pattern(None, TYPE, kemu("DisclosureDocument")):
        for row in run(store, _PROLOGUE + shape.select, {ox.Variable("this"): document.subject}):
            rows.setdefault((row.get("value") or row["this"]).value, []).append(row)
    for value, found in sorted(rows.items()):
        yield Result(shape, value, tuple(found))


def select(store: ox.Store, query: str, **bound: ox.NamedNode) -> list[Row]:
    """Return the rows of a companion query, with variables bound beforehand.

    Raises:
        InternalError: The query cannot run.
    """
    names = {ox.Variable(name): term for name, term in bound.items()}
    return run(store, _PROLOGUE + query, dict(names))


def run(store: ox.Store, query: str, bound: dict[ox.Variable, Any]) -> list[Row]:
    """Return the rows of a query, with variables bound beforehand.

    Raises:
        InternalError: The query cannot run.
    """
    try:
        found: Any = store.query(query, substitutions=bound or None)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise InternalError("E-SHAPES-QUERY", f"规则的查询不能运行：{error}") from error
    names = [variable.value for variable in found.variables]
    return [
        {name: term for name, term in zip(names, row, strict=True) if term is not None}
        for row in found
    ]
