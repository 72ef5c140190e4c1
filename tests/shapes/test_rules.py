"""The shape files keep the house rules: numbers, messages, severities, companion queries."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kemu.errors import InputError, InternalError
from kemu.graph import bases
from kemu.model.doubt import Doubt
from kemu.validate import engine
from kemu.validate.queries import select
from kemu.validate.rules import Rule, Shape, load

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(ROOT.glob("shapes/*.ttl"))
RULES = load()
LANGS = {"zh", "en"}


@pytest.mark.parametrize("shape", RULES.shapes.values(), ids=lambda shape: shape.iri)
def test_shape(shape: Shape) -> None:
    local = shape.iri.rpartition("#")[2]
    number = re.match(r"R\d+(\.\d+)?", local)
    assert number
    assert all(rule.startswith(number[0]) for rule in shape.rules)
    assert shape.messages.keys() == LANGS
    for text in shape.messages.values():
        assert text.startswith(f"{number[0]} ")
    assert "\n" not in "".join(shape.messages.values())


@pytest.mark.parametrize("shape", RULES.shapes.values(), ids=lambda shape: shape.iri)
def test_select_gives_what_its_messages_need(shape: Shape) -> None:
    head = shape.select.partition("WHERE")[0]
    projected = set(re.findall(r"[?$](\w+)", head))
    assert {"this", "value"} <= projected
    for text in shape.messages.values():
        assert set(re.findall(r"\{\?(\w+)\}", text)) <= projected
    used = set(re.findall(r"\{\?(\w+)\}", "".join(shape.messages.values())))
    if used & {"stated", "computed", "difference", "bound"}:
        assert shape.quantity in ("money", "percent")


@pytest.mark.parametrize("shape", RULES.shapes.values(), ids=lambda shape: shape.iri)
def test_select_begins_with_its_target_and_hands_the_document_down(shape: Shape) -> None:
    groups = re.findall(r"SELECT (.*?)WHERE\s*\{\s*([^\n]*)", shape.select, re.DOTALL)
    for head, first in groups:
        assert "$this" in head
        assert first.startswith("$this a kemu:DisclosureDocument"), first
    assert len(groups) == len(re.findall(r"\bSELECT\b", shape.select))


@pytest.mark.parametrize("rule", RULES.judged, ids=lambda rule: rule.number)
def test_rule_is_described_and_has_its_companions(rule: Rule) -> None:
    for texts in (rule.label, rule.definition, rule.note, rule.absent):
        assert texts.keys() == LANGS
        assert all(text.strip() for text in texts.values())
    assert rule.shapes
    empty = ox.Store()
    for query, needed in ((rule.scope, {"value"}), (rule.blocked, {"value", "reason"})):
        head = query.partition("WHERE")[0]
        assert needed <= set(re.findall(r"[?$](\w+)", head))
        assert select(empty, query) == []


def test_every_number_is_carried_by_one_rule_and_in_order() -> None:
    numbers = list(RULES.rules)
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers, key=lambda n: [int(p) for p in n[1:].split(".")])
    assert {f"R3.{n}" for n in range(1, 12)} <= set(numbers)
    assert {f"R5.{n}" for n in (1, 2, 3, 4, 5, 6, 7, 10, 11)} <= set(numbers)


def test_bases_are_described() -> None:
    for basis in bases.bases().values():
        assert basis.label.keys() == basis.absent.keys() == LANGS
        assert basis.severity in bases.SEVERITIES
        assert basis.rule in RULES.rules


def test_no_shape_is_declared_twice() -> None:
    declared = Counter(
        line.partition(" a ")[0]
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("rule:") and " a " in line
    )
    assert max(declared.values()) == 1
    assert len(declared) == len(RULES.shapes) + len(RULES.judged)


def test_blocked_reasons_that_are_used_are_declared() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    used = {*re.findall(r"BIND\(kemu:(\w+) AS \?reason\)", text), *Doubt, "switchedOff"}
    declared = {iri.rpartition("#")[2] for iri in RULES.reasons}
    assert used == declared


def test_shapes_are_valid_shacl() -> None:
    shapes = Graph()
    for path in FILES:
        shapes.parse(path)
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
    assert len(set(shapes.subjects(RDF.type, SH.NodeShape))) == len(RULES.shapes)


def test_a_folder_of_further_shapes_is_checked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        load(tmp_path / "missing")
    with pytest.raises(InputError, match="没有"):
        load(tmp_path)
    (tmp_path / "bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(InputError, match="Turtle"):
        load(tmp_path)


QUERY = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kemu: <https://w3id.org/kemu/ontology#> .
@prefix my: <https://example.org/> .
my:Q a sh:NodeShape ; sh:targetClass kemu:DisclosureDocument ; sh:message "bad" ;
    sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this WHERE { %s }" ] .
"""


@pytest.mark.parametrize("body", ["$this a", "$this ?p ?o . MINUS { $this ?p 1 }"])
def test_a_query_that_cannot_run_is_never_taken_for_a_clean_document(
    tmp_path: Path, body: str
) -> None:
    (tmp_path / "mine.ttl").write_text(QUERY % body, encoding="utf-8")
    store = ox.Store()
    kind = "https://w3id.org/kemu/ontology#DisclosureDocument"
    store.add(
        ox.Quad(
            ox.NamedNode("https://example.org/doc"),
            ox.NamedNode(str(RDF.type)),
            ox.NamedNode(kind),
        )
    )
    with pytest.raises(InternalError):
        engine.results(store, tmp_path)


def test_a_query_that_cannot_run_is_told_with_its_rule() -> None:
    with pytest.raises(InternalError, match=r"^R1\.1：规则的查询不能运行"):
        select(ox.Store(), "SELECT $this WHERE {", "R1.1")


def test_the_page_of_rules_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_rules.py"))
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == script["page"](), "run: python scripts/make_rules.py"
