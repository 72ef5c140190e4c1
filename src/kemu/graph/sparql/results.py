"""Answers to queries in the formats of the W3C, and for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kemu.errors import InputError
from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def csv(answer: Answer) -> bytes:
    """Return a table as CSV, the W3C format."""
    return _results(answer, ox.QueryResultsFormat.CSV)


def json(answer: Answer) -> bytes:
    """Return a table or a yes/no as SPARQL results in JSON, the W3C format."""
    return _results(answer, ox.QueryResultsFormat.JSON)


def _results(answer: Answer, form: ox.QueryResultsFormat) -> bytes:
    if isinstance(answer, ox.QueryTriples):
        raise InputError(
            "E-QUERY-FORMAT", "CONSTRUCT 和 DESCRIBE 的结果是图，不是表", "--format", "请用 ttl。"
        )
    if isinstance(answer, ox.QueryBoolean) and form is ox.QueryResultsFormat.CSV:
        return (str(bool(answer)).lower() + "\n").encode()
    written = answer.serialize(format=form)
    assert written is not None
    return written


def turtle(answer: Answer) -> bytes:
    """Return a graph as Turtle, sorted."""
    if not isinstance(answer, ox.QueryTriples):
        raise InputError(
            "E-QUERY-FORMAT", "SELECT 和 ASK 的结果不是图", "--format", "请用 table、csv 或 json。"
        )
    triples = sorted(set(answer), key=str)
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    return written


def rows(answer: Answer) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Return header and rows for people: IRIs shortened, literals without datatype."""
    if isinstance(answer, ox.QueryBoolean):
        return ["?"], [["是" if answer else "否"]]
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(answer, key=str)
        return ["s", "p", "o"], [[short(part) for part in triple] for triple in triples]
    names = [variable.value for variable in answer.variables]
    return names, [[short(value) for value in solution] for solution in answer]


def short(term: object) -> str:
    """Return an RDF term as people write it."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        for prefix, base in PREFIXES.items():
            if term.value.startswith(base):
                return f"{prefix}:{term.value[len(base) :]}"
        return term.value.removeprefix(iri.BASE)
    return str(term)
