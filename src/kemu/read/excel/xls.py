"""Excel books of old (.xls), by xlrd: it knows merges, number formats and what is hidden."""

from __future__ import annotations

import io
from decimal import Decimal

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book as XlrdBook
from xlrd.sheet import Sheet as XlrdSheet

from kemu.model.document import Notice
from kemu.read.excel.number_format import shown
from kemu.read.excel.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    Book,
    Sheet,
    SheetCell,
)
from kemu.read.package import damaged, encrypted


def read_book(data: bytes, where: str) -> Book:
    """Return the sheets of a book.

    Raises:
        InputError: It is encrypted or damaged.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        left = MAX_CELLS
        sheets = []
        for sheet in book.sheets():
            sheets.append(_sheet(book, sheet, left))
            left -= len(sheets[-1].cells)
    except XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted(where) from None
        raise damaged(where) from None
    except Exception as error:  # xlrd fails in many ways on broken records
        raise damaged(where, type(error).__name__) from None
    macros = [Notice("note", "文件含宏，未执行也未读取")] if _has_macros(data) else []
    return Book(sheets, macros)


def _has_macros(data: bytes) -> bool:
    return "_VBA_PROJECT".encode("utf-16-le") in data


def _sheet(book: XlrdBook, source: XlrdSheet, left: int) -> Sheet:
    made = Sheet(source.name, source.visibility != 0, rows=source.nrows)
    if made.hidden:
        return made
    made.merges = [
        (top, first, bottom - 1, last - 1)
        for top, bottom, first, last in source.merged_cells[:MAX_MERGES]
    ]
    made.hidden_columns = {c for c, info in source.colinfo_map.items() if info.hidden}
    made.cut = source.nrows > MAX_ROWS
    for row in range(min(source.nrows, MAX_ROWS)):
        info = source.rowinfo_map.get(row)
        width = source.row_len(row)
        made.hidden_rows += bool(info and info.hidden and width)
        if width > MAX_COLUMNS or len(made.cells) > left:
            made.cut = True
        if len(made.cells) > left:
            break
        for column in range(min(width, MAX_COLUMNS)):
            cell = _cell(book, source, row, column)
            if cell and column not in made.hidden_columns:
                made.cells.append(cell)
    return made


def _cell(book: XlrdBook, source: XlrdSheet, row: int, column: int) -> SheetCell | None:
    kind = source.cell_type(row, column)
    value = source.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        text = str(value).replace("\r\n", "\n")
        return SheetCell(row, column, text) if text.strip() else None
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if not value and not getattr(source, "show_zero_values", 1):
            return None
        style = book.xf_list[source.cell_xf_index(row, column)]
        code = book.format_map[style.format_key].format_str
        text = shown(Decimal(repr(value)), code, since_1904=bool(book.datemode))
        return SheetCell(row, column, text, numeric=True) if text else None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return SheetCell(row, column, "TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        return SheetCell(row, column, xlrd.error_text_from_code.get(int(value), "#N/A"))
    return None
