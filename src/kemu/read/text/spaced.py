"""Tables in text whose columns are set apart by blanks, as printed listings and dumps of PDFs are.

Amounts that stand under each other are a column; what stands left of them names the row. Programs
count a Chinese character as one place or as two: the count under which fewer amounts stand askew
is the file's. A head of several lines does not tell what it covers: such a table is kept as broken,
so that its numbers are counted and compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kemu.model import figures
from kemu.read.blocks import captions
from kemu.read.blocks.lines import Line
from kemu.read.blocks.normalise import content
from kemu.read.blocks.wrapping import places
from kemu.read.text.dump import Printed, Row
from kemu.read.text.spaced_grid import Grid, Piece, columns_of, crowded

_PIECE = re.compile(r"\S+(?: \S+)*")
_SENTENCE = re.compile(r"[。；！？]|，.{12,}")
_PAGE = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*")
_LEAST = 2
_MOST_HEAD = 6
_MOST_BLANK = 2
_BETWEEN = 10


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as found.

    Attributes:
        rows: Its rows, the head first if it was told.
        heads: How many of them are head.
        above: How many lines above belong to it.
        end: Index after its last line.
        broken: Why its columns are not known, else empty.
        amounts: The columns of amounts, from 0.
    """

    rows: tuple[Row, ...]
    heads: int
    above: int
    end: int
    broken: str
    amounts: tuple[int, ...]


Measure = Callable[[str], int]


def is_row(line: Line) -> bool:
    """Return whether a line holds an amount and a name, set apart by blanks."""
    if "\t" in line.raw or _SENTENCE.search(line.raw):
        return False
    pieces = list(_pieces(line.raw, len))
    amounts = sum(figures.is_amount(piece.text) for piece in pieces)
    return amounts > 0 and len(pieces) > 1 and not all(piece.is_number for piece in pieces)


def listing(lines: Sequence[Line], start: int, before: Sequence[Line]) -> Listing | None:
    """Return the table whose first row with amounts is `lines[start]`, None if it is none.

    Args:
        lines: Of the file.
        start: See above.
        before: The lines of prose directly above, of which the last may be its head.
    """
    end = _end(lines, start)
    body = [line for line in lines[start:end] if line.raw.strip()]
    if sum(is_row(line) for line in body) < _LEAST:
        return None
    measure = min((places, len), key=lambda count: len(_edges(body, count)))
    rows = [list(_pieces(line.raw, measure)) for line in body]
    columns = columns_of(rows)
    if any(crowded(row, columns) for row in rows):
        return None
    head = _head(before)
    titles = [list(_pieces(line.raw, measure)) for line in head if line.raw.strip()]
    grid = Grid(columns, rows)
    table = [_row(grid.cells(row), line) for row, line in zip(rows, body, strict=True)]
    heading, broken = grid.heading(titles)
    named = [line for line in head if line.raw.strip()]
    heads = [_row(texts, line) for texts, line in zip(heading, named, strict=False)]
    found = Listing((*heads, *table), len(heads), len(head), end, broken, grid.amounts)
    return found if broken else _with_next(found, lines)


def _with_next(found: Listing, lines: Sequence[Line]) -> Listing:
    """Return a table with what follows on the next page, broken if that does not line up."""
    at = found.end
    between: list[Line] = []
    while at < len(lines) and len(between) <= _BETWEEN and not is_row(lines[at]):
        if not _is_margin(lines[at].raw):
            return found
        between.append(lines[at])
        at += 1
    if at >= len(lines) or len(between) > _BETWEEN or not is_row(lines[at]):
        return found
    rest = listing(lines, at, between)
    if rest is not None and rest.heads:
        return found
    if rest is None or rest.amounts != found.amounts:
        return replace(found, broken="表格续到下一页，下一页的列对不上")
    whole = replace(found, rows=(*found.rows, *rest.rows), end=rest.end)
    return _with_next(whole, lines)


def _is_margin(raw: str) -> bool:
    """Return whether a line can stand between two pages of a table: blank, page, running head."""
    text = content(raw).text
    named = captions.is_head(text) or captions.is_table_title(text) or captions.is_note(text)
    return not named and not _SENTENCE.search(text) and "\t" not in raw


def _end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the last row with amounts."""
    last, blanks, at = start, 0, start
    while at < len(lines) and blanks <= _MOST_BLANK:
        raw = lines[at].raw
        blanks = 0 if raw.strip() else blanks + 1
        if is_row(lines[at]):
            last = at
        elif raw.strip() and not _is_label(raw):
            break
        at += 1
    return last + 1


def _is_label(raw: str) -> bool:
    """Return whether a line without amounts may stand inside a table: a row left blank."""
    text = content(raw).text
    stops = captions.is_head(text) or captions.is_title(text) or captions.is_note(text)
    return not (stops or "\t" in raw or _SENTENCE.search(text) or _PAGE.fullmatch(text))


def _head(before: Sequence[Line]) -> list[Line]:
    """Return the lines above a table that head its columns."""
    found: list[Line] = []
    filled = 0
    for line in reversed(before):
        text = line.raw.strip()
        if filled == _MOST_HEAD or (text and not _heads(line.raw)):
            break
        if not text and len(found) - filled > _MOST_BLANK:
            break
        filled += bool(text)
        found.insert(0, line)
    while found and not found[0].raw.strip():
        found.pop(0)
    return found


def _heads(raw: str) -> bool:
    """Return whether a line can head columns: several short texts, or one set in the middle."""
    pieces = list(_pieces(raw, len))
    return _is_label(raw) and (len(pieces) > 1 or raw[:1] in " \u3000")


def _pieces(raw: str, measure: Measure) -> Iterator[Piece]:
    """Yield the texts of a line, the code or amount beside a name apart from it."""
    plain = raw.replace("\u3000", "  ") if measure is not len else raw.replace("\u3000", " ")
    for match in _PIECE.finditer(plain):
        at = match.start()
        for text in _parts(match.group()):
            at = plain.index(text, at)
            start = measure(plain[:at])
            yield Piece(text, start, start + measure(text))
            at += len(text)


@cache
def _tight() -> re.Pattern[str]:
    number, amount = figures.printed("number"), figures.printed("amount")
    return re.compile(
        rf"(?P<code>\d{{3,9}}) (?P<name>[^\d\s].*)|(?P<amount>{number}) (?P<label>[^\d\s].*)"
        rf"|(?P<text>.*[^\d\s]) (?P<last>{amount})"
    )


def _parts(text: str) -> list[str]:
    match = _tight().fullmatch(text)
    if match is None:
        numbers = text.split(" ")
        return numbers if all(map(figures.is_number, numbers)) else [text]
    first, second = (group for group in match.groups() if group is not None)
    return [first, *_parts(second)]


def _edges(body: Sequence[Line], measure: Measure) -> set[int]:
    """Return the places where amounts end."""
    return {
        piece.end
        for line in body
        for piece in _pieces(line.raw, measure)
        if figures.is_amount(piece.text)
    }


def _row(cells: Sequence[str], line: Line) -> Row:
    return tuple(Printed(text, line.number) for text in cells)
