"""The service description of the SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.graph.vocabulary import TYPE

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "N-Triples", "RDF_XML"),
)
Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def description(address: str) -> Iterator[Triple]:
    """Yield what the endpoint at an address offers."""
    service = ox.NamedNode(f"{address}#service")
    dataset, graph = ox.NamedNode(f"{address}#dataset"), ox.NamedNode(f"{address}#default")
    yield service, TYPE, _sd("Service")
    yield service, _sd("endpoint"), ox.NamedNode(address)
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield service, _sd("feature"), _sd("UnionDefaultGraph")
    yield service, _sd("defaultDataset"), dataset
    for name in _RESULTS:
        yield service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)
    yield dataset, TYPE, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), graph
    yield graph, TYPE, _sd("Graph")


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
