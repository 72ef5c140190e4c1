"""What a report says: one cause one entry, weightiest first, exact numbers in printed units."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kemu.model.document import Document, Paragraph, Place, Text
from kemu.model.findings import CheckResult, Severity
from kemu.report.corrections.roots import causes
from kemu.report.money import Unit, grouped, in_unit, in_yuan, like_printed
from kemu.report.places import Locator
from kemu.report.shares import percent
from kemu.report.view import Entry, View, view
from kemu.report.words import Words

WAN = Unit("万元", Decimal(10000), 2)


@pytest.fixture
def report(wrong: CheckResult) -> View:
    return view(wrong, "zh", {"R3.1": "下级科目相加"})


def _entry(report: View, rule: str) -> Entry:
    return next(entry for entry in report.entries if entry.rule == rule)


def test_one_cause_is_one_entry(report: View) -> None:
    assert [(e.rule, e.group) for e in report.entries] == [
        ("R5.1", "must"),
        ("R3.1", "must"),
        ("R2.7", "should"),
        ("R3.3", "rounding"),
    ]
    assert [also.rule for also in _entry(report, "R3.1").also] == ["R3.2"]
    assert report.counts == {"must": 2, "should": 1, "rounding": 1, "unchecked": 5}


def test_related_findings_join_without_a_root(wrong: CheckResult) -> None:
    loose = tuple(replace(f, root="") for f in wrong.findings)
    assert len(causes(loose, lambda place: (place.row or 0,), lambda finding: False)) == 4
    other = tuple(
        replace(f, related=(), computed=Decimal("1.00")) if f.id == "sum-208" else f for f in loose
    )
    apart = tuple(replace(f, related=()) for f in other)
    assert len(causes(apart, lambda place: (place.row or 0,), lambda finding: False)) == 5


def test_findings_of_the_same_two_numbers_join_unless_their_roots_differ(
    wrong: CheckResult,
) -> None:
    def groups(*roots: str) -> int:
        first = next(f for f in wrong.findings if f.id == "sum-208")
        found = [replace(first, id=f"f{i}", root=root) for i, root in enumerate(roots)]
        bare = tuple(replace(f, related=()) for f in found)
        return len(causes(bare, lambda place: (place.row or 0,), lambda finding: False))

    assert groups("", "", "") == 1
    assert groups("one", "one", "other") == 2


def test_the_weightiest_of_a_cause_leads(wrong: CheckResult) -> None:
    milder = tuple(
        replace(f, severity=Severity.HINT) if f.id == "sum-208" else f for f in wrong.findings
    )
    found = {
        c.lead.id: c for c in causes(milder, lambda place: (place.row or 0,), lambda finding: False)
    }
    assert [other.id for other in found["row-208"].others] == ["sum-208"]


def test_a_sum_is_opened_into_its_terms(report: View) -> None:
    total = _entry(report, "R3.1").sum
    assert total is not None
    assert [(t.label, t.amount, t.running) for t in total.lines] == [
        ("社会保险经办机构", "493.58", "493.58"),
        ("其他养老支出", "571.95", "1,065.53"),
    ]
    assert (total.computed, total.stated, total.difference) == ("1,065.53", "1,055.76", "-9.77")
    assert total.unit == "万元"


def test_numbers_are_shown_in_the_printed_unit_and_in_yuan(report: View) -> None:
    entry = _entry(report, "R3.1")
    assert entry.subject is not None
    assert (entry.subject.amount, entry.subject.yuan) == ("1,055.76万元", "10,557,600元")
    assert (entry.difference, entry.difference_yuan) == ("-9.77万元", "-97,700元")
    assert entry.bound == "0.015万元"


def test_a_share_shows_both_amounts_and_its_replacement(report: View) -> None:
    entry = _entry(report, "R5.1")
    assert [other.amount for other in entry.against] == ["420.01万元", "1,149.80万元"]
    assert entry.difference == "+0.101 个百分点"
    assert entry.replacement == "其中：基本支出729.79万元，占63.47%；项目支出420.01万元，占36.53%。"


def test_a_name_is_replaced_within_its_sentence(report: View) -> None:
    entry = _entry(report, "R2.7")
    assert "（款）社会保险经办机构（项）2023年" in entry.replacement
    assert entry.subject is not None
    assert entry.subject.quote.mark == "社会保险经办机"


def test_rounding_gets_no_replacement_and_names_the_other_place(report: View) -> None:
    entry = _entry(report, "R3.3")
    assert entry.replacement == ""
    assert [(p.where, p.same) for p in entry.elsewhere] == [("第1页 二、第1句", True)]


def test_places_read_like_directions(report: View) -> None:
    entry = _entry(report, "R3.1")
    assert entry.subject is not None
    assert entry.subject.where == "第2页 表1《支出总表》 第3行“社会保障和就业支出” “合计”列"
    share = _entry(report, "R5.1")
    assert share.subject is not None
    assert share.subject.where == "第1页 二、第2句"
    assert report.strays[1].where == "第1页 二、（一）1.第2句"


def test_english_places(wrong: CheckResult) -> None:
    entry = _entry(view(wrong, "en", {}), "R3.1")
    assert entry.subject is not None
    assert entry.subject.where.startswith("page 2, table 1 “支出总表”, row 3")
    assert entry.message.startswith("The class prints 1,055.76")


def test_sections_are_counted_through_paragraphs() -> None:
    lines = (
        "一、概况",
        "甲。乙。",
        "丙。",
        "（一）分项",
        "丁。",
        "戊。",
        "己。庚。",
        "二、其他",
        "辛。",
    )
    paragraphs = tuple(
        Paragraph(Place(paragraph=n), Text(raw, raw, tuple(range(len(raw)))))
        for n, raw in enumerate(lines, start=1)
    )
    locator = Locator(Document("x", "0" * 64, "txt", paragraphs), Words("zh"))

    def where(paragraph: int, start: int = 0) -> str:
        return locator.words(Place(paragraph=paragraph, start=start, end=start + 1))

    assert where(1) == "一、标题"
    assert where(2, 2) == "一、第2句"
    assert where(3) == "一、第3句"
    assert where(5) == "一、（一）第1句"
    assert where(7, 2) == "一、（一）第3段第2句"
    assert where(9) == "二、第1句"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("1055.76", 0, "1,055.76"), ("1234567", 2, "1,234,567.00"), ("0", 2, "0.00"),
     ("-0.5", 0, "-0.5"), ("1E+3", 0, "1,000"), ("99999999999999.99", 0, "99,999,999,999,999.99")],
)  # fmt: skip
def test_numbers_keep_every_digit(value: str, decimals: int, expected: str) -> None:
    assert grouped(Decimal(value), decimals) == expected


def test_units() -> None:
    assert in_unit(Decimal("10557600"), WAN) == "1,055.76万元"
    assert in_unit(Decimal("10557601"), WAN) == "1,055.7601万元"
    assert in_yuan(Decimal("10557600"), WAN) == "10,557,600元"
    assert in_yuan(Decimal("3"), Unit("辆")) == ""
    assert like_printed(Decimal("10655300"), "1,055.76", Decimal(10000)) == "1,065.53"
    assert like_printed(Decimal("10655300"), "1055.7", Decimal(10000)) == "1065.53"


def test_shares_never_round_up_to_all_or_down_to_none() -> None:
    assert percent(1999, 2000) == "99.9%"
    assert percent(1, 100000) == "0.1%"
    assert percent(7, 7) == "100%"
    assert percent(0, 7) == "0%"
    assert percent(0, 0) == ""
