"""Carry: a spending table's own total tells whether carried-over money is in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kemu.extract.whole.carry import settle
from kemu.extract.whole.same_money import observe
from kemu.extract.whole.two_quantities import apart
from kemu.extract.words.keys import Keys
from kemu.model.document import Place
from kemu.model.facts import Amount, Fact, Identity, Key

KEYS = Keys(Identity("", "临江市档案馆", "2025", "budget", "department"))
OWN = KEYS.key({"flow": "undetermined"})


def fact(slug: str, value: str, **says: str) -> Fact:
    amount = Amount(Decimal(value), Decimal(50), value, "元", Decimal(1))
    return Fact(slug, KEYS.key(says), amount, Place(), "", "")


def key_of(facts: list[Fact], slug: str) -> Key:
    return next(f.key for f in facts if f.slug == slug)


@pytest.mark.parametrize(
    ("total", "carry"), [("80000", "current"), ("100000", "all"), ("90000", "undetermined")]
)
def test_total_decides(total: str, carry: str) -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", carry="carriedOver", fund="generalPublicBudget"),
        fact("total", total, flow="expenditure", fund="generalPublicBudget"),
        fact("item", "5000", fund="generalPublicBudget", functional="2080505"),
    ]
    settled = settle(facts, {"total": "t5", "item": "t5"}, OWN, "budget")
    assert key_of(settled, "item").carry == carry


def test_table_without_total_is_settled_by_an_equal_amount_of_another() -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", carry="carriedOver", fund="generalPublicBudget"),
        fact("total", "100000", flow="expenditure", fund="generalPublicBudget"),
        fact("project", "30000", fund="generalPublicBudget", nature="project"),
        fact("again", "30000", fund="generalPublicBudget", nature="project"),
    ]
    groups = {"total": "t5", "project": "t5", "again": "t10"}
    assert key_of(settle(facts, groups, OWN, "budget"), "again").carry == "all"


def test_nothing_is_settled_where_nothing_is_carried_over() -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("total", "70000", flow="expenditure", fund="generalPublicBudget"),
    ]
    assert settle(facts, {"total": "t5"}, OWN, "budget") == facts


def test_one_fund_and_nothing_carried_over_makes_keys_one() -> None:
    facts = [
        fact("all", "80000", flow="revenue", item="grandTotal"),
        fact("fund", "80000", flow="revenue", fund="generalPublicBudget"),
    ]
    reduction = observe(facts, OWN)
    assert reduction.sole_fund == "generalPublicBudget"
    wide = KEYS.key({"functional": "208"})
    narrow = KEYS.key({"functional": "208", "fund": "generalPublicBudget", "carry": "current"})
    assert reduction.reduce(wide) == reduction.reduce(narrow)


def test_other_income_keeps_keys_apart() -> None:
    facts = [
        fact("all", "90000", flow="revenue", item="grandTotal"),
        fact("fund", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("other", "10000", fund="otherIncome"),
    ]
    assert observe(facts, OWN).sole_fund == ""


def test_a_grand_total_decides_as_a_total_does() -> None:
    facts = [
        fact("income", "80000", flow="revenue", carry="current"),
        fact("moved", "20000", carry="carriedOver"),
        fact("total", "100000", flow="expenditure", item="grandTotal"),
    ]
    settled = settle(facts, {"total": "p1"}, OWN, "budget")
    assert key_of(settled, "total").carry == "all"


def test_an_income_that_is_less_exact_than_the_total_decides_all_the_same() -> None:
    income = fact("income", "80000.4", flow="revenue", fund="generalPublicBudget")
    facts = [
        income,
        fact("moved", "20000", carry="carriedOver"),
        fact("total", "80000.43", flow="expenditure", fund="generalPublicBudget"),
    ]
    assert key_of(settle(facts, {"total": "t5"}, OWN, "budget"), "total").carry == "current"


def test_money_of_the_units_own_account_does_not_touch_a_fund() -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", carry="carriedOver", fund="nonFiscal"),
        fact("item", "5000", fund="generalPublicBudget", functional="2080505"),
    ]
    assert key_of(settle(facts, {"item": "t5"}, OWN, "budget"), "item").carry == "all"


def test_pieces_carried_over_make_up_a_total() -> None:
    facts = [
        fact("income", "80000", flow="revenue", carry="current"),
        fact("moved", "20000", carry="carriedOver"),
        fact("own", "7000", carry="carriedOver", fund="nonFiscal"),
        fact("total", "107000", flow="expenditure", item="grandTotal"),
    ]
    assert key_of(settle(facts, {"total": "t5"}, OWN, "budget"), "total").carry == "all"


@pytest.mark.parametrize(("larger", "carry"), [("100000", "undetermined"), ("103000", "current")])
def test_a_gap_that_is_carried_over_makes_two_quantities(larger: str, carry: str) -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("again", larger, flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", carry="carriedOver", fund="generalPublicBudget"),
    ]
    settled = apart(facts)
    assert key_of(settled, "again").carry == carry
    assert key_of(settled, "income").carry == "current"


def test_a_third_printing_with_its_last_digit_cut_off_is_one_of_the_two_quantities() -> None:
    facts = [
        fact("income", "80000", flow="revenue", carry="all"),
        fact("exact", "100075", flow="revenue", carry="all"),
        fact("cut", "100000", flow="revenue", carry="all"),
        fact("moved", "20075", carry="carriedOver"),
    ]
    settled = apart(facts)
    assert key_of(settled, "income").carry == "all"
    assert [key_of(settled, s).carry for s in ("exact", "cut")] == ["undetermined"] * 2


def test_the_gaps_of_the_funds_together_are_what_is_carried_over() -> None:
    facts = [
        fact("general", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("general2", "87000", flow="revenue", fund="generalPublicBudget"),
        fact("capital", "30000", flow="revenue", fund="stateCapital"),
        fact("capital2", "43000", flow="revenue", fund="stateCapital"),
        fact("moved", "20000", carry="carriedOver"),
    ]
    settled = apart(facts)
    assert [key_of(settled, s).carry for s in ("general2", "capital2")] == ["undetermined"] * 2


def test_spending_that_equals_all_income_holds_what_is_carried_over() -> None:
    facts = [
        fact("income", "110000", flow="revenue", item="grandTotal"),
        fact("fiscal", "90000", flow="revenue", fund="fiscalAppropriation"),
        fact("moved", "20000", carry="carriedOver"),
        fact("total", "110000", flow="expenditure", item="grandTotal"),
    ]
    assert key_of(settle(facts, {"total": "p1"}, OWN, "budget"), "total").carry == "all"


UNIT = {"organisation": "临江市方志中心", "consolidation": "unit"}
OFFICE = {"consolidation": "headquarters"}


@pytest.mark.parametrize(("moved", "carry"), [("20000", "all"), ("15000", "undetermined")])
def test_a_unit_that_carries_nothing_over_has_nothing_open(moved: str, carry: str) -> None:
    """Only where the units that do carry over all that the department does."""
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", flow="revenue", carry="carriedOver"),
        fact("office", moved, flow="revenue", carry="carriedOver", **OFFICE),
        fact("salary", "5000", fund="generalPublicBudget", nature="basic", **UNIT),
    ]
    assert key_of(settle(facts, {"salary": "t9"}, OWN, "budget"), "salary").carry == carry


@pytest.mark.parametrize(("total", "carry"), [("30000", "current"), ("50000", "all")])
def test_a_unit_is_settled_by_its_own_income(total: str, carry: str) -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", carry="carriedOver", fund="generalPublicBudget"),
        fact("own", "30000", flow="revenue", fund="generalPublicBudget", **UNIT),
        fact("theirs", "20000", flow="revenue", carry="carriedOver",
             fund="generalPublicBudget", **UNIT),
        fact("total", total, flow="expenditure", fund="generalPublicBudget", **UNIT),
        fact("item", "7000", fund="generalPublicBudget", functional="2080505", **UNIT),
    ]  # fmt: skip
    groups = {"total": "t9", "item": "t9"}
    assert key_of(settle(facts, groups, OWN, "budget"), "item").carry == carry


@pytest.mark.parametrize(("basic", "carry"), [("30000", "all"), ("25000", "undetermined")])
def test_basic_spending_of_one_fund_is_settled_by_that_of_all(basic: str, carry: str) -> None:
    facts = [
        fact("income", "80000", flow="revenue", carry="current"),
        fact("moved", "20000", flow="revenue", carry="carriedOver"),
        fact("total", "100000", flow="expenditure"),
        fact("basic", "30000", flow="expenditure", nature="basic"),
        fact("part", basic, fund="generalPublicBudget", nature="basic"),
        fact("salary", "9000", fund="generalPublicBudget", nature="basic", dept_economic="301"),
    ]
    groups = {"total": "t4", "basic": "t4", "part": "t7", "salary": "t7"}
    assert key_of(settle(facts, groups, OWN, "budget"), "salary").carry == carry


def test_an_equal_amount_of_the_same_fund_counts_before_one_of_all_funds() -> None:
    facts = [
        fact("income", "80000", flow="revenue", fund="generalPublicBudget"),
        fact("moved", "20000", flow="revenue", carry="carriedOver"),
        fact("all income", "80000", flow="revenue", carry="current"),
        fact("all", "100000", flow="expenditure"),
        fact("all basic", "30000", flow="expenditure", nature="basic"),
        fact("total", "80000", flow="expenditure", fund="generalPublicBudget"),
        fact("total basic", "30000", fund="generalPublicBudget", nature="basic"),
        fact("basic", "30000", fund="generalPublicBudget", nature="basic"),
    ]
    groups = {"all": "t4", "all basic": "t4", "total": "t6", "total basic": "t6", "basic": "t7"}
    assert key_of(settle(facts, groups, OWN, "budget"), "basic").carry == "current"
