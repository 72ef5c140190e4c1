"""Marks that lack their other half, and paragraphs of prose that end without one.

An item's number `1）` closes nothing. A paragraph ends if a numbered one follows: what a page break
cuts in two goes on without a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from kemu.extract.wording import lines
from kemu.extract.wording.lines import Line
from kemu.extract.words.numbering import numbering
from kemu.model.document import Document
from kemu.model.facts import Span

_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "(": ")", "[": "]", "〈": "〉"}
_CLOSING = frozenset(_PAIRS.values())
_NUMBERED = 4
_LONG = 40
_IN_PROSE = re.compile(r"[，。].")
_OPEN = re.compile(r"[一-龥，、]$")
_LISTED = re.compile(r"）[一-龥、]+[（(][一二三四五六七八九十\d]+[）)]")


def spans(document: Document) -> Iterator[Span]:
    """Yield marks without their other half and ends of paragraphs without a mark."""
    found = list(lines.paragraphs(document))
    for line, below in zip_longest(found, found[1:]):
        for at in _alone(line.text)[:1]:
            yield line.span("unpairedMark", at, at + 1)
        if _ends_open(line) and (below is None or numbering(below.text)):
            yield line.span("openEnd", len(line.text) - 1, len(line.text))


def _alone(text: str) -> list[int]:
    """Return where marks stand that have no other half; none if the text may go on elsewhere."""
    opened: list[int] = []
    alone: list[int] = []
    for at, mark in enumerate(text):
        if mark in _PAIRS:
            opened.append(at)
        elif mark in _CLOSING:
            if opened and _PAIRS[text[opened[-1]]] == mark:
                opened.pop()
            elif at >= _NUMBERED:
                alone.append(at)
    whole = text.endswith(("。", "；", "！"))
    return [*alone, *(opened if whole else [])] if whole or len(text) < _LONG else []


def _ends_open(line: Line) -> bool:
    """Tell whether a paragraph of prose ends without the mark that ends a sentence."""
    text = line.text
    prose = len(text) >= _LONG and _IN_PROSE.search(text) is not None
    return prose and _OPEN.search(text) is not None and not _LISTED.search(text)
