"""A sample as PDF: ruled tables that break over pages, the font named but not embedded."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from samples.blocks import Grid, Para, Sample

FONT = "STSong-Light"
MARGIN = 42


def render(sample: Sample) -> bytes:
    """Return the file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    page = landscape(A4)
    document = SimpleDocTemplate(
        buffer, pagesize=page, invariant=1, title=sample.name,
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    flow: list[Flowable] = []
    before = False
    for block in sample.blocks:
        if isinstance(block, Grid):
            flow += [_table(block, page[0] - 2 * MARGIN), Spacer(1, 10)]
            before = False
            continue
        if block.caption and not before:
            # As published: every table begins a page, and long ones go on over the next.
            flow.append(PageBreak())
        before = block.caption
        flow.append(_paragraph(block))
    document.build(flow)
    return buffer.getvalue()


def _style(size: float, indent: float = 0, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}-{indent}", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK",
        firstLineIndent=indent, spaceBefore=before,
    )  # fmt: skip


def _paragraph(block: Para) -> Paragraph:
    size = {-1: 18, 1: 15, 2: 13, 3: 12}.get(block.level, 11)
    style = _style(size, 0 if block.level else 22, 8 if block.level else 2)
    return Paragraph(escape(block.printed), style)


def _table(grid: Grid, width: float) -> Table:
    layout = grid.layout()
    size = 8 if grid.width <= 8 else 6.5
    style = _style(size)
    cells, commands = [], [("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                           ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]  # fmt: skip
    for r, line in enumerate(layout):
        row = []
        for c, (cell, starts, _) in enumerate(line):
            text = escape(cell.text).replace(" ", "\u00a0")
            row.append(Paragraph(text, style) if starts else "")
            if starts and cell.rows * cell.cols > 1:
                last = (c + cell.cols - 1, r + cell.rows - 1)
                commands.append(("SPAN", (c, r), last))
        cells.append(row)
    return Table(cells, colWidths=_widths(grid, layout, width), style=commands, splitInRow=0)


def _widths(grid: Grid, layout: list, width: float) -> list[float]:  # type: ignore[type-arg]
    """Return column widths in the proportion of their texts, between 4 and 24 characters."""
    lengths = [4.0] * grid.width
    for line in layout:
        for c, (cell, starts, _) in enumerate(line):
            if starts and cell.cols == 1:
                lengths[c] = max(lengths[c], min(len(cell.text) * 1.0, 24))
    return [width * length / sum(lengths) for length in lengths]
