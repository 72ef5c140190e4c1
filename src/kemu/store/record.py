"""What of a document a store keeps: all that rules and questions look at, each with its page.

Where exactly a number stands on the page is left out (its IRI names table, row and column), as is
what a type says once more. Rules find the same in what is kept as in the document.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.graph import build
from kemu.graph.observations import PROPERTIES, spending_triples
from kemu.graph.places import Printer, Triple
from kemu.graph.vocabulary import TYPE, integer, kemu
from kemu.model import iri
from kemu.model.facts import CodeMention, DefinedTerm, Extraction, Fact

_OF_BLANKS = frozenset(kemu(name) for name in PROPERTIES.values()) - {kemu("measure")}
_TYPES = frozenset((kemu("WeightedTerm"),))


def document_triples(extraction: Extraction) -> Iterator[Triple]:
    """Yield what is kept of a document in its own graph.

    Raises:
        InternalError: The extraction contradicts itself.
    """
    printer = Printer(extraction.document)
    blanks = {printer.node(cell.slug) for cell in extraction.blanks}
    for triple in build.document_graph(extraction):
        subject, predicate, value = triple
        if predicate == TYPE and value in _TYPES:
            continue
        if predicate in _OF_BLANKS and subject in blanks:
            continue
        yield triple
    yield from spending_triples(printer, extraction.facts)
    paged: tuple[Fact | DefinedTerm | CodeMention, ...]
    paged = (*extraction.facts, *extraction.terms, *extraction.mentions)
    for thing in paged:
        if thing.place.page is not None:
            yield printer.node(thing.slug), kemu("page"), integer(thing.place.page)


def shared_quads(extraction: Extraction) -> list[ox.Quad]:
    """Return what documents share: the codes it uses, the bases of equations."""
    shared = ox.NamedNode(iri.CODES)
    return [ox.Quad(*triple, shared) for triple in build.shared_graph(extraction)]
