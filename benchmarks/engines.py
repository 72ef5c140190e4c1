"""PDFium against pdfplumber on one page: the same cells and the same text in each."""

from __future__ import annotations

import ctypes
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2.raw as raw
from pdfplumber.page import Page

from kemu.read.pdf.cells import rules_of, tables_of
from kemu.read.pdf.glyph import Box, Glyph
from kemu.read.pdf.grid import grid_of
from kemu.read.pdf.ink import ink_of, turn_of
from kemu.read.pdf.source.page import Point, SourcePage, turned

_NEAR = 0.5
_SHOWN = 12


@contextmanager
def without_fonts() -> Iterator[None]:
    """Hide all fonts of the machine from PDFium: only those that it carries are left."""
    with TemporaryDirectory() as folder:
        paths = (ctypes.c_char_p * 2)(os.fsencode(folder), None)
        config = raw.FPDF_LIBRARY_CONFIG(version=2)
        config.m_pUserFontPaths = ctypes.cast(paths, type(config.m_pUserFontPaths))
        raw.FPDF_DestroyLibrary()
        raw.FPDF_InitLibraryWithConfig(config)
        try:
            yield
        finally:
            raw.FPDF_DestroyLibrary()
            raw.FPDF_InitLibrary()


def library_cells(page: Page) -> list[Box]:
    """Return the cells that pdfplumber's own finder finds on its own page, without white ground."""
    drawn = page.filter(lambda thing: not _is_ground(thing))
    return [Box(*cell) for table in drawn.find_tables() for cell in table.cells]


def finder_difference(page: SourcePage, theirs: list[Box]) -> str:
    """Return how pdfplumber's cells differ from ours, "" if they do not.

    Each is counted from its own topmost and leftmost rule: pdfplumber's origin is the file's.
    """
    ours = [cell for cells in tables_of(rules_of(page.shapes)) for cell in cells]
    if _alike(_from_corner(ours), _from_corner(theirs)):
        return ""
    return f"finder: cells {len(ours)} / {len(theirs)}"


def _is_ground(thing: dict[str, Any]) -> bool:
    """Tell whether pdfplumber has an area that is filled white and has no outline."""
    if thing["object_type"] != "rect" or thing["stroke"] or not thing["fill"]:
        return False
    colour = thing["non_stroking_color"]
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    white = parts in ((1,), (1, 1, 1), (0, 0, 0, 0))
    return white and min(thing["width"], thing["height"]) > 3


def _from_corner(cells: list[Box]) -> list[Box]:
    left, top = min((c.x0 for c in cells), default=0), min((c.top for c in cells), default=0)
    return [Box(c.x0 - left, c.top - top, c.x1 - left, c.bottom - top) for c in cells]


def difference(one: SourcePage, other: SourcePage) -> str:
    """Return how two readings of a page differ: in tables, cells or text; "" if they do not."""
    ours, theirs = _content(one), _content(other)
    if len(ours) != len(theirs):
        return f"tables {len(ours) - 1} / {len(theirs) - 1}"
    for (cells, texts), (others, other_texts) in zip(ours, theirs, strict=True):
        if not _alike(cells, others):
            return f"cells {len(cells)} / {len(others)}"
        lost, won = Counter(other_texts), Counter(texts)
        if lost != won:
            return f"text {_some(won - lost)} for {_some(lost - won)}"
    return ""


def _some(texts: Counter[str]) -> str:
    return "".join(sorted(texts.elements())[:_SHOWN]) or "–"


def _alike(cells: list[Box], others: list[Box]) -> bool:
    pairs = zip(sorted(cells, key=_whole), sorted(others, key=_whole), strict=False)
    return len(cells) == len(others) and all(
        abs(a - b) <= _NEAR for pair in pairs for a, b in zip(*pair, strict=True)
    )


def _whole(box: Box) -> tuple[int, ...]:
    """Return a box in steps that tell rules apart but not engines: for sorting alike."""
    return tuple(round(value + _NEAR / 3) for value in box)


def _content(source: SourcePage) -> list[tuple[list[Box], list[str]]]:
    """Return the cells of each table with the characters in it, and at the end all characters."""
    turn = turn_of(source.runs)
    page = turned(source, turn) if turn else source
    glyphs = [glyph for glyph in ink_of(page).glyphs if not glyph.text.isspace()]
    found = []
    for cells in tables_of(rules_of(page.shapes)):
        grid = grid_of(sorted(cells))
        inside = [glyph for glyph in glyphs if _holds(grid.box, glyph)]
        texts = [f"{grid.cell_at(*_middle(glyph))}:{glyph.text}" for glyph in inside]
        found.append((cells, texts))
    return [*found, ([], [glyph.text for glyph in glyphs])]


def _middle(glyph: Glyph) -> Point:
    return (glyph.x0 + glyph.x1) / 2, glyph.middle


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = _middle(glyph)
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
