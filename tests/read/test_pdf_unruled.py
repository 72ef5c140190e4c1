"""Tables that no upright rules divide: columns from how texts line up, and what is refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kemu.model.document import Document, Paragraph, Table
from kemu.read.pdf.reader import read

sys.path.insert(0, str(Path(__file__).parent))
import paper

LEFT, SIZE, STEP = 60.0, 9.0, 18.0
WIDTHS = (60.0, 150.0, 80.0, 80.0, 80.0)
EDGES = [LEFT + sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]


def _read(*pages: paper.Page) -> Document:
    return read(Path("预算.pdf"), paper.pdf(*pages))


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _over(canvas: Canvas, text: str, first: int, last: int, y: float) -> None:
    """Write a text in the middle of the columns from the first to before the last."""
    paper.write(canvas, text, (EDGES[first] + EDGES[last]) / 2, y, SIZE, centred=True)


def _right(canvas: Canvas, text: str, column: int, y: float) -> None:
    canvas.setFont(paper.FONT, SIZE)
    canvas.drawRightString(EDGES[column + 1] - 2, paper.HEIGHT - y, text)


def _rows(canvas: Canvas, rows: Sequence[Sequence[str]], y: float, *, ruled: bool = False) -> float:
    """Write rows, names at the left and amounts at the right of their columns."""
    for row in rows:
        for column, text in enumerate(row):
            if column < 2:
                paper.write(canvas, text, EDGES[column] + 2, y, SIZE)
            else:
                _right(canvas, text, column, y)
        if ruled:
            canvas.line(EDGES[0], paper.HEIGHT - y - 5, EDGES[-1], paper.HEIGHT - y - 5)
        y += STEP
    return y


def _title(canvas: Canvas, title: str, y: float) -> float:
    paper.write(canvas, title, paper.WIDTH / 2, y, 14, centred=True)
    paper.write(canvas, "单位：万元", EDGES[-1] - 50, y + 20, SIZE)
    return y + 40


def _head(canvas: Canvas, y: float) -> float:
    """Write a head of two rows: a code and a name, a total, and two parts under one text."""
    _over(canvas, "项目", 0, 2, y)
    _over(canvas, "本年支出", 3, 5, y)
    _over(canvas, "年初数", 2, 3, y + STEP / 2)
    for column, text in ((0, "科目编码"), (1, "科目名称"), (3, "基本支出"), (4, "项目支出")):
        _over(canvas, text, column, column + 1, y + STEP)
    return y + 2 * STEP


def _whole(rows: Sequence[Sequence[str]]) -> paper.Page:
    """Return a page with one table."""

    def draw(canvas: Canvas) -> None:
        _rows(canvas, rows, _head(canvas, _title(canvas, "支出表", 80)))

    return draw


HEAD = [
    ["项目", "年初数", "本年支出"],
    ["科目编码", "科目名称", "基本支出", "项目支出"],
]
ROWS = [
    ["", "合计", "900.50", "610.40", "290.10"],
    ["213", "农林水支出", "860.50", "570.40", "290.10"],
    ["2130101", "行政运行", "570.40", "570.40", ""],
    ["2130104", "事业运行", "290.10", "", "290.10"],
    ["221", "住房保障支出", "40.00", "40.00", ""],
]


def test_what_stands_over_a_gap_heads_the_columns_on_both_sides() -> None:
    document = _read(_whole(ROWS))
    (table,) = _tables(document)
    assert table.inferred
    assert _texts(table) == [*HEAD, *ROWS]
    spans = [(cell.text, cell.place.column, cell.colspan, cell.rowspan) for cell in table.rows[0]]
    assert spans == [("项目", 1, 2, 1), ("年初数", 3, 1, 2), ("本年支出", 4, 2, 1)]


def test_a_title_begins_another_table_on_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        below = _rows(canvas, ROWS, _head(canvas, _title(canvas, "支出预算表", 80)), ruled=True)
        _rows(canvas, ROWS[1:], _head(canvas, _title(canvas, "基金支出表", below + 20)), ruled=True)

    first, second = _tables(_read(draw))
    assert [caption.content.text for caption in first.captions] == ["支出预算表", "单位：万元"]
    assert [caption.content.text for caption in second.captions] == ["基金支出表", "单位：万元"]
    assert _texts(second) == [*HEAD, *ROWS[1:]]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_with_its_head_repeated_or_without(repeated: bool) -> None:
    def rest(canvas: Canvas) -> None:
        _rows(canvas, ROWS[3:], _head(canvas, 60) if repeated else 60)

    (table,) = _tables(_read(_whole(ROWS[:3]), rest))
    assert _texts(table) == [*HEAD, *ROWS]


def test_a_column_in_which_nothing_is_printed_is_told_by_its_head() -> None:
    rows = [[*row[:3], "", row[3]] for row in ROWS[1:4]]
    rows[2][4] = "1.00"

    def draw(canvas: Canvas) -> None:
        y = _title(canvas, "收入表", 80)
        for column, text in enumerate(("科目编码", "科目名称", "合计", "上年结转", "其他收入")):
            _over(canvas, text, column, column + 1, y)
        _rows(canvas, rows, y + STEP)

    (table,) = _tables(_read(draw))
    assert _texts(table)[1:] == rows
    assert [cell.text for cell in table.rows[0]][3:] == ["上年结转", "其他收入"]


def test_a_name_on_two_lines_is_one_row_and_a_row_without_amounts_another() -> None:
    def draw(canvas: Canvas) -> None:
        y = _head(canvas, _title(canvas, "支出表", 80))
        y = _rows(canvas, ROWS[:3], y)
        for text, at in (("机关事业单位基本养老", y), ("保险缴费支出", y + 11)):
            paper.write(canvas, text, EDGES[1] + 2, at, SIZE)
        _rows(canvas, [["2080505", "", "30.00", "30.00", ""]], y + 5.5)
        y = _rows(canvas, [["2080506", "职业年金缴费支出", "", "", ""]], y + 11 + STEP)
        _rows(canvas, ROWS[3:], y)

    (table,) = _tables(_read(draw))
    assert _texts(table)[5:7] == [
        ["2080505", "机关事业单位基本养老保险缴费支出", "30.00", "30.00", ""],
        ["2080506", "职业年金缴费支出", "", "", ""],
    ]


def test_amounts_that_do_not_line_up_make_no_table_and_say_so() -> None:
    def draw(canvas: Canvas) -> None:
        y = _head(canvas, _title(canvas, "支出表", 80))
        y = _rows(canvas, ROWS, y)
        for at, text in enumerate(("31.50", "32.50", "33.50")):
            paper.write(canvas, "其他支出", EDGES[1] + 2, y + at * STEP, SIZE)
            paper.write(canvas, text, EDGES[3] - 12, y + at * STEP, SIZE)

    document = _read(draw)
    assert not _tables(document)
    assert "31.50" in "".join(b.content.raw for b in document.blocks if isinstance(b, Paragraph))
    assert any("未按表格读取" in notice.message for notice in document.notices)


def test_sentences_in_which_amounts_stand_apart_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(4):
            text = f"{at}、全年支出   {at + 1}20.50   万元，比上年增加   3.20   万元。"
            paper.write(canvas, text, 60, 80 + at * 20)

    assert not _tables(_read(draw))
