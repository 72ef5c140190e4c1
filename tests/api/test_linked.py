"""Linked data: every IRI that Kemu's own data use leads to data and to a page about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kemu.api.linked.descriptions import _vocabulary, triples_of
from kemu.classification import SCHEMES, load, shipped, use
from kemu.classification.books.edition import edition_of
from kemu.classification.books.reading import book
from kemu.classification.rdf.correspondences import cofog, correspondence, economic
from kemu.classification.rdf.editions import editions
from kemu.classification.rdf.imported import triples as book_triples
from kemu.classification.rdf.versions import codes
from kemu.classification.store.editions import Store
from kemu.model import iri
from kemu.read import read
from tests.classification import books


def exported() -> Iterator[tuple[object, ...]]:
    """Yield all triples about codes that Kemu gives out, and all of its vocabulary."""
    every = [(c.scheme, c.notation) for s in SCHEMES for c in load().concepts(s)]
    yield from codes(load().history, every)
    for year in (2016, 2019, 2024):
        yield from editions(load(), year)
    yield from correspondence(load().history, "functional", 2018, 2020)
    yield from economic()
    yield from cofog(load())
    for group in _vocabulary().values():
        yield from group


@cache
def used() -> frozenset[str]:
    """Return every IRI of Kemu that occurs anywhere in what is given out."""
    nodes = (node for triple in exported() for node in triple)
    return frozenset(
        node.value
        for node in nodes
        if isinstance(node, ox.NamedNode) and node.value.startswith(iri.BASE)
    )


def test_every_iri_is_described() -> None:
    paths = {address.removeprefix(iri.BASE) for address in used() if "#" not in address}
    assert len(paths) > 8000
    missing = []
    for path in sorted(paths - {"docs/rules"}):
        subjects = {t[0].value for t in triples_of(path)}
        if iri.BASE + path.removesuffix("/2026.1") not in subjects:
            missing.append(path)
    assert missing == []


def test_every_term_and_rule_is_in_its_file() -> None:
    terms = {address for address in used() if "#" in address}
    assert len(terms) > 300
    known = {t[0].value for path in ("ontology", "shapes") for t in triples_of(path)}
    assert sorted(t for t in terms - known if "docs/rules#" not in t) == []


PATHS = [
    "code/functional/2080505",
    "code/deptEconomic/30108",
    "scheme/functional",
    "scheme/functional/domain",
    "scheme/functional/2024",
    "scheme/functional/2024/2080505",
    "scheme/functional/2024/levels/1",
    "scheme/functional/2024/level/item",
    "correspondence/functional/2018-2020",
    "correspondence/govEconomic-deptEconomic",
    "correspondence/govEconomic-deptEconomic/50102-30108",
    "correspondence/functional-cofog",
    "correspondence/functional-cofog/208-10",
    "cofog",
    "cofog/10",
    "ontology",
    "ontology/2026.1",
    "dimensions",
    "shapes",
    "shapes/codes",
    "basis/row",
]


@pytest.mark.parametrize("path", [*PATHS, "version", "change"])
def test_a_page_and_data(web: TestClient, path: str) -> None:
    if path == "version":
        path = next(a for a in sorted(used()) if "/version/" in a).removeprefix(iri.BASE)
    elif path == "change":
        path = next(a for a in sorted(used()) if a.startswith(iri.BASE + "change/")).removeprefix(
            iri.BASE
        )
    node = iri.BASE + path
    page = web.get(f"/{path}", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for media, form in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ):
        answer = web.get(f"/{path}", headers={"accept": media})
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == media
        assert "accept" in answer.headers["vary"].lower()
        subjects = {q.subject.value for q in ox.parse(answer.content, format=form)}
        assert node.removesuffix("/2026.1") in subjects or path in ("shapes",)


def test_the_same_data_are_the_same_bytes(web: TestClient) -> None:
    for path in ("shapes", "ontology", "scheme/functional/2024"):
        first = web.get(f"/{path}", headers={"accept": "text/turtle"})
        again = web.get(
            f"/{path}", headers={"accept": "text/turtle", "if-none-match": first.headers["etag"]}
        )
        assert again.status_code == 304


def test_links_on_pages_lead_on(web: TestClient) -> None:
    import re

    page = web.get("/scheme/functional/2024/2080505", headers={"accept": "text/html"}).text
    links = set(re.findall(r'href="(/[^"#]+)"', page)) - {"/", "/openapi.json"}
    assert "/scheme/functional/2024/20805" in links
    for link in links:
        assert web.get(link, headers={"accept": "text/html"}).status_code == 200, link


def test_rules_and_terms_are_anchors(web: TestClient) -> None:
    shapes = web.get("/shapes", headers={"accept": "text/html"}).text
    assert 'id="R2.1"' in shapes
    assert "代码属于当年科目" in shapes
    ontology = web.get("/ontology", headers={"accept": "text/html"}).text
    assert 'id="DisclosureDocument"' in ontology
    english = web.get("/ontology?lang=en", headers={"accept": "text/html"}).text
    assert "disclosure document" in english


def test_any_iri_leads_to_its_address(web: TestClient) -> None:
    for address in ("code/functional/208", "ontology#DisclosureDocument"):
        answer = web.get("/id", params={"iri": iri.BASE + address}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{address}")
    other = web.get("/id", params={"iri": "https://example.org/x"}, follow_redirects=False)
    assert (other.status_code, other.json()["code"]) == (400, "E-API-IRI")


def test_documents_served_elsewhere(web: TestClient) -> None:
    rules = web.get("/docs/rules", follow_redirects=False)
    assert (rules.status_code, rules.headers["location"]) == (303, "/shapes")
    codes_ = web.get("/graph/codes", follow_redirects=False)
    assert codes_.headers["location"] == "/api/v1/schemes"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("code/functional/2089988", "E-API-NOT-FOUND"),
        ("code/functional/2080505/version/00000000", "E-API-NOT-FOUND"),
        ("code/other/2080505", "E-API-NOT-FOUND"),
        ("scheme/functional/1990", "E-API-NOT-FOUND"),
        ("scheme/govEconomic/2015", "E-API-NOT-FOUND"),
        ("scheme/functional/2024/9", "E-API-NOT-FOUND"),
        ("shapes/none", "E-API-NOT-FOUND"),
        ("shapes/../pyproject", "E-API-NOT-FOUND"),
        ("ontology/%2e%2e/kemu", "E-API-NOT-FOUND"),
        ("correspondence/functional/2020-2018", "E-API-NOT-FOUND"),
        ("basis/none", "E-API-NOT-FOUND"),
        ("document/0123456789abcdef", "E-API-ELSEWHERE"),
        ("document/0123456789abcdef/t1/r1/c1", "E-API-ELSEWHERE"),
        ("org/x", "E-API-ELSEWHERE"),
        ("key/x", "E-API-ELSEWHERE"),
    ],
)
def test_what_there_is_not(web: TestClient, path: str, code: str) -> None:
    answer = web.get(f"/{path}", headers={"accept": "text/turtle"})
    if path.startswith("code/") and path.count("/") == 2:
        assert answer.status_code in (404, 422)
        return
    assert (answer.status_code, answer.json()["code"]) == (404, code), answer.text


def test_a_page_shows_text_as_text(web: TestClient, tmp_path: Path) -> None:
    found = book(read(books.SAMPLES / f"{books.SAMPLE}.xlsx"), shipped())
    from dataclasses import replace

    rows = (replace(found.rows[0], definition="<script>alert(1)</script>"),)
    Store(tmp_path).write(edition_of(replace(found, rows=rows), 2099, []))
    use(tmp_path)
    page = web.get("/scheme/functional/2099/201", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_an_imported_book_is_described(web: TestClient, tmp_path: Path) -> None:
    found = book(read(books.SAMPLES / f"{books.SAMPLE}.xlsx"), shipped())
    edition = edition_of(found, 2099, [])
    Store(tmp_path).write(edition)
    use(tmp_path)
    for triple in book_triples(edition):
        path = triple[0].value.removeprefix(iri.BASE)
        if path.startswith("document/") or path.endswith("/2012604"):
            answer = web.get(f"/{path}", headers={"accept": "text/turtle"})
            assert answer.status_code == 200, path
    text = web.get("/scheme/functional/2099/2012604", headers={"accept": "text/turtle"}).text
    assert "反映各级档案馆收集、保管和提供利用档案的支出。" in text
