"""An edition is what tools for SKOS expect: the makers of Skosmos have a validator, Skosify."""

from __future__ import annotations

import logging

import pytest
import skosify
from rdflib import SKOS, Graph, Literal, URIRef

from kemu.classification import SCHEMES, load
from kemu.classification.rdf.editions import edition
from kemu.model import iri
from tests.classification.test_skos import as_graph


def complaints(graph: Graph, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what Skosify warns of in a graph."""
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        skosify.skosify(graph)
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_edition_needs_no_mending(scheme: str, caplog: pytest.LogCaptureFixture) -> None:
    graph = as_graph(edition(load(), scheme, 2024))
    before = set(graph.triples((None, None, None)))
    assert complaints(graph, caplog) == []
    assert before <= set(graph.triples((None, None, None)))


def test_the_validator_would_complain(caplog: pytest.LogCaptureFixture) -> None:
    graph = as_graph(edition(load(), "revenue", 2024))
    concept = URIRef(f"{iri.edition('revenue', 2024)}/101")
    graph.add((concept, SKOS.prefLabel, Literal("另一个名称", lang="zh")))
    graph.add((concept, SKOS.broader, URIRef(f"{concept}01")))
    told = complaints(graph, caplog)
    assert any("prefLabel" in line or "loop" in line.lower() for line in told), told
