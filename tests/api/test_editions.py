"""Whole editions, choices of codes, correspondences, and batches of rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kemu.classification import load, use
from kemu.classification.books.book import BookRow
from kemu.classification.books.edition import Edition
from kemu.classification.store.editions import Store

V1 = "/api/v1"
EDITION = f"{V1}/schemes/functional/editions/2024"
Row = dict[str, str]


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_classifications(web: TestClient) -> None:
    found = web.get(f"{V1}/schemes").json()["schemes"]
    assert [one["scheme"] for one in found] == [
        "functional", "deptEconomic", "govEconomic", "revenue",
    ]  # fmt: skip
    assert found[0]["codes"] > 1700
    assert found[2]["since"] == 2018


def test_a_whole_edition(web: TestClient) -> None:
    edition = load().edition("functional", 2024)
    found = web.get(EDITION).json()
    assert found["total"] == len(found["codes"]) == len(edition)
    assert not found["complete"]
    assert found["next"] is None
    table = web.get(EDITION, headers={"accept": "text/csv"})
    assert 'filename="functional-2024.csv"' in table.headers["content-disposition"]
    assert [(r["code"], r["name"]) for r in rows(table.text)] == [
        (c.notation, c.name_in(2024)) for c in edition
    ]


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json"])
def test_an_edition_is_skos(web: TestClient, media: str) -> None:
    answer = web.get(f"{V1}/schemes/govEconomic/editions/2024", headers={"accept": media})
    store = ox.Store()
    form = ox.RdfFormat.TURTLE if media == "text/turtle" else ox.RdfFormat.JSON_LD
    store.load(answer.content, format=form)
    found = store.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?n {"
        " ?c skos:inScheme <https://w3id.org/kemu/scheme/govEconomic/2024> ; skos:notation ?n }"
    )
    assert isinstance(found, ox.QuerySolutions)
    notations = {str(solution[0].value) for solution in found}  # type: ignore[union-attr]
    assert notations == {c.notation for c in load().edition("govEconomic", 2024)}


def test_paging_visits_every_code_once(web: TestClient) -> None:
    codes, path, pages = [], f"{EDITION}?level=款&limit=70", 0
    while path:
        answer = web.get(path)
        found = answer.json()
        codes += [one["code"] for one in found["codes"]]
        path, pages = urljoin(path, found["next"] or "") if found["next"] else "", pages + 1
        assert bool(path) == ("next" in answer.links)
    assert pages > 2
    assert codes == [c.notation for c in load().edition("functional", 2024) if c.level == "款"]
    past = web.get(EDITION, params={"offset": 100_000}).json()
    assert (past["codes"], past["next"]) == ([], None)


@pytest.mark.parametrize(
    ("select", "wanted"),
    [
        ("2080505", lambda code: code == "2080505"),
        ("20805*", lambda code: code.startswith("20805")),
        ("210-213", lambda code: len(code) == 3 and "210" <= code <= "213"),
        ("210-211*", lambda code: code[:3] in ("210", "211")),
        ("201, 2080505；20802*", lambda c: c in ("201", "2080505") or c.startswith("20802")),
    ],
)
def test_a_choice_of_codes(web: TestClient, select: str, wanted: object) -> None:
    found = web.get(EDITION, params={"select": select}).json()["codes"]
    assert callable(wanted)
    expected = [c.notation for c in load().edition("functional", 2024) if wanted(c.notation)]
    assert expected
    assert [one["code"] for one in found] == expected


def test_a_part_as_turtle_holds_only_the_part(web: TestClient) -> None:
    answer = web.get(EDITION, params={"select": "20805"}, headers={"accept": "text/turtle"})
    subjects = {str(q.subject.value) for q in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}  # type: ignore[union-attr]
    assert subjects == {"https://w3id.org/kemu/scheme/functional/2024/20805"}


def test_an_imported_edition_brings_its_explanations(web: TestClient, tmp_path: Path) -> None:
    book = tuple(
        BookRow(c.scheme, c.notation, c.name, f"反映{c.name}。", "", "科目", "")
        for c in load().edition("govEconomic", 2024)
    )
    Store(tmp_path).write(Edition(2024, "2024年科目", "b.xlsx", "0", ("govEconomic",), book))
    use(tmp_path)
    path = f"{V1}/schemes/govEconomic/editions/2024"
    found = web.get(path).json()
    assert found["complete"]
    assert found["codes"][0]["definition"] == "反映机关工资福利支出。"
    turtle = web.get(path, headers={"accept": "text/turtle"}).text
    assert "反映机关工资福利支出。" in turtle
    assert "kemu:complete true" in turtle


def test_correspondence_of_two_editions(web: TestClient) -> None:
    path = f"{V1}/schemes/functional/correspondences/2018-2019"
    found = web.get(path).json()["changes"]
    assert {change["year"] or change["supposedYear"] for change in found} == {2019}
    assert {change["year"] for change in found if change["before"] and change["after"]} >= {2019}
    table = rows(web.get(path, headers={"accept": "text/csv"}).text)
    renamed = {
        r["old_code"]: (r["old_name"], r["new_name"]) for r in table if r["kind"] == "renamed"
    }
    assert renamed["210"] == ("医疗卫生与计划生育支出", "卫生健康支出")
    assert any(r["kind"] == "born" and not r["old_code"] for r in table)
    assert "xkos:ConceptAssociation" in web.get(path, headers={"accept": "text/turtle"}).text


def test_tables_between_classifications(web: TestClient) -> None:
    found = web.get(f"{V1}/correspondences/economic").json()["rows"]
    assert {"gov_code": "50101", "dept_code": "30101"}.items() <= found[0].items()
    assert (
        len(rows(web.get(f"{V1}/correspondences/cofog", headers={"accept": "text/csv"}).text)) > 50
    )
    assert "xkos:Correspondence" in web.get(
        f"{V1}/correspondences/cofog", headers={"accept": "text/turtle"}
    ).text  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/schemes/other/editions/2024", 422, "E-API-PARAMETER"),
        ("/schemes/functional/editions/1990", 422, "E-API-PARAMETER"),
        ("/schemes/govEconomic/editions/2015", 404, "E-API-EDITION"),
        ("/schemes/functional/editions/2024?select=20x", 400, "E-API-SELECT"),
        ("/schemes/functional/editions/2024?select=20-2085", 400, "E-API-SELECT"),
        ("/schemes/functional/editions/2024?select=" + "201," * 300, 400, "E-API-SELECT"),
        ("/schemes/functional/editions/2024?select=" + "201," * 3000, 422, "E-API-PARAMETER"),
        ("/schemes/functional/editions/2024?level=章", 400, "E-API-SELECT"),
        ("/schemes/functional/editions/2024?limit=0", 422, "E-API-PARAMETER"),
        ("/schemes/functional/editions/2024?offset=-1", 422, "E-API-PARAMETER"),
        ("/schemes/functional/correspondences/2020-2018", 400, "E-API-YEARS"),
        ("/correspondences/other", 422, "E-API-PARAMETER"),
    ],
)
def test_bad_input_is_explained(web: TestClient, path: str, status: int, code: str) -> None:
    answer = web.get(V1 + path)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


BATCH = [
    ({"code": "2080505", "name": "机关事业单位基本养老保险缴费支出", "year": 2023}, "match"),
    ({"code": "2080505"}, "code"),
    ({"code": "208 05 05", "name": "机关事业单位基本养老保险缴费", "year": "2023"}, "differs"),
    ({"code": "20805", "name": "行政事业单位离退休", "year": 2018}, "match"),
    ({"code": "20805", "name": "行政事业单位离退休", "year": 2024}, "differs"),
    ({"code": "2080505", "name": "住房公积金"}, "otherName"),
    ({"code": "2080588", "name": "某某"}, "noSuchCode"),
    ({"name": "机关事业单位基本养老保险缴费支出"}, "resolved"),
    ({"name": "住房公积金", "scheme": "deptEconomic"}, "resolved"),
    ({"name": "住房公积金"}, "ambiguous"),
    ({"code": 2080505.0, "year": 2023.0}, "code"),
    ({"code": "2080505.0", "year": "2023.0"}, "code"),
    ({"code": "05", "parent": 20805.0}, "code"),
    ({"代码": "2080505", "科目名称": "机关事业单位基本养老保险缴费支出", "年度": 2023}, "match"),
    ({"名称": "行政运行", "上级代码": "20101"}, "resolved"),
    ({"code": "2080505", "代码": "2080506"}, "error"),
    ({"code": 2080505.5}, "error"),
    ({"name": "完全没有的名称"}, "unknown"),
    ({"code": "20115", "name": "工商行政管理事务", "year": 2024}, "notInYear"),
    ({"code": "05", "parent": "20805", "name": "机关事业单位基本养老保险缴费支出"}, "match"),
    ({"code": 5, "parent": 20805}, "code"),
    ({"name": "行政运行", "parent": "20101"}, "resolved"),
    ({"code": "05"}, "error"),
    ({"code": "05", "parent": "人大"}, "error"),
    (None, "error"),
    ([], "error"),
    ({}, "error"),
    ({"code": "", "name": " "}, "error"),
    ({"code": "abc"}, "error"),
    ({"code": ["2080505"]}, "error"),
    ({"code": "2080505", "year": "去年"}, "error"),
    ({"code": "2080505", "year": 1812}, "error"),
    ({"code": "2080505", "year": 2023.5}, "error"),
    ({"code": "2080505", "year": True}, "error"),
    ({"code": "30101", "scheme": "functional"}, "error"),
    ({"code": "30101", "scheme": "x"}, "error"),
    ({"name": "长" * 10_000}, "error"),
    ({"name": "控\x07制"}, "error"),
    ({"name": "'; DROP TABLE document; --"}, "unknown"),
    ({"kode": "2080505"}, "error"),
]


def test_a_batch_answers_every_row(web: TestClient) -> None:
    answer = web.post(f"{V1}/batch", json=[row for row, _ in BATCH])
    assert answer.status_code == 200
    found = answer.json()
    assert [one["verdict"] for one in found["verdicts"]] == [verdict for _, verdict in BATCH]
    assert [one["row"] for one in found["verdicts"]] == list(range(1, len(BATCH) + 1))
    assert sum(found["counts"].values()) == found["rows"] == len(BATCH)
    for one in found["verdicts"]:
        assert one["message"], one
        assert bool(one["error"]) == (one["verdict"] == "error")


def test_verdicts_say_what_was_meant(web: TestClient) -> None:
    sent = [row for row, _ in BATCH]
    found = {one["row"] - 1: one for one in web.post(f"{V1}/batch", json=sent).json()["verdicts"]}
    assert found[2]["differences"] == ["suffixMissing"]
    assert found[4]["officialName"] == "行政事业单位养老支出"
    assert [c["code"] for c in found[5]["candidates"]] == ["2210201"]
    assert "2080505" in [c["code"] for c in found[6]["candidates"]]
    assert {c["code"] for c in found[9]["candidates"]} == {"2210201", "30113", "50103"}


def test_a_code_given_up_in_an_unknown_year_is_pointed_at(web: TestClient) -> None:
    row = {"code": "2010307", "name": "法制建设", "year": 2024}
    (one,) = web.post(f"{V1}/batch", json=[row]).json()["verdicts"]
    assert one["verdict"] == "match"
    assert "停用年份未考定" in one["message"]


def test_a_batch_as_csv(web: TestClient) -> None:
    body = (
        "\ufeffcode,name,year\r\n2080505,,2023\r\n,住房公积金,\r\nx,y,z\r\n2080505,甲,2023,多了\r\n"
    )
    answer = web.post(
        f"{V1}/batch",
        content=body.encode(),
        headers={"content-type": "text/csv; charset=utf-8", "accept": "text/csv"},
    )
    assert answer.headers["content-type"].startswith("text/csv")
    assert [r["verdict"] for r in rows(answer.text)] == ["code", "ambiguous", "error", "error"]


def test_a_batch_with_chinese_titles(web: TestClient) -> None:
    body = "科目编码, 科目名称 ,年度\n2080505,,2023\n20805,行政事业单位离退休,2018\n"
    kind = {"content-type": "text/csv"}
    answer = web.post(f"{V1}/batch", content=body.encode(), headers=kind)
    assert [one["verdict"] for one in answer.json()["verdicts"]] == ["code", "match"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", "application/json", 400, "E-API-BODY"),
        (b"[{", "application/json", 400, "E-API-BODY"),
        (b'"text"', "application/json", 400, "E-API-BODY"),
        (b"\xff\xfe", "application/json", 400, "E-API-BODY"),
        (b"[" * 100_000, "application/json", 400, "E-API-BODY"),
        (b"a,b\r\n1,2\r\n", "text/csv", 400, "E-API-BODY"),
        (b"\xff\xfe", "text/csv", 400, "E-API-BODY"),
        (b'code\r\n"' + b"9" * 200_000, "text/csv", 400, "E-API-BODY"),
        (json.dumps([{}] * 10_001).encode(), "application/json", 413, "E-API-SIZE"),
        (b"[" + b" " * 9_000_000 + b"]", "application/json", 413, "E-API-SIZE"),
    ],
)
def test_a_body_that_is_no_batch(
    web: TestClient, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = web.post(f"{V1}/batch", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text[:300]


def test_an_empty_batch(web: TestClient) -> None:
    assert web.post(f"{V1}/batch", json=[]).json() == {"rows": 0, "counts": {}, "verdicts": []}
    wrapped = web.post(f"{V1}/batch", json={"rows": [{"code": "208"}]}).json()
    assert wrapped["counts"] == {"code": 1}
