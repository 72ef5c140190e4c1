"""One sample in every format is read as the same tables and paragraphs: those of its source."""

from __future__ import annotations

import importlib
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kemu.model.document import Document, Paragraph, Table
from kemu.read import libreoffice
from kemu.read.blocks.normalise import cell, content
from tests.read_office.making import captions, grid, spans

for library in ("docx", "xlsxwriter", "reportlab"):
    pytest.importorskip(library, reason=f"{library} makes the samples")

SOURCES = sorted((Path(__file__).parents[2] / "data" / "samples" / "source").glob("*.toml"))
READERS = {
    "docx": "word.docx", "xlsx": "excel.workbook", "html": "web.html", "gb2312.html": "web.html",
    "pdf": "pdf", "txt": "text.plain",
}  # fmt: skip
NUMBERS = re.compile(r"(?:公开|表)\d+表?")
needs_office = pytest.mark.skipif(
    libreoffice.program() is None, reason="LibreOffice is not installed"
)


@cache
def sample(source: Path) -> Any:
    import make_samples

    return make_samples.build(tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def written(source: Path, ending: str) -> bytes:
    import make_samples

    return make_samples.FORMATS[ending](sample(source))


def expected_tables(source: Path) -> list[tuple[list[str], list[list[str]], dict[str, Any]]]:
    """Return captions, texts and merged heads of the source's tables."""
    found, above = [], []
    for block in sample(source).blocks:
        if not hasattr(block, "rows"):
            above = [*above, content(block.printed).text] if block.caption else []
            continue
        inside = [cell(c.text).text for row in block.rows[: block.captions] for c in row]
        texts = [
            [cell(c.text).text if starts else "" for c, starts, _ in line]
            for line in block.layout()[block.captions :]
        ]
        heads = {
            cell(c.text).text: (c.rows, c.cols)
            for row in block.rows[block.captions : block.head]
            for c in row
            if c.rows * c.cols > 1
        }
        found.append(([*above, *inside], texts, heads))
        above = []
    return found


def expected_prose(source: Path) -> list[str]:
    return [
        content(block.printed).text
        for block in sample(source).blocks
        if not hasattr(block, "rows") and not block.caption
    ]


def check(document: Document, source: Path) -> None:
    tables = list(document.tables)
    expected = expected_tables(source)
    assert len(tables) == len(expected) > 0
    for table, (lines, texts, heads) in zip(tables, expected, strict=True):
        assert above(table) == lines
        assert grid(table) == texts
        assert not table.broken
        assert heads.items() <= spans(table).items()
    assert prose(document) == expected_prose(source)


def check_dump(document: Document, source: Path) -> None:
    """Check a text dump: it prints merged cells once, so some headers have several solutions.

    All rows below the header must be right unless the reader says that they are not, and most
    headers; a table's number above its title may stay a paragraph.
    """
    tables = list(document.tables)
    expected = expected_tables(source)
    assert len(tables) == len(expected) > 0
    right = 0
    for table, (lines, texts, heads) in zip(tables, expected, strict=True):
        assert above(table) in (lines, lines[1:])
        head = 1 + bool(heads) + any(rows > 2 for rows, _ in heads.values())
        assert table.broken or grid(table)[head:] == texts[head:]
        assert len(table.rows) == len(texts)
        right += grid(table) == texts
    assert 3 * right >= 2 * len(tables)
    kept = [text for text in prose(document) if not NUMBERS.fullmatch(text)]
    assert kept == expected_prose(source)


def above(table: Table) -> list[str]:
    return [text for text in captions(table) if not text.startswith("注")]


def prose(document: Document) -> list[str]:
    """Return the paragraphs, the notes below tables in their place among them."""
    return [
        text
        for block in document.blocks
        for text in (captions(block) if isinstance(block, Table) else [block.content.text])
        if isinstance(block, Paragraph) or text.startswith("注")
    ]


def test_there_are_samples() -> None:
    assert len(SOURCES) >= 6


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_format_is_read_alike(source: Path, ending: str) -> None:
    reader = importlib.import_module(f"kemu.read.{READERS[ending]}")
    document = reader.read(Path(f"a.{ending}"), written(source, ending))
    (check_dump if ending == "txt" else check)(document, source)


def converted(folder: Path, files: list[Path], kind: str) -> None:
    command = [str(libreoffice.program()), "--headless", "--convert-to", kind,
               f"-env:UserInstallation={(folder / 'profile').as_uri()}",
               "--outdir", str(folder), *map(str, files)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@needs_office
def test_old_word_files_are_read_alike(tmp_path: Path) -> None:
    from kemu.read.word import doc

    files = []
    for source in SOURCES:
        files.append(tmp_path / f"{source.stem}.docx")
        files[-1].write_bytes(written(source, "docx"))
    converted(tmp_path, files, "doc:MS Word 97")
    old = [file.with_suffix(".doc") for file in files]
    documents = doc.read_all([(path, path.read_bytes()) for path in old])
    for source, document in zip(SOURCES, documents, strict=True):
        assert isinstance(document, Document), document
        assert document.format == "doc"
        check(document, source)


@needs_office
def test_an_old_book_is_read_as_the_new_one(tmp_path: Path) -> None:
    from kemu.read.excel import workbook

    book = tmp_path / "a.xlsx"
    book.write_bytes(written(SOURCES[-1], "xlsx"))
    converted(tmp_path, [book], "xls:MS Excel 97")
    old = workbook.read(Path("a.xls"), (tmp_path / "a.xls").read_bytes())
    assert old.format == "xls"
    check(old, SOURCES[-1])
    addresses = [
        [cell.place.address for table in document.tables for row in table.rows for cell in row]
        for document in (old, workbook.read(book, book.read_bytes()))
    ]
    assert addresses[0] == addresses[1]
