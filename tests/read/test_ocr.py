from __future__ import annotations

import io
import sys
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kemu.errors import InputError
from kemu.read import read
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.grid import Fragment, RawCell
from kemu.read.pdf.scan import recognition
from kemu.read.pdf.scan.sums import DOUBT, with_doubts

sys.path.insert(0, str(Path(__file__).parent))
from paper import HEIGHT, WIDTH, pdf, table

MISSING = recognition.missing()
needs_ocr = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}")

ROWS = [
    ["code", "total", "basic", "project"],
    ["201", "1,234.50", "1,000.00", "234.50"],
    ["208", "66.75", "60.25", "6.50"],
    ["229", "7.77", "", ""],
]


def scanned(folder: Path) -> Path:
    """A file with one page that is a picture of a table."""
    printed = pdf(lambda canvas: table(canvas, ROWS, 100, widths=[80, 110, 110, 110]))
    picture = pypdfium2.PdfDocument(printed)[0].render(scale=300 / 72).to_pil()
    held = io.BytesIO()
    picture.save(held, "PNG")

    def page(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(held.getvalue())), 0, 0, WIDTH, HEIGHT)

    path = folder / "扫描.pdf"
    path.write_bytes(pdf(page))
    return path


def test_without_asking_a_scan_is_said_and_not_read(tmp_path: Path) -> None:
    document = read(scanned(tmp_path))
    assert not document.blocks
    assert [notice.message for notice in document.notices] == ["第1页为扫描件，未读取"]


@needs_ocr
def test_a_scanned_table(tmp_path: Path) -> None:
    document = read(scanned(tmp_path), ocr=True)
    (found,) = document.tables
    texts = [[cell.text for cell in row] for row in found.rows]
    assert texts[1] == ["201", "1,234.50", "1,000.00", "234.50"]
    assert texts[2] == ["208", "66.75", "60.25", "6.50"]
    assert texts[3][1].endswith(DOUBT)
    assert [notice.kind for notice in document.notices] == ["scan"]


def askew(folder: Path, angle: float) -> Path:
    """A page in landscape with a line of prose and a table, laid on the scanner askew."""
    rows = [["code", "total", "basic", "project"], ["201", "1,234.50", "1,000.00", "234.50"]]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 22)
        canvas.drawString(100, WIDTH - 60, "Budget of 2025, 12.50% more")
        table(canvas, rows, 500, widths=[80, 110, 110, 110])

    picture = (
        pypdfium2.PdfDocument(pdf(draw, size=(HEIGHT, WIDTH)))[0].render(scale=300 / 72).to_pil()
    )
    picture = picture.convert("L").rotate(angle, fillcolor=250)
    path = folder / "斜.pdf"
    picture.save(path, resolution=300)
    return path


@needs_ocr
@pytest.mark.parametrize("angle", [0.0, 0.5, -0.8])
def test_page_laid_askew_with_prose(angle: float, tmp_path: Path) -> None:
    document = read(askew(tmp_path, angle), ocr=True)
    (found,) = document.tables
    printed = ["201", "1,234.50", "1,000.00", "234.50"]
    for cell, text in zip(found.rows[1], printed, strict=True):
        assert cell.text == text or cell.text.endswith(DOUBT)
    said = "".join(p.content.raw for p in document.paragraphs) + "".join(
        caption.content.raw for caption in found.captions
    )
    assert "Budget of 2025" in said, "strokes of big letters are no rules"
    assert f"12.50{DOUBT}%" in said, "no sum confirms what prose states"


def test_recognition_that_is_not_installed_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "missing", lambda: "tesseract 程序")
    with pytest.raises(InputError, match="缺少tesseract 程序") as caught:
        read(scanned(tmp_path), ocr=True)
    assert caught.value.code == "E-OCR-MISSING"


def part(rows: list[list[str]]) -> Fragment:
    cells = tuple(
        tuple(
            RawCell(r, c, 1, 1, Box(c * 10, r * 10, c * 10 + 10, r * 10 + 10), text)
            for c, text in enumerate(row)
        )
        for r, row in enumerate(rows)
    )
    rules = tuple(float(x * 10) for x in range(len(rows[0]) + 1))
    return Fragment(1, Box(0, 0, 100, 100), rules, cells)


def marked(rows: list[list[str]], *, agreed: bool = False) -> list[list[str]]:
    fragment = part(rows)
    boxes = {cell.box for row in fragment.rows for cell in row} if agreed else set()
    return [[cell.raw for cell in row] for row in with_doubts(fragment, boxes).rows]


def test_sums_of_a_row_confirm_it() -> None:
    rows = [["201", "12.50", "10.00", "2.50"]]
    assert marked(rows) == rows


def test_sums_of_a_column_confirm_it() -> None:
    rows = [["208", "12.50"], ["20805", "10.00"], ["20899", "2.50"]]
    assert marked(rows) == rows
    assert marked([["教育", "10.00"], ["卫生", "2.50"], ["合计", "12.50"]])[2][1] == "12.50"


def test_what_nothing_confirms_is_marked() -> None:
    assert marked([["201", "12.60", "10.00", "2.50"]]) == [
        ["201", "12.60" + DOUBT, "10.00" + DOUBT, "2.50" + DOUBT]
    ]


def test_an_amount_printed_twice_counts_only_if_two_models_read_it_alike() -> None:
    rows = [["201", "12.50", "12.50"]]
    assert marked(rows, agreed=True) == rows
    assert marked(rows) == [["201", "12.50" + DOUBT, "12.50" + DOUBT]]


def test_a_number_that_is_no_number_is_marked() -> None:
    assert marked([["201", "1.511.89"]])[0][1] == "1.511.89" + DOUBT


def test_an_amount_in_brackets_is_weighed_like_others() -> None:
    assert marked([["甲", "9.99"], ["乙", "(3.00)"]])[1][1] == f"(3.00){DOUBT}"
