"""Editions and slices hold to the integrity conditions of SKOS and the mandatory parts of XKOS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from rdflib import RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kemu.classification import SCHEMES, load
from kemu.classification.rdf.correspondences import cofog, correspondence, economic
from kemu.classification.rdf.editions import edition, editions
from kemu.classification.rdf.terms import Triple
from kemu.classification.rdf.versions import codes
from kemu.model import iri

XKOS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
KEMU = Namespace(iri.ONTOLOGY)
YEARS = (2016, 2018, 2019, 2020, 2023, 2026)


def as_graph(triples: Iterable[Triple]) -> Graph:
    text = "\n".join(f"{s} {p} {o} ." for s, p, o in triples)
    return Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module", params=YEARS)
def whole(request: pytest.FixtureRequest) -> Graph:
    return as_graph(editions(load(), request.param))


def values(graph: Graph, subject: URIRef, predicate: URIRef) -> Iterator[Literal]:
    return (o for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def test_classes_are_disjoint(whole: Graph) -> None:
    schemes = set(whole.subjects(RDF.type, SKOS.ConceptScheme))
    concepts = set(whole.subjects(RDF.type, SKOS.Concept))
    levels = set(whole.subjects(RDF.type, XKOS.ClassificationLevel))
    assert schemes
    assert not schemes & concepts  # S9
    assert not (schemes | concepts) & levels  # S37


def test_labels(whole: Graph) -> None:
    for concept in whole.subjects(RDF.type, SKOS.Concept):
        preferred = list(whole.objects(concept, SKOS.prefLabel))
        languages = Counter(label.language for label in preferred)  # type: ignore[union-attr]
        assert set(languages.values()) == {1}, concept  # S14
        assert languages["zh"] == 1
        assert not set(preferred) & set(whole.objects(concept, SKOS.altLabel)), concept  # S13


def test_every_concept_has_its_place_in_the_tree(whole: Graph) -> None:
    for concept in whole.subjects(SKOS.inScheme):
        above = list(whole.objects(concept, SKOS.broader))
        top = list(whole.objects(concept, SKOS.topConceptOf))
        assert len(above) + len(top) == 1, concept
        schemes = set(whole.objects(concept, SKOS.inScheme))
        assert len(schemes) == 1
        for parent in above:
            assert set(whole.objects(parent, SKOS.inScheme)) == schemes
            assert (parent, SKOS.narrower, concept) in whole
            code = str(whole.value(concept, SKOS.notation))
            assert code[:-2] == str(whole.value(parent, SKOS.notation))


def test_notations_are_unique_in_a_scheme_and_fit_their_level(whole: Graph) -> None:
    seen = Counter(
        (whole.value(c, SKOS.inScheme), n) for c, n in whole.subject_objects(SKOS.notation)
    )
    repeated = [key for key, count in seen.items() if count > 1 and key[0] is not None]
    assert repeated == []
    levels = set(whole.subjects(RDF.type, XKOS.ClassificationLevel))
    for level in levels:
        pattern = re.compile(str(whole.value(level, XKOS.notationPattern)))
        members = list(whole.objects(level, SKOS.member))
        assert all(pattern.fullmatch(str(whole.value(m, SKOS.notation))) for m in members), level
    placed = {member for level in levels for member in whole.objects(level, SKOS.member)}
    assert placed == set(whole.subjects(SKOS.inScheme))


def test_schemes_have_what_xkos_asks_for(whole: Graph) -> None:
    for scheme in whole.subjects(RDF.type, SKOS.ConceptScheme):
        assert isinstance(scheme, URIRef)
        assert len(list(values(whole, scheme, SKOS.notation))) == 1
        english = [v for v in values(whole, scheme, SKOS.prefLabel) if v.language == "en"]
        assert len(english) == 1
        (issued,) = values(whole, scheme, DCTERMS.issued)
        assert issued.datatype == XSD.date
        (domain,) = whole.objects(scheme, XKOS.coversExhaustively)
        (series,) = whole.objects(scheme, XKOS.belongsTo)
        for concept in (domain, series):
            assert (concept, RDF.type, SKOS.Concept) in whole
        (first,) = whole.objects(scheme, XKOS.levels)
        levels = list(Collection(whole, first))
        assert [int(str(whole.value(level, XKOS.depth))) for level in levels] == list(
            range(1, len(levels) + 1)
        )
        assert int(str(whole.value(scheme, XKOS.numberOfLevels))) == len(levels)


def test_nothing_is_blank_and_the_same_tables_give_the_same_triples() -> None:
    once, again = (
        list(edition(load(), "functional", 2023)),
        list(edition(load(), "functional", 2023)),
    )
    assert once == again
    assert len(once) == len(set(once))
    assert not [t for t in once if str(t[0]).startswith("_:") or str(t[2]).startswith("_:")]


def test_an_edition_names_codes_as_the_year_did() -> None:
    labels = {}
    for year in (2018, 2019):
        graph = as_graph(edition(load(), "functional", year))
        concept = URIRef(f"{iri.edition('functional', year)}/210")
        labels[year] = str(graph.value(concept, SKOS.prefLabel))
    assert labels == {2018: "医疗卫生与计划生育支出", 2019: "卫生健康支出"}


def test_the_government_scheme_begins_in_2018() -> None:
    text = " ".join(str(t[0]) for t in editions(load(), 2017))
    assert "/govEconomic/" not in text
    assert load().edition("govEconomic", 2018)


def test_a_slice_claims_no_edition_and_links_versions() -> None:
    graph = as_graph(codes(load().history, [("functional", "2080501"), ("functional", "20805")]))
    assert not list(graph.subjects(SKOS.inScheme))
    lineage = URIRef(iri.code("functional", "20805"))
    names = {
        str(graph.value(v, SKOS.prefLabel)) for v in graph.subjects(DCTERMS.isVersionOf, lineage)
    }
    assert names == {"行政事业单位离退休", "行政事业单位养老支出"}
    merged = [
        a
        for a in graph.subjects(RDF.type, XKOS.ConceptAssociation)
        if (a, KEMU.changeKind, Literal("merged")) in graph
    ]
    assert len(merged) == 1
    # The year is general knowledge: it is no year of the change, only a supposed one.
    assert not list(graph.objects(merged[0], KEMU.validFrom))
    assert (merged[0], KEMU.supposedYear, Literal(2020)) in graph
    assert not list(codes(load().history, [("functional", "0000000")]))


def test_a_correspondence_joins_concepts_of_both_editions() -> None:
    links = as_graph(correspondence(load().history, "functional", 2018, 2020))
    both = as_graph([*edition(load(), "functional", 2018), *edition(load(), "functional", 2020)])
    (table,) = links.subjects(RDF.type, XKOS.Correspondence)
    assert len(list(links.objects(table, XKOS.compares))) == 2
    english = [v for v in values(links, URIRef(str(table)), SKOS.prefLabel) if v.language == "en"]
    assert len(english) == 1
    known = set(both.subjects(SKOS.inScheme))
    ends = {*links.objects(None, XKOS.sourceConcept), *links.objects(None, XKOS.targetConcept)}
    between = {str(end) for end in ends - known}
    assert len(ends & known) > 100
    # Codes that came and went between the two years are no part of either edition.
    assert between
    assert all("/version/" in end for end in between), between


def test_correspondences_say_what_kind_of_match_they_are() -> None:
    graph = as_graph([*cofog(load()), *economic()])
    links = set(graph.subjects(RDF.type, XKOS.ConceptAssociation))
    matches = {link: set(graph.objects(link, KEMU.matchType)) for link in links}
    assert {len(found) for found in matches.values()} == {1}
    kinds = {end for found in matches.values() for end in found}
    assert kinds == {SKOS.broadMatch, SKOS.relatedMatch, SKOS.closeMatch}
    pensions = URIRef(f"{iri.BASE}correspondence/govEconomic-deptEconomic/50102-30108")
    assert matches[pensions] == {SKOS.relatedMatch}
    edges = (XKOS.sourceConcept, XKOS.targetConcept)
    sides = [Counter(graph.objects(None, edge)) for edge in edges]
    for link in graph.subjects(KEMU.matchType, SKOS.closeMatch):
        ends = [graph.value(link, edge) for edge in edges]
        assert [side[end] for side, end in zip(sides, ends, strict=True) if end] == [1, 1]


def test_every_scheme_that_is_exported_has_what_xkos_asks_for() -> None:
    test_schemes_have_what_xkos_asks_for(as_graph(edition(load(), "functional", 2023)))
    graph = as_graph(cofog(load()))
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert len(list(graph.objects(scheme, XKOS.coversExhaustively))) == 1
    assert len(list(graph.objects(scheme, SKOS.notation))) == 1


CODE = URIRef(f"{iri.edition('functional', 2023)}/20805")
SCHEME = URIRef(iri.edition("functional", 2023))
MUTANTS = [
    (test_classes_are_disjoint, (CODE, RDF.type, SKOS.ConceptScheme), True),
    (test_labels, (CODE, SKOS.prefLabel, Literal("另一名称", "zh")), True),
    (test_labels, (CODE, SKOS.altLabel, Literal("行政事业单位养老支出", "zh")), True),
    (test_labels, (CODE, SKOS.prefLabel, None), False),
    (test_every_concept_has_its_place_in_the_tree, (CODE, SKOS.broader, None), False),
    (test_every_concept_has_its_place_in_the_tree, (None, SKOS.narrower, CODE), False),
    (test_every_concept_has_its_place_in_the_tree, (CODE, SKOS.topConceptOf, SCHEME), True),
    (
        test_notations_are_unique_in_a_scheme_and_fit_their_level,
        (CODE, SKOS.notation, Literal("20806")),
        True,
    ),
    (test_notations_are_unique_in_a_scheme_and_fit_their_level, (None, SKOS.member, CODE), False),
    (test_schemes_have_what_xkos_asks_for, (SCHEME, SKOS.notation, None), False),
    (test_schemes_have_what_xkos_asks_for, (SCHEME, DCTERMS.issued, None), False),
    (test_schemes_have_what_xkos_asks_for, (SCHEME, XKOS.numberOfLevels, None), False),
    (test_schemes_have_what_xkos_asks_for, (SCHEME, XKOS.coversExhaustively, None), False),
]


@pytest.mark.parametrize(("check", "triple", "added"), MUTANTS)
def test_the_checks_fail_where_one_triple_is_wrong(
    check: Callable[[Graph], None], triple: tuple[Node | None, URIRef, Node | None], added: bool
) -> None:
    graph = as_graph(edition(load(), "functional", 2023))
    check(graph)
    before = len(graph)
    if added:
        graph.add(triple)  # type: ignore[arg-type]
    else:
        graph.remove(triple)
    assert len(graph) != before
    with pytest.raises((AssertionError, ValueError)):
        check(graph)


def test_cofog_and_economic_links_name_known_codes() -> None:
    graph = as_graph([*cofog(load()), *economic()])
    codes_of = {iri.code(s, c.notation) for s in SCHEMES for c in load().concepts(s)}
    for end in graph.objects(None, XKOS.sourceConcept):
        assert str(end) in codes_of
    for division in graph.subjects(SKOS.topConceptOf):
        assert len(list(graph.objects(division, SKOS.prefLabel))) == 1


def test_a_lineage_is_a_concept_with_labels_and_a_broader_one() -> None:
    graph = as_graph(codes(load().history, [("functional", "20805")]))
    node = URIRef(iri.code("functional", "20805"))
    assert (node, RDF.type, SKOS.Concept) in graph
    assert Literal("行政事业单位养老支出", lang="zh") in set(graph.objects(node, SKOS.prefLabel))
    assert Literal("行政事业单位离退休", lang="zh") in set(graph.objects(node, SKOS.altLabel))
    assert (node, SKOS.broader, URIRef(iri.code("functional", "208"))) in graph


def test_an_edition_follows_and_supersedes_the_one_before() -> None:
    graph = as_graph(edition(load(), "govEconomic", 2020))
    node, before = (URIRef(iri.edition("govEconomic", year)) for year in (2020, 2019))
    assert (node, XKOS.follows, before) in graph
    assert (node, XKOS.supersedes, before) in graph
    first = as_graph(edition(load(), "govEconomic", 2018))
    assert not list(first.subject_objects(XKOS.follows))
