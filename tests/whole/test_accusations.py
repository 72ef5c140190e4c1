"""What is asked before a document is accused: each reading that may be wrong, and its true twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from .pages import ACCOUNT, checked, found, prose, table, told

HEAD = "功能科目编码|功能科目名称|合计|基本支出|项目支出"
FUND = "三、一般公共预算支出情况"


def _police(item: str, *, title: str = "一般公共预算支出表") -> str:
    """A 款 of 70.40 whose items are 30.20 and another; 12.30 of it may be withheld."""
    return table(
        HEAD,
        "合计||100.40|60.20|40.20",
        "204|公共安全支出|70.40|30.20|40.20",
        "20402|公安|70.40|30.20|40.20",
        "2040201|行政运行|30.20|30.20|",
        f"2040220|执法办案|{item}||{item}",
        "221|住房保障支出|30.00|30.00|",
        "22102|住房改革支出|30.00|30.00|",
        "2210201|住房公积金|30.00|30.00|",
        title=title,
    )


def test_an_item_withheld_in_every_table_is_no_error(tmp_path: Path) -> None:
    both = (_police("27.90", title="部门支出总表"), _police("27.90"))
    assert found(checked(tmp_path, *both), "R3.1", "R3.8") == []


def test_an_item_wrong_in_one_table_is_told(tmp_path: Path) -> None:
    both = (_police("40.20", title="部门支出总表"), _police("27.90"))
    assert "R3.1" in {each.rule for each in found(checked(tmp_path, *both), "R3.1", "R3.8")}


def test_an_item_wrong_in_the_only_table_is_told(tmp_path: Path) -> None:
    assert found(checked(tmp_path, _police("27.90")), "R3.1")


def test_the_tail_of_a_name_is_compared_with_nothing(tmp_path: Path) -> None:
    """Equipment that there is, and equipment to be bought."""
    lines = (
        "八、国有资产占有使用情况",
        "本单位共有车辆3辆，其中：其他用车3辆。单位价值100万元（含）以上设备46台（套）。",
        "安排购置车辆0辆，其中：其他用车0辆。单位价值100万元（含）以上设备0台（套）。",
    )
    assert found(checked(tmp_path, prose(*lines)), "R4.3") == []


def test_vehicles_in_two_numbers_are_told(tmp_path: Path) -> None:
    lines = ("八、国有资产占有使用情况", "共有车辆46辆。", "本单位共有车辆4辆。")
    assert found(checked(tmp_path, prose(*lines)), "R4.3")


def test_a_zero_base_is_told_once(tmp_path: Path) -> None:
    lines = (
        "三、“三公”经费支出情况",
        "公务接待费支出2.00万元，比2023年度决算数0.00万元增加2.00万元，增长100%。",
        "公务用车运行维护费支出3.00万元，比2023年度决算数0.00万元增加3.00万元，增长100%。",
    )
    result = checked(tmp_path, prose(*lines), title=ACCOUNT)
    [one] = told(result, "R5.6")
    assert "共 2 处" in one
    single = checked(tmp_path, prose(*lines[:2]), title=ACCOUNT)
    [one] = told(single, "R5.6")
    assert one.endswith("应写“无法计算”。")


@pytest.mark.parametrize(
    ("reason", "explained"),
    [
        ("，结合档案数字化的需要从紧安排。", True),
        ("，基本持平。", True),
        ("。", False),
        ("，其中：公务接待费支出2.00万元。", False),
    ],
)
def test_a_reason_needs_no_word_for_it(tmp_path: Path, reason: str, explained: bool) -> None:
    line = f"2025年“三公”经费预算9.20万元，比2024年预算8.90万元增加0.30万元{reason}"
    result = checked(tmp_path, prose("四、“三公”经费预算情况说明", line))
    assert bool(found(result, "R5.11")) != explained


def test_items_whose_names_were_not_read_are_not_the_whole_of_their_list(tmp_path: Path) -> None:
    lines = (
        "2025年一般公共预算支出90.00万元，支出主要内容如下：",
        "“甲乙丙丁戊”科目60.00万元。",
    )
    result = checked(tmp_path, prose(FUND, *lines))
    assert found(result, "R4.3") == []


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("政府性基金预算基本支出表", []),
        ("一般公共预算基本支出表", ["R3.11"]),
    ],
)
def test_operating_costs_are_held_against_the_general_budget_only(
    tmp_path: Path, title: str, rules: list[str]
) -> None:
    basic = table("项目|预算数", "人员经费和公用经费支出|8.80", "合计|8.80", title=title)
    line = "2025年机关运行经费财政拨款预算12.40万元。"
    result = checked(tmp_path, basic, prose("七、机关运行经费", line))
    assert [each.rule for each in found(result, "R3.11")] == rules


@pytest.mark.parametrize(("ends", "rules"), [("等", []), ("", ["R4.6"])])
def test_a_list_of_names_that_says_there_are_more(
    tmp_path: Path, ends: str, rules: list[str]
) -> None:
    lines = (
        "五、一般公共预算基本支出情况",
        "2025年一般公共预算基本支出100.00万元，其中：人员经费100.00万元，"
        f"主要包括：基本工资、津贴补贴、奖金{ends}。",
    )
    spent = table(
        "经济科目编码|经济科目名称|合计|人员经费|公用经费",
        "|合计|100.00|100.00|",
        "301|工资福利支出|100.00|100.00|",
        "30101|基本工资|40.00|40.00|",
        "30102|津贴补贴|30.00|30.00|",
        "30103|奖金|20.00|20.00|",
        "30113|住房公积金|10.00|10.00|",
        title="一般公共预算基本支出表",
    )
    result = checked(tmp_path, prose(*lines), spent)
    assert [each.rule for each in found(result, "R4.6")] == rules
