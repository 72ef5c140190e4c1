"""Cells with spans, as a file stores them, to a table as it is meant.

Word, Excel and web pages all store more than the table: its title and unit as merged rows, grid
columns that exist only because a border is a millimetre off, blank rows and margins. What is left
after taking those out is what a person would call the table, the same in every format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kemu.model.document import Cell, Paragraph, Place, Table
from kemu.read.blocks import captions as caption
from kemu.read.blocks.normalise import cell as cell_text
from kemu.read.blocks.normalise import content

# Most cells of a table are blank, and numbers recur.
compared = lru_cache(maxsize=8192)(cell_text)
MAX_SPAN = 1000
"""Rows or columns that one cell may cover; more is a writing error."""
MAX_BLANKS = 1_000_000
"""Empty cells that are added to one table."""
Address = Callable[[int, int], str]
_NUMBER = re.compile(r"[-+(]?[\d,]*\d(?:\.\d+)?[)%]?")


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell as stored. Rows and columns count from 0.

    Attributes:
        raw: Its text.
        row: First row.
        column: First column.
        rowspan: Rows covered.
        colspan: Columns covered.
        address: Its place in the file's own terms.
        numeric: Stored as a number, not as text.
    """

    raw: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    address: str = ""
    numeric: bool = False

    @property
    def text(self) -> str:
        """The text as compared."""
        return compared(self.raw).text


def table(
    cells: Iterable[Printed],
    ordinal: int,
    paragraph: int,
    *,
    address: str = "",
    above: Sequence[Paragraph] = (),
    drop_blank: bool = False,
    blank: Address | None = None,
    broken: str = "",
) -> Table | None:
    """Return the table that cells make, None if they hold no more than titles and notes.

    Args:
        cells: As stored; they do not overlap.
        ordinal: Number of the table in the document.
        paragraph: Number of the block in the document.
        address: Of the table, in the file's own terms.
        above: Paragraphs directly above that belong to the table.
        drop_blank: Whether columns that print nothing at all are taken out.
        blank: Address of an empty cell by row and column, for formats that store none.
        broken: Why the table is incomplete, if it is.
    """
    rows = _rows(cells)
    width = max((cell.column + cell.colspan for row in rows for cell in row), default=0)
    top, rows = _captions(rows, width)
    notes, rows = _notes(rows)
    kept = _compact(rows, drop_blank=drop_blank, blank=blank)
    if not kept:
        return None
    printed = [(item, place) for place, item in enumerate((*top, *notes), 1)]
    return Table(
        place=Place(table=ordinal, paragraph=paragraph, address=address),
        rows=tuple(tuple(_cell(cell, ordinal) for cell in row) for row in kept),
        width=max((cell.column + cell.colspan for row in kept for cell in row), default=0),
        captions=(*above, *(_caption(item, ordinal, place) for item, place in printed)),
        broken=broken,
    )


def is_layout(cells: Sequence[Printed], nested: bool) -> bool:
    """Return whether a table only lays out the page: its cells are to be read as paragraphs."""
    filled = [cell for cell in cells if cell.text]
    if len({cell.column for cell in cells}) <= 1:
        return True
    if nested:
        return len(filled) <= 8 or not any(_NUMBER.fullmatch(cell.text) for cell in filled)
    return len(filled) <= 4 and any(len(cell.text) > 200 for cell in filled)


def _rows(cells: Iterable[Printed]) -> list[list[Printed]]:
    """Return the cells by row, spans cut to what there is."""
    every = sorted(cells, key=lambda cell: (cell.row, cell.column))
    if not every:
        return []
    height = max(cell.row for cell in every) + 1
    rows: list[list[Printed]] = [[] for _ in range(height)]
    for cell in every:
        rowspan = min(max(cell.rowspan, 1), height - cell.row, MAX_SPAN)
        colspan = min(max(cell.colspan, 1), MAX_SPAN)
        rows[cell.row].append(replace(cell, rowspan=rowspan, colspan=colspan))
    return rows


def _captions(rows: list[list[Printed]], width: int) -> tuple[list[Printed], list[list[Printed]]]:
    """Return the cells of the caption rows at the top, and the rows below them."""
    captions: list[Printed] = []
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell.text]
        if filled and not _is_caption(filled, width, rows[index + 1 :]):
            return captions, rows[index:]
        captions += filled
    return captions, []


