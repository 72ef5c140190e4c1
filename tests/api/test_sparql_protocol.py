"""SPARQL over HTTP, after the protocol tests of the W3C, and by clients that others wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.classification import use
from kemu.cli import main
from tests.api.served import served
from tests.store.making import page

ASK = "ASK {}"
AMOUNTS = "SELECT ?p WHERE { ?f a qb:Observation ; kemu:printed ?p } ORDER BY ?p LIMIT 3"
RESULTS = "application/sparql-results+json"
QB = "PREFIX qb: <http://purl.org/linked-data/cube#> "
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("图")
    old, new = page(folder, "甲.html"), page(folder, "乙.html", amount="130.50")
    for file in (old, new):
        assert main(["ingest", str(file), "--store", str(folder / "库")]) == 0
    return str(folder / "库")


@pytest.fixture(scope="module")
def web(store: str) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEMU_DOCUMENTS", store)
        patch.setenv("KEMU_LIMITS", str(_limits(Path(store))))
        with TestClient(create_app(), base_url="http://127.0.0.1") as made:
            yield made
    use(None)


def _limits(store: Path) -> Path:
    file = store.with_suffix(".toml")
    file.write_text("[query]\nseconds = 4\nrows = 50\n", encoding="utf-8")
    return file


def test_a_query_is_asked_in_three_ways(web: TestClient) -> None:
    asked = {"query": AMOUNTS}
    ways = [
        web.get("/sparql", params=asked),
        web.post("/sparql", data=asked),
        web.post("/sparql", content=AMOUNTS, headers={"content-type": "application/sparql-query"}),
    ]
    for answer in ways:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == RESULTS
        rows = answer.json()["results"]["bindings"]
        assert [row["p"]["value"] for row in rows] == ["0.00", "0.00", "0.00"]


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        (RESULTS, b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"p\r\n"),
        ("text/tab-separated-values", b"?p\n"),
        ("text/csv;q=0.1, application/sparql-results+xml", b"<?xml"),
    ],
)
def test_a_table_comes_in_the_form_that_is_wanted(
    web: TestClient, accept: str, begins: bytes
) -> None:
    answer = web.get("/sparql", params={"query": AMOUNTS}, headers={"accept": accept})
    assert answer.content.startswith(begins)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_a_graph_comes_in_the_form_that_is_wanted(web: TestClient, accept: str) -> None:
    query = "CONSTRUCT { ?d kemu:sourceName ?n } WHERE { ?d kemu:sourceName ?n }"
    answer = web.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    parsed = Graph().parse(data=answer.content, format=accept)
    assert {str(value) for value in parsed.objects()} == {"甲.html", "乙.html"}


def test_yes_and_no(web: TestClient) -> None:
    assert web.get("/sparql", params={"query": ASK}).json()["boolean"] is True
    no = web.get("/sparql", params={"query": "ASK { <urn:no> ?p ?o }"}, headers={"accept": "*/*"})
    assert no.json()["boolean"] is False


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", f"?{urlencode([('query', ASK), ('query', ASK)])}", "", {}, 400),
        ("GET", "?query=ASK%20%FF", "", {}, 400),
        ("GET", f"?{urlencode({'query': 'ASK {'})}", "", {}, 400),
        ("GET", "?other=1", "", {}, 400),
        ("POST", "", "", FORM, 400),
        ("POST", "", urlencode([("query", ASK), ("query", ASK)]), FORM, 400),
        ("POST", "", urlencode({"update": "CLEAR ALL"}), FORM, 400),
        ("POST", "", urlencode({"query": "CLEAR ALL"}), FORM, 400),
        ("POST", "", "CLEAR ALL", {"content-type": "application/sparql-update"}, 400),
        ("POST", "", ASK, {"content-type": "text/plain"}, 415),
        ("POST", "", ASK, {}, 415),
        ("PUT", f"?{urlencode({'query': ASK})}", "", {}, 405),
        ("GET", f"?{urlencode({'query': ASK})}", "", {"accept": "image/png"}, 406),
    ],
)
def test_what_is_no_request_of_the_protocol(
    web: TestClient, method: str, path: str, body: str, headers: dict[str, str], status: int
) -> None:
    answer = web.request(method, f"/sparql{path}", content=body.encode(), headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "E-QUERY-REMOTE"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "E-QUERY-UPDATE"),
        ("SELECT * { ?s ?p ?o }", "E-API-LIMIT"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "E-API-LIMIT"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "E-API-LIMIT"),
    ],
)
def test_queries_that_are_refused(web: TestClient, query: str, code: str) -> None:
    answer = web.get("/sparql", params={"query": query})
    assert answer.json()["code"] == code
    assert web.get("/sparql", params={"query": ASK}).status_code == 200


def test_words_in_a_query_are_not_taken_for_updates(web: TestClient) -> None:
    query = "SELECT ?delete { BIND('DROP ALL; SERVICE' AS ?delete) } # INSERT DATA"
    (row,) = web.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert row["delete"]["value"] == "DROP ALL; SERVICE"


def test_a_client_names_the_graphs(web: TestClient) -> None:
    """By default replaced versions are not looked at; a client that names one sees it."""
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?f a qb:Observation } }"
    rows = web.get("/sparql", params={"query": graphs}).json()["results"]["bindings"]
    (current,) = {row["g"]["value"] for row in rows}
    names = "SELECT ?d { ?d dcterms:isReplacedBy ?new }"
    (row,) = web.get("/sparql", params={"query": names}).json()["results"]["bindings"]
    old = row["d"]["value"]
    assert old != current
    count = "SELECT (COUNT(*) AS ?n) { ?f a qb:Observation ; kemu:printed '120.50' }"
    for asked, found in (
        ({}, 0),
        ({"default-graph-uri": old}, 9),
        ({"default-graph-uri": current}, 0),
    ):
        body = {"query": count, **asked}
        (row,) = web.post("/sparql", data=body).json()["results"]["bindings"]
        assert (int(row["n"]["value"]) > 0) == (found > 0), asked
    named = web.get("/sparql", params={"query": graphs, "named-graph-uri": old}).json()
    assert [row["g"]["value"] for row in named["results"]["bindings"]] == [old]


def test_the_service_describes_itself(web: TestClient) -> None:
    answer = web.get("/sparql", headers={"accept": "text/turtle"})
    told = Graph().parse(data=answer.content, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    (endpoint,) = told.objects(None, URIRef(f"{sd}endpoint"))
    assert str(endpoint) == "http://127.0.0.1/sparql"
    assert URIRef(f"{sd}SPARQL11Query") in set(told.objects())


def test_without_a_store_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEMU_DOCUMENTS", raising=False)
    with TestClient(create_app(), base_url="http://127.0.0.1") as web:
        answer = web.get("/sparql", params={"query": ASK})
    assert (answer.status_code, answer.json()["code"]) == (404, "E-API-NO-STORE")


def test_clients_that_others_wrote(store: str, tmp_path: Path) -> None:
    with served("--store", store) as port:
        address = f"http://127.0.0.1:{port}/sparql"
        client = SPARQLWrapper(address)
        client.setReturnFormat(JSON)
        for method in ("GET", POST):
            client.setMethod(method)
            client.setQuery(QB + "SELECT (COUNT(?f) AS ?n) { ?f a qb:Observation }")
            rows = client.queryAndConvert()["results"]["bindings"]
            assert int(rows[0]["n"]["value"]) > 10
        client.setQuery(QB + "CONSTRUCT { ?f a qb:Observation } WHERE { ?f a qb:Observation }")
        client.setReturnFormat(TURTLE)
        assert len(Graph().parse(data=client.query().convert(), format="turtle")) > 10
        remote = Graph(SPARQLStore(address))
        found = list(remote.query(QB + "SELECT ?f ?v { ?f a qb:Observation ;"
                             " <https://w3id.org/kemu/ontology#value> ?v }"))  # fmt: skip
        assert {float(value) for _, value in found} == {0.0, 1305000.0}


def test_what_is_taken_in_meanwhile_is_answered(store: str, web: TestClient) -> None:
    count = "SELECT (COUNT(?d) AS ?n) { ?d kemu:versionNumber ?v }"

    def documents() -> int:
        answer = web.get("/sparql", params={"query": count})
        return int(json.loads(answer.content)["results"]["bindings"][0]["n"]["value"])

    before = documents()
    file = page(Path(store).parent, "丙.html", title="青溪县档案馆2023年单位预算公开说明")
    main(["ingest", str(file), "--store", store])
    assert documents() == before + 1
