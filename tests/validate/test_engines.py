"""The shapes find the same on every engine that runs them: as Kemu does, and pySHACL on rdflib."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import documents, rules
from kemu.extract import extract
from kemu.graph.build import store
from kemu.read import read
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


def test_engines_that_disagree_fail_the_benchmark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "seeds", lambda: SAMPLES[:1])
    monkeypatch.setattr(rules, "by_rdflib", lambda built: {("shape", "value")})
    assert bench.main(["rules"]) == 1
    assert "DIFFERENT" in capsys.readouterr().out
