"""Text wrapped at a fixed width: which line ends are the program's and not the writer's.

A program breaks a line where the next piece would not fit: a number or word, or a Chinese character
with the marks that may not begin a line. So the width tells of every break whether it was made
that way. Programs count a Chinese character as one place or as two, and the file shows which.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_FIRST = re.compile(r"[\w.,%+-]*[\dA-Za-z][\w.,%+-]*|.", re.ASCII | re.DOTALL)
_MARKS = "，。；：、！？）】》”’%"
_CLOSING = re.compile(rf"[{_MARKS}]*")
_FILLED = re.compile(r"[.…·．]{4,}|\S\s{3,}\S|\t|[ \u3000]{2}\S{1,40}$")
_ENDED = re.compile(r"[。！？]$")
_INDENT = re.compile(r"[ \u3000]{2}|\u3000")
_BETWEEN = (40, 200)
_LEAST = 4
_TRIED = 6
_LONG = 3 / 4
_SET_IN = 20
_MOSTLY = 0.6


def places(text: str) -> int:
    """Return how many places a text takes, Chinese characters counting two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


@dataclass(frozen=True)
class Wrap:
    """How a text was wrapped.

    Attributes:
        width: Places that a line may fill.
        measure: How the program counts them.
        indented: Whether paragraphs begin set in; else a full line that ends a sentence may well
            end a paragraph.
    """

    width: int
    measure: Callable[[str], int]
    indented: bool

    def breaks(self, line: str, after: str) -> bool:
        """Return whether a line ends where it does only because the next would not fit.

        Args:
            line: As it stands in the file.
            after: The line below it.
        """
        if _INDENT.match(after) or _FILLED.search(line.strip()):
            return False
        if not self.indented and _ENDED.search(line.rstrip()):
            return False
        return self.measure(line.rstrip()) + self.measure(_unit(after)) > self.width


def _unit(text: str) -> str:
    """Return what could not be parted from a line's first character."""
    found = _FIRST.match(text)
    if found is None:
        return ""
    marks = _CLOSING.match(text, found.end())
    return found.group() + (marks.group() if marks else "")


def wrap_of(lines: Iterable[str]) -> Wrap | None:
    """Return how a text was wrapped, None if it was not."""
    prose = [line.rstrip() for line in lines if not _FILLED.search(line.strip())]
    indented = sum(bool(_INDENT.match(line)) for line in prose) * _SET_IN >= len(prose)
    tried = [
        Wrap(width, measure, indented)
        for measure in (places, len)
        for width in _usual_widths(prose, measure)
    ]
    found = [(share, wrap) for wrap in tried if (share := _explained(prose, wrap)) >= _MOSTLY]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _usual_widths(lines: Sequence[str], measure: Callable[[str], int]) -> list[int]:
    """Return the widths that most lines have, marks at the end, which may hang out, left aside."""
    low, high = (edge if measure is places else edge // 2 for edge in _BETWEEN)
    widths = Counter(measure(line.rstrip(_MARKS)) for line in lines)
    usual = [width for width, count in widths.most_common(_TRIED) if count >= _LEAST // 2]
    return [width for width in {*usual, max(widths, default=0)} if low <= width <= high]


def _explained(lines: Sequence[str], wrap: Wrap) -> float:
    """Return the share of long lines that a width explains; 0 if they are too few."""
    pairs = [(line, after) for line, after in zip(lines, lines[1:], strict=False) if after]
    long = [pair for pair in pairs if wrap.measure(pair[0]) >= wrap.width * _LONG]
    full = sum(
        wrap.measure(line.rstrip(_MARKS)) <= wrap.width and wrap.breaks(line, after)
        for line, after in long
    )
    return full / len(long) if full >= _LEAST else 0
