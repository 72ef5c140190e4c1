"""Every year right, or said to be unknown: bounds, the past, and what a year's edition holds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kemu.classification import SCHEMES, load
from kemu.classification.history.changes import Change
from kemu.classification.lookup.query import lookup
from kemu.classification.tables.concept import Standing
from kemu.classification.tables.spelling import stem

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "codes"


def facts(name: str) -> list[dict[str, str]]:
    if not FACTS.is_dir():
        pytest.skip("the collected facts are not beside this checkout")
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("211", 2010, "环境保护支出"),
        ("211", 2011, "节能环保支出"),
        ("212", 2013, "城乡社区事务支出"),
        ("213", 2013, "农林水事务支出"),
        ("213", 2014, "农林水支出"),
        ("215", 2010, "资源勘探电力信息等事务支出"),
        ("20805", 2019, "行政事业单位离退休"),
        ("20805", 2020, "行政事业单位养老支出"),
        ("503", 2020, "机关资本性支出（一）"),
        ("50601", 2022, "资本性支出（一）"),
        ("50999", 2022, "其他对个人和家庭补助"),
        ("21505", 2022, "工业和信息产业监管"),
        ("2100410", 2022, "突发公共卫生事件应急处理"),
        ("20104", 2009, "发展与改革事务"),
    ],
)
def test_a_dated_source_makes_a_name_certain(code: str, year: int, name: str) -> None:
    found = lookup(load(), code, year)
    assert found.answers[0].entry.name == name
    assert found.answers[0].entry.standing is Standing.CERTAIN
    assert found.message == ""


@pytest.mark.parametrize(
    ("code", "year", "said"),
    [
        ("21505", 2015, "未见依据"),
        ("21305", 2022, "凭一般知识，未见文件依据"),
        ("2100401", 2014, "也可能是“行政单位医疗”"),
        ("21018", 2025, "未见依据"),
        ("22401", 2017, "不在用"),
        ("224", 2013, "不在用"),
    ],
)
def test_a_year_without_a_source_is_said_to_be_so(code: str, year: int, said: str) -> None:
    assert said in lookup(load(), code, year).message


def test_nothing_is_certain_while_a_source_still_prints_another_version() -> None:
    wrong = [
        (concept.notation, concept.name, year)
        for scheme in SCHEMES
        for concept in load().concepts(scheme)
        for other in load().versions(scheme, concept.notation)
        for year in other.years_seen
        if other != concept and concept.standing(year) is Standing.CERTAIN
    ]
    assert wrong == []


@pytest.mark.parametrize("year", [2009, 2013, 2016, 2019, 2022, 2026])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_edition_holds_a_row_that_is_known_to_begin_later(scheme: str, year: int) -> None:
    for concept in load().edition(scheme, year):
        late = concept.valid_from is not None and concept.valid_from > year
        assert not late or year in concept.years_seen, concept


def test_no_class_born_later_stands_in_the_edition_of_2013() -> None:
    codes = {concept.notation for concept in load().edition("functional", 2013)}
    assert not codes & {"224", "231", "232", "233", "234", "20138", "20140", "20141", "21017"} - {
        "231", "232", "233",
    }  # fmt: skip


def test_the_edition_of_2009_is_that_of_the_dated_export() -> None:
    rows = {row["code"]: row["name"].replace(" ", "") for row in facts("functional_2009.csv")}
    held = {concept.notation: concept for concept in load().edition("functional", 2009)}
    assert len(rows.keys() & held.keys()) >= 0.99 * len(rows)
    assert len(rows.keys() & held.keys()) >= 0.99 * len(held)
    named = [c for c in rows.keys() & held.keys() if _names(rows[c], held[c].name_in(2009))]
    assert len(named) >= 0.99 * len(rows)
    certain = [c for c in held.values() if c.standing(2009) is Standing.CERTAIN]
    assert len(certain) >= 0.99 * len(rows)


def _names(exported: str, name: str) -> bool:
    """Return whether a name is the exported one, which may name its parent in brackets."""
    plain = exported[: exported.rindex("（")] if exported.endswith("）") else exported
    return stem(name) in (stem(exported), stem(plain))


def _changes(code: str) -> list[Change]:
    return [
        change
        for change in load().history.changes
        if any(member.notation == code for member in (*change.before, *change.after))
    ]


def _told(change: Change, row: dict[str, str]) -> bool:
    """Return whether a change is the one that a row of the known changes tells of."""
    ends = (
        (row["code_from"], row["name_from"].partition(" (")[0], change.before),
        (row["code_to"], row["name_to"], change.after),
    )
    return all(
        not codes or {m.notation for m in side} & set(codes.split("; ")) for codes, _, side in ends
    ) and all(
        not name or ";" in name or not side or any(stem(m.name) == stem(name) for m in side)
        for _, name, side in ends
    )


BY_HAND = {
    "2": "two steps: 事务 goes in 2014, 电力 in 2014 or 2015",
    "8": "a reform of the whole classification, not a change of one code",
}


def test_every_known_change_is_told_with_its_source_or_its_bounds() -> None:
    wrong = []
    for row in facts("changes_known.csv"):
        if row["id"] in BY_HAND:
            continue
        for code in (row["code_to"] or row["code_from"]).split("; "):
            found = [change for change in _changes(code) if _told(change, row)]
            exact = row["confidence"] == "sourced" and row["year"].isdigit()
            right = [
                c
                for c in found
                if (str(c.year) == row["year"] and c.sources if exact else c.year is None)
            ]
            if not right:
                wrong.append((row["id"], code, [(c.label, c.year, c.bounds) for c in found]))
    assert wrong == []


def test_the_first_step_of_a_change_in_two_steps_is_dated_and_the_second_bounded() -> None:
    steps = {c.before[0].name: c for c in _changes("215") if c.before and c.after}
    assert steps["资源勘探电力信息等事务支出"].year == 2014
    second = steps["资源勘探电力信息等支出"]
    assert second.year is None
    assert second.bounds[1] in (2014, 2015)
