"""Tables read wrongly accuse nobody, whatever it is that was not foreseen; a true slip stays found.

Each reading stands beside its twin: the same table with one number changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kemu.extract import extract
from kemu.model.document import Block, Paragraph, Place
from kemu.read.blocks.normalise import content
from kemu.validate import check

from .conftest import LEFT, UP, document, facts, violations

SPENDING = "2025年一般公共预算支出表"
CHANGES = [
    [
        "科目编码",
        "科目名称",
        "2024年预算数",
        LEFT,
        "2025年预算数",
        LEFT,
        "2025年比2024年增减%",
        LEFT,
    ],
    [UP, UP, "基本支出", "项目支出", "基本支出", "项目支出", "基本支出", "项目支出"],
    ["208", "社会保障和就业支出", "50.00", "40.00", "60.00", "44.00", "20.00", "10.00"],
    ["210", "卫生健康支出", "80.00", "20.00", "72.00", "25.00", "-10.00", "25.00"],
    ["221", "住房保障支出", "30.00", "40.00", "36.00", "44.00", "20.00", "10.00"],
]


def headed(head: str, *last: str) -> list[list[str]]:
    """Return the table with another head above its last two columns, and what stands there."""
    rows = [[head if "增减" in text else text for text in row] for row in CHANGES]
    pairs = zip(last[::2], last[1::2], strict=True)
    return rows[:2] + [[*row[:6], *pair] for row, pair in zip(rows[2:], pairs, strict=True)]


DIFFERENCES = ("10.00", "4.00", "-8.00", "5.00", "6.00", "4.00")


def test_a_head_of_rates_above_several_columns() -> None:
    assert not violations(CHANGES, SPENDING)
    assert not extract(document(CHANGES, SPENDING)).claims


def test_rates_under_a_head_that_does_not_say_so() -> None:
    last = [text for row in CHANGES[2:] for text in row[6:]]
    assert not violations(headed("2025年比2024年增减", *last), SPENDING)


@pytest.mark.parametrize("head", ["2025年比2024年增减额", "2025年比2024年增减"])
def test_a_wrong_difference_among_right_ones(head: str) -> None:
    assert not violations(headed(head, *DIFFERENCES), SPENDING)
    assert violations(headed(head, "10.00", "4.00", "-6.00", *DIFFERENCES[3:]), SPENDING) == [
        "R5.2"
    ]


DIVIDED = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "财政拨款", "其他收入"],
    ["201", "一般公共服务支出", "512.37", "301.16", "211.21", "470.12", "42.25"],
    ["208", "社会保障和就业支出", "233.48", "200.17", "33.31", "211.05", "22.43"],
    ["210", "卫生健康支出", "121.93", "110.44", "11.49", "120.82", "1.11"],
    ["221", "住房保障支出", "98.76", "90.33", "8.43", "77.19", "21.57"],
]


@pytest.mark.parametrize("column", [4, 5])
def test_a_slip_in_either_of_two_divisions(column: int) -> None:
    assert not violations(DIVIDED, "2025年支出总表")
    rows = [list(row) for row in DIVIDED]
    rows[2][column] = "39.31" if column == 4 else "217.05"
    assert violations(rows, "2025年支出总表") == ["R3.2"]


RUNNING = [
    ["项目", "预算数", "统计数"],
    ["一、“三公”经费支出", "—", "—"],
    ["（一）支出合计", "17.60", "16.41"],
    ["1．因公出国（境）费", "7.59", "7.20"],
    ["2．公务用车购置及运行维护费", "4.98", "4.64"],
    ["3．公务接待费", "5.03", "4.57"],
    ["（二）相关统计数", "—", "—"],
    ["1．公务用车保有量（辆）", "—", "1"],
    ["2．国内公务接待批次（个）", "—", "74"],
    ["二、机关运行经费", "", "76.70"],
]
BOUGHT = [
    ["1．政府采购货物支出", "", "19.22"],
    ["2．政府采购工程支出", "", "279.59"],
    ["3．政府采购服务支出", "", "79.55"],
]
FORMS = [
    [["三、政府采购支出合计", "", "378.36"], *BOUGHT],
    [
        ["三、政府采购支出信息", "—", "—"],
        ["（一）政府采购支出合计", "", "378.36"],
        *BOUGHT,
        ["（二）政府采购授予中小企业合同金额", "", "210.00"],
    ],
]


@pytest.mark.parametrize("form", FORMS)
def test_a_numbered_total_above_its_parts(form: list[list[str]]) -> None:
    rows = [*RUNNING, *form]
    assert not violations(rows, "机构运行信息表")
    for right, wrong in (
        ("4.98", "4.89"),
        ("4.64", "4.46"),
        ("16.41", "17.76"),
        ("279.59", "297.59"),
    ):
        slip = [[wrong if text == right else text for text in row] for row in rows]
        assert violations(slip, "机构运行信息表")


SIDES = [
    ["收入", LEFT, "支出", LEFT],
    ["项目", "预算数", "项目", "预算数"],
    ["一、财政拨款收入", "800.00", "一、一般公共服务支出", "700.00"],
    ["二、其他收入", "100.00", "二、住房保障支出", "210.00"],
    ["本年收入合计", "900.00", "本年支出合计", "910.00"],
    ["上年结转", "60.00", "结转下年", "50.00"],
    ["合计", "960.00", "合计", "960.00"],
]


def test_a_bare_total_below_that_of_the_year_is_the_grand_total() -> None:
    found = facts(SIDES, "2025年收支总表")
    assert [found[7, c].key.item for c in (2, 4)] == ["grandTotal", "grandTotal"]
    assert not violations(SIDES, "2025年收支总表")
    rows = [list(row) for row in SIDES]
    rows[6][1] = "970.00"
    assert violations(rows, "2025年收支总表")


def test_words_in_the_first_column_name_the_rows() -> None:
    rows = [
        ["收入项目类别", "2025年预算"],
        ["一、一般公共预算拨款", "479.73"],
        ["二、政府性基金预算拨款", "0.00"],
        ["收入总计", "479.73"],
    ]
    found = facts(rows, "2025年收入总表")
    assert [found[r, 2].key.fund for r in (2, 3)] == ["generalPublicBudget", "governmentFund"]
    assert not violations(rows, "2025年收入总表")
    assert violations([*rows[:3], ["收入总计", "497.73"]], "2025年收入总表")


def test_rows_whose_names_were_lost_are_not_all_the_total() -> None:
    rows = [["年初预算数", "决算数"], ["17.60", "16.41"], ["7.59", "7.20"], ["10.01", "9.21"]]
    found = facts(rows, "“三公”经费支出表")
    assert {fact.key.item for fact in found.values()} == {"undetermined"}
    assert not violations(rows, "“三公”经费支出表")


ECONOMIC = [
    ["经济科目编码", "经济科目名称", "预算数"],
    ["302", "商品和服务支出", "60.00"],
    ["30201", "办公费", "30.00"],
    ["30202", "印刷费", "20.00"],
    ["30205", "水费", "10.00"],
]


def test_names_of_another_list_beside_the_codes() -> None:
    names = ["工资福利支出", "基本工资", "津贴补贴", "奖金"]
    swapped = [ECONOMIC[0], *([r[0], n, r[2]] for r, n in zip(ECONOMIC[1:], names, strict=True))]
    title = "2025年一般公共预算基本支出表"
    assert not violations(swapped, title)
    one = [*ECONOMIC[:2], ["30201", "印刷费", "30.00"], *ECONOMIC[3:]]
    assert violations(one, title) == ["R2.2"]


INCOME = [
    ["科目编码", "科目名称", "合计", "财政拨款收入", "事业收入"],
    ["201", "一般公共服务支出", "512.37", "301.16", "200.00"],
    ["208", "社会保障和就业支出", "233.48", "200.17", "33.31"],
]


def test_a_table_beside_which_amounts_are_left_over() -> None:
    """The page prints a last column (11.21, 0.00) that the reader left outside the table."""

    def accused(*lines: str) -> list[str]:
        read = document(INCOME, "2025年收入总表")
        table = next(iter(read.tables))
        table = replace(table, place=replace(table.place, page=1))
        after = [Paragraph(Place(page=1, paragraph=n), content(t)) for n, t in enumerate(lines, 4)]
        blocks: tuple[Block, ...] = (*read.paragraphs, table, *after)
        found = check(extract(replace(read, blocks=blocks))).findings
        return [f.rule for f in found if f.severity.value == "violation"]

    assert not accused("其他收入", "11.21", "0.00")
    assert accused() == ["R3.2"]
    assert accused("2025年无其他收入11.21万元、0.00万元。") == ["R3.2"]


PAIRED = [
    ["政府预算支出经济科目", "部门预算支出经济科目", "2025年预算数"],
    ["[501]机关工资福利支出", "", "90.00"],
    ["[50101]工资奖金津补贴", "[30101]基本工资", "40.00"],
    ["", "[30102]津贴补贴", "30.00"],
    ["[50103]住房公积金", "[30113]住房公积金", "20.00"],
]


def codes(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    found = facts(rows, "2025年一般公共预算基本支出表")
    keys = (found[row, 3].key for row in range(2, 6))
    return [(key.gov_economic, key.dept_economic) for key in keys]


def test_an_outer_code_printed_once_holds_below() -> None:
    assert codes(PAIRED) == [
        ("501", "all"), ("50101", "30101"), ("50101", "30102"), ("50103", "30113"),
    ]  # fmt: skip


def test_the_sum_of_a_unit_below_its_rows() -> None:
    rows = [
        ["单位编码", "科目编码", "科目名称", "合计"],
        ["105001", "2010401", "行政运行", "30.00"],
        ["", "2080505", "机关事业单位基本养老保险缴费支出", "12.00"],
        ["105001", "", "小计：临江市档案馆本级", "42.00"],
        ["105002", "2010450", "事业运行", "20.00"],
        ["", "2080505", "机关事业单位基本养老保险缴费支出", "8.00"],
        ["105002", "", "小计：临江市粮食储备中心", "28.00"],
        ["", "", "合计", "70.00"],
    ]
    found = facts(rows, "2025年部门支出分单位明细表")
    assert found[6, 4].key.organisation == found[7, 4].key.organisation == "临江市粮食储备中心"
    assert found[3, 4].key.consolidation == "headquarters"


def test_a_list_that_goes_on_in_a_band_whose_head_says_less() -> None:
    rows = [
        ["公用经费", LEFT, LEFT, "", "", ""],
        ["科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"],
        ["302", "商品和服务支出", "100.00", "30216", "培训费", "10.00"],
        ["30201", "办公费", "60.00", "30217", "公务接待费", "5.00"],
        ["30202", "印刷费", "20.00", "30228", "工会经费", "5.00"],
    ]
    title = "一般公共预算财政拨款基本支出决算表"
    assert not violations(rows, title)
    rows[3][2] = "66.00"
    assert violations(rows, title)
