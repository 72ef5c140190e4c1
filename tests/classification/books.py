"""Books of the classification written for the tests: as Word, Excel or PDF, in several layouts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "book"
SAMPLE = "政府收支分类科目_样例2099年版"
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Section:
    """One classification of a book: heading, names of its levels, and (code, name, text) rows."""

    title: str
    levels: tuple[str, ...]
    rows: tuple[Row, ...]


def sample() -> tuple[Section, ...]:
    """Return what the sample book holds, from its source."""
    source = tomllib.loads((SAMPLES / "mini_book_2099.toml").read_text(encoding="utf-8"))
    return tuple(
        Section(one["title"], tuple(one["levels"]), tuple(tuple(row) for row in one["rows"]))
        for one in source["scheme"]
    )


def own(code: str, levels: int) -> list[str]:
    """Return the columns of a code where each row prints its own level only."""
    depth = (len(code) - 3) // 2
    return ["" if at != depth else code[-2:] if depth else code for at in range(levels)]


def repeated(code: str, levels: int) -> list[str]:
    """Return the columns of a code where each row prints all its levels."""
    parts = [code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))]
    return [*parts, *[""] * (levels - len(parts))]


def whole(code: str, levels: int) -> list[str]:
    """Return the columns of a code where a level's column prints the whole code."""
    depth = (len(code) - 3) // 2
    return ["" if at != depth else code for at in range(levels)]


def grid(section: Section, layout: str = "own") -> list[list[str]]:
    """Return a section as the cells of a table, with one or two header rows."""
    if layout == "single":
        return [["科目代码", "科目名称", "说明"], *([*row] for row in section.rows)]
    parts = {"own": own, "repeated": repeated, "whole": whole}[layout]
    levels = len(section.levels)
    head = ["科目编码", *[""] * (levels - 1), "科目名称", "说明"]
    under = [*section.levels, "", ""]
    return [head, under, *([*parts(code, levels), name, text] for code, name, text in section.rows)]


def docx(path: Path, sections: Iterable[Section], layout: str = "own") -> Path:
    """Write a book as Word."""
    from docx import Document

    document = Document()
    document.add_paragraph("2099年政府收支分类科目")
    for section in sections:
        document.add_paragraph(section.title)
        cells = grid(section, layout)
        table = document.add_table(len(cells), len(cells[0]))
        for line, row in zip(table.rows, cells, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def xlsx(
    path: Path, sections: Iterable[Section], layout: str = "own", numbers: bool = False
) -> Path:
    """Write a book as Excel, a sheet per section, codes as text or as numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        for number, section in enumerate(sections, start=1):
            sheet = workbook.add_worksheet(f"{number}")
            sheet.write(0, 0, section.title)
            for at, row in enumerate(grid(section, layout), start=1):
                for column, text in enumerate(row):
                    if numbers and text.isdigit():
                        sheet.write_number(at, column, int(text))
                    else:
                        sheet.write_string(at, column, text)
    return path


def pdf(path: Path, sections: Sequence[Section], layout: str = "own") -> Path:
    """Write a book as PDF with ruled tables that go on over pages under a repeated header."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("book", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    story: list[object] = []
    for section in sections:
        cells = grid(section, layout)
        story.append(Paragraph(section.title, style))
        codes = len(cells[0]) - 2
        table = LongTable(
            [[Paragraph(text, style) if text else "" for text in row] for row in cells],
            colWidths=[*[150 / codes] * codes, 130, 200],
            repeatRows=1 if layout == "single" else 2,
        )
        spans = [] if layout == "single" else [
            ("SPAN", (0, 0), (codes - 1, 0)),
            ("SPAN", (codes, 0), (codes, 1)),
            ("SPAN", (codes + 1, 0), (codes + 1, 1)),
        ]  # fmt: skip
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans]))
        story.append(table)
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    return path
