"""The shapes find the same on every engine that runs them: as Kemu does, and pySHACL on rdflib."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from benchmarks import __main__ as bench
from benchmarks import documents, rules
from kemu.extract import extract
from kemu.graph.build import store
from kemu.read import read
from kemu.validate.queries import PROLOGUE
from kemu.validate.rules import Shape, load

SAMPLES = [
    documents.SAMPLES / "海曲区统计局_2024年度部门决算.txt",
    documents.SAMPLES / "临江市云岭区档案馆_2025年单位预算_含错误.txt",
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:8])
def test_a_sample_has_the_same_findings_on_both_engines(path: Path) -> None:
    built = store(extract(read(path)))
    assert rules.by_kemu(built) == rules.by_rdflib(built)


@pytest.mark.parametrize("shape", load().shapes.values(), ids=lambda shape: shape.iri)
def test_no_query_counts_on_groups_without_members(shape: Shape) -> None:
    """Without solutions there is no group (SPARQL 1.1, 18.5.1); rdflib 7 still makes one."""
    for group in re.findall(r"GROUP BY[^\n]*", shape.select):
        assert "HAVING(" in group, group


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:8])
def test_what_no_rule_asks_for_is_not_needed_in_a_check(path: Path) -> None:
    extraction = extract(read(path))
    whole, own = store(extraction), store(extraction, load().asked)
    assert len(own) < len(whole)
    assert rules.by_kemu(own) == rules.by_kemu(whole)


QUERIES = sorted(
    {shape.select for shape in load().shapes.values()}
    | {
        query
        for rule in load().judged
        for query in (rule.scope, rule.blocked, rule.candidates, rule.detail)
        if query
    }
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.split()[2])
def test_the_properties_that_a_query_asks_for_are_known(query: str) -> None:
    """A variable for a property would find only what other queries name."""
    found: set[str] = set()

    def note(part: object) -> None:
        if isinstance(part, CompValue) and "triples" in part:
            for terms in map(list, part["triples"]):  # one triple, or several in a row
                found.update(name for of in terms[1::3] for name in _properties(of))

    traverse(prepareQuery(PROLOGUE + query).algebra, visitPost=note)
    assert found <= {node.value for node in load().asked}


def _properties(term: object) -> set[str]:
    """Return the properties of a term or a path; a variable is one that nobody knows."""
    if isinstance(term, InvPath | MulPath):
        return _properties(term.arg if isinstance(term, InvPath) else term.path)
    if isinstance(term, SequencePath | AlternativePath):
        return {name for each in term.args for name in _properties(each)}
    return {str(term)}


def test_engines_that_disagree_fail_the_benchmark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "seeds", lambda: SAMPLES[:1])
    monkeypatch.setattr(rules, "by_rdflib", lambda built: {("shape", "value")})
    assert bench.main(["rules"]) == 1
    assert "DIFFERENT" in capsys.readouterr().out
