"""The check of a document: findings with their numbers and places, ledger, coverage, verdict."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from kemu.errors import InputError
from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import Identity, Unbound
from kemu.model.findings import CheckResult, Finding, LedgerRow, Severity, Status, Verdict
from kemu.validate import check
from kemu.validate.rules import load
from tests.validate.making import SHA, Maker


@pytest.fixture
def maker() -> Maker:
    """A list of four items that misses its class by 0.01, and a rate that is wrong."""
    made = Maker()
    total = made.fact("31.60", functional="210")
    parts = [
        made.fact(value, functional=f"21011{index:02d}")
        for index, value in enumerate(("3.54", "21.34", "2.23", "4.50"), 1)
    ]
    made.equation(total, *parts, basis="codeHierarchy")
    now = made.fact("792.56", table=1, item="organOperation")
    change = made.claim("change", "14.68", current=now, direction="increase")
    made.claim("rate", "1.87", current=now, change=change, direction="increase")
    return made


def finding(result: CheckResult, rule: str) -> Finding:
    (found,) = [each for each in result.findings if each.rule == rule]
    return found


def row(result: CheckResult, rule: str) -> LedgerRow:
    (found,) = [each for each in result.ledger if each.rule == rule]
    return found


def test_a_sum_tells_its_numbers_in_the_unit_of_the_document(maker: Maker) -> None:
    found = finding(check(maker.extraction()), "R3.1")
    assert found.severity is Severity.HINT
    assert (found.stated, found.computed) == (Decimal(316000), Decimal(316100))
    assert (found.difference, found.bound) == (Decimal(-100), Decimal(250))
    assert found.unit == "元"
    assert found.messages["zh"] == (
        "“某项”印作 31.60万元，各项之和是 31.61万元，相差 0.01万元（四舍五入最多解释 0.025万元）。"
    )
    assert found.messages["en"] == (
        "“某项” is printed as 31.60 万元, the sum of its terms is 31.61 万元, "
        "a difference of 0.01 万元 (rounding explains at most 0.025 万元)."
    )
    assert [(item.role, item.value) for item in found.evidence] == [
        ("total", Decimal("316000.00")),
        ("term", Decimal("35400.00")),
        ("term", Decimal("213400.00")),
        ("term", Decimal("22300.00")),
        ("term", Decimal("45000.00")),
    ]
    assert found.evidence[0].place == maker.facts[0].place
    assert found.evidence[0].quote == "某项31.60万元"


def test_a_rate_tells_its_percentages(maker: Maker) -> None:
    found = finding(check(maker.extraction()), "R5.3")
    assert found.severity is Severity.VIOLATION
    assert found.stated == Decimal("1.87")
    assert found.computed == Decimal("1.887181")
    assert found.unit == "%"
    assert "1.87%" in found.messages["zh"]
    assert "1.8872%" in found.messages["zh"]
    assert [item.role for item in found.evidence] == ["stated", "current", "change"]


def test_messages_are_complete_in_both_languages(maker: Maker) -> None:
    for found in check(maker.extraction()).findings:
        assert found.messages.keys() == {"zh", "en"}
        for text in found.messages.values():
            assert "{" not in text
            assert not text.startswith("R")


def test_counts_are_told_as_items() -> None:
    made = Maker()
    parts = [made.fact(n, unit="人", measure="persons") for n in ("36", "6")]
    total = made.fact("41", unit="人", measure="persons", item="staffInPost")
    made.equation(total, *parts, basis="counts")
    found = finding(check(made.extraction()), "R3.10")
    assert found.unit == "items"
    assert found.bound == 0
    assert "41人" in found.messages["zh"]


def test_identity_rests_on_rule_file_and_places_only(maker: Maker) -> None:
    extraction = maker.extraction()
    first = check(extraction)
    again = check(replace(extraction, facts=extraction.facts[::-1]))
    assert [f.id for f in first.findings] == [f.id for f in again.findings]
    other = replace(extraction, document=replace(extraction.document, sha256="e" * 64))
    assert {f.id for f in check(other).findings}.isdisjoint({f.id for f in first.findings})
    assert len({f.id for f in first.findings}) == len(first.findings)


def test_the_same_input_gives_the_same_report(maker: Maker) -> None:
    assert check(maker.extraction()) == check(maker.extraction())


def test_findings_are_ordered_by_weight_then_rule(maker: Maker) -> None:
    order = [Severity.VIOLATION, Severity.WARNING, Severity.HINT]
    weights = [order.index(f.severity) for f in check(maker.extraction()).findings]
    assert weights == sorted(weights)


def test_ledger_has_every_rule_and_never_passes_what_was_not_judged(maker: Maker) -> None:
    result = check(maker.extraction())
    assert [each.rule for each in result.ledger] == list(load().rules)
    for each in result.ledger:
        if each.status is Status.PASSED:
            assert each.scope > each.blocked
        if each.status in (Status.NOT_APPLICABLE, Status.NOT_CHECKABLE):
            assert each.reason["zh"]
            assert each.reason["en"]
    assert row(result, "R3.1").status is Status.HINT
    assert row(result, "R3.1").hints == 1
    assert row(result, "R5.3").status is Status.VIOLATED
    assert row(result, "R3.4").status is Status.NOT_APPLICABLE
    change = row(result, "R5.2")
    assert (change.status, change.scope, change.blocked) == (Status.NOT_CHECKABLE, 1, 1)
    assert "没有印出" in change.reason["zh"]


def test_coverage_counts_bound_compared_and_unbound() -> None:
    made = Maker()
    total, part = made.fact("1.00"), made.fact("1.00", nature="basic")
    made.equation(total, part)
    lonely = made.fact("7.00", item="training")
    keyless = made.fact("9.00", phase="undetermined")
    extraction = made.extraction()
    unbound = Unbound(Place(paragraph=90), "50", "超过50万元", "policy")
    found = check(replace(extraction, unbound=(unbound,))).coverage
    assert (found.numbers, found.bound, found.in_checks) == (5, 3, 2)
    assert [each.reason for each in found.unbound] == ["policy", "undetermined"]
    assert lonely != keyless


def test_verdicts() -> None:
    made = Maker()
    total, part = made.fact("1.00"), made.fact("1.00", nature="basic")
    made.equation(total, part)
    assert check(made.extraction()).verdict is Verdict.CONFORMS
    made.claim("share", "50", part=part, whole=total)
    assert check(made.extraction()).verdict is Verdict.VIOLATIONS


def test_hints_and_warnings_give_their_verdicts() -> None:
    made = Maker()
    made.equation(made.fact("1.01"), made.fact("1.00", nature="basic"))
    assert check(made.extraction()).verdict is Verdict.HINTS
    made.claim("change", "0.00", current=made.facts[0].slug, direction="unresolved")
    assert check(made.extraction()).verdict is Verdict.WARNINGS


@pytest.mark.parametrize("facts", [0, 1])
def test_what_was_not_compared_was_not_checked(facts: int) -> None:
    made = Maker()
    for _ in range(facts):
        made.fact("1.00")
    result = check(made.extraction())
    assert result.verdict is Verdict.NOT_CHECKED
    assert not any(f.severity is Severity.VIOLATION for f in result.findings)


def test_a_document_that_says_nothing_about_itself() -> None:
    maker = Maker(Identity())
    maker.fact("10")
    assert finding(check(maker.extraction()), "R1.4").severity is Severity.WARNING


def test_a_document_without_a_number_is_not_blamed_for_saying_nothing() -> None:
    result = check(Maker(Identity()).extraction())
    assert result.verdict is Verdict.NOT_CHECKED
    assert result.findings == ()


def test_the_report_is_a_shacl_report_without_blank_nodes(maker: Maker) -> None:
    result = check(maker.extraction())
    triples = [q.triple for q in ox.parse(result.report, format=ox.RdfFormat.TURTLE)]
    assert all(isinstance(t.subject, ox.NamedNode) for t in triples)
    assert not any(isinstance(t.object, ox.BlankNode) for t in triples)
    results = [t.object for t in triples if t.predicate.value == str(SH.result)]
    assert {node.value for node in results} == {
        iri.finding(SHA, found.id) for found in result.findings
    }
    about = {t.predicate.value: t.object for t in triples if t.subject == results[0]}
    for name in ("focusNode", "resultSeverity", "sourceShape", "value", "resultMessage"):
        assert str(SH[name]) in about
    conforms = [t.object for t in triples if t.predicate.value == str(SH.conforms)]
    assert conforms == [ox.Literal(False)]


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kemu: <https://w3id.org/kemu/ontology#> .
@prefix my: <https://example.org/rules#> .
my:TooLarge a sh:NodeShape ; sh:targetClass kemu:DisclosureDocument ; sh:severity sh:Warning ;
    sh:message "{?printed} is more than we ever spend" ;
    sh:sparql [ a sh:SPARQLConstraint ; sh:select '''
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX kemu: <https://w3id.org/kemu/ontology#>
SELECT $this ?value ?printed WHERE {
  $this a kemu:DisclosureDocument .
  ?value qb:dataSet $this ; kemu:value ?amount ; kemu:printed ?printed .
  FILTER(?amount > 1000000)
}''' ] .
my:Titled a sh:NodeShape ; sh:targetClass kemu:DisclosureDocument ;
    sh:property [ sh:path <http://purl.org/dc/terms/title> ; sh:minCount 1 ] .
"""


