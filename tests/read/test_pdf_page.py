"""Pages as files describe them: boxes, turns, forms, scales, text that is no plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kemu.model.document import Document, Paragraph
from kemu.read import read
from kemu.read.pdf.source.page import PageError
from kemu.read.pdf.source.pdfium import Pdfium

sys.path.insert(0, str(Path(__file__).parent))
from paper import FONT, HEIGHT, WIDTH, pdf, table, write

ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"],
    ["20106", "财政事务", "1,234.50", "1,000.00", "234.50"],
]
WIDTHS = [60, 150, 80, 80, 80]
BOX = re.compile(rb"/MediaBox \[ 0 0 \d+ \d+ \]")
TOP, BOTTOM = "一、收支总体情况", "以上数据均含上年结转。"


def parsed(data: bytes, folder: Path) -> Document:
    path = folder / "公开.pdf"
    path.write_bytes(data)
    return read(path)


def texts(document: Document) -> list[str]:
    return [block.content.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in found.rows] for found in document.tables]


def a_page(canvas: Canvas) -> None:
    write(canvas, TOP, 60, 80)
    table(canvas, ROWS, 120, widths=WIDTHS)
    write(canvas, BOTTOM, 60, 760)


def boxed(boxes: bytes, draw: Callable[[Canvas], None] = a_page) -> bytes:
    """Return a page with other boxes; offsets in the file are mended by its readers."""
    data, count = BOX.subn(boxes, pdf(draw))
    assert count == 1
    return data


@pytest.mark.parametrize(
    "box",
    [
        b"[ 595 842 0 0 ]",
        b"[ 0 842 595 0 ]",
        b"[ 595 0 0 842 ]",
        b"[ 0 -60 595 842 ]",
        b"[ 0 60 595 902 ]",
        b"[ -40 -60 595 842 ]",
        b"[ 0 0 595 842 ] /UserUnit 2",
        b"[ 0 0 595 842 ] /CropBox [ 595 842 0 0 ]",
        b"[ 0 0 900 1200 ] /CropBox [ 0 0 595 842 ]",
        b"[ 0 0 595 842 ] /CropBox [ 20 20 580 830 ]",
    ],
)
def test_boxes_in_whatever_form_show_the_whole_page(tmp_path: Path, box: bytes) -> None:
    document = parsed(boxed(b"/MediaBox " + box), tmp_path)
    assert cells(document) == [ROWS]
    assert texts(document) == [TOP, BOTTOM]
    assert not document.notices


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("unit", [b"72", b"10", b"0.04"])
def test_a_page_in_a_unit_of_its_own_is_read_as_one_in_points(
    tmp_path: Path, unit: bytes, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies three points apart is one rule; a row may be less than three units high."""
    scale = 1 / float(unit)

    def draw(canvas: Canvas) -> None:
        canvas.scale(scale, scale)
        a_page(canvas)

    if engine == "pdfplumber":
        monkeypatch.setattr(Pdfium, "page", lambda *_: (_ for _ in ()).throw(PageError))
    sides = b"%.4f %.4f" % (WIDTH * scale, HEIGHT * scale)
    document = parsed(boxed(b"/MediaBox [ 0 0 " + sides + b" ] /UserUnit " + unit, draw), tmp_path)
    assert cells(document) == [ROWS]
    assert texts(document) == [TOP, BOTTOM]


@pytest.mark.parametrize("box", [b"[ 0 -60 595 842 ]", b"[ 40 60 635 902 ]", b"[ 0 0 595 842 ]"])
def test_places_count_from_the_page_as_shown(tmp_path: Path, box: bytes) -> None:
    left, bottom, right, top = (float(value) for value in box.strip(b"[] ").split())
    document = parsed(boxed(b"/MediaBox " + box), tmp_path)
    address = next(iter(document.tables)).rows[0][0].place.address
    x0, y0, _, _ = map(float, address.split(","))
    assert (x0, y0) == pytest.approx((60 - left, 120 + top - HEIGHT), abs=0.5)
    assert 0 < x0 < right - left
    assert 0 < y0 < top - bottom


