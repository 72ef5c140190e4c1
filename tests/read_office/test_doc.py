"""Old Word files: what comes before and after LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document
from kemu.read import libreoffice, read
from kemu.read.word import doc
from tests.read_office.making import docx as make_docx
from tests.read_office.making import grid, p, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 "
    rb"\u25903?\u20986?12.50\u19975?\u20803?\u12290?\par"
    rb"\trowd\cellx2000\cellx4000\intbl \u39033?\u30446?\cell \u37329?\u39069?\cell\row"
    rb"\trowd\cellx2000\cellx4000\intbl \u27700?\u36153?\cell 0.90\cell\row\pard\par}"
)
needs_office = pytest.mark.skipif(
    libreoffice.program() is None, reason="LibreOffice is not installed"
)


@needs_office
def test_rtf_is_read_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "说明.doc"
    file.write_bytes(RTF)
    document = read(file)
    assert document.format == "doc"
    assert texts(document) == ["支出12.50万元。"]
    assert grid(next(document.tables)) == [["项目", "金额"], ["水费", "0.90"]]


@needs_office
def test_a_broken_file_of_a_batch_does_not_stop_the_others() -> None:
    broken = OLE + b"WordDocument\0" * 400
    files = [(Path("a.doc"), broken), (Path("b.doc"), RTF), (Path("c.doc"), _locked())]
    first, second, third = doc.read_all(files)
    assert isinstance(first, InputError)
    assert first.where == "a.doc"
    assert isinstance(second, Document)
    assert isinstance(third, InputError)
    assert third.code == "E-READ-ENCRYPTED"


def _locked() -> bytes:
    """Return the first record of an encrypted Word file where it stands in real ones."""
    fib = b"\xec\xa5\xc1\x00" + b"\0" * 6 + b"\0\x01"
    return OLE + b"\0" * (512 - len(OLE)) + fib + b"\0" * 500


def test_a_password_is_told_without_libreoffice() -> None:
    with pytest.raises(InputError) as raised:
        doc.read(Path("a.doc"), _locked())
    assert raised.value.code == "E-READ-ENCRYPTED"


def test_without_libreoffice_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(InputError) as raised:
        doc.read(Path("a.doc"), RTF)
    assert raised.value.code == "E-READ-OFFICE"
    assert raised.value.where == "a.doc"
    assert "LibreOffice" in raised.value.message
    assert ".docx" in raised.value.advice


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "MAX_BYTES", 10)
    with pytest.raises(InputError) as raised:
        doc.read(Path("a.doc"), RTF)
    assert raised.value.code == "E-READ-LARGE"


@pytest.mark.skipif(libreoffice.os.name != "posix", reason="needs a script that can be run")
def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "program", lambda: str(program))
    monkeypatch.setattr(libreoffice, "START_SECONDS", 0.2)
    monkeypatch.setattr(libreoffice, "FILE_SECONDS", 0.1)
    with pytest.raises(InputError) as raised:
        doc.read(Path("a.doc"), RTF)
    assert raised.value.code == "E-READ-DAMAGED"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", make_docx(p("支出12万元。")), "docx"),
        ("a.doc", "<html><body><p>支出12万元。</p></body></html>".encode(), "html"),
        ("a.xls", "<html><body><p>支出12万元。</p></body></html>".encode(), "html"),
        ("a.docx", "支出12万元。".encode("gb18030"), "txt"),
    ],
)
def test_what_a_file_is_is_told_from_its_content(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    document = read(file)
    assert document.format == kind
    assert texts(document) == ["支出12万元。"]


def test_a_locked_workbook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)
    with pytest.raises(InputError) as raised:
        read(file)
    assert raised.value.code == "E-READ-ENCRYPTED"
