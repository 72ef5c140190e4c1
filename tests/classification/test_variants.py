"""Local codes: each of a division, apart from the national list."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from kemu.classification import SCHEMES, load
from kemu.classification.lookup.query import lookup
from kemu.classification.rdf.variants import BUDGETS, by_budget, variants
from kemu.classification.tables.variants import local, local_code, local_codes
from kemu.errors import InternalError
from kemu.model import iri
from tests.classification.test_skos import as_graph


def test_a_number_means_what_its_place_says() -> None:
    names = {one.division: one.name for one in local("deptEconomic", "3010201")}
    assert names == {"西安": "津贴补贴", "重庆": "规范性津补贴"}
    (beijing,) = local("deptEconomic", "3021101")
    assert (beijing.division, beijing.documents) == ("北京", 29)


def test_a_local_code_is_said_to_be_one_and_leads_to_its_parent() -> None:
    found = lookup(load(), "3010201")
    assert found.answers[0].entry.concept.notation == "30102"
    assert "地方细化代码" in found.message
    assert "重庆印作“规范性津补贴”" in found.message


def test_no_local_code_is_in_the_national_list() -> None:
    assert len(local_codes()) == 24
    for one in local_codes():
        assert not load().versions(one.scheme, one.code)
        assert load().get(one.scheme, one.parent)


@pytest.mark.parametrize("change", [{"division": ""}, {"division_code": ""}, {"parent": "30102"}])
def test_a_row_without_its_division_is_an_error(change: dict[str, str]) -> None:
    row = {
        "division": "临江", "division_code": "990000", "scheme": "deptEconomic",
        "code": "3021101", "name": "差旅费", "parent": "30211", "documents": "1", "years": "2026",
    }  # fmt: skip
    assert local_code(row).parent == "30211"
    with pytest.raises(InternalError):
        local_code({**row, **change})


def test_variants_are_schemes_of_their_own() -> None:
    graph: Graph = as_graph(variants("deptEconomic", load()))
    schemes = set(graph.objects(URIRef(iri.scheme("deptEconomic"))))
    assert len(schemes) == 3
    for scheme in SCHEMES:
        graph = as_graph(variants(scheme, load()))
        for concept in graph.subjects(SKOS.inScheme):
            national = {*graph.objects(concept, SKOS.broadMatch)}
            assert national or list(graph.objects(concept, SKOS.narrowMatch)), concept


def test_the_view_by_budget_gathers_what_the_numbers_do_not_show() -> None:
    graph = as_graph(by_budget("functional", load()))
    funds = {
        str(label): {str(m).rpartition("/")[2] for m in graph.objects(concept, SKOS.narrowMatch)}
        for concept, label in graph.subject_objects(SKOS.prefLabel)
        if (concept, SKOS.inScheme, None) in graph and label.language == "zh"  # type: ignore[union-attr]
    }
    assert sorted(funds) == sorted(BUDGETS)
    assert "21208" in funds["政府性基金预算"]
    assert "21201" in funds["一般公共预算"]
    assert "20901" in funds["社会保险基金预算"]
    assert not funds["一般公共预算"] & funds["社会保险基金预算"]
