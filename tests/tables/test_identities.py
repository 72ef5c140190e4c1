"""Identities: each entry of graph/identities.toml ties the amounts it speaks of, and no others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kemu.extract.whole.identities import equations, identities
from kemu.extract.whole.same_money import Reduction
from kemu.extract.words.keys import Keys
from kemu.graph.bases import bases
from kemu.model.document import Place
from kemu.model.doubt import Doubt
from kemu.model.facts import Amount, Fact, Identity

KEYS = Keys(Identity("", "临江市档案馆", "2025", "budget", "department"))


def fact(slug: str, table: int | None = None, value: int = 10, **says: str) -> Fact:
    amount = Amount(Decimal(value), Decimal(0), str(value), "元", Decimal(1))
    return Fact(slug, KEYS.key(says), amount, Place(table=table), "", "")


def tied(*facts: Fact) -> set[tuple[str, str, str, str]]:
    """Return total, part, basis and relation of the one-term equations."""
    return {(e.total, e.parts[0].fact, e.basis, e.relation) for e in equations(facts, Reduction())}


def test_bases_are_known() -> None:
    assert {identity.basis for identity in identities()} <= set(bases())


def test_names_are_unique() -> None:
    names = [identity.name for identity in identities()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("total", "part", "basis", "relation"),
    [
        (
            {"flow": "both", "item": "grandTotal"},
            {"flow": "revenue", "item": "grandTotal"},
            "identity",
            "equal",
        ),
        (
            {"flow": "both", "item": "grandTotal"},
            {"flow": "expenditure", "item": "grandTotal"},
            "identity",
            "equal",
        ),
        (
            {"flow": "expenditure", "item": "grandTotal"},
            {"flow": "revenue", "item": "grandTotal"},
            "balance",
            "equal",
        ),
        (
            {"nature": "basic", "fund": "generalPublicBudget"},
            {"item": "organOperation"},
            "organOperation",
            "atMost",
        ),
        (
            {"item": "reception"},
            {"nature": "basic", "dept_economic": "30217"},
            "ceiling",
            "atMost",
        ),
        (
            {"item": "vehicleOperation"},
            {"nature": "basic", "dept_economic": "30231"},
            "ceiling",
            "atMost",
        ),
        (
            {"functional": "208", "fund": "all"},
            {"functional": "208", "fund": "generalPublicBudget"},
            "identity",
            "atMost",
        ),
        (
            {"functional": "208", "fund": "all"},
            {"functional": "208", "fund": "fiscalAppropriation"},
            "identity",
            "atMost",
        ),
    ],
)
def test_identity(total: dict[str, str], part: dict[str, str], basis: str, relation: str) -> None:
    assert ("total", "part", basis, relation) in tied(fact("total", **total), fact("part", **part))


def test_three_budgets_make_the_appropriation() -> None:
    funds = ("generalPublicBudget", "governmentFund", "stateCapital")
    parts = [fact(fund, flow="expenditure", fund=fund) for fund in funds]
    whole = fact("whole", flow="expenditure", fund="fiscalAppropriation")
    sums = [e for e in equations([whole, *parts], Reduction()) if e.relation == "equal"]
    assert [[p.fact for p in e.parts] for e in sums] == [list(funds)]


def test_operating_costs_are_held_against_basic_expenditure_of_the_general_budget_only() -> None:
    facts = [
        fact("general", nature="basic", fund="generalPublicBudget"),
        fact("other", nature="basic", fund="governmentFund", value=0),
        fact("costs", item="organOperation", fund="fiscalAppropriation"),
    ]
    assert {t[0] for t in tied(*facts) if t[2] == "organOperation"} == {"general"}


@pytest.mark.parametrize(
    ("whole", "part", "doubt"),
    [
        (1000, 1000, None),
        (1000, 1100, None),  # a slip that stands to be told
        (1000, 100_000, None),  # the digits are right, the unit is not
        (1234, 12_834, None),  # a digit too many
        (1000, 12_345, Doubt.SIDES_APART),
        (0, 1100, Doubt.ONE_SIDE_ZERO),
        (1100, 0, Doubt.ONE_SIDE_ZERO),
    ],
)
def test_sides_far_apart_were_misread(whole: int, part: int, doubt: Doubt | None) -> None:
    facts = [
        fact("total", flow="both", item="grandTotal", value=whole),
        fact("revenue", flow="revenue", item="grandTotal", value=part),
    ]
    assert {e.doubt for e in equations(facts, Reduction())} == {doubt}


def test_totals_of_whole_tables_are_not_compared_across_funds() -> None:
    facts = [
        fact("a", flow="expenditure"),
        fact("b", flow="expenditure", fund="fiscalAppropriation"),
    ]
    assert tied(*facts) == set()


def test_a_project_has_one_amount_in_both_tables() -> None:
    facts = [
        fact("target-sum", 7, 30, item="performance", nature="project"),
        fact("target", 7, 30, project="库房改造", nature="project"),
        fact("project-sum", 6, 30, nature="project"),
        fact("project", 6, 30, nature="project", project="库房改造", functional="2012699"),
    ]
    found = tied(*facts)
    assert ("target", "project", "identity", "equal") in found
    assert ("target-sum", "project-sum", "identity", "equal") in found


def test_targets_of_the_main_projects_are_no_more_than_all_projects() -> None:
    facts = [
        fact("target-sum", 7, 20, item="performance", nature="project"),
        fact("target", 7, 20, project="库房改造", nature="project"),
        fact("project-sum", 6, 30, nature="project"),
        fact("project", 6, 20, nature="project", project="库房改造", functional="2012699"),
        fact("without", 6, 10, nature="project", project="档案修复", functional="2012699"),
    ]
    assert ("project-sum", "target-sum", "performance", "atMost") in tied(*facts)


def test_operating_costs_that_are_administrative_funds_are_not_held_against_basic() -> None:
    facts = [
        fact("basic", nature="basic", value=5),
        fact("costs", item="organOperation"),
        fact("funds", item="administrativeFunds"),
    ]
    assert not [t for t in tied(*facts) if t[2] == "organOperation"]
