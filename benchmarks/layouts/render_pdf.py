"""Blocks as PDF, drawn line by line: ruled, half-ruled (no rules upright) or unruled tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.layouts.blocks import Block, Cell, Grid, Line
from benchmarks.layouts.render_text import wide

_FONT = "STSong-Light"
_MARGIN = 50.0
_PAD = 3.0
_SIZES = {"title": 20.0, "heading": 14.0, "name": 15.0, "body": 12.0}
_LEADING = 1.5
_CAPTIONS = ("caption", "name")
_KEPT = 210.0
"""Points that must be left on a page for a table with its captions to begin there."""


def render(blocks: Sequence[Block], style: str) -> bytes:
    """Return the file; `style` is `ruled`, `half-ruled` or `unruled`."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    paper = _Paper(canvas, style)
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            paper.table(block)
        else:
            paper.line(block, _table_of(blocks, at))
    paper.end()
    return buffer.getvalue()


def _table_of(blocks: Sequence[Block], at: int) -> Grid | None:
    """Return the table that a line is the first caption of, if it is."""

    def caption(block: Block) -> bool:
        return isinstance(block, Line) and block.kind in _CAPTIONS

    if not caption(blocks[at]) or (at and caption(blocks[at - 1])):
        return None
    return next((block for block in blocks[at:] if isinstance(block, Grid)), None)


@dataclass(frozen=True)
class _Box:
    """The frame of a table: the right edge of every column and the lines of every row."""

    edges: tuple[float, ...]
    size: float
    lines: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]


