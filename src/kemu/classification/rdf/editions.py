"""One year's edition of a classification as SKOS and XKOS, for any tool that reads these.

An edition is what is known of one year, exported whole: concepts of its own with their place in
the tree. Only the 2009 edition rests on a complete source; the others are put together from what
is known, and say so. No node is blank; same tables, same triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kemu.classification.rdf.terms import Triple, integer, new_year, term, text
from kemu.classification.rdf.versions import attestation, version_node
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import LEVELS, SCHEMES, Concept, Level
from kemu.classification.tables.labels import labels
from kemu.classification.tables.rows import schemes_table
from kemu.model import iri

LEVEL_NAMES = {
    Level.CLASS: "class",
    Level.DIVISION: "division",
    Level.ITEM: "item",
    Level.DETAIL: "detail",
}
"""Level to its English name, part of the level's IRI."""

_NOTES = {
    "zh": "按已知的科目名称和年份整理而成，并非财政部发布的完整版本；每个科目注明可信度。",
    "en": "Put together from what is known of names and years; not the complete official edition. "
    "Every code carries its confidence.",
}


def editions(table: Codes, year: int, schemes: Iterable[str] = SCHEMES) -> Iterator[Triple]:
    """Yield the editions of several schemes in one year; a scheme not yet in force is left out."""
    for scheme in schemes:
        if year >= int(schemes_table()[scheme]["since"]):
            yield from edition(table, scheme, year)


def edition(table: Codes, scheme: str, year: int) -> Iterator[Triple]:
    """Yield one year's edition of a scheme: scheme, levels, concepts and their tree."""
    about = schemes_table()[scheme]
    concepts = table.edition(scheme, year)
    node = ox.NamedNode(iri.edition(scheme, year))
    yield from _scheme(node, scheme, year, about)
    yield from _levels(node, scheme, year, about, concepts)
    known = {concept.notation for concept in concepts}
    for concept in concepts:
        yield from _edition_concept(node, concept, year, known)


def edition_concept(scheme: str, year: int, notation: str) -> ox.NamedNode:
    """Return the node of a code in one year's edition."""
    return ox.NamedNode(f"{iri.edition(scheme, year)}/{notation}")


def _scheme(node: ox.NamedNode, scheme: str, year: int, about: dict[str, str]) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("skos:ConceptScheme")
    yield node, term("skos:notation"), ox.Literal(f"{scheme}-{year}")
    yield node, term("skos:prefLabel"), text(f"{year} 年{about['label_zh']}科目", "zh")
    yield node, term("skos:prefLabel"), text(f"{about['label_en']}, {year}", "en")
    for lang, note in _NOTES.items():
        yield node, term("dcterms:description"), text(note, lang)
    yield node, term("dcterms:issued"), new_year(year)
    if year > int(about["since"]):
        before = ox.NamedNode(iri.edition(scheme, year - 1))
        yield node, term("xkos:follows"), before
        yield node, term("xkos:supersedes"), before
    series = ox.NamedNode(iri.scheme(scheme))
    domain = ox.NamedNode(f"{iri.scheme(scheme)}/domain")
    yield node, term("xkos:belongsTo"), series
    yield node, term("xkos:coversExhaustively"), domain
    for concept, label in ((series, "label"), (domain, "note")):
        yield concept, term("rdf:type"), term("skos:Concept")
        for lang in ("zh", "en"):
            yield concept, term("skos:prefLabel"), text(about[f"{label}_{lang}"], lang)
    yield node, term("xkos:numberOfLevels"), integer(len(about["levels"].split(";")))


def _levels(
    node: ox.NamedNode, scheme: str, year: int, about: dict[str, str], concepts: tuple[Concept, ...]
) -> Iterator[Triple]:
    """Yield the levels, their list (with named cells) and their members."""
    names = [Level(name) for name in about["levels"].split(";")]
    cells = [ox.NamedNode(f"{node.value}/levels/{depth + 1}") for depth in range(len(names))]
    yield node, term("xkos:levels"), cells[0]
    for depth, name in enumerate(names):
        level = ox.NamedNode(f"{node.value}/level/{LEVEL_NAMES[name]}")
        rest = cells[depth + 1] if depth + 1 < len(cells) else term("rdf:nil")
        yield cells[depth], term("rdf:first"), level
        yield cells[depth], term("rdf:rest"), rest
        yield level, term("rdf:type"), term("xkos:ClassificationLevel")
        yield level, term("skos:prefLabel"), text(name, "zh")
        yield level, term("skos:prefLabel"), text(LEVEL_NAMES[name], "en")
        yield level, term("xkos:depth"), integer(depth + 1)
        pattern = f"{about['first_digit']}\\d{{{2 + 2 * depth}}}"
        yield level, term("xkos:notationPattern"), ox.Literal(pattern)
        for concept in concepts:
            if concept.level is name:
                member = edition_concept(scheme, year, concept.notation)
                yield level, term("skos:member"), member


def _edition_concept(
    node: ox.NamedNode, concept: Concept, year: int, known: set[str]
) -> Iterator[Triple]:
    this = edition_concept(concept.scheme, year, concept.notation)
    name = concept.name_in(year)
    yield this, term("rdf:type"), term("skos:Concept")
    yield this, term("skos:inScheme"), node
    yield this, term("skos:notation"), ox.Literal(concept.notation)
    yield this, term("skos:prefLabel"), text(name, "zh")
    if label := labels().get((concept.scheme, concept.notation)):
        yield this, term("skos:prefLabel"), text(label, "en")
    for other in dict.fromkeys(n.text for n in concept.names if n.text != name):
        yield this, term("skos:altLabel"), text(other, "zh")
    yield (
        this,
        term("dcterms:isVersionOf"),
        ox.NamedNode(iri.code(concept.scheme, concept.notation)),
    )
    yield this, term("kemu:codeVersion"), version_node(concept)
    yield this, term("kemu:standing"), ox.Literal(concept.standing(year))
    yield from attestation(this, concept)
    if concept.parent in known:
        parent = edition_concept(concept.scheme, year, concept.parent)
        yield this, term("skos:broader"), parent
        yield parent, term("skos:narrower"), this
    elif concept.level == LEVELS[0]:
        yield this, term("skos:topConceptOf"), node
        yield node, term("skos:hasTopConcept"), this
