"""What says that a part goes on with a table: its head, its columns, its codes, its sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kemu.extract.readings import nesting
from kemu.extract.words import numbers
from kemu.model import figures
from kemu.model.document import Cell, Table

GAIN = 5.0
"""Bits that parts must be worth more together than apart."""
_MOST_ROWS = 1500
_LEAST_HEAD = 3
_MOST_DIGITS = 3
_BLANK = re.compile(r"[-—–/]*")
_FORM = "绩效"


def repeats(table: Table, part: Table) -> bool:
    """Tell whether a part prints the whole head of a table again, and goes on below it."""
    height = same_rows(table, part)
    below, ours = part.rows[height:], table.rows[height:]
    if not height or not below or not ours or not _has_amount(ours[0]):
        return False
    head = {text for row in part.rows[:height] for text in _texts(row)}
    titled = "".join(line.content.text for line in (*table.captions, *part.captions))
    return len(head) >= _LEAST_HEAD and _FORM not in titled and not _begins(below[0], ours)


def ends(table: Table, part: Table) -> bool:
    """Tell whether a part without a head ends with the total that a table lacks.

    Overviews end so: their total repeats the row above it, which closes no sum.
    """
    totals = {text for text in _texts(part.rows[-1]) if figures.names_total(text)}
    printed = {text for row in table.rows for text in _texts(row)}
    return bool(totals) and not totals & printed and headless(table, part)


def headless(table: Table, part: Table) -> bool:
    """Tell whether a part has amounts wherever a table has them, from its first row on."""
    ours, theirs = _kinds(table), _kinds(part, head=0)
    return all(
        not theirs[column] or theirs[column] == ours[column] or not ours[column]
        for column in range(table.width)
    ) and not _is_total(part.rows[0])


def counts_on(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Tell whether a row is the next of another: the number after it, or a code below its code."""
    ours, theirs = _digits(last), _digits(first)
    if not ours or not theirs:
        return False
    counted = len(ours[0]) <= _MOST_DIGITS and int(theirs[0]) == int(ours[0]) + 1
    below = "".join(theirs).startswith("".join(ours)) and "".join(ours) != "".join(theirs)
    return (counted and ours[0] != "0") or (below and len("".join(ours)) > _MOST_DIGITS - 1)


def _digits(row: Sequence[Cell]) -> list[str]:
    """Return the integers that stand before a row's name."""
    found = []
    for cell in row:
        if cell.text and not cell.text.isdecimal():
            break
        found += [cell.text] if cell.text else []
    return found


def _kinds(table: Table, head: int | None = None) -> list[str]:
    """Return per column what stands in it below the head: amounts, words, both or nothing."""
    first = head if head is not None else _height(table)
    kinds = []
    for column in range(table.width):
        texts = [c.text for row in table.grid[first:] if (c := row[column]) is not None]
        amounts = [
            figures.is_amount(text, zero=True) for text in texts if not _BLANK.fullmatch(text)
        ]
        kinds.append("".join(sorted({"amount" if amount else "words" for amount in amounts})))
    return kinds


def _height(table: Table) -> int:
    """Return the index of the first row with an amount."""
    return next((i for i, row in enumerate(table.rows) if _has_amount(row)), len(table.rows))


def _begins(row: Sequence[Cell], others: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a row begins a table of its own: a total, as the first one of the others."""
    return _is_total(row) or (_texts(row) == _texts(others[0]))


def same_rows(table: Table, part: Table) -> int:
    """Return how many rows at the top of a part are those of a table's head."""
    same = 0
    for ours, theirs in zip(table.rows, part.rows, strict=False):
        if _has_amount(theirs) or _texts(ours) != _texts(theirs) or not any(_texts(ours)):
            break
        same += 1
    return same


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _has_amount(row: Sequence[Cell]) -> bool:
    return any(figures.is_amount(cell.text, zero=True) for cell in row)


def _is_total(row: Sequence[Cell]) -> bool:
    return any(map(figures.names_total, _texts(row)))


# The numbers ------------------------------------------------------------------------------


def closes(table: Table, parts: Sequence[Table]) -> bool:
    """Tell whether the numbers of a table and its parts bear each other out."""
    bodies = [_body(table, table), *(_body(table, part) for part in parts)]
    if sum(map(len, bodies)) > _MOST_ROWS or not all(bodies):
        return False
    columns = [c for c in range(table.width) if _is_amounts([r[c] for b in bodies for r in b])]
    rows = [[tuple(_number(row[c]) for c in columns) for row in body] for body in bodies]
    if not columns:
        return False
    lines = nesting.numbers([row for body in rows for row in body])
    cuts, at = [], 0
    for body in rows:
        cuts.append(lines[at : at + len(body)])
        at += len(body)
    apart = [_best(cut) for cut in cuts]
    together = _best(lines)
    gain = together.bits - sum(one.bits for one in apart)
    return gain >= GAIN and _open(together, lines) < sum(
        _open(one, cut) for one, cut in zip(apart, cuts, strict=True)
    )


def is_whole(table: Table) -> bool:
    """Tell whether the sums of a table close, so that nothing is missing."""
    body = table.grid[_height(table) :]
    columns = [c for c in range(table.width) if _is_amounts([row[c] for row in body])]
    lines = nesting.numbers([[_number(row[c]) for c in columns] for row in body])
    if not columns or len(lines) > _MOST_ROWS:
        return True
    found = _best(lines)
    return found.sums > 0 and _open(found, lines) <= 1


def _body(table: Table, part: Table) -> list[tuple[Cell | None, ...]]:
    """Return a part's rows below the head that it prints again."""
    same = 0 if part is table else same_rows(table, part)
    return [row for row in part.grid[same:] if any(cell and cell.text for cell in row)]


def _best(lines: Sequence[nesting.Row]) -> nesting.Nesting:
    return max(nesting.nesting(lines), nesting.below(lines), key=lambda found: found.bits)


def _open(found: nesting.Nesting, lines: Sequence[nesting.Row]) -> int:
    """Return how many rows that hold an amount are part of no sum."""
    filled = [any(cell and cell.value for cell in line) for line in lines]
    return sum(one and above is None for one, above in zip(filled, found.parent, strict=True))


def _is_amounts(cells: Sequence[Cell | None]) -> bool:
    """Tell whether a column holds amounts, not codes or counted rows."""
    texts = [cell.text for cell in cells if cell and cell.text]
    numbered = [text for text in texts if figures.is_number(text)]
    amounts = sum(figures.is_amount(text, zero=True) for text in numbered)
    return amounts * 2 > len(numbered) and len(numbered) * 2 > len(texts)


def _number(cell: Cell | None) -> tuple[Decimal, Decimal] | None:
    printed = figures.signed(cell.text) if cell is not None else None
    if printed is None:
        return None
    digits = len(printed.partition(".")[2])
    return numbers.decimal(printed), numbers.half_step(digits, Decimal(1))
