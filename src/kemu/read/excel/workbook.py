"""Excel books to documents: which rows of a sheet are a table, which are text.

A published sheet is a title, a unit line, one table and notes; or rows of text, a paragraph in
each. Addresses are Excel's own (`收支总表!B7`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kemu.errors import InputError
from kemu.model import figures
from kemu.model.document import Document, Notice, Place
from kemu.read.blocks import captions
from kemu.read.blocks.grids import Printed
from kemu.read.blocks.normalise import cell as cell_text
from kemu.read.blocks.sequence import Flow
from kemu.read.excel import xls, xlsx
from kemu.read.excel.sheet import MAX_COLUMNS, MAX_ROWS, Book, Sheet, SheetCell, column_name
from kemu.read.package import Package

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；！？]")
_TITLE_LENGTH = 60
_HEAD_ROWS = 8
_LABEL_LENGTH = 40
# The second and third part of a code always have two digits; Excel drops the first as a zero.
_TWO_DIGITS = ("款", "项")
Rows = list[list[Printed]]


def read(path: Path, data: bytes) -> Document:
    """Return an Excel book.

    Raises:
        InputError: It is damaged, encrypted, empty, or unpacks beyond measure.
    """
    where = str(path)
    modern = data.startswith(b"PK")
    book = xlsx.read_book(Package(data, where)) if modern else xls.read_book(data, where)
    flow = Flow()
    for sheet in book.sheets:
        if not sheet.hidden:
            _add(sheet, flow)
    blocks = flow.finish()
    notices = tuple(_notices(book))
    if not blocks and not notices:
        raise InputError("E-READ-EMPTY", "工作表里没有内容", where, "请检查文件是否保存完整。")
    digest = hashlib.sha256(data).hexdigest()
    return Document(where, digest, "xlsx" if modern else "xls", blocks, notices)


def _notices(book: Book) -> list[Notice]:
    made = list(book.notices)
    for sheet in book.sheets:
        place, name = Place(address=f"{sheet.name}!"), f"工作表“{sheet.name}”"
        if sheet.hidden:
            made.append(Notice("hidden", f"{name}是隐藏的，未读取", place))
        if sheet.cut:
            limit = f"只读取前{MAX_ROWS}行、{MAX_COLUMNS}列"
            made.append(Notice("limit", f"{name}有{sheet.rows}行，{limit}", place))
        if sheet.hidden_rows:
            made.append(Notice("hidden", f"{name}有{sheet.hidden_rows}个隐藏行，已读取", place))
        if sheet.hidden_columns:
            columns = "、".join(column_name(c) for c in sorted(sheet.hidden_columns)[:9])
            made.append(Notice("hidden", f"{name}的隐藏列{columns}未读取", place))
        if sheet.unknown:
            made.append(
                Notice("limit", f"{name}有{sheet.unknown}个公式没有存下结果，按空白读取", place)
            )
    return made


def _add(sheet: Sheet, flow: Flow) -> None:
    """Add a sheet's blocks."""
    for rows in _regions(_rows(sheet)):
        first = next((i for i, row in enumerate(rows) if _is_wide(row)), None)
        if first is None:
            for row in rows:
                _paragraphs(row, flow)
            continue
        top = max(first - _HEAD_ROWS, 0)
        while first > top and _heads_table(rows[first - 1]):
            first -= 1
        last = _end(rows)
        for row in rows[:first]:
            _paragraphs(row, flow)
        _table(rows[first:last], sheet, flow)
        for row in rows[last:]:
            _paragraphs(row, flow)


def _paragraphs(row: Sequence[Printed], flow: Flow) -> None:
    """Add a row of text; the lines of a cell are paragraphs of their own."""
    for cell in row:
        for line in cell.raw.split("\n"):
            flow.paragraph(line, cell.address)


def _table(rows: Rows, sheet: Sheet, flow: Flow) -> None:
    texts = [cell.text for row in rows[:4] for cell in row]
    titled = any(captions.is_title(text) for text in texts)
    title = "" if titled or _DEFAULT_NAME.fullmatch(sheet.name.strip()) else sheet.name
    broken = f"工作表只读取了前{MAX_ROWS}行、{MAX_COLUMNS}列" if sheet.cut else ""
    flow.table(
        _padded([cell for row in rows for cell in row]),
        f"{sheet.name}!",
        title=title,
        adopt=False,
        drop_blank=True,
        blank=lambda row, column: _address(sheet.name, row, column),
        broken=broken,
    )


