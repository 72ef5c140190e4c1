"""Tables without rules: columns told from how numbers line up.

Only for pages on which no ruled table is found. At least three lines must hold amounts set
apart from their labels, and no label may reach into a column of amounts; otherwise the lines
stay prose, for a number in a wrong column is worse than a number in none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.model import figures
from kemu.read.blocks import captions
from kemu.read.blocks.normalise import content
from kemu.read.pdf.glyph import Box, Glyph, box_of, rows, text_of
from kemu.read.pdf.grid import Fragment, RawCell

_DASHES = re.compile(r"[-—]+")
_APART = 0.8
"""Character sizes between two columns at least."""
_LEAST_LINES = 3
_MOST_BETWEEN = 3
_HEADER_LINES = 4
_LONG = 30


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line that is set apart from the others."""

    text: str
    box: Box

    @property
    def amount(self) -> bool:
        """Whether it is an amount and nothing else, or the dash that stands for none."""
        return figures.is_amount(self.text, zero=True) or bool(_DASHES.fullmatch(self.text))


Line = list[Token]


def aligned(found: Sequence[Glyph], page: int) -> tuple[Fragment | None, list[Glyph]]:
    """Return the table that a page's glyphs are aligned to, if any, and the glyphs outside it."""
    lines = rows(list(found))
    tokens = [_tokens(line) for line in lines]
    first, last = _extent(tokens)
    if last - first < _LEAST_LINES:
        return None, list(found)
    edges = _edges(tokens[first:last])
    if len(edges) < 3:
        return None, list(found)
    top = _header_start(tokens, first)
    fragment = _fragment(tokens[top:last], edges, page)
    return fragment, [glyph for line in (*lines[:top], *lines[last:]) for glyph in line]


def _tokens(line: Sequence[Glyph]) -> Line:
    groups: list[list[Glyph]] = []
    for glyph in line:
        if glyph.text.isspace():
            continue
        if groups and glyph.x0 - groups[-1][-1].x1 <= _APART * glyph.size:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [Token(text_of(group), box_of(group)) for group in groups]


def _is_tabular(line: Line) -> bool:
    return len(line) > 1 and any(token.amount for token in line)


def _extent(tokens: Sequence[Line]) -> tuple[int, int]:
    """Return where the longest run of tabular lines begins and ends; other lines may be between."""
    best = (0, 0)
    start, end, count, most = 0, 0, 0, 0
    for at, line in enumerate(tokens):
        prose = len(line) == 1 and len(line[0].text) >= _LONG
        if count and (prose or at - end > _MOST_BETWEEN):
            count = 0
        if _is_tabular(line):
            start = at if not count else start
            count, end = count + 1, at + 1
            if count > most:
                best, most = (start, end), count
    return best if most >= _LEAST_LINES else (0, 0)


def _edges(lines: Sequence[Line]) -> list[float]:
    """Return the edges between columns, [] if labels and amounts overlap or nothing lines up."""
    amounts = _merged([token.box for line in lines for token in line if token.amount])
    labels = _merged([token.box for line in lines for token in line if not token.amount])
    if any(a[0] < label[1] and label[0] < a[1] for a in amounts for label in labels):
        return []
    if not any(_lines_up(column, lines) for column in amounts):
        return []
    columns = sorted([*amounts, *labels])
    inner = [(left[1] + right[0]) / 2 for left, right in zip(columns, columns[1:], strict=False)]
    return [columns[0][0] - 2, *inner, columns[-1][1] + 2]


def _merged(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Return the horizontal stretches that boxes cover."""
    stretches: list[tuple[float, float]] = []
    for box in sorted(boxes):
        if stretches and box.x0 < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], box.x1))
        else:
            stretches.append((box.x0, box.x1))
    return stretches


def _lines_up(column: tuple[float, float], lines: Sequence[Line]) -> bool:
    """Return whether a column's amounts end at one place, as right-aligned numbers do."""
    ends = [
        token.box.x1
        for line in lines
        for token in line
        if token.amount and column[0] <= token.box.x0 and token.box.x1 <= column[1]
    ]
    return (
        len(ends) >= _LEAST_LINES and sum(column[1] - end < 3 for end in ends) * 3 > len(ends) * 2
    )


def _header_start(tokens: Sequence[Line], first: int) -> int:
    """Return the index of the header's first line."""
    start = first
    while start and first - start < _HEADER_LINES:
        line = tokens[start - 1]
        texts = [content(token.text).text for token in line]
        if len(line) < 2 or any(captions.is_head(t) or captions.is_title(t) for t in texts):
            break
        start -= 1
    return start


def _fragment(lines: Sequence[Line], edges: Sequence[float], page: int) -> Fragment:
    """Return lines as rows of cells; a token over several columns covers them."""
    box = box_of_tokens([token for line in lines for token in line])
    found = []
    for number, line in enumerate(lines):
        top, bottom = min(t.box.top for t in line), max(t.box.bottom for t in line)
        cells: dict[int, RawCell] = {}
        for token in line:
            start, end = _columns(token.box, edges)
            before = cells.get(start)
            raw = f"{before.raw} {token.text}" if before else token.text
            cells[start] = RawCell(number, start, 1, end - start, token.box, raw)
        covered = {
            c for cell in cells.values() for c in range(cell.column, cell.column + cell.colspan)
        }
        for column in set(range(len(edges) - 1)) - covered:
            place = Box(edges[column], top, edges[column + 1], bottom)
            cells[column] = RawCell(number, column, 1, 1, place, "")
        found.append(tuple(cells[column] for column in sorted(cells)))
    return Fragment(page, box, tuple(edges), tuple(found), inferred=True)


def _columns(box: Box, edges: Sequence[float]) -> tuple[int, int]:
    """Return the first column that a box reaches into and the one after its last."""
    inside = [
        column
        for column in range(len(edges) - 1)
        if min(box.x1, edges[column + 1]) - max(box.x0, edges[column]) > 0.25 * (box.x1 - box.x0)
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 1)


def box_of_tokens(tokens: Sequence[Token]) -> Box:
    """Return the box around tokens."""
    box = tokens[0].box
    for token in tokens:
        box = box.around(token.box)
    return box
