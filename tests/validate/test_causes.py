"""Root causes: one wrong cell explains all that it breaks; what is not certain is not named."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kemu.model.findings import CheckResult, Severity
from kemu.validate import check
from kemu.validate.causes.slips import slip
from tests.validate.making import Maker


def table(*rows: tuple[str, ...]) -> tuple[Maker, list[list[str]]]:
    """A table of amounts whose last row and last column are totals."""
    maker = Maker()
    cells = [
        [
            maker.fact(value, table=1, functional=f"20{r}", nature=f"n{c}")
            for c, value in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]
    for row in cells:
        maker.equation(row[-1], *row[:-1], basis="row")
    for column in zip(*cells, strict=True):
        maker.equation(column[-1], *column[:-1], basis="column")
    return maker, cells


def broken(result: CheckResult) -> list[str]:
    return sorted(f.rule for f in result.findings if f.severity is Severity.VIOLATION)


def test_one_wrong_cell_is_the_root_of_its_row_and_its_column() -> None:
    maker, cells = table(
        ("1.00", "2.00", "3.00"), ("4.00", "9.50", "9.00"), ("5.00", "7.00", "12.00")
    )
    result = check(maker.extraction())
    assert broken(result) == ["R3.2", "R3.3"]
    one, two = result.findings
    assert one.root == two.root != ""
    assert one.related == (two.id,)
    assert two.related == (one.id,)
    assert "9.50万元" in one.cause["zh"]
    assert "5.00万元" in one.cause["zh"]
    restored = re.search(r'kemu:restored "?([\d.]+)', result.report)
    assert restored
    assert Decimal(restored[1]) == 50000
    assert f"kemu:suspect <document/7f3a000000000000/{cells[1][1]}>" in result.report


def test_two_wrong_cells_are_two_roots() -> None:
    maker, _ = table(
        ("1.00", "2.00", "3.00", "6.00"),
        ("4.00", "9.50", "6.00", "15.00"),
        ("7.00", "8.00", "99.00", "24.00"),
        ("12.00", "15.00", "18.00", "45.00"),
    )
    result = check(maker.extraction())
    assert broken(result) == ["R3.2", "R3.2", "R3.3", "R3.3"]
    assert len({f.root for f in result.findings}) == 2
    assert all(f.root for f in result.findings)


def test_what_could_be_any_of_several_cells_is_not_named() -> None:
    maker = Maker()
    parts = [maker.fact("1.00", functional="201"), maker.fact("2.00", functional="202")]
    maker.equation(maker.fact("9.00"), *parts)
    (found,) = check(maker.extraction()).findings
    assert found.root == ""
    assert found.cause == {}


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_total_is_the_culprit_where_a_second_relation_gives_its_value(confirmed: bool) -> None:
    maker = Maker()
    parts = [maker.fact("1.00", functional="201"), maker.fact("2.00", functional="202")]
    total = maker.fact("9.00")
    maker.equation(total, *parts)
    for functional, value in (("201", "1.00"), ("202", "2.00")):
        maker.fact(value, table=1, functional=functional)
    if confirmed:
        maker.fact("3.00", table=1)
    found = check(maker.extraction()).findings
    assert len(found) == 1 + confirmed
    for each in found:
        assert ("9.00万元" in each.cause.get("zh", "")) == confirmed
        assert ("3.00万元" in each.cause.get("zh", "")) == confirmed


def test_a_total_that_follows_a_wrong_item_joins_the_item() -> None:
    maker = Maker()
    said = [maker.fact("31.00", functional="201"), maker.fact("2.00", functional="202")]
    total = maker.fact("33.00")
    maker.equation(total, *said)
    for functional, value in (("201", "1.00"), ("202", "2.00"), ("all", "3.00")):
        for number in (1, 2):
            maker.fact(value, table=number, functional=functional)
    result = check(maker.extraction())
    assert broken(result) == ["R4.2", "R4.2"]
    assert len({f.root for f in result.findings}) == 1
    assert all("31.00万元" in f.cause["zh"] for f in result.findings)


def test_a_number_of_another_sentence_is_said_to_be_copied() -> None:
    maker = Maker()
    budget = maker.fact("792.56")
    maker.facts[-1] = maker.facts[-1].__class__(
        **{n: getattr(maker.facts[-1], n) for n in maker.facts[-1].__slots__} | {"label": "总预算"}
    )
    basic = maker.fact("690.59", nature="basic")
    maker.equation(budget, basic, maker.fact("101.97", nature="project"))
    wages, goods = maker.fact("500.11", nature="personnel"), maker.fact("792.56", nature="public")
    maker.equation(basic, wages, goods, basis="row")
    for number in (1, 2):
        maker.fact("190.48", table=number, nature="public")
    result = check(maker.extraction())
    assert broken(result) == ["R3.2", "R4.2"]
    assert all("总预算" in found.cause["zh"] for found in result.findings)


@pytest.mark.parametrize(
    ("printed", "right", "kind"),
    [
        ("605.82", "-605.82", "sign"),
        ("605.82", "6058200", "unit"),
        ("605.82", "60.582", "point"),
        ("605.82", "605.28", "swapped"),
        ("605.82", "605.87", "digit"),
        ("605.82", "65.82", "digit"),
        ("125.94", "0", "surplus"),
        ("605.82", "411.35", "other"),
    ],
)
def test_slips(printed: str, right: str, kind: str) -> None:
    maker = Maker()
    maker.fact(printed)
    found = slip(maker.facts[0], Decimal(right) * 10000, maker.facts)
    assert found.kind == kind
    assert found.texts.keys() == (set() if kind == "other" else {"zh", "en"})


def slipped(*totals: str) -> Maker:
    """Six rows of two parts, 1 and 2, 2 and 3 …, with the totals as printed in the last column."""
    maker = Maker()
    for row, printed in enumerate(totals, start=1):
        parts = [
            maker.fact(
                f"{row + n}.00", table=1, at=(row, n + 1), functional=f"20{row}", nature=f"n{n}"
            )
            for n in (0, 1)
        ]
        total = maker.fact(printed, table=1, at=(row, 3), functional=f"20{row}")
        maker.equation(total, *parts, basis="row")
    return maker


def test_a_column_that_slipped_by_a_row_is_one_finding_with_its_consequences() -> None:
    found = check(slipped("3.00", "7.00", "9.00", "11.00", "13.00", "13.00").extraction()).findings
    assert [f.rule for f in found] == ["R3.2"] * 4
    (head,) = [f for f in found if f.id == f.root]
    assert {f.root for f in found} == {head.id}
    assert head.evidence[0].place.row == 2
    assert "错了一行" in head.cause["zh"]
    assert all("后果" in f.cause["zh"] for f in found if f is not head)


def test_rows_that_are_wrong_each_in_its_own_way_are_no_slip() -> None:
    found = check(slipped("3.00", "7.10", "9.20", "11.30", "13.40", "13.00").extraction()).findings
    assert [f.rule for f in found] == ["R3.2"] * 4
    assert {f.root for f in found} == {""}


@pytest.mark.parametrize(("share", "follows"), [("25.0", True), ("30.0", False)])
def test_a_share_of_a_wrong_amount_follows_from_it(share: str, follows: bool) -> None:
    maker = Maker()
    maker.fact("100.00", table=1, nature="basic")
    printed = maker.fact("100.00", table=2, nature="basic")
    said = maker.fact("110.00", nature="basic")
    part = maker.fact("25.00", functional="201")
    maker.claim("share", share, part=part, whole=said)
    found = {f.rule: f for f in check(maker.extraction()).findings}
    assert printed
    assert set(found) == {"R4.2", "R5.1"}
    assert (found["R5.1"].root == (found["R4.2"].root or found["R4.2"].id)) is follows
