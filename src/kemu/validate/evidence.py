"""What a finding rests on: the numbers and words involved, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.graph.build import Printed, things
from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import (
    Amount,
    BlankCell,
    Claim,
    CodeMention,
    DefinedTerm,
    Equation,
    Extraction,
    Fact,
    Span,
    Unbound,
)
from kemu.model.findings import Evidence
from kemu.validate.queries import Row

_OWN = frozenset(("this", "value"))
_LIST = "evidence"
"""Variable that holds several IRIs, separated by blanks."""


class Observed:
    """What was observed in a document, by IRI and by slug."""

    def __init__(self, extraction: Extraction) -> None:
        sha256 = extraction.document.sha256
        self.document = iri.document(sha256)
        self.by_slug: dict[str, Printed | Unbound] = {it.slug: it for it in extraction.unbound}
        self.by_slug |= {thing.slug: thing for thing in things(extraction)}
        self.by_iri = {iri.printed(sha256, slug): it for slug, it in self.by_slug.items()}

    def scale(self, value: str) -> Amount | None:
        """Return the amount in whose unit a finding about something is written."""
        for cell in self._facts(value):
            return cell.amount
        return None

    def _facts(self, value: str) -> Iterator[Fact]:
        thing = self.by_iri.get(value)
        slugs: list[str] = []
        if isinstance(thing, Equation):
            slugs = [thing.total, *(part.fact for part in thing.parts)]
        elif isinstance(thing, Claim):
            slugs = list(thing.operands.values())
        elif thing is not None:
            slugs = [thing.slug]
        found = (self.by_slug.get(slug) for slug in slugs)
        yield from (cell for cell in found if isinstance(cell, Fact))

    def at_fault(self, value: str) -> tuple[Printed | Unbound, ...]:
        """Return what is at fault: an equation with its total, else one thing or none."""
        thing = self.by_iri.get(value)
        if isinstance(thing, Equation):
            return thing, self.by_slug[thing.total]
        return () if thing is None else (thing,)

    def counted(self, value: str) -> bool:
        """Tell whether a finding about something counts things instead of money."""
        return any(cell.key.measure != "money" for cell in self._facts(value))

    def evidence(self, value: str, row: Row) -> tuple[Evidence, ...]:
        """Return all that a finding rests on: the thing at fault first, then what it is held to."""
        found = [*self._of(value)]
        for name, term in row.items():
            if name == _LIST and isinstance(term, ox.Literal):
                for each in sorted(term.value.split()):
                    found.extend(self._of(each))
            elif isinstance(term, ox.NamedNode) and name not in _OWN:
                thing = self.by_iri.get(term.value)
                if thing is not None:
                    found.append(_single(thing, name))
        unique = {(e.place.slug, e.quote, e.weight): e for e in reversed(found)}
        kept = set(map(id, unique.values()))
        return tuple(e for e in found if id(e) in kept)

    def _of(self, value: str) -> Iterator[Evidence]:
        thing = self.by_iri.get(value)
        if isinstance(thing, Equation):
            yield from self._equation(thing)
        elif isinstance(thing, Claim):
            yield _single(thing, "stated")
            for role, slug in sorted(thing.operands.items()):
                yield _single(self.by_slug[slug], role)
            if thing.change:
                yield _single(self.by_slug[thing.change], "change")
        elif thing is not None:
            yield _single(thing, "printed")

    def _equation(self, equation: Equation) -> Iterator[Evidence]:
        yield _single(self.by_slug[equation.total], "total")
        for part in equation.parts:
            yield _single(self.by_slug[part.fact], "term", part.weight)


def _single(thing: Printed | Unbound, role: str, weight: int = 1) -> Evidence:
    if isinstance(thing, Fact):
        return Evidence(role, thing.place, thing.quote, thing.amount.value, weight, thing.label)
    if isinstance(thing, BlankCell):
        return Evidence(role, thing.place, "", None, weight, thing.label)
    if isinstance(thing, Claim):
        return Evidence(role, thing.place, thing.quote, thing.stated, weight)
    return Evidence(role, _place(thing), _words(thing), None, weight)


def _place(thing: Printed | Unbound) -> Place:
    return thing.place


def _words(thing: Printed | Unbound) -> str:
    if isinstance(thing, CodeMention):
        path = "".join(thing.printed_path) if thing.where != "table" else ""
        return " ".join(filter(None, (thing.printed_code, path or thing.printed_name)))
    if isinstance(thing, DefinedTerm):
        return thing.term
    if isinstance(thing, Span):
        return thing.text
    if isinstance(thing, Unbound):
        return thing.quote
    return ""
