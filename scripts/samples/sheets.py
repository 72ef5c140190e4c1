"""A sample as .xlsx: a sheet for each table, amounts as numbers with a format, prose in rows."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import xlsxwriter

from samples.blocks import Grid, Para, Sample

MOMENT = datetime.datetime(2025, 2, 14, 9, 0)
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
CODE = re.compile(r"[1-9]\d{2,}")


def render(sample: Sample) -> bytes:
    """Return the file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": sample.name, "created": MOMENT})
    formats = {
        "text": book.add_format({"border": 1, "text_wrap": True}),
        "amount": book.add_format({"border": 1, "num_format": "#,##0.00"}),
        "plain": book.add_format({"border": 1, "num_format": "0.00"}),
        "code": book.add_format({"border": 1, "num_format": "0"}),
        "prose": book.add_format({"text_wrap": True}),
    }
    prose: list[Para] = []
    captions: list[Para] = []
    used: set[str] = set()
    for block in (*sample.blocks, None):
        if isinstance(block, Para):
            (captions if block.caption else prose).append(block)
            continue
        if prose:
            _prose(book, prose, formats, used)
        if block is not None:
            _table(book, block, captions, formats, used)
        prose, captions = [], []
    book.close()
    return buffer.getvalue()


def _name(wanted: str, used: set[str]) -> str:
    """Return a sheet name: at most 31 characters, unique."""
    name = re.sub(r"[\[\]:*?/\\]", "", wanted)[:28]
    while name in used:
        name += "续"
    used.add(name)
    return name


def _prose(book: Any, paragraphs: list[Para], formats: dict[str, Any], used: set[str]) -> None:
    heading = next((p.text for p in paragraphs if p.level == 1), "说明")
    sheet = book.add_worksheet(_name(heading, used))
    sheet.set_column(0, 0, 100)
    for row, paragraph in enumerate(paragraphs):
        sheet.write_string(row, 0, paragraph.printed, formats["prose"])


def _table(
    book: Any, grid: Grid, captions: list[Para], formats: dict[str, Any], used: set[str]
) -> None:
    sheet = book.add_worksheet(_name(grid.name, used))
    for row, caption in enumerate(captions):
        sheet.write_string(row, 0, caption.printed)
    for r, line in enumerate(grid.layout(), len(captions)):
        for c, (cell, starts, _) in enumerate(line):
            if starts:
                _cell(sheet, r, c, cell, formats)


def _cell(sheet: Any, row: int, column: int, cell: Any, formats: dict[str, Any]) -> None:
    value: str | float = cell.text
    kind = "text"
    if AMOUNT.fullmatch(cell.text):
        value = float(cell.text.replace(",", ""))
        kind = "plain" if value >= 1000 and "," not in cell.text else "amount"
    elif CODE.fullmatch(cell.text):
        value, kind = int(cell.text), "code"
    if cell.rows * cell.cols > 1:
        last = (row + cell.rows - 1, column + cell.cols - 1)
        sheet.merge_range(row, column, *last, value, formats[kind])
    else:
        sheet.write(row, column, value, formats[kind])
