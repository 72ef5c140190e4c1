"""Fingerprints: what a finding is about, in words that survive a correction of the document.

An id holds the file's hash and the places; a fingerprint holds neither, nor a page, an ordinal or
an amount. Two versions of a document have a finding in common when its fingerprint is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from kemu.extract.document import outline
from kemu.graph.build import Printed
from kemu.model.document import Document, Place
from kemu.model.facts import (
    BlankCell,
    CodeMention,
    DefinedTerm,
    Equation,
    Extraction,
    Fact,
    Span,
    Unbound,
)
from kemu.model.findings import Finding

Thing = Printed | Unbound
_DIMENSIONS = ("functional", "dept_economic", "gov_economic", "item", "project", "measure")
_NUMBERS = re.compile(r"[-+]?\d[\d.,]*%?")
_NUMBERED = re.compile(r"^第?[（(]?[一二三四五六七八九十]+(?:[)）、.．]|部分|章)+")
_SENTENCE = re.compile(r"[。；;！？!?]")
_CLAUSE = re.compile(r"[，。；;！？!?]")


class Fingerprints:
    """Makes the fingerprints of one document's findings."""

    def __init__(self, extraction: Extraction) -> None:
        self._document = extraction.document
        self._own = extraction.identity.organisation

    def of(self, rule: str, things: Iterable[Thing], else_about: str = "") -> str:
        """Return 16 hexadecimal digits for a rule and what is at fault.

        Args:
            rule: Number.
            things: What is at fault: an equation with its total, or a single thing.
            else_about: Words for it where it is nothing printed.
        """
        words = [word for thing in things for word in (*_said(thing), *self._stands(thing))]
        return _digest((rule, *words) if words else (rule, without_numbers(else_about)))

    def _stands(self, thing: Thing) -> Iterator[str]:
        """Yield whose it is, and the labels in a table or the words before it in a sentence."""
        if isinstance(thing, Fact | BlankCell):
            yield "" if thing.key.organisation == self._own else thing.key.organisation
        if not isinstance(thing, Equation):
            yield from self._written(thing.place)

    def _written(self, place: Place) -> Iterator[str]:
        """Yield the section of a sentence and its words up to the end of the clause."""
        found = self._paragraphs.get(place.paragraph or 0) if place.table is None else None
        if found is None:
            return
        section, text = found
        yield section
        if place.start is None:
            yield without_numbers(text)
            return
        first = max((m.end() for m in _SENTENCE.finditer(text, 0, place.start)), default=0)
        last = _CLAUSE.search(text, place.end or place.start)
        yield without_numbers(text[first : place.start])
        yield without_numbers(text[place.start : last.start() if last else len(text)])

    @cached_property
    def _paragraphs(self) -> dict[int, tuple[str, str]]:
        """Per paragraph: the words of the heading above it, and its text."""
        return dict(_sectioned(self._document))


def _sectioned(document: Document) -> Iterator[tuple[int, tuple[str, str]]]:
    section = ""
    for paragraph in document.paragraphs:
        text = paragraph.content.text
        found = outline.heading(text)
        section = _named(found[0]) if found else section
        yield paragraph.place.paragraph or 0, (section, text)


def _said(thing: Thing) -> Iterator[str]:
    """Yield what a thing says by itself."""
    if isinstance(thing, Fact | BlankCell):
        yield from (f"{name}={getattr(thing.key, name)}" for name in _DIMENSIONS)
        if thing.place.table is not None:
            yield from (_heading(thing), thing.label, thing.column_path)
    elif isinstance(thing, Equation):
        yield thing.basis
    elif isinstance(thing, CodeMention):
        yield from (thing.where, thing.printed_code, thing.printed_name, *thing.printed_path)
    elif isinstance(thing, DefinedTerm):
        yield thing.term
    elif isinstance(thing, Span):
        yield from (thing.kind, without_numbers(thing.text))
    else:
        yield thing.kind


def _heading(cell: Fact | BlankCell) -> str:
    return _named(cell.heading) if isinstance(cell, Fact) else ""


def _named(heading: str) -> str:
    """Return a heading or title without its number and without years."""
    return _NUMBERED.sub("", without_numbers(heading))


def without_numbers(text: str) -> str:
    """Return a text without the numbers in it and without blanks."""
    return "".join(_NUMBERS.sub("", text).split())


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in the order given, those alike in all their words counted among themselves.

    The first keeps its fingerprint: when one of two alike is mended, one is gone and one unchanged.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        alike = seen[finding.fingerprint]
        seen[finding.fingerprint] += 1
        further = _digest((finding.fingerprint, str(alike + 1)))
        yield replace(finding, fingerprint=further) if alike else finding
