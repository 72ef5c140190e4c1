"""Office files written by hand, each with one difficulty, and documents as plain values."""

from __future__ import annotations

import io
import zipfile

from kemu.model.document import Document, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a .docx with this body; further parts by the stem of their name in word/."""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="m" xmlns:v="v" xmlns:a="a">'
        f"<w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        every[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
    return package(every)


def p(text: str, properties: str = "") -> str:
    """Return a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """Return a table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    """Return a table of rows."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def xlsx(
    sheets: dict[str, str],
    *,
    states: dict[str, str] | None = None,
    formats: tuple[str, ...] = (),
    strings: tuple[str, ...] = (),
    **parts: str,
) -> bytes:
    """Return a .xlsx: sheet name → XML below `<worksheet>`; cell style n is the n-th format."""
    states = states or {}
    entries, relations = "", ""
    every: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    for number, (name, content) in enumerate(sheets.items(), 1):
        state = f'state="{states[name]}"' if name in states else ""
        entries += f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}" {state}/>'
        relations += f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml"/>'
        every[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{S}">{content}</worksheet>'
    every["xl/workbook.xml"] = (
        f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{entries}</sheets></workbook>'
    )
    every["xl/_rels/workbook.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n, _ in enumerate(formats))
    body = f"<numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs>"
    every["xl/styles.xml"] = f'<styleSheet xmlns="{S}">{body}</styleSheet>'
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    every["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{items}</sst>'
    for name, content in parts.items():
        every[f"xl/{name}"] = content
    return package(every)


def rows(*lines: tuple[str | int | float | None, ...], first: int = 1) -> str:
    """Return sheetData of rows: texts inline, numbers as numbers without a format."""
    made = ""
    for number, line in enumerate(lines, first):
        cells = ""
        for column, value in enumerate(line):
            place = f"{chr(ord('A') + column)}{number}"
            if isinstance(value, str):
                cells += f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
            elif value is not None:
                cells += f'<c r="{place}" s="99"><v>{value}</v></c>'
        made += f'<row r="{number}">{cells}</row>'
    return f"<sheetData>{made}</sheetData>"


def grid(table: Table) -> list[list[str]]:
    """Return a table's texts, each at the first place of its cell, blanks elsewhere."""
    return [
        [
            cell.text
            if cell and (cell.place.row, cell.place.column) == (row, column)
            else ""
            for column, cell in enumerate(line, 1)
        ]
        for row, line in enumerate(table.grid, 1)
    ]  # fmt: skip


def spans(table: Table) -> dict[str, tuple[int, int]]:
    """Return rows and columns covered by each merged cell, by its text."""
    return {
        cell.text: (cell.rowspan, cell.colspan)
        for row in table.rows
        for cell in row
        if cell.rowspan * cell.colspan > 1
    }


def texts(document: Document) -> list[str]:
    """Return the texts of a document's paragraphs."""
    return [paragraph.content.text for paragraph in document.paragraphs]


def captions(table: Table) -> list[str]:
    """Return the texts of a table's captions."""
    return [paragraph.content.text for paragraph in table.captions]
