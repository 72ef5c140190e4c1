"""From an extraction to the quads of its graph.

What a check needs (facts, equations, claims, mentions, spans) and what only a reader of the graph
needs (places with their selectors) are separate, for a check builds a store for every document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, starmap

import pyoxigraph as ox

from kemu.errors import InternalError
from kemu.graph import bases, codes, derived
from kemu.graph.agreements import agreements
from kemu.graph.observations import blank_triples, fact_triples, spending_triples, value_names
from kemu.graph.places import Printer, Triple
from kemu.graph.relations import (
    agreement_triples,
    claim_triples,
    equation_triples,
    unbound_triples,
)
from kemu.graph.rounding import apart_by_rounding
from kemu.graph.vocabulary import kemu
from kemu.graph.words import (
    document_triples,
    mention_triples,
    organisation_triples,
    span_triples,
    term_triples,
)
from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import (
    BlankCell,
    Claim,
    CodeMention,
    DefinedTerm,
    Equation,
    Extraction,
    Fact,
    Span,
)

Printed = Fact | BlankCell | Equation | Claim | CodeMention | DefinedTerm | Span


def store(extraction: Extraction, asked: Collection[ox.NamedNode] | None = None) -> ox.Store:
    """Return a fresh store of one document and the codes it uses, with what follows by arithmetic.

    All of it is in the default graph.

    Args:
        extraction: What was observed in it.
        asked: Properties to hold, all if None: the fewer a fact has, the sooner one is found. What
            the arithmetic builds on is held in any case.

    Raises:
        InternalError: The extraction contradicts itself.
    """
    whole = chain(document_graph(extraction), shared_graph(extraction))
    if asked is None:
        return _stored(whole)
    needed = {*asked, *derived.named_in_updates()}
    return _stored(triple for triple in whole if triple[1] in needed)


def _stored(triples: Iterable[Triple]) -> ox.Store:
    found = ox.Store()
    found.extend(starmap(ox.Quad, triples))
    derived.extend(found)
    return found


def quads(extraction: Extraction) -> list[ox.Quad]:
    """Return the whole graph: the document's named graph with its places, and that of the codes.

    Raises:
        InternalError: The extraction contradicts itself.
    """
    document = ox.NamedNode(iri.document(extraction.document.sha256))
    shared = ox.NamedNode(iri.CODES)
    spending = spending_triples(Printer(extraction.document), extraction.facts)
    observed, codes_used = list(document_graph(extraction)), list(shared_graph(extraction))
    known = {ox.Triple(*triple) for triple in (*observed, *codes_used)}
    stored = _stored((*observed, *codes_used))
    follows = [quad for quad in stored if quad.triple not in known]
    return [
        *(ox.Quad(*triple, document) for triple in (*observed, *spending, *_places(extraction))),
        *(ox.Quad(it.subject, it.predicate, it.object, document) for it in follows),
        *(ox.Quad(*triple, shared) for triple in codes_used),
    ]


def document_graph(extraction: Extraction) -> Iterator[Triple]:
    """Yield what was observed in the document, without the description of places."""
    _consistent(extraction)
    printer = Printer(extraction.document)
    yield from document_triples(printer, extraction)
    for organisation in extraction.organisations:
        yield from organisation_triples(organisation)
    for fact in extraction.facts:
        yield from fact_triples(printer, fact)
    for blank in extraction.blanks:
        yield from blank_triples(printer, blank)
    yield from value_names(extraction)
    for equation in extraction.equations:
        yield from equation_triples(printer, equation)
    held = list(agreements(extraction.facts))
    for agreement in held:
        yield from agreement_triples(printer, agreement)
    compared = [(agreement.key, agreement.reference) for agreement in held]
    for one, other in apart_by_rounding(extraction.facts, extraction.equations, compared):
        yield printer.node(one), kemu("apartByRounding"), printer.node(other)
    for claim in extraction.claims:
        yield from claim_triples(printer, claim)
    yield from _beside(printer, extraction)


def _beside(printer: Printer, extraction: Extraction) -> Iterator[Triple]:
    """Yield what is printed beside the amounts: names, terms, words, numbers not understood."""
    known = slugs(extraction)
    for mention in extraction.mentions:
        yield from mention_triples(printer, mention)
    for term in extraction.terms:
        yield from term_triples(printer, term)
    for span in extraction.spans:
        yield from span_triples(printer, span, known)
    for number in extraction.unbound:
        if number.is_amount:
            yield from unbound_triples(printer, number)


def shared_graph(extraction: Extraction) -> Iterator[Triple]:
    """Yield what documents share: the bases of equations and the codes that this one uses."""
    yield from bases.triples()
    yield from codes.triples(extraction)


def things(extraction: Extraction) -> Iterator[Printed]:
    """Yield everything observed that is printed at one place of the document."""
    yield from extraction.facts
    yield from extraction.blanks
    yield from extraction.equations
    yield from extraction.claims
    yield from extraction.mentions
    yield from extraction.terms
    yield from extraction.spans


def slugs(extraction: Extraction) -> frozenset[str]:
    """Return the slugs of everything observed in the document.

    Raises:
        InternalError: Two different things bear one slug.
    """
    found: dict[str, Printed] = {}
    for thing in things(extraction):
        other = found.setdefault(thing.slug, thing)
        if other is not thing and other != thing:
            raise InternalError("E-GRAPH-SLUG", f"两样东西用了同一个标识：{thing.slug}")
    return frozenset(found)


def _consistent(extraction: Extraction) -> None:
    """Raise an error if an equation or a claim speaks of a fact that is not there."""
    cells = {fact.slug for fact in extraction.facts} | {cell.slug for cell in extraction.blanks}
    claims = {claim.slug for claim in extraction.claims}
    for equation in extraction.equations:
        for slug in (equation.total, *(part.fact for part in equation.parts)):
            if slug not in cells:
                raise InternalError(
                    "E-GRAPH-FACT", f"等式 {equation.slug} 引用了不存在的数字：{slug}"
                )
    for claim in extraction.claims:
        for slug in claim.operands.values():
            if slug not in cells:
                raise InternalError("E-GRAPH-FACT", f"陈述 {claim.slug} 引用了不存在的数字：{slug}")
        if claim.change and claim.change not in claims:
            raise InternalError("E-GRAPH-CLAIM", f"陈述 {claim.slug} 引用了不存在的陈述")


def _places(extraction: Extraction) -> Iterator[Triple]:
    printer = Printer(extraction.document)
    found: dict[str, Place] = {}
    for thing in things(extraction):
        found.setdefault(thing.place.slug, thing.place)
    for slug in sorted(found):
        yield from printer.place_triples(found[slug])
