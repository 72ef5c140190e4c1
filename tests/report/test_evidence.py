"""The finer points of evidence: labels, units, which mention is meant, what may be replaced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Claim, Equation, Part
from kemu.model.findings import CheckResult, Evidence, Finding, Severity, root_id
from kemu.read import read
from kemu.report.evidence import Context
from kemu.report.labels import short
from kemu.report.view import Entry, view
from kemu.report.words import Words
from kemu.validate import check
from tests.report.conftest import amount, cell, span, wrong_result


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("社会保障和就业支出（类）抚恤（款）其他优抚支出（项）2023年预算数为", "其他优抚支出"),
        ("卫生健康支出(类)行政事业单位医疗(款)行政单位医疗(项)", "行政单位医疗"),
        ("其中：人员支出", "人员支出"),
        ("支出包括：社会保障和就业支出", "社会保障和就业支出"),
        ("一、一般公共预算拨款收入", "一般公共预算拨款收入"),
        ("泸县社保局2023年支出预算总额为", "泸县社保局2023年支出预算总额"),
        ("维修（护）费", "维修（护）费"),
        ("政府性基金预算", "政府性基金预算"),
        ("合    计", "合计"),
        ("2023年预算数为", "2023年预算数为"),
        ("协作资金-2025年", "协作资金-2025年"),
        ("一般公共预算执行数", "一般公共预算执行数"),
        ("全年预算数", "全年预算数"),
        ("公务接待费预算数为", "公务接待费"),
    ],
)
def test_labels_are_short_and_never_empty(label: str, expected: str) -> None:
    assert short(label) == expected


def _entry(result: CheckResult, finding: Finding) -> Entry:
    return view(replace(result, findings=(finding,)), "zh", {}).entries[0]


def _finding(result: CheckResult, name: str) -> Finding:
    return next(finding for finding in result.findings if finding.id == name)


def test_a_sum_of_one_term_is_shown_as_two_numbers(wrong: CheckResult) -> None:
    finding = _finding(wrong, "sum-208")
    blank = Evidence("term", cell(5, 5), "", None)
    one = replace(finding, evidence=(*finding.evidence[:2], blank))
    entry = _entry(wrong, one)
    assert entry.sum is None
    assert [(other.role, other.amount) for other in entry.against] == [("另一处", "493.58万元")]


def _confirmed(result: CheckResult, *values: tuple[str, str]) -> CheckResult:
    """Return a result of a document that prints right values in two more tables, by slug."""
    facts = {fact.slug: fact for fact in result.extraction.facts}
    twins = [
        replace(
            facts[slug],
            slug=f"t{number}/{slug}",
            place=replace(facts[slug].place, table=number),
            amount=amount(value),
        )
        for slug, value in values
        for number in (7, 8)
    ]
    extraction = replace(result.extraction, facts=(*result.extraction.facts, *twins))
    return replace(result, extraction=extraction)


def test_a_limit_is_not_replaced_by_what_exceeds_it(wrong: CheckResult) -> None:
    finding = _finding(wrong, "sum-208")
    slugs = [f"{evidence.place.slug}/amount" for evidence in finding.evidence]
    limit = Equation("t1/limit", "list", slugs[0], tuple(map(Part, slugs[1:])), relation="atMost")
    equal = replace(limit, relation="equal")
    for equation, expected in ((equal, "1,065.53"), (limit, "")):
        told = _confirmed(wrong, (slugs[0], "1,065.53"))
        extraction = replace(told.extraction, equations=(equation,))
        assert _entry(replace(wrong, extraction=extraction), finding).replacement == expected


def test_the_number_in_which_the_cause_lies_leads_and_is_replaced(wrong: CheckResult) -> None:
    """Two sums break; the cause is a term of the first and the total of the second."""
    fact = next(f for f in wrong.extraction.facts if f.place.slug == "t1/r5/c3")
    root = root_id(wrong.extraction.document.sha256, fact.place)
    first = replace(_finding(wrong, "sum-208"), root=root, related=())
    own = Evidence("total", fact.place, "571.95", fact.amount.value)
    parts = (
        Evidence("term", cell(5, 4), "151.94", Decimal("1519400")),
        Evidence("term", cell(5, 5), "420.01", Decimal("4200100")),
    )
    second = replace(
        first, id="row-20802", evidence=(own, *parts), stated=fact.amount.value,
        computed=Decimal("5622000"), difference=Decimal("97500"),
    )  # fmt: skip
    told = _confirmed(wrong, (fact.slug, "562.20"))
    entries = view(replace(told, findings=(first, second)), "zh", {}).entries
    assert [(e.id, [a.rule for a in e.also]) for e in entries] == [("row-20802", ["R3.1"])]
    assert entries[0].suspect is None
    assert entries[0].replacement == "562.20"
    told = _confirmed(wrong, (fact.slug, "562.18"))
    (alone,) = view(replace(told, findings=(first,)), "zh", {}).entries
    assert alone.suspect is not None
    assert alone.suspect.amount == "571.95万元"
    assert (alone.replacement, alone.replacement_title) == ("562.18", "很可能应改为")


def test_no_replacement_for_a_number_that_is_not_the_cause(wrong: CheckResult) -> None:
    finding = _finding(wrong, "sum-208")
    other = replace(finding, cause={"zh": "问题多半出在“养老”的571.95万元。"})
    assert _entry(wrong, other).replacement == ""
    same = replace(finding, cause={"zh": "1,055.76应为1,065.53。"})
    assert _entry(wrong, same).replacement == "", "nothing else confirms it"
    told = _confirmed(wrong, ("t1/r3/c3/amount", "1,065.53"))
    assert _entry(told, same).replacement == "1,065.53"


def test_an_amount_of_change_is_money_in_a_finding_about_percents(wrong: CheckResult) -> None:
    place = span(5, "420.01")
    change = Claim(
        "p5/change", "change", place, "", stated=Decimal("4200100"), printed="420.01", unit="万元"
    )
    extraction = replace(wrong.extraction, facts=(), claims=(*wrong.extraction.claims, change))
    finding = replace(
        _finding(wrong, "share-2"),
        evidence=(
            _finding(wrong, "share-2").evidence[0],
            Evidence("change", place, "420.01万元", Decimal("4200100")),
        ),
    )
    entry = _entry(replace(wrong, extraction=extraction), finding)
    assert [other.amount for other in entry.against] == ["420.01万元"]


def test_what_is_in_the_same_sentence_is_quoted_once(wrong: CheckResult) -> None:
    entry = _entry(wrong, _finding(wrong, "share-2"))
    part, whole = entry.against
    assert (part.where, part.quote.whole) == ("同一句", "")
    assert whole.where == "第1页 二、第1句"
    assert whole.quote.mark == "1,149.80"


def test_one_of_several_mentions_in_a_paragraph_is_told_by_its_words(wrong: CheckResult) -> None:
    mention = wrong.extraction.mentions[0]
    whole = replace(mention.place, start=None, end=None)
    other = replace(
        mention, slug="p7/other", printed_name="人力资源和社会保障管理事务", place=whole
    )
    both = (replace(mention, place=whole), other)
    result = replace(wrong, extraction=replace(wrong.extraction, mentions=both))
    evidence = Evidence("printed", whole, "社会保险经办机")
    finding = replace(_finding(wrong, "name-7"), evidence=(evidence,))
    entry = _entry(result, finding)
    assert "（款）社会保险经办机构（项）" in entry.replacement
    assert entry.subject is not None
    assert entry.subject.quote.mark == "社会保险经办机"
    twice = replace(result, extraction=replace(wrong.extraction, mentions=(both[0], both[0])))
    assert _entry(twice, finding).replacement == ""


def test_a_hint_about_wording_may_be_replaced(wrong: CheckResult) -> None:
    finding = replace(_finding(wrong, "name-7"), severity=Severity.HINT)
    assert _entry(wrong, finding).replacement


def test_reasons_without_words_are_still_said() -> None:
    context = Context(wrong_result().extraction, Words("zh"))
    assert context.known("reason", "policy") == "目标、标准等，不是预算金额"
    assert context.known("reason", "somethingNew") == "没有弄清含义"
    assert context.known("notice", "somethingNew") == "注意"


def test_the_level_of_a_path_that_differs_is_marked_and_put_right(tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_text(
        "临江市档案馆\n2024年度单位决算情况说明\n三、支出决算具体情况\n"
        "1.社会保障和就业（类）行政事业单位离退休（款）事业单位离退休（项）支出决算为20.50万元。\n",
        encoding="utf-8",
    )
    result = check(extract(read(path)))
    former = next(finding for finding in result.findings if finding.rule == "R2.3")
    entry = _entry(result, former)
    assert entry.subject is not None
    assert entry.subject.quote.mark == "行政事业单位离退休"
    assert entry.replacement.startswith(
        "1.社会保障和就业（类）行政事业单位养老支出（款）事业单位离退休（项）"
    )
    assert "（科目 20805）" in former.messages["zh"]