@pytest.mark.parametrize("box", [b"[ 0 0 595 600 ]", b"[ 0 0 595 842 ] /CropBox [ 0 0 595 600 ]"])
def test_text_off_the_page_is_not_read_and_said(tmp_path: Path, box: bytes) -> None:
    document = parsed(boxed(b"/MediaBox " + box), tmp_path)
    assert texts(document) == [BOTTOM]
    assert len(document.notices) == 1
    letters = len(TOP) + sum(len("".join(row)) for row in ROWS)
    assert f"有{letters}个字在页面之外" in document.notices[0].message


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("left", [0, 50])
def test_a_page_that_is_turned_when_shown(tmp_path: Path, angle: int, left: int) -> None:
    """The content is drawn turned the other way, as a landscape page of a portrait file is."""
    wide = angle != 180

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[angle])
        canvas.rotate(angle)
        # Paper counts from a top at 842; the page as shown is 595 high if it is landscape.
        canvas.translate(0, WIDTH - HEIGHT if wide else 0)
        write(canvas, TOP, 60, 80)
        table(canvas, ROWS, 120, widths=WIDTHS)

    new = f"/MediaBox [ {-left} 0 595 842 ]".encode()
    document = parsed(boxed(new, draw), tmp_path)
    assert cells(document) == [ROWS]
    assert texts(document) == [TOP]


def test_forms_within_forms_are_read_where_they_are_placed(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("table")
        table(canvas, ROWS, 120, widths=WIDTHS)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(30, 40)
        canvas.doForm("table")
        canvas.endForm()
        canvas.saveState()
        canvas.scale(0.5, 0.5)
        canvas.doForm("outer")
        canvas.restoreState()
        canvas.doForm("outer")

    found = list(parsed(pdf(page), tmp_path).tables)
    assert [[[cell.text for cell in row] for row in one.rows] for one in found] == [ROWS, ROWS]
    x0, top, _, _ = map(float, found[1].rows[0][0].place.address.split(","))
    # Half size about the page's lower left corner.
    assert (x0, top) == pytest.approx(((60 + 30) / 2, HEIGHT - (HEIGHT - 120 + 40) / 2), abs=0.5)


def test_raised_narrow_and_spaced_text_is_in_its_line(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont(FONT, 12)
        text.textOut("本年支出")
        text.setHorizScale(60)
        text.textOut("1,234.50")
        text.setHorizScale(100)
        text.setRise(3)
        text.textOut("万元")
        text.setRise(0)
        text.setCharSpace(1)
        text.textOut("，比上年增长2.5%。")
        canvas.drawText(text)

    assert texts(parsed(pdf(page), tmp_path)) == ["本年支出1,234.50万元，比上年增长2.5%。"]


def test_vertical_writing_is_a_column_of_characters(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 715):
            write(canvas, "说明", 60, y)
        canvas.setFont(FONT, 12)
        canvas.drawString(500, 600, "临江市水务局")

    upright = b"/Encoding /UniGB-UCS2-H"
    data = pdf(page)
    assert data.count(upright) == 1
    document = parsed(data.replace(upright, upright[:-1] + b"V"), tmp_path)
    assert "临江市水务局" in "".join(texts(document))


def said(text: str, shown: str) -> bytes:
    """Return a page that prints one text and says that it reads another."""

    def page(canvas: Canvas) -> None:
        write(canvas, "本年收入", 60, 80)
        other = text.encode("utf-16-be").hex().upper()
        canvas._code.append(f"/Span <</ActualText <FEFF{other}>>> BDC")
        write(canvas, shown, 120, 80)
        canvas._code.append("EMC")
        write(canvas, "万元。", 200, 80)

    return pdf(page)


def test_what_is_printed_counts_and_not_what_the_file_says_it_reads(tmp_path: Path) -> None:
    document = parsed(said("9,999.00", "1,234.50"), tmp_path)
    assert "1,234.50" in "".join(texts(document))
    assert "9,999.00" not in "".join(texts(document))
    (notice,) = document.notices
    assert notice.place.page == 1
    assert "“1,234.50”" in notice.message
    assert "“9,999.00”" in notice.message


def test_what_is_said_as_printed_is_nothing_to_tell(tmp_path: Path) -> None:
    document = parsed(said("1,234.50", "1,234.50"), tmp_path)
    assert "1,234.50" in "".join(texts(document))
    assert not document.notices


@pytest.mark.parametrize("x", [60.0, 60.25, 60.49, 60.75])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.02, 0.0), (0.0, -0.02), (0.1, 0.1)])
def test_text_printed_twice_to_look_bold_is_read_once(
    tmp_path: Path, x: float, shift: tuple[float, float]
) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, "本年支出1,122.33万元", x, 80)
        write(canvas, "说明", 60, 300)
        write(canvas, "本年支出1,122.33万元", x + shift[0], 80 + shift[1])

    assert texts(parsed(pdf(page), tmp_path)) == ["本年支出1,122.33万元", "说明"]
