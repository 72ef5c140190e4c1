"""What one document prints about codes: code–name–year sightings and definitions (名词解释).

Only what is printed is taken, with its place. A name in a sentence that was resolved to a code is
a sighting of the name; only a table row that prints code and name side by side is one of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kemu.classification.tables.concept import SCHEMES
from kemu.classification.tables.notation import digits
from kemu.model.document import Paragraph, Place
from kemu.model.facts import CodeMention, Extraction

_SAYS = re.compile(r"[：:]\s*|(?=是?指)|(?=反映)|(?=主要(?:是指|反映|用于))")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name that a document prints for a code.

    Attributes:
        scheme: Of the code.
        code: All digits.
        name: As printed, without blanks.
        year: Year in whose classification it stands, or None.
        coded: Whether a table row prints the code itself beside the name.
        where: `table`, `sentence` or `glossary`.
        place: Where it is printed first, for people.
        times: How often the document prints it so.
    """

    scheme: str
    code: str
    name: str
    year: int | None
    coded: bool
    where: str
    place: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says a code means."""

    scheme: str
    code: str
    term: str
    definition: str
    place: str


@dataclass(frozen=True)
class Record:
    """All that one document says of codes.

    Attributes:
        sha256: Of the file.
        file: Its name.
        title: Its title.
        organisation: Whose document it is, or empty.
        year: Fiscal year, or None.
        statement: `budget`, `finalAccount` or empty.
        sightings: Names of codes, each once.
        said: Definitions, each once.
    """

    sha256: str
    file: str
    title: str
    organisation: str
    year: int | None
    statement: str
    sightings: tuple[Sighting, ...]
    said: tuple[Said, ...]


def record(extraction: Extraction) -> Record:
    """Return what a document says of codes."""
    document, identity = extraction.document, extraction.identity
    names = {one.id: one.name for one in extraction.organisations}
    return Record(
        sha256=document.sha256,
        file=document.path.replace("\\", "/").rpartition("/")[2],
        title=identity.title,
        organisation=names.get(identity.organisation, identity.organisation),
        year=int(identity.year) if identity.year.isdigit() else None,
        statement=identity.statement,
        sightings=tuple(_sightings(extraction)),
        said=tuple(dict.fromkeys(_said(extraction))),
    )


def _sightings(extraction: Extraction) -> Iterator[Sighting]:
    """Yield every name of a code once, with the number of times it is printed."""
    found: dict[tuple[object, ...], Sighting] = {}
    for mention in extraction.mentions:
        code = digits(mention.printed_code) or mention.code
        if not code or not mention.printed_name or mention.scheme not in SCHEMES:
            continue
        coded = bool(mention.printed_code) and mention.where == "table"
        year = int(mention.year) if mention.year.isdigit() else None
        key = (mention.scheme, code, mention.printed_name, year, coded, mention.where)
        known = found.get(key)
        if known:
            found[key] = replace(known, times=known.times + 1)
        else:
            found[key] = Sighting(*key, place=shown(mention.place))
    yield from found.values()


def _said(extraction: Extraction) -> Iterator[Said]:
    """Yield the definitions of codes: entries of the glossary that were read, or its paragraphs."""
    for term in extraction.terms:
        if term.code and term.definition:
            place = shown(term.place)
            yield Said(term.scheme, term.code, term.term, term.definition, place)
    if extraction.terms:
        return
    texts = {
        block.place.paragraph: block.content.text
        for block in extraction.document.blocks
        if isinstance(block, Paragraph)
    }
    for mention in extraction.mentions:
        text = texts.get(mention.place.paragraph, "")
        if mention.where == "glossary" and mention.code and text:
            yield from _entry(mention, text)


def _entry(mention: CodeMention, text: str) -> Iterator[Said]:
    """Yield what a paragraph of the glossary says after the name it begins with."""
    start = text.find(mention.printed_name)
    after = start + len(mention.printed_name)
    marks = _SAYS.search(text, after) if start >= 0 else None
    definition = text[marks.end() :].strip() if marks else ""
    if definition:
        name = mention.printed_name
        yield Said(mention.scheme, mention.code, name, definition, shown(mention.place))


def shown(place: Place) -> str:
    """Return a place for people: page, table and row, or page and paragraph."""
    parts = [f"第{place.page}页"] if place.page is not None else []
    if place.table is not None:
        parts.append(f"表{place.table}")
        if place.row is not None:
            parts.append(f"第{place.row}行")
    elif place.paragraph is not None:
        parts.append(f"第{place.paragraph}段")
    return " ".join(parts)
