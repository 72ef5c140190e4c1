"""The neutral document: what every reader fills and extraction reads, whatever the file format.

A document is a sequence of blocks in reading order. Text is kept twice: `raw` as printed and
`text` as compared (full-width forms folded, layout blanks and line breaks removed), with the
offset of every character of `text` in `raw`, so that a quote is always what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

NoticeKind = Literal[
    "scan", "garbage", "chart", "limit", "broken", "hidden", "font", "apart", "note"
]
_GAPS = ("scan", "limit", "broken")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed. Numbers count from 1; spans are half-open offsets in `text`.

    Attributes:
        page: Page of a paged format.
        table: Ordinal of the table in the document.
        row: Row of the table as printed, header rows included.
        column: First column of the cell in the table's grid.
        paragraph: Ordinal of the block in the document.
        start: First character in the paragraph's (or cell's) `text`.
        end: Character after the last one.
        address: Address in the source's own terms: `收支总表!B7`, a PDF box, a line number.
        source: File it is in, where a document is a set of files; else empty.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    address: str = ""
    source: str = ""

    @property
    def slug(self) -> str:
        """The place as a path segment, stable for the same file: `t3/r7/c6` or `p88/31-36`."""
        parts = []
        if self.table is not None:
            parts.append(f"t{self.table}")
            if self.row is not None:
                parts.append(f"r{self.row}")
            if self.column is not None:
                parts.append(f"c{self.column}")
        elif self.paragraph is not None:
            parts.append(f"p{self.paragraph}")
        if self.start is not None:
            parts.append(f"{self.start}-{self.end}")
        return "/".join(parts) or "document"


@dataclass(frozen=True)
class Text:
    """A run of text, as printed and as compared.

    Attributes:
        raw: As printed, line breaks inside a paragraph kept.
        text: As compared, see `kemu.read.blocks.normalise`.
        offsets: For each character of `text`, its offset in `raw`.
    """

    raw: str
    text: str
    offsets: tuple[int, ...] = field(repr=False)

    def quote(self, start: int, end: int) -> str:
        """Return what is printed at `text[start:end]`, line breaks taken out."""
        if start >= end:
            return ""
        stop = self.offsets[end - 1] + 1
        return self.raw[self.offsets[start] : stop].replace("\n", "").strip()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or heading.

    Attributes:
        place: `paragraph` is set; `page` and `address` where the format has them.
        content: Its text.
        level: Heading depth guessed by the reader from styles; None where the format has none
            (headings are then recognised from their numbering by extraction).
    """

    place: Place
    content: Text
    level: int | None = None


@dataclass(frozen=True)
class Cell:
    """One cell at the top-left of its span.

    Attributes:
        place: `table`, `row`, `column` set.
        content: Its text; leading blanks of `raw` are kept, for they show a label's depth.
        rowspan: Rows covered, 1 if not merged.
        colspan: Columns covered, 1 if not merged.
    """

    place: Place
    content: Text
    rowspan: int = 1
    colspan: int = 1

    @property
    def text(self) -> str:
        """The text as compared."""
        return self.content.text


@dataclass(frozen=True)
class Table:
    """One printed table, parts on continuation pages joined.

    Attributes:
        place: `table` and `paragraph` (its ordinal among the blocks) set; `page` of its start.
        rows: Per printed row, the cells that start in it, in column order. All-empty rows are
            kept as empty tuples only if they carry a place that matters.
        width: Number of grid columns.
        captions: Lines around or inside the table that are no row: title, `单位：万元`,
            `部门：…`, notes printed directly above or below it.
        broken: Why the table is known to be incomplete (cut off), else empty.
        inferred: Whether nothing rules its cells, so that they are told from how numbers line up.
    """

    place: Place
    rows: tuple[tuple[Cell, ...], ...]
    width: int
    captions: tuple[Paragraph, ...] = ()
    broken: str = ""
    inferred: bool = False

    @cached_property
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """Per row and column, the cell that covers it (merged cells repeat); None where none is."""
        height = len(self.rows)
        grid: list[list[Cell | None]] = [[None] * self.width for _ in range(height)]
        for index, row in enumerate(self.rows):
            for cell in row:
                first = (cell.place.column or 1) - 1
                for line in grid[index : index + cell.rowspan]:
                    for column in range(first, min(first + cell.colspan, self.width)):
                        line[column] = cell
        return tuple(tuple(line) for line in grid)


Block = Paragraph | Table


@dataclass(frozen=True)
class Notice:
    """Something the reader saw and did not read: a scan, picture garbage, a chart dump, a limit.

    Attributes:
        kind: `scan` for what is only a picture, `limit` for what is beyond a limit or in a part
            that is not read, `broken` for damage, `garbage` for what is no text, `chart`,
            `hidden` for what the document does not show, `font` for glyphs that are not drawn,
            `apart` for files that look as if they belonged together, `note` for what holds no
            amounts.
        message: In Chinese, for the report.
        place: Where.
    """

    kind: NoticeKind
    message: str
    place: Place = Place()

    @property
    def is_gap(self) -> bool:
        """Whether amounts of the document may stand in what was not read."""
        return self.kind in _GAPS


@dataclass(frozen=True)
class Document:
    """A document as read.

    Attributes:
        path: The file's name or path as the user gave it.
        sha256: Of the file's bytes, hexadecimal.
        format: `txt`, `pdf`, `docx`, `doc`, `xlsx`, `xls`, `html`.
        blocks: In reading order.
        notices: What was not read.
        pages: Number of pages of a paged format.
    """

    path: str
    sha256: str
    format: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    pages: int | None = None

    @property
    def tables(self) -> Iterator[Table]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
