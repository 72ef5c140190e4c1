"""What became of which code, and what may be compared across years."""

from __future__ import annotations

import json

import pytest

from kemu.classification import load
from kemu.classification.history.changes import KINDS
from kemu.errors import InputError, NotFoundError

HISTORY = load().history


def told(
    from_year: int, to_year: int, supposed: bool = False
) -> set[tuple[str, int | None, str, str]]:
    found = HISTORY.supposed if supposed else HISTORY.between
    return {
        (
            change.kind,
            change.supposed if supposed else change.year,
            "+".join(m.notation for m in change.before),
            "+".join(m.notation for m in change.after),
        )
        for change in found(from_year, to_year, ("functional",))
    }


@pytest.mark.parametrize(
    "expected",
    [
        ("renamed", 2019, "210", "210"),
        ("renamed", 2019, "207", "207"),
        ("renamed", 2020, "215", "215"),
        ("renamed", 2020, "20805", "20805"),
    ],
)
def test_sourced_changes_between_2018_and_2020(expected: tuple[str, int, str, str]) -> None:
    assert expected in told(2018, 2020)
    assert not {(*expected[:1], *expected[2:])} & {
        (kind, *codes) for kind, _, *codes in told(2018, 2020, supposed=True) if _
    }


@pytest.mark.parametrize(
    "expected",
    [
        ("renamed", 2019, "220", "220"),
        ("renamed", 2020, "21301", "21301"),
        ("born", 2019, "", "224"),
        ("moved", 2019, "22004", "22405"),
        ("split", 2019, "20704", "20706+20708"),
        ("merged", 2019, "20115+20117+21010", "20138"),
        ("merged", 2019, "2040204+2040211+2040212+2040217", "2040220"),
        ("merged", 2020, "2080504", "2080501"),
        ("ended", 2019, "21306", ""),
    ],
)
def test_a_year_by_general_knowledge_is_only_supposed(expected: tuple[str, int, str, str]) -> None:
    assert expected in told(2018, 2020, supposed=True)
    assert expected not in told(2018, 2020)


def test_changes_lie_after_the_first_year_and_not_after_the_last() -> None:
    assert {year for _, year, _, _ in told(2018, 2020)} == {2019, 2020}
    assert ("recoded", 2021, "2089901", "2089999") in told(2020, 2021)
    assert not HISTORY.between(2020, 2020)


def test_every_change_says_what_its_year_rests_on() -> None:
    for change in HISTORY.changes:
        assert change.kind in KINDS
        assert change.before or change.after
        assert change.confidence in "ABC"
        if change.year is None:
            assert change.basis == ""
    sourced = [change for change in HISTORY.between(2020, 2021) if change.basis == "sourced"]
    assert {m.notation for change in sourced for m in change.before} == {"2089901"}
    assert all(change.sources for change in HISTORY.between(2007, 2030))


def test_a_change_of_unknown_year_is_reported_apart_with_its_bounds() -> None:
    found = [c for c in HISTORY.undated(2019, 2023) if c.before and c.before[0].notation == "39906"]
    (change,) = found
    assert [m.notation for m in change.after] == ["39909", "39910"]
    assert change.bounds == (2019, 2022)
    later = HISTORY.undated(2023, 2026)
    assert not [c for c in later if c.before and c.before[0].notation == "39906"]


@pytest.mark.parametrize(
    ("code", "years", "sources", "targets"),
    [
        ("2080501", (2019, 2020), ["2080501", "2080504"], ["2080501"]),
        ("2080501", (2020, 2019), ["2080501"], ["2080501", "2080504"]),
        ("20704", (2018, 2019), ["20704"], ["20706", "20708"]),
        ("20706", (2019, 2018), ["20706", "20708"], ["20704"]),
        ("20138", (2019, 2018), ["20138"], ["20115", "20117", "21010"]),
        ("2089901", (2020, 2021), ["2089901"], ["2089999"]),
        ("210", (2013, 2023), ["210"], ["210"]),
        ("2080505", (2019, 2026), ["2080505"], ["2080505"]),
    ],
)
def test_equivalent_groups(
    code: str, years: tuple[int, int], sources: list[str], targets: list[str]
) -> None:
    found = HISTORY.equivalent(code, *years)
    assert [m.notation for m in found.sources] == sources
    assert [m.notation for m in found.targets] == targets
    assert found.certain == all(change.year for change in found.changes)
    assert found.certain == (code not in {"2080501", "20704", "20706", "20138"})
    assert found.one_to_one == (len(sources) == len(targets) == 1)


def test_names_of_a_group_are_those_of_the_years() -> None:
    found = HISTORY.equivalent("210", 2013, 2023)
    assert found.sources[0].name == "医疗卫生支出"
    assert found.targets[0].name == "卫生健康支出"
    assert json.loads(json.dumps(found.to_json()))["oneToOne"] is True


def test_a_number_put_to_another_use_is_not_the_same_thing() -> None:
    found = HISTORY.equivalent("2080209", 2018, 2025)
    assert "2080209" not in {m.notation for m in found.targets}
    assert [m.notation for m in found.targets] == ["2082805"]


def test_a_group_that_rests_on_an_undated_change_says_so() -> None:
    assert HISTORY.equivalent("2060402", 2018, 2023).certain is False


def test_the_lineage_follows_a_code_through_its_names() -> None:
    years = [(change.year, change.kind) for change in HISTORY.lineage("functional", "210")]
    assert years == [(2014, "renamed"), (2019, "renamed")]
    kinds = [change.kind for change in HISTORY.lineage("functional", "2080209")]
    assert "reused" in kinds
    assert "moved" in kinds


def test_the_graph_has_every_version_and_no_change_leads_back_in_time() -> None:
    whole = HISTORY.graph
    assert len(whole) > 2200
    for before, after in whole.edges:
        assert before != after


def test_bad_questions() -> None:
    with pytest.raises(NotFoundError):
        HISTORY.equivalent("22401", 2018, 2020)
    with pytest.raises(NotFoundError):
        HISTORY.equivalent("2999999", 2018, 2020)
    with pytest.raises(NotFoundError):
        HISTORY.lineage("functional", "999")
    with pytest.raises(InputError):
        HISTORY.equivalent("316002", 2018, 2020)
