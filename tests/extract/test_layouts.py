"""Prose in layouts nobody built for: read from document to finding, and its twin with an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Extraction
from kemu.read.text import plain
from kemu.validate.check import check
from tests.extract.asking import Make, claims, fact, operand
from tests.extract.conftest import ACCOUNT, TITLE


def found(extraction: Extraction) -> list[tuple[str, str]]:
    """Return rule and severity of what a document is told, hints apart."""
    told = ((f.rule, f.severity.value) for f in check(extraction).findings)
    return sorted(each for each in told if each[1] != "hint")


def read(lines: str, title: str = TITLE) -> Extraction:
    return extract(plain.read(Path("样例.txt"), (title + lines).encode()))


def functional(extraction: Extraction) -> list[str]:
    return [f.key.functional for f in extraction.facts if f.key.functional != "all"]


# Paths -----------------------------------------------------------------------------------------

QUOTED = (
    "一、一般公共预算财政拨款支出决算情况说明\n"
    "2024年度一般公共预算财政拨款支出决算为{total}万元。其中：\n"
    "1.“教育支出”（类）“普通教育”（款）“小学教育”（项）支出决算为61.20万元。\n"
    "2.“卫生健康支出”（类）“行政事业单位医疗”（款）“事业单位医疗”（项）支出决算为38.80万元。\n"
)


@pytest.mark.parametrize(("total", "rules"), [("100.00", []), ("109.00", [("R3.3", "violation")])])
def test_names_of_a_path_in_quotes(total: str, rules: list[tuple[str, str]]) -> None:
    extraction = read(QUOTED.format(total=total), ACCOUNT)
    assert functional(extraction) == ["2050202", "2101102"]
    assert found(extraction) == rules


PARTS_OF_CODES = (
    "二、财政拨款支出预算情况\n2025年财政拨款支出预算{total}万元。其中：\n"
    "205教育支出—02普通教育—02小学教育61.20万元，占财政拨款支出的61.20%。\n"
    "210卫生健康支出—11行政事业单位医疗—02事业单位医疗38.80万元，占财政拨款支出的38.80%。\n"
)


@pytest.mark.parametrize(("total", "told"), [("100.00", False), ("109.00", True)])
def test_a_path_whose_names_bear_parts_of_the_code(total: str, told: bool) -> None:
    extraction = read(PARTS_OF_CODES.format(total=total))
    assert functional(extraction) == ["2050202", "2101102"]
    assert ("R3.3", "violation") in found(extraction) if told else found(extraction) == []


def test_a_year_behind_a_coded_name_is_no_code(budget: Make) -> None:
    extraction = budget(
        "三、一般公共预算支出情况\n2025年一般公共预算支出100.00万元。具体安排如下：\n"
        "2050202小学教育2025年预算61.20万元，比2024年减少1.25万元。\n"
        "2101102事业单位医疗2025年预算38.80万元，比2024年减少1.12万元。\n"
    )
    assert functional(extraction) == ["2050202", "2101102"]
    assert operand(extraction, claims(extraction, "change")[0], "current") == "61.20"


LEVELS = (
    "（二）一般公共预算财政拨款支出决算具体情况\n"
    "2024年度一般公共预算财政拨款支出决算为100.00万元。\n"
    "1.一般公共服务支出（类）支出70.00万元。\n"
    "（1）档案事务（款）支出{section}万元。\n"
    "①行政运行（项）支出决算为45.00万元。\n"
    "②档案馆（项）支出决算为25.00万元。\n"
    "2.社会保障和就业支出（类）支出30.00万元。\n"
    "（1）行政事业单位养老支出（款）支出30.00万元。\n"
    "①行政单位离退休（项）支出决算为30.00万元。\n"
)


@pytest.mark.parametrize(("section", "told"), [("70.00", False), ("78.00", True)])
def test_items_under_the_class_and_section_named_above_them(section: str, told: bool) -> None:
    """行政运行 is an item of a hundred sections: the line above says of which."""
    extraction = read(LEVELS.format(section=section), ACCOUNT)
    assert functional(extraction) == [
        "201", "20126", "2012601", "2012604", "208", "20805", "2080501",
    ]  # fmt: skip
    assert bool([each for each in found(extraction) if each[0] in ("R3.1", "R3.8")]) == told


def test_a_section_of_another_class_ends_the_one_above(account: Make) -> None:
    extraction = account(
        "（二）一般公共预算财政拨款支出决算具体情况\n"
        "1.行政事业单位养老支出（款）行政单位离退休（项）。支出决算为30.00万元。\n"
        "2.行政事业单位医疗（款）行政单位医疗（项）。支出决算为20.00万元。\n"
    )
    assert functional(extraction) == ["2080501", "2101101"]
    assert found(extraction) == []


NAMES = (
    "（二）一般公共预算支出情况\n2025年一般公共预算支出100.00万元。按支出功能分类：\n"
    "（1）文化旅游体育与传媒支出60.00万元，占60.00%。其中：文化和旅游{first}万元，文物18.50万元。\n"
    "（2）社会保障和就业支出40.00万元，占40.00%。其中：行政事业单位养老支出35.30万元，"
    "其他社会保障和就业支出4.70万元。\n"
)


@pytest.mark.parametrize(("first", "told"), [("41.50", False), ("48.50", True)])
def test_sections_named_without_mark_below_their_class(first: str, told: bool) -> None:
    """其他社会保障和就业支出 below 社会保障和就业支出 is its section, no class with a slip."""
    extraction = read(NAMES.format(first=first))
    assert functional(extraction) == ["207", "20701", "20702", "208", "20805", "20899"]
    assert bool(found(extraction)) == told


# What a number is about ------------------------------------------------------------------------

BASIC = (
    "（二）支出决算情况\n2024年度支出决算为297.00万元。\n"
    "（六）一般公共预算财政拨款基本支出决算情况\n"
    "2024年度一般公共预算财政拨款基本支出153.00万元。人员经费136.17万元，占{share}%；"
    "公用经费16.83万元，占11.00%。\n"
)


@pytest.mark.parametrize(("share", "told"), [("89.00", False), ("98.00", True)])
def test_personnel_is_a_share_of_basic_spending(share: str, told: bool) -> None:
    extraction = read(BASIC.format(share=share), ACCOUNT)
    assert operand(extraction, claims(extraction, "share")[0], "whole") == "153.00"
    assert (("R5.1", "violation") in found(extraction)) == told


THREE_PUBLIC = (
    "（七）“三公”经费支出决算情况\n"
    "2024年度“三公”经费财政拨款支出年初预算为13.89万元，支出决算为12.94万元，"
    "完成年初预算的93.16%。其中：因公出国（境）费支出0万元。\n"
    "与2023年度相比，“三公”经费支出增加0.16万元，增长{rate}%。\n"
)


@pytest.mark.parametrize(("rate", "told"), [("1.25", False), ("2.15", True)])
def test_a_change_goes_on_about_the_account_not_the_budget(rate: str, told: bool) -> None:
    extraction = read(THREE_PUBLIC.format(rate=rate), ACCOUNT)
    assert operand(extraction, claims(extraction, "change")[0], "current") == "12.94"
    assert (("R5.3", "violation") in found(extraction)) == told


def test_a_change_of_what_nobody_understood_is_not_that_of_the_paragraph_before(
    budget: Make,
) -> None:
    extraction = budget(
        "十、其他重要事项情况说明\n"
        "（一）“三公”经费。2025年“三公”经费预算9.39万元，比2024年减少0.27万元，下降2.80%。\n"
        "雪域莲花工程55.30万元，比2024年预算减少1.48万元，下降2.61%。\n"
    )
    assert len(claims(extraction, "change")) == 1
    assert ("R5.3", "violation") not in found(extraction)


def test_people_beside_posts_are_no_posts(budget: Make) -> None:
    extraction = budget("（二）机构设置\n编制数73名，年末实有67人，退休23人。\n")
    assert fact(extraction, "73").key.item == "staffQuota"
    assert fact(extraction, "67").key.item == "staffPresent"
    assert found(extraction) == []


TWO_WHOLES = (
    "一、收入支出决算总体情况说明\n2024年度收、支总计均为376.80万元。\n"
    "二、收入决算情况说明\n2024年度收入合计368.40万元。其中：财政拨款收入368.40万元。\n"
    "三、支出决算情况说明\n2024年度支出合计366.50万元。其中：基本支出308.60万元；"
    "项目支出{project}万元。\n"
)


@pytest.mark.parametrize(("project", "rules"), [("57.90", []), ("75.90", ["R3.2"])])
def test_totals_that_differ_where_no_table_prints_the_carry_over(
    project: str, rules: list[str]
) -> None:
    extraction = read(TWO_WHOLES.format(project=project), ACCOUNT)
    assert [rule for rule, severity in found(extraction) if severity == "violation"] == rules


def test_targets_in_a_paragraph_of_their_own(budget: Make) -> None:
    extraction = budget(
        "7.其他重要事项\n绩效目标：2025年纳入绩效目标管理的项目9个，涉及金额102.70万元。\n"
    )
    assert fact(extraction, "102.70").key.item == "performance"


WHOLE = (
    "六、其他重要事项的情况说明\n"
    "（六）预算绩效目标说明：纳入2025年部门整体支出绩效目标的金额为210.00万元，其中，"
    "基本支出169.00万元，项目支出{project}万元。\n"
)


@pytest.mark.parametrize(("project", "told"), [("41.00", False), ("48.00", True)])
def test_the_targets_of_all_spending(project: str, told: bool) -> None:
    extraction = read(WHOLE.format(project=project))
    assert fact(extraction, "210.00").key.item == "overallPerformance"
    assert bool(found(extraction)) == told


def test_items_without_a_total_tell_the_carry_over_together(budget: Make) -> None:
    extraction = budget(
        "二、收支情况\n"
        "（一）财政拨款收入100.00万元，其中：本年收入80.00万元，上年结转收入20.00万元。\n"
        "财政拨款支出按功能科目分类情况：\n"
        "205教育支出—02普通教育—02小学教育61.20万元。\n"
        "210卫生健康支出—11行政事业单位医疗—02事业单位医疗38.80万元。\n"
    )
    assert fact(extraction, "61.20").key.carry == "all"
    assert fact(extraction, "61.20").key.digest() is not None


# Parts, and what is left open ------------------------------------------------------------------

PARTS = (
    "二、收入预算情况说明\n2025年一般公共预算拨款收入100.00万元（其中：经费拨款80.00万元，"
    "纳入预算管理的非税收入拨款20.00万元）。\n一般公共预算拨款收入{again}万元。\n"
)


@pytest.mark.parametrize(("again", "rules"), [("100.00", []), ("101.00", ["R4.3"])])
def test_a_part_whose_words_fit_its_whole_is_not_the_whole(again: str, rules: list[str]) -> None:
    extraction = read(PARTS.format(again=again))
    assert fact(extraction, "80.00").key.digest() is None
    assert [rule for rule, _ in found(extraction)] == rules


def test_a_name_in_the_clause_before_that_nobody_understood(budget: Make) -> None:
    extraction = budget(
        "三、一般公共预算支出情况说明\n雪域莲花工程，2025年预算45.00万元。\n"
        "按照综合预算的原则，2025年支出预算90.00万元。\n"
    )
    assert fact(extraction, "45.00").key.digest() is None
    assert fact(extraction, "90.00").key.digest() is not None


def test_items_of_a_list_by_the_names_of_their_class(budget: Make) -> None:
    extraction = budget(
        "三、一般公共预算支出情况说明\n"
        "205类教育支出45.00万元（其中：小学教育40.00万元，“初中教育”5.00万元）。\n"
    )
    assert functional(extraction) == ["205", "2050202", "2050203"]


EACH = (
    "（四）会议费和培训费情况\n会议费1.20万元，培训费2.30万元，较上年分别减少0.10万元、0.20万元，"
    "分别下降7.69%、{rate}%。\n"
)


@pytest.mark.parametrize(("rate", "told"), [("8.00", False), ("18.00", True)])
def test_changes_given_to_several_amounts_in_turn(rate: str, told: bool) -> None:
    extraction = read(EACH.format(rate=rate))
    told_of = [operand(extraction, claim, "current") for claim in claims(extraction, "change")]
    rates = [operand(extraction, claim, "current") for claim in claims(extraction, "rate")]
    assert told_of == rates == ["1.20", "2.30"]
    assert (("R5.3", "violation") in found(extraction)) == told


GOODS = (
    "（三）政府采购情况\n政府采购货物支出10.00万元、工程支出5.00万元、服务支出15.00万元，"
    "合计30.00万元。\n政府采购服务支出{again}万元。\n"
)


@pytest.mark.parametrize(("again", "rules"), [("15.00", []), ("51.00", ["R4.3"])])
def test_a_sum_behind_its_parts_is_not_the_last_of_them(again: str, rules: list[str]) -> None:
    assert [rule for rule, _ in found(read(GOODS.format(again=again)))] == rules


IN_BRACKETS = (
    "二、收入预算情况说明\n2025年收入预算100.00万元，其中：财政拨款收入90.00万元（占{share}%），"
    "事业收入10.00万元（占10.00%）。\n"
)


@pytest.mark.parametrize(("share", "told"), [("90.00", False), ("80.00", True)])
def test_a_share_in_brackets_is_one_of_the_list_around(share: str, told: bool) -> None:
    extraction = read(IN_BRACKETS.format(share=share))
    wholes = [operand(extraction, claim, "whole") for claim in claims(extraction, "share")]
    assert wholes == ["100.00", "100.00"]
    assert (("R5.1", "violation") in found(extraction)) == told


BEGUN_ANEW = (
    "一、收支预算情况\n2025年部门收入预算100.00万元。"
    "包括：财政拨款{first}万元；事业收入10.00万元。\n"
)


@pytest.mark.parametrize(("first", "told"), [("90.00", False), ("99.00", True)])
def test_parts_that_a_sentence_of_their_own_lists(first: str, told: bool) -> None:
    extraction = read(BEGUN_ANEW.format(first=first))
    assert fact(extraction, first).key.flow == "revenue"
    assert bool(found(extraction)) == told


TWO_ORDERS = (
    "三、支出预算情况\n2025年部门支出预算100.00万元，按支出性质分：基本支出60.00万元，"
    "项目支出40.00万元；按资金来源分：财政拨款90.00万元，单位资金{last}万元。\n"
)


@pytest.mark.parametrize(("last", "told"), [("10.00", False), ("19.00", True)])
def test_a_whole_divided_a_second_time(last: str, told: bool) -> None:
    extraction = read(TWO_ORDERS.format(last=last))
    assert fact(extraction, "90.00").key.nature == "all"
    assert bool(found(extraction)) == told


BASE = (
    "三、支出预算情况\n支出预算100.00万元，2024年预算数为90.00万元，增加10.00万元，增长{rate}%。\n"
)


@pytest.mark.parametrize(("rate", "told"), [("11.11", False), ("21.11", True)])
def test_an_amount_of_last_year_behind_one_of_this_is_its_base(rate: str, told: bool) -> None:
    extraction = read(BASE.format(rate=rate))
    claim = claims(extraction, "rate")[0]
    assert operand(extraction, claim, "current") == "100.00"
    assert operand(extraction, claim, "base") == "90.00"
    assert (("R5.3", "violation") in found(extraction)) == told


def test_economic_classes_are_known_wherever_money_is_spent(budget: Make) -> None:
    extraction = budget(
        "三、支出预算情况\n工资福利支出45.00万元，占75.00%；商品和服务支出15.00万元，占25.00%。\n"
    )
    assert [f.key.dept_economic for f in extraction.facts] == ["301", "302"]


@pytest.mark.parametrize(
    "line",
    [
        "财政拨款收入占90.00%，为90.00万元。",
        "（1）数字档案馆建设项目。项目总预算50.00万元，2025年安排90.00万元。",
    ],
)
def test_words_that_say_nothing_behind_a_name_that_was_lost(budget: Make, line: str) -> None:
    extraction = budget(f"三、一般公共预算支出情况说明\n{line}\n")
    assert fact(extraction, "90.00").key.digest() is None


def test_names_below_a_heading_on_the_economic_classes_of_the_government(budget: Make) -> None:
    extraction = budget(
        "三、一般公共预算支出明细情况\n"
        "（1）按照部门预算支出经济分类的类级科目说明\n"
        "工资福利支出60.00万元。\n对个人和家庭的补助5.00万元。\n"
        "（2）按照政府预算支出经济分类的类级科目说明\n"
        "机关工资福利支出60.00万元。\n对个人和家庭的补助5.00万元。\n"
    )
    keys = [(f.key.dept_economic, f.key.gov_economic) for f in extraction.facts]
    assert keys == [("301", "all"), ("303", "all"), ("all", "501"), ("all", "509")]


ONE_SECTION = (
    "三、一般公共预算支出情况\n2025年一般公共预算支出{total}万元。\n"
    "（一）教育支出（类）\n1.普通教育（款）小学教育（项）支出60.00万元。\n"
    "（二）援助其他地区支出（类）\n1.其他支出（款）支出40.00万元。\n"
)


@pytest.mark.parametrize(("total", "told"), [("100.00", False), ("109.00", True)])
def test_a_section_without_items_stands_for_them(total: str, told: bool) -> None:
    extraction = read(ONE_SECTION.format(total=total))
    assert functional(extraction) == ["2050202", "21999"]
    assert (("R3.3", "violation") in found(extraction)) == told


def test_none_of_an_economic_class_in_a_reason_says_nothing(budget: Make) -> None:
    extraction = budget(
        "三、支出预算情况\n支出预算90.00万元，较上年减少10.00万元，下降10.00%，"
        "主要原因是：所属事业单位本年无资本性支出。\n"
    )
    assert claims(extraction, "zero") == []
