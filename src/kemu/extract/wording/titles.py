"""Titles of tables: captions that end as the name of a table does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kemu.extract.wording.lines import Line
from kemu.model.document import Document
from kemu.model.facts import Span

_TITLE = re.compile(r"^[^，。；]{3,48}表(?:（[^）]*）)?$")


def spans(document: Document) -> Iterator[Span]:
    """Yield the first title of each table that has one."""
    for table in document.tables:
        for caption in table.captions:
            if _TITLE.match(caption.content.text):
                line = Line(caption.content, caption.place)
                yield line.span("tableTitle", 0, len(line.text))
                break