class _Paper:
    """Pages drawn from top to bottom."""

    def __init__(self, canvas: Canvas, style: str) -> None:
        self.canvas, self.style = canvas, style
        self.width, self.height = A4
        self.y = self.height - _MARGIN
        self.number = 1
        self.fresh = True

    # Lines --------------------------------------------------------------------------------

    def line(self, line: Line, table: Grid | None) -> None:
        """Draw a line or paragraph; with the first caption of a table, on the table's page."""
        columns = 0 if table is None else table.width
        low = self.y < _MARGIN + _KEPT and table is not None
        if low or (line.kind not in _CAPTIONS or columns) and self._turned(columns) != self._lies:
            self._page(columns)
        size = _SIZES.get(line.kind, 10.5)
        indent = 2 * size if line.kind == "body" else 0.0
        for text in _wrapped(line.text, self._inner - indent, size, first=indent):
            self._room(size * _LEADING)
            self._draw(line, text, size, indent)
            indent = 0.0
            self.y -= size * _LEADING

    def _draw(self, line: Line, text: str, size: float, indent: float) -> None:
        self.canvas.setFont(_FONT, size)
        base = self.y - size
        if line.kind in ("title", "name"):
            self.canvas.drawCentredString(self.width / 2, base, text)
        elif len(line.parts) > 1:
            self.canvas.drawString(_MARGIN, base, line.parts[0])
            self.canvas.drawRightString(self.width - _MARGIN, base, line.parts[1])
        elif line.kind == "caption" and text.endswith("元"):
            self.canvas.drawRightString(self.width - _MARGIN, base, text)
        else:
            self.canvas.drawString(_MARGIN + indent, base, text)
        self.fresh = False

    # Pages --------------------------------------------------------------------------------

    @property
    def _inner(self) -> float:
        return self.width - 2 * _MARGIN

    @property
    def _lies(self) -> bool:
        return self.width > self.height

    def _turned(self, columns: int) -> bool:
        return columns > 7

    def _room(self, needed: float) -> bool:
        """Begin a page where the rest of this one is too low; return whether it did."""
        if self.y - needed >= _MARGIN:
            return False
        self._page(9 if self._lies else 0)
        return True

    def _page(self, columns: int) -> None:
        if not self.fresh:
            self._foot()
            self.canvas.showPage()
        self.width, self.height = landscape(A4) if self._turned(columns) else A4
        self.canvas.setPageSize((self.width, self.height))
        self.y, self.fresh = self.height - _MARGIN, True

    def _foot(self) -> None:
        self.canvas.setFont(_FONT, 9)
        self.canvas.drawCentredString(self.width / 2, 25, f"- {self.number} -")
        self.number += 1

    def end(self) -> None:
        """Close the last page."""
        self._foot()
        self.canvas.showPage()
        self.canvas.save()

    # Tables -------------------------------------------------------------------------------

    def table(self, grid: Grid) -> None:
        """Draw a table; where the page ends it goes on with its header on the next."""
        if grid.goes_on or self._turned(grid.width) != self._lies:
            self._page(grid.width)
        box = self._measure(grid)
        places = grid.places()
        top = grid.captions + grid.head
        row = 0
        while row < len(places):
            last = self._last(places, box, row)
            if last == row:
                self._page(grid.width)
                if row > top and grid.repeats:
                    self._rows(places, box, range(grid.captions, top))
                last = max(row + 1, self._last(places, box, row))
            self._rows(places, box, range(row, last))
            row = last
        self.y -= 14

    def _last(self, places: list[list[tuple[Cell, bool]]], box: _Box, row: int) -> int:
        """Return the row after the last that fits on the page; merged heads stay together."""
        y, last = self.y, row
        for at in range(row, len(places)):
            y -= box.heights[at]
            if y < _MARGIN:
                break
            whole = at + 1 == len(places) or not any(
                cell.cols * cell.rows > 1 and not starts and above is cell and len(cell.text) < 12
                for (cell, starts), (above, _) in zip(places[at + 1], places[at], strict=True)
                if at < 4
            )
            last = at + 1 if whole else last
        return last

    def _measure(self, grid: Grid) -> _Box:
        size = 10.0 if grid.width <= 7 else 9.0
        places = grid.places()
        widths = []
        for c in range(grid.width):
            alone = [row[c][0] for row in places if row[c][1] and row[c][0].cols == 1]
            widths.append(max([2.2, *(_least(cell, grid.wraps) for cell in alone)]))
        scale = self._inner / (sum(widths) * size)
        most = 1.0 if grid.wraps == "names and digits" else 1.6
        points = [w * size * min(scale, most) for w in widths]
        if scale < 1.0:
            size = max(6.5, size * scale)
        edges = tuple(_MARGIN + sum(points[:c]) for c in range(grid.width + 1))
        lines = []
        heights = []
        for row in places:
            texts = tuple(
                tuple(
                    _wrapped(
                        cell.text, edges[min(c + cell.cols, grid.width)] - edges[c] - 2 * _PAD, size
                    )
                )
                if starts
                else ()
                for c, (cell, starts) in enumerate(row)
            )
            single = [len(t) for t, (cell, _) in zip(texts, row, strict=True) if cell.rows == 1]
            most = max([1, *single])
            lines.append(texts)
            heights.append(most * size * 1.25 + 2 * _PAD)
        return _Box(edges, size, tuple(lines), tuple(heights))

    def _rows(self, places: list[list[tuple[Cell, bool]]], box: _Box, rows: range) -> None:
        first = self.y
        tops = [first]
        for row in rows:
            tops.append(tops[-1] - box.heights[row])
        for at, row in enumerate(rows):
            for c, (cell, starts) in enumerate(places[row]):
                shown = starts or (row == rows.start and not (c and places[row][c - 1][0] is cell))
                if shown and cell is not None:
                    below = sum(1 for r in rows[at:] if places[r][c][0] is cell)
                    frame = (box.edges[c], tops[at + below], box.edges[c + cell.cols], tops[at])
                    self._cell(cell, box.lines[row][c], box.size, frame)
        self.y = tops[-1]
        self.fresh = False

    def _cell(
        self,
        cell: Cell,
        lines: tuple[str, ...],
        size: float,
        frame: tuple[float, float, float, float],
    ) -> None:
        left, bottom, right, top = frame
        self._rules(frame)
        self.canvas.setFont(_FONT, size)
        height = len(lines) * size * 1.25
        y = (top + bottom + height) / 2 - size
        for text in lines:
            if cell.align == "right":
                self.canvas.drawRightString(right - _PAD, y, text)
            elif cell.align == "centre":
                self.canvas.drawCentredString((left + right) / 2, y, text)
            else:
                self.canvas.drawString(left + _PAD, y, text)
            y -= size * 1.25

    def _rules(self, frame: tuple[float, float, float, float]) -> None:
        left, bottom, right, top = frame
        self.canvas.setLineWidth(0.5)
        if self.style == "ruled":
            self.canvas.rect(left, bottom, right - left, top - bottom)
        elif self.style == "half-ruled":
            self.canvas.line(left, bottom, right, bottom)
            self.canvas.line(left, top, right, top)


def _least(cell: Cell, wraps: str) -> float:
    """Return the characters, of full width, that a column must have for a cell."""
    width = wide(cell.text) / 2
    if cell.align == "right":
        return max(2.2, width - 1.0) if wraps == "names and digits" else width + 0.8
    return min(width + 0.8, 9.0 if wraps != "none" else 19.0)


def _wrapped(text: str, width: float, size: float, first: float = 0.0) -> list[str]:
    """Return the lines of a text in a width; amounts break only where nothing else helps."""
    lines, line, used = [], "", -0.0 if not first else 0.0
    for char in text:
        step = pdfmetrics.stringWidth(char, _FONT, size)
        if line and used + step > width + 0.01:
            lines.append(line)
            line, used = "", 0.0
        line += char
        used += step
    return [*lines, line]