def _is_caption(filled: Sequence[Printed], width: int, below: Sequence[Sequence[Printed]]) -> bool:
    """Return whether a row at the top only holds a title, the unit, the department or a date."""
    if all(caption.is_head(cell.text) for cell in filled):
        return True
    # What stands right above amounts heads their columns.
    under = next((row for row in below if any(cell.text for cell in row)), [])
    numbers = any(_NUMBER.fullmatch(cell.text) for cell in under)
    if caption.are_head([cell.text for cell in filled]) and under and not numbers:
        return True
    rest = [cell for cell in filled if not caption.is_head(cell.text)]
    if len(rest) > 1 or _NUMBER.fullmatch(rest[0].text):
        return False
    if caption.is_title(rest[0].text):
        return True
    # One text alone in its row is no column head, unless it covers some of the columns.
    return len(filled) == 1 and rest[0].colspan in (1, width) and width > 1


def _notes(rows: list[list[Printed]]) -> tuple[list[Printed], list[list[Printed]]]:
    """Return the notes printed as the last rows, and the rows above them."""
    notes: list[Printed] = []
    last = len(rows)
    while last:
        filled = [cell for cell in rows[last - 1] if cell.text]
        if filled and not (len(filled) == 1 and caption.is_note(filled[0].text)):
            break
        notes[:0] = filled
        last -= 1
    return notes, rows[:last]


def _compact(
    rows: list[list[Printed]], *, drop_blank: bool, blank: Address | None
) -> list[list[Printed]]:
    """Return the rows that print something, in a grid without needless columns."""
    filled = [row for row in rows if any(cell.text for cell in row)]
    if not filled:
        return []
    keep = [row[0].row for row in filled]
    first, last = keep[0], max(cell.row + cell.rowspan for row in filled for cell in row)
    columns = _columns(filled, drop_blank=drop_blank)
    if blank is not None:
        filled = _with_blanks(filled, columns, blank)
    width = max(cell.column + cell.colspan for row in filled for cell in row)
    down, across = _renumber(range(first, last), set(keep)), _renumber(range(width), columns)
    compact: list[list[Printed]] = []
    for row in filled:
        line = []
        for cell in row:
            column, colspan = across(cell.column, cell.colspan)
            top, rowspan = down(cell.row, cell.rowspan)
            if colspan:
                line.append(replace(cell, row=top, column=column, rowspan=rowspan, colspan=colspan))
        compact.append(line)
    return compact


def _with_blanks(
    rows: list[list[Printed]], columns: set[int], blank: Address
) -> list[list[Printed]]:
    """Return the rows with an empty cell wherever none covers the grid."""
    if len(rows) * len(columns) > MAX_BLANKS:
        return rows
    covered = {
        (row, column)
        for line in rows
        for cell in line
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    full = []
    for line in rows:
        row = line[0].row
        empty = [
            Printed("", row, column, address=blank(row, column))
            for column in columns
            if (row, column) not in covered
        ]
        full.append(sorted([*line, *empty], key=lambda cell: cell.column))
    return full


Renumber = Callable[[int, int], tuple[int, int]]


def _renumber(every: range, kept: set[int]) -> Renumber:
    """Return a function from (start, extent) in all lines to (start, extent) in those kept."""
    position, count = {}, 0
    for index in every:
        position[index] = count
        count += index in kept
    position[every.stop] = count

    def move(start: int, extent: int) -> tuple[int, int]:
        end = position.get(start + extent, count)
        return position[start], end - position[start]

    return move


def _columns(rows: list[list[Printed]], *, drop_blank: bool) -> set[int]:
    """Return the columns in which a cell starts (and prints, if blank ones are dropped)."""
    starts = {cell.column for row in rows for cell in row}
    if drop_blank:
        starts &= {
            column
            for row in rows
            for cell in row
            if cell.text
            for column in range(cell.column, cell.column + cell.colspan)
        }
        starts -= _covered_only(rows)
    return starts


def _covered_only(rows: list[list[Printed]]) -> set[int]:
    """Return the columns in which nothing is printed but by cells that begin further left."""
    printed = {cell.column for row in rows for cell in row if cell.text}
    covered = {
        column
        for row in rows
        for cell in row
        if cell.text
        for column in range(cell.column + 1, cell.column + cell.colspan)
    }
    lone = {cell.column for row in rows for cell in row if cell.text and cell.colspan == 1}
    return covered - printed - lone


def _cell(cell: Printed, table: int) -> Cell:
    place = Place(table=table, row=cell.row + 1, column=cell.column + 1, address=cell.address)
    return Cell(place, compared(cell.raw), cell.rowspan, cell.colspan)


def _caption(cell: Printed, table: int, column: int) -> Paragraph:
    place = Place(table=table, row=0, column=column, address=cell.address)
    return Paragraph(place, content(cell.raw))
