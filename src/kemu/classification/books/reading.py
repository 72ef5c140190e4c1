"""Read the yearly book from a document: its tables of codes, row by row.

The file is read like any other; this module takes the neutral document, so that the same code
serves Excel, Word and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kemu.classification.books.book import Book, BookRow, Slip, SlipKind
from kemu.classification.books.columns import BookLine, Columns, columns, lines, whole_code
from kemu.classification.books.wholeness import checked
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    LEVELS,
    REVENUE,
)
from kemu.model.document import Document, Paragraph, Table

BUDGETS = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算")
_BUDGET_WORDS = {"一般公共预算": 0, "政府性基金": 1, "国有资本经营": 2, "社会保险基金": 3}
_SCHEMES = {"1": REVENUE, "2": FUNCTIONAL, "3": DEPT_ECONOMIC, "5": GOV_ECONOMIC}
_HEADING = re.compile(r"(?:收入|支出|基金|资本|保险|功能|经济).*科目")
_YEAR = re.compile(r"(20\d{2})\s*年")


def book(document: Document, table: Codes) -> Book:
    """Return the codes of a book, with every slip; `rows` is empty if it has no table of codes.

    Args:
        document: The book as read.
        table: The codes that are known; a row may lie under one of these.
    """
    rows: list[BookRow] = []
    slips: list[Slip] = []
    unread = [notice.message for notice in document.notices]
    for section in _sections(document, unread):
        found, wrong = _read(section)
        rows += found
        slips += wrong
    kept, more, merged = checked(rows, table)
    file = document.path.replace("\\", "/").rpartition("/")[2]
    title = next((p.content.text for p in document.paragraphs if p.content.text), file)
    named = _YEAR.findall(f"{title} {file}")
    return Book(
        path=document.path,
        sha256=document.sha256,
        title=title[:80],
        years=tuple(sorted({int(year) for year in named})),
        rows=tuple(kept),
        slips=(*slips, *more),
        unread=tuple(unread),
        notes=tuple(merged),
    )


@dataclass(frozen=True, slots=True)
class _Section:
    """Tables under one heading whose rows follow each other."""

    title: str
    tables: tuple[tuple[Table, Columns], ...]


def _sections(document: Document, unread: list[str]) -> Iterator[_Section]:
    """Yield the tables of codes, those under one heading together; others count as unread."""
    title, last = "", None
    group: list[tuple[Table, Columns]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if _is_heading(block.content.text):
                if group:
                    yield _Section(title, tuple(group))
                title, group, last = block.content.text, [], None
            continue
        own = next((c.content.text for c in block.captions if _is_heading(c.content.text)), "")
        if own and own != title:
            if group:
                yield _Section(title, tuple(group))
            title, group, last = own, [], None
        where = columns(block) or _continued(block, last)
        if where is None:
            unread.append(f"表{block.place.table}没有“科目编码、科目名称”的表头，没有读。")
            continue
        last = where
        group.append((block, where))
    if group:
        yield _Section(title, tuple(group))


def _is_heading(text: str) -> bool:
    """Return whether a line names a section; the book's own title and running heads do not."""
    return len(text) <= 40 and _HEADING.search(text) is not None and not text.endswith("。")


def _continued(table: Table, last: Columns | None) -> Columns | None:
    """Return the columns of the table before for one that goes on without a header."""
    if last is None or table.width <= max(last.codes[-1], last.name, last.text or 0):
        return None
    return replace(last, first=0)


def _read(section: _Section) -> tuple[list[BookRow], list[Slip]]:
    """Return the rows of a section and what cannot be read of them."""
    rows: list[BookRow] = []
    slips: list[Slip | _Doubt] = []
    above: list[str] = []
    doubt: _Doubt | None = None
    for table, where in section.tables:
        if table.broken:
            message = f"表格不完整：{table.broken}。请换完整的文件。"
            slips.append(Slip(f"表{table.place.table}", "", SlipKind.TABLE, message))
        for line in lines(table, where):
            if line.depth < 0:
                _loose(line, rows, slips)
                continue
            carried = line.depth > 0 and not any(line.parts[: line.depth])
            if doubt and carried and line.depth >= doubt.line.depth:
                doubt.rows += 1
                continue
            doubt = None
            code, trouble = whole_code(line, above)
            if trouble:
                message = f"“{line.name[:20]}”：{trouble}。"
                slips.append(Slip(line.place, "", SlipKind.CODE, message))
                above = above[: line.depth]  # what follows is not below the row before
                continue
            before = above[line.depth] if len(above) > line.depth else ""
            if carried and len(line.parts[line.depth]) <= 2 and code < before:
                doubt = _Doubt(line, code, before, 1)
                slips.append(doubt)
                continue
            above = [code[: 3 + 2 * depth] for depth in range((len(code) - 1) // 2)]
            if code[0] in _SCHEMES:
                rows.append(_row(line, code, section.title))
            else:
                message = "不是科目代码：应以 1、2、3 或 5 开头。"
                slips.append(Slip(line.place, code, SlipKind.CODE, message))
    return rows, [one.slip() if isinstance(one, _Doubt) else one for one in slips]


@dataclass(slots=True)
class _Doubt:
    """Rows from one where the digits of a level fall: the row of a parent is missing above."""

    line: BookLine
    code: str
    before: str
    rows: int

    def slip(self) -> Slip:
        """Return what is told of them."""
        level = LEVELS[self.line.depth - 1]
        more = f"；从这里起 {self.rows} 行归属不明，没有采用" if self.rows > 1 else ""
        message = (
            f"“{self.line.name[:20]}”排在 {self.before} 之后，次序倒退；"
            f"前面可能漏了一行{level}级科目{more}。"
        )
        return Slip(self.line.place, self.code, SlipKind.ORDER, message)


def _loose(line: BookLine, rows: list[BookRow], slips: list[Slip | _Doubt]) -> None:
    """Join a row without a code to the one above if only its explanation goes on."""
    if not line.name and line.text and rows:
        rows[-1] = replace(rows[-1], definition=rows[-1].definition + line.text)
    elif line.name:
        message = f"“{line.name[:20]}”没有科目编码。请补上。"
        slips.append(Slip(line.place, "", SlipKind.CODE, message))


def _row(line: BookLine, code: str, section: str) -> BookRow:
    return BookRow(
        scheme=_SCHEMES[code[0]],
        code=code,
        name=line.name,
        definition=line.text,
        budget=_budget(section, code),
        section=section,
        place=line.place,
    )


def _budget(section: str, code: str) -> str:
    """Return the budget whose section this is; the economic classifications have none."""
    if code[0] not in "12":
        return ""
    return next((BUDGETS[at] for word, at in _BUDGET_WORDS.items() if word in section), "")
