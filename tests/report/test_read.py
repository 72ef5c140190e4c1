"""The page that shows a document as understood: each mark in place, nothing lost, text safe."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from kemu.model.facts import Key
from kemu.model.findings import CheckResult
from kemu.report.formats.reading import page, text, values
from kemu.report.meaning import meaning
from tests.report.conftest import PROSE, TABLE


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_the_document_is_all_there(wrong: CheckResult) -> None:
    shown = _bare(page(wrong.extraction, "zh"))
    for line in PROSE:
        assert line in shown
    for row in TABLE:
        for cell in row:
            assert cell in shown
    assert "第3页为扫描件，未读取。" in shown


def test_marks_say_what_is_known(wrong: CheckResult) -> None:
    html = page(wrong.extraction, "zh")
    assert '<td class="fact" tabindex="0" data-note="2023 · 年初预算 · 支出' in html
    assert re.search(r'class="m claim"[^>]*data-note="占比 36.63%">36.63<', html)
    assert re.search(
        r'class="m code"[^>]*data-note="2080109 社会保险经办机构">社会保险经办机<', html
    )


def test_a_number_left_open_and_one_not_understood_stand_out(wrong: CheckResult) -> None:
    fact = wrong.extraction.facts[0]
    unclear = replace(fact, key=replace(fact.key, year="undetermined"))
    extraction = replace(
        wrong.extraction, facts=(unclear,), unbound=wrong.coverage.unbound, claims=()
    )
    html = page(extraction, "zh")
    assert re.search(r'class="m open"[^>]*data-note="[^"]*年度？[^"]*">1,149.80<', html)
    assert re.search(r'class="m unbound"[^>]*>12.5<', html)


def test_overlapping_marks_lose_no_text(wrong: CheckResult) -> None:
    mention = wrong.extraction.mentions[0]
    wide = replace(mention, slug="p7/wide", place=replace(mention.place, start=0, end=30))
    extraction = replace(wrong.extraction, mentions=(mention, wide, mention))
    assert PROSE[6] in _bare(page(extraction, "zh"))


def test_meaning_in_both_languages() -> None:
    key = Key("甲", "unit", "2023", "approved", "all", "expenditure", "all", "2080505")
    assert meaning(key, own="甲") == (
        "2023 · 年初预算 · 支出 · 2080505 机关事业单位基本养老保险缴费支出"
    )
    assert meaning(key, own="乙").startswith("甲 · 2023")
    assert meaning(key, "en", "甲").startswith("2023 · approved budget · expenditure · 2080505")


def test_plain_forms(wrong: CheckResult) -> None:
    document = wrong.extraction.document
    lines = text(document)
    assert "p5  2023年支出预算总额1,149.80万元。" in lines
    assert "  r3  208 │ 社会保障和就业支出 │ 1,055.76" in lines
    found = values(document)
    assert found["blocks"][-1]["rows"][2][2]["text"] == "1,055.76"
    assert found["notices"][0]["kind"] == "scan"
