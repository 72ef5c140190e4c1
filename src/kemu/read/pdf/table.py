"""Table parts to tables: over pages, with their captions, headers that are repeated dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kemu.model import figures
from kemu.model.document import Cell, Notice, Paragraph, Place, Table
from kemu.read.blocks import captions as caption
from kemu.read.blocks.normalise import cell as cell_text
from kemu.read.blocks.normalise import content
from kemu.read.pdf.glyph import Segment
from kemu.read.pdf.grid import Fragment, RawCell

_NEAR = 3.0
_ALIKE = 0.8
HEADER_WORD = re.compile(
    r"项目|科目编码|科目名称|科目代码|功能分类科目|预算数|决算数|金额|序号|编码|名称|类|款|项|栏次|一级指标"
)
# The rest of a label: no number of its own, nothing that begins an item.
_REST = re.compile(r"(?![一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|其中)[^\d]+")
_GOES_ON = re.compile(r"[（(]?续表?[一二三四五六七八九十\d]*[)）]?")

Row = tuple[RawCell, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that belongs to a table."""

    page: int
    segment: Segment


@dataclass
class Joined:
    """A table while its parts are put together.

    Attributes:
        rules: Vertical rules, relative to the first.
        rows: Its rows, with the page each is on; columns count in `rules`.
        above: Captions above it.
        below: Notes below it.
        last_page: The page of its last part.
        notices: What was dropped while joining.
        inferred: Whether no rules tell its cells.
    """

    rules: list[float]
    rows: list[tuple[int, Row]]
    above: list[Caption]
    last_page: int
    below: list[Caption] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    inferred: bool = False


def begin(fragment: Fragment, above: Sequence[Caption]) -> Joined:
    """Return a table that begins with a part; caption rows inside it become captions."""
    inside, rows = _without_captions(fragment)
    table = Joined(
        _relative(fragment.rules),
        [(fragment.page, row) for row in rows],
        [*above, *inside],
        fragment.page,
        inferred=fragment.inferred,
    )
    _take_notes(table)
    return table


def _without_captions(fragment: Fragment) -> tuple[list[Caption], list[Row]]:
    """Return the captions that are rows at a part's top, and its other rows."""
    rows = list(fragment.rows)
    captions: list[Caption] = []
    while rows and _is_caption_row(rows[0], rows[1:]):
        captions += _as_captions(fragment.page, rows.pop(0))
    return captions, rows


def _as_captions(page: int, row: Row) -> list[Caption]:
    return [Caption(page, Segment(cell.raw, cell.box)) for cell in row if cell.raw.strip()]


def _take_notes(table: Joined) -> None:
    """Take the notes that are a table's last rows out of its rows."""
    while table.rows and _is_note_row(table.rows[-1][1]):
        page, row = table.rows.pop()
        table.below[:0] = _as_captions(page, row)


def _is_caption_row(row: Row, below: Sequence[Row]) -> bool:
    """Return whether a top row is a caption: one cell that says 表, or a fixed line."""
    texts = _printed(row)
    if len(texts) == 1 and caption.is_table_title(texts[0]):
        return True
    if all(caption.is_head(text) for text in texts):
        return True
    # What stands right above amounts heads their columns.
    return caption.are_head(texts) and bool(below) and not _has_numbers(below[0])


def _is_note_row(row: Row) -> bool:
    filled = [cell for cell in row if cell.raw.strip()]
    return len(filled) == 1 and caption.is_note(cell_text(filled[0].raw).text)


def _relative(rules: Sequence[float]) -> list[float]:
    return [rule - rules[0] for rule in rules]


def extend(table: Joined, fragment: Fragment, above: Sequence[Caption]) -> bool:
    """Add a part on a later page to a table if it continues it, and return whether it does.

    Its vertical rules are the table's (or some of them, where cells are merged), and above it
    nothing is printed but the table's own captions.
    """
    if table.below or not table.last_page < fragment.page <= table.last_page + 2:
        return False
    rules = _relative(fragment.rules)
    if not (_among(rules, table.rules) or _among(table.rules, rules)):
        return False
    inside, rows = _without_captions(fragment)
    captions = [*above, *inside]
    same = _same_rows(table, rows)
    if not _texts(captions) <= _texts(table.above) or (captions and not same):
        return False
    if not same and rows and _is_own_header(rows[0]):
        return False
    if len(rules) > len(table.rules):
        table.rows = [
            (page, tuple(_moved(cell, table.rules, rules) for cell in row))
            for page, row in table.rows
        ]
        table.rules = rules
    _note_repeated_amounts(table, rows[:same], fragment.page)
    moved = [tuple(_moved(cell, rules, table.rules) for cell in row) for row in rows[same:]]
    if moved and _is_rest(moved[0], table.rows[-1][1]):
        page, row = table.rows.pop()
        table.rows.append((page, _with_rest(row, moved.pop(0))))
    table.rows += [(fragment.page, row) for row in moved]
    table.last_page = fragment.page
    _take_notes(table)
    return True


