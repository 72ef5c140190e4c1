"""The dimension members: trees without cycles, names in both languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import get_args

import pytest

from kemu.model import dimensions, members
from kemu.model.facts import DIMENSIONS, Key

LISTED = dimensions.dimensions()


def test_every_list_belongs_to_a_dimension_of_the_key() -> None:
    assert set(LISTED) <= set(DIMENSIONS)


def test_a_key_has_all_dimensions_in_their_order() -> None:
    assert tuple(field.name for field in fields(Key)) == DIMENSIONS


def test_the_fund_tree() -> None:
    assert dimensions.ancestors("fund", "governmentFund") == ("fiscalAppropriation", "all")
    assert dimensions.is_narrower("fund", "businessIncome", "unitFunds")
    assert not dimensions.is_narrower("fund", "businessIncome", "fiscalAppropriation")
    assert not dimensions.is_narrower("fund", "all", "all")


def test_children_of_threepublic() -> None:
    assert dimensions.children("item", "threePublic") == (
        "officialVehicles",
        "overseasTravel",
        "reception",
    )


@pytest.mark.parametrize("dimension", LISTED)
def test_members_have_both_names_and_a_known_parent(dimension: str) -> None:
    members = dimensions.members(dimension)
    for member in members:
        for lang in ("zh", "en"):
            assert dimensions.label(dimension, member, lang)
        parent = dimensions.parent(dimension, member)
        assert parent is None or parent in members
        assert len(dimensions.ancestors(dimension, member)) < 6


def test_a_token_other_than_the_shared_ones_names_one_member() -> None:
    counts = Counter(token for name in LISTED for token in dimensions.members(name))
    repeated = {token for token, number in counts.items() if number > 1}
    assert repeated == {"all", "notApplicable"}


def test_labels_of_tokens_without_a_list() -> None:
    assert dimensions.label("organisation", "undetermined") == "未确定"
    assert dimensions.label("functional", "2080109") == "2080109"
    assert dimensions.label("item", "officialVehicles") == "公务用车购置及运行费"


@pytest.mark.parametrize("dimension", LISTED)
def test_parts_are_narrower_than_what_they_make_up(dimension: str) -> None:
    for whole in dimensions.members(dimension):
        parts = dimensions.consists_of(dimension, whole)
        assert len(parts) != 1
        for part in (*parts, *dimensions.may_consist_of(dimension, whole)):
            assert dimensions.is_narrower(dimension, part, whole), part


def test_parts_stand_in_the_order_in_which_they_are_printed() -> None:
    assert dimensions.consists_of("nature", "all") == ("basic", "project")
    assert dimensions.consists_of("item", "threePublic") == (
        "overseasTravel",
        "officialVehicles",
        "reception",
    )
    assert dimensions.consists_of("item", "meetings") == ()


def test_what_a_member_implies_of_the_flow() -> None:
    assert dimensions.always_flow("carriedForward") == "balance"
    assert dimensions.usual_flow("businessIncome") == "revenue"
    assert dimensions.always_flow("businessIncome") is None
    assert dimensions.balances("carry") == {
        "carriedOver", "carriedForward", "surplusUsed", "surplusDistributed",
    }  # fmt: skip


def test_what_a_member_is_divided_by() -> None:
    assert dimensions.divided_by("item", "dept_economic") == {
        "organOperation",
        "administrativeFunds",
    }
    assert "procurement" in dimensions.divided_by("item", "dept_economic", at_most=True)
    projects = dimensions.divided_by("nature", "project")
    assert projects == {"project", *dimensions.children("nature", "project")}


def test_statements_are_about_members_and_name_members() -> None:
    listed = {token for dimension in LISTED for token in dimensions.members(dimension)}
    schemes = {f"{dimension}Scheme" for dimension in LISTED}
    for name in ("alwaysFlow", "usualFlow", "consistsOf", "mayConsistOf"):
        for subject, objects in dimensions._said(name).items():
            assert subject in listed | schemes, subject
            assert set(objects) <= listed, subject
    for name in ("dividedBy", "mayBeDividedBy"):
        for subject, objects in dimensions._said(name).items():
            assert subject in listed, subject
            assert set(objects) <= set(dimensions._DIVIDERS), subject


@pytest.mark.parametrize("dimension", [name for name in LISTED if name != "basis"])
def test_the_types_of_members_are_the_ontologys(dimension: str) -> None:
    """`basis` may be any that a document prints."""
    typed = set(get_args(getattr(members, dimension.capitalize())))
    assert typed == {*dimensions.members(dimension), *get_args(members.Special)}
