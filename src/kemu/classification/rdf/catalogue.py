"""What is published here, in VoID and DCAT: classifications, their editions, and where to get them.

Harvesters and SPARQL tools read this first. A classification is a series of data sets, one a year;
each has its distributions by media type, all at one address that answers by Accept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.classification.rdf.terms import PREFIXES, Triple, integer, new_year, term, text
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES
from kemu.classification.tables.rows import schemes_table
from kemu.model import iri

CATALOGUE = iri.BASE + "catalogue"
LICENCE = "http://www.apache.org/licenses/LICENSE-2.0"
MEDIA = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
_TABLES = ("application/json", "text/csv")
_IANA = "https://www.iana.org/assignments/media-types/"
_VOCABULARIES = ("skos", "xkos", "dcterms", "kemu")


def catalogue(table: Codes) -> Iterator[Triple]:
    """Yield the catalogue: what it is, its series, and the editions that are known of."""
    node = ox.NamedNode(CATALOGUE)
    yield node, term("rdf:type"), term("dcat:Catalog")
    yield node, term("rdf:type"), term("void:DatasetDescription")
    yield node, term("dcterms:title"), text("政府收支分类科目（Kemu 整理）", "zh")
    yield node, term("dcterms:title"), text("China's budget classification, by Kemu", "en")
    yield node, term("dcterms:license"), ox.NamedNode(LICENCE)
    for lang in ("zh", "en"):
        yield node, term("dcterms:language"), ox.Literal(lang)
    for scheme in SCHEMES:
        yield from _series(node, table, scheme)


def _series(node: ox.NamedNode, table: Codes, scheme: str) -> Iterator[Triple]:
    about = schemes_table()[scheme]
    series = ox.NamedNode(f"{CATALOGUE}/{scheme}")
    yield node, term("dcat:dataset"), series
    yield from _dataset(series, about["label_zh"], about["label_en"])
    yield series, term("rdf:type"), term("dcat:DatasetSeries")
    yield series, term("void:uriSpace"), ox.Literal(iri.scheme(scheme).replace("scheme", "code"))
    yield series, term("void:exampleResource"), _example(table, scheme)
    yield series, term("void:entities"), integer(sum(1 for _ in table.notations(scheme)))
    since = int(about["since"])
    last = max(y for c in table.concepts(scheme) for y in (*c.years_seen, since))
    for year in range(since, last + 1):
        yield from _edition(series, scheme, year, about)


def _dataset(node: ox.NamedNode, zh: str, en: str) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("dcat:Dataset")
    yield node, term("rdf:type"), term("void:Dataset")
    yield node, term("dcterms:title"), text(zh, "zh")
    yield node, term("dcterms:title"), text(en, "en")
    yield node, term("dcterms:license"), ox.NamedNode(LICENCE)
    for vocabulary in _VOCABULARIES:
        yield node, term("void:vocabulary"), ox.NamedNode(PREFIXES[vocabulary])


def _example(table: Codes, scheme: str) -> ox.NamedNode:
    return ox.NamedNode(iri.code(scheme, next(table.notations(scheme))))


def _edition(
    series: ox.NamedNode, scheme: str, year: int, about: dict[str, str]
) -> Iterator[Triple]:
    node = ox.NamedNode(f"{series.value}/{year}")
    address = ox.NamedNode(f"{iri.BASE}api/v1/schemes/{scheme}/editions/{year}")
    zh, en = f"{year} 年{about['label_zh']}科目", f"{about['label_en']}, {year}"
    yield node, term("dcat:inSeries"), series
    yield from _dataset(node, zh, en)
    yield node, term("dcterms:issued"), new_year(year)
    yield node, term("void:rootResource"), ox.NamedNode(iri.edition(scheme, year))
    yield node, term("void:dataDump"), address
    for media in (*MEDIA, *_TABLES):
        kind = ox.NamedNode(f"{node.value}/{media}")
        yield node, term("dcat:distribution"), kind
        yield kind, term("rdf:type"), term("dcat:Distribution")
        yield kind, term("dcat:accessURL"), address
        yield kind, term("dcat:downloadURL"), address
        yield kind, term("dcat:mediaType"), ox.NamedNode(_IANA + media)
        yield kind, term("dcterms:title"), text(f"{zh}（{media}）", "zh")
