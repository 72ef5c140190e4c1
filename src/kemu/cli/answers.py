"""Answers to queries for people: members of dimensions in words, other IRIs as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pyoxigraph as ox

from kemu.graph.sparql import results
from kemu.graph.sparql.stores import of
from kemu.graph.vocabulary import LABEL, named
from kemu.model import iri
from kemu.store.backend import Reader

_NAMED = (iri.ONTOLOGY, iri.basis(""))
_LABELS = (LABEL, named("skos:prefLabel"))
Table = tuple[Sequence[str], list[Sequence[str]]]


def csv(answer: results.Answer, store: Reader, lang: str) -> bytes:
    """Return a table as CSV: IRIs in full, no text a formula.

    Raises:
        InputError: The answer is a graph.
    """
    from kemu.report.formats.csv_lines import lines

    if not isinstance(answer, ox.QuerySolutions):
        return results.csv(answer)
    return lines(*_table(answer, store, lang, _whole)).encode()


def shown(answer: results.Answer, store: Reader, lang: str) -> Table:
    """Return header and rows for a terminal: IRIs shortened."""
    if isinstance(answer, ox.QuerySolutions):
        return _table(answer, store, lang, results.short)
    header, rows = results.rows(answer)
    return header, list(rows)


def _table(
    answer: ox.QuerySolutions, store: Reader, lang: str, write: Callable[[object], str]
) -> Table:
    names = [variable.value for variable in answer.variables]
    words = _Words(store, lang)
    return names, [[words(term) or write(term) for term in solution] for solution in answer]


def _whole(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else results.short(term)


class _Words:
    """Names of the terms of the ontology, from the store that is queried or the ontology."""

    def __init__(self, store: Reader, lang: str) -> None:
        self._store = store
        self._lang = lang
        self._known: dict[str, str] = {}

    def __call__(self, term: object) -> str:
        """Return a term's name; nothing for what has none."""
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(_NAMED):
            return ""
        if term.value not in self._known:
            self._known[term.value] = self._name(term)
        return self._known[term.value]

    def _name(self, term: ox.NamedNode) -> str:
        found = (
            value.value
            for label in _LABELS
            for value in (
                *self._store.values(term, label),
                *(quad.object for quad in _ontology().quads_for_pattern(term, label, None)),
            )
            if isinstance(value, ox.Literal) and value.language == self._lang
        )
        return next(found, "")


@cache
def _ontology() -> ox.Store:
    return of(())
