"""Headers: how many rows they have, what each column is, which columns belong together."""

from __future__ import annotations

import pytest

from kemu.extract.tables.header import columns
from kemu.extract.words.context import Context

from .conftest import draw

THREE_CODES = [
    ["项目", "<", "<", "<", "合计", "基本支出", "项目支出"],
    ["科目编码", "<", "<", "科目名称", "^", "^", "^"],
    ["类", "款", "项", "^", "^", "^", "^"],
    ["", "", "", "合计", "30.00", "10.00", "20.00"],
]
TWO_SIDES = [
    ["收入", "<", "支出", "<"],
    ["项目", "预算数", "项目", "预算数"],
    ["一、一般公共预算拨款收入", "30.00", "一、一般公共服务支出", ""],
]
NUMBERED = [
    ["项目", "<", "本年支出合计", "基本支出"],
    ["功能分类科目编码", "科目名称", "^", "^"],
    ["栏次", "<", "1", "2"],
    ["合计", "<", "", ""],
]
EMPTY = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["合计", "<", "", "", ""],
    ["", "", "", "", ""],
]
FIRST_ROW_WITHOUT_AMOUNTS = [
    ["收入", "<", "支出", "<"],
    ["项目", "预算数", "支出功能分类", "预算数"],
    ["一、部门预算", "", "一、部门预算", ""],
    ["1、财政拨款", "", "1、一般公共服务", "56.52"],
]


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        (THREE_CODES, 3),
        (TWO_SIDES, 2),
        (NUMBERED, 3),
        (EMPTY, 1),
        (FIRST_ROW_WITHOUT_AMOUNTS, 2),
    ],
    ids=["three codes", "two sides", "numbered columns", "empty", "no amounts first"],
)
def test_header_ends_where_the_body_begins(rows: list[list[str]], height: int) -> None:
    assert columns.header_rows(draw(rows)) == height


def test_codes_in_three_columns_name_the_rows_of_three_amounts(context: Context) -> None:
    _, found = columns.read(draw(THREE_CODES), context)
    (band,) = columns.bands(found)
    assert [c.role for c in band.keys] == ["code", "code", "code", "name"]
    assert [c.title for c in band.amounts] == ["合计", "基本支出", "项目支出"]
    assert [dict(c.reading.says) for c in band.amounts] == [
        {},
        {"nature": "basic"},
        {"nature": "project"},
    ]


def test_income_and_spending_side_by_side_are_two_bands(context: Context) -> None:
    _, found = columns.read(draw(TWO_SIDES), context)
    left, right = columns.bands(found)
    assert left.amounts[0].reading.says["flow"] == "revenue"
    assert right.amounts[0].reading.says["flow"] == "expenditure"
    assert [c.index for c in right.keys] == [2]


def test_inner_header_counts_where_levels_differ(context: Context) -> None:
    rows = [
        ["单位名称", "区级当年财政拨款安排", "<", "<"],
        ["^", "合计", "一般公共预算拨款", "<"],
        ["^", "^", "小计", "基本支出"],
        ["临江市档案馆", "9.00", "9.00", "9.00"],
    ]
    _, found = columns.read(draw(rows), context)
    says = dict(found[3].reading.says)
    assert says == {"carry": "current", "fund": "generalPublicBudget", "nature": "basic"}


def test_header_that_is_not_understood_is_kept_as_unknown(context: Context) -> None:
    rows = [["科目名称", "合计", "蓝色经费"], ["合计", "3.00", "3.00"]]
    _, found = columns.read(draw(rows), context)
    assert found[2].unknown == ("蓝色经费",)


def test_difference_columns_are_no_amounts_but_carry_over_is(context: Context) -> None:
    rows = [
        ["单位名称", "2024年", "2025年", "增减额", "用事业基金弥补收支差额"],
        ["临江市档案馆", "3.00", "4.00", "1.00", ""],
    ]
    _, found = columns.read(draw(rows), context)
    assert [c.role for c in found] == ["unitName", "amount", "amount", "change", "amount"]


def test_numbers_of_columns_may_share_a_row_with_the_levels_of_codes(context: Context) -> None:
    rows = [*THREE_CODES[:2], ["类", "款", "项", "栏次", "1", "2", "3"], THREE_CODES[3]]
    _, found = columns.read(draw(rows), context)
    assert [c.role for c in found] == ["code"] * 3 + ["name"] + ["amount"] * 3
    assert found[4].title == "合计"


def test_integers_that_are_all_codes_are_never_money(context: Context) -> None:
    table = draw(
        [
            ["序", "", "", "部门预算"],
            ["1", "20805", "行政事业单位养老支出", "12.50"],
            ["2", "2080505", "机关事业单位基本养老保险缴费支出", "8.20"],
            ["3", "2080506", "机关事业单位职业年金缴费支出", "4.30"],
        ]
    )
    assert [column.role for column in columns.read(table, context)[1]][1] == "code"


def test_codes_of_units_under_a_torn_header_are_never_money(context: Context) -> None:
    table = draw(
        [
            ["号", "单位", "名称", "合计"],
            ["1", "262001", "临江市档案馆", "8992856.07"],
            ["2", "262003", "临江市方志馆", "8552856.07"],
            ["3", "262", "临江市档案局", "17545712.14"],
        ]
    )
    assert columns.read(table, context)[1][1].role == "unitCode"


def test_a_column_of_amounts_is_no_name_whatever_its_head_says(context: Context) -> None:
    table = draw(
        [
            ["2026年政府采购项目", "小计", "其中：预留给小微企业的采购项目"],
            ["办公设备采购", "310.00", "120.00"],
            ["物业管理服务", "82.50", "82.50"],
        ]
    )
    assert [column.role for column in columns.read(table, context)[1]][1:] == ["amount", "amount"]


def test_an_amount_without_a_header_is_not_understood(context: Context) -> None:
    table = draw(
        [["项目", "合计", ""], ["一、本年收入", "30.00", "25.00"], ["合计", "30.00", "25.00"]]
    )
    assert columns.read(table, context)[1][2].unknown


def test_a_head_printed_again_says_nothing_of_an_empty_column(context: Context) -> None:
    head = ["项目名称", "合计", "一般公共预算", "政府性基金预算", "其他资金"]
    rows = [["馆藏抢救", "51.00", "48.00", "", "3.00"], ["库房改造", "72.31", "70.12", "", "2.19"]]
    table = draw([head, *rows, head, *rows], "项目支出预算表")
    roles = [column.role for column in columns.read(table, context)[1]]
    assert roles == ["projectName", "amount", "amount", "amount", "amount"]


def test_a_rate_beside_a_difference_is_no_difference(context: Context) -> None:
    rows = [
        ["科目名称", "2024年执行数", "2025年预算数", "比上年增减", "<"],
        ["^", "^", "^", "增减额", "增减率"],
        ["小学教育", "20.00", "30.00", "10.00", "50.00"],
        ["初中教育", "10.00", "10.00", "0.00", "0.00"],
    ]
    _, found = columns.read(draw(rows), context)
    assert [c.role for c in found] == ["name", "amount", "amount", "change", "rate"]
