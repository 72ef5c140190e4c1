"""A page's runs of characters to glyphs: what is text, once, with its middle height.

Heights come from the baseline: fonts often state ascents and descents that are wrong, which
shifts the boxes of Latin characters against Chinese ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kemu.read.pdf.glyph import Glyph
from kemu.read.pdf.source.page import Run, SourcePage

# The middle of a character lies this share of its size above the baseline, its foot and head
# these shares below and above.
_RISE = 0.36
_FOOT = 0.12
_HEAD = 0.88
_BOLD = 0.15
"""Points within which a character is surely printed again to look bold."""
_UNSURE = 0.5 - _BOLD


@dataclass(frozen=True, slots=True)
class Ink:
    """What is printed on a page, character by character.

    Attributes:
        glyphs: The characters that are text, those printed twice for boldness once.
        skewed: How many are printed at a slant across the page, as watermarks are.
        undecoded: How many have no known meaning, for their font does not say.
        outside: How many lie off the page.
    """

    glyphs: list[Glyph]
    skewed: int = 0
    undecoded: int = 0
    outside: int = 0


def ink_of(page: SourcePage) -> Ink:
    """Return what is printed on a page."""
    width, height = page.box.x1, page.box.bottom
    found: list[Glyph] = []
    seen: set[tuple[str, int, int]] = set()
    skewed = outside = 0
    for run in page.runs:
        if run.turn < 0:
            skewed += sum(not text.isspace() for text in run.texts)
            continue
        for glyph in _level(run) if run.turn % 180 == 0 else _sideways(run):
            text, x0, _, x1, _, middle, _ = glyph
            if not 0 <= middle <= height or x1 < 0 or x0 > width:
                outside += not text.isspace()
                continue
            if text.isspace():
                found.append(glyph)
                continue
            x, y = round(x0), round(middle)
            # Places are known by whole points only, which part neighbours at a half.
            parted = abs(x0 - x) > _UNSURE or abs(middle - y) > _UNSURE
            if (text, x, y) in seen or (parted and _is_near(glyph, seen)):
                continue
            seen.add((text, x, y))
            found.append(glyph)
    return Ink(found, skewed, page.undecoded, outside)


def _is_near(glyph: Glyph, seen: Collection[tuple[str, int, int]]) -> bool:
    """Return whether the same character is printed at a place that rounds to the next point."""
    across = {round(glyph.x0 - _BOLD), round(glyph.x0 + _BOLD)}
    down = {round(glyph.middle - _BOLD), round(glyph.middle + _BOLD)}
    return any((glyph.text, x, y) in seen for x in across for y in down)


def _level(run: Run) -> Iterator[Glyph]:
    """Yield the characters of a level run."""
    size = run.size
    middle = run.base + run.above * _RISE * size
    top, bottom = middle - size / 2, middle + size / 2
    for text, start, end in zip(run.texts, run.starts, run.ends, strict=True):
        if start > end:
            start, end = end, start
        yield Glyph(text, start, top, end, bottom, middle, size)


def _sideways(run: Run) -> Iterator[Glyph]:
    """Yield the characters of a run that goes up or down, each a line of its own."""
    foot, head = run.base - run.above * _FOOT * run.size, run.base + run.above * _HEAD * run.size
    left, right = min(foot, head), max(foot, head)
    for text, start, end in zip(run.texts, run.starts, run.ends, strict=True):
        top, bottom = min(start, end), max(start, end)
        yield Glyph(text, left, top, right, bottom, (top + bottom) / 2, bottom - top)


def turn_of(runs: Sequence[Run]) -> int:
    """Return by how many degrees a page must be turned clockwise for its text to be upright."""
    turned = {0: 0, 90: 0, 270: 0}
    for run in runs:
        turned[run.turn if run.turn in turned else 0] += len(run.texts)
    turn = max(turned, key=lambda angle: turned[angle])
    return turn if turned[turn] > turned[0] else 0
