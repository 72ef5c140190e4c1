"""Forms of an answer: more kinds of RDF, and tables with chosen columns and separator."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.namespace import SKOS

V1 = "/api/v1"


@pytest.mark.parametrize(
    ("media", "name"),
    [
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("text/turtle", "turtle"),
    ],
)
def test_every_form_of_rdf_says_the_same(web: TestClient, media: str, name: str) -> None:
    answer = web.get(f"{V1}/codes/20805", headers={"accept": media})
    assert answer.headers["content-type"].startswith(media)
    found = Graph().parse(data=answer.text, format=name)
    turtle = web.get(f"{V1}/codes/20805", headers={"accept": "text/turtle"})
    assert set(found) == set(Graph().parse(data=turtle.text, format="turtle"))


def test_columns_and_separator_are_chosen(web: TestClient) -> None:
    path = f"{V1}/schemes/govEconomic/editions/2026"
    asked = {"csvFields": "code,standing", "csvSeparator": "semicolon", "select": "503"}
    text = web.get(path, params=asked, headers={"accept": "text/csv"}).text
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["code", "standing"],
        ["503", "certain"],
    ]


@pytest.mark.parametrize("asked", [{"csvFields": "kode"}, {"csvSeparator": "dot"}])
def test_an_unknown_column_or_separator_is_told(web: TestClient, asked: dict[str, str]) -> None:
    path = f"{V1}/schemes/govEconomic/editions/2026"
    answer = web.get(path, params=asked, headers={"accept": "text/csv"})
    assert answer.status_code == 400
    assert "可以是" in answer.text


def test_an_edition_gives_certain_and_possible_rows_apart(web: TestClient) -> None:
    path = f"{V1}/schemes/functional/editions/2009"
    whole = web.get(path).json()
    assert whole["certain"] > 1500
    assert whole["total"] == whole["certain"] + whole["possible"] + whole["unknown"]
    certain = web.get(path, params={"standing": "certain"}).json()
    assert certain["total"] == whole["certain"]
    assert {one["standing"] for one in certain["codes"]} == {"certain"}


def test_local_codes_are_given_by_place(web: TestClient) -> None:
    path = f"{V1}/schemes/deptEconomic/variants"
    found = web.get(path, params={"division": "重庆"}).json()["codes"]
    assert {one["division"] for one in found} == {"重庆"}
    assert {"3010201"} <= {one["code"] for one in found}
    turtle = web.get(path, headers={"accept": "text/turtle"}).text
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(set(graph.objects(None, SKOS.inScheme))) == 3


def test_undated_changes_are_asked_for_with_their_bounds(web: TestClient) -> None:
    asked = {"from": 2018, "to": 2020}
    dated = web.get(f"{V1}/changes", params=asked).json()["changes"]
    assert all(one["year"] and one["basis"] == "sourced" for one in dated)
    both = web.get(f"{V1}/changes", params={**asked, "undated": True}).json()
    (natural,) = [
        one
        for one in both["undated"]
        if one["kind"] == "renamed" and one["after"][0]["name"] == "自然资源海洋气象等支出"
    ]
    assert (natural["year"], natural["supposedYear"], natural["notAfter"]) == (None, 2019, 2019)


def test_filters_of_a_search(web: TestClient) -> None:
    asked = {"q": "行政运行", "parent": "20801"}
    found = web.get(f"{V1}/codes", params=asked).json()
    assert [one["code"] for one in found["answers"]] == ["2080101"]
    found = web.get(f"{V1}/codes", params={"q": "教育", "level": "款"}).json()
    assert {one["level"] for one in found["answers"]} == {"款"}
