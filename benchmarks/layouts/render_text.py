"""Blocks as plain text: cells behind tabs, or set apart by blanks as a page's text comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from benchmarks.layouts.blocks import Block, Grid, Line

_GAP = 2


def render(blocks: Sequence[Block], style: str = "") -> bytes:
    """Return the file; `style` is `tabs` or `blanks`."""
    table = _tabbed if style == "tabs" else _table
    lines: list[str] = []
    for block in blocks:
        lines += table(block) if isinstance(block, Grid) else _line(block)
    return ("\n".join(lines) + "\n").encode()


def _line(line: Line) -> list[str]:
    indent = "    " if line.kind == "body" else " " * 20 if line.kind in ("title", "name") else ""
    before = [""] if line.kind in ("title", "heading", "name") else []
    return [*before, indent + (" " * 24).join(line.parts)]


def _tabbed(grid: Grid) -> list[str]:
    """Return a line for each row, as pasting from a spreadsheet leaves them."""
    return ["\t".join(c.text if s else "" for c, s in row) for row in grid.places()] + [""]


def _table(grid: Grid) -> list[str]:
    """Return a line for each row, its columns level; a merged cell stands in its first one."""
    texts = [[cell.text if starts else "" for cell, starts in row] for row in grid.places()]
    single = [[starts and cell.cols == 1 for cell, starts in row] for row in grid.places()]
    widths = [
        max([4, *(wide(row[c]) for row, one in zip(texts, single, strict=True) if one[c])])
        for c in range(grid.width)
    ]
    lines = []
    for row, places in zip(texts, grid.places(), strict=True):
        line = ""
        for c, (text, (cell, _)) in enumerate(zip(row, places, strict=True)):
            start = sum(widths[:c]) + c * _GAP
            before = start + (
                max(0, widths[c] - wide(text)) if cell.align == "right" and cell.cols == 1 else 0
            )
            if text:
                line += " " * max(before - wide(line), _GAP if line.strip() else 0) + text
        lines.append(line.rstrip())
    return [*lines, ""]


def wide(text: str) -> int:
    """Return how many half-width characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
