"""What a converter left in a text file that nobody printed as text: charts, pictures, mark-up.

Embedded charts and the letters guessed from pictures hold plausible numbers (last year's totals,
axis labels), so they are cut out before reading and named in a notice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kemu.model.document import Notice, NoticeKind, Place
from kemu.read.blocks.lines import Line

_CHART = re.compile(r"^\s*_\d{6,}\.xlsx?\s*$")
_SHEET = re.compile(r"^\s*Sheet\d+\s*$")
_IMAGE = re.compile(r"^\s*\[image: *([^\]]*)\]")
_PROSE = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第.部[分份]|（图\d)"
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|gt|lt|amp|quot|zwj|zwnj|[lr][ds]quo|middot|#\d+);")
_INDENT = re.compile(r"(?:\s*&(?:nbsp|ensp|emsp|#160);){2,}\s*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of lines that is not text: `lines[start:end]`."""

    start: int
    end: int
    notice: Notice


def leftovers(lines: Sequence[Line]) -> Iterator[Leftover]:
    """Yield the chart dumps and picture texts, in order."""
    at = 0
    kind: NoticeKind
    while at < len(lines):
        image = _IMAGE.match(lines[at].raw)
        if _CHART.match(lines[at].raw):
            end, kind, what = _chart_end(lines, at), "chart", "嵌入图表的数据"
        elif image:
            end = _image_end(lines, at)
            vector = image[1].strip().lower().endswith((".emf", ".wmf"))
            kind, what = ("chart", "图表") if vector else ("garbage", "图片")
            what += f"（{image[1].strip()}）里的文字"
        else:
            at += 1
            continue
        place = _stretch(lines[at].number, lines[end - 1].number)
        yield Leftover(at, end, Notice(kind, f"{place}：{what}未读取", Place(address=place)))
        at = end


def _stretch(first: int, last: int) -> str:
    return f"第{first}行" if first == last else f"第{first}–{last}行"


def _chart_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after a chart's dump: two sheets, the second with the chart's title."""
    sheets, titled, last = 0, False, start + 1
    for at in range(start + 1, len(lines)):
        raw = lines[at].raw
        if _SHEET.match(raw):
            sheets += 1
        elif raw.strip() and not raw.startswith("\t"):
            if sheets < 2 or titled or _CHART.match(raw):
                break
            titled = True
        if raw.strip() or "\t" in raw:
            last = at + 1
    return last


def _image_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after a picture's text: two blank lines, or what is clearly prose."""
    last, blanks = start + 1, 0
    for at in range(start + 1, len(lines)):
        raw = lines[at].raw
        blanks = blanks + 1 if lines[at].blank else 0
        if blanks == 2 or _PROSE.match(raw):
            break
        if not blanks:
            last = at + 1
    return last


def unescape(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines with HTML's character references resolved and mark-up remains dropped.

    Several `&nbsp;` in a row are a paragraph's indent: the line is broken there.
    """
    for line in lines:
        if not _ENTITY.search(line.raw):
            if line.raw.strip() not in ("-->", "<!--"):
                yield line
            continue
        for part in _INDENT.split(line.raw):
            text = html.unescape(part)
            if _WORD.search(text):
                yield Line(line.number, text)
