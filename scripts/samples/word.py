"""A sample as .docx: merged cells, heading styles, and headings numbered by Word itself."""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from samples.blocks import Grid, Para, Sample
from samples.vocabulary import ordinal

MOMENT = datetime.datetime(2025, 2, 14, 9, 0, tzinfo=datetime.UTC)
HEADINGS = 90
FIRST = "（一）"
LEVELS = (
    ("第%1部分　", "chineseCounting"),
    ("%2、", "chineseCounting"),
    ("（%3）", "chineseCounting"),
)


def render(sample: Sample) -> bytes:
    """Return the file."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    _define_lists(document)
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.core_properties.title = sample.name
    list_of_body, counts = 0, [0] * 4
    for block in sample.blocks:
        if isinstance(block, Grid):
            _table(document, block)
        elif block.level:
            _heading(document, block, counts)
        else:
            if block.number == FIRST:
                list_of_body = _new_list(document)
            paragraph = document.add_paragraph(block.text)
            if block.number:
                _number(paragraph, list_of_body, 0)
    return steady(_saved(document))


def _saved(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def steady(data: bytes) -> bytes:
    """Return an office package whose bytes do not depend on when it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            member = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(info), compresslevel=9)
    return target.getvalue()


def _define_lists(document: WordDocument) -> None:
    _list(document, HEADINGS, LEVELS)


def _list(document: WordDocument, number: int, levels: tuple[tuple[str, str], ...]) -> None:
    """Define a list; the schema wants all abstract lists before the concrete ones."""
    body = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (text, kind) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{body}</w:abstractNum>'
    ))  # fmt: skip
    root.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    ))  # fmt: skip


def _new_list(document: WordDocument) -> int:
    """Start the body's list （一）（二） again; return its number."""
    number = 100 + len(document.part.numbering_part.element.findall(qn("w:num")))
    _list(document, number, (("（%1）", "chineseCounting"),))
    return number


def _number(paragraph, number: int, level: int) -> None:  # type: ignore[no-untyped-def]
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _heading(document: WordDocument, block: Para, counts: list[int]) -> None:
    """Add a heading; Word numbers it if it would count as the sample does."""
    level = max(block.level, 0)
    pattern = LEVELS[level - 1][0].replace(f"%{level}", "{}") if level else ""
    if block.number and block.number == pattern.format(ordinal(counts[level] + 1)):
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
        _number(document.add_heading(block.text, level), HEADINGS, level - 1)
    else:
        document.add_heading(block.printed, level)


def _table(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), grid.width)
    table.style = "Table Grid"
    # All cells at once: the library looks each one up anew.
    cells = table._cells
    for r, line in enumerate(grid.layout()):
        for c, (cell, starts, _) in enumerate(line):
            if not starts:
                continue
            first = cells[r * grid.width + c]
            if cell.rows * cell.cols > 1:
                first.merge(cells[(r + cell.rows - 1) * grid.width + c + cell.cols - 1])
            first.text = cell.text
    document.add_paragraph()
