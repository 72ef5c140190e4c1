"""Cells: what title, column and row say together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kemu.extract.document.outline import Section
from kemu.extract.tables.cells import Cells
from kemu.extract.tables.rows import units
from kemu.extract.tables.sheet import Sheet
from kemu.extract.words.context import Context
from kemu.model.document import Table
from kemu.model.facts import Fact

from .conftest import draw

TITLE = ("一般公共预算支出表", "单位：万元")


def read(table: Table, context: Context, unit: str = "万元") -> Sheet:
    return Cells(context, table, Section(), unit, units.observe([table], context)).read()


def fact(sheet: Sheet, row: int, column: int) -> Fact:
    """Return the fact in a printed row and column, counted from 1."""
    found = [f for b in sheet.blocks for f in b.facts.values()]
    return next(f for f in found if (f.place.row, f.place.column) == (row, column))


def test_three_code_columns_title_and_nature(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["科目编码", "<", "<", "科目名称", "合计", "基本支出"],
                ["类", "款", "项", "^", "^", "^"],
                ["208", "05", "05", "机关事业单位基本养老保险缴费支出", "61.02", "61.02"],
                ["208", "5", "6", "机关事业单位职业年金缴费支出", "30.51", ""],
            ],
            *TITLE,
        ),
        context,
    )
    key = fact(sheet, 3, 6).key
    assert (key.functional, key.nature, key.fund) == ("2080505", "basic", "generalPublicBudget")
    assert (key.flow, key.phase, key.year) == ("expenditure", "approved", "2025")
    assert fact(sheet, 3, 6).amount.value == Decimal("610200")
    assert fact(sheet, 3, 6).amount.half_step == Decimal("50")
    assert fact(sheet, 4, 5).key.functional == "2080506"
    (blank,) = [b for block in sheet.blocks for b in block.blanks.values()]
    assert (blank.key.functional, blank.key.nature) == ("2080506", "basic")


def test_codes_in_the_label_before_or_after_the_name(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["功能科目名称", "小计"],
                ["[2080505]机关事业单位基本养老保险缴费支出", "1.00"],
                ["2210201-住房公积金", "2.00"],
                ["行政单位医疗（2101101）", "3.00"],
            ],
            *TITLE,
        ),
        context,
    )
    codes = [fact(sheet, row, 2).key.functional for row in (2, 3, 4)]
    assert codes == ["2080505", "2210201", "2101101"]


def test_code_that_prints_only_its_last_digits_stands_under_its_class(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["功能科目编码", "功能科目名称", "合计"],
                ["208", "社会保障和就业支出", "5.00"],
                ["05", "行政事业单位养老支出", "5.00"],
                ["2080505", "机关事业单位基本养老保险缴费支出", "5.00"],
            ],
            *TITLE,
        ),
        context,
    )
    assert fact(sheet, 3, 3).key.functional == "20805"


def test_both_economic_classifications_of_a_row(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["政府支出经济分类科目", "部门支出经济分类科目", "合计"],
                ["50101-工资奖金津补贴", "30101-基本工资", "7.00"],
            ],
            "一般公共预算基本支出表",
            "单位：万元",
        ),
        context,
    )
    key = fact(sheet, 2, 3).key
    assert (key.gov_economic, key.dept_economic, key.nature) == ("50101", "30101", "basic")


def test_department_and_its_own_office_differ_in_consolidation(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["单位代码", "单位名称", "合计"],
                ["", "合计", "9.00"],
                ["123", "临江市档案馆", "9.00"],
                ["123001", "临江市档案馆", "5.00"],
                ["123002", "临江市方志中心", "4.00"],
            ],
            "支出总表",
            "单位：万元",
        ),
        context,
    )
    keys = [fact(sheet, row, 3).key for row in (2, 3, 4, 5)]
    assert [k.consolidation for k in keys] == [
        "departmentTotal",
        "departmentTotal",
        "headquarters",
        "unit",
    ]
    assert keys[3].organisation == "临江市方志中心"


def test_projects_below_a_code_keep_the_code(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["科目编码", "单位名称（科目）", "金额"],
                ["", "合计", "7.00"],
                ["", "其他档案事务支出", "7.00"],
                ["2012699", "库房温湿度设备更新", "5.00"],
                ["2012699", "馆藏数字化加工", "2.00"],
            ],
            "一般公共预算项目支出预算表",
            "单位：万元",
        ),
        context,
    )
    key = fact(sheet, 4, 3).key
    assert (key.functional, key.project, key.nature) == ("2012699", "库房温湿度设备更新", "project")
    assert fact(sheet, 3, 3).key.functional == "2012699"


def test_row_and_column_that_contradict_leave_the_key_open(context: Context) -> None:
    sheet = read(
        draw(
            [["项目", "政府性基金预算"], ["一般公共预算拨款收入", "3.00"]], "收入表", "单位：万元"
        ),
        context,
    )
    assert fact(sheet, 2, 2).key.digest() is None


def test_unknown_label_and_unknown_header_are_listed_not_bound(context: Context) -> None:
    sheet = read(
        draw([["科目名称", "合计", "蓝色经费"], ["不知所云", "3.00", "1.00"]], *TITLE), context
    )
    assert [u.reason for u in sheet.unbound] == ["noMeaning", "noMeaning"]
    assert all(f.key.digest() is None for b in sheet.blocks for f in b.facts.values())


def test_signs_brackets_and_dashes(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
                ["2080505", "机关事业单位基本养老保险缴费支出", "(1,234.00)", "—", "-5.00"],
            ],
            *TITLE,
        ),
        context,
    )
    assert fact(sheet, 2, 3).amount.value == Decimal("-12340000")
    assert fact(sheet, 2, 5).amount.value == Decimal("-50000")
    assert len([b for block in sheet.blocks for b in block.blanks.values()]) == 1


def test_amount_beyond_range_and_amount_without_unit_are_not_facts(context: Context) -> None:
    rows = [["科目编码", "科目名称", "合计"], ["2080505", "x", "1"], ["2080506", "y", "9" * 14]]
    assert [u.reason for u in read(draw(rows, *TITLE), context).unbound][-1] == "outOfRange"
    assert {u.reason for u in read(draw(rows), context, unit="").unbound} == {"noUnit"}


def test_last_years_column_is_of_last_year(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["科目编码", "科目名称", "2024年执行数", "2025年预算数"],
                ["2080505", "机关事业单位基本养老保险缴费支出", "1.00", "2.00"],
            ],
            *TITLE,
        ),
        context,
    )
    last, own = fact(sheet, 2, 3).key, fact(sheet, 2, 4).key
    assert (last.year, last.phase) == ("2024", "executed")
    assert (own.year, own.phase) == ("2025", "approved")


def test_same_label_twice_in_one_column_is_not_compared(context: Context) -> None:
    sheet = read(
        draw(
            [["采购项目", "金额"], ["打印机", "1.00"], ["打印机", "3.00"]],
            "政府采购预算表",
            "单位：万元",
        ),
        context,
    )
    first, second = fact(sheet, 2, 2).key, fact(sheet, 3, 2).key
    assert first != second


def test_column_of_the_year_before_without_its_number(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["单位名称", "上年", "本年"],
                ["^", "公务接待费", "公务接待费"],
                ["临江市档案馆", "1.20", "1.10"],
            ],
            "“三公”经费支出表",
            "单位：万元",
        ),
        context,
    )
    assert [fact(sheet, 3, column).key.year for column in (2, 3)] == ["2024", "2025"]
    assert fact(sheet, 3, 2).key.item == "reception"


def test_table_whose_columns_are_uncertain_is_read_but_not_compared(context: Context) -> None:
    table = draw(
        [
            ["科目编码", "科目名称", "合计"],
            ["2080505", "机关事业单位基本养老保险缴费支出", "3.00"],
        ],
        *TITLE,
    )
    broken = replace(table, broken="表头的合并单元格有几种解法")
    sheet = read(broken, context)
    assert fact(sheet, 2, 3).key.digest() is None
    assert [u.reason for u in sheet.unbound] == ["broken"]


PURCHASES = (("政府采购支出表", "单位：万元"), ["采购大类", "专项名称", "经济科目", "一般公共预算"])


def test_heading_that_holds_units_is_of_no_unit(context: Context) -> None:
    captions, top = PURCHASES
    rows = [
        ["合计", "", "", "6.00"],
        ["货物", "", "", "1.00"],
        ["001青溪县图书馆", "", "", "1.00"],
        ["", "定额", "办公费", "1.00"],
        ["服务", "", "", "5.00"],
        ["002青溪县文化馆", "", "", "5.00"],
        ["", "体检费", "其他商品和服务支出", "5.00"],
    ]
    top = ["单位名称", *top[1:]]
    sheet = read(draw([top, *rows], *captions), context)
    own = fact(sheet, 2, 4).key.organisation
    said = [(fact(sheet, row, 4).key.item, fact(sheet, row, 4).key.organisation) for row in (3, 6)]
    assert said == [("procurementGoods", own), ("procurementServices", own)]
    inner = fact(sheet, 7, 4).key
    assert (inner.item, inner.organisation != own) == ("procurementServices", True)
    assert fact(sheet, 8, 4).key.organisation == inner.organisation


def test_name_that_several_codes_bear_is_part_of_the_projects_name(context: Context) -> None:
    captions, top = PURCHASES
    rows = [
        ["合计", "", "", "3.00"],
        ["", "设备购置", "办公设备购置", "1.00"],
        ["", "设备购置", "专用设备购置", "2.00"],
    ]
    sheet = read(draw([top, *rows], *captions), context)
    keys = [fact(sheet, row, 4).key for row in (3, 4)]
    assert [key.dept_economic for key in keys] == ["all", "all"]
    assert [key.project for key in keys] == ["设备购置 办公设备购置", "设备购置 专用设备购置"]


def test_total_of_three_public_meetings_and_training(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["单位名称", "合计", "“三公”经费", "会议费", "培训费"],
                ["合计", "6.00", "3.00", "1.00", "2.00"],
            ],
            "“三公”经费及会议费、培训费支出预算表",
            "单位：万元",
        ),
        context,
    )
    items = [fact(sheet, 2, column).key.item for column in (2, 3, 4, 5)]
    assert items == ["publicMeetingsTraining", "threePublic", "meetings", "training"]


def test_one_of_two_totals_side_by_side_is_not_known_to_be_of_all(context: Context) -> None:
    sheet = read(
        draw(
            [
                [
                    "单位名称",
                    "合计",
                    "小计",
                    "因公出国（境）费用",
                    "公务接待费",
                    "会议费",
                    "培训费",
                ],
                ["合计", "6.00", "3.00", "1.00", "2.00", "1.00", "2.00"],
            ],
            "“三公”经费及会议费、培训费支出预算表",
            "单位：万元",
        ),
        context,
    )
    items = [fact(sheet, 2, column).key.item for column in (2, 3, 4)]
    assert items == ["undetermined", "undetermined", "overseasTravel"]


def test_code_without_indentation_stands_under_a_nature(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["部门预算支出经济分类科目", "预算数"],
                ["一、人员经费和公用经费支出", "2.00"],
                ["对个人和家庭的补助", "2.00"],
                ["二、专项业务经费支出", "3.00"],
                ["对个人和家庭的补助", "3.00"],
            ],
            "政府性基金收支总表",
            "单位：万元",
        ),
        context,
    )
    natures = [fact(sheet, row, 2).key.nature for row in (3, 5)]
    assert natures == ["basic", "project"]


def test_scores_of_a_form_are_no_amounts(context: Context) -> None:
    sheet = read(
        draw(
            [
                ["项目", "年初预算数", "全年执行数"],
                ["村庄道路提升", "400.00", "390.00"],
                ["一级指标", "分值", "得分"],
                ["产出指标", "20", "18"],
            ],
            "项目支出绩效自评表",
            "单位：万元",
        ),
        context,
    )
    found = [f.amount.printed for b in sheet.blocks for f in b.facts.values()]
    assert (found, sheet.unbound) == (["400.00", "390.00"], [])


def test_other_funds_are_the_units_own_where_special_accounts_are_split_off(
    context: Context,
) -> None:
    rows = [
        ["支出项目类别（资金使用单位）", "总计", "财政拨款", "财政专户拨款", "其他资金"],
        ["合计", "12.00", "10.00", "0.00", "2.00"],
        ["工资福利支出", "9.00", "8.00", "0.00", "1.00"],
        ["商品和服务支出", "3.00", "2.00", "0.00", "1.00"],
    ]
    split = read(draw(rows, "部门预算基本支出预算表", "单位：万元"), context)
    assert fact(split, 2, 5).key.fund == "unitFunds"
    two = read(draw([[*r[:3], r[4]] for r in rows], "基本支出预算表", "单位：万元"), context)
    assert fact(two, 2, 4).key.fund == "nonFiscal"
    assert (fact(two, 3, 2).key.dept_economic, fact(two, 3, 2).key.project) == ("301", "all")


def test_units_that_a_table_does_not_name_are_told_apart_where_its_codes_begin_anew(
    context: Context,
) -> None:
    table = draw(
        [
            ["科目编码", "科目名称", "合计", "基本支出"],
            ["2080101", "行政运行", "10.00", "10.00"],
            ["2210201", "住房公积金", "2.00", "2.00"],
            ["2080101", "行政运行", "5.00", ""],
            ["2210201", "住房公积金", "1.00", "1.00"],
            ["合计", "<", "18.00", "13.00"],
        ],
        *TITLE,
    )
    sheet = read(table, context)
    first, second = fact(sheet, 2, 3).key, fact(sheet, 4, 3).key
    assert first.organisation != second.organisation
    assert fact(sheet, 3, 3).key.organisation == first.organisation
    assert (second.consolidation, second.project) == ("unit", "all")
    (blank,) = [b for block in sheet.blocks for b in block.blanks.values()]
    assert blank.key.organisation == second.organisation
    assert fact(sheet, 6, 3).key.organisation == context.identity.organisation


def test_a_project_whose_name_stands_on_the_page_before_goes_on(context: Context) -> None:
    table = draw(
        [
            ["项目名称", "项目总额", "财政资金", "绩效目标"],
            ["印刷服务", "16.70", "16.70", "印制表格"],
            ["", "10.89", "10.89", "印制手册"],
            ["设备购置", "3.00", "3.00", "更新电脑"],
        ],
        "项目支出绩效目标表",
        "单位：万元",
    )
    before, broken, after = table.rows[:2], table.rows[2], table.rows[3:]
    sheet = read(replace(table, rows=(*before, broken[1:], *after)), context)
    names = [fact(sheet, row, 2).key.project for row in (2, 3, 4)]
    assert [name.partition("#")[0] for name in names] == ["印刷服务", "印刷服务", "设备购置"]
    assert names[0] != names[1]
    assert fact(sheet, 2, 3).key.project == names[0]
