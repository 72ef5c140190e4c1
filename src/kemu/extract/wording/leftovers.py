"""Words that should not be printed: leftovers of templates, slips, things said twice."""

from __future__ import annotations

from collections.abc import Iterator

from kemu.extract.wording import lines
from kemu.extract.wording.lines import Line
from kemu.extract.wording.rules import patterns
from kemu.model.document import Document
from kemu.model.facts import Span


def spans(document: Document) -> Iterator[Span]:
    """Yield what the patterns find, each kind once in a line."""
    for line in lines.paragraphs(document):
        yield from _found(line)
    for line in lines.cells(document):
        yield from _found(line)


def _found(line: Line) -> Iterator[Span]:
    for pattern in patterns():
        if line.is_cell and not pattern.cells:
            continue
        match = pattern.regex.search(line.text)
        if match is not None:
            about = pattern.right if pattern.kind == "slip" else ""
            yield line.span(pattern.kind, match.start(), match.end(), about=about)
