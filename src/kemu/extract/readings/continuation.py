"""Tables that go on: parts on later pages joined to the table that they belong to.

A part goes on where the head of the table before it is printed again under the same captions, or
where the numbers say so: together the parts close sums that neither closes alone, and fewer rows
are left in no sum. Everything else stays a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kemu.extract.readings import nesting
from kemu.extract.words import numbers
from kemu.model.document import Block, Cell, Document, Paragraph, Place, Table
from kemu.model.facts import Span
from kemu.read.blocks import captions
from kemu.read.blocks.normalise import cell as cell_text

GAIN = 5.0
"""Bits that parts must be worth more together than apart."""
AHEAD = 3
"""Parts after the first of which the last may be the one that closes the sums."""
_MOST_ROWS = 1500
_MOST_PAGES = 2
_LEAST_HEAD = 3
_AMOUNT = re.compile(r"[-(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|0)\)?")
_BLANK = re.compile(r"[-—–/]*")
_NUMBER = re.compile(r"-?[\d,]*\d(?:\.\d+)?")
_TOTAL = re.compile(r"(?:本年)?(?:收入|支出|收支)?(?:合计|总计|共计|小计)数?")
_GOES_ON = re.compile(r"[（(]?(?:续表?|接上表?)[一二三四五六七八九十\d]*[)）]?")
_PAGE = re.compile(r"[-—–·]*第?\d{1,4}页?[-—–·]*")
_FORM = "绩效"


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
        why: What says that it goes on: `head`, `total` or `sums`.
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
        if not parts and _repeats(table, part.table):
            return [replace(part, why="head")]
        if not parts and _ends(table, part.table):
            return [replace(part, why="total")]
        parts.append(part)
        last = part.table
        if _closes(table, [p.table for p in parts]):
            return parts
    if parts and _headless(table, parts[0].table) and not _is_whole(table):
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


# The head ---------------------------------------------------------------------------------


def _repeats(table: Table, part: Table) -> bool:
    """Tell whether a part prints the whole head of a table again, and goes on below it."""
    height = _same_rows(table, part)
    below, ours = part.rows[height:], table.rows[height:]
    if not height or not below or not ours or not _has_amount(ours[0]):
        return False
    head = {text for row in part.rows[:height] for text in _texts(row)}
    titled = "".join(line.content.text for line in (*table.captions, *part.captions))
    return len(head) >= _LEAST_HEAD and _FORM not in titled and not _begins(below[0], ours)


def _ends(table: Table, part: Table) -> bool:
    """Tell whether a part without a head ends with the total that a table lacks.

    Overviews end so: their total repeats the row above it, which closes no sum.
    """
    totals = {text for text in _texts(part.rows[-1]) if _TOTAL.fullmatch(text)}
    printed = {text for row in table.rows for text in _texts(row)}
    return bool(totals) and not totals & printed and _headless(table, part)


def _headless(table: Table, part: Table) -> bool:
    """Tell whether a part has amounts wherever a table has them, from its first row on."""
    ours, theirs = _kinds(table), _kinds(part, head=0)
    return all(
        not theirs[column] or theirs[column] == ours[column] or not ours[column]
        for column in range(table.width)
    ) and not _is_total(part.rows[0])


def _kinds(table: Table, head: int | None = None) -> list[str]:
    """Return per column what stands in it below the head: amounts, words, both or nothing."""
    first = head if head is not None else _height(table)
    kinds = []
    for column in range(table.width):
        texts = [c.text for row in table.grid[first:] if (c := row[column]) is not None]
        amounts = [bool(_AMOUNT.fullmatch(text)) for text in texts if not _BLANK.fullmatch(text)]
        kinds.append("".join(sorted({"amount" if amount else "words" for amount in amounts})))
    return kinds


def _height(table: Table) -> int:
    """Return the index of the first row with an amount."""
    return next((i for i, row in enumerate(table.rows) if _has_amount(row)), len(table.rows))


def _begins(row: Sequence[Cell], others: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a row begins a table of its own: a total, as the first one of the others."""
    return _is_total(row) or (_texts(row) == _texts(others[0]))


def _same_rows(table: Table, part: Table) -> int:
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
    return any(_AMOUNT.fullmatch(cell.text) for cell in row)


def _is_total(row: Sequence[Cell]) -> bool:
    return any(_TOTAL.fullmatch(text) for text in _texts(row))


# The numbers ------------------------------------------------------------------------------


def _closes(table: Table, parts: Sequence[Table]) -> bool:
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


def _is_whole(table: Table) -> bool:
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
    same = 0 if part is table else _same_rows(table, part)
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
    numbered = [text for text in texts if _NUMBER.fullmatch(text)]
    amounts = sum(bool(_AMOUNT.fullmatch(text)) for text in numbered)
    return amounts * 2 > len(numbered) and len(numbered) * 2 > len(texts)


def _number(cell: Cell | None) -> tuple[Decimal, Decimal] | None:
    if cell is None or not _NUMBER.fullmatch(cell.text):
        return None
    digits = len(cell.text.partition(".")[2])
    return numbers.decimal(cell.text), numbers.half_step(digits, Decimal(1))


# Joining ----------------------------------------------------------------------------------


def _joined(table: Table, part: Table) -> Table:
    """Return a table with a part's rows below its own, without the head printed again."""
    rows = list(part.rows[_same_rows(table, part) :])
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
