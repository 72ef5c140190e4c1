"""What follows from printed numbers is derived alike by every engine, and exported with them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareUpdate
from rdflib.plugins.sparql.sparql import Update

from kemu.errors import InternalError
from kemu.extract import extract
from kemu.graph import build, derived
from kemu.graph.vocabulary import kemu
from kemu.model import iri
from kemu.read import read
from kemu.validate import check
from kemu.validate.causes.constraints import constraints
from tests.shapes.test_examples import EXAMPLES
from tests.validate.making import SHA, Maker

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "samples" / "临江市云岭区档案馆_2025年单位预算_含错误.txt"
Told = set[tuple[str, str, str]]


def _told(subject: str, predicate: str, value: str, number: bool) -> tuple[str, str, str]:
    """Return a triple to compare; SPARQL leaves open in which order names are joined."""
    plain = str(round(Decimal(value), 9).normalize()) if number else value
    return subject, predicate, "、".join(sorted(plain.split("、")))


@cache
def prepared() -> tuple[Update, ...]:
    return tuple(map(prepareUpdate, derived.updates().values()))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_engine_derives_the_same(path: Path) -> None:
    if path.stem == "invalid.not_a_number":
        pytest.skip("rdflib 7 fails to add up what is no number, instead of leaving it unbound")
    graph = Graph().parse(path)
    before = set(graph)
    for update in prepared():
        graph.update(update)
    theirs = {
        _told(str(s), str(p), str(o), type(getattr(o, "value", None)) in (int, Decimal))
        for s, p, o in set(graph) - before
    }
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    known = {quad.triple for quad in store}
    derived.extend(store)
    ours = set()
    for quad in store:
        if quad.triple not in known:
            value = quad.object
            assert isinstance(value, ox.NamedNode | ox.Literal)
            kind = value.datatype.value if isinstance(value, ox.Literal) else ""
            number = kind.endswith(("decimal", "integer"))
            ours.add(_told(str(quad.subject)[1:-1], quad.predicate.value, value.value, number))
    assert ours == theirs


def test_any_shacl_engine_finds_in_the_export_what_a_check_finds() -> None:
    extraction = extract(read(SAMPLE))
    data = Graph().parse(
        data="".join(f"{quad.triple} .\n" for quad in build.quads(extraction)), format="nt"
    )
    shapes = Graph()
    for path in sorted(ROOT.glob("shapes/*.ttl")):
        shapes.parse(path)
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    theirs = {str(report.value(one, SH.value)) for one in report.objects(None, SH.result)}
    told = Graph().parse(data=check(extraction).report, format="turtle")
    ours = {str(told.value(one, SH.value)) for one in told.objects(None, SH.result)}
    assert ours
    assert ours <= theirs


def test_what_cannot_be_compared_is_held_to_nothing_anywhere() -> None:
    maker = Maker()
    total, part = maker.fact("9.00"), maker.fact("5.00", functional="201")
    taken = maker.blank(functional="202")
    slug = maker.equation(total, part, (taken, -1), missing="notDisclosed")
    fine = maker.equation(total, part)
    extraction = maker.extraction()
    store = build.store(extraction)
    held = derived.held(store, SHA)
    assert held.keys() & {slug, fine} == {fine}
    assert held[fine].bound == 100
    assert [row.about for row in constraints(extraction, held) if row.about in (slug, fine)] == [
        fine
    ]
    node = ox.NamedNode(iri.printed(SHA, fine))
    (gap,) = store.quads_for_pattern(node, kemu("gap"), None)
    assert isinstance(gap.object, ox.Literal)
    assert Decimal(gap.object.value) == 40000


def test_an_update_that_cannot_run_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "updates", lambda: {"sums": "INSERT { ?a ?b } WHERE {}"})
    with pytest.raises(InternalError, match="sums"):
        build.store(Maker().extraction())
