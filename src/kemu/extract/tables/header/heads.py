"""The heads of columns: which cells of the header belong to which column, and their whole texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from kemu.classification import DEPT_ECONOMIC, GOV_ECONOMIC
from kemu.extract.tables import words
from kemu.extract.words.context import Context
from kemu.model import figures
from kemu.model.document import Cell, Table


def stacks(
    header: Sequence[Sequence[Cell | None]], body: Sequence[Sequence[Cell | None]], table: Table
) -> list[tuple[Cell, ...] | None]:
    """Return the header cells of every column, None where a column of the grid is none.

    Double rules and frames within cells leave columns in which nothing begins, and heads that
    stand in the middle of columns that no row of the body tells apart: those are one column.

    Args:
        header: The rows of the header.
        body: The rows below it that do not print the header again.
        table: The table.
    """
    each = [_stack([row[index] for row in header]) for index in range(table.width)]
    found: list[tuple[Cell, ...] | None] = list(each)
    for group in _groups(body, table.width):
        longest = max((each[index] for index in group), key=len)
        if all(set(map(id, each[index])) <= set(map(id, longest)) for index in group):
            found[group[0] : group[-1] + 1] = [longest, *[None] * (len(group) - 1)]
        if not any(_prints(index, table.grid) for index in group):
            found[group[0]] = None
    return found


def _groups(rows: Sequence[Sequence[Cell | None]], width: int) -> list[list[int]]:
    """Return the columns in runs that no row tells apart."""
    groups = [[0]]
    for index in range(1, width):
        if rows and all(row[index] is row[index - 1] for row in rows):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _prints(index: int, rows: Iterable[Sequence[Cell | None]]) -> bool:
    """Tell whether any text begins in a column."""
    cells = (row[index] for row in rows)
    return any(cell and cell.text and (cell.place.column or 0) - 1 == index for cell in cells)


def whole_texts(
    cells: tuple[Cell, ...], context: Context
) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """Return the levels of one column's header; lines of one text in cells of their own are one.

    A level spans the levels under it. Cells of the same width below each other are the lines of
    one text (政府 性基 金拨 款) where they say nothing alone and something together.
    """
    levels: list[Cell] = []
    path: list[str] = []
    for _, alike in groupby(cells, key=lambda cell: (cell.place.column, cell.colspan)):
        run = list(alike)
        lines = [cell.text for cell in run]
        firsts = range(len(run) - 1)
        first = next((f for f in firsts if _one_text(lines[f:], context)), len(run))
        levels += run[: first + 1]
        path += [*lines[:first], *filter(None, ["".join(lines[first:])])]
    return tuple(levels), tuple(path)


def _one_text(lines: Sequence[str], context: Context) -> bool:
    """Tell whether lines are one text: they make sense together, and not each by itself."""
    alone = [_makes_sense(line, context) for line in lines]
    return not all(alone) and (_makes_sense("".join(lines), context) or not any(alone))


def _makes_sense(text: str, context: Context) -> bool:
    if figures.is_total(text) or words.role(text):
        return True
    if len(text) > 1 and context.lexicon.read(plain(text)).understood:
        return True
    found = context.codes.resolve_name(text, context.year, (DEPT_ECONOMIC, GOV_ECONOMIC))
    return bool(found.code) and not found.differences


def _stack(cells: Sequence[Cell | None]) -> tuple[Cell, ...]:
    """Return the header cells of one column, top to bottom, spans and blanks once."""
    found: list[Cell] = []
    for cell in cells:
        if cell is not None and cell.text and (not found or found[-1] is not cell):
            found.append(cell)
    return tuple(found)


def plain(text: str) -> str:
    """Return a header text without its unit and total words."""
    text = re.sub(rf"[（(](?:单位[:：])?{figures.money()}[)）]", "", text)
    return "" if figures.is_total(text) else text
