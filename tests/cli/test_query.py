"""Queries: every named one is described, runs and answers rightly; wrong ones are explained."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.cli import main
from kemu.errors import InputError, NotFoundError
from kemu.graph.serialise import trig
from kemu.graph.sparql import queries, results, stores
from kemu.model.document import Document, Paragraph, Place, Text
from kemu.model.facts import (
    Amount,
    CodeMention,
    DefinedTerm,
    Equation,
    Extraction,
    Fact,
    Identity,
    Key,
    Organisation,
    Part,
)

UNIT = "青禾县社会保险服务中心"


def _fact(number: int, printed: str, label: str, **key: str) -> Fact:
    place = Place(paragraph=1, start=number * 10, end=number * 10 + len(printed))
    stated = {
        "organisation": UNIT, "consolidation": "unit", "year": "2023", "phase": "approved",
        "flow": "expenditure", "fund": "generalPublicBudget",
    }  # fmt: skip
    amount = Amount(Decimal(printed) * 10000, Decimal(50), printed, "万元", Decimal(10000))
    return Fact(f"{place.slug}/amount", Key(**(stated | key)), amount, place, printed, label)


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    total = _fact(1, "100.00", "总额")
    pensions = _fact(2, "60.00", "养老", functional="208")
    returned = _fact(7, "5.00", "退回", functional="208", flow="revenue")
    health = _fact(3, "39.99", "卫生", functional="210")
    again = replace(_fact(4, "60.01", "养老", functional="208"))
    public = _fact(5, "0.80", "三公", item="threePublic")
    hosting = _fact(6, "0.80", "接待", item="reception")
    place = Place(paragraph=1, start=90, end=95)
    raw = "说" * 120
    return Extraction(
        Document(
            "预算.txt", "ef" * 32, "txt",
            (Paragraph(Place(paragraph=1), Text(raw, raw, tuple(range(120)))),),
        ),
        Identity("2023年单位预算", UNIT, "2023", "budget", "unit"),
        (
            Organisation(UNIT, UNIT, "316002", ("青禾社保",), "青禾县人社局", None, "二级"),
            Organisation("青禾县人社局", "青禾县人社局"),
        ),
        (total, pensions, health, again, public, hosting, returned),
        equations=(
            Equation("p1/sum", "column", total.slug, (Part(pensions.slug), Part(health.slug))),
        ),
        terms=(DefinedTerm("p1/term", place, "住房公积金", "储金。", "functional", "2210201"),),
        mentions=(
            CodeMention(
                "p1/m1", Place(paragraph=1, start=96, end=99), "functional", "2023", "", "卫生健康",
                (), "210", "卫生健康支出", ("suffixMissing",), (), (), "sentence",
            ),
            CodeMention(
                "p1/m2", Place(paragraph=1, start=100, end=104), "functional", "2023", "",
                "行政运行", candidates=("2010101", "2010201"), where="sentence",
            ),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(extraction: Extraction) -> ox.Store:
    return stores.of([extraction])


def _answer(store: ox.Store, name: str, **values: str) -> list[dict[str, str]]:
    header, rows = results.rows(queries.run(store, queries.find(name), values))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_every_query_is_described_in_both_languages() -> None:
    assert len(queries.named()) >= 10
    for query in queries.named():
        assert set(query.title) == {"zh", "en"}, query.name
        assert all(query.title.values())


def test_documents(store: ox.Store) -> None:
    (row,) = _answer(store, "documents")
    assert row["title"] == "2023年单位预算"
    assert (row["organisation"], row["year"], row["amounts"]) == (UNIT, "2023", "7")


def test_amounts_of_code(store: ox.Store) -> None:
    rows = _answer(store, "amounts_of_code", code="208")
    assert [(r["flow"], r["printed"], r["yuan"]) for r in rows] == [
        ("kemu:revenue", "5.00", "50000"),
        ("kemu:expenditure", "60.00", "600000"),
        ("kemu:expenditure", "60.01", "600100"),
    ]
    assert {(r["title"], r["document"]) for r in rows} == {
        ("2023年单位预算", f"document/{'ef' * 8}")
    }
    assert _answer(store, "amounts_of_code", code="20") == []


def test_expenditure_by_class(store: ox.Store) -> None:
    rows = _answer(store, "expenditure_by_class")
    assert [(r["code"], r["name"], r["yuan"]) for r in rows] == [
        ("208", "社会保障和就业支出", "600100"),
        ("210", "卫生健康支出", "399900"),
    ]


def test_three_public(store: ox.Store) -> None:
    rows = _answer(store, "three_public")
    assert [(r["item"], r["yuan"]) for r in rows] == [
        ("kemu:reception", "8000"),
        ("kemu:threePublic", "8000"),
    ]


def test_printed_twice(store: ox.Store) -> None:
    (row,) = _answer(store, "printed_twice")
    assert (row["times"], row["least"], row["most"]) == ("2", "600000", "600100")


def test_places_of_amount(store: ox.Store) -> None:
    rows = _answer(store, "places_of_amount", yuan="8000")
    assert [(r["label"], r["paragraph"]) for r in rows] == [("三公", "1"), ("接待", "1")]


def test_names_that_differ(store: ox.Store) -> None:
    (row,) = _answer(store, "names_that_differ")
    assert (row["printed"], row["official"], row["differences"]) == (
        "卫生健康", "卫生健康支出", "少“支出”",
    )  # fmt: skip


def test_names_not_resolved(store: ox.Store) -> None:
    (row,) = _answer(store, "names_not_resolved")
    assert row["printedName"] == "行政运行"
    assert sorted(row["candidates"].split()) == ["2010101", "2010201"]


def test_definitions(store: ox.Store) -> None:
    (row,) = _answer(store, "definitions")
    assert (row["code"], row["term"], row["year"]) == ("2210201", "住房公积金", "2023")


def test_sums(store: ox.Store) -> None:
    (row,) = _answer(store, "sums")
    assert (row["basis"], row["terms"]) == ("basis/column", "2")
    assert (row["stated"], row["added"], row["gap"]) == ("1000000", "999900", "100")


def test_organisations(store: ox.Store) -> None:
    rows = _answer(store, "organisations")
    assert [(r["name"], r["code"], r["superior"]) for r in rows] == [
        ("青禾县人社局", "", ""),
        (UNIT, "316002", "青禾县人社局"),
    ]


def test_text_without_graphs_sees_all_documents(store: ox.Store) -> None:
    query = queries.find("SELECT (COUNT(?f) AS ?n) WHERE { ?f a qb:Observation }")
    assert results.rows(queries.run(store, query))[1] == [["7"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "E-QUERY-SYNTAX"),
        ("SELECT * WHERE { ?s nope:x ?o }", "E-QUERY-SYNTAX"),
        ("INSERT DATA { <a> <b> <c> }", "E-QUERY-UPDATE"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "E-QUERY-REMOTE"),
        ("select * where { service silent ?x { ?s ?p ?o } }", "E-QUERY-REMOTE"),
    ],
)
def test_bad_queries_are_explained(store: ox.Store, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        queries.run(store, queries.find(text))
    assert caught.value.code == code


def test_a_syntax_error_names_its_line(store: ox.Store) -> None:
    with pytest.raises(InputError, match="第2行") as caught:
        queries.run(store, queries.find("SELECT * WHERE {\n ?s ?p }"))
    assert "?s ?p }" in str(caught.value)


def test_words_in_strings_names_and_comments_are_harmless(store: ox.Store) -> None:
    text = """# SERVICE and INSERT
    PREFIX service: <urn:service#>
    SELECT ?service WHERE { ?x rdfs:label "SERVICE DELETE" ; service:of ?service }"""
    assert results.rows(queries.run(store, queries.find(text)))[1] == []


def test_missing_parameter_and_unknown_name(store: ox.Store) -> None:
    with pytest.raises(InputError, match="--set code="):
        queries.run(store, queries.find("amounts_of_code"))
    with pytest.raises(NotFoundError, match="documents"):
        queries.find("amount_of_kode")


def test_command_over_a_graph_file(
    extraction: Extraction, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "图谱.trig"
    graph.write_bytes(trig(extraction))
    assert main(["query", "documents", str(graph), "--format", "json"]) == 0
    found = json.loads(capfd.readouterr().out)["results"]["bindings"]
    assert found[0]["title"]["value"] == "2023年单位预算"
    assert main(["query", "ASK { ?s a kemu:Equation }", str(graph)]) == 0
    assert "是" in capfd.readouterr().out
    construct = "CONSTRUCT WHERE { ?s a kemu:DisclosureDocument }"
    assert main(["query", construct, str(graph)]) == 0
    assert "kemu:DisclosureDocument" in capfd.readouterr().out
    assert main(["query", construct, str(graph), "--format", "csv"]) == 2
    bad = tmp_path / "坏.nq"
    bad.write_text("这不是图", encoding="utf-8")
    assert main(["query", "documents", str(bad)]) == 2
    assert "E-QUERY-DATA" in capfd.readouterr().err


def test_command_over_a_store(
    extraction: Extraction, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from kemu.graph.build import quads

    kept = ox.Store(str(tmp_path / "库"))
    kept.bulk_extend(quads(extraction))
    kept.flush()
    del kept
    assert main(["query", "documents", "--store", str(tmp_path / "库"), "--format", "csv"]) == 0
    assert "2023年单位预算" in capfd.readouterr().out
    assert main(["query", "documents", "--store", str(tmp_path)]) == 2
    assert main(["query", "--list"]) == 0
    assert "--set code=…" in capfd.readouterr().out
