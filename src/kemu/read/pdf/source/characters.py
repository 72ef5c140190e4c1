"""PDFium's characters to runs: two calls a character, a few a text object.

PDFium's boxes are those of the glyphs in whichever font the machine puts in for one that is not
embedded. Where a character begins and how far it advances is the file's own: the origin, and
for each character of a font its advance, found once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from ctypes import c_double, c_uint16
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kemu.read.pdf.source import calls
from kemu.read.pdf.source.page import Frame, Matrix, Point, Run, direction

MAX_CHARACTERS = 100_000
"""Characters after these are not read: the fullest pages have some 10,000."""
# A hyphen at a line's end where the word goes on below comes as one of these.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
Letters = tuple[float, float, float, float]
"""The map from ems to the page's own space, without the place."""
Axis = tuple[float, float, float]
_TOLERANCE = 1e-3
_WIDEST = 2.0
"""Ems that a character advances at most."""


@dataclass(slots=True)
class Ink:
    """The characters of a page.

    Attributes:
        runs: Them.
        plain: The page's text in the order of the file.
        texts: What each text object prints, by its handle; it may be nothing.
        undecoded: How many have no known meaning.
        cut: Whether there were more than are read.
    """

    runs: list[Run] = field(default_factory=list)
    plain: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    undecoded: int = 0
    cut: bool = False


@dataclass(slots=True)
class Font:
    """What was learnt about a font: advances in ems by character, which have no meaning."""

    handle: int
    advances: dict[str, float] = field(default_factory=dict)


class Way(NamedTuple):
    """How letters lie on the page as shown: the same for most of a page.

    Attributes:
        unit: What an em along the baseline is in the page's own space.
        scale: Its length.
        starts: The axis of the baseline, from the page's own space: by x, by y, and what is added.
        bases: The axis across.
        along: What an em is on the axis of the baseline.
        size: Type size.
        turn: By how many degrees the page must be turned for the letters to be upright.
        above: -1 if they stand towards smaller coordinates, else 1.
    """

    unit: Point
    scale: float
    starts: Axis
    bases: Axis
    along: float
    size: float
    turn: int
    above: int


def _way(letters: Letters, frame: Matrix) -> Way:
    a, b, c, d = letters
    fa, fb, fc, fd, fe, ff = frame
    scale = math.hypot(a, b)
    size = abs(a * d - b * c) / scale if scale else 0.0
    u, v = a * fa + b * fc, a * fb + b * fd
    turn = direction(u, v)
    across, down = (fa, fc, fe), (fb, fd, ff)
    if turn % 180 == 0 or turn < 0:
        above = -1 if c * fb + d * fd < 0 else 1
        return Way((a, b), scale, across, down, u, size, turn, above)
    above = -1 if c * fa + d * fc < 0 else 1
    return Way((a, b), scale, down, across, v, size, turn, above)


def ink_of(text_page: int, frame: Frame) -> Ink:
    """Return the characters of a text page, given its handle."""
    found = calls.count_chars(text_page)
    count = min(found, MAX_CHARACTERS)
    ink = Ink(cut=found > count)
    if count <= 0:
        return ink
    ink.plain = _plain(text_page, count)
    texts: Sequence[str] = ink.plain
    if len(texts) != count:
        texts = [chr(calls.unicode(text_page, index)) for index in range(count)]
    if any(mark in ink.plain for mark in _HYPHENS) or texts is not ink.plain:
        texts = [_HYPHENS.get(text, text) for text in texts]
    places = calls.Room(2 * count, c_double)
    at = places.at
    for index in range(count):
        calls.origin(text_page, index, at, at + 8)
        at += 16
    xs, ys = places.values[0::2], places.values[1::2]
    owners = [calls.text_object(text_page, index) for index in range(count)]
    reader = _Reader(text_page, frame.matrix, texts, xs, ys, ink)
    for owner, group in groupby(enumerate(owners), itemgetter(1)):
        if owner:
            reader.take(owner, [index for index, _ in group])
    return ink


