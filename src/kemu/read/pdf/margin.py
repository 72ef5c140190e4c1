"""Lines that are not of the text: page numbers, running headers, text cut off at a page's end.

A spreadsheet's tall row that a page break cuts is drawn on both pages in full and clipped; its
text lies over the table's edge on one page and in its cell on the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kemu.read.blocks import captions as caption
from kemu.read.blocks.normalise import content
from kemu.read.pdf.glyph import PrintedLine
from kemu.read.pdf.page import PageContent

_PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*(?:第\s*)?(?:\d{1,4}|[ⅰ-ⅿⅠ-Ⅿivxlc]{1,6})(?:\s*页)?"
    r"(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·~\s]*",
    re.IGNORECASE,
)
_EDGE = 0.16
"""Share of the page's height at its top and bottom where such lines are."""
_SHARE = 0.4
_LEAST = 3
_SAME_HEIGHT = 4.0
_PIECE = 6
"""Characters that are no accident when they stand in a cell beside the line, too."""


def without_margins(pages: Sequence[PageContent]) -> list[PageContent]:
    """Return the pages without page numbers and the lines that recur on their edges."""
    recurring = _recurring(pages)
    cells = {page.number: _cell_text(page) for page in pages if page.fragments}
    return [
        replace(
            page,
            lines=tuple(
                line
                for index, line in enumerate(page.lines)
                if not _is_page_number(page, index)
                and _mark(page, line) not in recurring
                and not _is_cut_off(page, line, cells)
            ),
        )
        for page in pages
    ]


def _cell_text(page: PageContent) -> str:
    """Return all that is printed in a page's tables, without blanks, cells kept apart."""
    return "\n".join(
        re.sub(r"\s", "", cell.raw)
        for fragment in page.fragments
        for row in fragment.rows
        for cell in row
    )


def _is_cut_off(page: PageContent, line: PrintedLine, cells: Mapping[int, str]) -> bool:
    """Return whether a line at a table's outer edge is text of cells on the page beside it."""
    text = content(line.text).text
    captions = caption.is_title(text) or caption.is_head(text)
    if not page.fragments or captions or not _at_edge(page, line):
        return False
    if line.box.top >= page.fragments[-1].box.bottom - line.size:
        beside = cells.get(page.number + 1, "")
    elif line.box.bottom <= page.fragments[0].box.top + line.size:
        beside = cells.get(page.number - 1, "")
    else:
        return False
    return bool(beside) and _is_made_of(re.sub(r"\s", "", line.text), beside)


def _is_made_of(text: str, whole: str) -> bool:
    """Return whether a text is a row of long pieces of another."""
    while text:
        size = next((n for n in range(len(text), 0, -1) if text[:n] in whole), 0)
        if size < min(_PIECE, len(text)):
            return False
        text = text[size:]
    return True


def _is_page_number(page: PageContent, index: int) -> bool:
    """Return whether a line is the first or last one of its page and numbers it."""
    line = page.lines[index]
    return (
        index in (0, len(page.lines) - 1)
        and _at_edge(page, line)
        and bool(_PAGE_NUMBER.fullmatch(line.text))
        and not any(_beside(line, fragment.box) for fragment in page.fragments)
    )


def _beside(line: PrintedLine, box: tuple[float, float, float, float]) -> bool:
    return box[1] < line.box.bottom and line.box.top < box[3]


def _at_edge(page: PageContent, line: PrintedLine) -> bool:
    height = page.box.bottom
    return line.box.bottom < _EDGE * height or line.box.top > (1 - _EDGE) * height


Mark = tuple[str, int]


def _mark(page: PageContent, line: PrintedLine) -> Mark | None:
    """Return what a running line repeats: its text without numbers, and its height."""
    text = content(line.text).text
    if not _at_edge(page, line) or not text or caption.is_head(text):
        return None
    return re.sub(r"\d+", "#", text), round(line.box.top / _SAME_HEIGHT)


def _recurring(pages: Sequence[PageContent]) -> set[Mark | None]:
    """Return the marks on so many pages that they belong to the page.

    A line with a number differs on each page only if it counts pages: titles of tables, which
    may recur with other numbers, count only where they are the same word for word.
    """
    marks: Counter[Mark] = Counter()
    texts: dict[Mark, set[str]] = {}
    for page in pages:
        found = {mark: line for line in page.lines if (mark := _mark(page, line))}
        marks.update(found.keys())
        for mark, line in found.items():
            texts.setdefault(mark, set()).add(content(line.text).text)
    printed = sum(bool(page.lines or page.fragments) for page in pages)
    least = max(_LEAST, _SHARE * printed)
    return {
        mark
        for mark, times in marks.items()
        if times >= least and (len(texts[mark]) == 1 or not caption.is_title(mark[0]))
    }
