"""Definitions: collected with their sources, and the table that comes with Kemu is up to date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kemu.assets import asset
from kemu.classification import load
from kemu.classification.lookup.query import lookup
from kemu.extract import extract
from kemu.model.facts import DefinedTerm
from kemu.model.findings import CheckResult
from kemu.read import read
from kemu.report.codes.definitions import Origin, collected, definitions, of_items, table
from kemu.report.codes.text import lookup as lookup_text
from kemu.report.words import Words
from tests.report.conftest import span

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"


def test_a_definition_names_its_source(wrong: CheckResult) -> None:
    terms = (
        DefinedTerm(
            "a", span(7, "社会保险"), "经办机构", "经办社保的支出。", "functional", "2080109"
        ),
        DefinedTerm("b", span(7, "社会保险"), "基本支出", "保障运转的支出。"),
    )  # fmt: skip
    (found,) = collected([replace(wrong.extraction, terms=terms)])
    assert (found.code, found.definition) == ("2080109", "经办社保的支出。")
    assert (found.document, found.place) == ("青禾社保.pdf", "第1页 二、（一）1.第1句")
    assert (found.organisation, found.year) == ("青禾县社会保险服务中心", "2023")


def test_the_table_is_what_the_samples_print() -> None:
    extractions = [extract(read(path)) for path in sorted(SAMPLES.glob("*.txt"))]
    kept = asset("data", "definitions.csv").read_text(encoding="utf-8")
    assert kept == table(collected(extractions)), "run `make docs` and read the difference"


def test_definitions_are_found_by_code_and_by_item() -> None:
    by_code = definitions("functional", "2080505")
    assert by_code
    # What comes with Kemu is in words of its own: it names no document that anyone could look up.
    assert all(one.origin is Origin.PROJECT for one in by_code)
    assert not any(one.document or one.organisation or one.year for one in by_code)
    terms = {one.term for one in of_items("三公")}
    assert terms == {"“三公”经费"}
    assert of_items("三公") == of_items("“三公”经费")
    assert of_items(" ") == ()


def test_a_wording_is_shown_once_with_whose_words_it_is() -> None:
    shown = lookup_text(lookup(load(), "2080505"), Words("zh"), 100)
    wordings = {one.definition for one in definitions("functional", "2080505")}
    for wording in wordings:
        assert shown.count(f"    {wording}\n") == 1
    assert shown.count("—— 本项目的说明") == len(wordings)
    none = lookup_text(lookup(load(), "2210302"), Words("zh"), 100)
    assert "没有记录" in none
