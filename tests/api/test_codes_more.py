"""One code from all sides: suggestions, tree, history, equivalents, correspondences, evidence."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kemu.classification import use
from kemu.classification.store.editions import Store
from kemu.classification.store.sightings import Record, Sighting

V1 = "/api/v1"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def triples(content: bytes, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[tuple[str, str, str]]:
    return {
        (q.subject.value, q.predicate.value.rpartition("#")[2], q.object.value)  # type: ignore[union-attr]
        for q in ox.parse(content, format=form)
    }


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2080505", "2080505"),
        ("208.05", "20805"),
        ("住房公积", "2210201"),
        ("机关事业单位基本", "2080505"),
        ("jgsydwjbylbxjf", "30108"),
        ("2080505 机关事业", "2080505"),
    ],
)
def test_suggestions(web: TestClient, typed: str, first: str) -> None:
    found = web.get(f"{V1}/suggest", params={"q": typed, "limit": 5}).json()["suggestions"]
    assert first in [one["code"] for one in found]
    assert len(found) <= 5
    if typed[0] == "2":
        assert found[0]["code"] == first


def test_nothing_typed_offers_classes(web: TestClient) -> None:
    found = web.get(f"{V1}/suggest", params={"scheme": "functional"}).json()["suggestions"]
    assert [one["code"] for one in found[:3]] == ["201", "202", "203"]
    assert {one["level"] for one in found} == {"类"}


def test_a_suggestion_bears_the_name_of_the_year(web: TestClient) -> None:
    then = web.get(f"{V1}/suggest", params={"q": "20805", "year": 2019}).json()["suggestions"][0]
    assert (then["name"], then["path"]) == ("行政事业单位离退休", "社会保障和就业支出")


def test_a_number_tells_its_classification(web: TestClient) -> None:
    found = web.get(f"{V1}/domain/301.08").json()
    (one,) = found["domains"]
    assert (found["number"], one["scheme"], one["level"]) == ("30108", "deptEconomic", "款")
    assert one["known"]
    unknown = web.get(f"{V1}/domain/2989999").json()["domains"][0]
    assert (unknown["scheme"], unknown["known"], unknown["name"]) == ("functional", False, None)


def test_hierarchy(web: TestClient) -> None:
    found = web.get(f"{V1}/codes/20805/hierarchy", params={"year": 2019}).json()
    assert found["name"] == "行政事业单位离退休"
    assert [one["code"] for one in found["breadcrumb"]] == ["208", "20805"]
    assert "2080505" in [one["code"] for one in found["children"]]
    siblings = [one["code"] for one in found["siblings"]]
    assert "20801" in siblings
    assert "20805" not in siblings
    table = rows(web.get(f"{V1}/codes/20805/hierarchy", headers={"accept": "text/csv"}).text)
    assert {r["relation"] for r in table} == {"breadcrumb", "children", "siblings"}
    graph = web.get(f"{V1}/codes/20805/hierarchy", headers={"accept": "text/turtle"})
    assert any(o == "2080505" and p == "notation" for _, p, o in triples(graph.content))


def test_history(web: TestClient) -> None:
    found = web.get(f"{V1}/codes/210/history").json()
    names = [version["name"] for version in found["versions"]]
    assert names[-2:] == ["医疗卫生与计划生育支出", "卫生健康支出"]
    kinds = {(change["kind"], change["year"]) for change in found["changes"]}
    assert ("renamed", 2019) in kinds
    table = rows(web.get(f"{V1}/codes/210/history", headers={"accept": "text/csv"}).text)
    assert {"renamed"} <= {row["kind"] for row in table}


def test_equivalents_choose_no_branch(web: TestClient) -> None:
    one = web.get(f"{V1}/codes/210/equivalents", params={"from": 2018, "to": 2020}).json()
    assert one["oneToOne"]
    table = web.get(
        f"{V1}/codes/210/equivalents",
        params={"from": 2018, "to": 2020},
        headers={"accept": "text/csv"},
    )
    assert [(r["side"], r["code"]) for r in rows(table.text)] == [("from", "210"), ("to", "210")]


def test_correspondences(web: TestClient) -> None:
    economic = web.get(f"{V1}/codes/30108/correspondences").json()["correspondences"]
    assert {(one["target"], one["match"]) for one in economic} == {("govEconomic", "relatedMatch")}
    assert {"50102", "50501"} <= {one["code"] for one in economic}
    (cofog,) = web.get(f"{V1}/codes/2080505/correspondences").json()["correspondences"]
    assert (cofog["target"], cofog["code"], cofog["confidence"]) == ("cofog", "10", "high")
    graph = web.get(f"{V1}/codes/2080505/correspondences", headers={"accept": "text/turtle"})
    sources = {s for s, p, _ in triples(graph.content) if p == "sourceConcept"}
    assert len(sources) == 1


def test_evidence_without_a_store(web: TestClient) -> None:
    found = web.get(f"{V1}/codes/2080505/evidence").json()
    assert found["names"] == []
    assert 2024 in found["shipped"]["yearsSeen"]


def test_evidence_of_a_store(web: TestClient, tmp_path: Path) -> None:
    sighting = Sighting("functional", "2080505", "养老保险", 2024, True, "table", "表1 第3行")
    one = Record("a", "a.pdf", "某局2024年预算", "某局", 2024, "budget", (sighting,), ())
    Store(tmp_path).attestations.add([one])
    use(tmp_path)
    found = web.get(f"{V1}/codes/2080505/evidence").json()
    assert (found["names"][0]["name"], found["names"][0]["documents"]) == ("养老保险", 1)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/codes/2089988/hierarchy", 404, "E-API-NO-CODE"),
        ("/codes/abc/history", 400, "E-API-CODE"),
        ("/codes/30108/history?scheme=functional", 404, "E-API-NO-CODE"),
        ("/codes/208/hierarchy?year=1812", 400, "E-CODES-YEAR"),
        ("/codes/208/equivalents", 422, "E-API-PARAMETER"),
        ("/codes/208/equivalents?from=1812&to=2020", 422, "E-API-PARAMETER"),
        ("/codes/2080599999/history", 400, "E-API-CODE"),
        ("/codes/%00/history", 400, "E-API-CODE"),
        ("/codes/208'%20OR%201=1/evidence", 400, "E-API-CODE"),
        ("/domain/4080505", 400, "E-API-CODE"),
        ("/domain/x", 400, "E-API-CODE"),
        ("/suggest?q=" + "a" * 10_000, 400, "E-CODES-QUERY"),
        ("/suggest?q=%07", 400, "E-CODES-QUERY"),
        ("/suggest?q=a&limit=0", 422, "E-API-PARAMETER"),
        ("/codes?q=" + "*" * 20, 400, "E-CODES-QUERY"),
    ],
)
def test_bad_input_is_explained(web: TestClient, path: str, status: int, code: str) -> None:
    answer = web.get(V1 + path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize(
    "text",
    [
        '"; DROP GRAPH <x>; SELECT * WHERE {?s ?p ?o} #',
        "' UNION SELECT * FROM document --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "../../etc/passwd",
        "(?:(?:(?:(?:a+)+)+)+)$",
    ],
)
def test_injected_text_is_only_text(web: TestClient, text: str) -> None:
    for path, params in (("/codes", {"q": text}), ("/suggest", {"q": text})):
        answer = web.get(V1 + path, params=params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"


def test_a_star_stands_for_anything(web: TestClient) -> None:
    found = web.get(f"{V1}/codes", params={"q": "20805*", "limit": 50}).json()["answers"]
    codes = [answer["code"] for answer in found]
    assert "2080505" in codes
    assert all(code.startswith("20805") for code in codes)
    names = web.get(f"{V1}/codes", params={"q": "*养老*缴费*"}).json()["answers"]
    assert {"2080505", "30108"} <= {answer["code"] for answer in names}


def test_an_answer_that_is_kept_is_the_same(web: TestClient) -> None:
    path = f"{V1}/codes/20805/hierarchy"
    first, again = web.get(path), web.get(path)
    assert (first.content, dict(first.headers)) == (again.content, dict(again.headers))
    kept = web.get(path, headers={"if-none-match": f"W/{first.headers['etag']}"})
    assert (kept.status_code, kept.content) == (304, b"")
    assert kept.headers["etag"] == first.headers["etag"]
    other = web.get(path, headers={"accept": "text/csv"})
    assert other.headers["content-type"].startswith("text/csv")
    assert web.get(path).headers["content-type"] == "application/json"


def test_head_is_get_without_a_body(web: TestClient) -> None:
    path = f"{V1}/codes/20805"
    head, get = web.head(path), web.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]
    assert web.head("/nothing").status_code == 404


def test_errors_are_not_kept(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("kemu.api.lookup.codes.lookup", broken)
        assert web.get(f"{V1}/codes/21101").status_code == 500
    assert web.get(f"{V1}/codes/21101").status_code == 200


def test_a_changed_store_is_noticed(
    web: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kemu.classification.books.book import BookRow
    from kemu.classification.store.editions import Edition

    monkeypatch.setattr("kemu.api.http.cache.LOOK_AGAIN", 0.0)
    use(tmp_path)
    assert web.get(f"{V1}/codes/2080177").status_code == 404
    row = BookRow("functional", "2080177", "数字人社", "反映数字人社。", "", "科目", "第1行")
    Store(tmp_path).write(Edition(2026, "2026年科目", "a.xlsx", "0", (), (row,)))
    found = web.get(f"{V1}/codes/2080177")
    assert found.json()["name"] == "数字人社"
    assert found.json()["definitions"][0]["definition"] == "反映数字人社。"


def test_pages_of_other_origins_may_read_codes_and_nothing_else(web: TestClient) -> None:
    origin = {"origin": "https://example.org"}
    open_ = web.get(f"{V1}/codes/208", headers=origin)
    assert open_.headers["access-control-allow-origin"] == "*"
    preflight = web.options(
        f"{V1}/batch", headers=origin | {"access-control-request-method": "POST"}
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    for answer in (
        web.post(f"{V1}/check?name=x.txt", headers=origin),
        web.get("/", headers=origin),
    ):
        assert "access-control-allow-origin" not in answer.headers


def test_every_lookup_is_a_table_too(web: TestClient) -> None:
    as_csv = {"accept": "text/csv"}
    (one,) = rows(web.get(f"{V1}/codes/20805?year=2019", headers=as_csv).text)
    assert (one["name"], one["validTo"]) == ("行政事业单位离退休", "2019")
    assert one["path"] == "社会保障和就业支出 > 行政事业单位离退休"
    found = rows(web.get(f"{V1}/codes?q=住房公积金", headers=as_csv).text)
    assert {"2210201", "30113", "50103"} <= {row["code"] for row in found}
    changed = rows(web.get(f"{V1}/changes?from=2018&to=2019", headers=as_csv).text)
    assert {row["year"] for row in changed} == {"2019"}


def test_paging_of_a_search(web: TestClient) -> None:
    whole = web.get(f"{V1}/codes", params={"q": "行政运行", "limit": 200}).json()
    codes, path = [], f"{V1}/codes?q=行政运行&limit=30"
    while path:
        answer = web.get(path)
        codes += [one["code"] for one in answer.json()["answers"]]
        path = urljoin(path, answer.links["next"]["url"]) if "next" in answer.links else ""
    assert len(codes) == whole["total"] > 60
    assert codes == [one["code"] for one in whole["answers"]]


def test_the_page_of_a_code_shows_its_evidence(web: TestClient, tmp_path: Path) -> None:
    def record(sha: str, organisation: str, name: str) -> Record:
        one = Sighting("functional", "2080505", name, 2024, True, "table", "表1 第3行")
        return Record(sha, f"{sha}.pdf", "预算", organisation, 2024, "budget", (one,), ())

    official = "机关事业单位基本养老保险缴费支出"
    records = [record("a", "甲局", official), record("b", "乙局", official)]
    Store(tmp_path).attestations.add([*records, record("c", "丙局", "养老<b>保险</b>")])
    use(tmp_path)
    page = web.get("/code/functional/2080505", headers={"accept": "text/html"}).text
    assert "2 份文件，2 个单位" in page
    assert "与科目表的名称不同" in page
    assert "养老&lt;b&gt;保险" in page


@pytest.mark.parametrize("written", ["208类05款05项", "208（类）05（款）05（项）", "［208.05.05］"])
@pytest.mark.parametrize("what", ["", "/hierarchy", "/history", "/evidence"])
def test_a_code_with_marks_of_its_levels(web: TestClient, written: str, what: str) -> None:
    answer = web.get(f"{V1}/codes/{written}{what}")
    assert (answer.status_code, answer.json()["code"]) == (200, "2080505")
    assert web.get(f"{V1}/domain/{written}").json()["number"] == "2080505"
