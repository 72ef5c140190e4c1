"""Sentence patterns, compiled from graph/sentences.toml: what a number in prose is said to be."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from kemu import assets
from kemu.extract.numbers import Number

_STOPS = re.compile(r"[，。；：（）]")


@dataclass(frozen=True, slots=True)
class Role:
    """What a number is, as far as the words around it tell.

    Attributes:
        kind: `level`, `base`, `change`, `rate`, `share`, `completion`, `threshold`.
        words: The words that told: the base, the whole, the budget, or empty.
        direction: `increase`, `decrease`, `unresolved`, or empty.
        start: Where in the gap the telling words begin (what precedes is the subject).
    """

    kind: str
    words: str = ""
    direction: str = ""
    start: int = 0


@cache
def data() -> dict[str, Any]:
    """Return graph/sentences.toml as read."""
    return tomllib.loads(assets.asset("graph", "sentences.toml").read_text(encoding="utf-8"))


def _alternatives(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """Return one pattern of the file by its path, word lists filled in."""
    node: Any = data()
    for name in path:
        node = node[name]
    table = data()["direction"]
    changes = [w for member in ("unresolved", "increase", "decrease") for w in table[member]]
    filled = (
        str(node)
        .replace("{direction}", _alternatives(changes))
        .replace("{equal}", _alternatives(table["equal"]))
        .replace("{when}", "|".join(data()["base"]["when"]))
    )
    return re.compile(filled)


def direction(word: str) -> str:
    """Return `increase`, `decrease`, `equal` or `unresolved` for a word of change; empty if none."""
    for member, words in data()["direction"].items():
        if word in words:
            return str(member)
    return ""


def role(number: Number, gap: str, after: str) -> Role:
    """Return what a number is, from the words before it (since the number before) and after it."""
    change = pattern("change", "before").search(gap)
    if change:
        kind = "rate" if number.kind == "percent" else "change"
        return Role(kind, "", direction(change["direction"]), change.start())
    if number.kind == "percent":
        return _percent_role(gap)
    if number.kind == "money":
        threshold = pattern("threshold", "after").search(after)
        if threshold or pattern("threshold", "before").search(gap):
            return Role("threshold")
        base = pattern("base", "before").search(gap)
        if base:
            return Role("base", base["base"], "", base.start())
    return Role("level")


def _percent_role(gap: str) -> Role:
    completion = pattern("completion", "before").search(gap)
    if completion:
        return Role("completion", completion["budget"] or "", "", completion.start())
    share = pattern("share", "before").search(gap)
    if share:
        return Role("share", share["whole"], "", share.start())
    return Role("unknown")


def reference(text: str) -> tuple[str, int] | None:
    """Return the base that a comparison names (上年预算) and where it begins; None if none."""
    found = None
    for found in pattern("base", "reference").finditer(text):
        pass
    return (found["base"], found.start()) if found else None


def tail(text: str) -> str:
    """Return the part after the last separator."""
    cuts = [m.end() for m in _STOPS.finditer(text)]
    return text[cuts[-1] :] if cuts else text
