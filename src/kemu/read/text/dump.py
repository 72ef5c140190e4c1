"""Tables in text dumps: one cell a line, set in by a tab; a blank line ends the row.

A line without a tab right after a cell goes on with that cell; two blank lines, or a blank line
and then a line without a tab, end the table. See `kemu.read.span` for the merged headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kemu.model import figures
from kemu.model.document import Cell, Paragraph, Place, Table
from kemu.read.blocks import captions as caption
from kemu.read.blocks.lines import Line
from kemu.read.blocks.normalise import cell as cell_text
from kemu.read.blocks.normalise import content
from kemu.read.text.header_spans import Spanned, headers, padded

_ODD = 3
_MOST_HEADER = 4


@dataclass(frozen=True)
class Printed:
    """One cell as dumped: its text and the line it starts on."""

    raw: str
    line: int

    @cached_property
    def text(self) -> str:
        """The text as compared."""
        return cell_text(self.raw).text


Row = tuple[Printed, ...]


def end_of(lines: Sequence[Line], start: int) -> int:
    """Return the index after the dumped table whose first cell is `lines[start]`."""
    at = start
    while at < len(lines):
        goes_on = at + 1 < len(lines) and lines[at + 1].raw.startswith("\t")
        if lines[at].blank and not goes_on:
            break
        at += 1
    return at


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the rows of a dumped table, as printed."""
    rows: list[Row] = []
    row: list[Printed] = []
    for line in lines:
        if line.blank:
            rows.append(tuple(row))
            row = []
        elif line.raw.startswith("\t") or not row:
            row.append(Printed(line.raw.removeprefix("\t"), line.number))
        else:
            row[-1] = Printed(f"{row[-1].raw}\n{line.raw}", row[-1].line)
    rows.append(tuple(row))
    return [row for row in rows if row]


def is_table(rows: Sequence[Row]) -> bool:
    """Return whether rows are a table and not paragraphs that begin with a tab."""
    if sum(len(row) > 1 for row in rows) < 2:
        return False
    filled = [item.raw for row in rows for item in row if item.raw.strip()]
    sentences = sum(raw.rstrip().endswith("。") for raw in filled)
    return sentences * 3 <= len(filled)


def is_empty(rows: Sequence[Row]) -> bool:
    """Return whether no cell prints anything: a table that only lays out the page."""
    return not any(item.raw.strip() for row in rows for item in row)


def table(
    rows: Sequence[Row],
    ordinal: int,
    paragraph: int,
    *,
    above: Sequence[Paragraph] = (),
    cut: bool = False,
    blanks: bool = False,
    heads: int | None = None,
    broken: str = "",
) -> Table:
    """Return a dumped table with its header spans solved and its caption rows taken out.

    Args:
        rows: As `rows_of` gives them.
        ordinal: Number of the table in the document.
        paragraph: Number of the block in the document.
        above: Paragraphs directly above that belong to the table.
        cut: Whether the file ends with the table's last row.
        blanks: Whether every row has all its cells, those that merged ones cover being blank.
        heads: How many rows are head, where that is known.
        broken: Why the table's columns are not known, if they are not.
    """
    width = _width(rows)
    top, body = _captions(rows, blanks)
    notes: list[Row] = []
    while body and len(body[-1]) == 1 and caption.is_note(body[-1][0].text):
        notes.insert(0, body.pop())
    short = cut and bool(body) and len(body[-1]) < width
    body = [row for row in body if any(item.raw.strip() for item in row)]
    depth = _header_depth(body, width, blanks) if heads is None else heads
    laid, faults = _laid(body, depth, width, blanks)
    faults += [broken] if broken else []
    if short:
        faults.append("文件在表格中间结束，最后一行不完整")
    inside = [item for row in (*top, *notes) for item in row]
    return Table(
        place=Place(table=ordinal, paragraph=paragraph, address=f"第{rows[0][0].line}行"),
        rows=tuple(
            tuple(_cell(item, printed, ordinal, number) for item, printed in pairs)
            for number, pairs in enumerate(laid, 1)
        ),
        width=width,
        captions=(
            *above,
            *(_caption(item, ordinal, at) for at, item in enumerate(inside, len(above) + 1)),
        ),
        broken="；".join(faults),
    )


def _width(rows: Sequence[Row]) -> int:
    """Return the number of columns: the cells of the longest row, for merging only takes away.

    A single row that is much longer than the usual one is a fault, not a measure.
    """
    lengths = Counter(len(row) for row in rows)
    usual = max(lengths, key=lambda length: (lengths[length], length))
    longest = max(lengths)
    odd = lengths[longest] == 1 and lengths[usual] > 2 and longest - usual > _ODD
    return usual if odd else longest


def _captions(rows: Sequence[Row], blanks: bool) -> tuple[list[Row], list[Row]]:
    """Return the caption rows at the top, their empty cells left out, and the other rows."""
    captions: list[Row] = []
    for index, row in enumerate(rows):
        filled = tuple(item for item in row if item.raw.strip())
        if not (_is_fixed(filled, rows[index + 1 :]) or _is_title(row, filled, blanks, captions)):
            return captions, list(rows[index:])
        captions.append(filled)
    return captions, []


def _is_fixed(filled: Row, below: Sequence[Row]) -> bool:
    """Return whether a row is a fixed line, and does not head the columns of amounts below it."""
    texts = [item.text for item in filled]
    if all(caption.is_head(text) for text in texts):
        return True
    numbers = bool(below) and any(_is_number(item.text) for item in below[0])
    return caption.are_head(texts) and bool(below) and not numbers


