from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.model.document import Document, Table
from kemu.read import read

MERGED = """部门支出总表（公开表1-2）
\t部门支出总表

\t部门：
\t
\t
\t金额单位：万元

\t项    目
\t合计
\t基本支出
\t项目支出

\t科目编码
\t科目名称
\t
\t
\t

\t类
\t款
\t
\t
\t
\t

\t
\t
\t合    计
\t30.50
\t20.50
\t10.00

\t208
\t05
\t  养老
支出
\t30.50
\t20.50
\t10.00


说明文字。
"""


def read_text(folder: Path, text: str) -> Document:
    path = folder / "报表.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def only_table(folder: Path, text: str) -> Table:
    (table,) = read_text(folder, text).tables
    return table


def header_paths(table: Table, depth: int) -> list[str]:
    """The header cells over each column, from the top, a merged one once."""
    paths = []
    for column in range(table.width):
        cells = [table.grid[row][column] for row in range(depth)]
        names = [cell.text for cell in cells if cell is not None and cell.text]
        paths.append("/".join(dict.fromkeys(names)))
    return paths


def test_merged_header_and_captions(tmp_path: Path) -> None:
    document = read_text(tmp_path, MERGED)
    (table,) = document.tables
    assert [line.content.text for line in table.captions] == [
        "部门支出总表（公开表1-2）",
        "部门支出总表",
        "部门：",
        "金额单位：万元",
    ]
    assert header_paths(table, 3) == [
        "项目/科目编码/类",
        "项目/科目编码/款",
        "项目/科目名称",
        "合计",
        "基本支出",
        "项目支出",
    ]
    assert [cell.text for cell in table.rows[4]] == [
        "208",
        "05",
        "养老支出",
        "30.50",
        "20.50",
        "10.00",
    ]
    assert table.rows[4][2].content.raw == "  养老\n支出"
    assert table.rows[4][3].place.address == "第38行"
    assert not table.broken
    assert [block.place.paragraph for block in document.blocks] == [2, 3]
    slugs = [line.place.slug for line in table.captions]
    assert slugs == ["p1", "t1/r0/c2", "t1/r0/c3", "t1/r0/c4"]


@pytest.mark.parametrize(
    ("header", "row", "paths"),
    [
        (
            ["收入 支出", "项目 预算数 项目 合计 一般"],
            "甲 1.00 乙 2.00 2.00",
            ["收入/项目", "收入/预算数", "支出/项目", "支出/合计", "支出/一般"],
        ),
        (
            ["代码 名称 安排", "_ _ 合计 出国 用车 接待", "_ _ _ _ 小计 购置 运行 _"],
            "316 甲 2.80 _ _ _ _ 2.80",
            ["代码", "名称", "安排/合计", "安排/出国", "安排/用车/小计", "安排/用车/购置",
             "安排/用车/运行", "安排/接待"],
        ),
        (
            ["项目 基本支出", "编码 单位 名称 合计 人员 公用", "类 款 _ _ _ _ _"],
            "301 01 316 工资 9.00 9.00 _",
            ["项目/编码/类", "项目/编码/款", "项目/单位", "项目/名称", "基本支出/合计",
             "基本支出/人员", "基本支出/公用"],
        ),
        (
            ["合计 出国 用车 接待", "_ _ 小计 购置 运行 _", "预 决 预 决 预 决 预 决 预 决 预 决"],
            "0.95 _ _ _ _ _ _ _ _ _ 0.95 _",
            ["合计/预", "合计/决", "出国/预", "出国/决", "用车/小计/预", "用车/小计/决",
             "用车/购置/预", "用车/购置/决", "用车/运行/预", "用车/运行/决", "接待/预", "接待/决"],
        ),
        (
            ["收入 支出", "项目 预算数 支出功能科目 预算数 支出经济科目 预算数"],
            "甲 1.00 乙 1.00 丙 1.00",
            ["收入/项目", "收入/预算数", "支出/支出功能科目", "支出/预算数", "支出/支出经济科目",
             "支出/预算数"],
        ),
        (
            ["编码 合计 基本支出 项目支出", "_ _ 小计 人员 公用 小计 其中"],
            "201 9.00 4.00 2.00 2.00 5.00 1.00",
            ["编码", "合计", "基本支出/小计", "基本支出/人员", "基本支出/公用", "项目支出/小计",
             "项目支出/其中"],
        ),
    ],
)  # fmt: skip
def test_header_spans(tmp_path: Path, header: list[str], row: str, paths: list[str]) -> None:
    lines = [
        "\n".join("\t" + word.strip("_") for word in line.split()) for line in [*header, row, row]
    ]
    table = only_table(tmp_path, "\n\n".join(lines) + "\n\n\n完。")
    assert header_paths(table, len(header)) == paths
    assert not table.broken


