"""Heads of columns that name subjects of 经济分类, units or rates: what their amounts are about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .conftest import LEFT, UP, facts, violations

MATRIX = [
    ["科目编码", "科目名称", "合计", "工资福利支出", LEFT, LEFT, "商品和服务支出", LEFT, LEFT],
    [UP, UP, UP, "小计", "基本工资", "津贴补贴", "小计", "办公费", "会议费"],
    ["", "合计", "100.00", "70.00", "40.00", "30.00", "30.00", "26.00", "4.00"],
    ["201", "一般公共服务支出", "100.00", "70.00", "40.00", "30.00", "30.00", "26.00", "4.00"],
]
TITLE = "一般公共预算基本支出表"


def test_a_matrix_has_功能分类_downwards_and_经济分类_across() -> None:
    found = facts(MATRIX, TITLE)
    assert [found[4, x].key.dept_economic for x in range(3, 10)] == [
        "all", "301", "30101", "30102", "302", "30201", "30215",
    ]  # fmt: skip
    assert {found[4, x].key.functional for x in range(3, 10)} == {"201"}
    assert {found[4, x].key.item for x in range(3, 10)} == {"all"}
    assert not violations(MATRIX, TITLE)


def test_a_wrong_part_of_a_matrix_is_told() -> None:
    wrong = [list(row) for row in MATRIX]
    wrong[3][5] = "33.00"
    assert violations(wrong, TITLE)


def test_heads_of_政府预算经济分类_may_leave_out_机关() -> None:
    rows = [
        ["科目编码", "科目名称", "总计", "工资福利支出", LEFT, LEFT, "对事业单位经常性补助"],
        [UP, UP, UP, "合计", "工资奖金津补贴", "社会保障缴费", "工资福利支出"],
        ["201", "一般公共服务支出", "90.00", "60.00", "40.00", "20.00", "30.00"],
    ]
    found = facts(rows, "一般公共预算基本支出表（按政府预算经济分类）")
    codes = [found[3, x].key.gov_economic for x in range(4, 8)]
    assert codes == ["501", "50101", "50102", "50501"]


def test_heads_of_items_are_no_subjects() -> None:
    rows = [
        ["单位名称", "合计", "因公出国（境）费用", "公务接待费", "会议费", "培训费"],
        ["临江市档案馆", "10.00", "1.00", "2.00", "3.00", "4.00"],
    ]
    found = facts(rows, "三公经费、会议费和培训费预算表")
    assert {found[2, x].key.dept_economic for x in range(2, 7)} == {"all"}
    assert found[2, 4].key.item == "reception"


UNITS = [
    ["科目编码", "科目名称", "合计", "临江市档案馆机关", LEFT, "临江市方志中心", LEFT],
    [UP, UP, UP, "基本支出", "项目支出", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "100.00", "40.00", "20.00", "30.00", "10.00"],
]


def test_units_at_the_head_of_columns() -> None:
    found = facts(UNITS, "部门支出总表")
    assert [found[3, x].key.organisation for x in (3, 6, 7)] == [
        "临江市档案馆", "临江市方志中心", "临江市方志中心",
    ]  # fmt: skip
    assert [found[3, x].key.consolidation for x in (3, 4, 6)] == [
        "departmentTotal", "headquarters", "unit",
    ]  # fmt: skip
    assert not violations(UNITS, "部门支出总表")


def test_a_column_of_names_of_units_is_one_whatever_its_head() -> None:
    rows = [
        ["单位", "科目", "合计", "基本支出"],
        ["临江市档案馆机关", "2010301行政运行", "40.00", "40.00"],
        [UP, "2210201住房公积金", "10.00", "10.00"],
        ["临江市方志中心", "2010350事业运行", "30.00", "30.00"],
        [UP, "2210201住房公积金", "20.00", "20.00"],
    ]
    found = facts(rows, "一般公共预算支出表")
    told = [(found[y, 3].key.organisation, found[y, 3].key.functional) for y in range(2, 6)]
    assert told == [
        ("临江市档案馆", "2010301"),
        ("临江市档案馆", "2210201"),
        ("临江市方志中心", "2010350"),
        ("临江市方志中心", "2210201"),
    ]


@pytest.mark.parametrize("label", ["合计", "总计"])
def test_a_total_may_stand_in_the_column_of_codes(label: str) -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "40.00", "30.00", "10.00"],
        ["208", "社会保障和就业支出", "10.00", "10.00", ""],
        [label, LEFT, "50.00", "40.00", "10.00"],
    ]
    found = facts(rows, "一般公共预算支出表")
    assert (found[4, 3].key.functional, found[4, 3].key.item) == ("all", "all")
    assert not violations(rows, "一般公共预算支出表")
    rows[3][3] = "48.00"
    assert "R3.3" in violations(rows, "一般公共预算支出表")


def _change(change: str) -> Sequence[Sequence[str]]:
    return [
        ["项目", "2024年预算数", "2025年预算数", "增减额", "增减%"],
        ["公务接待费", "10.00", "12.00", change, "20.00"],
    ]


def test_a_rate_beside_a_change_is_no_change() -> None:
    assert not violations(_change("2.00"), "“三公”经费预算表")


def test_a_wrong_change_beside_a_rate_is_told() -> None:
    assert violations(_change("5.00"), "“三公”经费预算表") == ["R5.2"]


def test_the_name_of_a_classification_over_an_amount_says_nothing_of_it() -> None:
    rows = [
        ["政府预算支出经济分类", LEFT, LEFT, "部门预算支出经济分类", LEFT, LEFT],
        ["科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"],
        ["501", "机关工资福利支出", "30.00", "301", "工资福利支出", "40.00"],
        ["505", "对事业单位经常性补助", "10.00", "", "", ""],
    ]
    found = facts(rows, "一般公共预算基本支出决算表")
    assert (found[3, 3].key.gov_economic, found[3, 6].key.dept_economic) == ("501", "301")
    assert {found[3, 3].key.item, found[3, 6].key.item} == {"all"}
    assert {found[3, 3].key.phase, found[3, 6].key.phase} == {"final"}
    assert not violations(rows, "一般公共预算基本支出决算表")


def test_a_column_of_units_with_their_codes_is_beside_projects() -> None:
    rows = [
        ["类型", "项目名称", "项目单位", "合计"],
        ["特定目标类", "档案抢救", "117001-临江市档案馆机关", "4.00"],
        ["特定目标类", "数字化", "117002-临江市方志中心", "6.00"],
    ]
    found = facts(rows, "项目支出表")
    assert [found[y, 4].key.organisation for y in (2, 3)] == ["临江市档案馆", "临江市方志中心"]
    assert "档案抢救" in found[2, 4].key.project
