"""A small budget of an invented unit with known slips, built by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kemu.model.document import Cell, Document, Notice, Paragraph, Place, Table, Text
from kemu.model.facts import (
    Amount,
    Claim,
    CodeMention,
    Extraction,
    Fact,
    Identity,
    Key,
    Organisation,
    Unbound,
)
from kemu.model.findings import (
    CheckResult,
    Coverage,
    CoveredPart,
    Evidence,
    Finding,
    Gap,
    LedgerRow,
    Severity,
    Status,
    Verdict,
)

WAN = Decimal(10000)
PROSE = (
    "青禾县社会保险服务中心2023年单位预算",
    "一、基本情况",
    "青禾县社会保险服务中心是二级预算单位。年内争取办结率达到98%以上。",
    "二、支出预算情况",
    "2023年支出预算总额1,149.80万元。其中：基本支出729.79万元，占63.47%；项目支出420.01万元，占36.63%。",
    "（一）项目安排",
    "1.社会保障和就业支出（类）人力资源和社会保障管理事务（款）社会保险经办机（项）2023年预算数为493.58万元。",
    "本年度安排宣传费12.5万元。",
)
TABLE = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合    计", "1,149.80", "729.79", "420.01"),
    ("208", "社会保障和就业支出", "1,055.76", "645.52", "420.01"),
    ("20801", "社会保险经办机构", "493.58", "493.58", ""),
    ("20802", "其他养老支出", "571.95", "151.94", "420.01"),
    ("210", "卫生健康支出", "31.06", "31.06", ""),
    ("221", "住房保障支出", "53.21", "53.21", ""),
)


TABLE_PART = CoveredPart(Place(page=2, table=1), "", (2, 2), 15, 15, 14)
PROSE_PART = CoveredPart(Place(paragraph=4), "二、支出预算情况", (1, 1), 8, 6, 5)
SUM_BLANK = {"zh": "合计的格子是空的", "en": "the cell of the total is blank"}
NO_BASE = {"zh": "涉及的数字没有印出", "en": "an amount involved is not printed"}


def text(raw: str) -> Text:
    return Text(raw, raw, tuple(range(len(raw))))


def amount(printed: str, unit: str = "万元", factor: Decimal = WAN) -> Amount:
    number = Decimal(printed.replace(",", ""))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2
    return Amount(number * factor, step * factor, printed, unit, factor)


def span(paragraph: int, words: str, nth: int = 0) -> Place:
    """The nth place in a paragraph where `words` are printed."""
    start = -1
    for _ in range(nth + 1):
        start = PROSE[paragraph - 1].index(words, start + 1)
    return Place(page=1, paragraph=paragraph, start=start, end=start + len(words))


def cell(row: int, column: int) -> Place:
    return Place(page=2, table=1, row=row, column=column)


def _document() -> Document:
    prose = tuple(
        Paragraph(Place(page=1, paragraph=n), text(raw)) for n, raw in enumerate(PROSE, start=1)
    )
    rows = tuple(
        tuple(Cell(cell(r, c), text(raw)) for c, raw in enumerate(row, start=1))
        for r, row in enumerate(TABLE, start=1)
    )
    captions = tuple(
        Paragraph(Place(page=2, paragraph=9), text(raw)) for raw in ("支出总表", "单位：万元")
    )
    table = Table(Place(page=2, table=1, paragraph=9), rows, 5, captions)
    scan = Notice("scan", "第3页为扫描件，未读取。", Place(page=3))
    return Document("青禾社保.pdf", "ab" * 32, "pdf", (*prose, table), (scan,), pages=3)


def fact(place: Place, printed: str, label: str, column: str = "", **key: str) -> Fact:
    stated = {
        "organisation": "青禾县社会保险服务中心", "consolidation": "unit", "year": "2023",
        "phase": "approved", "flow": "expenditure", "fund": "all",
    }  # fmt: skip
    return Fact(
        f"{place.slug}/amount",
        Key(**(stated | key)),
        amount(printed),
        place,
        printed,
        label,
        column,
    )


def _facts() -> tuple[Fact, ...]:
    natures = {"合计": "all", "基本支出": "basic", "项目支出": "project"}
    facts = [
        fact(
            cell(r, c), row[c - 1], row[1].replace(" ", ""), TABLE[0][c - 1],
            functional=row[0] or "all", nature=natures[TABLE[0][c - 1]],
        )
        for r, row in enumerate(TABLE[1:], start=2)
        for c in (3, 4, 5)
        if row[c - 1]
    ]  # fmt: skip
    return (
        fact(span(5, "1,149.80"), "1,149.80", "支出预算总额"),
        fact(span(5, "729.79"), "729.79", "基本支出", nature="basic"),
        fact(span(5, "420.01"), "420.01", "项目支出", nature="project"),
        fact(span(7, "493.58"), "493.58", "社会保险经办机构", functional="20801"),
        *facts,
    )


def extraction() -> Extraction:
    place = span(5, "36.63")
    share = Claim(
        "p5/share-2", "share", place, "项目支出420.01万元，占36.63%",
        {"part": f"{span(5, '420.01').slug}/amount", "whole": f"{span(5, '1,149.80').slug}/amount"},
        Decimal("36.63"), Decimal("0.005"), "36.63", unit="%",
    )  # fmt: skip
    name = span(7, "社会保险经办机")
    mention = CodeMention(
        "p7/code", name, "functional", "2023", "", "社会保险经办机", (), "2080109",
        "社会保险经办机构", ("typo",),
    )  # fmt: skip
    return Extraction(
        _document(),
        Identity(PROSE[0], "青禾县社会保险服务中心", "2023", "budget", "unit"),
        (Organisation("青禾县社会保险服务中心", "青禾县社会保险服务中心"),),
        _facts(),
        claims=(share,),
        mentions=(mention,),
    )


def _wan(printed: str) -> Decimal:
    return amount(printed).value


def _sum_finding() -> Finding:
    terms = (("493.58", 4, "社会保险经办机构"), ("571.95", 5, "其他养老支出"))
    return Finding(
        "sum-208", "R3.1", Severity.VIOLATION,
        {"zh": "社会保障和就业支出写的是1,055.76万元，下级科目相加是1,065.53万元。",
         "en": "The class prints 1,055.76, its items add up to 1,065.53: 9.77 apart."},
        (
            Evidence("total", cell(3, 3), "1,055.76", _wan("1,055.76"), label="社会保障和就业支出"),
            *(Evidence("term", cell(r, 3), p, _wan(p), label=name) for p, r, name in terms),
        ),
        _wan("1,055.76"), _wan("1,065.53"), _wan("-9.77"), Decimal(150), "元",
        {"zh": "可能把数字抄颠倒了（1,065.53与1,055.76）。", "en": "Digits were probably swapped."},
        "cause-1", ("row-208",),
    )  # fmt: skip


def _row_finding() -> Finding:
    return Finding(
        "row-208", "R3.2", Severity.VIOLATION,
        {"zh": "合计1,055.76万元不等于基本支出加项目支出1,065.53万元。",
         "en": "1,055.76 is not basic plus project, 1,065.53."},
        (
            Evidence("total", cell(3, 3), "1,055.76", _wan("1,055.76")),
            Evidence("term", cell(3, 4), "645.52", _wan("645.52"), label="基本支出"),
            Evidence("term", cell(3, 5), "420.01", _wan("420.01"), label="项目支出"),
        ),
        _wan("1,055.76"), _wan("1,065.53"), _wan("-9.77"), Decimal(150), "元",
        root="cause-1", related=("sum-208",),
    )  # fmt: skip


def _share_finding() -> Finding:
    return Finding(
        "share-2", "R5.1", Severity.VIOLATION,
        {"zh": "项目支出占比写的是36.63%，按金额计算是36.53%。",
         "en": "The share is stated as 36.63 %, the amounts give 36.53 %."},
        (
            Evidence("stated", span(5, "36.63"), "36.63%", Decimal("36.63")),
            Evidence("part", span(5, "420.01"), "420.01", _wan("420.01"), label="项目支出"),
            Evidence("whole", span(5, "1,149.80"), "1,149.80", _wan("1,149.80"), label="总额"),
        ),
        Decimal("36.63"), Decimal("36.5289615"), Decimal("0.1010385"), Decimal("0.005"), "%",
    )  # fmt: skip


def _name_finding() -> Finding:
    return Finding(
        "name-7", "R2.7", Severity.WARNING,
        {"zh": "“社会保险经办机”应为“社会保险经办机构”（2080109）。",
         "en": "“社会保险经办机” should be “社会保险经办机构” (2080109)."},
        (Evidence("printed", span(7, "社会保险经办机"), "社会保险经办机"),),
    )  # fmt: skip


def _rounding_finding() -> Finding:
    return Finding(
        "round-1", "R3.3", Severity.HINT,
        {"zh": "三类相加1,149.80万元。", "en": "The three classes add to 1,149.80."},
        (
            Evidence("total", cell(2, 3), "1,149.80", _wan("1,149.80")),
            Evidence("term", cell(3, 3), "1,065.53", _wan("1,065.53")),
            Evidence("term", cell(6, 3), "31.06", _wan("31.06")),
            Evidence("term", cell(7, 3), "53.20", _wan("53.20")),
        ),
        _wan("1,149.80"), _wan("1,149.79"), _wan("0.01"), Decimal(200), "元",
    )  # fmt: skip


def _ledger() -> tuple[LedgerRow, ...]:
    none = {"zh": "", "en": ""}
    return (
        LedgerRow("R2.7", Status.WARNING, none, 6, 0, warnings=1),
        LedgerRow("R3.1", Status.VIOLATED, none, 3, 0, violations=1),
        LedgerRow("R3.2", Status.VIOLATED, none, 6, 1, violations=1),
        LedgerRow("R3.3", Status.HINT, none, 3, 0, hints=1),
        LedgerRow("R3.6", Status.NOT_APPLICABLE, {"zh": "没有三公表。", "en": "No table."}, 0, 0),
        LedgerRow("R3.11", Status.NOT_CHECKABLE, {"zh": "没有基本支出。", "en": "No total."}, 1, 1),
        LedgerRow("R5.1", Status.VIOLATED, none, 2, 0, violations=1),
    )  # fmt: skip


def wrong_result() -> CheckResult:
    """One wrong cell (two findings), a wrong share, a misspelt name, a rounding gap."""
    stray = Unbound(span(8, "12.5"), "12.5", "本年度安排宣传费12.5万元", "noMeaning")
    target = Unbound(span(3, "98"), "98", "办结率达到98%以上", "policy")
    return CheckResult(
        extraction(),
        Verdict.VIOLATIONS,
        (_rounding_finding(), _name_finding(), _row_finding(), _share_finding(), _sum_finding()),
        _ledger(),
        Coverage(25, 23, 20, (target, stray), (TABLE_PART, PROSE_PART)),
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n",
        (
            Gap(TABLE_PART.place, "", (2, 2), SUM_BLANK, ("R3.2",), (cell(4, 5),)),
            Gap(
                Place(paragraph=4),
                "二、支出预算情况",
                (1, 1),
                NO_BASE,
                ("R3.11",),
                (span(5, "基本支出"),),
            ),
        ),
    )


@pytest.fixture
def wrong() -> CheckResult:
    return wrong_result()


@pytest.fixture
def clean() -> CheckResult:
    result = wrong_result()
    ledger = tuple(row for row in result.ledger if row.status is Status.NOT_APPLICABLE)
    return replace(result, verdict=Verdict.CONFORMS, findings=(), ledger=ledger)


@pytest.fixture
def unread() -> CheckResult:
    """A document from which no amount was read."""
    empty = Document("空白.txt", "cd" * 32, "txt", ())
    ledger = (
        LedgerRow("R3.1", Status.NOT_APPLICABLE, {"zh": "没有合计。", "en": "No sum."}, 0, 0),
    )
    return CheckResult(
        Extraction(empty, Identity()), Verdict.NOT_CHECKED, (), ledger, Coverage(0, 0, 0)
    )
