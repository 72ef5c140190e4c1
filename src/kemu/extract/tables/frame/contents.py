"""The list of tables: titles that tables do not print themselves, by their order in it.

Tables and entries are aligned in order; a table may have no entry, an entry no table. A title is
taken only where no other alignment is nearly as good, and only for a table without one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from kemu.extract.document.outline import Section
from kemu.extract.tables import words
from kemu.extract.tables.frame import titles
from kemu.extract.tables.frame.listing import Entry, digits, entries
from kemu.extract.words.context import Context
from kemu.model import figures
from kemu.model.document import Block, Document, Paragraph, Place, Table
from kemu.model.facts import Span
from kemu.read.blocks.normalise import content

INFERRED = "contents"
"""Value of a span that tells a title which a table took from the list of tables."""
_MARGIN = 1.0
"""How far the best alignment must be ahead of the best one without the pair."""
_SKIP_ENTRY = 0.5
_SKIP_TABLE = 0.6
_SAME_TITLE = 8.0
_SAME_NUMBER = 6.0
_OTHER = -20.0
_ALIKE = 0.75
_HEAD = re.compile(r"预算数|决算数|金额|科目(?:编码|名称|代码)")
_TELLING = ("收入", "支出", "三公", "采购", "经济", "功能", "绩效", "基本", "项目", "基金", "运行")
_OWN_FORM = ("三公", "采购", "绩效")
_FORM, _TARGET = "绩效", "指标"


@dataclass(frozen=True)
class Listed:
    """A table that may stand in the list."""

    table: Table
    title: str
    known: bool

    @cached_property
    def number(self) -> str:
        """The number that it prints above its title."""
        lines = (caption.content.text for caption in self.table.captions)
        return next((n for n in (digits(words.printed_number(line)[0]) for line in lines) if n), "")

    @cached_property
    def printed(self) -> str:
        """What its head and its first rows say."""
        return "".join(cell.text for row in self.table.rows[:8] for cell in row)


def titled(document: Document, context: Context) -> tuple[Document, list[Span]]:
    """Return a document whose untitled tables bear the title that the list of tables gives them.

    Also the spans that tell which titles were taken from there.
    """
    listed, _ = entries(document)
    if not listed:
        return document, []
    tables = [
        found
        for block, section in titles.headed(document, context)
        if isinstance(block, Table) and (found := _listed(block, section, context)) is not None
    ]
    pairs = {id(tables[t].table): listed[e] for t, e in aligned(tables, listed).items()}
    spans: list[Span] = []
    blocks: list[Block] = []
    for block in document.blocks:
        entry = pairs.get(id(block))
        if isinstance(block, Table) and entry is not None:
            spans.append(_span(block, entry))
            block = _with_title(block, entry)
        blocks.append(block)
    return replace(document, blocks=tuple(blocks)), spans


def _span(table: Table, entry: Entry) -> Span:
    slug = f"{table.place.slug}/title"
    return Span(slug, "tableTitle", entry.place, entry.text.text, INFERRED, table.place.slug)


def _with_title(table: Table, entry: Entry) -> Table:
    place = Place(
        page=entry.place.page,
        table=table.place.table,
        row=0,
        column=len(table.captions) + 1,
        address=entry.place.address,
        source=entry.place.source,
    )
    return replace(table, captions=(*table.captions, Paragraph(place, content(entry.title))))


def _tells(text: str) -> bool:
    """Tell whether a cell is of a table of amounts: one of them, or a head of their columns."""
    if figures.is_amount(text) or figures.ends_in_total(text):
        return True
    return _HEAD.search(text) is not None


def _listed(table: Table, section: Section, context: Context) -> Listed | None:
    """Return a table with what it says of itself; None for one without amounts, and for forms."""
    title = titles.title_of(table, Section())
    if not any(_tells(c.text) for r in table.rows for c in r):
        return None
    found = Listed(table, title, titles.is_informative(title, context))
    if _FORM in title or _TARGET in found.printed:
        return None
    known = found.known or titles.is_informative(section.title, context)
    return replace(found, title=title or section.title, known=known)


# The alignment ----------------------------------------------------------------------------


def aligned(tables: Sequence[Listed], listed: Sequence[Entry]) -> dict[int, int]:
    """Return for each table without a title of its own the entry that it surely is."""
    scores = [[_score(table, entry) for entry in listed] for table in tables]
    best, pairs = _best(scores)
    sure = {}
    for table, entry in pairs.items():
        if tables[table].known:
            continue
        other = [
            [_OTHER if (t, e) == (table, entry) else score for e, score in enumerate(row)]
            for t, row in enumerate(scores)
        ]
        if best - _best(other)[0] >= _MARGIN:
            sure[table] = entry
    return sure


def _best(scores: Sequence[Sequence[float]]) -> tuple[float, dict[int, int]]:
    """Return the best alignment in order and what it is worth."""
    width = len(scores[0]) if scores else 0
    worth = [[-_SKIP_ENTRY * e for e in range(width + 1)]]
    for t, row in enumerate(scores):
        line = [worth[t][0] - _SKIP_TABLE]
        for e, score in enumerate(row):
            line.append(
                max(worth[t][e] + score, worth[t][e + 1] - _SKIP_TABLE, line[e] - _SKIP_ENTRY)
            )
        worth.append(line)
    pairs = {}
    t, e = len(scores), width
    while t and e:
        if worth[t][e] == worth[t - 1][e - 1] + scores[t - 1][e - 1]:
            t, e = t - 1, e - 1
            pairs[t] = e
        elif worth[t][e] == worth[t - 1][e] - _SKIP_TABLE:
            t -= 1
        else:
            e -= 1
    return worth[-1][-1], pairs


def _score(table: Listed, entry: Entry) -> float:
    """Return how well a table is what an entry names."""
    score = 0.0
    if table.number and entry.number:
        score += _SAME_NUMBER if table.number == entry.number else -_SAME_NUMBER
    if table.known:
        return score + _titles_alike(table.title, entry.title)
    if any((word in entry.title) > (word in table.printed) for word in _OWN_FORM):
        return _OTHER
    agree = sum(word in entry.title and word in table.printed for word in _TELLING)
    return score + 1.0 + 0.5 * agree


def _titles_alike(one: str, other: str) -> float:
    one, other = _plain(one), _plain(other)
    if one == other or one.endswith(other) or other.endswith(one):
        return _SAME_TITLE
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return _SAME_TITLE / 2 if alike >= _ALIKE else -_SAME_TITLE


def _plain(title: str) -> str:
    return re.sub(r"(?:19|20)\d\d年?度?|部门|单位|[“”\"《》（）()]", "", title)
