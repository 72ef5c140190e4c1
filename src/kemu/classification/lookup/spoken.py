"""What people type instead of names: what they say, Pinyin in full or by initials, English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from kemu.classification.tables.concept import Scheme
from kemu.classification.tables.notation import domain
from kemu.classification.tables.rows import rows, split
from kemu.classification.tables.spelling import clean

MOST_READINGS = 16
"""A name is read in so many ways at most, its first readings."""
_WORD = re.compile(r"[a-z]+")


@cache
def aliases() -> dict[str, tuple[tuple[Scheme, str], ...]]:
    """Return what people say, as names are compared, to the codes that it may mean."""
    return {
        clean(row["alias"]).lower(): tuple((domain(code)[0], code) for code in split(row["codes"]))
        for row in rows("aliases.csv")
    }


@cache
def expansions() -> dict[str, str]:
    """Return short words of names that people type to the words that names have."""
    return {row["alias"]: row["words"] for row in rows("aliases.csv") if row["words"]}


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    return {row["character"]: split(row["readings"]) for row in rows("pinyin.csv")}


@lru_cache(maxsize=16384)
def _ways(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read a name, each the syllables of its characters."""
    table = _readings()
    syllables = (table.get(character, (character.lower(),)) for character in name)
    found = []
    for way in product(*syllables):
        found.append(way)
        if len(found) == MOST_READINGS:
            break
    return tuple(found)


def spelt(name: str, letters: str) -> tuple[bool, bool] | None:
    """Return how letters spell a name in full Pinyin; None if they do not.

    Returns:
        Whether they spell all of it, and whether they begin where it does.
    """
    best: tuple[bool, bool] | None = None
    for way in _ways(name):
        whole = "".join(way)
        for at in _starts(way):
            if whole.startswith(letters, at):
                best = max(best or (False, False), (whole == letters, at == 0))
    return best


def _starts(way: tuple[str, ...]) -> Iterator[int]:
    at = 0
    for syllable in way:
        yield at
        at += len(syllable)


@lru_cache(maxsize=16384)
def initials(name: str) -> tuple[str, ...]:
    """Return the first letters of a name's characters, in every reading (行 is h or x)."""
    return tuple(dict.fromkeys("".join(s[:1] or " " for s in way) for way in _ways(name)))


def in_english(label: str, text: str) -> float:
    """Return how well English words stand for a label: 1 for the label itself, 0 for not at all.

    Every word typed must begin a word of the label, but for an s at its end.
    """
    wanted, words = _words(text), _words(label)
    if not wanted or not all(any(w.startswith(x) for w in words) for x in wanted):
        return 0.0
    return 0.6 + 0.4 * len(wanted) / len(words) if words[0].startswith(wanted[0]) else 0.6


def _words(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text.lower())]
