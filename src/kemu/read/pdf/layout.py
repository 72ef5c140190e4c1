"""Pages to blocks: tables with the lines that belong to them, paragraphs of the other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kemu.model.document import Block, Notice, Paragraph, Place
from kemu.read.blocks import captions as caption
from kemu.read.blocks.normalise import content
from kemu.read.pdf.flow import Margins, Placed, margins_of, paragraphs
from kemu.read.pdf.glyph import Box, PrintedLine
from kemu.read.pdf.grid import Fragment
from kemu.read.pdf.margin import without_margins
from kemu.read.pdf.page import PageContent
from kemu.read.pdf.table import Caption, Joined, begin, extend, finish
from kemu.read.pdf.unruled.tables import with_unruled

_TITLE_AWAY = 6.0
"""How far above a table, in type sizes, its captions begin at most, line by line."""


@dataclass
class Layout:
    """The blocks while they are put together."""

    margins: dict[int, Margins]
    boxes: dict[int, Box]
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    prose: list[Placed] = field(default_factory=list)
    table: Joined | None = None
    tables: int = 0


def blocks_of(pages: Sequence[PageContent]) -> tuple[list[Block], list[Notice]]:
    """Return the blocks of pages in reading order, and what was left out on the way."""
    plain, notices = with_unruled(without_margins(pages))
    layout = Layout(margins_of(plain), {page.number: page.box for page in plain}, notices=notices)
    for page in plain:
        for item in _items(page):
            if isinstance(item, Fragment):
                _take_fragment(layout, item)
            else:
                _take_line(layout, Placed(page.number, item))
    _end_table(layout)
    _end_prose(layout)
    return layout.blocks, layout.notices


def _items(page: PageContent) -> Iterator[PrintedLine | Fragment]:
    """Yield a page's lines and table parts from the top."""
    items: list[PrintedLine | Fragment] = [*page.lines, *page.fragments]
    yield from sorted(items, key=lambda item: item.box.top)


def _take_line(layout: Layout, placed: Placed) -> None:
    """Add a line: to the notes of the table it stands under, or to the prose."""
    table = layout.table
    if table is not None and not layout.prose and placed.page == table.last_page:
        text = content(placed.line.text).text
        goes_on = bool(table.below) and _is_close(table.below[-1].segment.box, placed.line)
        if caption.is_note(text) or goes_on:
            table.below += [Caption(placed.page, part) for part in placed.line.segments]
            return
    layout.prose.append(placed)


def _is_close(box: Box, line: PrintedLine) -> bool:
    """Return whether a line goes on with a note: right below it and of its size."""
    size = box.bottom - box.top
    return line.box.top - box.bottom < size and abs(line.size - size) < 0.3 * size


def _take_fragment(layout: Layout, fragment: Fragment) -> None:
    """Add a table part to the table before it, or begin a new table."""
    if not fragment.rows:
        return
    taken, captions = _captions(layout, fragment)
    only_captions = len(taken) == len(layout.prose)
    if layout.table and only_captions and extend(layout.table, fragment, captions):
        layout.prose.clear()
        return
    del layout.prose[len(layout.prose) - len(taken) :]
    _end_table(layout)
    _end_prose(layout)
    table = begin(fragment, captions)
    if table.rows:
        layout.table = table


def _captions(layout: Layout, fragment: Fragment) -> tuple[list[Placed], list[Caption]]:
    """Return the lines right above a table part that belong to it, whole and by segment.

    A page may break between a table's title with its unit and the table.
    """
    taken: list[Placed] = []
    titled = False
    page, below = fragment.page, fragment.box
    for placed in reversed(layout.prose):
        line = placed.line
        texts = [content(part.text).text for part in line.segments]
        if placed.page == page - 1 and not taken and any(map(caption.is_unit, texts)):
            page, below = placed.page, line.box
        if placed.page != page or below.top - line.box.bottom > _TITLE_AWAY * line.size:
            break
        head = caption.are_head(texts)
        if not head:
            title = _is_title(placed, texts, layout) if not titled else _wraps(placed, taken[0])
            if not title:
                break
            titled = True
        taken.insert(0, placed)
        below = line.box
    parts = [Caption(item.page, part) for item in taken for part in item.line.segments]
    return taken, parts


def _is_title(placed: Placed, texts: Sequence[str], layout: Layout) -> bool:
    """Return whether a line is a table's title: it says so, or is short and centred."""
    if len(texts) == 1 and caption.is_title(texts[0]):
        return True
    if any(caption.is_title(text) for text in texts) and all(
        caption.is_title(text) or caption.is_head(text) for text in texts
    ):
        return True
    page, box = layout.boxes[placed.page], placed.line.box
    centred = abs((box.x0 + box.x1) / 2 - (page.x0 + page.x1) / 2) < 0.04 * page.x1
    return centred and len(texts) == 1 and caption.is_short(texts[0])


def _wraps(placed: Placed, below: Placed) -> bool:
    """Return whether a line is the first half of the title whose second half is below it."""
    upper, lower = placed.line, below.line
    return (
        abs(upper.size - lower.size) < 0.5
        and lower.box.top - upper.box.bottom < upper.size
        and abs((upper.box.x0 + upper.box.x1) - (lower.box.x0 + lower.box.x1)) < 2 * upper.size
        and upper.box.x1 - upper.box.x0 > lower.box.x1 - lower.box.x0
        and caption.is_short(content(upper.text).text)
    )


def _next(layout: Layout) -> int:
    last = layout.blocks[-1].place.paragraph if layout.blocks else 0
    return (last or 0) + 1


def _end_table(layout: Layout) -> None:
    if layout.table is not None:
        layout.tables += 1
        layout.notices += layout.table.notices
        layout.blocks.append(finish(layout.table, layout.tables, _next(layout)))
        layout.table = None


def _end_prose(layout: Layout) -> None:
    for group in paragraphs(layout.prose, layout.margins):
        box = group[0].line.box
        for placed in group:
            if placed.page == group[0].page:
                box = box.around(placed.line.box)
        place = Place(page=group[0].page, paragraph=_next(layout), address=box.address)
        text = content("\n".join(placed.line.text for placed in group))
        layout.blocks.append(Paragraph(place, text))
    layout.prose.clear()
