"""Years in slots that say of when something is: a stock, a title, a heading, a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kemu.extract.document import outline
from kemu.extract.prose import counts
from kemu.extract.prose.scene import Scene
from kemu.extract.words.numbering import numbering
from kemu.model.document import Document, Paragraph, Place, Text
from kemu.model.facts import Identity, Span

_SHORTEST = 4
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年度?")
_DATE = re.compile(r"年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_IN_BRACKETS = re.compile(r"[〔\[【(（]\s*$")
_OPENS = re.compile(
    r"(?:^|[。；！？])(?P<before>[^。；！？，：]{0,36}?)(?P<year>(?:19|20)\d\d)年度?"
)


def stock(scene: Scene, about: str) -> None:
    """Record the date of a stock, where the sentence names one (截至2023年12月31日)."""
    match = counts.as_of_match(scene.sentence)
    if match is None:
        return
    offset = scene.paragraph.content.text.find(scene.sentence)
    value = match["year"] or scene.context.keys.year(-1)
    date = _DATE.match(scene.sentence, match.end() - 1)
    if date:
        value += f"-{int(date['month']):02}-{int(date['day']):02}"
    end = date.end() if date else match.end()
    scene.span("asOf", offset + match.start(), offset + end, value, about)


def openings(scene: Scene, text: str) -> None:
    """Record the year that sentences open with, where what comes before it is the unit's name."""
    for match in _OPENS.finditer(text):
        number = numbering(match["before"])
        before = match["before"][len(number[0]) if number else 0 :]
        if not before or scene.labels.idle(before):
            start = match.start("year")
            scene.span("year", start, start + len(match["year"]) + 1, match["year"], "sentence")


def _lines(document: Document, identity: Identity) -> Iterator[tuple[Place, Text, str]]:
    """Yield the lines whose years are the document's, a heading's or a table's."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = block.content.text
            if len(text) > _SHORTEST and text in identity.title:
                yield block.place, block.content, "title"
            elif (found := outline.heading(text)) is not None and found[0] == text.rstrip("。："):
                yield block.place, block.content, "heading"
        else:
            for caption in block.captions:
                yield caption.place, caption.content, "tableTitle"


def of_document(document: Document, identity: Identity) -> list[Span]:
    """Return the years of the title, of headings and of tables' captions."""
    found: dict[str, Span] = {}
    for place, content, slot in _lines(document, identity):
        for match in _YEAR.finditer(content.text):
            if _IN_BRACKETS.search(content.text[: match.start()]):
                continue
            at = replace(place, start=match.start(), end=match.end())
            quote = content.quote(match.start(), match.end())
            slug = f"{at.slug}/year"
            found.setdefault(slug, Span(slug, "year", at, quote, match["year"], slot))
    return list(found.values())
