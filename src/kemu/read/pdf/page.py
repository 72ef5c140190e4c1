"""One page of a PDF: its printed lines, the table parts on it, and what is a picture.

Everything here is plain values, so that pages can be read in several processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.model import figures
from kemu.read.pdf.cells import Rule, Rules, TooManyRules, closed, rules_of, tables_of
from kemu.read.pdf.glyph import Box, Glyph, PrintedLine, printed_lines
from kemu.read.pdf.grid import Fragment, Grid, fragment_of, grid_of, put
from kemu.read.pdf.ink import Ink, ink_of, turn_of
from kemu.read.pdf.rows import with_rows_apart
from kemu.read.pdf.source.page import Point, Remark, Shapes, SourcePage, sized, turned

_FULL_PAGE = 0.5
_MANY_CHARS = 20


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is printed on one page.

    Attributes:
        number: From 1.
        box: The page.
        lines: Printed lines outside tables and pictures, from the top.
        fragments: Parts of tables, from the top.
        scanned: Whether the page is a picture without text.
        open_lines: Whether no rules enclose any of it, so that lines may be rows of a table.
        level: The level rules of such a page.
        remarks: What was not read: kind of notice and what, without the page.
    """

    number: int
    box: Box
    lines: tuple[PrintedLine, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    scanned: bool = False
    remarks: tuple[Remark, ...] = ()
    open_lines: bool = False
    level: tuple[Rule, ...] = ()


def read_page(source: SourcePage) -> PageContent:
    """Return the content of a page, turned so that its text is upright, its type of usual size."""
    turn = turn_of(source.runs)
    page = sized(turned(source, turn) if turn else source)
    ink, box, images = ink_of(page), page.box, page.shapes.images
    found = ink.glyphs
    remarks = [*page.remarks, *_ink_remarks(ink)]
    if not any(not glyph.text.isspace() for glyph in found):
        scanned = _covers(images, box) and not ink.undecoded
        return PageContent(page.number, box, scanned=scanned, remarks=tuple(remarks))
    grids, too_many = _grids(page.shapes, found)
    if too_many:
        remarks.append(("limit", "线条过多，不像表格，未按表格读取"))
    inside: dict[int, list[Glyph]] = {}
    outside = []
    for glyph in found:
        index = _holder(glyph, grids)
        if index is None:
            outside.append(glyph)
        else:
            inside.setdefault(index, []).append(glyph)
    fragments, freed = _fragments(grids, inside, page.number)
    pictures = _pictures(page.shapes, grids)
    prose, charts = _without_pictures([*outside, *freed], pictures, box)
    remarks += charts
    lines = tuple(printed_lines(prose, pieces=not grids))
    inline = sum(_in_a_line(image, lines) for image in images)
    if inline:
        remarks.append(("garbage", f"行内有{inline}处小图，可能是文字，未读取"))
    if _covers(images, box):
        remarks.append(("scan", "整页为图片，文字来自识别层，可能有错"))
    remarks += _mismatches(fragments, lines, page.plain)
    level = () if grids or too_many else tuple(rules_of(page.shapes).level)
    return PageContent(page.number, box, lines, fragments, False, tuple(remarks), not grids, level)


def _ink_remarks(ink: Ink) -> tuple[Remark, ...]:
    """Return remarks on characters that are no text or of which nobody knows what they are."""
    remarks: list[Remark] = []
    if ink.undecoded:
        what = f"有{ink.undecoded}个字的字体没有编码表，认不出是什么字，未读取"
        remarks.append(("garbage", what))
    if ink.skewed:
        remarks.append(("garbage", f"斜排的文字（多为水印）未读取（{ink.skewed}个字）"))
    if ink.outside:
        remarks.append(("hidden", f"有{ink.outside}个字在页面之外，印不出来，未读取"))
    return tuple(remarks)


def _covers(images: list[Box], box: Box) -> bool:
    """Return whether pictures cover most of the page."""
    area = sum((image.x1 - image.x0) * (image.bottom - image.top) for image in images)
    return area >= _FULL_PAGE * box.x1 * box.bottom


def _grids(shapes: Shapes, found: list[Glyph]) -> tuple[list[Grid], bool]:
    """Return the grids of the ruled tables, and whether there are too many rules to tell.

    A frame around one column is no table.
    """
    rules = closed(rules_of(shapes))
    try:
        grids = [grid_of(cells) for cells in tables_of(rules)]
    except TooManyRules:
        return [], True
    _open_sides(rules, grids, found)
    return [grid for grid in grids if len(grid.xs) > 2], False


def _open_sides(rules: Rules, grids: list[Grid], found: list[Glyph]) -> None:
    """Widen grids whose outer columns are open at the side: rules reach them, no rule ends them."""
    for grid in grids:
        box = grid.box
        beside = [
            glyph
            for glyph in found
            if box.top < glyph.middle < box.bottom
            and not (box.x0 <= glyph.x0 and glyph.x1 <= box.x1)
            and not glyph.text.isspace()
        ]
        if not beside:
            continue
        across: list[Rule] = [
            rule for rule in rules.level if box.top - 2 <= rule[0] <= box.bottom + 2
        ]
        # Most rules, not a stray line: an underlined word beside a table does not widen it.
        reach = sorted(start for _, start, _ in across)[len(across) // 2]
        end = sorted(end for _, _, end in across)[len(across) // 2]
        left = min((glyph.x0 for glyph in beside), default=box.x0)
        right = max((glyph.x1 for glyph in beside), default=box.x1)
        grid.widen(reach if left > reach - 2 else box.x0, end if right < end + 2 else box.x1)


def _holder(glyph: Glyph, grids: list[Grid]) -> int | None:
    """Return the index of the grid that a glyph is printed in."""
    x = (glyph.x0 + glyph.x1) / 2
    for index, grid in enumerate(grids):
        box = grid.box
        if box.top <= glyph.middle <= box.bottom and box.x0 <= x <= box.x1:
            return index
    return None


def _fragments(
    grids: list[Grid], inside: dict[int, list[Glyph]], page: int
) -> tuple[tuple[Fragment, ...], list[Glyph]]:
    """Return the table parts from the top, and the glyphs of grids that hold one cell's text."""
    fragments, freed = [], []
    for index, grid in enumerate(grids):
        put(grid, inside.get(index, []))
        if len(grid.held) > 1:
            fragments.append(fragment_of(with_rows_apart(grid), page))
        else:
            freed += inside.get(index, [])
    return tuple(sorted(fragments, key=lambda fragment: fragment.box.top)), freed


def _pictures(shapes: Shapes, grids: list[Grid]) -> list[Box]:
    """Return the boxes of pictures, and of frames that hold drawings and no table."""
    wide = [
        frame
        for frame in shapes.rects
        if frame.x1 - frame.x0 > 100
        and frame.bottom - frame.top > 60
        and not any(_overlap(frame, grid.box) for grid in grids)
    ]
    if not wide:
        return shapes.images
    drawn = [*(_around(curve) for curve in shapes.curves), *shapes.lines, *shapes.images]
    frames = [frame for frame in wide if sum(_within(item, frame) for item in drawn) >= 3]
    return [*shapes.images, *frames]


def _around(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _in_a_line(image: Box, lines: tuple[PrintedLine, ...]) -> bool:
    """Return whether a picture is as small as a character and stands in a line of text."""
    middle = (image.top + image.bottom) / 2
    return any(
        line.box.top < middle < line.box.bottom
        and line.box.x0 < image.x0 < line.box.x1
        and image.bottom - image.top < 2 * line.size
        for line in lines
    )


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x0 < other.x1
        and other.x0 < one.x1
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.x0 >= outer.x0 - 1
        and inner.x1 <= outer.x1 + 1
        and inner.top >= outer.top - 1
        and inner.bottom <= outer.bottom + 1
    )


def _without_pictures(
    found: list[Glyph], pictures: list[Box], page: Box
) -> tuple[list[Glyph], list[Remark]]:
    """Return the glyphs outside pictures, and remarks on the text inside them."""
    charts = [box for box in pictures if not _covers([box], page)]
    prose, inside = [], 0
    for glyph in found:
        x = (glyph.x0 + glyph.x1) / 2
        if any(b.x0 <= x <= b.x1 and b.top <= glyph.middle <= b.bottom for b in charts):
            inside += not glyph.text.isspace()
        else:
            prose.append(glyph)
    return prose, [("chart", f"图表里的文字未读取（{inside}个字）")] if inside else []


def _mismatches(
    fragments: tuple[Fragment, ...], lines: tuple[PrintedLine, ...], plain: str
) -> list[Remark]:
    """Return remarks on amounts of tables that the plain text lacks, and the other way round."""
    if not fragments:
        return []
    printed = Counter(figures.amounts(plain))
    tables = Counter(
        amount
        for fragment in fragments
        for row in fragment.rows
        for cell in row
        for amount in figures.amounts(cell.raw.replace("\n", ""))
    )
    prose = Counter(amount for line in lines for amount in figures.amounts(line.text))
    squeezed = re.sub(r"\s", "", plain)
    doubtful = sorted(
        amount for amount in tables - printed if squeezed.count(amount) < tables[amount]
    )
    lost = sorted((printed - tables - prose).elements())
    lost = [amount for amount in lost if amount not in " ".join(_all_text(fragments, lines))]
    remarks: list[Remark] = []
    if doubtful:
        remarks.append(("broken", f"表内金额与文字层不一致：{'、'.join(doubtful[:5])}"))
    if lost:
        remarks.append(("broken", f"有金额未能归入表格或正文：{'、'.join(lost[:5])}"))
    return remarks


def _all_text(fragments: tuple[Fragment, ...], lines: tuple[PrintedLine, ...]) -> list[str]:
    cells = [cell.raw for fragment in fragments for row in fragment.rows for cell in row]
    return [re.sub(r"\s", "", text) for text in (*cells, *(line.text for line in lines))]
