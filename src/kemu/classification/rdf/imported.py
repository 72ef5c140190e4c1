"""An imported edition as a graph: its concepts with official explanations and their source."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.classification.books.book import BookRow
from kemu.classification.books.edition import Edition
from kemu.classification.rdf.editions import edition_concept
from kemu.classification.rdf.notes import official
from kemu.classification.rdf.terms import Triple, new_year, term, text
from kemu.classification.tables.rows import schemes_table
from kemu.model import iri


def source_node(edition: Edition) -> ox.NamedNode:
    """Return the node of the book's file, from the hash of its bytes."""
    return ox.NamedNode(iri.document(edition.sha256))


def triples(edition: Edition) -> Iterator[Triple]:
    """Yield the edition of every scheme that the book prints, and the book."""
    book = source_node(edition)
    yield book, term("rdf:type"), term("dcterms:BibliographicResource")
    yield book, term("dcterms:title"), text(edition.title, "zh")
    yield book, term("dcterms:identifier"), ox.Literal(edition.sha256)
    for scheme in dict.fromkeys(row.scheme for row in edition.rows):
        yield from _scheme(edition, scheme, book)
    for row in edition.rows:
        yield from _concept(edition, row, book)


def complete_triples(edition: Edition) -> Iterator[Triple]:
    """Yield of which schemes the edition holds every code."""
    for scheme in edition.complete:
        node = ox.NamedNode(iri.edition(scheme, edition.year))
        yield node, term("kemu:complete"), ox.Literal(True)


def _scheme(edition: Edition, scheme: str, book: ox.NamedNode) -> Iterator[Triple]:
    node = ox.NamedNode(iri.edition(scheme, edition.year))
    about = schemes_table()[scheme]
    yield node, term("rdf:type"), term("skos:ConceptScheme")
    yield node, term("skos:notation"), ox.Literal(f"{scheme}-{edition.year}")
    yield node, term("skos:prefLabel"), text(f"{edition.year} 年{about['label_zh']}科目", "zh")
    yield node, term("skos:prefLabel"), text(f"{about['label_en']}, {edition.year}", "en")
    yield node, term("dcterms:issued"), new_year(edition.year)
    yield node, term("dcterms:source"), book
    yield node, term("kemu:complete"), ox.Literal(scheme in edition.complete)


def _concept(edition: Edition, row: BookRow, book: ox.NamedNode) -> Iterator[Triple]:
    scheme = ox.NamedNode(iri.edition(row.scheme, edition.year))
    this = edition_concept(row.scheme, edition.year, row.code)
    yield this, term("rdf:type"), term("skos:Concept")
    yield this, term("skos:inScheme"), scheme
    yield this, term("skos:notation"), ox.Literal(row.code)
    yield this, term("skos:prefLabel"), text(row.name, "zh")
    yield this, term("dcterms:isVersionOf"), ox.NamedNode(iri.code(row.scheme, row.code))
    yield this, term("dcterms:source"), book
    yield this, term("dcterms:bibliographicCitation"), text(f"{edition.title}，{row.place}", "zh")
    if row.definition:
        yield from official(this, row.definition)
    if row.parent:
        parent = edition_concept(row.scheme, edition.year, row.parent)
        yield this, term("skos:broader"), parent
        yield parent, term("skos:narrower"), this
    else:
        yield this, term("skos:topConceptOf"), scheme
        yield scheme, term("skos:hasTopConcept"), this


def nquads(edition: Edition) -> bytes:
    """Return the edition as sorted N-Quads, in the named graph of the book."""
    graph = source_node(edition)
    lines = {f"{ox.Quad(*triple, graph)} .\n" for triple in triples(edition)}
    return "".join(sorted(lines)).encode()
