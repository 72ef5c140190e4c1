"""Titles that tables do not print: from the list of tables, or left open."""

from __future__ import annotations

from pathlib import Path

from kemu.model.facts import Fact
from kemu.model.findings import CheckResult

from .making import checked, rules
from .test_continuation import page

LIST = [
    "一、部门收入总表……………………3",
    "二、部门支出总表……………………4",
    "三、一般公共预算支出表………………5",
    "四、政府性基金预算支出表………………6",
]
INCOME = [["项目", "预算数"], ["合计", "1,020.10"], ["财政拨款收入", "1,020.10"]]
SPENDING = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "1,020.10", "610.05", "410.05"],
    ["201", "一般公共服务支出", "810.07", "500.03", "310.04"],
    ["208", "社会保障和就业支出", "210.03", "110.02", "100.01"],
]
GENERAL = [[{"1,020.10": "990.10", "210.03": "180.03", "410.05": "380.05", "100.01": "70.01"}.get(
    text, text) for text in row] for row in SPENDING]  # fmt: skip
FUND = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "30.00", "0.00", "30.00"],
    ["208", "社会保障和就业支出", "30.00", "0.00", "30.00"],
]
UNIT = "单位：万元"


def facts(result: CheckResult, table: int) -> list[Fact]:
    """Return the amounts of one table."""
    return [fact for fact in result.extraction.facts if fact.place.table == table]


def tables(*shown: object) -> list[object]:
    """Return tables under a line with their unit alone, set apart by a sentence."""
    return [part for one in shown for part in ("下表由财务科填列，如有疑问请联系。", UNIT, one)]


def test_tables_without_titles_take_them_from_the_list(tmp_path: Path) -> None:
    data = page("目录", *LIST, *tables(INCOME, SPENDING, GENERAL, FUND))  # type: ignore[arg-type]
    result = checked(tmp_path, "a.html", data)
    assert {f.key.fund for f in facts(result, 3)} == {"generalPublicBudget"}
    assert {f.key.fund for f in facts(result, 4)} == {"governmentFund"}
    assert {f.key.fund for f in facts(result, 2)} == {"all"}
    told = [s for s in result.extraction.spans if s.value == "contents"]
    assert [s.about for s in told] == ["t1", "t2", "t3", "t4"]
    assert [s.text for s in told] == LIST
    assert not rules(result)


def test_a_title_of_its_own_comes_first(tmp_path: Path) -> None:
    own = ["国有资本经营预算支出表", UNIT, FUND]
    data = page("目录", *LIST, *tables(INCOME, SPENDING, GENERAL), *own)  # type: ignore[arg-type]
    result = checked(tmp_path, "a.html", data)
    assert {f.key.fund for f in facts(result, 4)} == {"stateCapital"}
    assert {f.key.fund for f in facts(result, 3)} <= {"generalPublicBudget", "undetermined"}


def test_more_entries_than_tables_leave_titles_open(tmp_path: Path) -> None:
    data = page("目录", *LIST, *tables(INCOME, FUND))  # type: ignore[arg-type]
    result = checked(tmp_path, "a.html", data)
    assert {f.key.fund for f in facts(result, 2)} == {"undetermined"}


def test_a_table_without_title_is_not_about_everything(tmp_path: Path) -> None:
    data = page("部门支出总表", UNIT, SPENDING, *tables(FUND))  # type: ignore[arg-type]
    result = checked(tmp_path, "a.html", data)
    assert {f.key.fund for f in facts(result, 1)} == {"all"}
    assert {f.key.fund for f in facts(result, 2)} == {"undetermined"}
    assert {f.key.digest() for f in facts(result, 2)} == {None}
    assert not [rule for rule in rules(result) if rule.startswith("R4")]


def test_the_same_table_with_its_title_is_compared(tmp_path: Path) -> None:
    again = [["1,020.20" if text == "1,020.10" else text for text in row] for row in SPENDING]
    data = page("部门支出总表", UNIT, SPENDING, "部门支出总表", "填表人：财务科。", UNIT, again)
    titled = page("部门支出总表", UNIT, SPENDING, "部门支出分类总表", UNIT, again)
    assert "R4.1" not in rules(checked(tmp_path, "a.html", data))
    assert "R4.1" in rules(checked(tmp_path, "a.html", titled))


def test_columns_may_say_what_the_title_does_not(tmp_path: Path) -> None:
    rows = [
        ["科目编码", "科目名称", "一般公共预算", "政府性基金预算"],
        ["", "合计", "990.10", "30.00"],
        ["208", "社会保障和就业支出", "990.10", "30.00"],
    ]
    result = checked(tmp_path, "a.html", page(*tables(rows)))  # type: ignore[arg-type]
    found = {f.key.fund for f in facts(result, 1)}
    assert found == {"generalPublicBudget", "governmentFund"}
    assert {f.key.flow for f in facts(result, 1) if f.key.functional == "208"} == {"expenditure"}


def test_a_heading_that_text_follows_titles_no_table(tmp_path: Path) -> None:
    text = "八、机关运行经费安排情况", "本单位运行经费按定额安排，用于日常办公，没有其他开支。"
    result = checked(tmp_path, "a.html", page(*text, UNIT, FUND))
    assert "organOperation" not in {f.key.item for f in facts(result, 1)}
