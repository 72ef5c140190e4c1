"""Slots of a document that name a unit or a year: whose, and of when, a sentence or title is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kemu.extract.document import organisations
from kemu.model.document import Document, Paragraph
from kemu.model.facts import Span


def once(*groups: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without repetitions; of two at one place the first counts."""
    found: dict[str, Span] = {}
    for span in (span for group in groups for span in group):
        found.setdefault(span.slug, span)
    return tuple(found.values())


def unit_names(document: Document) -> list[Span]:
    """Return the names in subject slots, wherever they stand: in lines, headings and captions."""
    found: dict[str, Span] = {}
    number = 0
    for block in document.blocks:
        lines = [block] if isinstance(block, Paragraph) else list(block.captions)
        for line in lines:
            for name, _, start, end in organisations.slots(line.content.text, number):
                place = replace(line.place, start=start, end=end)
                where = "paragraph" if isinstance(block, Paragraph) else "caption"
                slug = f"{place.slug}/unitName"
                quote = line.content.quote(start, end)
                found.setdefault(slug, Span(slug, "unitName", place, quote, name, where))
            number += 1
    return list(found.values())