def test_header_with_two_solutions_is_said(tmp_path: Path) -> None:
    rows = ["甲 乙", "一 二 三 四 五", "1.00 2.00 3.00 4.00 5.00"]
    text = "\n\n".join("\n".join("\t" + word for word in row.split()) for row in rows)
    assert "几种解法" in only_table(tmp_path, text + "\n\n\n完").broken


def test_table_cut_by_the_end_of_the_file(tmp_path: Path) -> None:
    cut = MERGED[: MERGED.index("\t05")]
    table = only_table(tmp_path, cut)
    assert "文件在表格中间结束" in table.broken
    assert not only_table(tmp_path, MERGED[: MERGED.index("\n\n说明")]).broken


def test_short_row_with_a_wide_label(tmp_path: Path) -> None:
    rows = ["单位 项目 预算数 说明", "甲 _ 3.00 _", "乙 丙 2.00 _", "合计 5.00 _"]
    text = "\n\n".join("\n".join("\t" + w.strip("_") for w in row.split()) for row in rows)
    table = only_table(tmp_path, text + "\n\n\n完")
    total = table.rows[3]
    assert [(cell.text, cell.place.column, cell.colspan) for cell in total] == [
        ("合计", 1, 2),
        ("5.00", 3, 1),
        ("", 4, 1),
    ]
    assert not table.broken


def test_short_row_without_certain_columns_is_said(tmp_path: Path) -> None:
    rows = ["名称 合计 基本 项目", "甲 3.00 2.00 1.00", "乙 2.00 1.00 1.00", "合计 5.00 3.00"]
    text = "\n\n".join("\n".join("\t" + word for word in row.split()) for row in rows)
    table = only_table(tmp_path, text + "\n\n\n完")
    assert table.rows[3][1].text == "5.00"
    assert "第4行有3个单元格" in table.broken


def test_empty_layout_tables_are_dropped(tmp_path: Path) -> None:
    document = read_text(tmp_path, "正文。\n\n\n\t\n\t\n\n\t\n\t\n\n\n正文二。")
    assert len(document.blocks) == 2


