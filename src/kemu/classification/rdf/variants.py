"""Variants of a classification (XKOS): local codes, one per place, and the view by budget.

Local codes stay apart from the national ones. The view by budget gathers the national 款 under the
four budgets, which the numbers do not show: a 类 may hold 款 of several.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kemu.classification.rdf.terms import Triple, integer, term, text
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import Level
from kemu.classification.tables.rows import schemes_table
from kemu.classification.tables.variants import divisions, local_codes
from kemu.model import iri

BUDGETS = {
    "一般公共预算": "General public budget",
    "政府性基金预算": "Government-managed funds budget",
    "国有资本经营预算": "State capital operating budget",
    "社会保险基金预算": "Social insurance funds budget",
}
"""The four budgets in their order, with English labels."""


def variants(scheme: str, table: Codes) -> Iterator[Triple]:
    """Yield the variants of a classification, each a scheme of its own."""
    yield from by_budget(scheme, table)
    yield from _local(scheme)


def by_budget(scheme: str, table: Codes) -> Iterator[Triple]:
    """Yield the view by budget: which current 款 belong to which; nothing where none is told."""
    node = _node(scheme, "budgets")
    found = [c for c in table.concepts(scheme) if c.current and c.level == Level.DIVISION]
    if not any(c.budget for c in found):
        return
    label = schemes_table()[scheme]
    yield ox.NamedNode(iri.scheme(scheme)), term("xkos:variant"), node
    yield node, term("rdf:type"), term("skos:ConceptScheme")
    yield node, term("skos:notation"), ox.Literal(f"{scheme}-budgets")
    yield node, term("skos:prefLabel"), text(f"{label['label_zh']}：按四本预算", "zh")
    yield node, term("skos:prefLabel"), text(f"{label['label_en']}, by budget", "en")
    for order, (budget, english) in enumerate(BUDGETS.items(), start=1):
        this = ox.NamedNode(f"{node.value}/{order}")
        yield this, term("rdf:type"), term("skos:Concept")
        yield this, term("skos:inScheme"), node
        yield this, term("skos:topConceptOf"), node
        yield node, term("skos:hasTopConcept"), this
        yield this, term("skos:notation"), ox.Literal(str(order))
        yield this, term("skos:prefLabel"), text(budget, "zh")
        yield this, term("skos:prefLabel"), text(english, "en")
        for concept in found:
            if budget in concept.budget:
                member = ox.NamedNode(iri.code(scheme, concept.notation))
                yield this, term("skos:narrowMatch"), member


def _local(scheme: str) -> Iterator[Triple]:
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
