"""Runs the shapes by pySHACL over the document's own store: a user's own shapes may be any SHACL.

It is loaded only for them; the package's shapes have an engine of their own, which this one judges
in the tests. Shapes are prepared once per process.

Four things of pySHACL 0.40 are worked around. It takes the length of the data graph for every
result (`__bool__` of its wrapper falls back to `len`), which costs findings × triples. It searches
the text of every query for forbidden words at every run; once for each text is enough. It drops
the variables of a query's rows after filling them into messages; they are kept here, for they are
the numbers of the findings. And a query that cannot run must never look like a document without
findings, so whatever it raises is an internal error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
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
from rdflib.query import Result as Answer
from rdflib.term import BNode, Literal, Node, URIRef, Variable

from kemu.errors import InternalError
from kemu.model.language import SeverityName
from kemu.validate.queries import Result, Row, Term, run
from kemu.validate.rules import RuleSet, load, severity_of


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


class _Kept:
    """Answers pySHACL's queries from a store and keeps their rows, by the text of the query."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.rows: dict[str, list[Row]] = {}

    def query(self, text: str, initBindings: Any = None, **_: Any) -> Answer:
        bound = {ox.Variable(str(name)): _ox(term) for name, term in (initBindings or {}).items()}
        rows = run(self._store, text, bound)
        self.rows.setdefault(text, []).extend(rows)
        answer = Answer("SELECT")
        names = sorted({name for row in rows for name in row})
        answer.vars = [Variable(name) for name in names]
        # pySHACL compares every row with all before it: equal terms should be one object.
        node = lru_cache(maxsize=None)(_rdf)
        answer.bindings = [{Variable(k): node(v) for k, v in row.items()} for row in rows]
        return answer

    def of(self, select: str) -> dict[str, list[Row]]:
        """Return the rows of a shape's query by value; pySHACL puts prefixes before its text."""
        found: dict[str, list[Row]] = {}
        for text, rows in self.rows.items():
            if text.endswith(select):
                for row in rows:
                    term = row.get("value") or row["this"]
                    found.setdefault(term.value, []).append(row)
        return found


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


def results(
    store: ox.Store, folder: Path | None = None, idle: Collection[str] = ()
) -> list[Result]:
    """Return what pySHACL finds; arguments, result and errors are those of `engine.results`."""
    rules = load(folder)
    kept = _Kept(store)
    data: Any = DataGraph.from_oxigraph_store(store)
    setattr(type(data), "__bool__", lambda _: True)  # noqa: B010  # unknown to type checkers
    data.query = kept.query
    options: dict[str, Any] = {"inplace": True}
    if idle:
        options["use_shapes"] = [
            iri for iri, shape in rules.shapes.items() if not set(shape.rules) <= set(idle)
        ]
    validator: Any = Validator(data, shacl_graph=Graph(), options=options)
    validator.shacl_graph = prepared(folder)
    try:
        _, report, _ = validator.run()
    except (ValidationFailure, ReportableRuntimeError, ConstraintLoadError) as error:
        raise InternalError("E-SHAPES-RUN", f"规则没有运行成功：{error}") from error
    if not isinstance(report, Graph):
        raise InternalError("E-SHAPES-RUN", f"规则没有运行成功：{report}")
    return list(_results(report, rules, kept, validator.shacl_graph.graph))


def _results(report: Graph, rules: RuleSet, kept: _Kept, shapes: Graph) -> Iterator[Result]:
    found: dict[tuple[str, str], tuple[SeverityName, str]] = {}
    for node in report.objects(None, SH.result):
        at_fault = report.value(node, SH.value) or report.value(node, SH.focusNode)
        owner = _owner(rules, shapes, report.value(node, SH.sourceShape))
        severity = severity_of(str(report.value(node, SH.resultSeverity)))
        found[owner, str(at_fault)] = severity, str(report.value(node, SH.resultMessage))
    rows: dict[str, dict[str, list[Row]]] = {}
    for (iri, value), (severity, text) in sorted(found.items()):
        shape = replace(rules.shapes[iri], severity=severity)
        if iri not in rows:
            rows[iri] = kept.of(shape.select) if shape.select else {}
        yield Result(shape, value, tuple(rows[iri].get(value, ())), text)


def _owner(rules: RuleSet, shapes: Graph, node: Node | None) -> str:
    """Return the IRI of the shape of the files that a nested shape belongs to."""
    while node is not None and str(node) not in rules.shapes:
        node = next(iter(sorted(shapes.subjects(None, node), key=str)), None)
    if node is None:
        raise InternalError("E-SHAPES-RUN", "结果没有指明规则")
    return str(node)


def _ox(term: Node) -> Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), language=term.language, datatype=datatype)
    return ox.BlankNode(str(term))


def _rdf(term: Term) -> URIRef | Literal | BNode:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value))
    return BNode(term.value)
