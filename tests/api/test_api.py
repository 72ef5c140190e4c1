"""The HTTP interface: answers, formats by Accept, errors that are always problem+json."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.api.app import description
from kemu.assets import asset

PATH = "社会保障和就业（类）行政事业单位离退休（款）机关事业单位基本养老保险缴费支出（项）"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(
        create_app(), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as made:
        yield made


def test_the_description_is_kept_true() -> None:
    kept = asset("api", "openapi.json").read_text(encoding="utf-8")
    assert kept == description(), "run `make openapi` and read the difference"


def test_every_route_is_described_with_its_errors() -> None:
    described = json.loads(description())
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            assert one["summary"].count("/") == 1, (method, path)
            for status in ("400", "404", "406", "422"):
                media = one["responses"][status]["content"]
                assert list(media) == ["application/problem+json"], (method, path, status)
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_code_of_a_year(client: TestClient) -> None:
    answer = client.get("/api/v1/codes/20805", params={"year": 2019})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["name"], found["level"]) == ("行政事业单位离退休", "款")
    assert [step["code"] for step in found["path"]] == ["208", "20805"]
    now = client.get("/api/v1/codes/208.05").json()
    assert now["name"] == "行政事业单位养老支出"
    assert "行政事业单位离退休" in [name["name"] for name in now["otherNames"]]


def test_code_in_other_formats(client: TestClient) -> None:
    for accept, form in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json, application/json;q=0.1", ox.RdfFormat.JSON_LD),
    ):
        answer = client.get("/api/v1/codes/2080505", headers={"accept": accept})
        assert answer.headers["content-type"].split(";")[0] == accept.split(",")[0]
        labels = [
            quad.object.value
            for quad in ox.parse(answer.content, format=form)
            if quad.predicate.value.endswith("prefLabel")
        ]
        assert "机关事业单位基本养老保险缴费支出" in labels
    star = client.get("/api/v1/codes/2080505", headers={"accept": "*/*"})
    assert star.headers["content-type"] == "application/json"
    assert star.headers["vary"] == "Accept"


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/codes/208")
    again = client.get("/api/v1/codes/208", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    turtle = client.get("/api/v1/codes/208", headers={"accept": "text/turtle"})
    assert turtle.headers["etag"] != first.headers["etag"]


def test_search(client: TestClient) -> None:
    found = client.get("/api/v1/codes", params={"q": "住房公积金", "year": 2024}).json()
    assert {a["scheme"] for a in found["answers"][:3]} == {
        "functional", "deptEconomic", "govEconomic",
    }  # fmt: skip
    one = client.get(
        "/api/v1/codes", params={"q": "住房公积金", "scheme": "functional", "limit": 1}
    )
    assert [a["code"] for a in one.json()["answers"]] == ["2210201"]


def test_definitions_come_with_codes_and_items(client: TestClient) -> None:
    code = client.get("/api/v1/codes/2080505").json()
    assert {"definition", "document", "place", "organisation"} <= code["definitions"][0].keys()
    item = client.get("/api/v1/codes", params={"q": "三公"}).json()
    assert {"30212", "30217", "30231"} <= {one["code"] for one in item["answers"]}
    assert {one["item"] for one in item["terms"]} == {"threePublic"}
    assert "公务接待费" in client.get("/codes", params={"q": "三公"}).text


def test_resolve_one_and_many(client: TestClient) -> None:
    found = client.get("/api/v1/resolve", params={"text": PATH, "year": 2023}).json()
    assert (found["code"], "formerName" in found["differences"]) == ("2080505", True)
    rows = [{"text": PATH, "year": 2023}, {"text": ""}, {"text": "行政运行"}]
    answers = client.post("/api/v1/resolve", json=rows).json()
    assert answers[0]["code"] == "2080505"
    assert answers[1]["error"]["code"].startswith("E-")
    assert answers[2]["code"] is None
    assert len(answers[2]["candidates"]) > 50


def test_changes(client: TestClient) -> None:
    found = client.get("/api/v1/changes", params={"from": 2018, "to": 2019}).json()
    renamed = [c for c in found["changes"] if c["kind"] == "renamed"]
    assert any(c["before"][0]["code"] == "210" for c in renamed)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing/here", 404, "E-API-NOT-FOUND"),
        ("DELETE", "/api/v1/codes", 405, "E-API-METHOD"),
        ("GET", "/api/v1/codes/2089988", 404, "E-API-NO-CODE"),
        ("GET", "/api/v1/codes/abc", 400, "E-API-CODE"),
        ("GET", "/api/v1/codes/%00", 400, "E-API-CODE"),
        ("GET", "/api/v1/codes/208?year=1812", 400, "E-CODES-YEAR"),
        ("GET", "/api/v1/codes/208?year=x", 422, "E-API-PARAMETER"),
        ("GET", "/api/v1/codes/208?scheme=cofog", 422, "E-API-PARAMETER"),
        ("GET", "/api/v1/codes", 422, "E-API-PARAMETER"),
        ("GET", "/api/v1/codes?q=" + "长" * 300, 400, "E-CODES-QUERY"),
        ("GET", "/api/v1/codes?q=%07", 400, "E-CODES-QUERY"),
        ("GET", "/api/v1/codes?q=x&limit=0", 422, "E-API-PARAMETER"),
        ("GET", "/api/v1/changes?from=2020&to=2018", 400, "E-API-YEARS"),
        ("GET", "/api/v1/changes?to=2020", 422, "E-API-PARAMETER"),
        ("POST", "/api/v1/resolve", 422, "E-API-PARAMETER"),
        ("POST", "/api/v1/check", 422, "E-API-PARAMETER"),
        ("POST", "/api/v1/check?name=x.txt", 400, "E-READ-EMPTY"),
    ],
)
def test_every_error_is_a_problem(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:kemu:error:{code}"
    assert problem["title"]
    assert "/tmp" not in answer.text


def test_a_format_that_is_not_offered(client: TestClient) -> None:
    answer = client.get("/api/v1/codes/208", headers={"accept": "image/png"})
    assert (answer.status_code, answer.json()["code"]) == (406, "E-API-ACCEPT")
    refused = client.get(
        "/api/v1/codes/208", headers={"accept": "application/json;q=0, text/turtle;q=0.2"}
    )
    assert refused.headers["content-type"].startswith("text/turtle")


def test_our_own_faults_are_problems_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("kemu.api.lookup.codes.lookup", broken)
    answer = client.get("/api/v1/codes/20829")  # not kept from an earlier question
    assert (answer.status_code, answer.json()["code"]) == (500, "E-INTERNAL")
    assert "secret" not in answer.text


def test_pages_are_self_contained_and_guarded(client: TestClient) -> None:
    for path in ("/", "/codes?q=住房", "/code/functional/20805?year=2019", "/?lang=en"):
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200, path
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "http://" not in answer.text
        assert "https://" not in answer.text
    assert "行政事业单位离退休" in client.get("/code/functional/20805?year=2019").text


def test_a_search_with_one_answer_goes_to_its_page(client: TestClient) -> None:
    answer = client.get("/codes", params={"q": "2080505", "year": "2019"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/code/functional/2080505?year=2019"


def test_pages_show_what_is_typed_as_text(client: TestClient) -> None:
    answer = client.get("/codes", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text
    missing = client.get("/code/functional/2089988", headers={"accept": "text/html"})
    assert missing.status_code == 404
    assert "没有代码 2089988" in missing.text


def test_a_code_is_linked_data(client: TestClient) -> None:
    answer = client.get("/code/functional/2080505", headers={"accept": "text/turtle"})
    assert "/code/functional/2080505>" in answer.text
