"""PDFium as the source of pages: nothing of it leaves the lock but plain values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_float
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kemu.read.pdf.source import calls, marks
from kemu.read.pdf.source.characters import MAX_CHARACTERS, Ink, ink_of
from kemu.read.pdf.source.forms import Forms
from kemu.read.pdf.source.page import NO_GLYPHS, Frame, PageError, Remark, SourcePage
from kemu.read.pdf.source.shapes import MAX_STROKES, Objects, objects_of

_NO_EXTENT = 0.01
_FULL = 0.9
"""Ems: Chinese characters are an em wide."""
_SHOWN = 3

# PDFium must not be entered by two threads at once, and a server reads files in several.
_lock = Lock()


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file for as long as the lock is held.

    Raises:
        pypdfium2.PdfiumError: It needs a password or is damaged.
    """
    with _lock:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


class Pdfium:
    """A file that PDFium has open; the lock is held for one page at a time."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Raises:
            pypdfium2.PdfiumError: It needs a password or is damaged.
        """
        self._forms = Forms(data)
        with _lock:
            self._document = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Pdfium:
        return self

    def __exit__(self, *_: object) -> None:
        with _lock:
            self._document.close()

    def __len__(self) -> int:
        with _lock:
            return len(self._document)

    def page(self, number: int) -> SourcePage:
        """Return a page, counted from 0.

        Raises:
            EndlessError: Its forms would never come to an end.
            PageError: It cannot be read, or some of its text is in a font without glyphs.
        """
        self._forms.demand(number)
        with _lock:
            page = raw.FPDF_LoadPage(self._document.raw, number)
            if not page:
                raise PageError
            try:
                return _read(page, number)
            finally:
                raw.FPDF_ClosePage(page)


def _read(page: raw.FPDF_PAGE, number: int) -> SourcePage:
    frame = _frame(page)
    objects = objects_of(calls.handle(page), frame)
    said = marks.take_off(objects.texts)
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise PageError
    try:
        ink = ink_of(calls.handle(text_page), frame)
    finally:
        raw.FPDFText_ClosePage(text_page)
    if _lacks_glyphs(objects, ink):
        raise PageError(NO_GLYPHS)
    remarks = [*_limits(objects, ink), *_differences(said, ink)]
    return SourcePage(
        number + 1, frame.box, ink.runs, objects.shapes, ink.plain, ink.undecoded, tuple(remarks)
    )


def _frame(page: raw.FPDF_PAGE) -> Frame:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    rotation = 90 * (raw.FPDFPage_GetRotation(page) % 4)
    return Frame(box.left, box.bottom, box.right, box.top, rotation)


def _lacks_glyphs(objects: Objects, ink: Ink) -> bool:
    """Return whether text was dropped because its font is neither in the file nor known here.

    PDFium drops a text object that has no extent. That is so for one of blanks, too; but for
    Latin letters PDFium always has a font, so only one with Chinese characters counts.
    """
    bounds = (c_float * 4)()
    at = [calls.address(bounds) + 4 * index for index in range(4)]
    for owner in objects.texts:
        if owner in ink.texts:
            continue
        calls.object_bounds(owner, *at)
        left, _, right, _ = bounds
        if right - left < _NO_EXTENT and _is_unknown_chinese(calls.font(owner)):
            return True
    return False


def _is_unknown_chinese(font: int) -> bool:
    width = c_float()
    return (
        calls.is_embedded(font) == 0
        and bool(calls.glyph_width(font, ord("中"), 1.0, calls.address(width)))
        and width.value > _FULL
    )


def _limits(objects: Objects, ink: Ink) -> Iterator[Remark]:
    if objects.shapes.cut:
        yield "limit", f"线条超过{MAX_STROKES}个点或嵌套过深，其余未读取，表格可能不全"
    if ink.cut:
        yield "limit", f"文字超过{MAX_CHARACTERS}个，其余未读取"


def _differences(said: list[marks.Said], ink: Ink) -> Iterator[Remark]:
    found = marks.differences(said, ink.texts)
    if found:
        pairs = "；".join(f"印作“{text}”，另写“{other}”" for text, other in found[:_SHOWN])
        what = f"有{len(found)}处文字另有与印出的不同的替换文本（ActualText），按印出的读：{pairs}"
        yield "hidden", what
