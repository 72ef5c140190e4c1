"""Printed lines to paragraphs, by what a typesetter does: indents, short last lines, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kemu.read.pdf.glyph import PrintedLine
from kemu.read.pdf.page import PageContent

_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]+[)）、]|[（(]\s*\d{1,2}\s*[)）]|\d{1,2}\s*[、．.](?!\d)|第.{1,3}[部章]分?"
    r"|[①-⑳])"
)
_ENDED = re.compile(r"[。；：！？;:]\s*$")
_SENTENCE = re.compile(r"[，。；：,]")
_ASCII_WORD = re.compile(r"\s*([!-~]+)")
_LEADER = re.compile(r"[.…·]{4,}\s*\d*\s*$")
_LONG = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed line and its page."""

    page: int
    line: PrintedLine


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a page's body text begins and ends, how far apart its lines are, its page's centre."""

    left: float
    right: float
    pitch: float
    centre: float


def margins_of(pages: Sequence[PageContent]) -> dict[int, Margins]:
    """Return the margins of each page; one with little text has those of the nearest like it."""
    own = {page.number: found for page in pages if (found := _margins(page))}
    sizes = {page.number: page.box for page in pages}
    margins = {}
    for page in pages:
        like = [number for number in own if sizes[number] == page.box]
        nearest = min(like, key=lambda number: abs(number - page.number), default=None)
        unknown = Margins(0.0, float("inf"), 0.0, page.box.x1 / 2)
        margins[page.number] = unknown if nearest is None else own[nearest]
    return margins


def _margins(page: PageContent) -> Margins | None:
    long = [line for line in page.lines if len(line.text) >= _LONG and len(line.segments) == 1]
    if len(long) < 3:
        return None
    steps = [
        below.box.top - above.box.top
        for above, below in zip(long, long[1:], strict=False)
        if 0 < below.box.top - above.box.top < 4 * above.size
    ]
    return Margins(
        min(line.box.x0 for line in long),
        max(line.box.x1 for line in long),
        median(steps) if steps else 0.0,
        page.box.x1 / 2,
    )


def paragraphs(
    lines: Sequence[Placed], margins: Mapping[int, Margins]
) -> Iterator[tuple[Placed, ...]]:
    """Yield the lines of each paragraph, also over the end of a page."""
    group: list[Placed] = []
    for placed in lines:
        if group and not _goes_on(group[-1], placed, margins):
            yield tuple(group)
            group = []
        group.append(placed)
    if group:
        yield tuple(group)


def _goes_on(before: Placed, after: Placed, margins: Mapping[int, Margins]) -> bool:
    """Return whether a line is of the same paragraph as the line before it."""
    above, below = before.line, after.line
    here, there = margins[before.page], margins[after.page]
    if before.page == after.page == 1 and _are_cover_title(above, below, here.centre):
        return True
    if abs(above.size - below.size) > 0.15 * above.size or _LEADER.search(above.text):
        return False
    if before.page == after.page and here.pitch:
        step = below.box.top - above.box.top
        if step > 1.6 * max(here.pitch, above.size):
            return False
    ended = bool(_ENDED.search(above.text))
    if _NUMBERED.match(below.text) and (ended or not _SENTENCE.search(above.text)):
        return False
    if below.box.x0 > there.left + 1.2 * below.size:
        return (
            before.page == after.page
            and not ended
            and _centred(above, here)
            and _centred(below, here)
            and above.box.x0 > here.left + above.size
            and _is_full(above, below, here, ended=True)
        )
    return _is_full(above, below, here, ended)


def _are_cover_title(above: PrintedLine, below: PrintedLine, centre: float) -> bool:
    """Return whether two lines of the first page are one title: centred, of one size, close."""
    return (
        abs(above.size - below.size) < 0.5
        and below.box.top - above.box.bottom < 1.2 * above.size
        and not _SENTENCE.search(above.text + below.text)
        and not _NUMBERED.match(below.text)
        and all(_is_at(line, centre) for line in (above, below))
    )


def _is_full(above: PrintedLine, below: PrintedLine, margins: Margins, ended: bool) -> bool:
    """Return whether a line ends at the right margin, or where the next word did not fit.

    A line that no mark ends may fall short of the margin by more: not all text is justified.
    """
    word = _ASCII_WORD.match(below.text)
    room = max(1.5 if ended else 6.0, 0.55 * len(word[1]) + 1.0 if word else 0.0)
    return above.box.x1 > margins.right - room * above.size


def _centred(line: PrintedLine, margins: Margins) -> bool:
    """Return whether a line's middle is the text's."""
    return _is_at(line, (margins.left + margins.right) / 2)


def _is_at(line: PrintedLine, centre: float) -> bool:
    return abs((line.box.x0 + line.box.x1) / 2 - centre) < 0.6 * line.size