def test_shapes_of_ones_own_run_beside_the_package(maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    result = check(maker.extraction(), tmp_path)
    found = finding(result, "TooLarge")
    assert found.severity is Severity.WARNING
    assert found.messages == {
        "zh": "792.56 is more than we ever spend",
        "en": "792.56 is more than we ever spend",
    }
    assert found.evidence[0].quote == "某项792.56万元"
    assert row(result, "TooLarge").status is Status.WARNING
    assert row(result, "Titled").status is Status.PASSED
    assert row(result, "R3.1").status is Status.HINT


def test_core_constraints_of_ones_own_are_judged_too(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN, encoding="utf-8")
    untitled = Maker(Identity("", "123001", "2023", "budget", "unit"))
    untitled.equation(untitled.fact("1.00"), untitled.fact("1.00", nature="basic"))
    result = check(untitled.extraction(), tmp_path)
    assert row(result, "Titled").status is Status.VIOLATED
    assert result.verdict is Verdict.VIOLATIONS


BLANK = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kemu: <https://w3id.org/kemu/ontology#> .
"""


@pytest.mark.parametrize(
    "shape",
    [
        "[] a sh:NodeShape ; sh:targetClass kemu:DisclosureDocument ; sh:closed true .",
        "[] sh:targetSubjectsOf kemu:value ; sh:property [ sh:path kemu:value ; sh:minCount 2 ] .",
    ],
)
def test_shape_on_a_blank_node_is_refused_with_the_file_named(shape: str, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(BLANK + shape, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check(Maker(Identity("", "123001", "2023", "budget", "unit")).extraction(), tmp_path)
    assert caught.value.code == "E-SHAPES-BLANK"
    assert "own.ttl" in str(caught.value)


def test_shape_that_only_has_a_target_is_run(maker: Maker, tmp_path: Path) -> None:
    shape = """
<https://example.org/rules#Twice> sh:targetSubjectsOf kemu:value ;
    sh:property [ sh:path kemu:value ; sh:minCount 2 ] .
"""
    (tmp_path / "own.ttl").write_text(BLANK + shape, encoding="utf-8")
    result = check(maker.extraction(), tmp_path)
    assert row(result, "Twice").status is Status.VIOLATED
    assert result.report
