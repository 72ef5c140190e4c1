"""Merged header cells, told from how many cells each row has.

A text dump prints a merged cell once: a horizontal merge leaves its row short, a vertical one
leaves an empty cell below. A header is complete at its first row with a cell for every column;
going up from there, the cells of each row are laid over the cells below so that a cell either
continues into one empty cell below or stands over cells that all say something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kemu.model import figures


@dataclass(frozen=True, slots=True)
class Spanned:
    """One cell: its place among the cells printed in its row, its first column, its extent.

    `index` and `column` count from 0.
    """

    text: str
    index: int
    column: int
    colspan: int
    rowspan: int = 1


def headers(rows: Sequence[Sequence[str]], values: str) -> tuple[list[list[Spanned]], bool]:
    """Return the cells of header rows with their spans, and whether there was only one solution.

    Args:
        rows: Texts of the header rows from the top; the last one has a cell for every column.
        values: For each column `V` if it holds values below the header, else `L` for labels.
    """
    width = len(values)
    below = _full(rows[-1])
    laid, sure = [below], True
    for row in reversed(rows[:-1]):
        if len(row) > len(below):
            below = _full(row) if len(row) == width else _left(row, width)
            sure = sure and len(row) == width
        else:
            below, only = _lay(tuple(row), below, values)
            sure = sure and only
        laid.insert(0, below)
    return _merge_down(laid), sure


def _full(row: Sequence[str]) -> list[Spanned]:
    return [Spanned(text, column, column, 1) for column, text in enumerate(row)]


def _left(row: Sequence[str], width: int) -> list[Spanned]:
    """Return cells set side by side, the last one taking what is left."""
    cells = _full(row)
    last = cells[-1]
    return [*cells[:-1], replace(last, colspan=width - last.column)]


def _lay(row: tuple[str, ...], below: list[Spanned], values: str) -> tuple[list[Spanned], bool]:
    """Return a row laid over the row below at the least cost, and whether no other does as well."""
    texts = [cell.text for cell in below]

    def cost_of(cell: int, start: int, size: int) -> float:
        group = texts[start : start + size]
        cost = _cost(row[cell], group) + _word_cost(row[cell], row, group)
        # 收入 | 支出 over 项目 预算数 | 项目 预算数 …: blocks start with the same label.
        again = group[0] and group[0] in texts[:start] and values[below[start].column] == "L"
        return cost - (0.5 if again and row[cell] and size > 1 else 0.0)

    @cache
    def best(cell: int, start: int) -> tuple[float, int, tuple[int, ...]]:
        """Return cost, number of ways and group sizes for the cells from `cell` on."""
        if cell == len(row) - 1:
            size = len(below) - start
            return (cost_of(cell, start, size), 1, (size,))
        found: tuple[float, int, tuple[int, ...]] = (float("inf"), 0, ())
        for size in range(1, len(below) - start - (len(row) - cell - 1) + 1):
            cost, ways, rest = best(cell + 1, start + size)
            edge = below[start + size].column
            cost += cost_of(cell, start, size) + _edge_cost(values, edge)
            cost = round(cost, 3)
            if cost < found[0]:
                found = (cost, ways, (size, *rest))
            elif cost == found[0]:
                found = (cost, found[1] + ways, found[2])
        return found

    _, ways, sizes = best(0, 0)
    laid, at = [], 0
    for index, (text, size) in enumerate(zip(row, sizes, strict=True)):
        group = below[at : at + size]
        laid.append(Spanned(text, index, group[0].column, sum(cell.colspan for cell in group)))
        at += size
    return laid, ways == 1


def _cost(text: str, group: Sequence[str]) -> float:
    """Return how badly a cell fits over a group of cells below; 0 is a plain merge."""
    empty = sum(not item for item in group)
    if len(group) == 1:
        return 0.0 if empty else 1.0
    # An empty cell goes on with the one above it, and that one may be divided below.
    cost = 2.0 * empty if text else 0.3 + 3.0 * empty
    named = [item for item in group if item]
    return cost + 0.5 * (len(named) - len(set(named)))


def _word_cost(text: str, row: Sequence[str], group: Sequence[str]) -> float:
    """Return a little for words at odds with a cell over a group; it decides between equals.

    A subtotal is the first of its group, and 支出功能分类科目 stands under 支出, not under 收入.
    """
    late = sum(map(figures.is_total, group[1:]))
    others = [other for other in row if len(other) > 1 and other != text]
    foreign = sum(text not in item and any(other in item for other in others) for item in group)
    named = len(group) > 1 and len(text) > 1 and text in group[0]
    return 0.1 * (late + foreign) - (0.05 if named else 0.0)


def _edge_cost(values: str, column: int) -> float:
    """Return a little for two header cells that part columns where no block begins.

    A block begins with labels: after values, or else where labels end and values begin.
    """
    kinds = values[column - 1 : column + 1]
    return {"VL": 0.0, "LV": 0.1}.get(kinds, 0.2)


def _merge_down(rows: list[list[Spanned]]) -> list[list[Spanned]]:
    """Return the rows with each cell extended over the empty cells exactly below it."""
    gone: set[tuple[int, int]] = set()
    merged: list[list[Spanned]] = []
    for index, row in enumerate(rows):
        kept = []
        for cell in row:
            if (index, cell.column) in gone:
                continue
            below = index + 1
            while cell.text and below < len(rows) and _continues(cell, rows[below]):
                gone.add((below, cell.column))
                below += 1
            kept.append(replace(cell, rowspan=below - index))
        merged.append(kept)
    return merged


def _continues(cell: Spanned, row: list[Spanned]) -> bool:
    return any(
        (other.column, other.colspan) == (cell.column, cell.colspan) and not other.text
        for other in row
    )


def padded(rows: Sequence[Sequence[str]]) -> list[list[Spanned]]:
    """Return the cells of header rows in which a merged cell is followed by blank ones.

    A cell covers the blanks to its right that have something below them in the header, and the
    blanks below it.
    """
    laid: list[list[Spanned]] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            if (number, column) in taken:
                continue
            end = column + 1
            while text and end < len(row) and not row[end] and _stands(rows, number, end, taken):
                end += 1
            below = number + 1
            while text and below < len(rows) and not any(rows[below][column:end]):
                below += 1
            covered = ((r, c) for r in range(number, below) for c in range(column, end))
            taken.update(covered if text else ())
            cells.append(Spanned(text, column, column, end - column, below - number))
        laid.append(cells)
    return laid


def _stands(
    rows: Sequence[Sequence[str]], number: int, column: int, taken: set[tuple[int, int]]
) -> bool:
    """Return whether a blank header cell has something below it and is nobody's yet."""
    return (number, column) not in taken and any(row[column] for row in rows[number + 1 :])
