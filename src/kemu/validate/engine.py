"""Runs the shapes: pySHACL over the document's own store, shapes prepared once per process.

Three things of pySHACL 0.40 are worked around. It takes the length of the data graph for every
result (`__bool__` of its wrapper falls back to `len`), which costs findings × triples. It searches
the text of every query for forbidden words at every run; once for each text is enough. And a query
that cannot run must never look like a document without findings, so whatever it raises is an
internal error here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import pyoxigraph as ox
import pyshacl.helper
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import Graph
from rdflib.namespace import SH

from kemu.errors import InternalError
from kemu.graph.vocabulary import PREFIXES
from kemu.validate.rules import RuleSet, Shape, load

Row = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]

_PROLOGUE = "".join(f"PREFIX {name}: <{space}>\n" for name, space in sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: a shape, and what is at fault."""

    shape: Shape
    value: str


class _Cached(SPARQLQueryHelper):
    """pySHACL's query helper; what depends on the text of a shape only is done once."""

    _sound: ClassVar[set[tuple[str, bool, str]]] = set()
    _prefixes: ClassVar[dict[tuple[int, Any], dict[str, Any]]] = {}

    def check_invalid_sparql(
        self, sparql_text: str, valuenode: Any = None, extravars: Any = None
    ) -> bool:
        seen = (sparql_text, valuenode is None, str(extravars))
        if seen not in self._sound:
            check: Any = super().check_invalid_sparql
            check(sparql_text, valuenode, extravars)
            self._sound.add(seen)
        return True

    def collect_prefixes(self) -> None:
        key = (id(self.shape.sg), self.node)
        if key not in self._prefixes:
            collect: Any = super().collect_prefixes
            collect()
            self._prefixes[key] = self.prefixes
        self.prefixes = self._prefixes[key]


vars(pyshacl.helper)["SPARQLQueryHelperCls"] = _Cached


@lru_cache(maxsize=8)
def prepared(folder: Path | None = None) -> ShapesGraph:
    """Return the shapes as pySHACL holds them, parsed once.

    Raises:
        InternalError: A shape is not well formed.
    """
    graph = Graph()
    for source in load(folder).sources:
        graph.parse(data=source, format="turtle")
    shapes = ShapesGraph(graph)
    try:
        _ = shapes.shapes
    except (ReportableRuntimeError, ConstraintLoadError) as error:
        raise InternalError("E-SHAPES-LOAD", f"规则不能使用：{error}") from error
    return shapes


def results(store: ox.Store, folder: Path | None = None) -> list[Result]:
    """Return what the shapes find in a store, sorted, each shape and value once.

    Raises:
        InternalError: A rule could not be run; nothing may then count as checked.
    """
    shapes = prepared(folder)
    data: Any = DataGraph.from_oxigraph_store(store)
    setattr(type(data), "__bool__", lambda _: True)  # noqa: B010  # unknown to type checkers
    validator: Any = Validator(data, shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = shapes
    try:
        _, report, _ = validator.run()
    except (ValidationFailure, ReportableRuntimeError, ConstraintLoadError) as error:
        raise InternalError("E-SHAPES-RUN", f"规则没有运行成功：{error}") from error
    if not isinstance(report, Graph):
        raise InternalError("E-SHAPES-RUN", f"规则没有运行成功：{report}")
    found = {(shape, value) for shape, value in _results(report)}
    rules = load(folder)
    return [Result(_shape(rules, shape), value) for shape, value in sorted(found)]


def _results(report: Graph) -> Iterator[tuple[str, str]]:
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.sourceShape)
        value = report.value(result, SH.value) or report.value(result, SH.focusNode)
        yield str(shape), str(value)


def _shape(rules: RuleSet, iri: str) -> Shape:
    found = rules.shapes.get(iri)
    if found is not None:
        return found
    return Shape(iri, "violation", {}, "", "", (iri.rpartition("#")[2].rpartition("/")[2],))


def select(store: ox.Store, query: str, **bound: ox.NamedNode) -> list[Row]:
    """Return the rows of a query of the shapes' files, with variables bound beforehand.

    Raises:
        InternalError: The query cannot run.
    """
    names: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    names = {ox.Variable(name): term for name, term in bound.items()}
    try:
        found: Any = store.query(_PROLOGUE + query, substitutions=names)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise InternalError("E-SHAPES-QUERY", f"规则的查询不能运行：{error}") from error
    names_of = [variable.value for variable in found.variables]
    return [
        {name: term for name, term in zip(names_of, row, strict=True) if term is not None}
        for row in found
    ]


def node(text: str) -> ox.NamedNode:
    """Return the node of an IRI that a result carries."""
    return ox.NamedNode(text)


__all__ = ["Result", "Row", "node", "prepared", "results", "select"]
