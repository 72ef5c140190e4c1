"""Every pattern of graph/wording.toml finds what its examples say, and no more."""

from __future__ import annotations

import re

import pytest

from kemu.extract.wording.rules import data

EXAMPLES = [
    *(
        (each["kind"], each["regex"], *example)
        for each in data()["pattern"]
        for example in each["examples"]
    ),
    *(
        (each["wrong"], each["wrong"], *example)
        for each in data()["slip"]
        for example in each["examples"]
    ),
    *(("note", data()["note"]["regex"], *example) for example in data()["note"]["examples"]),
    *(
        (name, data()["turned"][name], *example)
        for name in ("opening", "change")
        for example in data()["turned"][f"{name}_examples"]
    ),
]
YEARS = [
    (name, *example)
    for name in ("own", "compared", "title")
    for example in data()["period"][f"{name}_examples"]
]


@pytest.mark.parametrize(("name", "regex", "text", "expected"), EXAMPLES)
def test_pattern(name: str, regex: str, text: str, expected: str) -> None:
    match = re.search(regex, text)
    assert (match.group() if match else "") == expected, name


@pytest.mark.parametrize(("name", "text", "expected"), YEARS)
def test_year(name: str, text: str, expected: str) -> None:
    match = re.search(data()["period"][name], text)
    years = re.findall(r"(?:19|20)\d\d", match.group()) if match else [""]
    assert years == [expected]


def test_every_pattern_has_examples_of_both_kinds() -> None:
    for each in [*data()["pattern"], data()["note"]]:
        found = {bool(expected) for _, expected in each["examples"]}
        assert found == {True, False}, each
    for each in data()["slip"]:
        assert any(expected for _, expected in each["examples"]), each
