"""Where a table of contents stands: its entries look like headings and head nothing.

It begins with its title (graph/headings.toml) and ends with the last entry that has a page number,
or, where none has one, before the line that prints its first entry again. Where neither tells, it
is not known, and its lines are read as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kemu.extract.document.heading_rules import rules
from kemu.model.document import Block, Paragraph

_LONGEST = 60
_FEWEST = 2
_ENDS = re.compile(r"[。！？；]")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rules()["contents"][name])


def is_entry(text: str) -> bool:
    """Tell whether a line by itself belongs to a table of contents: dots lead to its page."""
    return _pattern("regex").search(text) is not None


def stretch(blocks: Sequence[Block]) -> range:
    """Return the indices of the blocks that are the table of contents, empty where none is."""
    first = next((i for i, block in enumerate(blocks) if _is_title(block)), None)
    if first is None:
        return range(0)
    lines: list[str] = []
    for block in blocks[first + 1 :]:
        if not isinstance(block, Paragraph) or not _may_be_entry(block.content.text):
            break
        lines.append(block.content.text)
    return range(first, first + 1 + _entries(lines))


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_pattern("title").search(block.content.text))


def _may_be_entry(text: str) -> bool:
    return len(text) <= _LONGEST and not _ENDS.search(text)


def _entries(lines: Sequence[str]) -> int:
    """Return how many of the lines below the title are entries."""
    paged = [index for index, line in enumerate(lines) if _pattern("page").search(line)]
    if len(paged) >= _FEWEST:
        return paged[-1] + 1
    again = (index for index, line in enumerate(lines) if index and line == lines[0])
    return next(again, 0)
