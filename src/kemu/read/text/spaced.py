"""Tables in text whose columns are set apart by blanks, as printed listings and dumps of PDFs are.

Amounts that stand under each other are a column; what stands left of them names the row. Programs
count a Chinese character as one place or as two: the count under which fewer amounts stand askew
is the file's. A head of several lines does not tell what it covers: such a table is kept as broken,
so that its numbers are counted and compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kemu.read.blocks import captions
from kemu.read.blocks.lines import Line
from kemu.read.blocks.normalise import content
from kemu.read.blocks.wrapping import places
from kemu.read.text.dump import Printed, Row

_PIECE = re.compile(r"\S+(?: \S+)*")
_NUMBER = r"[-(（]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)）]?"
_AMOUNT = re.compile(r"[-(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]?")
_WHOLE = re.compile(_NUMBER)
_TIGHT = re.compile(
    rf"(?P<code>\d{{3,9}}) (?P<name>[^\d\s].*)|(?P<amount>{_NUMBER}) (?P<label>[^\d\s].*)"
    rf"|(?P<text>.*[^\d\s]) (?P<last>{_AMOUNT.pattern})"
)
_SENTENCE = re.compile(r"[。；！？]|，.{12,}")
_CODE = re.compile(r"\d{3,9}")
_PAGE = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*")
_LEAST = 2
_MOST_HEAD = 6
_MOST_BLANK = 2
_SLACK = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between blanks: from which place of its line to which."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it can be an amount."""
        return bool(_WHOLE.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as found.

    Attributes:
        rows: Its rows, the head first if it was told.
        heads: How many of them are head.
        above: How many lines above belong to it.
        end: Index after its last line.
        broken: Why its columns are not known, else empty.
    """

    rows: tuple[Row, ...]
    heads: int
    above: int
    end: int
    broken: str


Measure = Callable[[str], int]


def is_row(line: Line) -> bool:
    """Return whether a line holds an amount and a name, set apart by blanks."""
    if "\t" in line.raw or _SENTENCE.search(line.raw):
        return False
    pieces = list(_pieces(line.raw, len))
    amounts = sum(bool(_AMOUNT.fullmatch(piece.text)) for piece in pieces)
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
    columns = _columns(rows)
    if any(_crowded(row, columns) for row in rows):
        return None
    head = _head(before)
    titles = [list(_pieces(line.raw, measure)) for line in head if line.raw.strip()]
    grid = _Grid(columns, rows)
    table = [_row(grid.cells(row), line) for row, line in zip(rows, body, strict=True)]
    heading, broken = grid.heading(titles)
    named = [line for line in head if line.raw.strip()]
    heads = [_row(texts, line) for texts, line in zip(heading, named, strict=True)]
    return Listing((*heads, *table), len(heads), len(head), end, broken)


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


def _parts(text: str) -> list[str]:
    match = _TIGHT.fullmatch(text)
    if match is None:
        return text.split() if re.fullmatch(rf"{_NUMBER}(?: {_NUMBER})+", text) else [text]
    first, second = (group for group in match.groups() if group is not None)
    return [first, *_parts(second)]


def _edges(body: Sequence[Line], measure: Measure) -> set[int]:
    """Return the places where amounts end."""
    return {
        piece.end
        for line in body
        for piece in _pieces(line.raw, measure)
        if _AMOUNT.fullmatch(piece.text)
    }


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """Return from where to where the columns of amounts reach: amounts below each other overlap."""
    amounts = sorted(
        (piece.start, piece.end) for row in rows for piece in row if _AMOUNT.fullmatch(piece.text)
    )
    columns: list[tuple[int, int]] = []
    for start, end in amounts:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    return columns


def _at(piece: Piece, columns: Sequence[tuple[int, int]]) -> int | None:
    """Return the column of amounts that a number stands in, None if it stands in none."""
    held = [n for n, (start, end) in enumerate(columns) if piece.start < end and start < piece.end]
    return held[0] if len(held) == 1 and piece.is_number else None


def _crowded(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> bool:
    """Return whether two numbers of a row stand in one column: the columns do not line up."""
    taken = [at for piece in row if (at := _at(piece, columns)) is not None]
    return len(taken) != len(set(taken))


def _row(cells: Sequence[str], line: Line) -> Row:
    return tuple(Printed(text, line.number) for text in cells)


class _Grid:
    """The columns of a table: before each column of amounts, those of codes and names."""

    def __init__(self, columns: Sequence[tuple[int, int]], rows: Sequence[Sequence[Piece]]) -> None:
        self.columns = columns
        self.names: list[int] = []
        for zone in range(len(columns)):
            counts = [len(self._zone(row, zone)) for row in rows]
            coded = sum(self._is_coded(row, zone) for row in rows)
            self.names.append(0 if not any(counts) else 2 if coded else 1)

    def _zone(self, row: Sequence[Piece], zone: int) -> list[Piece]:
        """Return what stands between a column of amounts and the one before it."""
        low = self.columns[zone - 1][1] if zone else -1
        return [
            piece
            for piece in row
            if _at(piece, self.columns) is None
            and low <= piece.start
            and (piece.start < self.columns[zone][0] or piece.end <= self.columns[zone][0])
        ]

    def _is_coded(self, row: Sequence[Piece], zone: int) -> bool:
        texts = [piece.text for piece in self._zone(row, zone)]
        return len(texts) > 1 and bool(_CODE.fullmatch(texts[0]))

    def cells(self, row: Sequence[Piece]) -> list[str]:
        """Return the texts of a row in the table's columns, blank ones included."""
        found: list[str] = []
        for zone in range(len(self.columns)):
            texts = [piece.text for piece in self._zone(row, zone)]
            found += self._named(texts, self.names[zone])
            found += [piece.text for piece in row if _at(piece, self.columns) == zone] or [""]
        return found

    @staticmethod
    def _named(texts: Sequence[str], columns: int) -> list[str]:
        """Return code and name, or what stands for them."""
        if columns < 2:
            return ["".join(texts)] * columns
        coded = bool(texts) and bool(_CODE.fullmatch(texts[0]))
        return [texts[0], "".join(texts[1:])] if coded else ["", "".join(texts)]

    def heading(self, lines: Sequence[Sequence[Piece]]) -> tuple[list[list[str]], str]:
        """Return the rows of the head, and why what they cover cannot be told if it cannot."""
        if not lines:
            return [], "没有表头，列的含义无法确定"
        *upper, lowest = lines
        leaves = self._leaves(list(lowest))
        above = [self._over_sides([piece.text for piece in line]) for line in upper]
        rows = [row for row in above if row is not None]
        if leaves and len(rows) == len(upper):
            return [*rows, leaves], ""
        fault = "表头与列对不齐" if not upper else "表头有几层，用空格排版看不出各管哪几列"
        return [self._filled([piece.text for piece in line]) for line in lines], fault

    @property
    def width(self) -> int:
        """The number of columns."""
        return sum(self.names) + len(self.columns)

    def _over_sides(self, texts: Sequence[str]) -> list[str] | None:
        """Return a row above the lowest one whose texts stand over one side of the table each."""
        sides: list[int] = []
        at = 0
        for names in self.names:
            sides += [at] if names else []
            at += names + 1
        if len(texts) != len(sides) or len(sides) < _LEAST:
            return None
        told = dict(zip(sides, texts, strict=True))
        return [told.get(column, "") for column in range(self.width)]

    def _leaves(self, pieces: list[Piece]) -> list[str]:
        """Return the head of each column from the lowest row; empty if some have none."""
        if len(pieces) == self.width:
            return [piece.text for piece in pieces]
        heads: list[str] = []
        for names, (start, end) in zip(self.names, self.columns, strict=True):
            own = self._nearest(pieces, start, end)
            left = pieces[: pieces.index(own)] if own else []
            if own is None or len(left) > names:
                return []
            heads += [*[""] * (names - len(left)), *(piece.text for piece in left), own.text]
            del pieces[: len(left) + 1]
        return [] if pieces else heads

    def _filled(self, texts: Sequence[str]) -> list[str]:
        """Return the texts of a head that is not understood, in as many cells as a row has."""
        most = self.width - 1
        return [*texts[:most], "".join(texts[most:]), *[""] * self.width][: self.width]

    def _nearest(self, pieces: Sequence[Piece], start: int, end: int) -> Piece | None:
        """Return the head that stands above a column or next to it, None if none or several do."""
        for slack in (0, _SLACK):
            over = [p for p in pieces if p.start < end + slack and start - slack < p.end]
            if over:
                return over[0] if len(over) == 1 else None
        return None
