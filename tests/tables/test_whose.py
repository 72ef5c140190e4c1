"""Whose a row is: units printed once, in rows of their own, without codes; and what is no unit."""

from __future__ import annotations

from .conftest import facts, violations

SPENDING = "2025年支出预算总表"
ONCE = [
    ["单位名称", "科目编码", "科目名称", "合计"],
    ["", "", "合计", "134.75"],
    ["临江市水文站", "205", "教育支出", "25.31"],
    ["", "20508", "进修及培训", "25.31"],
    ["", "2050803", "培训支出", "25.31"],
    ["", "208", "社会保障和就业支出", "61.20"],
    ["", "20805", "行政事业单位养老支出", "61.20"],
    ["", "2080505", "机关事业单位基本养老保险缴费支出", "61.20"],
    ["临江市图书馆", "205", "教育支出", "9.17"],
    ["", "20508", "进修及培训", "9.17"],
    ["", "2050803", "培训支出", "9.17"],
    ["", "208", "社会保障和就业支出", "39.07"],
    ["", "20805", "行政事业单位养老支出", "39.07"],
    ["", "2080505", "机关事业单位基本养老保险缴费支出", "39.07"],
]


def test_a_unit_printed_once_stands_for_the_rows_below_it() -> None:
    found = facts(ONCE, SPENDING)
    assert {found[row, 4].key.organisation for row in range(3, 9)} == {"临江市水文站"}
    assert {found[row, 4].key.organisation for row in range(9, 15)} == {"临江市图书馆"}
    assert not violations(ONCE, SPENDING)


def test_a_wrong_amount_in_a_block_is_told() -> None:
    rows = [[*row] for row in ONCE]
    rows[9][3] = "9.71"
    assert violations(rows, SPENDING) == ["R3.1", "R3.8"]


def test_rows_without_a_unit_that_are_sums_of_units_are_the_departments() -> None:
    rows = [
        ["单位名称", "科目编码", "科目名称", "合计"],
        ["", "", "合计", "134.75"],
        ["", "205", "教育支出", "34.48"],
        ["临江市水文站", "2050803", "培训支出", "25.31"],
        ["临江市图书馆", "2050803", "培训支出", "9.17"],
        ["", "208", "社会保障和就业支出", "100.27"],
        ["临江市水文站", "2080505", "机关事业单位基本养老保险缴费支出", "61.20"],
        ["临江市图书馆", "2080505", "机关事业单位基本养老保险缴费支出", "39.07"],
    ]
    found = facts(rows, SPENDING)
    assert found[3, 4].key.organisation == found[6, 4].key.organisation == "临江市档案馆"
    assert not violations(rows, SPENDING)


def test_where_the_numbers_hardly_tell_nobody_is_named() -> None:
    rows = [
        ["单位名称", "科目编码", "科目名称", "合计"],
        ["", "", "合计", "9"],
        ["临江市水文站", "2050803", "培训支出", "4"],
        ["", "208", "社会保障和就业支出", "5"],
        ["临江市图书馆", "2080505", "机关事业单位基本养老保险缴费支出", "5"],
    ]
    found = facts(rows, SPENDING)
    assert found[4, 4].key.organisation == "undetermined"
    assert found[5, 4].key.organisation == "临江市图书馆"


def test_a_row_whose_list_begins_again_and_adds_up_to_it_is_a_unit() -> None:
    rows = [
        ["支出项目类别（资金使用单位）", "总计"],
        ["合计", "121.02"],
        ["临江市档案馆（本级）", "57.50"],
        ["工资福利支出", "46.13"],
        ["商品和服务支出", "11.37"],
        ["临江市地图与测绘成果开发（本级）", "63.52"],
        ["工资福利支出", "40.11"],
        ["商品和服务支出", "23.41"],
    ]
    title = "2025年部门预算基本支出表"
    found = facts(rows, title)
    assert found[7, 2].key.organisation == "临江市地图与测绘成果开发（本级）"
    assert not violations(rows, title)
    rows[1][1] = "112.02"
    assert violations(rows, title) == ["R3.3"]


def test_units_without_codes_stand_above_codes_that_begin_again() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["", "合计", "134.75"],
        ["", "临江市水文站", "86.51"],
        ["205", "教育支出", "25.31"],
        ["208", "社会保障和就业支出", "61.20"],
        ["", "临江市图书馆", "48.24"],
        ["205", "教育支出", "9.17"],
        ["208", "社会保障和就业支出", "39.07"],
    ]
    found = facts(rows, SPENDING)
    assert found[5, 3].key.organisation == "临江市水文站"
    assert found[7, 3].key.organisation == "临江市图书馆"
    assert not violations(rows, SPENDING)
    rows[6][2] = "9.71"
    assert violations(rows, SPENDING)


PROJECTS = "2025年部门项目支出表"


def test_digits_at_the_head_of_a_name_are_no_unit() -> None:
    rows = [
        ["单位编码", "单位（项目）名称", "项目金额"],
        ["", "合计", "968.40"],
        ["312", "临江市档案馆", "968.40"],
        ["312001", "临江市档案馆（本级）", "200.15"],
        ["", "馆藏抢救", "200.15"],
        ["312002", "临江市方志馆", "768.25"],
        ["", "96311查档服务热线", "100.07"],
        ["", "库房恒温改造", "668.18"],
    ]
    found = facts(rows, PROJECTS)
    assert found[7, 3].key.organisation == found[8, 3].key.organisation == "临江市方志馆"
    assert found[7, 3].key.project == "96311查档服务热线"
    assert not violations(rows, PROJECTS)
    rows[6][2] = "110.07"
    assert violations(rows, PROJECTS) == ["R3.3"]


def test_a_code_and_a_name_in_one_cell_are_the_unit_that_another_row_pairs() -> None:
    rows = [
        ["项目名称", "单位名称", "金额"],
        ["合计", "", "15.28"],
        ["[312001]临江市档案馆（本级）", "", "5.11"],
        ["馆藏抢救", "[312001]临江市档案馆（本级）", "5.11"],
        ["[312002]临江市方志馆", "", "10.17"],
        ["志书编纂", "[312002]临江市方志馆", "10.17"],
    ]
    found = facts(rows, PROJECTS)
    assert found[3, 3].key.project == found[5, 3].key.project == "all"
    assert found[5, 3].key.organisation == "临江市方志馆"


def test_one_code_out_of_order_begins_no_unit() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["", "合计", "86.51"],
        ["205", "教育支出", "25.31"],
        ["20508", "进修及培训", "25.31"],
        ["208", "社会保障和就业支出", "61.20"],
        ["20805", "行政事业单位养老支出", "61.20"],
        ["20508", "进修及培训", "40.20"],
    ]
    assert {f.key.organisation for f in facts(rows, SPENDING).values()} == {"临江市档案馆"}


def test_codes_that_begin_anew_below_a_second_total_are_another_units() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["", "合计", "25.31"],
        ["205", "教育支出", "25.31"],
        ["20508", "进修及培训", "25.31"],
        ["", "合计", "61.20"],
        ["205", "教育支出", "61.20"],
        ["20508", "进修及培训", "61.20"],
    ]
    found = facts(rows, SPENDING)
    assert found[3, 3].key.organisation != found[6, 3].key.organisation
