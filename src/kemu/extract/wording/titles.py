"""Titles of tables: captions, or lines right above, that end as the name of a table does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kemu.extract.wording.lines import Line
from kemu.model.document import Block, Document, Paragraph, Table
from kemu.model.facts import Span

_TITLE = re.compile(r"^[^，。；]{3,48}表(?:（[^）]*）)?$")
_ABOVE = 2


def spans(document: Document) -> Iterator[Span]:
    """Yield the title of each table that has one."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for line in _lines(block, document.blocks[max(0, index - _ABOVE) : index]):
                if _TITLE.match(line.text):
                    about = block.place.slug
                    yield line.span("tableTitle", 0, len(line.text), about=about)
                    break


def _lines(table: Table, above: Sequence[Block]) -> Iterator[Line]:
    """Yield the captions of a table, then the paragraphs right above, the nearest first."""
    yield from (Line(caption.content, caption.place) for caption in table.captions)
    for block in reversed(above):
        if not isinstance(block, Paragraph):
            return
        yield Line(block.content, block.place)
