"""Characters on a page to printed lines.

A PDF has no lines and no blanks that can be trusted, only characters with boxes. Characters
whose middles lie at one height are a line; a gap as wide as a blank is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kemu.model import figures


class Box(NamedTuple):
    """A rectangle in points, from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def address(self) -> str:
        """The box as a place's address."""
        return ",".join(f"{value:.1f}" for value in self)

    def around(self, other: Box) -> Box:
        """Return the box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


class Glyph(NamedTuple):
    """One printed character with its box, its middle height and its type size."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    middle: float
    size: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a printed line without a wide gap."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line: its segments from the left, its box and its commonest type size.

    Its pieces are what a smaller gap sets apart, too: cells of a table that nothing rules.
    """

    segments: tuple[Segment, ...]
    box: Box
    size: float
    pieces: tuple[Segment, ...] = ()

    @property
    def text(self) -> str:
        """The whole line, blanks for the gaps."""
        return "  ".join(segment.text for segment in self.segments)


# Gaps, as shares of the type size. A blank in a proportional type is a quarter; a gap wider than
# two and a half characters sets things apart (a unit at the right edge, columns).
_BLANK = 0.22
_APART = 2.5
_PIECES = 0.8
_WORDS = 0.35
_NONE = ("—", "-", "--", "——")
_DIGITS = frozenset("0123456789.,-%")
# Middles of characters of one line differ little, even where sizes differ.
_SAME_LINE = 0.4


def rows(found: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return glyphs by printed line, from the top, each line from the left."""
    lines: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(found, key=lambda item: item.middle):
        if lines and glyph.middle - middle <= _SAME_LINE * max(size, glyph.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle, size = glyph.middle, glyph.size
    for line in lines:
        line.sort(key=lambda item: item.x0)
    return lines


def text_of(line: Sequence[Glyph]) -> str:
    """Return a line's text, blanks where gaps between ASCII characters are."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in line:
        if before is not None and glyph.x0 - before.x1 > _BLANK * before.size:
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return "".join(parts)


def printed_lines(found: Sequence[Glyph], *, pieces: bool = False) -> list[PrintedLine]:
    """Return the printed lines of glyphs, from the top; blank ones are left out.

    Args:
        found: The glyphs.
        pieces: Whether to tell the lines' pieces as well.
    """
    lines = []
    for row in rows(found):
        ink = [glyph for glyph in row if not glyph.text.isspace()]
        if ink:
            lines.append(_line(row, ink, pieces))
    return lines


def _line(row: Sequence[Glyph], ink: Sequence[Glyph], pieces: bool) -> PrintedLine:
    groups: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace():
            groups[-1].append(glyph)
            continue
        if last is not None and glyph.x0 - last.x1 > _APART * max(last.size, glyph.size):
            groups.append([])
        groups[-1].append(glyph)
        last = glyph
    segments = tuple(Segment(text_of(group).strip(), box_of(group)) for group in groups)
    sizes = sorted(glyph.size for glyph in ink)
    size = round(sizes[len(sizes) // 2], 1)
    return PrintedLine(segments, box_of(ink), size, _pieces(ink) if pieces else ())


def _pieces(ink: Sequence[Glyph]) -> tuple[Segment, ...]:
    """Return what stands apart in a line, amounts and names by less than other texts."""
    words = [[ink[0]]]
    for before, glyph in zip(ink, ink[1:], strict=False):
        if glyph.x0 - before.x1 > _BLANK * before.size:
            words.append([glyph])
        else:
            words[-1].append(glyph)
    pieces = [words[0]]
    for before_word, word in zip(words, words[1:], strict=False):
        if _are_apart(before_word, word):
            pieces.append(word)
        else:
            pieces[-1] = [*pieces[-1], *word]
    return tuple(Segment(text_of(piece), box_of(piece)) for piece in pieces)


def _are_apart(word: Sequence[Glyph], after: Sequence[Glyph]) -> bool:
    left, right = word[-1], after[0]
    gap = (right.x0 - left.x1) / left.size
    if gap > _PIECES:
        return True
    if _is_han(left) and _is_han(right):
        return gap > _WORDS
    if left.text in _DIGITS and right.text in _DIGITS:
        return True
    texts = text_of(word), text_of(after)
    amounts = [text in _NONE or figures.is_amount(text, percent=True) for text in texts]
    return any(amounts) and not texts[1].startswith(tuple("万元亿千百％"))


def _is_han(glyph: Glyph) -> bool:
    return "一" <= glyph.text <= "龥"


def box_of(found: Sequence[Glyph]) -> Box:
    """Return the box around glyphs, blank ones aside if there are others."""
    ink = [glyph for glyph in found if not glyph.text.isspace()] or list(found)
    return Box(
        min(glyph.x0 for glyph in ink),
        min(glyph.top for glyph in ink),
        max(glyph.x1 for glyph in ink),
        max(glyph.bottom for glyph in ink),
    )
