"""Rows without rules between them: one tall cell for each column, told apart line by line.

Some tables rule their columns only. A cell then holds a column of numbers. It is split where
every number stands on a line of its own beside a label; numbers that share one label (two
measures in a cell) are left together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kemu.model import figures
from kemu.read.pdf.glyph import Box, Glyph, rows, text_of
from kemu.read.pdf.grid import Grid, grid_of, put

_WRAPPED = re.compile(r"[-(]?[\d,]+\.\d{1,2}\)?")
_CODE = re.compile(r"\d{2,7}")
_SAME_LINE = 0.5


def with_rows_apart(grid: Grid) -> Grid:
    """Return the grid with tall rows split into the lines that are rows."""
    cuts: dict[int, list[float]] = {}
    rows_of, owners_of = _spans(grid)
    for row in range(len(grid.ys) - 1):
        own = [at for at in owners_of.get(row, ()) if rows_of[at] == {row}]
        found = _cuts([grid.held.get(at, []) for at in own])
        if found:
            cuts[row] = found
    if not cuts:
        return grid
    boxes = [
        part
        for owner, box in enumerate(grid.boxes)
        for part in _parts(box, rows_of.get(owner, set()), cuts)
    ]
    apart = grid_of(boxes)
    put(apart, [glyph for held in grid.held.values() for glyph in held])
    return apart


def _spans(grid: Grid) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Return the rows of each cell, and the cells of each row."""
    rows_of: dict[int, set[int]] = {}
    owners_of: dict[int, set[int]] = {}
    for (row, _), owner in grid.owner.items():
        rows_of.setdefault(owner, set()).add(row)
        owners_of.setdefault(row, set()).add(owner)
    return rows_of, owners_of


def _parts(box: Box, covered: set[int], cuts: dict[int, list[float]]) -> list[Box]:
    """Return a cell's parts: itself, unless it lies in one row that is cut."""
    heights = cuts.get(next(iter(covered)), []) if len(covered) == 1 else []
    edges = [box.top, *heights, box.bottom]
    return [Box(box.x0, top, box.x1, bottom) for top, bottom in zip(edges, edges[1:], strict=False)]


def _cuts(cells: Sequence[Sequence[Glyph]]) -> list[float]:
    """Return the heights at which a ruled row is cut into several, [] if it is one."""
    columns = [_lines(cell) for cell in cells]
    if _are_wrapped(columns):
        return []
    amounts = [column for column in columns if _is_amounts(column)]
    labels = [column for column in columns if column and not _is_amounts(column)]
    if not amounts or max(len(column) for column in amounts) < 2 or not labels:
        return []
    starts = _merged_heights([middle for column in amounts for middle, _, _ in column])
    size = amounts[0][0][1]
    beside = max(labels, key=len)
    if any(not _has_label(start, beside, size) for start in starts):
        return []
    return [start - 0.75 * size for start in starts[1:]]


Line = tuple[float, float, str]


def _lines(held: Sequence[Glyph]) -> list[Line]:
    """Return a cell's lines: middle height, type size, text."""
    found = []
    for line in rows([glyph for glyph in held if not glyph.text.isspace()]):
        found.append((line[0].middle, line[0].size, text_of(line)))
    return found


def _is_amounts(column: Sequence[Line]) -> bool:
    """Return whether all lines of a cell are amounts, and not codes all of them."""
    texts = [text for _, _, text in column]
    return (
        bool(texts)
        and all(map(figures.is_number, texts))
        and not all(_CODE.fullmatch(text) for text in texts)
    )


def _are_wrapped(columns: Sequence[Sequence[Line]]) -> bool:
    """Return whether the lines of a row's cells are amounts that did not fit on one line.

    Of one column's some lines are no amount alone; or the lines of several are each one amount
    together, with one point and no more than two decimals, which two amounts never are.
    """
    several = [[text for _, _, text in column] for column in columns if len(column) > 1]
    wrapped = [texts for texts in several if _WRAPPED.fullmatch("".join(texts))]
    if any(not all(map(figures.is_number, texts)) for texts in wrapped):
        return True
    numbers = [texts for texts in several if all(map(figures.is_number, texts))]
    return len(wrapped) > 1 and all(texts in wrapped for texts in numbers)


def _merged_heights(heights: Sequence[float]) -> list[float]:
    merged: list[float] = []
    for height in sorted(heights):
        if not merged or height - merged[-1] > 3:
            merged.append(height)
    return merged


def _has_label(height: float, column: Sequence[Line], size: float) -> bool:
    return any(abs(middle - height) <= _SAME_LINE * size for middle, _, _ in column)
