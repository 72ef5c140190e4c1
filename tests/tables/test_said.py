"""What stands in the cells decides before header words do; what is not understood stays open."""

from __future__ import annotations

from .conftest import LEFT, UP, facts, violations

SPENDING = "2025年支出预算总表"


def test_frames_within_cells_and_lines_of_a_head_make_no_columns() -> None:
    rows = [
        ["", "单位编", "", "", "单位名称", "", "", "一般公共预算", "", "", "政府", ""],
        ["", "码", "", "", UP, "", "", UP, "", "", "性基", ""],
        ["", "", "", "", "", "", "", "", "", "", "金拨", ""],
        ["", "", "", "", "", "", "", "", "", "", "款", ""],
        ["", LEFT, LEFT, "合计", LEFT, LEFT, "15.28", LEFT, LEFT, "3.10", LEFT, LEFT],
        ["312001", LEFT, LEFT, "临江市档案馆", LEFT, LEFT, "5.11", LEFT, LEFT, "1.10", LEFT, LEFT],
        [
            "3120 02",
            LEFT,
            LEFT,
            "方志馆（市）",
            LEFT,
            LEFT,
            "10.17",
            LEFT,
            LEFT,
            "2.00",
            LEFT,
            LEFT,
        ],
    ]
    found = facts(rows, SPENDING)
    assert found[7, 7].key.organisation == "方志馆（市）"
    assert found[7, 10].key.fund == "governmentFund"
    assert len(found) == 6
    assert not violations(rows, SPENDING)
    rows[5][6] = "5.71"
    assert violations(rows, SPENDING)


def test_a_part_that_is_not_understood_is_never_the_whole() -> None:
    rows = [
        ["项目名称", "合计", "金额", "其中：经费拨款"],
        ["合计", "123.31", "123.31", "118.12"],
        ["馆藏抢救", "51.00", "51.00", "48.00"],
        ["库房恒温改造", "72.31", "72.31", "70.12"],
    ]
    title = "2025年部门项目支出表"
    found = facts(rows, title)
    assert {found[row, 4].key.digest() for row in (2, 3, 4)} == {None}
    assert all(found[row, column].key.digest() for row in (2, 3, 4) for column in (2, 3))
    assert not violations(rows, title)
    rows[2][2] = "57.00"
    rows[1][2] = "129.31"
    assert violations(rows, title)


def test_a_source_heads_a_column_of_spending() -> None:
    rows = [
        ["单位名称", "合计", "事业收入"],
        ["合计", "15.28", "3.10"],
        ["临江市档案馆", "15.28", "3.10"],
    ]
    assert facts(rows, SPENDING)[2, 3].key.flow == "expenditure"
    assert facts(rows, "2025年收入预算总表")[2, 3].key.flow == "revenue"


def test_a_total_holds_more_than_the_item_of_a_title_that_was_cut() -> None:
    rows = [
        ["单位名称", "合计", "“三公”经费", LEFT, LEFT, "会议费", "培训费"],
        [UP, UP, "小计", "公务接待费", "公务用车运行维护费", UP, UP],
        ["临江市档案馆", "9.00", "4.00", "1.00", "3.00", "2.00", "3.00"],
    ]
    found = facts(rows, "2025年一般公共预算拨款“三公”经费、")
    assert found[3, 2].key.item == "publicMeetingsTraining"
    assert found[3, 3].key.item == "threePublic"


def test_codes_tell_the_scheme_of_columns_headed_alike() -> None:
    rows = [
        ["科目编码", "科目名称", "科目编码", "科目名称", "合计"],
        ["301", "工资福利支出", "501", "机关工资福利支出", "9.00"],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "5.00"],
        ["30102", "津贴补贴", "50101", "工资奖金津补贴", "4.00"],
    ]
    key = facts(rows, "2025年一般公共预算基本支出表")[4, 5].key
    assert (key.dept_economic, key.gov_economic) == ("30102", "50101")


def test_in_a_table_of_basic_spending_there_are_no_projects() -> None:
    rows = [
        ["支出项目", "合计"],
        ["工资福利支出", "9.00"],
        ["基本工资", "5.00"],
        ["津贴补贴", "4.00"],
        ["商品和服务支出", "2.00"],
        ["办公费", "2.00"],
    ]
    found = facts(rows, "2025年一般公共预算基本支出表")
    assert [found[row, 2].key.dept_economic for row in range(2, 7)] == [
        "301", "30101", "30102", "302", "30201",
    ]  # fmt: skip
    assert {fact.key.project for fact in found.values()} == {"all"}


