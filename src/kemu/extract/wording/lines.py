"""The lines of a document that rules of wording look at, and spans of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kemu.extract.document import contents
from kemu.model.document import Document, Paragraph, Place, Text
from kemu.model.facts import Span

_BEFORE = 12
_AFTER = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line or cell.

    Attributes:
        content: Its text.
        place: Where.
        is_cell: Whether it is a cell of a table.
    """

    content: Text
    place: Place
    is_cell: bool = False

    @property
    def text(self) -> str:
        """The text as compared."""
        return self.content.text

    def span(self, kind: str, start: int, end: int, value: str = "", about: str = "") -> Span:
        """Return a span for words at fault: it shows them with some words around them."""
        first, last = max(0, start - _BEFORE), min(len(self.text), end + _AFTER)
        place = replace(self.place, start=first, end=last)
        slug = f"{replace(self.place, start=start, end=end).slug}/{kind}"
        text = self.content.quote(first, last)
        return Span(slug, kind, place, text, value or self.content.quote(start, end), about)


def paragraphs(document: Document) -> Iterator[Line]:
    """Yield the paragraphs outside the table of contents, in order."""
    listed = contents.stretch(document.blocks)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and index not in listed:
            yield Line(block.content, block.place)


def cells(document: Document) -> Iterator[Line]:
    """Yield the cells and captions of the tables, in order."""
    for table in document.tables:
        for caption in table.captions:
            yield Line(caption.content, caption.place)
        for row in table.rows:
            for cell in row:
                yield Line(cell.content, cell.place, is_cell=True)
