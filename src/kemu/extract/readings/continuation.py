"""Tables that go on: parts on later pages joined to the table that they belong to.

A part goes on where the head of the table before it is printed again under the same captions, or
where the numbers say so: together the parts close sums that neither closes alone, and fewer rows
are left in no sum. A part without any head goes on with a table whose codes or total it completes,
or whose sums do not close. Everything else stays a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kemu.extract.readings.parts import (
    closes,
    counts_on,
    ends,
    headless,
    is_whole,
    repeats,
    same_rows,
)
from kemu.model.document import Block, Cell, Document, Paragraph, Place, Table
from kemu.model.facts import Span
from kemu.read.blocks import captions
from kemu.read.blocks.normalise import cell as cell_text

AHEAD = 3
"""Parts after the first of which the last may be the one that closes the sums."""
_MOST_PAGES = 2
_GOES_ON = re.compile(r"[（(]?(?:续表?|接上表?)[一二三四五六七八九十\d]*[)）]?")
_PAGE = re.compile(r"[-—–·]*第?\d{1,4}页?[-—–·]*")


def joined(document: Document) -> tuple[Document, list[Span]]:
    """Return a document whose tables are whole; rows are counted on, cells keep their page.

    Also a span for each part: where it begins, and why it was joined.
    """
    blocks = list(document.blocks)
    found: list[Block] = []
    spans: list[Span] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not isinstance(block, Table):
            found.append(block)
            continue
        furniture: list[Block] = []
        while parts := _continuation(block, blocks, at):
            for part in parts:
                spans += _span(block, part)
                block = _joined(block, part.table)
                furniture += part.between
            at = parts[-1].end
        found += [block, *furniture]
    return replace(document, blocks=tuple(found)), spans


def open_ended(document: Document) -> frozenset[int]:
    """Return the ordinals of the tables behind which one without a title stands, not joined.

    Whether it goes on with the table is not known: its form may have been lost in reading.
    """
    blocks = document.blocks
    return frozenset(
        block.place.table or 0
        for at, block in enumerate(blocks, 1)
        if isinstance(block, Table) and _may_go_on(block, next(_following(blocks, at), None))
    )


def _may_go_on(table: Table, part: _Part | None) -> bool:
    if part is None or _sheet(part.table) != _sheet(table):
        return False
    first, last = _pages(part.table)[0], _pages(table)[1]
    if first and last and first != last + 1:
        return False
    printed = {_plain(line) for line in table.captions}
    lines = [*part.between, *part.table.captions]
    return all(_plain(line) in printed or _says_nothing(line) for line in lines)


def _span(table: Table, part: _Part) -> Iterator[Span]:
    place = Place(
        page=_pages(part.table)[0] or None,
        table=table.place.table,
        row=len(table.rows) + 1,
        column=1,
        address=part.table.place.address,
        source=table.place.source,
    )
    yield Span(f"{place.slug}/part", "continuation", place, "", part.why, table.place.slug)


@dataclass(frozen=True, slots=True)
class _Part:
    """A table that may go on with the one before.

    Attributes:
        table: As printed.
        between: What stands between.
        end: Index of the block after it.
        why: What says that it goes on: `head`, `total`, `sums`, `codes` or `columns`.
    """

    table: Table
    between: Sequence[Paragraph]
    end: int
    why: str = "sums"


def _continuation(table: Table, blocks: Sequence[Block], at: int) -> Sequence[_Part]:
    """Return the parts that go on with a table, none where none is known to."""
    parts: list[_Part] = []
    last = table
    for part in _following(blocks, at):
        if not _may_follow(table, last, part) or len(parts) == AHEAD:
            break
        if not parts and repeats(table, part.table):
            return [replace(part, why="head")]
        if not parts and ends(table, part.table):
            return [replace(part, why="total")]
        parts.append(part)
        last = part.table
        if closes(table, [p.table for p in parts]):
            return parts
    if parts and headless(table, parts[0].table):
        if counts_on(table.rows[-1], parts[0].table.rows[0]):
            return [replace(parts[0], why="codes")]
        if not is_whole(table):
            return [replace(parts[0], why="columns")]
    return ()


def _following(blocks: Sequence[Block], at: int) -> Iterator[_Part]:
    """Yield the tables that come next, as long as nothing but short lines is between."""
    between: list[Paragraph] = []
    for index in range(at, len(blocks)):
        block = blocks[index]
        if isinstance(block, Table):
            yield _Part(block, between, index + 1)
            between = []
        elif captions.is_short(block.content.text):
            between.append(block)
        else:
            return


def _may_follow(table: Table, last: Table, part: _Part) -> bool:
    """Tell whether place, width and the lines between allow a part to go on with a table."""
    new = part.table
    if new.width != table.width or new.broken or table.broken or not new.rows or not table.rows:
        return False
    if new.place.source != table.place.source or _sheet(new) != _sheet(table):
        return False
    first, before = _pages(new)[0], _pages(last)[1]
    if first and before and not before < first <= before + _MOST_PAGES:
        return False
    printed = {_plain(line) for line in table.captions}
    above = [*part.between, *new.captions]
    if any(captions.is_note(line.content.text) for line in table.captions) and not any(
        _plain(line) in printed for line in new.captions
    ):
        return False
    return all(_plain(line) in printed or _says_nothing(line) for line in above)


def _says_nothing(line: Paragraph) -> bool:
    """Tell whether a line names no other table: a page number, a note, the unit of money."""
    text = line.content.text
    return (
        captions.is_note(text)
        or captions.is_unit(text)
        or not _plain(line)
        or bool(_PAGE.fullmatch(text))
    )


def _plain(line: Paragraph) -> str:
    return _GOES_ON.sub("", line.content.text)


def _sheet(table: Table) -> str:
    return table.place.address.rpartition("!")[0]


def _pages(table: Table) -> tuple[int, int]:
    pages = [cell.place.page for row in table.rows for cell in row if cell.place.page] or [0]
    return min(pages), max(pages)


# Joining ----------------------------------------------------------------------------------


def _joined(table: Table, part: Table) -> Table:
    """Return a table with a part's rows below its own, without the head printed again."""
    rows = list(part.rows[same_rows(table, part) :])
    above = list(table.rows)
    if rows and _is_rest(rows[0], above[-1]):
        above[-1] = _with_rest(above[-1], rows.pop(0))
    number = table.place.table
    more = [
        tuple(
            replace(cell, place=replace(cell.place, table=number, row=len(above) + index))
            for cell in row
        )
        for index, row in enumerate(rows, 1)
    ]
    printed = {_plain(line) for line in table.captions}
    new = [line for line in part.captions if _plain(line) not in printed]
    count = len(table.captions)
    lines = [
        replace(line, place=_caption_place(line.place, number, count + index))
        for index, line in enumerate(new, 1)
    ]
    return replace(table, rows=(*above, *more), captions=(*table.captions, *lines))


def _caption_place(place: Place, table: int | None, column: int) -> Place:
    return replace(place, table=table, row=0, column=column, paragraph=None)


def _is_rest(row: Sequence[Cell], last: Sequence[Cell]) -> bool:
    """Tell whether a row is what is left of names that break off inside a bracket."""
    above = {cell.place.column: cell.text for cell in last}
    filled = [cell for cell in row if cell.text]
    return bool(filled) and all(
        "）" in cell.text
        and cell.text.find("）") < (cell.text + "（").find("（")
        and above.get(cell.place.column, "").rfind("（")
        > above.get(cell.place.column, "").rfind("）")
        for cell in filled
    )


def _with_rest(row: Sequence[Cell], rest: Sequence[Cell]) -> tuple[Cell, ...]:
    more = {cell.place.column: cell.content.raw.strip() for cell in rest if cell.text}
    return tuple(
        replace(cell, content=cell_text(f"{cell.content.raw}\n{more[cell.place.column]}"))
        if cell.place.column in more
        else cell
        for cell in row
    )