# Read off the document: per table with amounts, its number among the tables, the header over each
# column, and how many rows stand below the header.
SEED_004 = {
    1: (["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"], 2, 35),
    2: (
        ["项目/单位代码", "项目/单位名称（科目）", "合计", "上年结转", "一般公共预算拨款收入",
         "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "事业收入", "事业单位经营收入",
         "其他收入", "上级补助收入", "附属单位上缴收入", "用事业基金弥补收支差额"], 2, 3,
    ),
    3: (
        ["项目/科目编码/类", "项目/科目编码/款", "项目/科目编码/项", "项目/单位代码",
         "项目/单位名称（科目）", "合计", "基本支出", "项目支出", "上缴上级支出",
         "对附属单位补助支出"], 3, 12,
    ),
    4: (
        ["收入/项目", "收入/预算数", "支出/项目", "支出/合计", "支出/一般公共预算",
         "支出/政府性基金预算", "支出/国有资本经营预算"], 2, 29,
    ),
    5: (
        ["项目/科目编码/类", "项目/科目编码/款", "项目/单位代码", "项目/单位名称（科目）", "总计",
         "区级当年财政拨款安排/合计", "区级当年财政拨款安排/一般公共预算拨款/小计",
         "区级当年财政拨款安排/一般公共预算拨款/基本支出",
         "区级当年财政拨款安排/一般公共预算拨款/项目支出"], 3, 32,
    ),
    6: (
        ["项目/科目编码/类", "项目/科目编码/款", "项目/科目编码/项", "项目/单位代码",
         "项目/单位名称（科目）", "合计", "当年财政拨款安排", "上年结转安排"], 3, 12,
    ),
    7: (
        ["项目/科目编码/类", "项目/科目编码/款", "项目/单位代码", "项目/单位名称（科目）",
         "基本支出/合计", "基本支出/人员经费", "基本支出/公用经费"], 3, 29,
    ),
    8: (
        ["科目编码/类", "科目编码/款", "科目编码/项", "单位代码", "单位名称（科目）",
         "金额"], 2, 10,
    ),
    9: (
        ["单位编码", "单位名称（科目）", "当年财政拨款预算安排/合计",
         "当年财政拨款预算安排/因公出国（境）费用",
         "当年财政拨款预算安排/公务用车购置及运行费/小计",
         "当年财政拨款预算安排/公务用车购置及运行费/公务用车购置费",
         "当年财政拨款预算安排/公务用车购置及运行费/公务用车运行费",
         "当年财政拨款预算安排/公务接待费"], 3, 3,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def seed_004(shared_file: Callable[[str], Path]) -> Path:
    return shared_file("seeds/004*")


@pytest.mark.parametrize("number", SEED_004)
def test_seed_004_headers(number: int, seed_004: Path) -> None:
    paths, depth, rows = SEED_004[number]
    table = list(read(seed_004).tables)[number - 1]
    assert header_paths(table, depth) == paths
    assert len(table.rows) - depth == rows
    assert not table.broken


def test_seed_004_numbers_are_in_their_columns(seed_004: Path) -> None:
    """Every number set in by a tab is in the column that its place in its row says.

    A row's first cell follows a blank line, and rows below a header have a cell per column, so
    counting lines from there gives the column; the one row with a merged label is left out.
    """
    expected: dict[str, tuple[str, int]] = {}
    column = 0
    for number, line in enumerate(seed_004.read_text(encoding="utf-8").split("\n"), 1):
        column = column + 1 if line.startswith("\t") else column if line.strip() else 0
        if re.fullmatch(r"\t[\d,]*\d(\.\d+)?", line):
            expected[f"第{number}行"] = (line.strip(), column)
    tables = list(read(seed_004).tables)
    found = {
        cell.place.address: (cell.content.raw, cell.place.column)
        for table in tables
        for row in table.rows
        for cell in row
        if re.fullmatch(r"[\d,]*\d(\.\d+)?", cell.content.raw)
    }
    assert len(tables) == 15
    merged = {address for address, (raw, _) in expected.items() if raw == "450.01"}
    assert [found.pop(address) for address in merged] == [("450.01", 3)]
    assert found == {key: value for key, value in expected.items() if key not in merged}
    assert len(found) > 600


PASTED = """收入预算表
部门：云溪县档案馆\t\t\t\t\t金额单位：万元
项目\t\t\t合计\t财政拨款\t
类\t款\t科目名称\t\t一般公共预算\t政府性基金
\t\t合计\t30.50\t20.50\t10.00
208\t05\t 养老支出\t30.50\t20.50\t10.00
说明：无。
"""


def test_tabs_between_cells(tmp_path: Path) -> None:
    table = only_table(tmp_path, PASTED)
    assert [line.content.text for line in table.captions] == [
        "收入预算表",
        "部门：云溪县档案馆",
        "金额单位：万元",
    ]
    assert header_paths(table, 2) == [
        "项目/类",
        "项目/款",
        "项目/科目名称",
        "合计",
        "财政拨款/一般公共预算",
        "财政拨款/政府性基金",
    ]
    assert [cell.text for cell in table.rows[3]] == [
        "208",
        "05",
        "养老支出",
        "30.50",
        "20.50",
        "10.00",
    ]


def test_bars_between_cells(tmp_path: Path) -> None:
    text = "|项目|合计|\n|---|---|\n|教育支出|5.50|\n|卫生支出|1,200.00|\n\n以上为全部支出。"
    table = only_table(tmp_path, text)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "合计"],
        ["教育支出", "5.50"],
        ["卫生支出", "1,200.00"],
    ]


def test_a_tab_in_prose_makes_no_table(tmp_path: Path) -> None:
    text = "一、收入\t5.50万元\n二、支出\t4.50万元\n三、结余\t1.00万元\n"
    assert not list(read_text(tmp_path, text).tables)
