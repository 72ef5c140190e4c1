"""The reconciliation service as a client meets it: a table of names run through, step by step."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from kemu.classification import load
from kemu.classification.lookup.reconcile import Condition, Quantifier, Query, reconcile
from tests.api import protocol

V02, DRAFT = "/reconcile", "/reconcile/1.0-draft"
Json = dict[str, Any]

TABLE = [
    ("机关事业单位基本养老保险缴费支出", {}, "2080505"),
    ("2080505机关事业单位养老保险缴费支出", {}, "2080505"),
    (
        "社会保障和就业（类）行政事业单位离退休（款）事业单位离退休（项）",
        {"year": "2019"},
        "2080502",
    ),
    ("行政运行", {"parent": "人大事务"}, "2010101"),
    ("行政运行", {}, None),
    ("住房公积金", {"parent": "301"}, "30113"),
    ("住房公积金", {}, None),
    ("行政事业单位离退休", {"year": 2018}, "20805"),
    ("[301.08]机关事业单位基本养老保险缴费", {}, "30108"),
    ("没有这样的名称", {}, None),
]


def ask(web: TestClient, queries: Json) -> Json:
    answer = web.post(V02, data={"queries": json.dumps(queries, ensure_ascii=False)})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_a_table_of_names_is_run_through(web: TestClient) -> None:
    """Manifest, queries, a choice by suggestion, preview, extension: all from what is announced."""
    manifest = web.get(V02).json()
    protocol.manifest_02(manifest)
    queries = {
        f"q{n}": {
            "query": text,
            "type": "code",
            "limit": 5,
            "properties": [{"pid": name, "v": value} for name, value in known.items()],
            "type_strict": "should",
        }
        for n, (text, known, _) in enumerate(TABLE)
    }
    found = ask(web, queries)
    protocol.results_02(found, set(queries))
    matched = [
        next((c["id"] for c in found[f"q{n}"]["result"] if c["match"]), None)
        for n in range(len(TABLE))
    ]
    assert matched == [code for _, _, code in TABLE]

    path = urlsplit(manifest["suggest"]["entity"]["service_url"]).path
    path += manifest["suggest"]["entity"]["service_path"]
    chosen = web.get(path, params={"prefix": "住房公积金"}).json()
    protocol.suggestions(chosen)
    assert "2210201" in [one["id"] for one in chosen["result"]]

    preview = urlsplit(manifest["preview"]["url"].replace("{{id}}", "2210201"))
    page = web.get(f"{preview.path}?{preview.query}")
    assert "住房公积金" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]

    view = urlsplit(manifest["view"]["url"].replace("{{id}}", "2210201")).path
    assert "住房公积金" in web.get(view, headers={"accept": "text/html"}).text

    propose = manifest["extend"]["propose_properties"]
    offered = web.get(
        urlsplit(propose["service_url"]).path + propose["service_path"],
        params={"type": "functional", "limit": 3},
    ).json()
    assert (offered["type"], len(offered["properties"])) == ("functional", 3)
    ids = [code for code in matched if code]
    names = ["name", "parent", "path", "validFrom", "otherNames", "counterpart", "iri"]
    extension = {"ids": ids, "properties": [{"id": name} for name in names]}
    rows = web.post(V02, data={"extend": json.dumps(extension)}).json()
    protocol.extension_02(rows, list(dict.fromkeys(ids)), names)
    assert rows["rows"]["2080505"]["parent"] == [{"id": "20805", "name": "行政事业单位养老支出"}]
    assert {"id": "50102", "name": "社会保障缴费"} in rows["rows"]["30108"]["counterpart"]


def test_the_draft_is_run_through(web: TestClient) -> None:
    protocol.manifest_draft(web.get(DRAFT).json())
    queries = [
        {
            "type": "code",
            "limit": 5,
            "conditions": [
                {"matchType": "name", "propertyValue": text},
                *(
                    {
                        "matchType": "property",
                        "propertyId": name,
                        "propertyValue": value,
                        "required": name == "parent",
                        "matchQuantifier": "any",
                    }
                    for name, value in known.items()
                ),
            ],
        }
        for text, known, _ in TABLE
    ]
    answer = web.post(f"{DRAFT}/match", json={"queries": queries})
    found = answer.json()
    protocol.results_draft(found, len(queries))
    matched = [
        next((c["id"] for c in one["candidates"] if c["match"]), None) for one in found["results"]
    ]
    assert matched == [code for _, _, code in TABLE]
    for kind, prefix, first in (
        ("entity", "2080505", "2080505"),
        ("property", "上级", "parent"),
        ("type", "功能", "functional"),
        ("type", "func", "functional"),
    ):
        chosen = web.get(f"{DRAFT}/suggest/{kind}", params={"prefix": prefix, "limit": 3}).json()
        protocol.suggestions(chosen)
        assert chosen["result"][0]["id"] == first
    assert "住房公积金" in web.get(f"{DRAFT}/preview", params={"id": "2210201"}).text
    offered = web.get(f"{DRAFT}/extend/propose", params={"type": "code"}).json()
    names = [one["id"] for one in offered["properties"]]
    ids = ["20805", "30108", "2089988"]
    query = {"ids": ids, "properties": [{"id": name} for name in names]}
    protocol.extension_draft(web.post(f"{DRAFT}/extend", json=query).json(), ids, names)


def test_paging_of_suggestions(web: TestClient) -> None:
    first = web.get(f"{V02}/suggest/entity", params={"prefix": "行政运行"}).json()["result"]
    after = web.get(f"{V02}/suggest/entity", params={"prefix": "行政运行", "cursor": 20}).json()
    assert len(first) == 20
    assert not {one["id"] for one in first} & {one["id"] for one in after["result"]}
    draft = web.get(
        f"{DRAFT}/suggest/entity", params={"prefix": "行政运行", "limit": 5, "offset": 20}
    ).json()
    assert [o["id"] for o in draft["result"]] == [o["id"] for o in after["result"]][:5]


def test_an_empty_prefix_offers_what_there_is(web: TestClient) -> None:
    for kind in ("entity", "property", "type"):
        assert web.get(f"{DRAFT}/suggest/{kind}", params={"prefix": ""}).json()["result"]


def test_a_setting_changes_the_year_of_a_value(web: TestClient) -> None:
    wanted = [{"id": "name", "settings": {"year": 2018}}, {"id": "name"}]
    query = {"ids": ["20805"], "properties": wanted}
    rows = web.post(f"{DRAFT}/extend", json=query).json()["rows"]
    assert [one["values"] for one in rows[0]["properties"]] == [
        [{"str": "行政事业单位离退休"}],
        [{"str": "行政事业单位养老支出"}],
    ]


@pytest.mark.parametrize("year", [0, "0", "", None])
def test_a_setting_left_at_its_default_is_the_latest_year(web: TestClient, year: object) -> None:
    query = {"ids": ["20805"], "properties": [{"id": "name", "settings": {"year": year}}]}
    (row,) = web.post(f"{DRAFT}/extend", json=query).json()["rows"]
    assert row["properties"][0]["values"] == [{"str": "行政事业单位养老支出"}]


def test_a_setting_out_of_range_is_refused(web: TestClient) -> None:
    query = {"ids": ["20805"], "properties": [{"id": "name", "settings": {"year": 1999}}]}
    answer = web.post(f"{DRAFT}/extend", json=query)
    assert (answer.status_code, answer.json()["code"]) == (400, "E-CODES-YEAR")


@pytest.mark.parametrize("blank", ["", "  ", None, [], {"id": ""}])
def test_an_empty_cell_of_a_further_column_says_nothing(web: TestClient, blank: object) -> None:
    plain = {"query": "机关事业单位基本养老保险缴费支出"}
    beside = [{"pid": name, "v": blank} for name in ("parent", "level", "year", "code")]
    found = ask(web, {"with": plain | {"properties": beside}, "without": plain})
    assert found["with"] == found["without"]
    assert found["with"]["result"][0]["match"] is True


def test_a_type_keeps_others_out(web: TestClient) -> None:
    found = ask(web, {"q": {"query": "住房公积金", "type": "deptEconomic"}})["q"]["result"]
    assert {one["type"][0]["id"] for one in found} == {"deptEconomic"}
    several = ask(web, {"q": {"query": "住房公积金", "type": [{"id": "functional"}, "revenue"]}})
    assert {one["type"][0]["id"] for one in several["q"]["result"]} == {"functional"}


def test_conditions() -> None:
    def found(*conditions: Condition) -> dict[str, float]:
        query = Query("住房公积金", conditions=conditions, limit=20)
        return {match.concept.notation: match.score for match in reconcile(load(), query)}

    plain = found()
    assert {"2210201", "30113", "50103"} <= plain.keys()
    under = Condition("parent", ("301", "221"), Quantifier.ANY, True)
    assert found(under).keys() <= {"30113"} | {c for c in plain if c[:3] == "301"}
    lowered = found(Condition("level", ("款",)))
    assert lowered["2210201"] < lowered["30113"]
    assert "2210201" not in found(Condition("level", ("款",), Quantifier.ANY, True))
    assert "2210201" in found(Condition("level", ("款",), Quantifier.NONE, True))
    assert "30113" not in found(Condition("level", ("款",), Quantifier.NONE, True))


def test_two_digits_under_a_parent() -> None:
    known = (Condition("code", ("05",)), Condition("parent", ("20805",)))
    (first, *_) = reconcile(load(), Query("", conditions=known))
    assert (first.concept.notation, first.sure) == ("2080505", True)


def test_a_match_is_a_promise() -> None:
    """No match where several fit, a name is another's, a code is out of use, or only alike."""

    def sure(text: str, **known: str) -> list[str]:
        conditions = tuple(Condition(name, (value,)) for name, value in known.items())
        found = reconcile(load(), Query(text, conditions=conditions))
        return [match.concept.notation for match in found if match.sure]

    assert sure("行政运行") == []
    assert sure("2080505 住房公积金") == []
    assert sure("工商行政管理事务") == []
    assert sure("工商行政管理事务", year="2016") == ["20115"]
    assert sure("基本养老保险缴费") == []
    assert sure("住房公积金", parent="302") == []