def _is_rest(row: Row, last: Row) -> bool:
    """Return whether a part's first row is what did not fit into the last row's cells."""
    above = {cell.column: cell for cell in last if cell.raw.strip()}
    filled = [cell for cell in row if cell.raw.strip()]
    return bool(filled) and all(
        cell.column in above
        and above[cell.column].full
        and above[cell.column].colspan == cell.colspan
        and _REST.fullmatch(cell_text(cell.raw).text)
        for cell in filled
    )


def _with_rest(row: Row, rest: Row) -> Row:
    more = {cell.column: cell.raw for cell in rest if cell.raw.strip()}
    return tuple(
        replace(cell, raw=f"{cell.raw}\n{more[cell.column].strip()}")
        if cell.column in more
        else cell
        for cell in row
    )


def _among(some: Sequence[float], rules: Sequence[float]) -> bool:
    """Return whether all of some rules are among others, the outer ones being the same."""
    return (
        len(some) > 1
        and abs(some[-1] - rules[-1]) <= _NEAR
        and all(min(abs(rule - other) for other in rules) <= _NEAR for rule in some)
    )


def _moved(cell: RawCell, rules: Sequence[float], wider: Sequence[float]) -> RawCell:
    """Return a cell with its columns counted in a finer set of rules."""
    start = _index(wider, rules[cell.column])
    end = _index(wider, rules[cell.column + cell.colspan])
    return replace(cell, column=start, colspan=end - start)


def _index(rules: Sequence[float], value: float) -> int:
    return min(range(len(rules)), key=lambda index: abs(rules[index] - value))


def _texts(captions: Sequence[Caption]) -> set[str]:
    return {_GOES_ON.sub("", content(item.segment.text).text) for item in captions}


def _same_rows(table: Joined, rows: Sequence[Row]) -> int:
    """Return how many rows at the top of a part repeat the table's header.

    The total row right below the header may be repeated with it.
    """
    same = 0
    for (_, ours), theirs in zip(table.rows, rows, strict=False):
        amounts = _has_amounts(theirs)
        if not _alike(_printed(ours), _printed(theirs)) or (amounts and not _is_total(theirs)):
            break
        same += 1
        if amounts:
            break
    # Without a header above it, a row in common is data.
    return same if same and not _has_amounts(rows[0]) else 0


def _is_total(row: Row) -> bool:
    return any(map(figures.names_total, _printed(row)))


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether rows are the same, a cell or two that are overprinted aside."""
    if one == other:
        return True
    equal = sum(a == b for a, b in zip(one, other, strict=False))
    return (
        equal >= 5
        and equal >= _ALIKE * max(len(one), len(other))
        and not any(map(figures.is_amount, (*one, *other)))
    )


def _printed(row: Row) -> list[str]:
    return [cell_text(cell.raw).text for cell in row if cell.raw.strip()]


def _has_amounts(row: Row) -> bool:
    return any(map(figures.is_amount, _printed(row)))


def _has_numbers(row: Row) -> bool:
    return any(map(figures.is_number, _printed(row)))


def _is_own_header(row: Row) -> bool:
    """Return whether a part's first row is a header, not data that goes on."""
    texts = _printed(row)
    return (
        len(texts) > 1
        and not any(char.isdigit() for text in texts for char in text)
        and any(HEADER_WORD.fullmatch(text) for text in texts)
    )


def _note_repeated_amounts(table: Joined, rows: Sequence[Row], page: int) -> None:
    for row in rows:
        if _has_amounts(row):
            label = next((text for text in _printed(row) if not figures.is_amount(text)), "")
            what = f"第{page}页重复印出的“{label}”行与前页相同，只读一次"
            table.notices.append(Notice("hidden", what, Place(page=page)))


def finish(table: Joined, number: int, paragraph: int) -> Table:
    """Return the table as the document's."""
    place = Place(
        page=table.rows[0][0],
        table=number,
        paragraph=paragraph,
        address=table.rows[0][1][0].box.address if table.rows[0][1] else "",
    )
    return Table(
        place=place,
        rows=tuple(
            tuple(_cell(cell, page, number, index) for cell in row)
            for index, (page, row) in enumerate(table.rows, 1)
        ),
        width=len(table.rules) - 1,
        inferred=table.inferred,
        captions=tuple(
            _caption(item, number, at) for at, item in enumerate((*table.above, *table.below), 1)
        ),
    )


def _cell(cell: RawCell, page: int, table: int, row: int) -> Cell:
    place = Place(page=page, table=table, row=row, column=cell.column + 1, address=cell.box.address)
    return Cell(place, cell_text(cell.raw), cell.rowspan, cell.colspan)


def _caption(item: Caption, table: int, column: int) -> Paragraph:
    place = Place(
        page=item.page, table=table, row=0, column=column, address=item.segment.box.address
    )
    return Paragraph(place, content(item.segment.text))
