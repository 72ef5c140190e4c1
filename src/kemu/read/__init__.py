"""Readers: a file in, a neutral `Document` out, whatever the format.

Every format has one module with `read(path, data) -> Document`; which one reads a file is told
from its content, never from its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from kemu.errors import InputError, KemuError
from kemu.model.document import Document
from kemu.read.sniff import Kind, kind_of

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused: a published document has a few megabytes."""

# Loaded when needed: the libraries behind them take longer to start than a text takes to check.
_MODULES: dict[Kind, str] = {
    "txt": "kemu.read.text.plain",
    "pdf": "kemu.read.pdf",
    "docx": "kemu.read.word.docx",
    "doc": "kemu.read.word.doc",
    "xlsx": "kemu.read.excel.workbook",
    "xls": "kemu.read.excel.workbook",
    "html": "kemu.read.web.html",
}


def read(path: Path, *, jobs: int = 1, max_pages: int | None = None, ocr: bool = False) -> Document:
    """Return a file as a document.

    Args:
        path: The file.
        jobs: Processes to read the pages of a PDF with.
        max_pages: Pages of a PDF to read at most, `kemu.read.pdf.MAX_PAGES` if not given.
        ocr: Whether to recognise scanned pages; needs the extra `kemu[ocr]`.

    Raises:
        InputError: The file is missing, empty, encrypted, damaged or of a kind that is not read.
    """
    data = load(path)
    kind = kind_of(data, str(path))
    if kind == "zip":
        raise InputError(
            "E-READ-ARCHIVE",
            "这是压缩包，不是单个文件",
            str(path),
            "请把压缩包作为一组文件来检查，或解压后再试。",
        )
    options: dict[str, int] = {}
    if kind == "pdf":
        options = {"jobs": jobs, "ocr": ocr} | ({"max_pages": max_pages} if max_pages else {})
    try:
        document = import_module(_MODULES[kind]).read(path, data, **options)
    except (RecursionError, MemoryError):
        raise InputError(
            "E-READ-DAMAGED", "文件结构异常，无法读取", str(path), "请另存为新文件后再试。"
        ) from None
    assert isinstance(document, Document)
    return document


def load(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        InputError: It is missing, no file, too large, or may not be read.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("E-READ-FOLDER", "这是文件夹，不是文件", where, "请指定文件。")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1024 // 1024} MB"
            raise InputError(
                "E-READ-LARGE", f"文件有 {size} 字节，超过 {limit}", where, "请拆分后再试。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("E-READ-MISSING", "找不到文件", where, "请检查路径和文件名。") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            "E-READ-ACCESS", f"文件读不了（{reason}）", where, "请检查权限，或先关闭打开它的程序。"
        ) from None


def read_many(paths: Iterable[Path]) -> Iterator[tuple[Path, Document | KemuError]]:
    """Yield each file with its document, or with the error that says why there is none."""
    for path in paths:
        try:
            yield path, read(path)
        except KemuError as error:
            yield path, error