def test_identifier_as_query_finds_the_entity(web: TestClient) -> None:
    found = ask(web, {"q": {"query": "2080505"}})["q"]["result"]
    assert (found[0]["id"], found[0]["score"]) == ("2080505", 100)


BAD = [
    None,
    5,
    [],
    {"query": ""},
    {"query": "  "},
    {"query": {"a": 1}},
    {"query": "甲", "limit": 0},
    {"query": "甲", "limit": "x"},
    {"query": "甲", "type": "other"},
    {"query": "甲", "properties": "x"},
    {"query": "甲", "properties": [{"v": 1}]},
    {"query": "甲", "properties": [{"pid": "colour", "v": "红"}]},
    {"query": "甲", "properties": [{"pid": "year", "v": "去年"}]},
    {"query": "甲", "properties": [{"pid": "year", "v": 1800}]},
    {"query": "甲", "properties": [{"pid": "year", "v": True}]},
    {"properties": [{"pid": "code", "v": " "}]},
    {"query": "长" * 10_000},
    {"query": "控\x07制"},
]


def test_bad_queries_are_explained_and_good_ones_answered(web: TestClient) -> None:
    queries = {f"b{n}": query for n, query in enumerate(BAD)} | {"good": {"query": "2080505"}}
    found = ask(web, queries)
    assert found["good"]["result"][0]["id"] == "2080505"
    for n in range(len(BAD)):
        assert found[f"b{n}"]["result"] == [], BAD[n]
        assert re.search(r"[\u4e00-\u9fff]", found[f"b{n}"]["error"]), BAD[n]


