"""The graph of a document: complete, exact, without blank nodes, the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kemu.errors import InternalError
from kemu.graph import build, serialise
from kemu.graph.observations import PROPERTIES
from kemu.graph.vocabulary import kemu, named
from kemu.model import iri
from kemu.model.document import Cell, Document, Paragraph, Place, Table, Text
from kemu.model.facts import DIMENSIONS, Extraction, Part
from tests.validate.making import SHA, Maker


@pytest.fixture
def made() -> Maker:
    maker = Maker()
    total = maker.fact("690.58", functional="208")
    parts = [
        maker.fact("388.15", functional="2080101"),
        maker.fact("229.85", functional="2080109"),
        maker.blank(functional="2080199"),
    ]
    maker.equation(total, *parts, basis="codeHierarchy")
    maker.claim("share", "90.50", part=total, whole=parts[0], group="p9", direction="")
    maker.mention(printed_code="2080109", printed_name="社会保险经办机构", code="2080109")
    maker.span("nameList", "办公费、咖啡", "30201|咖啡", about=total)
    return maker


def one(store: ox.Store, slug: str, name: str) -> ox.Literal | ox.NamedNode:
    node = ox.NamedNode(iri.printed(SHA, slug))
    found = [quad.object for quad in store.quads_for_pattern(node, kemu(name), None)]
    assert len(found) == 1
    value = found[0]
    assert isinstance(value, ox.Literal | ox.NamedNode)
    return value


def test_every_dimension_has_a_property() -> None:
    assert tuple(PROPERTIES) == DIMENSIONS


def test_a_fact_states_every_dimension_and_its_exact_amount(made: Maker) -> None:
    store = build.store(made.extraction())
    slug = made.facts[2].slug
    for name in PROPERTIES.values():
        one(store, slug, name)
    value = one(store, slug, "value")
    assert isinstance(value, ox.Literal)
    assert value.datatype == named("xsd:decimal")
    assert Decimal(value.value) == Decimal(2298500)
    assert one(store, slug, "halfStep").value == "50"
    assert one(store, slug, "functional").value == iri.code("functional", "2080109")
    assert one(store, slug, "fund") == kemu("generalPublicBudget")
    assert one(store, slug, "key").value == iri.key(made.facts[2].key.digest() or "")


def test_a_fact_with_an_undetermined_dimension_has_no_key() -> None:
    maker = Maker()
    slug = maker.fact("1.00", phase="undetermined")
    store = build.store(maker.extraction())
    node = ox.NamedNode(iri.printed(SHA, slug))
    assert not list(store.quads_for_pattern(node, kemu("key"), None))
    assert one(store, slug, "phase") == kemu("undetermined")


def test_items_of_one_list_share_a_frame(made: Maker) -> None:
    store = build.store(made.extraction())
    first, second = (one(store, fact.slug, "itemFrame") for fact in made.facts[1:])
    assert first == second
    other = Maker()
    slug = other.fact("388.15", functional="2080101", nature="basic")
    assert one(build.store(other.extraction()), slug, "itemFrame") != first


def test_counts_are_exact() -> None:
    maker = Maker()
    slug = maker.fact("34", unit="人", measure="persons", item="staffInPost")
    assert one(build.store(maker.extraction()), slug, "halfStep").value == "0"


def test_there_is_no_blank_node_and_nothing_twice(made: Maker) -> None:
    quads = build.quads(made.extraction())
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    lines = serialise.nquads(made.extraction()).decode().splitlines()
    assert len(lines) == len(set(lines))
    assert lines == sorted(lines)


def test_two_named_graphs_and_codes_in_their_own(made: Maker) -> None:
    graphs = {quad.graph_name for quad in build.quads(made.extraction())}
    document = ox.NamedNode(iri.document(SHA))
    assert graphs == {document, ox.NamedNode(iri.CODES)}
    codes = [q for q in build.quads(made.extraction()) if q.graph_name != document]
    assert any(q.object == ox.Literal("社会保险经办机构", language="zh") for q in codes)
    assert all(not str(q.subject).startswith(str(document)[:-1]) for q in codes)


def test_the_bytes_do_not_depend_on_the_order_of_observation(made: Maker) -> None:
    first = made.extraction()
    second = replace(first, facts=first.facts[::-1], mentions=first.mentions[::-1])
    assert serialise.trig(first) == serialise.trig(second)
    assert serialise.nquads(first) == serialise.nquads(second)


def test_trig_reads_back_to_the_same_quads(made: Maker) -> None:
    written = serialise.trig(made.extraction())
    read = {str(quad) for quad in ox.parse(written, format=ox.RdfFormat.TRIG)}
    assert read == {str(quad) for quad in build.quads(made.extraction())}


def test_places_are_described_with_their_quote() -> None:
    maker = Maker()
    slug = maker.fact("1.20", table=1)
    said = maker.fact("1.2")
    text = Text("预算为1.2万元整", "预算为1.2万元整", tuple(range(10)))
    cell = Cell(maker.place_of(slug), Text(" 1.20 ", "1.20", (1, 2, 3, 4)))
    blocks = (
        Table(Place(table=1, paragraph=1), ((cell,),), 2),
        Paragraph(Place(paragraph=2), text),
    )
    document = Document("a.txt", SHA, "txt", blocks)
    extraction = replace(maker.extraction(), document=document)
    lines = serialise.nquads(extraction).decode()
    exact = named("oa:exact").value
    assert f'c2/selector> <{exact}> "1.20" ' in lines
    assert f'{maker.place_of(said).slug}/selector> <{exact}> "1.2万元整" ' in lines


def test_a_repeated_part_is_one_term_with_the_weights_added() -> None:
    maker = Maker()
    part = maker.fact("1.00")
    total = maker.fact("2.00")
    slug = maker.equation(total, part, part)
    store = build.store(maker.extraction())
    assert one(store, f"{slug}/of/{part}", "weight").value == "2"


def test_contradictions_are_errors_of_the_program(made: Maker) -> None:
    extraction = made.extraction()
    broken = replace(extraction.equations[0], parts=(Part("t9/r9/c9/amount"),))
    with pytest.raises(InternalError, match="t9/r9/c9/amount"):
        build.store(replace(extraction, equations=(broken,)))
    unknown = replace(extraction.equations[0], basis="magic")
    with pytest.raises(InternalError, match="依据"):
        build.store(replace(extraction, equations=(unknown,)))
    namesake = replace(extraction.facts[0], quote="another")
    with pytest.raises(InternalError, match="标识"):
        build.store(replace(extraction, facts=(*extraction.facts, namesake)))
    claim = replace(extraction.claims[0], kind="guess")
    with pytest.raises(InternalError, match="陈述"):
        build.store(replace(extraction, claims=(claim,)))


def test_an_empty_extraction_has_a_graph() -> None:
    empty = replace(Maker().extraction(), organisations=())
    assert isinstance(empty, Extraction)
    assert len(build.store(empty)) > 5
