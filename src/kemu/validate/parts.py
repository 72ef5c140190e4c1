"""How much of every table and chapter was understood: printed, bound with a key, checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kemu.extract.document import contents, outline
from kemu.extract.words.numbering import numbering
from kemu.model.document import Document, Paragraph, Place
from kemu.model.facts import Extraction
from kemu.model.findings import CoveredPart

FORM = "form"
"""Reason for leaving an amount unbound that stands in a form of targets and scores."""
_PART, _SECTION = 0, 1


@dataclass
class _Tally:
    """The numbers of one part as they are counted."""

    numbers: int = 0
    keyed: int = 0
    checked: int = 0
    forms: int = 0
    pages: set[int] = field(default_factory=set)

    def count(self, place: Place, keyed: bool, checked: bool, form: bool = False) -> None:
        """Count one number."""
        self.numbers += 1
        self.keyed += keyed
        self.checked += keyed and checked
        self.forms += form
        if place.page is not None:
            self.pages.add(place.page)

    def part(self, place: Place, heading: str) -> CoveredPart:
        """Return what was counted in the part that begins at a place."""
        form = self.numbers == self.forms
        begins = {place.page} if place.page is not None else set()
        pages = spread(self.pages or begins)
        return CoveredPart(place, heading, pages, self.numbers, self.keyed, self.checked, form)


def spread(pages: Collection[int]) -> tuple[int, int] | None:
    """Return the first and the last of some pages, None of none."""
    return (min(pages), max(pages)) if pages else None


def parts(extraction: Extraction, compared: Collection[str] = ()) -> tuple[CoveredPart, ...]:
    """Return the tables and chapters of a document that print numbers, in its order.

    Args:
        extraction: What was observed.
        compared: Slugs of the facts and claims that a rule was able to judge.
    """
    division = Division(extraction.document)
    tallies: dict[Place, _Tally] = defaultdict(_Tally)

    def count(place: Place, keyed: bool = False, checked: bool = False, form: bool = False) -> None:
        tallies[division.of(place)].count(place, keyed, checked, form)

    keyed = {fact.slug for fact in extraction.facts if fact.key.digest() is not None}
    for fact in extraction.facts:
        count(fact.place, fact.slug in keyed, fact.slug in compared)
    for claim in extraction.claims:
        if claim.stated is not None:
            known = not keyed.isdisjoint(claim.operands.values())
            count(claim.place, known, claim.slug in compared)
    counted = {fact.place.slug for fact in extraction.facts}
    for number in extraction.unbound:
        form = number.reason == FORM
        if (number.is_amount or form) and number.place.slug not in counted:
            count(number.place, form=form)
    return tuple(
        tallies[place].part(place, division.heading(place))
        for place in division.beginnings
        if place in tallies
    )


class Division:
    """The tables and chapters of a document, each by the place where it begins."""

    def __init__(self, document: Document) -> None:
        self._tables = {
            table.place.table: Place(page=table.place.page, table=table.place.table)
            for table in document.tables
        }
        self.headings = {Place(paragraph=1): ""}
        self._chapter_of: dict[int, Place] = {}
        starts = dict(chapters(document.paragraphs))
        current = Place(paragraph=1)
        for paragraph in document.paragraphs:
            ordinal = paragraph.place.paragraph or 0
            if ordinal in starts:
                current = paragraph.place
                self.headings[current] = starts[ordinal]
            self._chapter_of[ordinal] = current

    @property
    def beginnings(self) -> tuple[Place, ...]:
        """Where the parts begin, tables first."""
        return (*self._tables.values(), *self.headings)

    def of(self, place: Place) -> Place:
        """Return where the part begins that a place is in."""
        if place.table in self._tables:
            return self._tables[place.table]
        return self._chapter_of.get(place.paragraph or 0, Place(paragraph=1))

    def heading(self, beginning: Place) -> str:
        """Return the heading of the chapter that begins at a place; empty for a table."""
        return self.headings.get(beginning, "")


def chapters(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, str]]:
    """Yield where the chapters of a document begin, and their headings.

    Chapters are its parts (第三部分 …), whose name may stand on the next line; its sections (一、…)
    where it has no parts.
    """
    lines = [p for p in paragraphs if not contents.is_entry(p.content.text)]
    divided = [found for found in map(_chapter, lines, [*lines[1:], None]) if found]
    top = min((depth for depth, _, _ in divided), default=_PART)
    for depth, ordinal, heading in divided:
        if depth == top:
            yield ordinal, heading


def _chapter(line: Paragraph, after: Paragraph | None) -> tuple[int, int, str] | None:
    """Return depth, paragraph and words of the chapter that a line opens, None if it opens none."""
    text, ordinal = line.content.text, line.place.paragraph or 0
    number = numbering(text)
    if number is not None and number[1] == _PART and number[0].strip("：:") == text.strip():
        return _PART, ordinal, " ".join((text, after.content.text[:32] if after else "")).strip()
    found = outline.heading(text)
    if found is None or found[1] > _SECTION:
        return None
    return found[1], ordinal, found[0]
