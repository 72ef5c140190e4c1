"""Sums that a layout states: across a header, down codes, units and labels, both sides equal."""

from __future__ import annotations

from kemu.extract.document.outline import Section
from kemu.extract.tables.cells import Cells
from kemu.extract.tables.rows import units
from kemu.extract.tables.sums import equations
from kemu.extract.words.context import Context
from kemu.model.document import Table
from kemu.model.facts import Equation

from .conftest import draw, violations


def stated(table: Table, context: Context) -> dict[str, tuple[str, list[str], str]]:
    """Return `total cell:kind` → basis, part cells, relation; cells as `r2c3`."""
    sheet = Cells(context, table, Section(), "万元", units.observe([table], context)).read()
    return {f"{_cell(e.total)}:{e.slug.split('/')[-1]}": _told(e) for e in equations(sheet)}


def _cell(slug: str) -> str:
    return "".join(slug.split("/")[1:3])


def _told(equation: Equation) -> tuple[str, list[str], str]:
    return equation.basis, [_cell(part.fact) for part in equation.parts], equation.relation


def test_header_tree_gives_one_split_per_level(context: Context) -> None:
    table = draw(
        [
            [
                "单位名称",
                "合计",
                "因公出国（境）费用",
                "公务用车购置及运行费",
                "<",
                "<",
                "公务接待费",
            ],
            ["^", "^", "^", "小计", "公务用车购置费", "公务用车运行费", "^"],
            ["临江市档案馆", "5.00", "1.00", "3.00", "1.00", "2.00", "1.00"],
        ],
        "一般公共预算“三公”经费支出表",
    )
    found = stated(table, context)
    assert found["r3c2:row"][:2] == ("threePublic", ["r3c3", "r3c4", "r3c7"])
    assert found["r3c4:row"][:2] == ("threePublic", ["r3c5", "r3c6"])


def test_group_that_carries_its_own_total(context: Context) -> None:
    table = draw(
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "<"],
            ["^", "^", "^", "^", "项目支出总数", "扣除基建项目后预算数"],
            ["2080505", "机关事业单位基本养老保险缴费支出", "3.00", "1.00", "2.00", "2.00"],
        ],
        "一般公共预算支出表",
    )
    found = stated(table, context)
    assert found["r3c3:row"][1] == ["r3c4", "r3c5"]
    assert "r3c5:row" not in found


def test_codes_add_up_to_the_code_above_and_tops_to_the_total(context: Context) -> None:
    table = draw(
        [
            ["科目编码", "科目名称", "合计"],
            ["", "合计", "9.00"],
            ["208", "社会保障和就业支出", "6.00"],
            ["20805", "行政事业单位养老支出", "6.00"],
            ["2080505", "机关事业单位基本养老保险缴费支出", "4.00"],
            ["2080506", "机关事业单位职业年金缴费支出", "2.00"],
            ["221", "住房保障支出", "3.00"],
        ],
        "一般公共预算支出表",
    )
    found = stated(table, context)
    assert found["r2c3:column"][1] == ["r3c3", "r7c3"]
    assert found["r3c3:codeHierarchy"][1] == ["r4c3"]
    assert found["r4c3:codeHierarchy"][1] == ["r5c3", "r6c3"]


def test_units_add_up_by_their_codes(context: Context) -> None:
    table = draw(
        [
            ["单位代码", "单位名称", "合计"],
            ["", "合计", "9.00"],
            ["123", "临江市档案馆", "9.00"],
            ["123001", "临江市档案馆", "5.00"],
            ["123002", "临江市方志中心", "4.00"],
        ],
        "支出总表",
    )
    assert stated(table, context)["r2c3:column"][1] == ["r3c3"]


