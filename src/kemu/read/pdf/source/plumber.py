"""pdfplumber as the source of pages that PDFium cannot read, or would read in part."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem, LTRect

from kemu.read.pdf.glyph import Box
from kemu.read.pdf.source.page import (
    Frame,
    Matrix,
    PageError,
    Point,
    Run,
    Shapes,
    SourcePage,
    add_shape,
    direction,
    is_broad,
    moved,
)

# pdfminer reports every odd font and colour there; what matters to a reader becomes a notice.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
_UNKNOWN = "(cid:"
_LETTER = (0.0, 0.0, 612.0, 792.0)


class Plumber:
    """A file that pdfplumber has open."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Raises:
            PageError: Its structure cannot be read.
        """
        try:
            self._file = pdfplumber.open(io.BytesIO(data))
            self._pages = self._file.pages
        except Exception as error:  # whatever the file's structure breaks in the library
            raise PageError from error

    def page(self, number: int) -> SourcePage:
        """Return a page, counted from 0.

        Raises:
            PageError: It cannot be read.
        """
        try:
            page = self._pages[number]
            frame = _frame(page.page_obj)
            items = list(_items(page.layout))
            page.close()
        except Exception as error:  # whatever a page's content breaks in the library
            raise PageError from error
        matrix = frame.matrix
        shapes, runs, plain, undecoded = Shapes(), [], [], 0
        for item in items:
            if not isinstance(item, LTChar):
                _add(shapes, item, matrix)
            elif item.get_text().startswith(_UNKNOWN):
                undecoded += 1
            else:
                runs.append(_run(item, matrix))
                plain.append(item.get_text())
        return SourcePage(number + 1, frame.box, runs, shapes, "".join(plain), undecoded)


def _frame(page: Any) -> Frame:
    """Return a page's frame, and let the library read it in its own space."""
    left, bottom, right, top = _sorted(page.mediabox or _LETTER)
    crop = _sorted(page.cropbox or page.mediabox or _LETTER)
    rotation = page.rotate
    page.mediabox, page.rotate = _LETTER, 0
    page.attrs = {**page.attrs, "MediaBox": list(_LETTER), "Rotate": 0}
    if crop[0] < crop[2] and crop[1] < crop[3]:
        left, bottom = max(left, crop[0]), max(bottom, crop[1])
        right, top = min(right, crop[2]), min(top, crop[3])
    return Frame(left, bottom, right, top, rotation % 360)


def _sorted(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x, y, z, w = box
    return min(x, z), min(y, w), max(x, z), max(y, w)


def _items(item: LTItem) -> Iterator[LTItem]:
    """Yield what a page holds, forms entered."""
    if isinstance(item, LTContainer):
        for part in item:
            yield from _items(part)
    else:
        yield item


def _add(shapes: Shapes, item: LTItem, matrix: Matrix) -> None:
    if isinstance(item, LTCurve):
        points: list[Point] = [moved(matrix, x, y) for x, y in item.pts]
        if item.fill and not item.stroke and is_broad(points) and _is_white(item):
            return
        add_shape(shapes, [*points, points[0]] if isinstance(item, LTRect) else points)
    elif isinstance(item, LTImage):
        x, y = moved(matrix, item.x0, item.y0)
        z, w = moved(matrix, item.x1, item.y1)
        shapes.images.append(Box(min(x, z), min(y, w), max(x, z), max(y, w)))


def _is_white(curve: LTCurve) -> bool:
    """Return whether a shape is filled in the colour of paper: grey, RGB or CMYK."""
    colour = curve.non_stroking_color
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    return parts in ((1,), (1, 1, 1), (0, 0, 0, 0))


def _run(char: LTChar, matrix: Matrix) -> Run:
    """Return a character as a run of its own."""
    a, b, c, d, x, y = char.matrix
    fa, fb, fc, fd, _, _ = matrix
    u, v = a * fa + b * fc, a * fb + b * fd
    up, upward = c * fa + d * fc, c * fb + d * fd
    turn = direction(u, v)
    left, top = moved(matrix, x, y)
    level = turn % 180 == 0 or turn < 0
    size = char.height if abs(a) >= abs(b) else char.width
    start, base, along, above = (left, top, u, upward) if level else (top, left, v, up)
    advance = math.copysign(char.adv, 1) * along
    return Run(
        [char.get_text()], [start], [start + advance], base, size, turn, -1 if above < 0 else 1
    )
