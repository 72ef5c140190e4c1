"""Links between codes as XKOS correspondences: editions, the two economic schemes, and COFOG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kemu.classification.history.changes import Member
from kemu.classification.history.history import History
from kemu.classification.rdf.editions import edition_concept
from kemu.classification.rdf.terms import Triple, new_year, term, text
from kemu.classification.rdf.versions import association, change_node, version_node
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.classification.tables.rows import rows, schemes_table
from kemu.model import iri

COFOG = iri.BASE + "cofog"
"""Scheme of the UN COFOG divisions; none is published as linked data under a stable address."""

ECONOMIC_YEAR = 2018
"""First year in which both economic classifications were in force."""

COFOG_YEAR = 1999
"""Year of the COFOG edition that the divisions follow."""


def correspondence(history: History, scheme: str, from_year: int, to_year: int) -> Iterator[Triple]:
    """Yield what separates two editions of a scheme; what stayed as it was is left out."""
    node = ox.NamedNode(f"{iri.BASE}correspondence/{scheme}/{from_year}-{to_year}")
    about = schemes_table()[scheme]
    yield from _table(
        node,
        f"{about['label_zh']}：{from_year} 年与 {to_year} 年的不同",
        f"{about['label_en']}: what differs between {from_year} and {to_year}",
    )
    yield node, term("dcterms:issued"), new_year(to_year)
    for year in (from_year, to_year):
        yield node, term("xkos:compares"), ox.NamedNode(iri.edition(scheme, year))
    ends = {year: _edition_codes(history.codes, scheme, year) for year in (from_year, to_year)}
    for change in history.supposed(from_year, to_year, (scheme,)):
        link = change_node(change, f"{iri.BASE}correspondence/{scheme}/{from_year}-{to_year}/")
        yield node, term("xkos:madeOf"), link
        yield from association(link, change)
        for edge, members, year in (
            ("xkos:sourceConcept", change.before, from_year),
            ("xkos:targetConcept", change.after, to_year),
        ):
            for item in members:
                if node_of := _end(history, item, year, ends[year]):
                    yield link, term(edge), node_of


def _end(history: History, item: Member, year: int, edition: frozenset[str]) -> ox.NamedNode | None:
    """Return the code at one end: of the edition, or a version that came and went in between."""
    if item.notation in edition:
        return edition_concept(item.scheme, year, item.notation)
    version = history.version(item)
    return version_node(version) if version else None


def _edition_codes(codes: Codes, scheme: str, year: int) -> frozenset[str]:
    return frozenset(concept.notation for concept in codes.edition(scheme, year))


def economic() -> Iterator[Triple]:
    """Yield which department codes stand beside which government codes; not a complete list."""
    node = ox.NamedNode(f"{iri.BASE}correspondence/{GOV_ECONOMIC}-{DEPT_ECONOMIC}")
    yield from _table(
        node,
        "政府预算与部门预算支出经济分类的对应",
        "Government and department economic classification",
    )
    yield node, term("dcterms:issued"), new_year(ECONOMIC_YEAR)
    for scheme in (GOV_ECONOMIC, DEPT_ECONOMIC):
        yield node, term("xkos:compares"), ox.NamedNode(iri.scheme(scheme))
    listed = list(rows("economic_mapping.csv"))
    partners = Counter(row[side] for row in listed for side in ("gov_code", "dept_code"))
    for row in listed:
        alone = partners[row["gov_code"]] == partners[row["dept_code"]] == 1
        link = ox.NamedNode(f"{node.value}/{row['gov_code']}-{row['dept_code']}")
        yield node, term("xkos:madeOf"), link
        yield link, term("rdf:type"), term("xkos:ConceptAssociation")
        source, target = iri.code(GOV_ECONOMIC, row["gov_code"]), row["dept_code"]
        yield link, term("xkos:sourceConcept"), ox.NamedNode(source)
        yield link, term("xkos:targetConcept"), ox.NamedNode(iri.code(DEPT_ECONOMIC, target))
        match = "skos:closeMatch" if alone else "skos:relatedMatch"
        yield link, term("kemu:matchType"), term(match)
        yield link, term("kemu:confidence"), ox.Literal(row["confidence"])


def cofog(codes: Codes) -> Iterator[Triple]:
    """Yield the COFOG division that an analyst assigned to functional codes, with confidence."""
    scheme = ox.NamedNode(COFOG)
    node = ox.NamedNode(f"{iri.BASE}correspondence/{FUNCTIONAL}-cofog")
    yield scheme, term("rdf:type"), term("skos:ConceptScheme")
    yield scheme, term("skos:notation"), ox.Literal("COFOG")
    yield scheme, term("skos:prefLabel"), text("政府职能分类（联合国）", "zh")
    yield (
        scheme,
        term("skos:prefLabel"),
        text("Classification of the Functions of Government", "en"),
    )
    yield scheme, term("dcterms:issued"), new_year(COFOG_YEAR)
    domain = ox.NamedNode(f"{COFOG}/domain")
    yield scheme, term("xkos:coversExhaustively"), domain
    yield domain, term("rdf:type"), term("skos:Concept")
    yield domain, term("skos:prefLabel"), text("政府支出", "zh")
    yield domain, term("skos:prefLabel"), text("Government expenditure", "en")
    title = "支出功能分类与 COFOG 的对应", "Functional classification and COFOG"
    yield from _table(node, *title)
    yield node, term("dcterms:issued"), new_year(max(_years(codes)))
    yield node, term("xkos:compares"), ox.NamedNode(iri.scheme(FUNCTIONAL))
    yield node, term("xkos:compares"), scheme
    for row in rows("cofog.csv"):
        if not row["cofog_division"]:
            continue  # financing and the like, outside COFOG
        division = ox.NamedNode(f"{COFOG}/{row['cofog_division']}")
        yield division, term("rdf:type"), term("skos:Concept")
        yield division, term("skos:inScheme"), scheme
        yield division, term("skos:topConceptOf"), scheme
        yield scheme, term("skos:hasTopConcept"), division
        yield division, term("skos:notation"), ox.Literal(row["cofog_division"])
        yield division, term("skos:prefLabel"), text(row["cofog_name"], "en")
        link = ox.NamedNode(f"{node.value}/{row['code']}-{row['cofog_division']}")
        yield node, term("xkos:madeOf"), link
        yield link, term("rdf:type"), term("xkos:ConceptAssociation")
        yield link, term("xkos:sourceConcept"), ox.NamedNode(iri.code(FUNCTIONAL, row["code"]))
        yield link, term("xkos:targetConcept"), division
        # A division of COFOG holds far more than one Chinese code.
        yield link, term("kemu:matchType"), term("skos:broadMatch")
        yield link, term("kemu:matchConfidence"), ox.Literal(row["confidence"])


def correspondences_of(codes: Codes, scheme: str, notation: str) -> Iterator[Triple]:
    """Yield the associations with other classifications that hold one code, and their tables."""
    mapped = [row["code"] for row in rows("cofog.csv") if notation.startswith(row["code"])]
    ends = [notation] if scheme != FUNCTIONAL else mapped and [max(mapped, key=len)]
    own = {iri.code(scheme, end) for end in ends}
    triples = list(cofog(codes) if scheme == FUNCTIONAL else economic())
    edges = {term("xkos:sourceConcept"), term("xkos:targetConcept")}
    links = {s for s, p, o in triples if p in edges and o.value in own}
    tables = {s for s, p, o in triples if p == term("xkos:madeOf") and o in links}
    for s, p, o in triples:
        if s in links or (s in tables and (p != term("xkos:madeOf") or o in links)):
            yield s, p, o


def _years(codes: Codes) -> set[int]:
    return {year for concept in codes.concepts(FUNCTIONAL) for year in concept.years_seen}


def _table(node: ox.NamedNode, zh: str, en: str) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("xkos:Correspondence")
    yield node, term("skos:prefLabel"), text(zh, "zh")
    yield node, term("skos:prefLabel"), text(en, "en")
