"""The slice of the classification that one document uses, as SKOS concepts.

A code is one lineage through the years; each of its versions (name, parent) is a concept with the
validity that is known. Only the codes that the document's mentions were resolved to, their
ancestors and the candidates are loaded. No other module of the graph knows `kemu.classification`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kemu.classification import SCHEMES, Classification, Concept, differences, load
from kemu.classification.tables.spelling import clean, stem
from kemu.graph.places import Triple
from kemu.graph.vocabulary import LABEL, TYPE, chinese, integer, kemu, named
from kemu.model import iri
from kemu.model.facts import CodeMention, Extraction, Key

_KEY_SCHEMES = {
    "functional": "functional",
    "dept_economic": "deptEconomic",
    "gov_economic": "govEconomic",
}


def triples(extraction: Extraction) -> Iterator[Triple]:
    """Yield the versions of the codes that a document uses, and the differences it shows."""
    table = load()
    for scheme, notation in sorted(_used(extraction, table)):
        yield from _lineage(table, scheme, notation)
        for concept in table.versions(scheme, notation):
            yield from _version(concept)
    yield from _differences({word for m in extraction.mentions for word in m.differences})
    yield from _complete({iri.edition(m.scheme, m.year) for m in extraction.mentions})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a printed path, or a name by itself, that differs from the official name."""

    printed: str
    official: str
    notation: str


def differing(mention: CodeMention) -> tuple[Level, ...]:
    """Return the printed names that differ from the official ones of the year, outermost first.

    A closing 支出 makes no difference. Where no level of a path differs, or the code is unknown,
    the whole name stands for it.
    """
    whole = Level(mention.printed_name, mention.official_name, mention.code)
    if mention.scheme not in SCHEMES or not mention.code or len(mention.printed_path) < 2:
        return (whole,)
    year = int(mention.year) if mention.year.isdigit() else None
    levels = [
        Level(printed, concept.name if year is None else concept.name_in(year), concept.notation)
        for printed, concept in zip(mention.printed_path, _path(mention, year), strict=False)
    ]
    found = [x for x in levels if x.printed and stem(clean(x.printed)) != stem(clean(x.official))]
    return tuple(found) or (whole,)


def _path(mention: CodeMention, year: int | None) -> tuple[Concept, ...]:
    """Return a mention's code below its ancestors of the year, though it be out of use then."""
    table = load()
    versions = table.versions(mention.scheme, mention.code)
    concept = table.get(mention.scheme, mention.code, year) or next(iter(versions[-1:]), None)
    if concept is None:
        return ()
    return (*table.path(mention.scheme, concept.parent, year), concept)


def _used(extraction: Extraction, table: Classification) -> set[tuple[str, str]]:
    """Return the codes of mentions, candidates and keys, with their ancestors."""
    asked = {
        (mention.scheme, notation)
        for mention in extraction.mentions
        for notation in (mention.code, *mention.candidates)
    }
    for key in {fact.key for fact in extraction.facts}:
        asked.update(_key_codes(key))
    for span in extraction.spans:
        if span.kind == "nameList":
            asked.update(("deptEconomic", name) for name in span.value.split("|"))
    found: set[tuple[str, str]] = set()
    for scheme, notation in asked:
        if scheme in SCHEMES and notation:
            versions = table.versions(scheme, notation)
            found.add((scheme, notation))
            for concept in versions:
                found.update((c.scheme, c.notation) for c in table.path(scheme, concept.parent))
    return found


def _key_codes(key: Key) -> Iterator[tuple[str, str]]:
    for dimension, scheme in _KEY_SCHEMES.items():
        value = getattr(key, dimension)
        if value.isdigit():
            yield scheme, value


def _lineage(table: Classification, scheme: str, notation: str) -> Iterator[Triple]:
    node = ox.NamedNode(iri.code(scheme, notation))
    latest = table.get(scheme, notation)
    yield node, TYPE, kemu("Code")
    if latest is not None:
        path = " > ".join(concept.name for concept in table.path(scheme, notation))
        yield node, named("skos:prefLabel"), chinese(latest.name)
        yield node, kemu("officialPath"), ox.Literal(path or latest.name)
        if latest.parent:
            yield node, kemu("parentCode"), ox.NamedNode(iri.code(scheme, latest.parent))
    yield node, named("skos:notation"), ox.Literal(notation)
    yield node, kemu("codeScheme"), ox.NamedNode(iri.scheme(scheme))


def _version(concept: Concept) -> Iterator[Triple]:
    lineage = ox.NamedNode(iri.code(concept.scheme, concept.notation))
    node = ox.NamedNode(
        iri.code_version(concept.scheme, concept.notation, concept.name, concept.parent)
    )
    yield node, TYPE, named("skos:Concept")
    yield node, named("dcterms:isVersionOf"), lineage
    yield node, named("skos:notation"), ox.Literal(concept.notation)
    yield node, named("skos:prefLabel"), chinese(concept.name)
    for name in concept.names:
        if name.kind != "official":
            yield node, named("skos:altLabel"), chinese(name.text)
    if concept.parent:
        parent = ox.NamedNode(iri.code(concept.scheme, concept.parent))
        yield node, kemu("parentCode"), parent
    for edge, bound, basis in concept.edges:
        yield node, kemu(f"valid{edge}"), integer(bound)
        yield node, kemu(f"{edge.lower()}Basis"), ox.Literal(basis)
    for year in concept.years_seen:
        yield node, kemu("attestedIn"), integer(year)
    yield node, kemu("confidence"), ox.Literal(concept.confidence)


def _complete(editions: set[str]) -> Iterator[Triple]:
    """Yield which editions are known whole: those imported from a book, complete."""
    for own in load().editions:
        for scheme in own.complete:
            if (node := iri.edition(scheme, own.year)) in editions:
                yield ox.NamedNode(node), kemu("complete"), ox.Literal(True)


def _differences(words: set[str]) -> Iterator[Triple]:
    table = differences()
    for word in sorted(words & table.keys()):
        yield kemu(word), TYPE, kemu("NameDifference")
        for lang, text in sorted(table[word].label.items()):
            yield kemu(word), LABEL, ox.Literal(text, language=lang)
