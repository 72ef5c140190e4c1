"""Tables in text with a row on each line and tabs or bars between the cells.

That is what pasting from a spreadsheet or a word processor leaves. Every row has all its
cells; those that a merged one covers are blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kemu.model import figures
from kemu.read.blocks.lines import Line
from kemu.read.text.dump import Printed, Row, begins_table

_BAR = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:+-]+$")
_LEAST = 3


def is_row(line: Line) -> bool:
    """Return whether a line holds cells."""
    return "\t" in line.raw.strip() or bool(_BAR.match(line.raw))


def end_of(lines: Sequence[Line], start: int) -> int:
    """Return the index after the table whose first row is `lines[start]`, 0 if it is none."""
    at = start
    while at < len(lines):
        goes_on = at + 1 < len(lines) and _goes_on(lines[at + 1])
        if not _in_table(lines[at]) and not (lines[at].blank and goes_on):
            break
        at += 1
    rows = rows_of(lines[start:at])
    wide = sum(sum(bool(item.raw.strip()) for item in row) > 1 for row in rows)
    amounts = any(figures.is_amount(item.raw.strip()) for row in rows for item in row)
    return at if wide >= _LEAST and amounts else 0


def _goes_on(line: Line) -> bool:
    """Return whether a line below a blank one is a row of the same table."""
    return _in_table(line) and not begins_table(tuple(Printed(c, 0) for c in _cells(line.raw)))


def _in_table(line: Line) -> bool:
    return is_row(line) or ("\t" in line.raw and bool(line.raw.strip()))


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the rows, all with as many cells as the longest."""
    split = [
        (line.number, _cells(line.raw))
        for line in lines
        if not line.blank and not _RULE.match(line.raw)
    ]
    width = max((len(cells) for _, cells in split), default=0)
    return [
        tuple(Printed(raw, number) for raw in [*cells, *[""] * (width - len(cells))])
        for number, cells in split
    ]


def _cells(raw: str) -> list[str]:
    if _BAR.match(raw):
        return raw.strip().strip("|").split("|")
    return raw.split("\t")
