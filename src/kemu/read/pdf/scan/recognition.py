"""Scanned pages, as an optional extra (`kemu[ocr]`): tesseract on pages without ruling lines.

Ruling lines ruin recognition, so they are found first (they are the table's grid anyway) and
painted over. A recognised amount is a guess until arithmetic confirms it: amounts that no row
and no column confirms are marked, so that nothing is computed from them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from kemu.errors import InputError
from kemu.read.pdf.glyph import Box, Glyph, printed_lines
from kemu.read.pdf.grid import Fragment, fragment_of, grid_of, put
from kemu.read.pdf.page import PageContent
from kemu.read.pdf.scan.sums import DOUBT, with_doubts
from kemu.read.pdf.source.page import Remark

_DPI = 300
_POINTS = 72 / _DPI
_LANGUAGES = ("chi_sim", "eng")
_CHINESE = ("-l", "chi_sim")
# The Chinese model confuses 6 and 0, 5 and 3 in small type; the other one hardly does.
_DIGITS = ("-l", "eng", "-c", "tessedit_char_whitelist=0123456789.,-")
_NUMERIC = re.compile(r"[^\u4e00-\u9fff\n]*\d[^\u4e00-\u9fff\n]*")
_SECONDS = 300
_INK = 12
"""Dark pixels from which on a cell is taken to print something."""
_APART = 30
_EDGE = 8
"""Pixels around a cell in which its rules lie."""
_UPRIGHT = 58
"""Pixels; an upright line so long is no stroke of a letter in the size that tables use."""
_ASKEW = 0.09
"""Rise of a line over its width; what rises more is no line of a page laid askew."""
_STRAIGHT = 0.05
"""Degrees; less does no harm."""
_TALL = 5000
_SPECK = re.compile(r"^[\s“”‘’'\"`|_~.,，。·:：;-]+(?=[\d(])|(?<=[\d%)])[\s“”‘’'\"`|_~，。·]+$")
_SPLIT_NUMBER = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
_SPACED_UNIT = re.compile(r"(?<=\d)\s+([万亿]?元|%)")
# The colon of a caption (单位：元) is read as another small mark.
_COLON = re.compile(r"(单位|部门|名称|日期)\s*[;；,，.:]\s*(?=\S)")
# What is stated in prose; years, dates and numbers of headings are not.
_STATED = re.compile(r"\d[\d,.]*(?=\s*(?:[万亿千]?元|[%％]))")
Pixels = tuple[int, int, int, int]
_REMARK: Remark = (
    "scan",
    "扫描件，文字由 OCR 识别，可能有错；未经合计验证的金额标为〔待核〕，不参与计算",
)


@cache
def missing() -> str:
    """Return what recognition lacks on this machine, "" if nothing."""
    if find_spec("cv2") is None or find_spec("numpy") is None:
        return "Python 包 opencv-python-headless（pip install kemu[ocr]）"
    program = shutil.which("tesseract")
    if program is None:
        return "tesseract 程序"
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False)
    lacking = [name for name in _LANGUAGES if name.encode() not in listed.stdout.split()]
    return f"tesseract 的语言包 {'、'.join(lacking)}" if lacking else ""


def demand(where: str) -> None:
    """Raise an error unless recognition can run here."""
    if missing():
        raise InputError(
            "E-OCR-MISSING", f"无法识别扫描件：缺少{missing()}", where, "请安装后再试，或不用识别。"
        )


def recognise(page: Any, number: int) -> PageContent:
    """Return what is printed on a scanned page of a pypdfium2 document.

    Args:
        page: The page.
        number: Its number, from 1.
    """
    import cv2

    width, height = page.get_size()
    grey = page.render(scale=_DPI / 72, grayscale=True).to_numpy()
    grey = _straight(grey.reshape(grey.shape[0], grey.shape[1]))
    rules = _rules(grey)
    clean = grey.copy()
    clean[cv2.dilate(rules, _block(5, 5)) > 0] = 255
    fragments = []
    # Rules are painted over in tables only: what looks like one in prose is a stroke of a letter.
    rest = _paper(cv2.medianBlur(grey, 3))
    for boxes in _cells(rules):
        fragments.append(_table(clean, boxes, number))
        for left, top, right, bottom in boxes:
            rest[max(top - _EDGE, 0) : bottom + _EDGE, max(left - _EDGE, 0) : right + _EDGE] = 255
    prose = [_glyph(text, box) for text, box in _prose(_words(rest, _CHINESE))]
    return PageContent(
        number,
        Box(0.0, 0.0, width, height),
        tuple(printed_lines(prose)),
        tuple(sorted(fragments, key=lambda fragment: fragment.box.top)),
        remarks=(_REMARK,),
    )


def _paper(grey: Any) -> Any:
    """Return a page whose paper is plain white: on a page without print its grain looks like it."""
    import cv2

    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0]
    white = grey.copy()
    white[grey > (ink + 255) / 2] = 255
    return white


def _straight(grey: Any) -> Any:
    """Return a page that was laid on the scanner askew as if it lay straight."""
    import cv2
    import numpy

    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    height, width = grey.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _block(width // 80, 1))
    _, labels, regions, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    angles = []
    for number, (left, top, wide, high, _) in enumerate(regions[1:].tolist(), 1):
        if wide > width // 8 and high < wide * _ASKEW:
            line = labels[top : top + high, left : left + wide] == number
            rise = numpy.nonzero(line[:, -9:])[0].mean() - numpy.nonzero(line[:, :9])[0].mean()
            angles.append(numpy.degrees(numpy.arctan2(rise, wide)))
    angle = float(numpy.median(angles)) if angles else 0.0
    if abs(angle) < _STRAIGHT:
        return grey
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _prose(words: Iterable[Word]) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield the lines of prose with their boxes; their amounts are marked: no sum confirms them."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        text = " ".join("".join(_spaced(word.text) for word in line).split())
        text = _SPLIT_NUMBER.sub(r"\1", text)
        text = _COLON.sub(r"\1：", _SPACED_UNIT.sub(r"\1", text))
        lefts, tops, rights, bottoms = zip(*(word.box for word in line), strict=True)
        yield (
            _STATED.sub(rf"\g<0>{DOUBT}", text),
            (min(lefts), min(tops), max(rights), max(bottoms)),
        )


def _spaced(text: str) -> str:
    """Return a word with blanks around it where it is not Chinese: those part numbers."""
    return f" {text} " if text.isascii() else text


def _table(clean: Any, boxes: Sequence[Pixels], number: int) -> Fragment:
    """Return a table, its numbers read a second time by a model that knows digits only."""
    texts = dict(_cell_texts(clean, boxes, _CHINESE))
    numeric = [box for box, text in texts.items() if _NUMERIC.fullmatch(text)]
    digits = dict(_cell_texts(clean, numeric, _DIGITS))
    agreed = {_points(box) for box, text in digits.items() if texts[box] == text}
    better = {box: text for box, text in digits.items() if text != DOUBT}
    grid = grid_of(_points(box) for box in boxes)
    put(grid, (glyph for box, text in (texts | better).items() for glyph in _lines_in(box, text)))
    return with_doubts(fragment_of(grid, number), agreed)


def _points(box: Pixels) -> Box:
    return Box(*(_POINTS * edge for edge in box))


def _block(width: int, height: int) -> Any:
    import cv2

    return cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))


def _rules(grey: Any) -> Any:
    """Return a mask of the long straight lines."""
    import cv2

    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    height, width = ink.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _block(width // 30, 1))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _block(1, max(height // 60, _UPRIGHT)))
    # Gaps of a few pixels where a scan is faint or lines do not quite meet.
    return cv2.morphologyEx(cv2.bitwise_or(across, down), cv2.MORPH_CLOSE, _block(7, 7))


def _cells(rules: Any) -> list[list[Pixels]]:
    """Return the rectangles that rules enclose, by table from the top."""
    import cv2

    height, width = rules.shape
    _, _, regions, _ = cv2.connectedComponentsWithStats(255 - rules, connectivity=4)
    _, frames = cv2.connectedComponents(rules, connectivity=8)
    tables: dict[int, list[Pixels]] = {}
    for left, top, wide, high, area in regions[1:].tolist():
        whole = wide > 0.98 * width or high > 0.98 * height
        if whole or wide < 12 or high < 12 or area < 0.85 * wide * high:
            continue
        frame = int(frames[max(top - 3, 0) : top + 1, left + wide // 2].max())
        if frame:
            tables.setdefault(frame, []).append((left, top, left + wide, top + high))
    return [boxes for boxes in tables.values() if len(boxes) > 3]


def _cell_texts(
    clean: Any, boxes: Sequence[Pixels], model: Sequence[str]
) -> Iterator[tuple[Pixels, str]]:
    """Yield the cells that print something with their texts.

    The cells are stacked in one column for recognition: beside each other, their texts mix. A
    cell that prints something unreadable is not blank, so it gets the mark of doubt.
    """
    inked = [box for box in boxes if (_cut(clean, box) < 128).sum() > _INK]
    while inked:
        batch: list[Pixels] = []
        height = 0
        while inked and height < _TALL:
            batch.append(inked.pop(0))
            height += batch[-1][3] - batch[-1][1] + _APART
        for box, text in zip(batch, _stacked_texts(clean, batch, model), strict=True):
            yield box, text or DOUBT


def _cut(clean: Any, box: Pixels) -> Any:
    return clean[box[1] : box[3], box[0] : box[2]]


def _stacked_texts(clean: Any, boxes: Sequence[Pixels], model: Sequence[str]) -> list[str]:
    import numpy

    crops = [_cut(clean, box) for box in boxes]
    height = sum(crop.shape[0] + _APART for crop in crops)
    width = max(crop.shape[1] for crop in crops) + 2 * _APART
    stack = numpy.full((height, width), 255, numpy.uint8)
    ends, at = [], 0
    for crop in crops:
        high, wide = crop.shape
        stack[at : at + high, _APART : _APART + wide] = crop
        at += high + _APART
        ends.append(at)
    lines: list[dict[tuple[str, ...], str]] = [{} for _ in boxes]
    for word in _words(stack, model):
        band = bisect(ends, (word.box[1] + word.box[3]) / 2)
        if band < len(lines):
            before = lines[band].get(word.line, "")
            lines[band][word.line] = f"{before} {word.text}".strip()
    return [_tidy("\n".join(line.values())) for line in lines]


def _tidy(text: str) -> str:
    """Return a recognised cell without specks at its ends and blanks inside its number."""
    text = _SPECK.sub("", text)
    return _SPLIT_NUMBER.sub(r"\1", text)


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word, its box in pixels, and which line it is of."""

    text: str
    box: tuple[float, float, float, float]
    line: tuple[str, ...]


