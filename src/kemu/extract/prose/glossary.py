"""名词解释: the terms that a document explains, with what they stand for.

A term is a path or a code of the classification, a name of it, or an item of budget language. An
entry may explain several: `“三公”经费：…其中，因公出国（境）费反映…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from kemu import knowledge
from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.prose.scene import Scene
from kemu.extract.words.context import Context
from kemu.extract.words.labels import Label
from kemu.extract.words.numbering import numbering
from kemu.model.facts import CodeMention, DefinedTerm

_DIMENSIONS = ("item", "nature", "fund", "carry")
_LAST = "项"


def data() -> dict[str, Any]:
    """Return graph/glossary.toml as in force."""
    return knowledge.table("glossary")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its definition as they stand in a paragraph."""

    term: str
    definition: str
    start: int
    nested: bool = False


def entries(text: str) -> list[Entry]:
    """Return the terms that a paragraph of a glossary explains, the main one first."""
    number = numbering(text)
    offset = len(number[0]) if number else 0
    rest = text[offset:]
    for pattern in data()["entry"]:
        match = re.match(pattern["regex"], rest)
        if match is None:
            continue
        main = Entry(match["term"], match["definition"], offset)
        start = offset + match.start("definition")
        return [main, *_nested(main, match["definition"], start)]
    return []


def _nested(main: Entry, definition: str, offset: int) -> Iterator[Entry]:
    for match in re.finditer(data()["nested"]["regex"], definition):
        if match["term"] != main.term:
            start = offset + match.start("term")
            yield Entry(match["term"], match["definition"], start, nested=True)


class Glossary:
    """Collects the terms of one document."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.above = ""
        """Code of the 款 explained last; the 项 under it are printed without it."""

    def take(self, text: str) -> None:
        """Take a paragraph of the glossary: its terms, or the rest of the definition before."""
        found = entries(text)
        terms = self.scene.observed.terms
        if not found:
            if terms and not self._is_heading(text):
                terms[-1] = replace(terms[-1], definition=terms[-1].definition + text)
            return
        for entry in found:
            self._entry(entry)

    def _is_heading(self, text: str) -> bool:
        return text == self.scene.section.title or text.startswith("（本项")

    def _entry(self, entry: Entry) -> None:
        term = entry.term
        for prefix in data()["prefix"]["words"]:
            term = term.removeprefix(prefix)
        label = self._label(term)
        says = dict(label.says) if label is not None else {}
        item = next((says[d] for d in _DIMENSIONS if d in says), "")
        coded = label is not None and bool(label.scheme)
        if entry.nested and not coded and not item:
            return
        scene = self.scene
        place = scene.place(entry.start, entry.start + len(entry.term))
        code = label.resolution.code if label is not None and coded else ""
        scene.observed.terms.append(
            DefinedTerm(
                slug=f"{place.slug}/term",
                place=place,
                term=entry.term,
                definition=entry.definition,
                scheme=label.scheme if label is not None and code else "",
                code=code,
                item="" if code else item,
            )
        )
        if label is not None and coded and not entry.nested:
            scene.mention(label, where="glossary")

    def _label(self, term: str) -> Label | None:
        """Return what a term names: a path, a code, an item, or a name of a 项."""
        names = self.scene.labels.names
        label = self._economic(term) or names.path(term, self.above) or names.coded(term)
        if label is not None:
            if len(label.resolution.code) == 5:
                self.above = label.resolution.code
            return label
        reading = self.scene.context.lexicon.read(term)
        if reading.understood and any(d in reading.says for d in _DIMENSIONS):
            return Label(term, dict(reading.says))
        found = self.scene.context.codes.resolve_name(
            term, year=self.scene.context.year, schemes=(FUNCTIONAL,), level=_LAST
        )
        if not found and not found.candidates:
            return None
        near = not found and all(c.score < 1 for c in found.candidates)
        return None if near else Label(term, {}, FUNCTIONAL, (term,), "", found)

    def _economic(self, term: str) -> Label | None:
        """Return the economic code that a term names if it says that it is one."""
        known = data()["economic"]
        match = re.match(known["regex"], term)
        if match is None:
            return None
        scheme = GOV_ECONOMIC if match["which"] in known["government"] else DEPT_ECONOMIC
        name, level = match["name"], match["level"]
        codes, year = self.scene.context.codes, self.scene.context.year
        found = codes.resolve_name(name, year=year, schemes=(scheme,), level=level)
        return Label(name, {}, scheme, (name,), "", found) if found else None


def settled(
    terms: Iterable[DefinedTerm],
    mentions: Sequence[CodeMention],
    used: Iterable[str],
    context: Context,
) -> tuple[list[DefinedTerm], list[CodeMention]]:
    """Return terms and mentions, names that several codes bear with the code that is used.

    行政运行 is the name of a 项 under many 款; a document that uses one of them explains that one.
    """
    names: dict[str, set[str]] = {}
    for code in {code for code in used if code.isdigit()}:
        concept = context.codes.get(FUNCTIONAL, code, context.year)
        if concept is not None:
            names.setdefault(concept.name, set()).add(code)
    found = [_meant(mention, names.get(mention.printed_name, set())) for mention in mentions]
    codes = {
        new.place.slug: new.code for new, old in zip(found, mentions, strict=True) if new != old
    }
    return [_coded(term, codes) for term in terms], found


def _meant(mention: CodeMention, codes: Set[str]) -> CodeMention:
    if mention.where != "glossary" or mention.code or len(codes) != 1:
        return mention
    code, name = next(iter(codes)), mention.printed_name
    return replace(mention, code=code, official_name=name, candidates=())


def _coded(term: DefinedTerm, codes: Mapping[str, str]) -> DefinedTerm:
    code = codes.get(replace(term.place, start=None, end=None).slug, "")
    settled = code and not term.code and not term.item
    return replace(term, scheme=FUNCTIONAL, code=code) if settled else term