def _plain(text_page: int, count: int) -> str:
    room = (c_uint16 * (2 * count + 2))()
    written = calls.text(text_page, 0, count, room)
    return bytes(room)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Reader:
    """The characters of one page while they are sorted into runs."""

    text_page: int
    frame: Matrix
    texts: Sequence[str]
    xs: Sequence[float]
    ys: Sequence[float]
    ink: Ink
    fonts: dict[int, Font] = field(default_factory=dict)
    ways: dict[Letters, Way] = field(default_factory=dict)
    room: calls.Room = field(default_factory=lambda: calls.Room(8))
    tight: calls.Room = field(default_factory=lambda: calls.Room(4, c_double))

    def take(self, owner: int, indices: Sequence[int]) -> None:
        """Add characters that follow each other and are of one text object."""
        way = self._way(owner, indices[0])
        kept, ems = self._known(self._font(owner), indices, way)
        texts = [self.texts[index] for index in kept]
        self.ink.texts[owner] = self.ink.texts.get(owner, "") + "".join(texts)
        if not kept:
            return
        starts = self._placed(kept, way.starts)
        bases = self._placed((kept[0], kept[-1]), way.bases)
        ends = [start + em * way.along for start, em in zip(starts, ems, strict=True)]
        run = Run(texts, starts, ends, bases[0], way.size, way.turn, way.above)
        if abs(bases[1] - bases[0]) > _TOLERANCE * way.size:
            self.ink.runs += _apart(run, self._placed(kept, way.bases))
        else:
            self.ink.runs.append(run)

    def _known(self, font: Font, indices: Sequence[int], way: Way) -> tuple[list[int], list[float]]:
        """Return the characters that are printed and have a meaning, and their advances in ems."""
        kept, ems = [], []
        for index in indices:
            text = self.texts[index]
            em = font.advances.get(text)
            if em is None:
                em = font.advances[text] = self._learnt(font, index, way)
            if em < 0:
                self.ink.undecoded += 1
            elif text != " " or not calls.is_generated(self.text_page, index):
                kept.append(index)
                ems.append(em)
        return kept, ems

    def _placed(self, indices: Sequence[int], axis: Axis) -> list[float]:
        """Return where characters begin on an axis of the page as shown."""
        of_x, of_y, at = axis
        if of_y:
            return [of_y * self.ys[index] + at for index in indices]
        return [of_x * self.xs[index] + at for index in indices]

    def _way(self, owner: int, index: int) -> Way:
        """Return how the letters of a text object lie, from one of its characters."""
        room = self.room
        calls.font_size(owner, room.at)
        size = room.values[0]
        calls.char_matrix(self.text_page, index, room.at)
        a, b, c, d = room.values[:4]
        letters = size * a, size * b, size * c, size * d
        way = self.ways.get(letters)
        if way is None:
            way = self.ways[letters] = _way(letters, self.frame)
        return way

    def _font(self, owner: int) -> Font:
        handle = calls.font(owner) or 0
        if handle not in self.fonts:
            self.fonts[handle] = Font(handle)
        return self.fonts[handle]

    def _learnt(self, font: Font, index: int, way: Way) -> float:
        """Return a character's advance in ems, -1 if nobody knows what it means."""
        if self.texts[index] == "\0" or calls.has_no_unicode(self.text_page, index):
            return -1.0
        return self._advance(font, index, way.unit, way.scale)

    def _advance(self, font: Font, index: int, along: Point, scale: float) -> float:
        """Return a character's advance in ems.

        The loose box is the advance and the glyph's own box together: where it reaches further
        than the glyph does, that is the advance; else the font tells its width. In vertical
        writing the loose box knows nothing of the scale, and a glyph that is missing has no box.
        """
        if not scale:
            return 0.0
        loose, tight, at = self.room, self.tight, self.tight.parts
        calls.loose_box(self.text_page, index, loose.at)
        left, top, right, bottom = loose.values[:4]
        calls.tight_box(self.text_page, index, at[0], at[1], at[2], at[3])
        inner = tuple(tight.values)
        side = _reach((left, right, bottom, top), along, self.xs[index], self.ys[index]) / scale
        glyph = _reach(inner, along, self.xs[index], self.ys[index]) / scale
        if glyph + _TOLERANCE < side <= _WIDEST:
            return max(side, 0.0)
        if calls.glyph_width(font.handle, ord(self.texts[index]), 1.0, loose.at):
            width: float = loose.values[0]
            if 0 < width <= side + _TOLERANCE or side <= _TOLERANCE:
                return width
        return min(max(glyph, 0.0), _WIDEST)


def _reach(box: Sequence[float], along: tuple[float, float], x: float, y: float) -> float:
    """Return how far a box (left, right, bottom, top) reaches from a point in a direction."""
    left, right, bottom, top = box
    a, b = along
    if abs(a) >= abs(b):
        return right - x if a > 0 else x - left
    return top - y if b > 0 else y - bottom


def _apart(run: Run, bases: Sequence[float]) -> list[Run]:
    """Return a run character by character: vertical writing has a baseline for each."""
    return [
        run._replace(texts=[text], starts=[start], ends=[end], base=base)
        for text, start, end, base in zip(run.texts, run.starts, run.ends, bases, strict=True)
    ]
