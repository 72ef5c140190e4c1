"""Sentence patterns, compiled from graph/sentences.toml: what a number in prose is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from kemu import knowledge
from kemu.extract.words import numbers
from kemu.extract.words.numbering import numbering
from kemu.extract.words.numbers import Number
from kemu.model.language import Direction, NumberRole

_STOPS = re.compile(r"[，。；：]")
SENTENCE = re.compile(r"[。！？](?!）)")
"""Ends of sentences; a full stop right before a closing bracket ends what is in the bracket."""

CLAUSE = re.compile(r"[。！？；](?!）)")


@dataclass(frozen=True, slots=True)
class Role:
    """What a number is, as far as the words around it tell.

    Attributes:
        kind: `level`, `base`, `change`, `rate`, `share`, `completion`, `threshold`, `unknown`.
        words: The words that told: the base, the whole, the budget, or empty.
        direction: `increase`, `decrease`, `unresolved`, or empty.
        start: Where in the gap the telling words begin (what precedes is the subject).
    """

    kind: NumberRole
    words: str = ""
    direction: Direction = ""
    start: int = 0


def data() -> dict[str, Any]:
    """Return graph/sentences.toml as in force."""
    return knowledge.table("sentences")


def alternatives(words: list[str]) -> str:
    """Return a pattern for any of some words, longer ones first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def _filling() -> dict[str, str]:
    table = data()["direction"]
    members = ("unresolved", "neutral", "increase", "decrease")
    moved = [word for member in members for word in table[member]]
    return {
        "{moved}": alternatives(moved),
        "{equal}": alternatives(table["equal"]),
        "{exceeds}": alternatives([*table["greater"], *table["less"]]),
        "{when}": "|".join(data()["base"]["when"]),
    }


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """Return one pattern of the file by its path, word lists filled in."""
    node: Any = data()
    for name in path:
        node = node[name]
    return compiled(str(node))


@cache
def compiled(text: str) -> re.Pattern[str]:
    """Return a pattern of the file, word lists filled in."""
    for name, words in _filling().items():
        text = text.replace(name, words)
    return re.compile(text)


def last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    """Return the last of some matches, or None if there is none."""
    match = None
    for match in found:  # noqa: B007
        pass
    return match


def direction(word: str) -> Direction:
    """Return the member of [direction] that a word belongs to; empty if it states none."""
    for member, words in data()["direction"].items():
        if word in words:
            return "" if member == "neutral" else cast(Direction, member)
    return ""


@cache
def opposites() -> dict[str, str]:
    """Return, for words of direction, the one that says the opposite in the same place."""
    table = data()["opposite"]
    both = [(one, two) for pair in table["pairs"] for one, two in (pair, reversed(pair))]
    return dict(both) | dict(table["also"])


def sign_lost(texts: Iterable[str]) -> bool:
    """Tell whether the file lost its percent signs: most percents have none (a font without %)."""
    percents = [n for text in texts for n in find(text) if n.kind == "percent"]
    bare = sum(not number.unit for number in percents)
    return bare > 2 and 2 * bare > len(percents)


def find(text: str, sign: str = "") -> list[Number]:
    """Return the numbers of a text in order, with percents whose sign is missing.

    Args:
        text: As compared.
        sign: The unit that these are given.
    """
    found = numbers.find(text)
    taken = {number.start for number in found}
    for match in pattern("bare_percent", "regex").finditer(text):
        name = "digits" if match["digits"] else "bracketed"
        if match.start(name) not in taken:
            digits = match[name]
            value = numbers.decimal(digits)
            found.append(Number(match.start(name), match.end(name), digits, value, "percent", sign))
    return sorted(found, key=lambda number: number.start)


def role(number: Number, gap: str, after: str) -> Role:
    """Return what a number is, from the words before it (since the number before) and after it."""
    if number.unit == data()["change"]["no_rate"]:
        return Role("unknown")
    change = pattern("change", "before").search(gap)
    if change:
        kind: NumberRole = "rate" if number.kind == "percent" else "change"
        return Role(kind, "", direction(change["direction"]), change.start())
    if number.kind == "percent":
        return _percent_role(gap)
    if number.kind == "money":
        threshold = pattern("threshold", "after").search(after)
        if threshold or pattern("threshold", "before").search(gap):
            return Role("threshold")
        for name in ("before", "bracketed", "said"):
            base = pattern("base", name).search(gap)
            if base:
                return Role("base", base["base"], "", base.start())
    return Role("level")


def _percent_role(gap: str) -> Role:
    share = pattern("share", "before").search(gap)
    if share and not pattern("share", "completion").search(share["whole"]):
        return Role("share", share["whole"], "", share.start())
    if share:
        return Role("completion", share["whole"], "", share.start())
    completion = pattern("completion", "before").search(gap)
    if completion:
        return Role("completion", completion["budget"] or "", "", completion.start())
    return Role("unknown")


def reference(text: str) -> tuple[str, int, int] | None:
    """Return the base that a comparison names (上年预算), where it begins and where it ends."""
    found = last(pattern("base", "reference").finditer(text))
    return (found["base"], found.start(), found.end("base")) if found else None


def tail(text: str) -> str:
    """Return the words after the last separator or open bracket, without an item number."""
    words = _STOPS.split(text)[-1].lstrip("）)")
    while words.count("（") > words.count("）"):
        words = words[words.rindex("（") + 1 :]
    number = numbering(words)
    return words[len(number[0]) :] if number else words
