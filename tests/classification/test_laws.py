"""What must hold for every code in the tables, and for whatever is asked."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kemu.classification import SCHEMES, Classification, load
from kemu.classification.lookup.query import lookup, resolve
from kemu.classification.resolve.printed_path import parse_path
from kemu.errors import InputError


@pytest.fixture(scope="module")
def table() -> Classification:
    return load()


def test_a_code_with_the_name_a_document_of_the_year_prints_has_no_difference(
    table: Classification,
) -> None:
    wrong = []
    for scheme in SCHEMES:
        for concept in table.concepts(scheme):
            for year in (year for year in concept.years_seen if year >= 2012):
                found = table.resolve_code(concept.notation, concept.name, year)
                if found.code != concept.notation or found.differences:
                    wrong.append((concept.notation, concept.name, year, found.differences))
    assert wrong == []


@pytest.mark.parametrize("year", [2016, 2019, 2021, 2026])
def test_every_code_is_found_by_its_own_path(table: Classification, year: int) -> None:
    wrong = []
    for concept in table.edition("functional", year):
        names = [above.name_in(year) for above in table.path("functional", concept.notation, year)]
        found = table.resolve_path(names, year)
        if found.code != concept.notation or found.differences:
            wrong.append((names, found.code, found.differences))
    assert wrong == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_code_is_found_by_its_name_under_its_parent(
    table: Classification, scheme: str
) -> None:
    for concept in table.edition(scheme, 2024):
        found = table.resolve_name(
            concept.name, 2024, (scheme,), parent=concept.parent or None, level=concept.level
        )
        assert (found.code, found.differences) == (concept.notation, ()), found.reason


def test_the_tree_is_closed_in_both_directions(table: Classification) -> None:
    for scheme in SCHEMES:
        for concept in table.edition(scheme, 2023):
            path = table.path(scheme, concept.notation, 2023)
            assert path[-1] == concept
            assert len(path) == (len(concept.notation) - 1) // 2
            if concept.parent:
                assert concept in table.children(scheme, concept.parent, 2023)
            assert concept not in table.siblings(scheme, concept.notation, 2023)


def test_a_bare_number_tells_its_scheme(table: Classification) -> None:
    for scheme in SCHEMES:
        for concept in table.concepts(scheme):
            assert table.domain(concept.notation) == (scheme,)
    for notation in ("316002", "05", "4010101", "20", "2080", "", "２０８"):
        assert table.domain(notation) == (("functional",) if notation == "２０８" else ())


def test_names_for_a_lexicon_come_with_and_without_the_suffix(table: Classification) -> None:
    names = set(table.names("functional", "类"))
    for name in ("卫生健康支出", "卫生健康", "医疗卫生与计划生育支出", "医疗卫生与计划生育"):
        assert (name, "210") in names
    assert ("行政运行", "2080101") in set(table.names("functional"))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, 2013, 2019, 2023]))
def test_nothing_that_is_typed_breaks_it(text: str, year: int | None) -> None:
    parse_path(text)
    load().resolve_path([text, text, text], year)
    load().resolve_name(text, year)
    load().resolve_code(text, text, year)
    with contextlib.suppress(InputError):
        lookup(load(), text, year).to_json()
    with contextlib.suppress(InputError):
        resolve(load(), text, year).to_json()


_NAMES = st.sampled_from(sorted({c.name for c in load().edition("functional", 2023)}))


@settings(max_examples=100, deadline=None)
@given(_NAMES, st.integers(0, 40), st.sampled_from("甲与的"))
def test_a_stray_character_never_leads_to_a_code_of_another_name(
    name: str, place: int, stray: str
) -> None:
    found = load().resolve_name(name[:place] + stray + name[place:], 2023, ("functional",))
    if found:
        assert found.official_name.replace("与", "") == name.replace("与", "")
