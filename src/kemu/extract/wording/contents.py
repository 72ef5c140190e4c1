"""Tables that the table of contents names and the document does not print.

Titles are compared without numbers, years, brackets and the organisation's name. Where fewer than
half of the tables named are found, the tables are published elsewhere, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kemu.extract.document import contents
from kemu.extract.wording import lines
from kemu.extract.wording.lines import Line
from kemu.extract.words.numbering import numbering
from kemu.model.document import Document, Paragraph
from kemu.model.facts import Identity, Span

_PAGE = re.compile(r"[.…·．\-—]*\d{0,3}$")
_TABLE = re.compile(r"(?:收|支|经费|拨款|绩效|采购|项目|资产|基金|经营).{0,24}表$")
_ORDINAL = r"(?:十?[一二三四五六七八九](?!般)|十|\d+)"
_NUMBER = re.compile(
    rf"^(?:\d{{1,2}}[.、．]|附?(?:公开)?表{_ORDINAL}(?:[-—]\d+)?|公开\d+表)[.、．：:]?"
)
_LOOSE = re.compile(
    r"（[^）]*）|(?:19|20)\d\d年?度?|[“”《》、，：:\s的]|部门|单位|预算|决算|情况|总体|总"
)


def spans(document: Document, identity: Identity) -> Iterator[Span]:
    """Yield the tables of the contents, `found` or `missing`; none where all are elsewhere."""
    blocks = document.blocks
    listed = contents.stretch(blocks)
    entries = [
        Line(block.content, block.place)
        for block in (blocks[index] for index in listed)
        if isinstance(block, Paragraph) and _TABLE.search(_PAGE.sub("", block.content.text))
    ]
    body = "|".join(_plain(line.text, identity) for line in _titles(document))
    told = [(entry, _plain(entry.text, identity) in body) for entry in entries]
    if 2 * sum(found for _, found in told) < len(told):
        return
    for entry, found in told:
        end = len(_PAGE.sub("", entry.text))
        title = entry.text[:end]
        yield entry.span("listedTable", 0, end, title, "found" if found else "missing")


def _titles(document: Document) -> Iterator[Line]:
    """Yield the lines that may be the title of a table: short paragraphs, captions, first rows."""
    yield from (line for line in lines.paragraphs(document))
    for table in document.tables:
        yield from (Line(caption.content, caption.place) for caption in table.captions)
        for row in table.rows[:2]:
            yield from (Line(cell.content, cell.place) for cell in row)


def _plain(text: str, identity: Identity) -> str:
    """Return what is left of a title that tells one table from another."""
    title = _PAGE.sub("", text)
    number = numbering(title)
    title = title[len(number[0]) :] if number else title
    title = _NUMBER.sub("", title)
    if identity.organisation:
        title = title.replace(identity.organisation, "")
    return _LOOSE.sub("", title)