def test_codes_broken_by_blanks() -> None:
    rows = [
        ["科目编码", "科目名称", "合计"],
        ["208", "社会保障和就业支出", "9.00"],
        ["208 05", "行政事业单位养老支出", "9.00"],
        ["208 05 05", "机关事业单位基本养老保险缴费支出", "9.00"],
    ]
    found = facts(rows, SPENDING)
    assert [found[row, 3].key.functional for row in (2, 3, 4)] == ["208", "20805", "2080505"]


def test_a_name_of_several_codes_is_the_one_below_the_code_above() -> None:
    rows = [
        ["功能分类科目", "合计"],
        ["交通运输支出", "9.00"],
        ["公路水路运输", "9.00"],
        ["公路养护", "9.00"],
    ]
    found = facts(rows, SPENDING)
    assert [found[row, 2].key.functional for row in (2, 3, 4)] == ["214", "21401", "2140106"]


def test_names_without_indentation_stand_under_each_other_by_the_code_table() -> None:
    rows = [
        ["功能分类科目", "合计"],
        ["合计", "30.48"],
        ["社会保障和就业支出", "21.31"],
        ["行政事业单位养老支出", "21.31"],
        ["机关事业单位基本养老保险缴费支出", "14.20"],
        ["机关事业单位职业年金缴费支出", "7.11"],
        ["住房保障支出", "9.17"],
    ]
    assert not violations(rows, SPENDING)
    rows[4][1] = "14.02"
    assert violations(rows, SPENDING)


def test_years_as_rows() -> None:
    rows = [
        ["项目", "合计", "公务接待费", "公务用车运行维护费"],
        ["2024年预算数", "5.00", "2.00", "3.00"],
        ["2025年预算数", "4.00", "1.00", "3.00"],
    ]
    found = facts(rows, "一般公共预算“三公”经费支出表")
    assert [found[row, 3].key.year for row in (2, 3)] == ["2024", "2025"]


def test_a_number_that_its_cell_cuts_is_one_number() -> None:
    rows = [
        ["单位名称", "合计", "一般公共预算", "政府性基金预算"],
        ["合计", "7600.10", "3800.0\n0", "3800.10"],
        ["临江市档案馆", "7600.10", "3800.00", "3800.10"],
    ]
    assert facts(rows, SPENDING)[2, 3].amount.printed == "3800.00"
    assert not violations(rows, SPENDING)
    rows[1][2] = "3800.1\n0"
    assert violations(rows, SPENDING)


def test_a_row_that_prints_the_one_above_again_is_no_addend() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "项目支出"],
        ["", "合计", "63.37", "63.37"],
        ["205", "教育支出", "13.17", "13.17"],
        ["229", "其他支出", "50.20", "50.20"],
        ["22999", "其他支出", "50.20", "50.20"],
        ["22999", "其他支出", "50.20", "50.20"],
    ]
    found = facts(rows, SPENDING)
    assert found[5, 3].key == found[6, 3].key
    assert found[5, 3].key.digest() is not None
    assert not violations(rows, SPENDING)
    rows[4][2] = rows[5][2] = "52.20"
    assert violations(rows, SPENDING)


def test_the_number_of_a_row_that_ran_into_its_label() -> None:
    rows = [
        ["收入", "预算数"],
        ["一、本年收入", "266.92"],
        ["1（一）一般公共预算资金", "223.88"],
        ["1（二）政府性基金预算资金", "43.04"],
        ["二、上年结转", "81.38"],
        ["收入合计", "348.30"],
    ]
    title = "2025年部门收支总表"
    assert not violations(rows, title)
    rows[2][1] = "232.88"
    assert violations(rows, title)


def test_in_a_list_of_projects_the_name_of_an_item_is_a_project() -> None:
    rows = [
        ["单位编码", "单位（项目）名称", "项目金额"],
        ["", "合计", "197.90"],
        ["312001", "临江市档案馆", "197.90"],
        ["", "馆藏抢救", "96.80"],
        ["", "运行维护费", "44.74"],
        ["", "库房恒温改造", "56.36"],
    ]
    title = "2025年部门项目支出表"
    found = facts(rows, title)
    assert (found[5, 3].key.project, found[5, 3].key.item) == ("运行维护费", "all")
    assert not violations(rows, title)
    rows[4][2] = "47.44"
    assert violations(rows, title) == ["R3.3"]
