"""PDF files: the text layer with its ruled tables.

pdfplumber finds the tables, pypdfium2 tells encrypted and damaged files apart and gives each
page's text a second time, so that every amount of a table is checked against it.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import cast

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]
from pdfplumber.page import Page

from kemu.errors import InputError
from kemu.model.document import Document, Notice, NoticeKind, Place
from kemu.read.pdf.glyph import Box, turn_of
from kemu.read.pdf.layout import blocks_of
from kemu.read.pdf.page import PageContent, read_page
from kemu.read.pdf.source import lean

MAX_PAGES = 800
"""Pages after this one are not read, unless asked for: the longest disclosures have some 250."""
_PAGES_PER_TASK = 8

# pdfminer reports every odd font and colour there; what matters to a reader becomes a notice.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read(
    path: Path, data: bytes, *, jobs: int = 1, max_pages: int = MAX_PAGES, ocr: bool = False
) -> Document:
    """Return a PDF as a document.

    Args:
        path: Its name, for messages.
        data: Its bytes.
        jobs: Processes that read pages side by side.
        max_pages: Pages to read at most; the others are named in a notice.
        ocr: Whether to recognise scanned pages; needs the extra `kemu[ocr]`.

    Raises:
        InputError: The file is encrypted or damaged, or no page could be read.
    """
    count = _page_count(data, str(path))
    pages = list(_pages(data, min(count, max_pages), jobs))
    if ocr and any(page.scanned for page in pages):
        pages = _recognised(data, pages, str(path))
    if all(_is_broken(page) for page in pages):
        raise InputError(
            "E-READ-DAMAGED", "PDF 已损坏，没有一页读得出", str(path), "请重新下载或导出后再试。"
        )
    blocks, notices = blocks_of(pages)
    notices = [*_page_notices(pages), *notices]
    if not blocks and not notices:
        raise InputError("E-READ-EMPTY", "PDF 里没有文字", str(path), "请检查文件是否保存完整。")
    if count > max_pages:
        notices.append(
            Notice(
                "limit",
                f"文件有{count}页，第{max_pages + 1}–{count}页超出上限，未读取",
                Place(page=max_pages + 1),
            )
        )
    return Document(
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        blocks=tuple(blocks),
        notices=tuple(notices),
        pages=count,
    )


def _page_count(data: bytes, where: str) -> int:
    """Return the number of pages.

    Raises:
        InputError: The file needs a password, is damaged, or has no page.
    """
    try:
        with _opened(data) as document:
            count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                "E-READ-ENCRYPTED", "文件有密码保护，打不开", where, "请去掉密码另存后再试。"
            ) from None
        raise InputError(
            "E-READ-TRUNCATED", "PDF 不完整或已损坏，打不开", where, "请重新下载或导出后再试。"
        ) from None
    if not count:
        raise InputError("E-READ-EMPTY", "PDF 没有页", where, "请检查文件是否保存完整。")
    return count


# PDFium must not be entered by two threads at once, and a server reads files in several.
_pdfium = Lock()


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _pdfium:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _plain_texts(data: bytes, numbers: Sequence[int]) -> list[str]:
    """Return the text of pages as PDFium reads it, "" where it cannot."""
    texts = []
    with _opened(data) as document:
        for number in numbers:
            try:
                page = document[number]
                text = page.get_textpage()
                texts.append(text.get_text_range())
                text.close()
                page.close()
            except pypdfium2.PdfiumError:
                texts.append("")
    return texts


def _pages(data: bytes, count: int, jobs: int) -> Iterator[PageContent]:
    """Yield the contents of the first pages, in order."""
    if jobs <= 1 or count <= _PAGES_PER_TASK:
        yield from read_pages(data, range(count))
        return
    tasks = [range(at, min(at + _PAGES_PER_TASK, count)) for at in range(0, count, _PAGES_PER_TASK)]
    # Spawned, so that it works alike on all systems; each worker gets the bytes once.
    with ProcessPoolExecutor(
        min(jobs, len(tasks)), get_context("spawn"), initializer=_share, initargs=(data,)
    ) as pool:
        for pages in pool.map(_shared_pages, tasks):
            yield from pages


_shared: dict[str, bytes] = {}


def _share(data: bytes) -> None:
    _shared["data"] = data


def _shared_pages(numbers: range) -> list[PageContent]:
    return list(read_pages(_shared["data"], numbers))


def read_pages(data: bytes, numbers: Sequence[int]) -> Iterator[PageContent]:
    """Yield the contents of pages, counted from 0; one that cannot be read says so."""
    texts = dict(zip(numbers, _plain_texts(data, numbers), strict=True))
    try:
        pdf = pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in numbers])
        pages = {page.page_number - 1: page for page in pdf.pages}
    except Exception as error:  # whatever the file's structure breaks in the library
        yield from (_unread(number + 1, error) for number in numbers)
        return
    for number in numbers:
        page = pages.get(number)
        if page is None:
            yield _unread(number + 1, KeyError())
            continue
        yield _read(page, texts[number])
        page.close()
    pdf.close()


def _read(page: Page, plain: str) -> PageContent:
    try:
        content = lean(page)
        turn = turn_of(content)
        return read_page(lean(page, turn) if turn else content, plain)
    except Exception as error:  # whatever a page's content breaks in the library
        return _unread(page.page_number, error)


def _unread(number: int, error: Exception) -> PageContent:
    reason = ("broken", f"页面内容无法解析（{type(error).__name__}），未读取")
    return PageContent(number, Box(0, 0, 0, 0), remarks=(reason,))


def _recognised(data: bytes, pages: Sequence[PageContent], where: str) -> list[PageContent]:
    """Return the pages with what is recognised on the scanned ones."""
    from kemu.read.pdf.scan import recognition

    recognition.demand(where)
    with _opened(data) as document:
        return [
            recognition.recognise(document[page.number - 1], page.number) if page.scanned else page
            for page in pages
        ]


def _is_broken(page: PageContent) -> bool:
    return any(kind == "broken" for kind, _ in page.remarks) and page.box.x1 == 0


def _page_notices(pages: Sequence[PageContent]) -> Iterator[Notice]:
    """Yield the notices of pages: scans first, by stretches of pages."""
    for first, last in _stretches([page.number for page in pages if page.scanned]):
        pages_text = f"第{first}页" if first == last else f"第{first}–{last}页"
        yield Notice("scan", f"{pages_text}为扫描件，未读取", Place(page=first))
    for page in pages:
        for kind, what in page.remarks:
            yield Notice(
                cast(NoticeKind, kind), f"第{page.number}页：{what}", Place(page=page.number)
            )


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive numbers as first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
