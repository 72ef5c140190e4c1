"""Prose that used to be misread: no accusation; and its twin with a real error: still found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Extraction
from kemu.read.text import plain
from kemu.validate.check import check
from tests.extract.asking import claims, fact, operand, terms
from tests.extract.conftest import TITLE


def read(lines: str) -> Extraction:
    return extract(plain.read(Path("样例.txt"), (TITLE + lines).encode()))


def accused(lines: str) -> list[str]:
    """Return the rules whose violations a document with these lines shows."""
    result = check(read(lines))
    return sorted(f.rule for f in result.findings if f.severity == "violation")


LISTED = (
    "一、财政拨款支出预算情况说明\n2025年财政拨款支出预算{total}万元。财政拨款支出主要内容如下：\n"
    "1.“文化旅游体育与传媒支出-文化和旅游-图书馆”科目61.20万元，主要用于购书。\n"
    "2.“社会保障和就业支出-行政事业单位养老支出-行政单位离退休”科目25.30万元，主要用于退休人员。\n"
    "3.“卫生健康支出-行政事业单位医疗-行政单位医疗”科目13.50万元，主要用于医疗保险。\n"
)


@pytest.mark.parametrize(("total", "rules"), [("100.00", []), ("109.00", ["R3.3"])])
def test_paths_joined_by_hyphens(total: str, rules: list[str]) -> None:
    lines = LISTED.format(total=total)
    codes = [f.key.functional for f in read(lines).facts if f.key.functional != "all"]
    assert codes == ["2070104", "2080501", "2101101"]
    assert accused(lines) == rules


def test_the_tail_of_what_was_not_understood_is_not_the_whole() -> None:
    found = read(
        "一、财政拨款支出预算情况说明\n2025年财政拨款支出预算100.00万元。\n"
        "“库房恒温-老馆”科目61.20万元，用于改造。\n"
        "印裱费、灭虫费等费用38.80万元。\n"
    )
    assert fact(found, "61.20").key.functional == "undetermined"
    assert fact(found, "38.80").key.functional == "undetermined"
    assert fact(found, "100.00").key.functional == "all"


NATURES = (
    "一、一般公共预算拨款支出情况\n2025年本部门一般公共预算支出100.00万元，其中：\n"
    "（1）图书馆（2070104）60.00万元；\n（2）档案馆（2012604）40.00万元。\n"
    "从人员经费、公用经费来看，其中：\n"
    "（1）人员经费：①图书馆（2070104）45.00万元；②档案馆（2012604）30.00万元。\n"
    "（2）公用经费：①图书馆（2070104）15.00万元；②档案馆（2012604）{last}万元。\n"
)


def test_a_nature_before_a_colon_governs_its_list() -> None:
    found = read(NATURES.format(last="10.00"))
    assert fact(found, "60.00").key.nature == "all"
    assert [fact(found, p).key.nature for p in ("45.00", "30.00")] == ["personnel"] * 2
    assert [fact(found, p).key.nature for p in ("15.00", "10.00")] == ["public"] * 2


def test_a_list_in_another_order_is_no_part_of_the_list_before() -> None:
    lines = NATURES.format(last="10.00")
    assert accused(lines) == []
    assert accused(lines.replace("档案馆（2012604）40.00", "档案馆（2012604）41.00")) == ["R3.3"]


SHARE_OF_A_FUND = (
    "一、政府采购情况\n政府采购预算总额{total}万元：政府采购货物预算48.50万元、政府采购工程预算0万元、政府采购服务预算22.50万元；"
    "其中一般公共预算拨款政府采购60.40万元：政府采购货物预算48.00万元、政府采购工程预算0万元、政府采购服务预算12.40万元。\n"
)


@pytest.mark.parametrize(("total", "rules"), [("71.00", []), ("75.00", ["R3.9"])])
def test_a_fund_behind_of_which_opens_a_scope(total: str, rules: list[str]) -> None:
    assert accused(SHARE_OF_A_FUND.format(total=total)) == rules


FUNDS = (
    "一、收支预算总体情况\n2025年本部门预算收入90.00万元，其中一般公共预算拨款收入90.00万元、"
    "政府性基金拨款收入0万元；2025年本部门预算支出90.00万元，其中一般公共预算拨款支出{general}万元、"
    "政府性基金拨款支出{fund}万元。\n（一）政府性基金预算支出情况\n本部门无政府性基金预算支出。\n"
)


@pytest.mark.parametrize(
    ("general", "fund", "rules"), [("90.00", "0", []), ("85.00", "5.00", ["R5.4"])]
)
def test_none_of_one_fund_says_nothing_of_the_whole(
    general: str, fund: str, rules: list[str]
) -> None:
    assert accused(FUNDS.format(general=general, fund=fund)) == rules


ROW = (
    "一、收支预算总体情况\n本部门预算收入900.00万元，其中：财政拨款收入860.00万元、其他收入40.00万元，"
    "较上年减少100.00万元，下降{rate}%。\n"
)


def test_a_change_behind_a_row_is_of_the_amount_that_its_rate_fits() -> None:
    found = read(ROW.format(rate="10.00"))
    assert operand(found, claims(found, "rate")[0], "current") == "900.00"
    assert operand(found, claims(found, "change")[0], "current") == "900.00"
    assert accused(ROW.format(rate="10.00")) == []


def test_a_change_behind_a_row_that_fits_nothing_is_not_judged() -> None:
    found = read(ROW.format(rate="13.00"))
    assert claims(found, "rate")[0].operands == {}


def test_a_rate_of_an_amount_with_its_own_clause_is_judged() -> None:
    lines = (
        "一、“三公”经费财政拨款预算安排情况\n“三公”经费预算18.60万元，其中：因公出国（境）费0万元；"
        "公务接待费8.60万元，较上年增加1.50万元，增长1.21%；公务用车运行维护费10.00万元。\n"
    )
    assert accused(lines) == ["R5.3"]


def test_a_second_change_on_its_own_basis_is_not_held_against_the_first() -> None:
    lines = (
        "一、一般公共预算当年拨款规模变化情况\n临江市档案馆2025年一般公共预算当年拨款160.00万元，"
        "比2024年执行数减少240.00万元，减少60.00%，扣除库房基建后比2024年执行数增加20.00万元，增幅14.29%。\n"
    )
    assert accused(lines) == []


NATURE_ROW = (
    "一、支出按功能科目分类的明细情况\n2025年本部门当年一般公共预算支出500.00万元，其中：\n"
    "（1）档案事务（20126）{total}万元，较上年增加5.00万元。具体为：人员经费70.00万元，较上年增加2.00万元；"
    "公用经费30.00万元，较上年增加3.00万元。其中：\n"
    "①行政运行（2012601）60.00万元。\n②档案馆（2012604）40.00万元。\n"
    "（2）图书馆（2070104）400.00万元。\n"
)


def test_a_list_divides_the_amount_that_its_parts_add_up_to() -> None:
    found = read(NATURE_ROW.format(total="100.00"))
    assert [fact(found, printed).key.nature for printed in ("60.00", "40.00")] == ["all", "all"]
    assert accused(NATURE_ROW.format(total="100.00")) == []


def test_a_number_in_the_list_that_was_not_understood_blocks_its_sum() -> None:
    lines = (
        "一、财政拨款支出预算情况说明\n2025年财政拨款支出预算{}万元。\n"
        "（一）图书馆（2070104）61.20万元。\n（二）库房恒温改造38.80万元。\n"
        "（三）住房公积金（2210201）20.00万元。\n（四）行政单位医疗（2101101）10.00万元。\n"
    )
    assert accused(lines.format("130.00")) == []
    whole = lines.replace("（二）库房恒温改造38.80万元。\n", "")
    assert accused(whole.format("91.20")) == []
    assert accused(whole.format("95.20")) == ["R3.3"]


def test_a_purpose_within_a_name_is_no_purpose() -> None:
    found = read(
        "一、政府性基金预算支出情况\n其他支出（类）彩票公益金安排的支出（款）"
        "用于体育事业的彩票公益金支出（项）支出77.00万元，主要用于健身。\n"
    )
    assert fact(found, "77.00").key.functional == "2296003"


STOCK = (
    "一、国有资产占用使用情况\n截至2024年12月31日，临江市档案馆共有车辆7辆。"
    "单位价值100万元（含）以上设备4台（套）。\n"
    "2025年安排购置车辆0辆。单位价值100万元（含）以上设备{bought}台（套）。\n"
)


def test_what_is_there_is_not_what_is_to_be_bought() -> None:
    found = read(STOCK.format(bought="0"))
    assert fact(found, "4").key.year == "2024"
    assert accused(STOCK.format(bought="0")) == []


def test_two_counts_of_one_stock_are_compared() -> None:
    lines = STOCK.format(bought="0") + (
        "截至2024年12月31日，单位价值100万元（含）以上设备6台（套）。\n"
    )
    assert accused(lines) == ["R4.3"]


def test_several_items_are_one_sum() -> None:
    lines = (
        "一、“三公”经费等预算情况\n2025年“三公”经费及会议费、培训费预算支出共26.30万元，其中：\n"
        "1、“三公”经费预算{}万元；\n2、会议费预算17.40万元；\n3、培训费预算7.00万元。\n"
    )
    assert accused(lines.format("1.90")) == []
    assert accused(lines.format("1.90") + "2025年培训费预算支出9.00万元。\n") == ["R4.3"]


def test_last_year_before_the_amount_is_last_year() -> None:
    found = read("一、机关运行经费\n机关运行经费本年：210.00万元，上年：230.00万元。\n")
    assert fact(found, "230.00").key.year == "2024"
    assert accused("一、机关运行经费\n机关运行经费本年：210.00万元，上年：230.00万元。\n") == []


def test_a_bracket_of_the_name_stands_before_that_of_the_code() -> None:
    found = read(
        "一、支出按经济科目分类的明细情况\n2025年一般公共预算支出90.00万元，其中：\n"
        "（1）对个人和家庭的补助（303）8.00万元，较上年增加4.00万元，增长100.00%；\n"
        "（2）资本性支出（基本建设）（309）0.00万元，较上年减少84.00万元，下降100.00%。\n"
    )
    assert fact(found, "0.00").key.dept_economic == "309"
    assert operand(found, claims(found, "rate")[1], "current") == "0.00"


def test_shares_are_a_list_only_where_their_amounts_add_up() -> None:
    lines = (
        "一、支出预算情况说明\n临江市档案馆2025年支出预算合计100.00万元，其中：基本支出92.70万元，占{}%；\n"
        "项目支出7.30万元，占7.30%；\n事业单位经营支出0万元，占0%。\n"
    )
    assert accused(lines.format("92.70")) == []
    assert accused(lines.format("72.70")) == ["R5.1"]


def test_projects_of_a_selection_are_not_all_projects() -> None:
    found = read(
        "一、支出预算情况说明\n2025年支出预算总额100.00万元。\n"
        "二、重点支出和重大投资项目情况说明\n预算安排：2025年年初预算安排18.80万元。\n"
    )
    assert fact(found, "18.80").key.project == "undetermined"


def test_terms_of_a_list_are_those_of_the_equation() -> None:
    found = read(SHARE_OF_A_FUND.format(total="71.00"))
    sums = {tuple(terms(found, e)) for e in found.equations if e.basis == "procurement"}
    assert {("48.50", "0", "22.50"), ("48.00", "0", "12.40")} <= sums


LEVELS = (
    "一、政府性基金预算支出情况\n2025年政府性基金预算项目支出{total}万元，其中：\n"
    "（一）库房改造1,204.37万元。\n1.老馆恒温712.24万元。\n2.新馆消防492.13万元。\n"
    "（二）档案数字化2,318.91万元。\n1.卷宗扫描1,506.68万元。\n2.目录著录812.23万元。\n"
)


@pytest.mark.parametrize(("total", "rules"), [("3,523.28", []), ("3,323.28", ["R3.5"])])
def test_a_list_in_two_levels(total: str, rules: list[str]) -> None:
    assert accused(LEVELS.format(total=total)) == rules