def test_injected_text_is_only_text(web: TestClient) -> None:
    for text in ("' OR 1=1 --", '" } SELECT * WHERE { ?s ?p ?o', "<img src=x onerror=alert(1)>"):
        found = ask(web, {"q": {"query": text}})["q"]
        assert [c for c in found["result"] if c["match"]] == []
    preview = web.get(f"{V02}/preview", params={"id": "<script>"})
    assert preview.status_code == 404
    assert preview.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", V02, b"", 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"queries=%7B", 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"queries=%5B%5D", 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"extend=5", 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"extend=%7B%22ids%22:5%7D", 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"queries=" + quote("[" * 50_000).encode(), 400, "E-RECONCILE-QUERY"),
        ("POST", V02, b"x" * 9_000_000, 413, "E-API-SIZE"),
        ("POST", f"{DRAFT}/match", b"{", 400, "E-RECONCILE-QUERY"),
        ("POST", f"{DRAFT}/match", b"[]", 400, "E-RECONCILE-QUERY"),
        ("POST", f"{DRAFT}/match", b'{"queries": {}}', 400, "E-RECONCILE-QUERY"),
        ("POST", f"{DRAFT}/extend", b'{"ids": ["208"]}', 400, "E-RECONCILE-QUERY"),
        ("GET", f"{V02}/suggest/colour", b"", 400, "E-RECONCILE-QUERY"),
        ("GET", f"{V02}/extend/propose?type=colour", b"", 400, "E-RECONCILE-QUERY"),
        ("GET", f"{V02}/preview?id=2089988", b"", 404, "E-API-NO-CODE"),
        ("GET", f"{V02}/view/abc", b"", 404, "E-API-NO-CODE"),
        ("GET", f"{V02}/suggest/entity?cursor=-1", b"", 422, "E-API-PARAMETER"),
    ],
)
def test_what_is_no_request(
    web: TestClient, method: str, path: str, body: bytes, status: int, code: str
) -> None:
    kind = "application/json" if DRAFT in path else "application/x-www-form-urlencoded"
    answer = web.request(method, path, content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text[:300]


def test_a_batch_that_is_too_large(web: TestClient) -> None:
    queries = {str(n): "甲" for n in range(5001)}
    answer = web.post(V02, data={"queries": json.dumps(queries)})
    assert (answer.status_code, answer.json()["code"]) == (413, "E-API-SIZE")


def test_every_address_may_be_read_from_other_origins(web: TestClient) -> None:
    origin = {"origin": "http://127.0.0.1:3333"}
    paths = [V02, f"{V02}/suggest/entity?prefix=a", f"{V02}/preview?id=208", DRAFT,
             f"{V02}/preview?id=2089988", f"{DRAFT}/extend/propose"]  # fmt: skip
    for path in paths:
        assert web.get(path, headers=origin).headers["access-control-allow-origin"] == "*", path
    preflight = web.options(
        f"{DRAFT}/match",
        headers=origin
        | {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert preflight.status_code == 204
    assert "content-type" in preflight.headers["access-control-allow-headers"]


def test_jsonp_calls_a_name_and_nothing_else(web: TestClient) -> None:
    answer = web.get(V02, params={"callback": "jQuery123.cb_1"})
    assert answer.headers["content-type"].startswith("text/javascript")
    found = re.fullmatch(r"/\*\*/jQuery123\.cb_1\((.*)\);\n", answer.text, re.DOTALL)
    assert found
    protocol.manifest_02(json.loads(found[1]))
    queries = json.dumps({"q": {"query": "a\u2028b"}})
    script = web.get(V02, params={"callback": "cb", "queries": queries}).text
    assert "\u2028" not in script
    for bad in ("alert(1)//", "a;b", "", "x" * 200, "a-b", "<script>"):
        refused = web.get(V02, params={"callback": bad})
        assert refused.status_code == 400, bad
        assert refused.headers["content-type"] == "application/problem+json"
    draft = web.get(DRAFT, params={"callback": "cb"})
    assert draft.headers["content-type"] == "application/json"


def test_words_follow_the_client(web: TestClient) -> None:
    english = web.get(V02, headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert english.headers["content-language"] == "en"
    assert english.json()["defaultTypes"][0]["name"] == "Code"
    chinese = web.get(V02, headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert chinese.json()["defaultTypes"][0]["name"] == "科目"


def test_flyouts(web: TestClient) -> None:
    for kind, identifier in (("entity", "208"), ("property", "parent"), ("type", "revenue")):
        found = web.get(f"{V02}/flyout/{kind}", params={"id": identifier}).json()
        assert found["id"] == identifier
        assert "<" in found["html"]
    nasty = web.get(f"{V02}/flyout/type", params={"id": "<script>"}).json()["html"]
    assert "<script>" not in nasty


def test_addresses_in_the_manifest_are_those_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from kemu.api import create_app

    monkeypatch.setenv("KEMU_BASE", "/kemu")
    monkeypatch.setenv("KEMU_HOSTS", "codes.example")
    web = TestClient(create_app(), base_url="https://codes.example")
    assert web.get("/kemu/reconcile").json()["suggest"]["entity"]["service_url"] == (
        "https://codes.example/kemu/reconcile"
    )
    assert (
        web.get("/reconcile")
        .json()["preview"]["url"]
        .startswith("https://codes.example/reconcile/")
    )
