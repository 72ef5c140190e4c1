"""Local codes as variants of a classification (XKOS): one per place, apart from the national."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.classification.rdf.terms import Triple, integer, term, text
from kemu.classification.tables.rows import schemes_table
from kemu.classification.tables.variants import divisions, local_codes
from kemu.model import iri


def variants(scheme: str) -> Iterator[Triple]:
    """Yield the variants of a classification, each a scheme of its own."""
    series = ox.NamedNode(iri.scheme(scheme))
    label = schemes_table()[scheme]["label_zh"]
    for division, division_code in divisions(scheme):
        node = _node(scheme, division_code)
        yield series, term("xkos:variant"), node
        yield node, term("rdf:type"), term("skos:ConceptScheme")
        yield node, term("skos:notation"), ox.Literal(f"{scheme}-{division_code}")
        yield node, term("skos:prefLabel"), text(f"{division}：{label}的地方细化代码", "zh")
        yield node, term("dcterms:spatial"), text(division, "zh")
    for one in local_codes():
        if one.scheme == scheme:
            scheme_node = _node(scheme, one.division_code)
            this = ox.NamedNode(f"{scheme_node.value}/{one.code}")
            yield this, term("rdf:type"), term("skos:Concept")
            yield this, term("skos:inScheme"), scheme_node
            yield this, term("skos:topConceptOf"), scheme_node
            yield scheme_node, term("skos:hasTopConcept"), this
            yield this, term("skos:notation"), ox.Literal(one.code)
            yield this, term("skos:prefLabel"), text(one.name, "zh")
            yield this, term("skos:broadMatch"), ox.NamedNode(iri.code(scheme, one.parent))
            for year in one.years:
                yield this, term("kemu:attestedIn"), integer(year)


def _node(scheme: str, division_code: str) -> ox.NamedNode:
    return ox.NamedNode(f"{iri.scheme(scheme)}/variant/{division_code}")
