"""One sample in every format is read as the same paragraphs and the same tables."""

from __future__ import annotations

import importlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kemu.model.document import Document, Paragraph, Table
from kemu.read import office, text
from tests.read_office.making import captions, grid, spans

for library in ("docx", "xlsxwriter", "reportlab"):
    pytest.importorskip(library, reason=f"{library} makes the samples")

SOURCES = sorted((Path(__file__).parents[2] / "data" / "samples" / "source").glob("*.toml"))
READERS = {"docx": "docx", "xlsx": "spreadsheet", "html": "html", "gb2312.html": "html",
           "pdf": "pdf"}  # fmt: skip


@cache
def sample(source: Path) -> Any:
    import make_samples

    return make_samples.build(tomllib.loads(source.read_text(encoding="utf-8")))


def written(source: Path, ending: str) -> bytes:
    import make_samples

    return make_samples.FORMATS[ending](sample(source))


@cache
def as_text(source: Path) -> Document:
    return text.read(Path("a.txt"), written(source, "txt"))


def test_there_are_samples() -> None:
    assert len(SOURCES) >= 2


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_same_tables_and_paragraphs(source: Path, ending: str) -> None:
    reader = importlib.import_module(f"kemu.read.{READERS[ending]}")
    _same(reader.read(Path(f"a.{ending}"), written(source, ending)), as_text(source))


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_same_after_libreoffice_wrote_doc(tmp_path: Path) -> None:
    import subprocess

    from kemu.read import doc

    files = []
    for source in SOURCES:
        word = tmp_path / f"{source.stem}.docx"
        word.write_bytes(written(source, "docx"))
        files.append(word)
    command = [str(office.program()), "--headless", "--convert-to", "doc:MS Word 97",
               f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
               "--outdir", str(tmp_path / "doc"), *map(str, files)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    old = [tmp_path / "doc" / f"{source.stem}.doc" for source in SOURCES]
    documents = doc.read_all([(path, path.read_bytes()) for path in old])
    for source, document in zip(SOURCES, documents, strict=True):
        assert isinstance(document, Document), document
        assert document.format == "doc"
        _same(document, as_text(source))


def _same(document: Document, expected: Document) -> None:
    assert len(list(document.tables)) == len(list(expected.tables)) > 0
    for mine, theirs in zip(document.tables, expected.tables, strict=True):
        assert grid(mine) == grid(theirs)
        assert _heads(mine) == _heads(theirs)
        assert not mine.broken
        heads = {name: span for name, span in spans(theirs).items() if "合计" not in name}
        assert heads.items() <= spans(mine).items()
    assert _prose(document) == _prose(expected)


def _heads(table: Table) -> list[str]:
    return [text for text in captions(table) if not text.startswith("注")]


def _prose(document: Document) -> list[str]:
    """Return the paragraphs, the notes below tables in their place among them."""
    return [
        text
        for block in document.blocks
        for text in (captions(block) if isinstance(block, Table) else [block.content.text])
        if isinstance(block, Paragraph) or text.startswith("注")
    ]


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_an_old_book_is_read_as_the_new_one(tmp_path: Path) -> None:
    import subprocess

    from kemu.read import spreadsheet

    book = tmp_path / "a.xlsx"
    book.write_bytes(written(SOURCES[0], "xlsx"))
    command = [str(office.program()), "--headless", "--convert-to", "xls:MS Excel 97",
               f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
               "--outdir", str(tmp_path), str(book)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    old = spreadsheet.read(Path("a.xls"), (tmp_path / "a.xls").read_bytes())
    assert old.format == "xls"
    _same(old, as_text(SOURCES[0]))
    addresses = [
        [cell.place.address for table in document.tables for row in table.rows for cell in row]
        for document in (old, spreadsheet.read(book, book.read_bytes()))
    ]
    assert addresses[0] == addresses[1]
