"""Blocks as .docx: paragraphs, and tables with merged cells, written as WordprocessingML."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from benchmarks.layouts.blocks import Block, Cell, Grid, Line
from benchmarks.layouts.render_html import broken

_MOMENT = datetime.datetime(2025, 2, 14, 9, 0, tzinfo=datetime.UTC)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = {"title": "Title", "heading": "Heading1"}
_JUSTIFIED = {"name": "center", "title": "center"}
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def render(blocks: Sequence[Block], style: str = "") -> bytes:
    """Return the file."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = _MOMENT
    body = document.element.body
    end = body.sectPr
    for block in blocks:
        parts = _table(block) if isinstance(block, Grid) else [_line(block)]
        for part in parts:
            end.addprevious(parse_xml(part.replace(">", f" {nsdecls('w')}>", 1)))
    buffer = io.BytesIO()
    document.save(buffer)
    return _dated(buffer)


def _dated(buffer: io.BytesIO) -> bytes:
    """Return the file with one date on all its parts: the same blocks give the same bytes."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _MOMENT.timetuple()[:6]), old.read(info))
    return fixed.getvalue()


def _line(line: Line) -> str:
    style = f'<w:pStyle w:val="{_STYLES[line.kind]}"/>' if line.kind in _STYLES else ""
    side = _JUSTIFIED.get(line.kind, "left")
    indent = '<w:ind w:firstLine="480"/>' if line.kind == "body" else ""
    runs = "<w:r><w:tab/></w:r>".join(_run(part) for part in line.parts)
    return f'<w:p><w:pPr>{style}{indent}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(grid: Grid) -> list[str]:
    rows = "".join(f"<w:tr>{_row(line, r, grid)}</w:tr>" for r, line in enumerate(grid.places()))
    columns = "<w:gridCol/>" * grid.width
    borders = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    table = f"<w:tbl>{borders}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    return [*([_BREAK] if grid.goes_on else []), table, "<w:p></w:p>"]


def _row(line: Sequence[tuple[Cell, bool]], row: int, grid: Grid) -> str:
    parts = []
    column = 0
    while column < len(line):
        cell, starts = line[column]
        span = f'<w:gridSpan w:val="{cell.cols}"/>' if cell.cols > 1 else ""
        down = ('<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>") if cell.rows > 1 else ""
        side = cell.align.replace("centre", "center")
        lines = broken(cell, grid.wraps) if starts else [""]
        text = "<w:r><w:br/></w:r>".join(_run(part) for part in lines)
        paragraph = f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{text}</w:p>'
        parts.append(f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{paragraph}</w:tc>")
        column += cell.cols
    return "".join(parts)
