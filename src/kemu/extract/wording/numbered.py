"""Items numbered one after the other that leave a number out or use it twice.

Only neighbours count: two paragraphs of prose of one style, the second right below the first, the
missing number nowhere in the first. Lines without a mark may be rows of a table, and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kemu.extract.wording import lines
from kemu.extract.words.numbering import Ordinal, numbering, ordinal
from kemu.model.document import Document
from kemu.model.facts import Span

_MARK = re.compile(r"[，。；：]")
_END = re.compile(r"[。；]")
_WRONG = {0: "again", 2: "left"}


def spans(document: Document) -> Iterator[Span]:
    """Yield the numbers of items that repeat the one above (`again`) or leave one out (`left`)."""
    for above, line in pairwise(lines.paragraphs(document)):
        first, second = ordinal(above.text), ordinal(line.text)
        number, before = numbering(line.text), numbering(above.text)
        if first is None or second is None or number is None or before is None:
            continue
        step = _WRONG.get(second.value - first.value)
        prose = _MARK.search(above.text) and _MARK.search(line.text)
        same = prose and first.style == second.style and second.value > 1
        if same and step and not _inside(above.text, second, number[0].strip()):
            yield line.span("itemNumber", 0, len(number[0]), before[0], step)


def _inside(text: str, after: Ordinal, printed: str) -> bool:
    """Tell whether a paragraph goes on with the number itself or the one before it."""
    if printed in text[1:]:
        return True
    found = map(ordinal, _END.split(text)[1:])
    return any(o and o.style == after.style and o.value == after.value - 1 for o in found)
