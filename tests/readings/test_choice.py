"""Which reading is taken, and which broken sums may be misread."""

from __future__ import annotations

from decimal import Decimal

from kemu.extract.readings.choice import Choice, choose
from kemu.extract.readings.nesting import numbers
from kemu.extract.readings.splits import Split
from kemu.model.doubt import Doubt


def chosen(lines: list[str], *splits: tuple[int, list[int]], columns: bool = False) -> Choice:
    half = Decimal("0.005")
    grid = [
        tuple(None if cell == "-" else (Decimal(cell), half) for cell in line.split())
        for line in lines
    ]
    if columns:
        grid = [tuple(column) for column in zip(*grid, strict=True)]
    words = [Split(total, tuple(parts)) for total, parts in splits]
    return choose(words, numbers(grid), columns=columns)


def test_where_the_words_close_nothing_else_is_tried() -> None:
    found = chosen(["30.11", "10.05", "20.06"], (0, [1, 2]))
    assert not found.by_numbers
    assert not found.doubts


def test_levels_without_codes_come_from_the_numbers() -> None:
    lines = ["1790.42", "812.27", "500.11", "312.16", "978.15", "611.03", "367.12"]
    found = chosen(lines, (0, [1, 2, 3, 4, 5, 6]))
    assert found.by_numbers
    assert not found.doubts
    assert {(s.total, s.parts) for s in found.structure.splits} == {
        (0, (1, 4)),
        (1, (2, 3)),
        (4, (5, 6)),
    }


def test_a_wrong_total_stays_a_suspicion() -> None:
    found = chosen(["1791.42", "812.27", "978.15"], (0, [1, 2]))
    assert not found.by_numbers
    assert not found.doubts
    assert found.structure.broken


def test_a_total_that_forgets_its_last_row_stays_a_suspicion() -> None:
    found = chosen(
        ["1790.42 800.00", "812.27 300.00", "978.15 500.00", "11.30 2.00"], (0, [1, 2, 3])
    )
    assert not found.by_numbers
    assert not found.doubts


def test_a_wrong_digit_deep_in_a_tree_breaks_its_sums_only() -> None:
    lines = ["1790.42", "812.27", "500.11", "321.16", "978.15", "611.03", "367.12"]
    found = chosen(lines, (0, [1, 4]), (1, [2, 3]), (4, [5, 6]))
    assert not found.by_numbers
    assert not found.doubts
    assert [split.total for split in found.structure.broken] == [1]


def test_a_column_within_another_is_no_addend() -> None:
    lines = ["51.00 51.00 48.00", "72.31 72.31 70.12", "18.25 18.25 9.40"]
    found = chosen(lines, (0, [1, 2]), columns=True)
    assert found.by_numbers
    assert [s.parts for s in found.structure.splits] == [(1,)]


def test_two_partitions_of_one_total_are_two_sums() -> None:
    lines = ["60.12 40.07 20.05 55.10 5.02", "81.33 61.22 20.11 81.30 0.03"]
    found = chosen(lines, (0, [1, 2, 3, 4]), columns=True)
    assert found.by_numbers
    assert {s.parts for s in found.structure.splits} == {(1, 2), (3, 4)}


def test_twice_the_total_means_two_levels() -> None:
    found = chosen(["60.12", "60.12", "25.10", "35.02"], (0, [1, 2, 3]))
    assert [why for _, _, why in found.doubts] in ([], [Doubt.CLOSES_OTHERWISE])


def test_terms_that_all_belong_to_other_sums_accuse_nobody() -> None:
    lines = ["99.99", "812.27", "500.11", "312.16", "978.15", "611.03", "367.12"]
    found = chosen(lines, (0, [2, 3, 5, 6]))
    assert found.by_numbers or found.doubts
