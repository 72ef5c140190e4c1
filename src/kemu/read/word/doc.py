"""Old Word files (.doc, written by Word or WPS; .rtf): converted by LibreOffice, read as .docx.

Conversion costs seconds to start and little per file, so a batch is converted in one go.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kemu.errors import InputError
from kemu.model.document import Document, Notice
from kemu.read import libreoffice
from kemu.read.package import Package, damaged, encrypted
from kemu.read.word import docx
from kemu.read.word.markup import length

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are not handed to LibreOffice."""
_FIB = b"\xec\xa5"
_FIB_FLAGS = 10
_ENCRYPTED = 0x01
_SECTOR = 512
_FIB_LENGTH = 0x4C
_COMPLETE = Decimal("0.9")
"""Share of the characters that a file says it has which must have come through."""
_RTF = b"{\\rtf"
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read(path: Path, data: bytes) -> Document:
    """Return an old Word file.

    Raises:
        InputError: It is encrypted or damaged, or LibreOffice is not installed.
    """
    (result,) = read_all([(path, data)])
    if isinstance(result, InputError):
        raise result
    return result


def read_all(files: Sequence[tuple[Path, bytes]]) -> list[Document | InputError]:
    """Return each file as a document, or why it is none, converting all in one process."""
    results: dict[int, Document | InputError] = {}
    for number, (path, data) in enumerate(files):
        if len(data) > MAX_BYTES:
            limit = f"{MAX_BYTES // 1024 // 1024} MB"
            results[number] = InputError(
                "E-READ-LARGE", f"文件超过 {limit}", str(path), "请拆分，或另存为 .docx 后再试。"
            )
        elif is_encrypted(data):
            results[number] = encrypted(str(path))
    todo = [number for number in range(len(files)) if number not in results]
    try:
        converted = libreoffice.to_docx([files[number][1] for number in todo]) if todo else []
    except InputError as error:
        return [results.get(n) or replace(error, where=str(files[n][0])) for n in range(len(files))]
    for number, made in zip(todo, converted, strict=True):
        results[number] = _document(*files[number], made)
    return [results[number] for number in range(len(files))]


def _document(path: Path, data: bytes, converted: bytes | None) -> Document | InputError:
    if converted is None:
        return damaged(str(path), "LibreOffice 打不开")
    try:
        document = docx.read(path, converted)
    except InputError as error:
        return error
    notices = document.notices
    if _MACROS in data:
        notices += (Notice("note", "文件含宏，未执行也未读取"),)
    if _is_cut(data, converted):
        notices += (Notice("broken", "文件不完整，只读出一部分文字"),)
    digest = hashlib.sha256(data).hexdigest()
    return replace(document, sha256=digest, format="doc", notices=notices)


def is_encrypted(data: bytes) -> bool:
    """Return whether a Word 97–2003 file is encrypted: a flag in its first record.

    Source: [MS-DOC] 2.5.2, FibBase.
    """
    at = _first_record(data)
    return at is not None and bool(data[at + _FIB_FLAGS + 1] & _ENCRYPTED)


def _first_record(data: bytes) -> int | None:
    """Return where a Word 97–2003 file's first record begins, None for other files."""
    at = data.find(_FIB, _SECTOR)
    while at >= 0:
        if at % _SECTOR == 0:
            return at
        at = data.find(_FIB, at + 1)
    return None


def _is_cut(data: bytes, converted: bytes) -> bool:
    """Return whether a file holds more text than was read, as it says itself.

    Source: [MS-DOC] 2.5.4, FibRgLw97.ccpText; an RTF file ends with the bracket that opens it.
    """
    if data.lstrip().startswith(_RTF):
        return not data.rstrip(b"\0\r\n\t ").endswith(b"}")
    at = _first_record(data)
    if at is None or len(data) < at + _FIB_LENGTH + 4:
        return False
    said: int = struct.unpack_from("<i", data, at + _FIB_LENGTH)[0]
    return length(Package(converted, "").xml("word/document.xml")) < said * _COMPLETE
