"""Codes found by any word: what people say, Pinyin, English, and in the right order."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kemu.classification import load
from kemu.classification.lookup.query import lookup
from kemu.classification.lookup.spoken import in_english, initials, spelt
from kemu.classification.tables.notation import domain
from kemu.classification.tables.rows import rows, split
from kemu.errors import InputError

QUERIES = Path(__file__).resolve().parents[2].parent / "shared" / "codes" / "queries.csv"


def first(query: str, year: int | None = None, **wanted: object) -> str:
    found = lookup(load(), query, year, **wanted)  # type: ignore[arg-type]
    return found.answers[0].entry.concept.notation if found.answers else ""


@pytest.mark.parametrize(
    ("query", "code"),
    [
        # Spoken.
        ("公积金", "2210201"),
        ("车补", "30239"),
        ("低保", "20819"),
        ("工商局", "20138"),
        # Pinyin in full, with and without blanks, and by initials; zgsbjf is 职工社保缴费.
        ("zhufanggongjijin", "2210201"),
        ("jiben gongzi", "30101"),
        ("chailvfei", "30211"),
        ("zgsbjf", "30112"),
        ("gwjdf", "30217"),
        # English.
        ("education", "205"),
        ("travel expenses", "30211"),
        ("housing fund", "2210201"),
        # The name itself before one with 支出, both before one that only contains it.
        ("机关事业单位基本养老保险缴费", "30108"),
        ("机关事业单位基本养老保险缴费支出", "2080505"),
        # A former name before a part of a present one.
        ("环境保护", "211"),
        ("扶贫", "21305"),
        # A name that documents print before one that none does.
        ("公共安全", "204"),
        ("软件", "31007"),
        # A short word for a part of a path.
        ("人社 信息化", "2080108"),
    ],
)
def test_a_word_finds_its_code(query: str, code: str) -> None:
    assert first(query) == code


def test_the_queries_that_people_type() -> None:
    if not QUERIES.is_file():
        pytest.skip("the collected queries are not beside this checkout")
    with QUERIES.open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    wrong = []
    for row in asked:
        found = lookup(load(), row["query"], int(row["year"]) if row["year"] else None)
        best = found.answers[0].entry if found.answers else None
        right = best is not None and best.concept.notation in row["expected"].split(";")
        if right and best is not None and row["year"] and row["expected_name"]:
            right = best.name.removesuffix("支出") == row["expected_name"].removesuffix("支出")
        if not right:
            wrong.append(row["query"])
    assert len(asked) == 107
    assert len(asked) - len(wrong) >= 102, wrong


def test_every_alias_leads_to_its_codes_and_several_are_a_list() -> None:
    for row in rows("aliases.csv"):
        found = lookup(load(), row["alias"], limit=60)
        codes = [answer.entry.concept.notation for answer in found.answers]
        wanted = split(row["codes"])
        assert set(wanted) <= set(codes), row["alias"]
        assert all(load().get(domain(code)[0], code) for code in wanted), row["alias"]
        assert bool(found.message) == (len(wanted) > 1), row["alias"]


def test_every_label_is_of_a_code_and_finds_it() -> None:
    for row in rows("labels_en.csv"):
        assert load().versions(row["scheme"], row["code"]), row
        found = lookup(load(), row["label"].replace("(", "").replace(")", "").replace(",", ""))
        if all(c.isalpha() or c in " '" for c in found.query):
            assert row["code"] in {a.entry.concept.notation for a in found.answers}, row


def test_every_class_has_an_english_label() -> None:
    labelled = {(row["scheme"], row["code"]) for row in rows("labels_en.csv")}
    for scheme in ("functional", "deptEconomic", "govEconomic", "revenue"):
        for concept in load().concepts(scheme):
            if concept.current and len(concept.notation) == 3:
                assert (scheme, concept.notation) in labelled


def test_filters_by_parent_level_and_classification() -> None:
    assert first("行政运行", under="20801") == "2080101"
    assert first("住房公积金", schemes=("govEconomic",)) == "50103"
    levels = {a.entry.concept.level for a in lookup(load(), "教育", levels=("款",)).answers}
    assert levels == {"款"}
    nothing = lookup(load(), "行政运行", under="30101")
    assert (nothing.total, nothing.exact) == (0, False)
    assert "所选的上级" in nothing.message
    with pytest.raises(InputError):
        lookup(load(), "行政运行", under="甲")


@pytest.mark.parametrize(
    ("name", "letters", "way"),
    [
        ("银行", "yinhang", (True, True)),
        ("行政运行", "yunxing", (False, False)),
        ("行政运行", "xingz", (False, True)),
        ("行政运行", "ingzheng", None),
    ],
)
def test_pinyin_begins_with_a_syllable(
    name: str, letters: str, way: tuple[bool, bool] | None
) -> None:
    assert spelt(name, letters) == way


def test_initials_come_in_every_reading() -> None:
    assert {"xzyx", "hzyh"} <= set(initials("行政运行"))


def test_english_words_begin_words_of_the_label() -> None:
    assert in_english("Travel expenses", "travel expense") == 1
    assert in_english("Public hospitals", "hospital") == 0.6
    assert in_english("Public hospitals", "pital") == 0
