"""What documents that print a code with its name tell of the years of a name, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.classification import load, use
from kemu.classification.store.bounding import bounded, tightened
from kemu.classification.store.confidence import Support
from kemu.classification.store.editions import Store
from kemu.classification.tables.concept import Standing
from kemu.classification.tables.rows import CodeRow
from tests.classification.test_evidence import of, sighting

OLD = CodeRow("2019901", "旧名", "项", "20199", status="historical", years_seen="2009")
NEW = CodeRow("2019901", "新名", "项", "20199", renamed_from="旧名", years_seen="2026")


def seen(name: str, year: int, several: bool = False) -> Support:
    return Support(name, year, 2 if several else 1, "甲局", several)


def test_a_new_name_bounds_its_beginning_from_above_and_the_end_of_the_old_one() -> None:
    old, new = bounded([OLD, NEW], [seen("新名", 2021)])
    assert new.years_seen == "2021;2026"
    assert (old.valid_to, old.to_basis) == ("2020", "bounded")


def test_a_late_print_of_an_old_name_bounds_nothing() -> None:
    assert bounded([OLD, NEW], [seen("旧名", 2022)]) == bounded([OLD, NEW], [seen("丙", 2022)])


def test_the_tables_of_several_bodies_bound_the_new_name_from_below() -> None:
    old, new = bounded([OLD, NEW], [seen("旧名", 2022, several=True)])
    assert old.years_seen == "2009;2022"
    assert (new.valid_from, new.from_basis) == ("2023", "bounded")


def test_two_names_in_one_year_stand_side_by_side() -> None:
    told = [seen("新名", 2022), seen("旧名", 2022, several=True)]
    old, new = bounded([OLD, NEW], told)
    assert "2022" in old.years_seen
    assert "2022" in new.years_seen
    assert (old.valid_to, new.valid_from) == ("", "")


@pytest.mark.parametrize("year", [1998, 2011, 2020])
def test_an_impossible_year_tells_nothing(year: int) -> None:
    firm = NEW._replace(valid_from="2024", from_basis="sourced")
    assert bounded([firm], [seen("新名", year)]) == [firm]


def test_no_name_is_taken_over_from_a_document() -> None:
    assert [row.name for row in bounded([OLD, NEW], [seen("第三名", 2022, True)])] == [
        "旧名",
        "新名",
    ]


def test_what_was_tightened_is_told() -> None:
    after = bounded([OLD, NEW], [seen("新名", 2021)])
    told = [(one.name, one.edge, one.before, one.after) for one in _told([OLD, NEW], after)]
    assert told == [("旧名", "to", "", "2020"), ("新名", "seen", "2026", "2021")]


def _told(before: list[CodeRow], after: list[CodeRow]) -> list[object]:
    return list(tightened("functional", before, after))


def test_recorded_documents_make_a_year_certain(tmp_path: Path) -> None:
    """配租型住房保障 is printed in 2026 only, as far as the shipped tables know."""
    assert standing(2024) is Standing.POSSIBLE
    name = "配租型住房保障"
    one = sighting("2210111", name, year=2024)
    prose = sighting("2210111", name, year=2023, coded=False, where="sentence")
    last_year = sighting("2210111", name, year=2023)
    Store(tmp_path).attestations.add([of("a", "某局", one, prose, last_year)])
    use(tmp_path)
    try:
        assert standing(2024) is Standing.CERTAIN
        assert standing(2023) is Standing.POSSIBLE
    finally:
        use(None)


def standing(year: int) -> Standing:
    concept = load().get("functional", "2210111")
    assert concept is not None
    return concept.standing(year)
