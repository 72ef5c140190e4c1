"""Tables that go on over a page: joined by head or by numbers, and nothing else joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kemu.model.document import Table
from kemu.model.findings import CheckResult

from .making import COVER, checked, rules

HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ABOVE = [
    ["", "合计", "1,020.10", "610.05", "410.05"],
    ["201", "一般公共服务支出", "810.07", "500.03", "310.04"],
    ["20126", "档案事务", "810.07", "500.03", "310.04"],
    ["2012601", "行政运行", "500.03", "500.03", "0.00"],
]
BELOW = [
    ["2012604", "档案馆", "310.04", "0.00", "310.04"],
    ["208", "社会保障和就业支出", "210.03", "110.02", "100.01"],
    ["20805", "行政事业单位养老支出", "210.03", "110.02", "100.01"],
    ["2080505", "机关事业单位基本养老保险缴费支出", "210.03", "110.02", "100.01"],
]
Rows = Sequence[Sequence[str]]


def page(*parts: str | Rows) -> bytes:
    """Return a web page of lines and tables."""
    body = "".join(f"<p>{line}</p>" for line in COVER)
    for part in parts:
        if isinstance(part, str):
            body += f"<p>{part}</p>"
        else:
            rows = ("".join(f"<td>{text}</td>" for text in row) for row in part)
            body += f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f"<html><body>{body}</body></html>".encode()


def tables(result: CheckResult) -> list[Table]:
    """Return the tables as they were read."""
    return list(result.extraction.document.tables)


TOP = ("一般公共预算支出表", "单位：万元")


@pytest.mark.parametrize("between", [(), ("- 12 -",), TOP, ("一般公共预算支出表（续）",)])
@pytest.mark.parametrize("head", [[HEAD], []])
def test_the_rest_of_a_table(
    head: list[list[str]], between: tuple[str, ...], tmp_path: Path
) -> None:
    result = checked(tmp_path, "a.html", page(*TOP, [HEAD, *ABOVE], *between, [*head, *BELOW]))
    (table,) = tables(result)
    assert len(table.rows) == 1 + len(ABOVE) + len(BELOW)
    places = [cell.place for row in table.rows for cell in row]
    assert {place.table for place in places} == {1}
    assert [row[0].place.row for row in table.rows] == list(range(1, 10))
    assert {f.key.fund for f in result.extraction.facts} == {"generalPublicBudget"}
    assert not rules(result)


@pytest.mark.parametrize("head", [[HEAD], []])
def test_a_wrong_amount_in_the_rest_is_found(head: list[list[str]], tmp_path: Path) -> None:
    below = [["301.04" if text == "310.04" else text for text in row] for row in BELOW]
    below[0][4] = "310.04"
    result = checked(tmp_path, "a.html", page(*TOP, [HEAD, *ABOVE], [*head, *below]))
    assert len(tables(result)) == 1
    assert {"R3.1", "R3.2"} & set(rules(result))


def test_a_total_closed_by_the_third_part(tmp_path: Path) -> None:
    parts = page(*TOP, [HEAD, *ABOVE[:3]], [ABOVE[3]], [BELOW[0]], BELOW[1:])
    assert len(tables(checked(tmp_path, "a.html", parts))) == 1


def test_codes_below_the_last_code_go_on(tmp_path: Path) -> None:
    above = [
        HEAD,
        ["", "合计", "810.07", "500.03", "310.04"],
        ["201", "一般公共服务支出", *ABOVE[0][2:]],
    ]
    above[2][2:] = above[1][2:]
    below = [["20126", "档案事务", *above[1][2:]], ["2012699", "其他档案事务支出", *above[1][2:]]]
    other = [["21001", "卫生健康管理事务", *above[1][2:]]]
    assert len(tables(checked(tmp_path, "a.html", page(*TOP, above, below)))) == 1
    assert len(tables(checked(tmp_path, "b.html", page(*TOP, above, other)))) == 2


SIDES = [
    ["收入", "预算数", "支出", "预算数"],
    ["一、财政拨款收入", "1,020.10", "一、一般公共服务支出", "810.07"],
    ["二、其他收入", "0.00", "二、社会保障和就业支出", "210.03"],
    ["本年收入合计", "1,020.10", "本年支出合计", "1,020.10"],
]
END = [["上年结转", "0.00", "结转下年", "0.00"], ["收入总计", "1,020.10", "支出总计", "1,020.10"]]


@pytest.mark.parametrize(("end", "count"), [(END, 1), ([["其他", "7.30", "备用", "7.30"]], 2)])
def test_the_total_of_an_overview_on_the_next_page(
    end: list[list[str]], count: int, tmp_path: Path
) -> None:
    result = checked(tmp_path, "a.html", page("部门收支总表", "单位：万元", SIDES, end))
    assert len(tables(result)) == count
    assert not [rule for rule in rules(result) if rule.startswith("R3")]


def test_a_wrong_total_of_an_overview_on_the_next_page_is_found(tmp_path: Path) -> None:
    end = [END[0], ["收入总计", "1,020.10", "支出总计", "1,030.10"]]
    result = checked(tmp_path, "a.html", page("部门收支总表", "单位：万元", SIDES, end))
    assert [rule for rule in rules(result) if rule.startswith("R3")]


def test_another_table_under_the_same_head(tmp_path: Path) -> None:
    other = [
        ["", "合计", "30.20", "30.20", "0.00"],
        ["201", "一般公共服务支出", "30.20", "30.20", ""],
    ]
    data = page(*TOP, [HEAD, *ABOVE, *BELOW], [HEAD, *other])
    assert len(tables(checked(tmp_path, "a.html", data))) == 2


def test_another_number_is_another_table(tmp_path: Path) -> None:
    other = [["201", "一般公共服务支出", "30.20", "30.20", "0.00"]]
    data = page("表5", *TOP, [HEAD, *ABOVE, *BELOW], "表6", *TOP, [HEAD, *other])
    assert len(tables(checked(tmp_path, "a.html", data))) == 2


def test_a_table_with_a_title_of_its_own(tmp_path: Path) -> None:
    other = [["201", "一般公共服务支出", "30.20", "30.20", "0.00"]]
    data = page(*TOP, [HEAD, *ABOVE, *BELOW], "政府性基金预算支出表", "单位：万元", [HEAD, *other])
    assert len(tables(checked(tmp_path, "a.html", data))) == 2


def test_rows_that_close_nothing_stay_apart(tmp_path: Path) -> None:
    other = [["2299901", "其他支出", "7.31", "7.31", "0.00"]]
    data = page(*TOP, [HEAD, *ABOVE, *BELOW], other)
    assert len(tables(checked(tmp_path, "a.html", data))) == 2


def test_a_name_that_breaks_off_in_a_bracket(tmp_path: Path) -> None:
    head = ["单位名称", "合计", "财政拨款", "其他资金"]
    above = [
        head,
        ["合计", "90.30", "60.20", "30.10"],
        ["云溪县档案馆（本", "50.20", "30.10", "20.10"],
    ]
    below = [head, ["级）", "", "", ""], ["云溪县方志馆", "40.10", "30.10", "10.00"]]
    result = checked(tmp_path, "a.html", page("部门收入总表", "单位：万元", above, below))
    (table,) = tables(result)
    assert [row[0].text for row in table.rows][2:] == ["云溪县档案馆（本级）", "云溪县方志馆"]
    assert not [rule for rule in rules(result) if rule.startswith("R3")]


def test_a_part_whose_columns_were_lost_accuses_nobody(tmp_path: Path) -> None:
    rest = [[row[1], *row[2:]] for row in BELOW]
    result = checked(tmp_path, "a.html", page(*TOP, [HEAD, *ABOVE], rest))
    assert len(tables(result)) == 2
    assert "R3.3" not in rules(result)


def test_another_table_behind_it_excuses_nothing(tmp_path: Path) -> None:
    other = ("政府采购预算表", "单位：万元", [["项目名称", "金额"], ["办公设备采购", "12.50"]])
    result = checked(tmp_path, "a.html", page(*TOP, [HEAD, *ABOVE], *other))
    assert "R3.3" in rules(result)
