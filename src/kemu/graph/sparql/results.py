"""Answers to queries in the formats of the W3C, and for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pyoxigraph as ox

from kemu.errors import InputError
from kemu.graph.sparql.stores import ontology_triples
from kemu.graph.vocabulary import LABEL, PREFIXES, named
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


def name_of(address: str, lang: str) -> str:
    """Return the name of a term of the ontology in a language; empty for anything else."""
    return _names().get((address, lang), "")


@cache
def _names() -> dict[tuple[str, str], str]:
    labels = (LABEL, named("skos:prefLabel"))
    return {
        (one.subject.value, one.object.language or ""): one.object.value
        for one in ontology_triples()
        if one.predicate in labels
        and isinstance(one.object, ox.Literal)
        and isinstance(one.subject, ox.NamedNode)
    }


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
