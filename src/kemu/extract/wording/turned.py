"""Paragraphs that explain a change the other way than the paragraph above tells it.

`…比2025年预算增加156万元。` and below it `财政拨款收入支出减少的主要原因是…`: no change above goes
the way of the reason, and at least one goes the other way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kemu.extract.wording import lines
from kemu.extract.wording.rules import turned
from kemu.extract.words.sentences import direction
from kemu.model.document import Document
from kemu.model.facts import Span


def spans(document: Document) -> Iterator[Span]:
    """Yield the openings of paragraphs whose reason goes against all changes above."""
    for above, line in pairwise(lines.paragraphs(document)):
        match = turned("opening").match(line.text)
        if match is None:
            continue
        told = {direction(word) for word in turned("change").findall(above.text)}
        if told and direction(match["way"]) not in told:
            yield line.span("turnedReason", match.start("way"), match.end())
