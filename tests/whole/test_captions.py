"""Lines above a table that hold several things: whose it is, and the unit of its money."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.model.facts import Fact

from .making import checked, html, rules, word

FUNDS = [
    ["项目", "合计", "一般公共预算", "政府性基金预算"],
    ["合计", "1,204.00", "1,180.00", "24.00"],
    ["行政运行", "804.00", "780.00", "24.00"],
    ["档案馆", "400.00", "400.00", "0.00"],
]
LINES = [
    "部门（单位）：云溪县档案馆　　　　　　单位：万元",
    "507-云溪县档案馆单位：万元",
    "预算单位：云溪县预算编审中心　　　　　　金额单位：万元",
]
FORMS = pytest.mark.parametrize(
    ("write", "name"), [(html, "a.html"), (word, "a.docx")], ids=["html", "docx"]
)


def facts(result: object) -> list[Fact]:
    """Return the amounts that tables print."""
    return [f for f in result.extraction.facts if f.place.table]  # type: ignore[attr-defined]


@FORMS
@pytest.mark.parametrize("line", LINES)
def test_whose_it_is_and_the_unit_on_one_line(
    write: Callable[..., bytes], name: str, line: str, tmp_path: Path
) -> None:
    result = checked(tmp_path, name, write(FUNDS, "政府性基金预算支出表", line))
    (table,) = result.extraction.document.tables
    assert len(table.captions) == 2
    assert {f.heading for f in facts(result)} == {"政府性基金预算支出表"}
    assert {f.amount.unit for f in facts(result)} == {"万元"}


@FORMS
def test_the_unit_above_the_title(write: Callable[..., bytes], name: str, tmp_path: Path) -> None:
    result = checked(tmp_path, name, write(FUNDS, "单位：万元", "部门支出总表"))
    assert {f.heading for f in facts(result)} == {"部门支出总表"}
    assert {f.amount.unit for f in facts(result)} == {"万元"}
    assert len(facts(result)) == 9
    assert not rules(result)


@FORMS
def test_a_wrong_total_under_such_a_line_is_found(
    write: Callable[..., bytes], name: str, tmp_path: Path
) -> None:
    rows = [["1,205.00" if text == "1,204.00" else text for text in row] for row in FUNDS]
    result = checked(tmp_path, name, write(rows, "部门支出总表", LINES[1]))
    assert "R3.2" in rules(result) or "R3.3" in rules(result)


def test_whose_it_is_and_the_unit_as_a_row_of_the_table(tmp_path: Path) -> None:
    rows = [["部门支出总表", "", "", ""], ["507-云溪县档案馆", "", "", "单位：万元"], *FUNDS]
    result = checked(tmp_path, "a.html", html(rows))
    assert {f.heading for f in facts(result)} == {"部门支出总表"}
    assert {f.amount.unit for f in facts(result)} == {"万元"}


def test_a_unit_that_heads_a_column_is_no_caption(tmp_path: Path) -> None:
    rows = [["项目", "单位：万元"], ["合计", "1,204.00"], ["行政运行", "1,204.00"]]
    result = checked(tmp_path, "a.html", html(rows, "部门支出总表"))
    (table,) = result.extraction.document.tables
    assert [cell.text for cell in table.rows[0]] == ["项目", "单位：万元"]


def test_tables_set_apart_by_a_blank_line_and_their_title(tmp_path: Path) -> None:
    one = ["部门收入总表\t", "单位：万元\t", "项目\t预算数", "合计\t30.50", "财政拨款收入\t30.50"]
    two = ["部门支出总表\t", "单位：万元\t", "项目\t预算数", "合计\t30.50", "基本支出\t30.50"]
    text = "\n".join(["云溪县档案馆2026年部门预算", "", *one, "", *two, ""])
    result = checked(tmp_path, "a.txt", text.encode())
    titles = [table.captions[0].content.text for table in result.extraction.document.tables]
    assert titles == ["部门收入总表", "部门支出总表"]


@FORMS
@pytest.mark.parametrize("number", ["公开03表", "财政公开03表", "附表3"])
def test_the_number_between_title_and_unit(
    write: Callable[..., bytes], name: str, number: str, tmp_path: Path
) -> None:
    lines = ("政府性基金预算支出表", number, "单位：万元")
    result = checked(tmp_path, name, write(FUNDS, *lines))
    assert {f.heading for f in facts(result)} == {"政府性基金预算支出表"}
