"""Every pattern of the graph/ files on prose finds what its examples say, and has some."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from kemu import assets
from kemu.extract.document.organisations import clean_name, compiled
from kemu.extract.prose.counts import Counts, measure_of
from kemu.extract.words import lexicon, paths, sentences
from kemu.extract.words.context import Context
from kemu.extract.words.names import Names
from kemu.model import dimensions
from kemu.model.facts import Identity, Organisation

WORDS = {"no_rate", "overall", "case_words"}
"""Strings in sentences.toml that are words, not patterns."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(assets.asset("graph", name).read_text(encoding="utf-8"))


def sentence_patterns() -> Iterator[tuple[str, str, list[list[str]]]]:
    """Yield section, key and examples of every pattern; of the first one they have no prefix."""
    for section, table in read("sentences.toml").items():
        keys = [k for k, v in table.items() if isinstance(v, str) and k not in WORDS]
        for index, key in enumerate(keys):
            name = f"{key}_examples" if index else "examples"
            yield section, key, table.get(name, [])


def shown(match: re.Match[str] | None) -> str:
    """Return what an example names: what the pattern is for, or all that it matched."""
    if match is None:
        return ""
    groups = match.groupdict()
    return next(
        (groups[g] for g in ("word", "name", "case", "list") if groups.get(g)), match.group()
    )


SENTENCES = list(sentence_patterns())


@pytest.mark.parametrize(
    ("section", "key", "examples"), SENTENCES, ids=[f"{s}.{k}" for s, k, _ in SENTENCES]
)
def test_sentence_pattern(section: str, key: str, examples: list[list[str]]) -> None:
    assert any(found for _, found in examples), "a pattern needs an example that it finds"
    for text, expected in examples:
        match = sentences.pattern(section, key).search(text)
        assert shown(match) == expected, text


def test_members_that_a_title_names_side_by_side_are_one_together() -> None:
    for entry in lexicon.data()["together"]:
        assert entry["examples"]
        for title in entry["examples"]:
            reading = lexicon.base().read(title)
            assert reading.whole == {"item": entry["item"]}, title
            assert not reading.understood, "only titles are read so"


def test_words_of_direction_belong_to_one_member() -> None:
    words = [word for texts in read("sentences.toml")["direction"].values() for word in texts]
    assert len(words) == len(set(words))


def test_headings() -> None:
    rules = read("headings.toml")
    for level in rules["level"]:
        assert level["examples"]
        for text in level["examples"]:
            assert re.match(level["regex"], text), text
    patterns = [
        ("contents", "regex"),
        ("contents", "title"),
        ("contents", "page"),
        ("never", "regex"),
        ("selection", "regex"),
        ("code", "regex"),
    ]
    for name, key in patterns:
        examples = rules[name]["examples" if key == "regex" else f"{key}_examples"]
        assert examples
        for text, expected in examples:
            match = re.search(rules[name][key], text)
            assert (match.group() if match else "") == expected, text


def identity_patterns() -> Iterator[tuple[str, dict[str, Any]]]:
    rules = read("identity.toml")
    for pattern in rules["organisation"]["pattern"]:
        yield "name", pattern
    for section, group in (
        ("superior", "name"),
        ("subordinates", "count"),
        ("level", "level"),
        ("year", "year"),
        ("units", "list"),
    ):
        for pattern in rules[section]:
            yield group, pattern


@pytest.mark.parametrize(("group", "pattern"), list(identity_patterns()))
def test_identity_pattern(group: str, pattern: dict[str, Any]) -> None:
    assert any(found for _, found in pattern["examples"])
    for text, expected in pattern["examples"]:
        match = compiled(pattern["regex"]).search(text)
        found = match[group] if match else ""
        assert (clean_name(found) if group == "name" else found) == expected, text


def test_counts() -> None:
    own = Organisation("临江市档案馆", "临江市档案馆")
    counts = Counts(Context(Identity(year="2023", statement="budget", level="unit"), (own,)))
    rules = read("counts.toml")
    for text, unit, item, measure in rules["examples"]["labels"]:
        assert counts.item(text, unit) == item, text
        assert measure_of(item, unit) == measure, text
    for text, expected in rules["as_of"]["examples"]:
        match = re.search(rules["as_of"]["regex"], text)
        assert (match.group() if match else "") == expected, text
    for text, expected in rules["behind"]["examples"]:
        match = re.search(rules["behind"]["regex"], text)
        assert (match["noun"] if match else "") == expected, text
    assert set(rules["measure"]) >= set(rules["item"])


def test_items_consist_of_narrower_items() -> None:
    for entry in lexicon.data()["consists"]:
        for part in entry["of"]:
            assert dimensions.is_narrower("item", part, entry["item"]), part


def test_paths() -> None:
    context = Context(Identity(year="2025", statement="budget", level="unit"), ())
    for text, expected in paths.data()["examples"]:
        label = Names(context).coded(text)
        found = "-" if label is None else label.says["functional"]
        assert found.replace("undetermined", "") == expected, text
