"""Comparisons between documents as a graph: for each document a store of its own comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

import pyoxigraph as ox

from kemu.across.comparisons import Comparison
from kemu.across.quantities import Printed
from kemu.graph import derived
from kemu.graph.observations import fact_triples
from kemu.graph.places import Printer, Triple
from kemu.graph.relations import claim_triples
from kemu.graph.vocabulary import TYPE, kemu
from kemu.graph.words import document_triples
from kemu.model.facts import Fact

_MOST = 4
"""Documents that a message names."""


def store(one: Printed, found: Iterable[Comparison], remarks: Iterable[Triple] = ()) -> ox.Store:
    """Return the graph of a document's comparisons, with what follows by arithmetic."""
    graph = ox.Store()
    graph.extend(ox.Quad(*triple) for triple in (*_triples(one, found), *remarks))
    derived.extend(graph)
    return graph


def _triples(one: Printed, found: Iterable[Comparison]) -> Iterator[Triple]:
    printer = Printer(one.extraction.document)
    yield from document_triples(printer, one.extraction)
    facts = {fact.slug: fact for fact in one.extraction.facts}
    for number, each in enumerate(found):
        node, here = printer.node(f"across/{number}"), printer.node(each.here.slug)
        yield node, TYPE, kemu("AcrossComparison")
        yield node, kemu("inDocument"), printer.document
        yield node, kemu("acrossKind"), ox.Literal(each.kind)
        yield node, kemu("relation"), kemu(each.relation)
        yield node, kemu("here"), here
        yield node, kemu("otherPlace"), ox.Literal(_where(each))
        if isinstance(each.here, Fact):
            yield from fact_triples(printer, each.here)
        else:
            yield from claim_triples(printer, each.here)
            yield from fact_triples(printer, facts[each.here.operands["current"]])
        for other, fact in each.there:
            there = Printer(other.extraction.document)
            yield node, kemu("there"), there.node(fact.slug)
            yield from fact_triples(there, fact)


def _where(comparison: Comparison) -> str:
    """Return in which documents, pages and tables the other numbers stand."""
    named = [_place(other, fact) for other, fact in comparison.there[:_MOST]]
    return " + ".join(named) + (" + …" if len(comparison.there) > _MOST else "")


def _place(other: Printed, fact: Fact) -> str:
    page = f" p{fact.place.page}" if fact.place.page is not None else ""
    title = f"“{fact.heading}”" if fact.heading else ""
    return f"{PurePath(other.path).name}{page}{title}"
