"""Sums found from numbers alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kemu.extract.readings.nesting import Nesting, below, nesting, numbers


def rows(*lines: str) -> list[tuple[tuple[Decimal, Decimal] | None, ...]]:
    """Return amounts of 0.01 from lines of a table; `-` is an empty cell."""
    half = Decimal("0.005")
    return [
        tuple(None if cell == "-" else (Decimal(cell), half) for cell in line.split())
        for line in lines
    ]


def nested(*lines: str) -> Nesting:
    return nesting(numbers(rows(*lines)))


def test_three_levels_without_codes() -> None:
    found = nested("161.37", "118.12", "70.05", "48.07", "43.25", "11.14", "32.11")
    assert found.parent == (None, 0, 1, 1, 0, 4, 4)


def test_the_beam_repairs_equal_neighbours_that_close_by_chance() -> None:
    # 37.40 = 12.25 + 25.15, but 90.15 needs 37.40, 12.25, 25.15 and 15.35 side by side.
    found = nested("90.15", "37.40", "12.25", "25.15", "15.35")
    assert found.children(0) == (1, 2, 3, 4)


def test_rounding_of_the_last_digit_still_closes() -> None:
    assert nested("100.01", "33.33", "33.34", "33.33").children(0) == (1, 2, 3)


def test_columns_together_decide_what_one_column_leaves_open() -> None:
    found = nested("75.50 70.20", "30.25 40.10", "30.25 30.10", "15.00 0.00")
    assert found.children(0) == (1, 2, 3)


def test_a_misprint_in_one_column_does_not_hide_the_sum() -> None:
    found = nested("351.62 240.31 111.31", "120.44 90.22 30.22", "231.18 105.09 81.09")
    assert found.children(0) == (1, 2)
    assert found.broken == ((0, 1),)


def test_rows_of_zeros_belong_to_no_sum() -> None:
    found = nested("52.13", "0.00", "31.02", "21.11")
    assert found.parent == (None, None, 0, 0)


@pytest.mark.parametrize("lines", [(), ("0.00",), ("12.31",), ("12.31", "98.76")])
def test_numbers_that_add_up_to_nothing_say_nothing(lines: tuple[str, ...]) -> None:
    assert nested(*lines).sums == 0 if lines else nesting([]).sums == 0


def test_totals_below_their_parts() -> None:
    found = below(numbers(rows("31.02", "21.11", "52.13")))
    assert found.parent == (2, 2, None)


def test_a_negative_part_is_taken_off() -> None:
    assert nested("80.11", "100.42", "-20.31").children(0) == (1, 2)


def test_mixed_precision_is_bounded_by_the_coarser_number() -> None:
    coarse = (Decimal(53), Decimal("0.5"))
    fine = [(Decimal("31.32"), Decimal("0.005")), (Decimal("21.25"), Decimal("0.005"))]
    assert nesting(numbers([(coarse,), *((part,) for part in fine)])).children(0) == (1, 2)
