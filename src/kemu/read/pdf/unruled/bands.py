"""Stretches of a page's lines that may be parts of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kemu.model import figures
from kemu.read.blocks import captions
from kemu.read.blocks.normalise import content
from kemu.read.pdf.cells import Rule, joined
from kemu.read.pdf.glyph import PrintedLine
from kemu.read.pdf.page import PageContent
from kemu.read.pdf.table import HEADER_WORD
from kemu.read.pdf.unruled.body import begins
from kemu.read.pdf.unruled.tokens import Line, Token, is_ordinals, is_tabular, tokens_of

_LONG = 30
_AWAY = 8.0
"""Type sizes between two lines of a table at most."""
_MOST_HEAD = 10
_INSET = 6.0
"""Type sizes by which an item is set in at most."""
_YEAR = re.compile(r"\d{4}年度?")
_STOP = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class Band:
    """Lines that may be a part of a table.

    Attributes:
        page: Their page.
        start: Index of the first among the page's lines.
        lines: Their tokens.
        first: Index of the first line that is no head, among them.
        titled: Whether a line that belongs to tables stands right above.
        opens: Whether nothing is printed above it on its page.
        closes: Whether nothing is printed below it.
        rules: The level rules in it, those in line as one.
        ends: Where such rules begin or end as drawn, often cell by cell.
    """

    page: int
    start: int
    lines: tuple[Line, ...]
    first: int
    titled: bool
    opens: bool
    closes: bool
    rules: tuple[Rule, ...]
    ends: tuple[float, ...]

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines of the head."""
        return self.lines[: self.first]

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines below the head."""
        return self.lines[self.first :]

    @property
    def rows(self) -> int:
        """How many lines hold amounts."""
        return sum(map(is_tabular, self.lines))


def bands_of(page: PageContent) -> list[Band]:
    """Return the stretches of a page's lines in which amounts stand apart, from the top."""
    if not any(map(_may_be_row, page.lines)):
        return []
    lines = [tokens_of(line) for line in page.lines]
    found: list[Band] = []
    start: int | None = None
    for at, line in enumerate(page.lines):
        ends = _is_outside(line, lines[at])
        if start is not None and (ends or _is_away(page.lines[at - 1], line)):
            found += _band(page, lines, start, at)
            start = None
        if start is None and not ends:
            start = at
    if start is not None:
        found += _band(page, lines, start, len(lines))
    return found


def _may_be_row(line: PrintedLine) -> bool:
    """Return whether an amount stands apart in a line; most pages of prose have none."""
    return len(line.pieces) > 1 and any(
        figures.is_amount(piece.text, zero=True, percent=True) for piece in line.pieces
    )


def _is_away(above: PrintedLine, below: PrintedLine) -> bool:
    return below.box.top - above.box.bottom > _AWAY * max(above.size, below.size)


def _is_outside(line: PrintedLine, tokens: Line) -> bool:
    """Return whether a line is no row of a table: a title, a fixed line, a note, a sentence."""
    whole = content(line.text).text
    if _STOP.search(whole) or captions.is_note(whole):
        return True
    if len(tokens) == 1 and (len(whole) >= _LONG or captions.is_table_title(whole)):
        return True
    if len(line.segments) == 1 and captions.is_table_title(whole):
        return True
    texts = [content(part.text).text for part in line.segments]
    years = len(texts) > 1 and all(map(_YEAR.fullmatch, texts))
    return captions.are_head(texts) and not years and not is_tabular(tokens)


def _band(page: PageContent, lines: Sequence[Line], start: int, end: int) -> list[Band]:
    """Return the part of a table between two lines, if amounts stand there."""
    while end > start and not _may_end(lines[end - 1], lines[start:end]):
        end -= 1
    if not any(map(is_tabular, lines[start:end])):
        return []
    first = _first_row(lines[start:end])
    if first > _MOST_HEAD:
        return []
    above = page.lines[start - 1] if start else None
    titled = above is not None and _is_caption(above)
    found = tuple(lines[start:end])
    top = min(token.box.top for line in found for token in line)
    bottom = max(token.box.bottom for line in found for token in line)
    drawn = [rule for rule in page.level if top - 8 < rule[0] < bottom + 8]
    ends = tuple(end for rule in drawn for end in rule[1:])
    opens, closes = start == 0, end == len(lines)
    return [
        Band(page.number, start, found, first, titled, opens, closes, tuple(joined(drawn)), ends)
    ]


def _is_caption(line: PrintedLine) -> bool:
    texts = [content(part.text).text for part in line.segments]
    return captions.are_head(texts) or captions.is_table_title(content(line.text).text)


def _may_end(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether a line may be the last one: it holds a number, or lines up with others."""
    if any(token.number for token in line):
        return True
    others = [other for other in lines if other is not line and other]
    return all(
        any(abs(token.box.x0 - t.box.x0) < token.size for other in others for t in other)
        for token in line
    )


def _first_row(lines: Sequence[Line]) -> int:
    """Return the index of the first line that is no head."""
    left = min(line[0].box.x0 for line in lines)
    for at, line in enumerate(lines):
        if is_ordinals(line):
            return at + 1
        if any(is_ordinals(other) for other in lines[at + 1 : at + 6]) and not is_tabular(line):
            continue
        if any(token.number for token in line) or _is_item(line[0], left):
            return at
        if at and _is_label(line, lines[at - 1], left) and any(map(begins, lines[at + 1 : at + 2])):
            return at
    return len(lines)


def _is_item(token: Token, left: float) -> bool:
    return token.item and token.box.x0 - left < _INSET * token.size


def _is_label(line: Line, above: Line, left: float) -> bool:
    """Return whether a line is the label of a row without amounts: alone, at the left."""
    token = line[0]
    apart = token.middle - above[0].middle > 1.4 * token.size
    return len(line) == 1 and len(above) > 1 and apart and token.box.x0 - left < token.size


def by_table(bands: Iterable[Band]) -> list[list[Band]]:
    """Return bands by table: one that opens a page goes on with the one that closes the last."""
    tables: list[list[Band]] = []
    for band in bands:
        part = _continued(tables[-1], band) if tables else None
        if part is None:
            tables.append([band])
        else:
            tables[-1].append(part)
    return tables


def _continued(table: Sequence[Band], band: Band) -> Band | None:
    """Return a part without a title as that of a table before it, None if it is none."""
    first, last = table[0], table[-1]
    if not (band.opens and last.closes and last.page == band.page - 1):
        return None
    heads = len(first.head)
    if heads and texts_of(band.lines[:heads]) == texts_of(first.head):
        return replace(band, first=heads)
    if any(map(HEADER_WORD.fullmatch, texts_of(band.head))):
        return None
    return replace(band, first=0)


def texts_of(lines: Sequence[Line]) -> list[str]:
    """Return the texts of lines in order."""
    return [token.text for line in lines for token in line]
