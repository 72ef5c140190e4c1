"""Notes that call a table empty, and whether it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kemu.extract.wording.lines import Line
from kemu.extract.wording.rules import note
from kemu.model.document import Block, Document, Paragraph, Table
from kemu.model.facts import Fact, Span

_BELOW = 3


def spans(document: Document, facts: Iterable[Fact]) -> Iterator[Span]:
    """Yield the notes that call a table empty: `filled` where it prints an amount above zero."""
    filled = Counter(fact.place.table for fact in facts if fact.amount.value)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for line in _near(document.blocks, index):
                match = note().search(line.text)
                if match is not None:
                    about = "filled" if filled[block.place.table] else "empty"
                    yield line.span("emptyNote", match.start(), match.end(), about=about)
                    break


def _near(blocks: tuple[Block, ...], index: int) -> Iterator[Line]:
    """Yield the captions of a table and the paragraphs right below it."""
    table = blocks[index]
    assert isinstance(table, Table)
    for caption in table.captions:
        yield Line(caption.content, caption.place)
    for block in blocks[index + 1 : index + 1 + _BELOW]:
        if not isinstance(block, Paragraph):
            return
        yield Line(block.content, block.place)
