"""The columns of a table set with blanks: where they are, what stands in them, what heads them.

A head of three lines is told where the middle one holds the cells that reach over both rows: what
stands lowest is divided, and a single text above a run of such columns covers the run; as many
texts as columns are the first halves of what is broken into two lines. Other heads of several
lines leave open what they cover.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.model import figures

_CODE = re.compile(r"\d{3,9}")
_LEAST = 2
_LAYERS = 3
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
        return figures.is_number(self.text)


def columns_of(rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """Return from where to where the columns of amounts reach: amounts below each other overlap."""
    amounts = sorted(
        (piece.start, piece.end) for row in rows for piece in row if figures.is_amount(piece.text)
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


def crowded(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> bool:
    """Return whether two numbers of a row stand in one column: the columns do not line up."""
    taken = [at for piece in row if (at := _at(piece, columns)) is not None]
    return len(taken) != len(set(taken))


class Grid:
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
        layered = self._layered(lines)
        if layered:
            return layered, ""
        fault = "表头与列对不齐" if not upper else "表头有几层，用空格排版看不出各管哪几列"
        return [self._filled([piece.text for piece in line]) for line in lines], fault

    def _layered(self, lines: Sequence[Sequence[Piece]]) -> list[list[str]]:
        """Return a head of three lines as its rows, empty where it leaves open what it covers."""
        names = self.names[0]
        if len(lines) != _LAYERS or any(self.names[1:]):
            return []
        left = self.columns[0][0]
        over = [[p for p in line if p.end > left - _SLACK] for line in lines]
        named = [p.text for line in lines[1:] for p in line if p.end <= left - _SLACK]
        middle, lowest = (self._stand(line) for line in over[1:])
        if middle is None or lowest is None or middle.keys() & lowest.keys() or not middle:
            return []
        told = len(middle) + len(lowest) == len(self.columns) and len(named) == names
        tops = self._tops(over[0], sorted(lowest)) if told else None
        if tops is None:
            return []
        covers, halves = tops
        below = {at: halves.get(at, "") + text for at, text in lowest.items()}
        upper = {at: text for at, text in below.items() if at in halves} | middle | covers
        rest = {at: text for at, text in below.items() if at not in halves}
        return [
            [*texts, *(row.get(at, "") for at in range(len(self.columns)))]
            for texts, row in ((named, upper), ([""] * names, rest))
        ]

    def _stand(self, pieces: Sequence[Piece]) -> dict[int, str] | None:
        """Return the text above each column, None if one stands above none or several do."""
        found: dict[int, str] = {}
        for at, (start, end) in enumerate(self.columns):
            own = [piece for piece in pieces if piece.start < end and start < piece.end]
            if len(own) > 1:
                return None
            if own:
                found[at] = own[0].text
        return found if len(found) == len(pieces) else None

    def _tops(
        self, pieces: Sequence[Piece], divided: Sequence[int]
    ) -> tuple[dict[int, str], dict[int, str]] | None:
        """Return what covers each run of divided columns, and what is the first half of a head."""
        covers: dict[int, str] = {}
        halves: dict[int, str] = {}
        used = 0
        for run in _runs(divided):
            start, end = self.columns[run[0]][0] - _SLACK, self.columns[run[-1]][1] + _SLACK
            own = [piece for piece in pieces if start <= (piece.start + piece.end) / 2 <= end]
            used += len(own)
            if len(own) == len(run):
                halves |= dict(zip(run, (piece.text for piece in own), strict=True))
            elif len(own) == 1:
                covers[run[0]] = own[0].text
            else:
                return None
        return (covers, halves) if used == len(pieces) else None

    @property
    def amounts(self) -> tuple[int, ...]:
        """The columns of amounts, from 0."""
        return tuple(sum(self.names[: at + 1]) + at for at in range(len(self.columns)))

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


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return numbers in order as runs of consecutive ones."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
