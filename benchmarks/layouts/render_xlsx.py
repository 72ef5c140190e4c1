"""Blocks as a workbook: a sheet for each table, amounts as numbers with a format, prose in rows."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from benchmarks.layouts.blocks import Block, Cell, Grid, Line
from benchmarks.layouts.render_html import broken

_MOMENT = datetime.datetime(2025, 2, 14, 9, 0)
_DAMAGED = re.compile(r"[\[\]:*?/\\]")


def render(blocks: Sequence[Block], style: str = "") -> bytes:
    """Return the file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _MOMENT})
    writer = _Writer(book)
    waiting: list[Line] = []
    for block in blocks:
        if isinstance(block, Line) and (waiting or block.kind in ("caption", "name")):
            if block.kind not in ("caption", "name"):
                raise ValueError(f"no table below {waiting[-1].text}")
            waiting.append(block)
        elif isinstance(block, Line):
            writer.prose(block)
        else:
            writer.table(block, waiting)
            waiting = []
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes sheets one after the other."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheet: Any = None
        self.row = 0
        self.in_prose = False
        self.used: set[str] = set()
        amounts = ("0.00", "#,##0.00", "0", "General")
        self.amounts = {f: book.add_format({"border": 1, "num_format": f}) for f in amounts}
        self.text = book.add_format({"border": 1, "text_wrap": True})
        self.plain = book.add_format({"text_wrap": True})

    def prose(self, line: Line) -> None:
        """Write a paragraph into the sheet of paragraphs, begun anew after a table."""
        if not self.in_prose:
            self._begin("说明")
            self.sheet.set_column(0, 0, 100)
        self.in_prose = True
        self.sheet.write_string(self.row, 0, line.text, self.plain)
        self.row += 1

    def table(self, grid: Grid, captions: list[Line]) -> None:
        """Write a table into a sheet of its own; a part that goes on stands below the first."""
        if not grid.goes_on:
            self._begin(grid.name)
        self.in_prose = False
        for caption in captions:
            self.sheet.write_string(self.row, 0, caption.parts[0])
            if len(caption.parts) > 1:
                self.sheet.write_string(self.row, grid.width - 1, caption.parts[1])
            self.row += 1
        for r, line in enumerate(grid.places(), self.row):
            for c, (cell, starts) in enumerate(line):
                if starts:
                    self._cell(r, c, cell, grid.wraps)
        self.row += len(grid.rows)

    def _begin(self, wanted: str) -> None:
        name = _DAMAGED.sub("", wanted)[:28]
        while name in self.used:
            name += "续"
        self.used.add(name)
        self.sheet, self.row = self.book.add_worksheet(name), 0

    def _cell(self, row: int, column: int, cell: Cell, wraps: str) -> None:
        value: str | float = "\n".join(broken(cell, wraps))
        kind = self.text
        if cell.amount is not None:
            form = "#,##0.00" if "," in cell.text else "0.00" if "." in cell.text else "0"
            value, kind = float(cell.text.replace(",", "")), self.amounts[form]
        if cell.rows * cell.cols > 1:
            last = (row + cell.rows - 1, column + cell.cols - 1)
            self.sheet.merge_range(row, column, *last, value, kind)
        else:
            self.sheet.write(row, column, value, kind)
