"""The examples of graph/figures.toml, and what the parameters of kemu.model.figures mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.model import figures
from tests.extract.asking import Make

ROOT = Path(__file__).resolve().parents[2]
Found = Callable[[str], str]


def number(text: str) -> str:
    return figures.signed(text) or ""


def tidy(text: str) -> str:
    return number(text) if figures.is_number(text, tidy=True) else ""


def amount(text: str) -> str:
    return number(text) if figures.is_amount(text) else ""


def money(text: str) -> str:
    match = re.fullmatch(rf"{figures.digits()}({figures.money()})", text)
    return match[1] if match else ""


def total(text: str) -> str:
    return text.strip("：") if figures.is_total(text) else ""


def named(text: str) -> str:
    return text if figures.names_total(text) else ""


def ends(text: str) -> str:
    return text[-2:] if figures.ends_in_total(text) else ""


def grand(text: str) -> str:
    return text[-2:] if figures.ends_in_grand_total(text) else ""


EXAMPLES: list[tuple[str, str, Found]] = [
    ("number", "examples", number),
    ("tidy", "examples", tidy),
    ("amount", "examples", amount),
    ("money", "examples", money),
    ("total", "examples", total),
    ("total", "named_examples", named),
    ("total", "ends_examples", ends),
    ("total", "grand_examples", grand),
]


@pytest.mark.parametrize(("section", "key", "find"), EXAMPLES, ids=lambda part: str(part))
def test_examples(section: str, key: str, find: Found) -> None:
    examples = figures.data()[section][key]
    assert any(found for _, found in examples)
    assert any(not found for _, found in examples)
    for text, expected in examples:
        assert find(text) == expected, text


def test_every_list_of_examples_is_tested() -> None:
    listed = {(s, k) for s, table in figures.data().items() for k in table if "examples" in k}
    assert listed == {(section, key) for section, key, _ in EXAMPLES}


def test_zero_is_an_amount_where_no_count_can_stand() -> None:
    assert figures.is_amount("0", zero=True)
    assert not figures.is_amount("7", zero=True)


def test_a_percentage_is_a_number_only_where_it_is_asked_for() -> None:
    assert figures.is_number("3%", percent=True)
    assert not figures.is_number("3%")
    assert figures.is_amount("3.20%", percent=True)
    assert not figures.is_amount("3.20%")


def test_every_unit_of_money_is_a_power_of_ten_of_yuan() -> None:
    assert all(set(str(factor)) <= {"1", "0"} for factor in figures.factors().values())


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("2116,344元", 2116344), ("12,34.00元", 1234), ("3.50百万元", 3500000), ("12千元", 12000)],
    ids=["only the last separator", "separators in wrong places", "millions", "thousands"],
)
def test_an_amount_of_a_sentence_is_read_whole(budget: Make, text: str, yuan: int) -> None:
    found = budget(f"一、收支预算情况说明\n2025年收支预算总数{text}。\n")
    assert [f.amount.value for f in found.facts] == [yuan]


def test_what_follows_by_arithmetic_holds_to_the_limit_and_shapes_have_none_of_their_own() -> None:
    for pattern, wanted in (("shapes/*.ttl", set()), ("graph/derived/*.ru", {figures.limit()})):
        text = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob(pattern))
        assert {int(number) for number in re.findall(r"\b\d{10,}\b", text)} == wanted