def _is_title(row: Row, filled: Row, blanks: bool, above: Sequence[Row]) -> bool:
    """Return whether a row is a text of its own: a title, or the first line of all."""
    text = filled[0].text
    if len(filled) > 1 or _is_number(text):
        return False
    if blanks or above:
        return caption.is_title(text) and (blanks or len(row) == 1)
    return len(row) == 1


def begins_table(row: Row) -> bool:
    """Return whether a row below a blank line begins another table: its title or a fixed line."""
    filled = [item.text for item in row if item.raw.strip()]
    return bool(filled) and (
        caption.are_head(filled) or (len(filled) == 1 and caption.is_title(filled[0]))
    )


def _header_depth(body: Sequence[Row], width: int, blanks: bool) -> int:
    """Return how many rows are header: to the first row with a cell for every column.

    Where all rows have that, to the first row with a number or a total, if it comes soon.
    """
    for index, row in enumerate(body):
        filled = [item.text for item in row if item.text]
        numbers = any(_is_number(text) for text in filled)
        if numbers or (len(filled) == 1 and figures.names_total(filled[0])):
            return index if not blanks or index <= _MOST_HEADER else 1
        if len(row) >= width and not blanks:
            return index + 1
    return 1 if blanks and body else 0


Pairs = list[tuple[Spanned, Printed]]


def _values(rows: Sequence[Row], width: int) -> str:
    """Return for each column `V` if it holds amounts or is blank right of all labels, else `L`."""
    kinds = ""
    for column in range(width):
        texts = [row[column].text for row in rows if len(row) == width and row[column].text]
        amounts = sum(_is_value(text) for text in texts)
        kinds += "V" if amounts * 2 > len(texts) else "L" if texts else " "
    last = kinds.rfind("L")
    return kinds[: last + 1].replace(" ", "L") + kinds[last + 1 :].replace(" ", "V")


def _laid(
    body: Sequence[Row], depth: int, width: int, blanks: bool
) -> tuple[list[Pairs], list[str]]:
    """Return every row's cells with their spans, and what could not be told for certain."""
    longest = max((len(row) for row in body[:depth]), default=0)
    values = _values(body[depth:], width).ljust(longest, "L")
    head = body[:depth]
    if blanks:
        solved = padded([[item.text for item in row] for row in head])
        faults: list[str] = []
        laid = [
            [(cell, row[cell.index]) for cell in line]
            for line, row in zip(solved, head, strict=True)
        ]
    else:
        laid, faults = _laid_header(head, values)
    for number, row in enumerate(body[depth:], depth + 1):
        cells, sure = _body_row(row, values)
        laid.append([(cell, row[cell.index]) for cell in cells])
        if not sure:
            faults.append(f"第{number}行有{len(row)}个单元格，应为{width}个，列无法确定")
    return laid, faults


def _laid_header(head: Sequence[Row], values: str) -> tuple[list[Pairs], list[str]]:
    """Return the header rows' cells with their spans, and what could not be told for certain."""
    if not head:
        return [], []
    rows = list(head)
    lack = len(values) - len(rows[-1])
    if lack:
        rows[-1] = (*rows[-1], *[Printed("", rows[-1][0].line)] * lack)
    solved, sure = headers([[item.text for item in row] for row in rows], values)
    laid = [
        [(cell, row[cell.index]) for cell in cells] for row, cells in zip(rows, solved, strict=True)
    ]
    return laid, [] if sure and not lack else ["表头的合并单元格有几种解法"]


def _body_row(row: Row, values: str) -> tuple[list[Spanned], bool]:
    """Return a data row's cells, and whether the columns of its numbers are certain.

    A short row has one wide label; it is the one that sets the numbers under values.
    """
    lack = len(values) - len(row)
    labels = [i for i, item in enumerate(row) if not _is_number(item.text)]
    first = _stretched(row, next((i for i in labels if row[i].text), 0), max(lack, 0))
    if lack == 0 or len(labels) == len(row):
        return first, lack >= 0
    found: dict[tuple[int, ...], list[Spanned]] = {}
    # The last candidate stretches none: cells missing at the end of the row.
    for wide in (*labels, len(row)) if lack > 0 else ():
        cells = _stretched(row, wide, lack)
        numbers = tuple(cell.column for cell in cells if _is_value(cell.text))
        if all(values[column] == "V" for column in numbers):
            found.setdefault(numbers, cells)
    return next(iter(found.values()), first), len(found) == 1


def _stretched(row: Row, wide: int, lack: int) -> list[Spanned]:
    """Return a row's cells side by side, one of them wider by what the row lacks."""
    cells, column = [], 0
    for index, printed in enumerate(row):
        span = 1 + (lack if index == wide else 0)
        cells.append(Spanned(printed.text, index, column, span))
        column += span
    return cells


def _is_number(text: str) -> bool:
    return figures.is_number(text, percent=True)


def _is_value(text: str) -> bool:
    return figures.is_amount(text, zero=True, percent=True)


def _cell(item: Spanned, printed: Printed, table: int, row: int) -> Cell:
    place = Place(table=table, row=row, column=item.column + 1, address=f"第{printed.line}行")
    return Cell(place, cell_text(printed.raw), item.rowspan, item.colspan)


def _caption(printed: Printed, table: int, column: int) -> Paragraph:
    place = Place(table=table, row=0, column=column, address=f"第{printed.line}行")
    return Paragraph(place, content(printed.raw))
