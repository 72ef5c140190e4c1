"""The list of tables that a document prints before them: as lines, or as a table of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kemu.extract.document.contents import is_entry
from kemu.extract.tables import words
from kemu.extract.words.numbering import numbering
from kemu.model import figures
from kemu.model.document import Cell, Document, Place, Table, Text
from kemu.read.blocks import captions

_LEAST = 3
"""So many entries make a list."""
_LEADER = re.compile(r"[.…·．\s]{2,}\d*$|(?<=[表）])\d{1,3}$")
_NUMBER = re.compile(
    r"^(?:附?(?:公开)?表[\d一二三四五六七八九十]+(?:[-—]\d+)?[.、．：:]?|\d{1,2}[.、．：:])"
)
_COVER = re.compile(r"^第[一二三四五六七八九十]+部[分份]|说明$|目录")
_EMPTY = re.compile(
    r"(?:19|20)\d\d年?度?|部门|单位|综合|预算|决算|公开|报表|附表|情况|[及和一-龥]{2,}[局委厅办院]"
)
_FORM = "绩效"


@dataclass(frozen=True, slots=True)
class Entry:
    """A table as the list names it."""

    title: str
    number: str
    text: Text
    place: Place


def entries(document: Document) -> tuple[list[Entry], int]:
    """Return the longest list of tables before the first of them, and the index after it."""
    best: tuple[list[Entry], int] = ([], 0)
    run: list[Entry] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            found = _in_table(block)
            if len(found) >= _LEAST:
                return found, index + 1
            if any(figures.is_amount(cell.text) for row in block.rows for cell in row):
                break
            run = []
        elif (entry := _entry(block.content, block.place)) is not None:
            run = [*run, entry]
            if len(run) > len(best[0]):
                best = (run, index + 1)
        elif not (captions.is_short(block.content.text) or is_entry(block.content.text)):
            run = []
    return best if len(best[0]) >= _LEAST else ([], 0)


def _in_table(table: Table) -> list[Entry]:
    """Return the entries of a list that is printed as a table."""
    columns = [
        [_row_entry(row, index) for row in table.grid if row[index] is not None]
        for index in range(table.width)
    ]
    found = max(
        ([entry for entry in column if entry is not None] for column in columns),
        key=len,
        default=[],
    )
    return found if len(found) * 2 > len(table.rows) else []


def _row_entry(row: Sequence[Cell | None], index: int) -> Entry | None:
    cell = row[index]
    entry = _entry(cell.content, cell.place) if cell is not None else None
    if entry is None or entry.number:
        return entry
    before = next((c.text for c in row[:index] if c is not None and c.text), "")
    number = digits(words.printed_number(before)[0] or before)
    return replace(entry, number=number)


def _entry(text: Text, place: Place) -> Entry | None:
    """Return the entry that a line is, None for covers, notes and explanations."""
    plain = _LEADER.sub("", text.text)
    number, title = words.printed_number(plain)
    numbered = numbering(title)
    title = title[len(numbered[0]) :] if numbered else title
    title = _NUMBER.sub("", title)
    if is_cover(title) or not captions.is_table_title(title) or _FORM in title:
        return None
    return Entry(title, digits(number), text, place)


def is_cover(title: str) -> bool:
    """Return whether a title is that of all tables together, or of a part of the document."""
    return bool(_COVER.search(title)) or not re.sub(r"表$", "", _EMPTY.sub("", title))


def digits(number: str) -> str:
    """Return the number of a table without the words about it: 公开03表 is 3."""
    found = re.search(r"[\d一二三四五六七八九十]+(?:[-—－]\d+)*", number)
    return found[0].lstrip("0") if found else ""
