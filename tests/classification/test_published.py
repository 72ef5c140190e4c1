"""What harvesters and tools read: notes by kind, JSON-LD with its context, VoID and DCAT."""

from __future__ import annotations

import json
from itertools import islice

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, RDF, SKOS, VOID, Literal, URIRef
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.classification import SCHEMES, load
from kemu.classification.rdf.catalogue import CATALOGUE, catalogue
from kemu.classification.rdf.editions import edition
from kemu.classification.rdf.notes import kind_of, official, own
from kemu.classification.rdf.serialised import Form, context, serialised
from kemu.classification.rdf.terms import PREFIXES
from kemu.classification.rdf.versions import codes
from kemu.classification.tables.rows import rows
from kemu.model import iri
from tests.classification.test_skos import XKOS, as_graph

FORMATS = {
    Form.TURTLE: ox.RdfFormat.TURTLE,
    Form.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    Form.RDF_XML: ox.RdfFormat.RDF_XML,
    Form.JSON_LD: ox.RdfFormat.JSON_LD,
}
IN_SERIES = URIRef(PREFIXES["dcat"] + "inSeries")
CODE = ox.NamedNode(iri.code("deptEconomic", "30108"))


def read(data: bytes, form: Form) -> set[ox.Triple]:
    """Return the triples of a file, read by another hand than wrote it where there is one."""
    return {quad.triple for quad in ox.parse(data, format=FORMATS[form])}


@pytest.mark.parametrize("row", list(rows("note_kinds.csv")), ids=lambda row: row["example"])
def test_a_sentence_has_its_kind_of_note(row: dict[str, str]) -> None:
    assert kind_of(row["example"]) == row["note"]


def test_an_official_explanation_is_given_whole_and_by_kind() -> None:
    words = "反映单位缴纳的费用。还包括补缴的部分。离休人员的费用不在此科目反映。"
    graph = as_graph(official(CODE, words))
    node = URIRef(CODE.value)
    assert graph.value(node, SKOS.definition) == Literal(words, lang="zh")
    assert str(graph.value(node, XKOS.coreContentNote)) == "反映单位缴纳的费用。"
    assert str(graph.value(node, XKOS.additionalContentNote)) == "还包括补缴的部分。"
    assert str(graph.value(node, XKOS.exclusionNote)) == "离休人员的费用不在此科目反映。"


def test_words_of_this_project_are_marked_as_such() -> None:
    graph = as_graph(own(CODE, "deptEconomic", "30108"))
    both = as_graph(own(CODE, "functional", "2080505"))
    node = URIRef(CODE.value)
    for one in (graph, both):
        definitions = list(one.objects(node, SKOS.definition))
        notes = {str(note) for note in one.objects(node, SKOS.scopeNote)}
        assert len(definitions) in (0, 1)
        assert bool(definitions) == ("定义是本项目的说明，不是官方解释。" in notes)
    assert len(both)


def test_json_ld_is_the_same_graph_and_names_its_terms_by_the_context() -> None:
    triples = [*codes(load().history, [("functional", "20805"), ("functional", "208")])]
    text = serialised(triples, Form.JSON_LD)
    assert read(text, Form.JSON_LD) == {ox.Triple(*one) for one in triples}
    value = json.loads(text)
    assert value["@context"] == context()["@context"]
    (code,) = [n for n in value["@graph"] if n["@id"] == iri.code("functional", "20805")]
    assert code["notation"] == "20805"
    assert code["prefLabel"]["zh"] == "行政事业单位养老支出"
    assert code["broader"] == iri.code("functional", "208")


def test_the_context_agrees_with_the_prefixes_that_are_written() -> None:
    assert PREFIXES.items() <= context()["@context"].items()


@pytest.mark.parametrize("form", list(Form))
def test_every_form_holds_the_same_triples(form: Form) -> None:
    triples = list(islice(edition(load(), "revenue", 2024), 400))
    assert read(serialised(triples, form), form) == {ox.Triple(*one) for one in triples}


def test_the_catalogue_leads_to_every_edition() -> None:
    graph = as_graph(catalogue(load()))
    series = set(graph.objects(URIRef(CATALOGUE), DCAT.dataset))
    assert {str(one).rpartition("/")[2] for one in series} == set(SCHEMES)
    for edition_ in graph.subjects(IN_SERIES):
        assert (edition_, RDF.type, DCAT.Dataset) in graph
        assert graph.value(edition_, DCTERMS.issued)
        assert graph.value(edition_, VOID.dataDump)
        distributions = list(graph.objects(edition_, DCAT.distribution))
        assert len(distributions) == 6
        for one in distributions:
            assert (one, RDF.type, DCAT.Distribution) in graph
            assert graph.value(one, DCAT.accessURL)


def test_what_the_catalogue_promises_is_served() -> None:
    graph = as_graph(catalogue(load()))
    web = TestClient(create_app(), base_url="http://127.0.0.1")
    assert web.get("/.well-known/void", headers={"accept": "text/turtle"}).status_code == 200
    one = URIRef(f"{CATALOGUE}/govEconomic/2024")
    for distribution in graph.objects(one, DCAT.distribution):
        media = str(graph.value(distribution, DCAT.mediaType)).partition("media-types/")[2]
        address = str(graph.value(distribution, DCAT.downloadURL)).removeprefix(iri.BASE)
        answer = web.get(f"/{address}", headers={"accept": media})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media)
    root = str(graph.value(one, VOID.rootResource)).removeprefix(iri.BASE)
    for media in ("application/rdf+xml", "application/n-triples"):
        assert web.get(f"/{root}", headers={"accept": media}).headers["content-type"] == media
    found = web.get("/context.jsonld")
    assert found.headers["content-type"] == "application/ld+json"
    assert found.json() == context()