def test_both_sides_of_a_total_table(context: Context) -> None:
    table = draw(
        [
            ["收入", "<", "支出", "<"],
            ["项目", "预算数", "项目", "预算数"],
            ["一、一般公共预算拨款收入", "8.00", "一、一般公共服务支出", "3.00"],
            ["二、事业收入", "1.00", "二、住房保障支出", "6.00"],
            ["本年收入合计", "9.00", "本年支出合计", "9.00"],
            ["上年结转", "1.00", "结转下年", "1.00"],
            ["收入总计", "10.00", "支出总计", "10.00"],
        ],
        "部门收支总表",
    )
    found = stated(table, context)
    assert found["r5c2:balance"][1] == ["r3c2", "r4c2"]
    assert found["r7c2:balance"][1] == ["r5c2", "r6c2"]
    assert found["r5c4:balance"][1] == ["r3c4", "r4c4"]
    assert found["r7c4:balance"][1] == ["r5c4", "r6c4"]
    assert found["r7c4:sides"][1] == ["r7c2"]


def test_rows_below_a_blank_heading_row_take_its_place(context: Context) -> None:
    table = draw(
        [
            ["项目", "预算数"],
            ["一、部门预算", ""],
            ["1、一般公共服务支出", "3.00"],
            ["2、住房保障支出", "6.00"],
            ["本年支出合计", "9.00"],
        ],
        "支出总表",
    )
    assert stated(table, context)["r5c2:balance"][1] == ["r3c2", "r4c2"]


def test_a_single_part_said_to_be_one_of_several_is_at_most_the_whole(context: Context) -> None:
    table = draw(
        [
            ["项目", "预算数"],
            ["（1）一般公共预算拨款收入", "9.00"],
            ["其中：专项资金列入部门预算的项目", "4.00"],
            ["（2）政府性基金预算拨款收入", "0"],
        ],
        "收入总表",
    )
    (found,) = [told for key, told in stated(table, context).items() if key.startswith("r2c2")]
    assert found[1:] == (["r3c2"], "atMost")


def test_a_blank_cell_is_a_term_and_a_row_of_blanks_no_sum(context: Context) -> None:
    table = draw(
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["2080505", "机关事业单位基本养老保险缴费支出", "4.00", "4.00", ""],
            ["2080506", "机关事业单位职业年金缴费支出", "", "", ""],
        ],
        "一般公共预算支出表",
    )
    found = stated(table, context)
    assert found["r2c3:row"][1] == ["r2c4", "r2c5"]
    assert not any(key.startswith("r3") for key in found)


def test_rows_under_an_opening_row_whose_indentation_was_lost(context: Context) -> None:
    table = draw(
        [
            ["项目", "预算数"],
            ["一、本年收入", "8.00"],
            ["一般公共预算拨款收入", "8.00"],
            ["政府性基金预算拨款收入", ""],
            ["二、上年结转", "1.00"],
            ["一般公共预算拨款收入", "1.00"],
            ["收入总计", "9.00"],
        ],
        "财政拨款收支总表",
    )
    found = stated(table, context)
    assert found["r7c2:balance"][1] == ["r2c2", "r5c2"]
    assert found["r2c2:parts"][1] == ["r3c2", "r4c2"]
    assert found["r5c2:parts"][1] == ["r6c2"]


def test_a_row_that_is_not_understood_and_prints_nothing_leaves_the_sum(context: Context) -> None:
    table = draw(
        [
            ["项目", "预算数"],
            ["一般公共预算拨款收入", "8.00"],
            ["本年收入合计", "8.00"],
            ["未安排支出的实户资金", ""],
            ["上年结转", "1.00"],
            ["收入总计", "9.00"],
        ],
        "收支总表",
    )
    assert stated(table, context)["r6c2:balance"][1] == ["r3c2", "r5c2"]


def _in_two_bands(meetings: str) -> list[list[str]]:
    return [
        ["科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"],
        ["302", "商品和服务支出", "30.00", "30215", "会议费", meetings],
        ["30201", "办公费", "14.00", "30216", "培训费", "4.00"],
        ["30207", "邮电费", "6.00", "310", "资本性支出", "5.00"],
    ]


def test_a_list_that_goes_on_in_the_next_band_is_added_up_with_it() -> None:
    assert not violations(_in_two_bands("6.00"), "一般公共预算基本支出表")


def test_a_wrong_part_in_the_next_band_is_told() -> None:
    assert "R3.7" in violations(_in_two_bands("7.50"), "一般公共预算基本支出表")
