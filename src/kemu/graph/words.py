"""Words of a document: who reports, codes and names as printed, definitions, and other spans."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu import __version__
from kemu.graph import codes
from kemu.graph.places import Printer, Triple
from kemu.graph.vocabulary import DERIVED_FROM, LABEL, TYPE, chinese, integer, kemu, named
from kemu.model import iri
from kemu.model.facts import (
    ALL,
    CodeMention,
    DefinedTerm,
    Extraction,
    Identity,
    Organisation,
    Span,
)
from kemu.model.language import ReportingLevel, Statement

STATEMENTS: dict[Statement, str] = {
    "budget": "budgetDocument",
    "finalAccount": "finalAccountDocument",
}
LEVELS: dict[ReportingLevel, str] = {"department": "departmentLevel", "unit": "unitLevel"}


def document_triples(printer: Printer, extraction: Extraction) -> Iterator[Triple]:
    """Yield the document itself: what it says it is, and what read it."""
    node, source = printer.document, extraction.document
    identity = extraction.identity
    for curie in ("kemu:DisclosureDocument", "qb:DataSet", "prov:Entity"):
        yield node, TYPE, named(curie)
    yield node, named("dcterms:identifier"), ox.Literal(source.sha256)
    yield node, named("dcterms:format"), ox.Literal(source.format)
    yield from identity_triples(node, identity)
    reading = printer.node("reading")
    software = ox.NamedNode(iri.software(__version__))
    yield reading, TYPE, named("prov:Activity")
    yield reading, named("prov:used"), node
    yield reading, named("prov:wasAssociatedWith"), software
    yield software, TYPE, named("prov:SoftwareAgent")
    yield software, LABEL, ox.Literal(f"Kemu {__version__}")


def identity_triples(node: ox.NamedNode, identity: Identity) -> Iterator[Triple]:
    """Yield what a document says it is."""
    if identity.title:
        yield node, named("dcterms:title"), chinese(identity.title)
    if identity.organisation:
        organisation = ox.NamedNode(iri.organisation(identity.organisation))
        yield node, kemu("reportingOrganisation"), organisation
    if identity.year.isdigit():
        yield node, kemu("fiscalYear"), integer(int(identity.year))
    if identity.statement in STATEMENTS:
        yield node, kemu("statement"), kemu(STATEMENTS[identity.statement])
    if identity.level in LEVELS:
        yield node, kemu("reportingLevel"), kemu(LEVELS[identity.level])


def organisation_triples(organisation: Organisation) -> Iterator[Triple]:
    """Yield one unit or department and its place in the budget hierarchy."""
    node = ox.NamedNode(iri.organisation(organisation.id))
    yield node, TYPE, named("org:FormalOrganization")
    yield node, named("skos:prefLabel"), chinese(organisation.name)
    if organisation.code:
        yield node, named("org:identifier"), ox.Literal(organisation.code)
    for alias in organisation.aliases:
        yield node, named("skos:altLabel"), chinese(alias)
    if organisation.superior:
        superior = ox.NamedNode(iri.organisation(organisation.superior))
        yield node, named("org:subOrganizationOf"), superior
        yield node, kemu("budgetRollsUpTo"), superior
    if organisation.subordinates is not None:
        yield node, kemu("declaredSubordinates"), integer(organisation.subordinates)
    if organisation.budget_level:
        yield node, kemu("budgetLevel"), ox.Literal(organisation.budget_level)


def mention_triples(printer: Printer, mention: CodeMention) -> Iterator[Triple]:
    """Yield a code or name of the classification as printed, and what it was resolved to."""
    node = printer.node(mention.slug)
    yield node, TYPE, kemu("CodeMention")
    yield node, kemu("inDocument"), printer.document
    yield node, DERIVED_FROM, printer.node(mention.place.slug)
    yield node, kemu("codeScheme"), ox.NamedNode(iri.scheme(mention.scheme))
    yield node, kemu("where"), ox.Literal(mention.where)
    if mention.year.isdigit():
        yield node, kemu("year"), integer(int(mention.year))
        yield node, kemu("readIn"), ox.NamedNode(iri.edition(mention.scheme, mention.year))
    if mention.printed_code:
        yield node, kemu("printedCode"), ox.Literal(mention.printed_code)
    if mention.printed_name:
        yield node, kemu("printedName"), ox.Literal(mention.printed_name)
    if any(mention.printed_path):
        yield node, kemu("printedPath"), ox.Literal(" > ".join(mention.printed_path))
    if mention.code:
        yield node, kemu("resolvedTo"), ox.NamedNode(iri.code(mention.scheme, mention.code))
        yield node, kemu("resolvedCode"), ox.Literal(mention.code)
    if mention.official_name:
        yield node, kemu("officialName"), ox.Literal(mention.official_name)
    yield from _difference_triples(node, mention)
    for candidate in mention.candidates:
        yield node, kemu("candidate"), ox.NamedNode(iri.code(mention.scheme, candidate))
    for slug in mention.facts:
        yield node, kemu("codesFact"), printer.node(slug)


def _difference_triples(node: ox.NamedNode, mention: CodeMention) -> Iterator[Triple]:
    if not mention.differences:
        return
    levels = codes.differing(mention)
    yield node, kemu("printedWords"), ox.Literal("、".join(x.printed for x in levels))
    yield node, kemu("officialWords"), ox.Literal("、".join(x.official for x in levels))
    yield node, kemu("differingCode"), ox.Literal("、".join(x.notation for x in levels))
    for difference in mention.differences:
        yield node, kemu("difference"), kemu(difference)


def term_triples(printer: Printer, term: DefinedTerm) -> Iterator[Triple]:
    """Yield one entry of the document's glossary."""
    node = printer.node(term.slug)
    yield node, TYPE, named("schema:DefinedTerm")
    yield node, kemu("inDocument"), printer.document
    yield node, DERIVED_FROM, printer.node(term.place.slug)
    yield node, named("schema:name"), chinese(term.term)
    yield node, named("skos:definition"), chinese(term.definition)
    if term.scheme and term.code:
        yield node, kemu("defines"), ox.NamedNode(iri.code(term.scheme, term.code))
        yield node, named("schema:termCode"), ox.Literal(term.code)
    if term.item and term.item != ALL:
        yield node, kemu("defines"), kemu(term.item)


def span_triples(printer: Printer, span: Span, known: frozenset[str]) -> Iterator[Triple]:
    """Yield printed text that a rule may judge.

    The codes and words that a `nameList` names are stated one by one, so that a rule can join them.

    Args:
        printer: Makes the document's nodes.
        span: What to describe.
        known: Slugs of all things observed; `span.about` is one of them, or a word for a slot.
    """
    node = printer.node(span.slug)
    yield node, TYPE, kemu("Span")
    yield node, kemu("inDocument"), printer.document
    yield node, DERIVED_FROM, printer.node(span.place.slug)
    yield node, kemu("spanKind"), ox.Literal(span.kind)
    yield node, kemu("quote"), ox.Literal(span.text)
    if span.value:
        yield node, kemu("reading"), ox.Literal(span.value)
    if span.about in known:
        yield node, kemu("about"), printer.node(span.about)
    elif span.about:
        yield node, kemu("slot"), ox.Literal(span.about)
    if span.kind == "nameList":
        for name in filter(None, span.value.split("|")):
            if name.isdigit():
                yield node, kemu("namesCode"), ox.NamedNode(iri.code("deptEconomic", name))
            else:
                yield node, kemu("namesText"), ox.Literal(name)
