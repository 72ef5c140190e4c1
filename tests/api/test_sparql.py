"""SPARQL from the outside: what a query says is what counts, not the words in its text."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kemu.cli import main

DATA = """\
@prefix kemu: <https://w3id.org/kemu/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
<urn:fact:1> kemu:validFrom 2019 ; prov:wasDerivedFrom <urn:place:1> .
<urn:fact:2> kemu:validFrom 2024 ; prov:wasDerivedFrom <urn:place:2> .
"""


@pytest.fixture
def graph(tmp_path: Path) -> str:
    file = tmp_path / "图.ttl"
    file.write_text(DATA, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?paragraph WHERE { ?paragraph kemu:validFrom ?v }",
        "SELECT ?s WHERE { ?s prov:wasDerivedFrom ?o }",
        "SELECT ?s WHERE { ?s kemu:validFrom ?from }",
        "# in the graph, from 'the start\nSELECT ?s WHERE { ?s kemu:validFrom ?v }",
        "PREFIX graph: <https://w3id.org/kemu/ontology#> SELECT ?s { ?s graph:validFrom ?v }",
        "SELECT ?s WHERE { ?s kemu:validFrom ?v FILTER(STR(?v) != 'FROM GRAPH') }",
        "SELECT ?s WHERE { GRAPH ?graph { ?s kemu:validFrom ?from } }",
        "select ?s where { graph?g{ ?s prov:wasDerivedFrom ?o } }",
    ],
)
def test_names_are_not_keywords(query: str, graph: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["query", query, graph, "--format", "csv"]) == 0
    rows = capfd.readouterr().out.split()[1:]
    assert sorted(rows) == ["urn:fact:1", "urn:fact:2"]


def test_a_query_that_names_its_graphs_sees_only_these(
    graph: str, capfd: pytest.CaptureFixture[str]
) -> None:
    address = Path(graph).resolve().as_uri()
    for where in (f"FROM <{address}>", "FROM <urn:none>", "FROM NAMED <urn:none>"):
        query = f"SELECT ?s {where} WHERE {{ ?s kemu:validFrom 2019 }}"
        assert main(["query", query, graph, "--format", "csv"]) == 0
        rows = capfd.readouterr().out.split()[1:]
        assert rows == (["urn:fact:1"] if "urn:none" not in where else []), where


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that writes down whatever reaches it."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(5)
                    received.append(connection.recv(1000))

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", received
        done.set()
        thread.join()


REMOTE = (
    "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "# it's a comment\nSELECT * WHERE { SERVICE <URL> { ?s ?p ?o } } # isn't it",
    'SELECT * WHERE { # "\n SERVICE <URL> { ?s ?p ?o } } #"',
    "SELECT * WHERE { # '\r SERVICE <URL> { ?s ?p ?o } } #'",
    "SELECT * WHERE { ?s ?p '''#''' . SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * WHERE { ?s <urn:#> ?o . sErViCe <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { ?service ?p ?o SERVICE ?service { ?s ?p ?o } VALUES ?service { <URL> } }",
    "PREFIX service: <URL> SELECT * WHERE { SERVICE service: { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE # c\n SILENT <URL> { ?s ?p ?o } } } }",
    "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * WHERE { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o }",
)
UPDATE = (
    "LOAD <URL>",
    "# it's SELECT\nLOAD SILENT <URL> INTO GRAPH <urn:g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
)


@pytest.mark.parametrize("query", [*REMOTE, *UPDATE])
def test_no_query_leaves_this_machine(
    query: str,
    graph: str,
    listener: tuple[str, list[bytes]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    url, received = listener
    assert main(["query", query.replace("URL", url), graph]) == 2
    told = capfd.readouterr().err
    assert received == []
    if query in UPDATE:
        assert "E-QUERY-UPDATE" in told
    else:
        assert "E-QUERY-REMOTE" in told or "E-QUERY-SYNTAX" in told


def test_the_listener_would_have_noticed(listener: tuple[str, list[bytes]]) -> None:
    import pyoxigraph as ox

    url, received = listener
    with pytest.raises(OSError, match=r".*"):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
    assert received


def test_what_stands_in_names_strings_and_comments_is_no_request(
    graph: str, listener: tuple[str, list[bytes]], capfd: pytest.CaptureFixture[str]
) -> None:
    url, received = listener
    query = f"""# SERVICE <{url}> {{}} isn't asked
    PREFIX service: <urn:service#>
    SELECT ?service WHERE {{ ?service kemu:validFrom 2019
      FILTER(STR(?service) != "SERVICE <{url}> {{ ?s ?p ?o }} LOAD") }}"""
    assert main(["query", query, graph, "--format", "csv"]) == 0
    assert capfd.readouterr().out.split()[1:] == ["urn:fact:1"]
    assert received == []
