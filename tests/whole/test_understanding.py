"""How much of each table and chapter was understood, from a document to its verdict."""

from __future__ import annotations

from kemu.extract import extract
from kemu.model.document import Document, Paragraph, Place, Table
from kemu.model.findings import CheckResult, CoveredPart, Status, Verdict
from kemu.read.blocks.normalise import content
from kemu.validate import check

from ..tables.conftest import draw

TABLE = [
    ["项目", "合计", "基本支出", "项目支出"],
    ["合计", "1,149.82", "729.81", "420.01"],
    ["社会保障和就业支出", "1,065.55", "645.54", "420.01"],
    ["卫生健康支出", "31.06", "31.06", ""],
    ["住房保障支出", "53.21", "53.21", ""],
]
TARGETS = [
    ["项目名称", "馆藏数字化", "", ""],
    ["资金总额（万元）", "57.40", "", ""],
    ["其中：财政拨款", "57.40", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "扫描档案", "≥40万页"],
    ["产出指标", "时效指标", "完成及时率", "≥95%"],
    ["效益指标", "满意度指标", "查档群众满意度", "≥90%"],
]
SAID = "2026年一般公共预算支出1,149.82万元，比上年增加59.28万元，增长5.44%。"


def checked(*blocks: str | list[list[str]]) -> CheckResult:
    """Return the check of a budget of these lines and tables, a page each."""
    lines = ("云溪县档案馆2026年部门预算", *blocks)
    built: list[Paragraph | Table] = []
    tables = 0
    for ordinal, block in enumerate(lines, 1):
        place = Place(page=ordinal, paragraph=ordinal)
        if isinstance(block, str):
            built.append(Paragraph(place, content(block)))
            continue
        tables += 1
        drawn = draw(block, "一般公共预算支出表", "单位：万元", number=tables)
        where = Place(page=ordinal, table=tables, paragraph=ordinal)
        built.append(Table(where, drawn.rows, drawn.width, drawn.captions))
    return check(extract(Document("t.txt", "0" * 64, "txt", tuple(built))))


def part(result: CheckResult, heading: str) -> CoveredPart:
    (found,) = [each for each in result.coverage.parts if each.heading.startswith(heading)]
    return found


def status(result: CheckResult, rule: str) -> Status:
    (found,) = [row.status for row in result.ledger if row.rule == rule]
    return found


def test_a_chapter_that_repeats_the_tables_was_not_set_aside_rightly() -> None:
    swallowed = checked(TABLE, "第一部分 主要职责", SAID)
    chapter = part(swallowed, "第一部分")
    assert (chapter.numbers, chapter.keyed, chapter.pages) == (3, 0, (4, 4))
    assert not chapter.is_understood
    assert swallowed.verdict is Verdict.PARTIAL
    for rule in ("R4.2", "R5.2", "R5.3"):
        assert status(swallowed, rule) is Status.NOT_CHECKABLE


def test_targets_of_a_chapter_on_duties_are_no_amounts() -> None:
    result = checked(TABLE, "第一部分 主要职责", "年内引进企业投资8,800万元，办结率达到98%。")
    assert [each.heading for each in result.coverage.parts] == [""]
    assert status(result, "R4.2") is Status.NOT_APPLICABLE
    assert result.verdict in (Verdict.CONFORMS, Verdict.HINTS)


def test_the_chapter_is_named_though_its_name_stands_on_the_next_line() -> None:
    lines = ("第三部分", "2026年度部门预算情况说明", "一、支出情况", SAID)
    result = checked("第二部分 2026年度部门预算表", TABLE, *lines)
    headings = [each.heading for each in result.coverage.parts if each.heading]
    assert headings == ["第三部分 2026年度部门预算情况说明"]


def test_a_form_of_targets_is_told_and_holds_up_nothing() -> None:
    result = checked(TABLE, TARGETS)
    form = next(each for each in result.coverage.parts if each.place.table == 2)
    assert (form.is_form, form.numbers, form.keyed, form.pages) == (True, 2, 0, (3, 3))
    assert result.coverage.numbers == checked(TABLE).coverage.numbers


def test_a_number_not_understood_makes_its_rules_partly_checked() -> None:
    one = "2026年一般公共预算支出1,149.82万元。"
    assert status(checked(TABLE, one), "R4.2") is Status.PASSED
    other = checked(TABLE, one, "其中凌云步道照明款12.34万元。")
    assert status(other, "R4.2") is Status.PARTLY_CHECKED
    [gap] = [each for each in other.gaps if each.place.table is None]
    assert [place.paragraph for place in gap.places] == [4]
    assert "R4.2" in gap.rules