def _words(grey: Any, model: Sequence[str]) -> Iterator[Word]:
    """Yield the words that tesseract reads on a picture."""
    import cv2

    image = cv2.imencode(".png", grey)[1].tobytes()
    command = ["tesseract", "stdin", "stdout", "--psm", "6", "--dpi", str(_DPI), *model, "tsv"]
    done = subprocess.run(
        command,
        input=image,
        capture_output=True,
        check=False,
        timeout=_SECONDS,
        # Its threads wait for each other more than they work; on a busy machine twenty times.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    for row in done.stdout.decode("utf-8", "replace").splitlines()[1:]:
        values = row.split("\t")
        if len(values) == 12 and values[11].strip():
            left, top, width, height = map(float, values[6:10])
            box = (left, top, left + width, top + height)
            yield Word(values[11].strip(), box, tuple(values[2:5]))


def _lines_in(box: Pixels, text: str) -> Iterator[Glyph]:
    """Yield a cell's lines, each as one glyph in the cell."""
    left, top, right, bottom = box
    lines = text.split("\n")
    step = (bottom - top) / len(lines)
    for number, line in enumerate(lines):
        middle = top + (number + 0.5) * step
        yield _glyph(line, (left + 2, middle - step / 3, right - 2, middle + step / 3))


def _glyph(text: str, box: tuple[float, float, float, float]) -> Glyph:
    x0, y0, x1, y1 = (_POINTS * value for value in box)
    return Glyph(text, x0, y0, x1, y1, (y0 + y1) / 2, y1 - y0)