def _rows(sheet: Sheet) -> Rows:
    """Return the cells of a sheet by row, merged ones once, rows that show nothing included."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    covered = _covered(sheet)
    rows: dict[int, list[Printed]] = {}
    for cell in sheet.cells:
        if (cell.row, cell.column) in covered:
            continue
        bottom, right = spans.get((cell.row, cell.column), (cell.row, cell.column))
        rows.setdefault(cell.row, []).append(_printed(cell, sheet.name, bottom, right))
    if not rows:
        return []
    return [rows.get(index, []) for index in range(min(rows), max(rows) + 1)]


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Return the cells with content that a merge hides."""
    stored: dict[int, list[int]] = {}
    for cell in sheet.cells:
        stored.setdefault(cell.row, []).append(cell.column)
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merges:
        inside = range(top, bottom + 1) if bottom - top < len(stored) else stored
        covered.update(
            (row, column)
            for row in inside
            if top <= row <= bottom
            for column in stored.get(row, ())
            if left <= column <= right and (row, column) != (top, left)
        )
    return covered


def _printed(cell: SheetCell, sheet: str, bottom: int, right: int) -> Printed:
    address = _address(sheet, cell.row, cell.column)
    rowspan, colspan = bottom - cell.row + 1, right - cell.column + 1
    return Printed(cell.text, cell.row, cell.column, rowspan, colspan, address, cell.numeric)


def _address(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{column_name(column)}{row + 1}"


def _is_wide(row: Sequence[Printed]) -> bool:
    """Return whether a row is more than one text: a table's."""
    return len(row) > 1 and not all(captions.is_head(cell.text) for cell in row)


def _heads_table(row: Sequence[Printed]) -> bool:
    """Return whether a row above a table is its title, unit line or a blank."""
    return all(
        captions.is_head(cell.text)
        or (len(cell.text) <= _TITLE_LENGTH and not _SENTENCE.search(cell.text))
        for cell in row
    )


def _end(rows: Rows) -> int:
    """Return the index after the last row of the table that begins in these rows."""
    last = max(index for index, row in enumerate(rows) if _is_wide(row)) + 1
    blanks = 0
    for index in range(last, len(rows)):
        row = rows[index]
        if row and not _goes_on(row[0].text, blanks):
            break
        blanks = 0 if row else blanks + 1
        last = index + 1 if row else last
    return last


def _goes_on(text: str, blanks: int) -> bool:
    """Return whether a row below a table's last full one is still its: a label, a total, a note."""
    if captions.is_note(text) or figures.names_total(text):
        return True
    return not blanks and len(text) <= _LABEL_LENGTH and not _SENTENCE.search(text)


def _regions(rows: Rows) -> list[Rows]:
    """Return the rows cut before each title that follows a table."""
    cuts, start = [0], 0
    for index, row in enumerate(rows):
        if len(row) != 1 or not captions.is_title(row[0].text):
            continue
        apart = row[0].colspan > 1 or not rows[index - 1]
        if apart and any(_is_wide(item) for item in rows[start:index]):
            # Its number (附表2) stands above it.
            start = index
            while (
                rows[start - 1] and not _is_wide(rows[start - 1]) and _heads_table(rows[start - 1])
            ):
                start -= 1
            cuts.append(start)
    return [rows[first:last] for first, last in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _padded(cells: Sequence[Printed]) -> list[Printed]:
    """Return the cells with the zero put back that a numeric 款 or 项 lost: 5 under 款 is 05."""
    columns = {
        cell.column
        for cell in cells
        if cell_text(cell.raw).text in _TWO_DIGITS and cell.colspan == 1
    }
    return [
        replace(cell, raw=f"0{cell.raw}")
        if cell.numeric and cell.column in columns and re.fullmatch(r"\d", cell.raw)
        else cell
        for cell in cells
    ]
