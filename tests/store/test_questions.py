"""The questions that come with Kemu, on a store of small documents whose figures stand below."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.cli import main
from kemu.graph.sparql import queries
from tests.store.making import UNIT, page
from tests.store.serving import PROGRAM, virtuoso

CODE = "2012601"
AMOUNTS = {"2024 budget": "1100000", "2025 budget": "1205000", "2024 account": "1082500"}
TERM = "<p>第四部分 名词解释</p><p>一、机关运行经费：指为保障机关运行用于购买货物的资金。</p>"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("文件")
    made = [
        page(folder / "a", title=f"{UNIT}2024年单位预算公开说明", amount="110.00", year=2024),
        page(folder / "b", title=f"{UNIT}2025年单位预算公开说明", amount="120.50", extra=TERM),
        page(folder / "c", title=f"{UNIT}2024年度单位决算公开说明", amount="108.25", year=2024),
    ]
    return list(map(str, made))


@pytest.fixture(scope="module")
def store(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("图") / "库")
    assert main(["ingest", *files, "--store", folder]) == 0
    return folder


def asked(
    store: str, name: str, capfd: pytest.CaptureFixture[str], *sets: str
) -> list[dict[str, str]]:
    capfd.readouterr()
    more = [word for one in sets for word in ("--set", one)]
    assert main(["query", name, *more, "--store", store, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def in_order(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """Return rows in an order of our own: servers order equal text as they like."""
    return sorted(sorted(row.items()) for row in rows)


def whole(rows: list[dict[str, str]]) -> set[tuple[str, str, str, str]]:
    """Return year, statement, phase and amount, which every row has with its document."""
    assert all(row["document"].startswith("https://w3id.org/kemu/document/") for row in rows)
    return {(row["year"], row["statement"], row["phase"], row["yuan"]) for row in rows}


SPENDING = {
    ("2024", "预算", "年初预算", AMOUNTS["2024 budget"]),
    ("2025", "预算", "年初预算", AMOUNTS["2025 budget"]),
    ("2024", "决算", "决算", AMOUNTS["2024 account"]),
}


def test_spending_of_a_code(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = asked(store, "spending_of_code", capfd, f"code={CODE}")
    assert whole([row for row in rows if row["nature"] == "全部"]) == SPENDING
    assert {row["organisation"] for row in rows} == {UNIT}


def test_a_units_tree(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = asked(store, "budget_tree", capfd, f"unit={UNIT}")
    for code, name in (("201", "一般公共服务支出"), ("20126", "档案事务"), (CODE, "行政运行")):
        mine = [row for row in rows if row["code"] == code]
        assert whole(mine) == SPENDING
        assert {row["name"] for row in mine} == {name}
    assert asked(store, "budget_tree", capfd, "unit=没有这个单位") == []


def test_a_code_through_time(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = asked(store, "code_through_time", capfd, f"code={CODE}")
    assert whole(rows) == SPENDING
    assert {row["name"] for row in rows} == {"行政运行"}


def test_growth_keeps_budget_and_account_apart(
    store: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (row,) = asked(store, "growth_of_code", capfd, f"code={CODE}")
    assert (row["year"], row["statement"], row["yuan"], row["before"], row["change"]) == (
        "2025", "预算", AMOUNTS["2025 budget"], AMOUNTS["2024 budget"], "105000",
    )  # fmt: skip
    assert row["percent"] == "9.55"
    assert row["document"] != row["documentBefore"]


def test_budget_against_account(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = asked(store, "budget_and_account", capfd, f"unit={UNIT}")
    (row,) = [row for row in rows if row["code"] == CODE]
    assert (row["year"], row["budget"], row["account"], row["difference"]) == (
        "2024", AMOUNTS["2024 budget"], AMOUNTS["2024 account"], "-17500",
    )  # fmt: skip
    assert row["budgetDocument"] != row["accountDocument"]


def test_cofog_counts_each_group_once(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    rows = asked(store, "cofog_totals", capfd, "fiscalYear=2025")
    (row,) = rows
    assert (row["division"], row["yuan"], row["codes"], row["disputed"]) == (
        "01", AMOUNTS["2025 budget"], "1", "0",
    )  # fmt: skip


def test_definitions_of_a_term(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    (row,) = asked(store, "definitions_of_term", capfd, "term=机关运行经费")
    assert row["definition"].startswith("指为保障机关运行")
    assert row["documents"] == "1"


@pytest.fixture(scope="module")
def web(store: str) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEMU_DOCUMENTS", store)
        with TestClient(create_app(), base_url="http://127.0.0.1") as made:
            yield made


def test_every_question_answers_over_http_as_on_the_command_line(
    store: str, web: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    values = {
        "code": CODE,
        "unit": UNIT,
        "term": "机关运行经费",
        "fiscalYear": "2025",
        "yuan": "1205000",
    }
    listed = web.get("/api/v1/questions").json()
    assert {one["name"] for one in listed} == {query.name for query in queries.named()}
    for one in listed:
        assert one["title"]
        assert all(p["about"] and p["example"] for p in one["parameters"]), one["name"]
        given = {p["name"]: values[p["name"]] for p in one["parameters"]}
        answer = web.get(f"/api/v1/questions/{one['name']}", params=given)
        assert answer.status_code == 200, (one["name"], answer.text)
        rows = asked(store, one["name"], capfd, *(f"{k}={v}" for k, v in given.items()))
        assert len(answer.json()["rows"]) == len(rows), one["name"]


def test_a_question_needs_its_parameters(web: TestClient) -> None:
    answer = web.get("/api/v1/questions/spending_of_code")
    assert (answer.status_code, answer.json()["code"]) == (400, "E-QUERY-PARAMETER")
    missing = web.get("/api/v1/questions/none")
    assert (missing.status_code, missing.json()["code"]) == (404, "E-QUERY-NAME")


def test_a_value_cannot_become_part_of_the_query(
    store: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for value in ('x" } UNION { ?s ?p ?o } #', "\\", "\\u0022", '"@zh', "a\nb"):
        assert asked(store, "budget_tree", capfd, f"unit={value}") == []


@pytest.mark.skipif(PROGRAM is None, reason="needs virtuoso-opensource")
def test_a_server_answers_the_same(
    store: str,
    files: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KEMU_STORE_PASSWORD", "dba")
    with virtuoso(tmp_path) as server:
        assert main(["ingest", *files, "--store", server]) == 0
        for name, given in (
            ("spending_of_code", f"code={CODE}"),
            ("budget_tree", f"unit={UNIT}"),
            ("definitions_of_term", "term=机关运行经费"),
        ):
            there, here = (asked(one, name, capfd, given) for one in (server, store))
        assert in_order(there) == in_order(here), name
