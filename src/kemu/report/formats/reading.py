"""A document as it was understood: what every number means, and which numbers were not understood.

The page shows the document itself, tables and all; a number that was bound carries its key, one
that was not carries the reason. A person sees at a glance what was misread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kemu import __version__
from kemu.model.document import Cell, Document, Paragraph, Place, Table
from kemu.model.facts import Extraction
from kemu.report.formats.html import template
from kemu.report.meaning import meaning
from kemu.report.places import Locator, depth_of
from kemu.report.understanding import obscure, understood
from kemu.report.words import Words
from kemu.validate.parts import parts

# The weightiest wins where two marks meet.
_KINDS = ("fact", "open", "claim", "unbound", "blank", "code")


@dataclass(frozen=True)
class Mark:
    """A stretch of printed text and what is known of it."""

    start: int
    end: int
    kind: str
    note: str


@dataclass(frozen=True)
class Piece:
    """Text with one mark, or none."""

    text: str
    kind: str = ""
    note: str = ""


class _Marks:
    """All marks of a document, by the block or cell they stand in."""

    def __init__(self, extraction: Extraction, words: Words) -> None:
        self._found: dict[tuple[int | None, ...], list[Mark]] = {}
        own = extraction.identity.organisation
        for fact in extraction.facts:
            note = (
                meaning(fact.key, words.lang, own) + f" = {fact.amount.printed}{fact.amount.unit}"
            )
            self._add(fact.place, "fact" if fact.key.digest() else "open", note)
        for claim in extraction.claims:
            self._add(
                claim.place, "claim", f"{words('claim', claim.kind)} {claim.printed}{claim.unit}"
            )
        for blank in extraction.blanks:
            self._add(blank.place, "blank", meaning(blank.key, words.lang, own))
        for mention in extraction.mentions:
            self._add(
                mention.place, "code", f"{mention.code} {mention.official_name}".strip() or "？"
            )
        for stray in extraction.unbound:
            self._add(stray.place, "unbound", words("reason", stray.reason))

    def _add(self, place: Place, kind: str, note: str) -> None:
        start = 0 if place.start is None else place.start
        end = 10**9 if place.end is None else place.end
        self._found.setdefault(_slot(place), []).append(Mark(start, end, kind, note))

    def at(self, place: Place) -> list[Mark]:
        """Return the marks in one paragraph or cell, in order, none overlapping another."""
        kept: list[Mark] = []
        ranked = sorted(
            self._found.get(_slot(place), []),
            key=lambda m: (_KINDS.index(m.kind), m.start, m.end),
        )
        for mark in ranked:
            if all(mark.end <= other.start or mark.start >= other.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda m: m.start)


def _slot(place: Place) -> tuple[int | None, ...]:
    if place.table is not None:
        return place.table, place.row, place.column
    return (place.paragraph,)


def page(extraction: Extraction, lang: str) -> str:
    """Return the document as one self-contained HTML page."""
    words = Words(lang)
    marks = _Marks(extraction, words)
    document = extraction.document
    locator = Locator(document, words)
    counts = {
        "fact": sum(fact.key.digest() is not None for fact in extraction.facts),
        "open": sum(fact.key.digest() is None for fact in extraction.facts),
        "claim": len(extraction.claims),
        "unbound": len(extraction.unbound),
    }
    values: dict[str, Any] = {
        "w": words,
        "lang": lang,
        "title": extraction.identity.title or document.path,
        "document": document,
        "blocks": list(_blocks(document, marks)),
        "counts": counts,
        "parts": understood(parts(extraction), locator, words),
        "obscure": obscure(parts(extraction), locator, words),
        "version": __version__,
    }
    return template("report/read.html").render(values)


def _blocks(document: Document, marks: _Marks) -> Iterator[dict[str, Any]]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield {
                "table": block.place.table,
                "page": block.place.page,
                "captions": [
                    _pieces(line.content.text, marks.at(line.place)) for line in block.captions
                ],
                "rows": [[_cell(cell, marks) for cell in row] for row in block.rows],
                "broken": block.broken,
            }
        else:
            yield _paragraph(block, marks)


def _paragraph(block: Paragraph, marks: _Marks) -> dict[str, Any]:
    text = block.content.text
    numbered = depth_of(text)
    heading = (block.level is not None or numbered is not None) and len(text) < 40
    return {
        "table": None,
        "page": block.place.page,
        "pieces": _pieces(text, marks.at(block.place)),
        "heading": heading and not text.rstrip().endswith(("。", "；")),
        "ordinal": block.place.paragraph,
    }


def _cell(cell: Cell, marks: _Marks) -> dict[str, Any]:
    found = marks.at(cell.place)
    whole = found[0] if len(found) == 1 and found[0].end >= len(cell.text) else None
    return {
        "pieces": [Piece(cell.text)] if whole else _pieces(cell.text, found),
        "kind": whole.kind if whole else "",
        "note": whole.note if whole else "",
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
    }


def _pieces(text: str, marks: list[Mark]) -> list[Piece]:
    pieces, done = [], 0
    for mark in marks:
        if mark.start > done:
            pieces.append(Piece(text[done : mark.start]))
        pieces.append(Piece(text[mark.start : mark.end], mark.kind, mark.note))
        done = min(mark.end, len(text))
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return pieces


def text(document: Document) -> str:
    """Return the document as plain text: paragraphs by number, tables row by row."""
    lines = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(f"p{block.place.paragraph}  {block.content.text}")
        else:
            lines.append(
                f"t{block.place.table}  {' / '.join(c.content.text for c in block.captions)}"
            )
            for number, row in enumerate(block.rows, start=1):
                lines.append(f"  r{number}  " + " │ ".join(cell.text for cell in row))
    lines += [f"！ {notice.message}" for notice in document.notices]
    return "\n".join(lines) + "\n"


def values(document: Document) -> dict[str, Any]:
    """Return the document as plain values for JSON."""
    return {
        "path": document.path,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "blocks": [_block_values(block) for block in document.blocks],
        "notices": [
            {"kind": n.kind, "message": n.message, "page": n.place.page} for n in document.notices
        ],
    }


def _block_values(block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        place = block.place
        return {"paragraph": place.paragraph, "page": place.page, "text": block.content.text}
    return {
        "table": block.place.table,
        "page": block.place.page,
        "captions": [line.content.text for line in block.captions],
        "width": block.width,
        "rows": [
            [
                {
                    "column": c.place.column,
                    "text": c.text,
                    "rowspan": c.rowspan,
                    "colspan": c.colspan,
                }
                for c in row
            ]
            for row in block.rows
        ],
        "broken": block.broken,
    }
