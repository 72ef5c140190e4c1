"""Which recognised amounts the table's own arithmetic confirms.

An amount is confirmed where it takes part in a sum that closes in its row or its column, or
where its row prints it twice and two models read it alike. The others get a mark that keeps them
from being read as numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.model import figures
from kemu.read.blocks.normalise import cell as cell_text
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.grid import Fragment, RawCell

DOUBT = "〔待核〕"
# Digits with marks that make no number: 1.511.89, 2 932,700.
_BROKEN = re.compile(r"(?=.*\d)(?=.*[., ])[\d., %-]+")

Place = tuple[int, int]


def with_doubts(fragment: Fragment, agreed: Collection[Box]) -> Fragment:
    """Return a recognised table part with its unconfirmed amounts marked.

    Args:
        fragment: The part.
        agreed: The cells that two models read alike.
    """
    texts = {
        (cell.row, cell.column): cell_text(cell.raw).text for row in fragment.rows for cell in row
    }
    # In a column of amounts a bare integer is an amount, too, perhaps without its point.
    columns = {column for (_, column), text in texts.items() if figures.is_amount(text)}
    amounts = {
        place: Decimal(printed.replace(",", ""))
        for place, text in texts.items()
        if place[1] in columns and (printed := figures.signed(text)) is not None
    }
    alike = {(c.row, c.column) for row in fragment.rows for c in row if c.box in agreed}
    sure = _confirmed(amounts, alike)
    doubtful = {
        place
        for place, text in texts.items()
        if place not in sure and (place in amounts or _BROKEN.fullmatch(text))
    }
    rows = tuple(tuple(_marked(cell, doubtful) for cell in row) for row in fragment.rows)
    return replace(fragment, rows=rows)


def _marked(cell: RawCell, doubtful: Collection[Place]) -> RawCell:
    if (cell.row, cell.column) not in doubtful:
        return cell
    return replace(cell, raw=f"{cell.raw}{DOUBT}")


def _confirmed(amounts: dict[Place, Decimal], alike: Collection[Place]) -> set[Place]:
    sure: set[Place] = set()
    for axis in (0, 1):
        lines: dict[int, list[Place]] = {}
        for place in sorted(amounts):
            lines.setdefault(place[axis], []).append(place)
        for line in lines.values():
            sure |= _closing(line, amounts)
            if axis == 0:
                sure |= _twice([place for place in line if place in alike], amounts)
    return sure | {place for place in alike if amounts.get(place) == 0}


def _closing(line: Sequence[Place], amounts: dict[Place, Decimal]) -> set[Place]:
    """Return the amounts of a row or column that a sum of neighbours confirms.

    A total stands before or after its parts: 合计 first, or last in the line.
    """
    sure: set[Place] = set()
    for at, total in enumerate(line):
        for parts in (line[at + 1 :], list(reversed(line[:at]))):
            sure |= _run(total, parts, amounts)
    return sure


def _twice(line: Sequence[Place], amounts: dict[Place, Decimal]) -> set[Place]:
    """Return the amounts that a row prints more than once."""
    times = Counter(amounts[place] for place in line if place in amounts)
    return {place for place in line if times[amounts[place]] > 1}


def _run(total: Place, parts: Sequence[Place], amounts: dict[Place, Decimal]) -> set[Place]:
    """Return a total with the parts next to it that add up to it, none if they do not."""
    left = amounts[total]
    if left <= 0:
        return set()
    for count, part in enumerate(parts, 1):
        left -= amounts[part]
        if left == 0 and count > 1:
            return {total, *parts[:count]}
        if left < 0:
            break
    return set()
