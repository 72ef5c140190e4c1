"""PDF files: the text layer with its ruled tables.

PDFium is the source of every page; one that it cannot read, or would read in part, comes from
pdfplumber. Every amount of a table is checked against the page's text in the file's own order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from kemu.errors import InputError
from kemu.model.document import Document, Notice, Place
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.layout import blocks_of
from kemu.read.pdf.page import PageContent, read_page
from kemu.read.pdf.source.forms import EndlessError
from kemu.read.pdf.source.page import NO_GLYPHS, PageError, PageSource, SourcePage
from kemu.read.pdf.source.pdfium import Pdfium, opened

MAX_PAGES = 800
"""Pages after this one are not read, unless asked for: the longest disclosures have some 250."""
_PAGES_PER_TASK = 8


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
        with Pdfium(data) as document:
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
    with Pdfium(data) as pdfium:
        source = Sources(pdfium, data)
        for number in numbers:
            try:
                content = read_page(source.page(number))
            except Exception as error:  # whatever a page's content breaks in the libraries
                content = _unread(number + 1, error)
            yield content


class Sources:
    """PDFium first; what it would not read well comes from pdfplumber, opened when needed."""

    def __init__(self, first: PageSource, data: bytes) -> None:
        self._first = first
        self._data = data
        self._second: PageSource | None = None

    def page(self, number: int) -> SourcePage:
        """Return a page, counted from 0.

        Raises:
            PageError: No engine can read it.
        """
        try:
            return self._first.page(number)
        except EndlessError:
            raise
        except PageError as error:
            kind, what = error.remark
            if self._second is None:
                from kemu.read.pdf.source.plumber import Plumber

                self._second = Plumber(self._data)
            page = self._second.page(number)
        return replace(page, remarks=(*page.remarks, (kind, what)))


def _unread(number: int, error: Exception) -> PageContent:
    what = f"页面内容无法解析（{type(error.__cause__ or error).__name__}），未读取"
    remark = error.remark if isinstance(error, EndlessError) else ("broken", what)
    return PageContent(number, Box(0, 0, 0, 0), remarks=(remark,))


def _recognised(data: bytes, pages: Sequence[PageContent], where: str) -> list[PageContent]:
    """Return the pages with what is recognised on the scanned ones."""
    from kemu.read.pdf.scan import recognition

    recognition.demand(where)
    with opened(data) as document:
        return [
            recognition.recognise(document[page.number - 1], page.number) if page.scanned else page
            for page in pages
        ]


def _is_broken(page: PageContent) -> bool:
    return any(kind == "broken" for kind, _ in page.remarks) and page.box.x1 == 0


def _page_notices(pages: Sequence[PageContent]) -> Iterator[Notice]:
    """Yield the notices of pages: scans first, by stretches of pages, as what they share."""
    for first, last in _stretches([page.number for page in pages if page.scanned]):
        yield Notice("scan", f"{_named(first, last)}为扫描件，未读取", Place(page=first))
    shared = [page.number for page in pages if NO_GLYPHS in page.remarks]
    for first, last in _stretches(shared):
        kind, what = NO_GLYPHS
        yield Notice(kind, f"{_named(first, last)}：{what}", Place(page=first))
    for page in pages:
        for kind, what in page.remarks:
            if (kind, what) != NO_GLYPHS:
                yield Notice(kind, f"第{page.number}页：{what}", Place(page=page.number))


def _named(first: int, last: int) -> str:
    return f"第{first}页" if first == last else f"第{first}–{last}页"


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive numbers as first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
