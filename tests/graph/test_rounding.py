"""Totals of rounded numbers that are apart by the rounding of their terms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kemu.extract.words.keys import Keys
from kemu.graph.rounding import apart_by_rounding
from kemu.model.document import Place
from kemu.model.facts import Amount, Equation, Fact, Identity, Key, Part

KEYS = Keys(Identity("", "临江市档案馆", "2025", "budget", "department"))
TOTAL = KEYS.key({"flow": "expenditure"})


def fact(slug: str, printed: str, key: Key | None = None) -> Fact:
    amount = Amount(Decimal(printed) * 10_000, Decimal(50), printed, "万元", Decimal(10_000))
    return Fact(slug, key or KEYS.key({"flow": "undetermined"}), amount, Place(), "", "")


def equation(total: str, *parts: str) -> Equation:
    return Equation(f"{total}/sum", "column", total, tuple(map(Part, parts)))


def table(name: str, total: str, parts: Sequence[str]) -> tuple[list[Fact], Equation]:
    """Return a total and its parts, and their equation."""
    slugs = [f"{name}{number}" for number in range(len(parts))]
    facts = [fact(name, total, TOTAL), *map(fact, slugs, parts)]
    return facts, equation(name, *slugs)


UNITS = ("10.02", "20.02", "30.02")
NATURES = ("40.01", "20.03")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (("60.06", UNITS), ("60.04", NATURES), True),
        (("60.06", UNITS), ("60.02", ("40.01", "20.01")), False),
        (("60.07", UNITS), ("60.05", ("40.01", "20.04")), False),
        (("60.06", UNITS), ("60.05", ("40.01", "20.04")), False),
    ],
    ids=["both add up", "too far", "one does not add up", "rounding of the totals explains it"],
)
def test_two_sums_of_one_quantity(
    one: tuple[str, Sequence[str]], other: tuple[str, Sequence[str]], apart: bool
) -> None:
    (first, left), (second, right) = table("a", *one), table("b", *other)
    digest = TOTAL.digest()
    assert digest is not None
    found = apart_by_rounding([*first, *second], [left, right], [(digest, "b")])
    assert list(found) == ([("a", "b")] if apart else [])


def test_an_equation_of_one_term_holds_two_sums_to_be_one() -> None:
    (first, left), (second, right) = table("a", "60.06", UNITS), table("b", "60.04", NATURES)
    same = Equation("same", "identity", "a", (Part("b"),))
    found = apart_by_rounding([*first, *second], [left, right, same], [])
    assert list(found) == [("same", "b")]
