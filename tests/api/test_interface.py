"""The interface description: answers fit their schemas, parameters are told, the page is whole."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter
from starlette.testclient import TestClient

from kemu.api.interface import operations
from kemu.api.lookup import models

V1 = "/api/v1"
LOOKUPS: list[tuple[str, Any]] = [
    ("/codes/2080505?year=2019", models.Found),
    ("/codes/30102", models.Found),
    ("/codes?q=养老保险", models.Search),
    ("/codes?q=基本支出", models.Search),
    ("/resolve?text=2080505 机关事业单位基本养老保险缴费", models.Resolved),
    ("/resolve?text=公积金", models.Resolved),
    ("/changes?from=2018&to=2020&undated=true", models.Changes),
    ("/codes/20805/hierarchy", models.Hierarchy),
    ("/codes/210/history", models.History),
    ("/codes/210/equivalents?from=2018&to=2020", models.Equivalents),
    ("/codes/30108/correspondences", models.Correspondences),
    ("/codes/2080505/correspondences", models.Correspondences),
    ("/codes/2080505/evidence", models.Evidence),
    ("/suggest?q=208.05", models.Suggestions),
    ("/domain/301.08", models.Domains),
    ("/domain/2989999", models.Domains),
    ("/schemes", models.Schemes),
    ("/schemes/functional/editions/2024?select=208*", models.Edition),
    ("/schemes/functional/codesAt?date=2019-07-01&level=类", models.Edition),
    ("/schemes/functional/codes?from=2018&to=2020&select=210", models.Period),
    ("/schemes/deptEconomic/variants", models.Variants),
    ("/schemes/functional/correspondences/2018-2020", models.Correspondence),
    ("/correspondences/cofog", models.Mapping),
    ("/correspondences/economic", models.Mapping),
]


@pytest.mark.parametrize(("address", "model"), LOOKUPS)
def test_an_answer_has_just_the_fields_of_its_model(
    web: TestClient, address: str, model: type[BaseModel]
) -> None:
    answer = web.get(V1 + address)
    assert answer.status_code == 200, answer.text
    TypeAdapter(model).validate_python(answer.json())


def test_a_model_with_a_field_too_few_is_noticed() -> None:
    with pytest.raises(ValueError, match="extra"):
        models.Named.model_validate({"code": "208", "name": "甲", "more": 1})


def test_posted_rows_have_their_models(web: TestClient) -> None:
    rows = [{"text": "住房公积金", "parent": "22102"}, {"text": ""}]
    answer = web.post(f"{V1}/resolve", json=rows).json()
    TypeAdapter(list[models.Resolved | models.Unresolved]).validate_python(answer)
    found = web.post(f"{V1}/batch", json=[{"code": "2080505"}, {"code": 208, "year": "甲"}]).json()
    TypeAdapter(models.Batch).validate_python(found)


def test_every_lookup_tells_the_schema_of_its_answer(web: TestClient) -> None:
    paths = web.get("/openapi.json").json()["paths"]
    without = [
        (method, path)
        for path, methods in paths.items()
        for method, one in methods.items()
        if not one["responses"]["200"]["content"]["application/json"].get("schema")
    ]
    assert without == [("post", f"{V1}/check")]


def test_tables_tell_how_they_may_be_chosen(web: TestClient) -> None:
    for path, methods in web.get("/openapi.json").json()["paths"].items():
        if path == "/sparql":
            continue  # tables as the W3C has them
        for one in methods.values():
            names = {parameter["name"] for parameter in one.get("parameters", ())}
            tables = "text/csv" in one["responses"]["200"]["content"]
            assert tables == ({"csvFields", "csvSeparator"} <= names), one["operationId"]


def test_codes_at_a_date_are_those_of_its_year(web: TestClient) -> None:
    at = web.get(f"{V1}/schemes/functional/codesAt", params={"date": "2018-12-31"}).json()
    assert at["year"] == 2018
    assert at["levels"]["类"] == sum(one["level"] == "类" for one in at["codes"]) > 20
    name = {one["code"]: one["name"] for one in at["codes"]}
    assert name["210"] == "医疗卫生与计划生育支出"
    later = web.get(f"{V1}/schemes/functional/codesAt", params={"date": "2019-01-01"}).json()
    assert {one["code"]: one["name"] for one in later["codes"]}["210"] == "卫生健康支出"
    assert web.get(f"{V1}/schemes/functional/codesAt?date=甲").status_code == 422
    wrong = web.get(f"{V1}/schemes/functional/codesAt?date=1999-01-01")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "E-API-YEARS")


def test_a_period_shows_both_names_of_a_renamed_code_with_their_bounds(web: TestClient) -> None:
    asked: dict[str, str | int] = {"from": 2018, "to": 2020, "select": "210"}
    before, after = web.get(f"{V1}/schemes/functional/codes", params=asked).json()["codes"]
    assert (before["name"], before["validTo"]) == ("医疗卫生与计划生育支出", 2018)
    assert before["certain"] == [2018]
    assert (after["name"], after["validFrom"]) == ("卫生健康支出", 2019)
    assert sorted([*after["certain"], *after["possible"]]) == [2019, 2020]
    params = asked | {"csvFields": "code,certain", "csvSeparator": "semicolon"}
    table = web.get(f"{V1}/schemes/functional/codes", params=params, headers={"accept": "text/csv"})
    rows = list(csv.reader(io.StringIO(table.text), delimiter=";"))
    assert rows[:2] == [["code", "certain"], ["210", "2018"]]
    backwards = web.get(f"{V1}/schemes/functional/codes", params={"from": 2020, "to": 2018})
    assert backwards.json()["code"] == "E-API-YEARS"


def test_the_page_shows_every_operation_and_its_example_works(web: TestClient) -> None:
    described = web.get("/openapi.json").json()
    html = web.get("/docs").text
    found = operations(described, "zh")
    assert len(found) == sum(map(len, described["paths"].values()))
    for one in found:
        assert f'id="{one.anchor}"' in html
        if one.example:
            answer = web.get(one.example)
            asks_documents = answer.status_code == 404 and answer.json()["code"] == "E-API-NO-STORE"
            assert answer.status_code == 200 or asks_documents, one.example
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)
    assert "Codes at a date" in web.get("/docs?lang=en").text
