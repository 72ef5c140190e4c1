"""Tables in text files whose columns are set apart by blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.document import Document
from kemu.model.facts import Extraction
from kemu.model.findings import Verdict
from kemu.read import read
from kemu.validate.check import check

COVER = "云溪县档案馆\n2026年部门预算公开\n\n"
# As pdftotext sets it: a Chinese character takes one place.
LISTING = """
                        一般公共预算支出表
部门：云溪县档案馆                                       单位：万元

科目编码      科目名称                  合计     基本支出    项目支出
2012604   档案馆                  10.00     6.00     4.00
2080505   机关事业单位基本养老保险缴费支出      7.00     7.00
          合计                   {total}    13.00     4.00

                              - 3 -
"""
# As an editor with a fixed font shows it: a Chinese character takes two places.
SIDES = """
收支预算总表
单位：万元
        收入                          支出
项目                    预算数    项目                       预算数
一般公共预算拨款收入  1,010.00    一、一般公共服务支出       810.00
政府性基金收入            7.00    二、社会保障和就业支出     207.00
收入合计              1,017.00    支出合计                 1,017.00
"""
# Two rows of heads, of which nobody can say what the upper one covers.
DEEP = """
支出预算表
单位：万元
                              基本支出
科目名称            小计      人员经费     公用经费      项目支出
档案馆             10.00       6.00        1.00          3.00
合计               10.00       6.00        1.00          3.00
"""


def document(folder: Path, content: str) -> Document:
    file = folder / "说明.txt"
    file.write_bytes((COVER + content).encode())
    return read(file)


def observed(folder: Path, content: str) -> Extraction:
    return extract(document(folder, content))


def test_a_listing_is_the_table_it_is(tmp_path: Path) -> None:
    found = document(tmp_path, LISTING.format(total="17.00"))
    (table,) = found.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["2012604", "档案馆", "10.00", "6.00", "4.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "7.00", "7.00"],
        ["", "合计", "17.00", "13.00", "4.00"],
    ]
    assert [caption.content.text for caption in table.captions] == [
        "一般公共预算支出表",
        "部门：云溪县档案馆单位：万元",
    ]
    assert table.rows[1][2].place.address == "第9行"


@pytest.mark.parametrize(("total", "rules"), [("17.00", []), ("15.00", ["R3.2", "R3.3"])])
def test_its_sums_are_checked(total: str, rules: list[str], tmp_path: Path) -> None:
    extraction = observed(tmp_path, LISTING.format(total=total))
    assert extraction.identity.organisation == "云溪县档案馆"
    keys = {(f.amount.printed, f.key.functional, f.key.nature) for f in extraction.facts}
    assert {("6.00", "2012604", "basic"), ("7.00", "2080505", "all")} <= keys
    result = check(extraction)
    assert [finding.rule for finding in result.findings] == rules


def test_two_sides_where_chinese_characters_take_two_places(tmp_path: Path) -> None:
    extraction = observed(tmp_path, SIDES)
    (table,) = extraction.document.tables
    assert [cell.text for cell in table.rows[2]] == [
        "一般公共预算拨款收入",
        "1,010.00",
        "一、一般公共服务支出",
        "810.00",
    ]
    told = {f.amount.printed: (f.key.flow, f.key.functional) for f in extraction.facts}
    assert told["810.00"] == ("expenditure", "201")
    assert told["7.00"][0] == "revenue"


def test_a_head_of_several_rows_is_not_guessed(tmp_path: Path) -> None:
    extraction = observed(tmp_path, DEEP)
    (table,) = extraction.document.tables
    assert "表头" in table.broken
    assert all(fact.key.digest() is None for fact in extraction.facts)
    assert {number.printed for number in extraction.unbound} >= {"10.00", "6.00", "3.00"}
    assert not check(extraction).findings


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ("合计 10.00，其中基本支出 6.00，项目支出 4.00。", ["10.00", "6.00", "4.00"]),
        ("收入 1,234 ，支出 1,234 。", ["1,234", "1,234"]),
        ("于2025.12公布，按第3.2条，长3.5公里，增长1.5倍，完成98.5%。", []),
        ("1.1 总体情况如下，请看各表。", []),
    ],
)
def test_numbers_in_sentences_without_a_unit_are_counted(
    line: str, counted: list[str], tmp_path: Path
) -> None:
    extraction = observed(tmp_path, f"一、收支情况\n收入预算总额为120.50万元。\n{line}\n")
    lost = [number.printed for number in extraction.unbound if number.reason == "noUnit"]
    assert lost == counted
    result = check(extraction)
    assert result.coverage.numbers >= 1 + len(counted)
    if counted:
        assert result.verdict is not Verdict.CONFORMS


def test_sentences_with_blanks_are_no_table(tmp_path: Path) -> None:
    lines = (
        "一、收入  120.50万元，比上年增加10.00万元。",
        "二、支出  110.00万元，其中基本支出90.00万元。",
    )
    assert not list(document(tmp_path, "\n".join(lines)).tables)


EDGES = (34, 46, 58, 70, 82)


def line(label: str, *amounts: str, edges: tuple[int, ...] = EDGES) -> str:
    """Return a line with each amount ending at its edge, a Chinese character one place."""
    made = label
    for edge, amount in zip(edges, amounts, strict=False):
        made = made.ljust(edge - len(amount)) + amount if amount else made
    return made


HEADS = (
    line("", "", "", "基本支出"),
    line(" 科目编码    科目名称", "合计", "", "", "", "项目支出"),
    line("", "", "小计", "人员经费", "公用经费"),
)


def layered(total: str, *rows: str) -> str:
    """Return a table whose head has cells over one row, over both, and over three columns."""
    body = (line("            合计", total, "13.00", "12.00", "1.00", "4.00"), *rows)
    return "\n".join(("支出预算表", "单位：万元", *HEADS, *body))


GENERAL = line(" 201      一般公共服务支出", "10.00", "6.00", "5.00", "1.00", "4.00")
SOCIAL = line(" 208      社会保障和就业支出", "7.00", "7.00", "7.00")
NEXT_PAGE = """

                                   - 4 -
云溪县档案馆 2026年部门预算公开

"""


def test_a_head_over_several_columns_is_told_by_its_middle_line(tmp_path: Path) -> None:
    extraction = observed(tmp_path, layered("17.00", GENERAL, SOCIAL))
    (table,) = extraction.document.tables
    assert {cell.text: (cell.rowspan, cell.colspan) for cell in table.rows[0]} == {
        "科目编码": (2, 1),
        "科目名称": (2, 1),
        "合计": (2, 1),
        "基本支出": (1, 3),
        "项目支出": (2, 1),
    }
    natures = {f.amount.printed: f.key.nature for f in extraction.facts}
    assert (natures["13.00"], natures["12.00"], natures["4.00"]) == (
        "basic",
        "personnel",
        "project",
    )
    assert not check(extraction).findings


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ((line(" 208      社会保障和就业支出", "7.00", "7.00", "7.00", "0.00", "0.00"),), False),
        ((line(" 208      社会保障和就业支出", "7.00", "7.00"),), True),
    ],
    ids=["lines up", "does not"],
)
def test_a_table_goes_on_where_the_next_page_lines_up(
    rows: tuple[str, ...], broken: bool, tmp_path: Path
) -> None:
    zeros = line(" 229      其他支出", *["0.00"] * (2 if broken else 5))
    page = layered("17.00", GENERAL) + NEXT_PAGE + "\n".join((*rows, zeros)) + "\n"
    extraction = observed(tmp_path, page)
    assert bool(next(extraction.document.tables).broken) == broken
    assert not check(extraction).findings
