"""Read labels: cut a heading, header, row label or the words before an amount into known words.

A label is understood only when all of it is: one unknown word and it stays unread (fail closed).
What the words mean is data (graph/lexicon.toml); names of codes come from the classification,
names of organisations from the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from kemu import knowledge
from kemu.model import dimensions
from kemu.model.facts import DIMENSIONS
from kemu.model.language import Dimension, Says, WordRole

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_ORDINAL = re.compile(
    r"(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|[①-⑳])"
)
_NUMERALS = frozenset("0123456789一二三四五六七八九十（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
FILLER: Final = "filler"
_TOTAL = "grandTotal"
"""总额 beside a word that names an item (政府采购支出总额) is that item's total, no grand total."""


@dataclass(frozen=True, slots=True)
class Word:
    """A known word: the dimension members it states, or nothing if it is filler."""

    text: str
    says: Says
    role: WordRole = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A label as understood.

    Attributes:
        says: Dimension → member, for all that the label states.
        words: The words it was cut into, filler left out.
        unknown: Pieces that are in no dictionary; a label is understood if there are none.
        conflict: Dimensions for which two words state different members.
        years: Years printed in it.
        roles: Roles of its words (`threshold`).
        sources: Dimension → the word that stated its member.
        whole: Dimension of `conflict` → the member that the different ones are together.
    """

    says: Says = field(default_factory=dict)
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    conflict: tuple[Dimension, ...] = ()
    years: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: Says = field(default_factory=dict)
    whole: Says = field(default_factory=dict)

    @property
    def understood(self) -> bool:
        """Whether every character of the label is accounted for, without contradiction."""
        return not self.unknown and not self.conflict


@dataclass(frozen=True)
class Lexicon:
    """A set of words. `extended` gives a richer one; the base is loaded once."""

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]] = field(repr=False)
    """First character → lengths of the words that begin with it, longest first."""
    readings: dict[str, Reading] = field(default_factory=dict, repr=False, compare=False)
    """Labels read so far: the same ones come again and again."""

    @classmethod
    def of(cls, words: Iterable[Word]) -> Lexicon:
        """Return a lexicon; of two words with the same text the first counts."""
        table: dict[str, Word] = {}
        lengths: dict[str, set[int]] = {}
        for word in words:
            table.setdefault(word.text, word)
            lengths.setdefault(word.text[:1], set()).add(len(word.text))
        return cls(table, {c: tuple(sorted(found, reverse=True)) for c, found in lengths.items()})

    def extended(self, words: Iterable[Word]) -> Lexicon:
        """Return a lexicon in which `words` come before these."""
        return Lexicon.of([*words, *self.words.values()])

    def under(self, words: Iterable[Word]) -> Lexicon:
        """Return a lexicon in which `words` come after these."""
        return Lexicon.of([*self.words.values(), *words])

    def read(self, label: str) -> Reading:
        """Return what a label says: the cut with the fewest unknown characters and words."""
        reading = self.readings.get(label)
        if reading is None:
            reading = self.readings[label] = _reading(_cut(label, self))
        return reading


def _matches(label: str, start: int, lexicon: Lexicon) -> Iterable[tuple[int, Word]]:
    """Yield the words that begin at `start`, and where they end."""
    first = label[start]
    year = _YEAR.match(label, start) if first in "12" else None
    if year and (year.end() == len(label) or not label[year.end()].isdigit()):
        yield year.end(), Word(year.group(), {"year": year.group()[:4]})
    ordinal = _ORDINAL.match(label, start) if first in _NUMERALS else None
    if ordinal:
        yield ordinal.end(), Word(ordinal.group(), {}, FILLER)
    for length in lexicon.lengths.get(label[start], ()):
        word = lexicon.words.get(label[start : start + length])
        if word is not None and start + length <= len(label):
            yield start + length, word


def _cost(word: Word) -> tuple[int, int, int]:
    """Return what a word costs: unknown characters, then filler characters, then its count."""
    filler = len(word.text) if word.role == FILLER else 0
    return 0, filler, 1


def _cut(label: str, lexicon: Lexicon) -> list[Word]:
    """Return the cheapest cut of the whole label; unknown characters stand alone."""
    best: list[tuple[tuple[int, int, int], Word, int] | None] = [None] * (len(label) + 1)
    best[0] = ((0, 0, 0), Word("", {}), 0)
    for start in range(len(label)):
        here = best[start]
        if here is None:
            continue
        cost = here[0]
        for end, word in _matches(label, start, lexicon):
            unknown, filler, one = _cost(word)
            total = (cost[0] + unknown, cost[1] + filler, cost[2] + one)
            there = best[end]
            if there is None or total < there[0]:
                best[end] = (total, word, start)
        total, there = (cost[0] + 1, cost[1], cost[2] + 1), best[start + 1]
        if there is None or total < there[0]:
            best[start + 1] = (total, Word(label[start], {}, "unknown"), start)
    words: list[Word] = []
    end = len(label)
    while end:
        step = best[end]
        assert step is not None
        words.append(step[1])
        end = step[2]
    return words[::-1]


def merge(into: dict[Dimension, str], dimension: Dimension, member: str) -> bool:
    """Add a member; the narrower of two wins. Return False if they contradict each other."""
    old = into.get(dimension)
    if old is not None and _TOTAL in (old, member):
        into[dimension] = member if old == _TOTAL else old
        return True
    if old is None or old == member or dimensions.is_narrower(dimension, member, old):
        into[dimension] = member
        return True
    return dimensions.is_narrower(dimension, old, member)


def _reading(words: list[Word]) -> Reading:
    says: dict[Dimension, str] = {}
    conflict: list[Dimension] = []
    unknown: list[str] = []
    known: list[str] = []
    years: list[str] = []
    roles: list[str] = []
    sources: dict[Dimension, str] = {}
    previous = ""
    for word in words:
        if word.role == "unknown":
            if previous == "unknown":
                unknown[-1] += word.text
            else:
                unknown.append(word.text)
        elif word.role != FILLER:
            known.append(word.text)
            roles.extend([word.role] if word.role else [])
        for dimension, member in word.says.items():
            if dimension == "year":
                years.append(member)
            elif merge(says, dimension, member):
                sources[dimension] = word.text
            else:
                conflict.append(dimension)
        previous = word.role
    return Reading(
        says,
        tuple(known),
        tuple(unknown),
        tuple(conflict),
        tuple(years),
        tuple(roles),
        sources,
        {d: whole for d in conflict if (whole := _whole(d, words))},
    )


def _whole(dimension: Dimension, words: Iterable[Word]) -> str:
    """Return the member that all members stated of a dimension are together, or empty."""
    stated = {word.says[dimension] for word in words if dimension in word.says}
    found = (e[dimension] for e in data()["together"] if stated == set(e["of"]) and dimension in e)
    return next((str(member) for member in found), "")


def beside(funds: Iterable[str]) -> dict[str, str]:
    """Return what funds mean in a table that splits into these: fund → the narrower one meant."""
    split = set(funds)
    return {e["fund"]: e["means"] for e in data()["beside"] if e["next_to"] in split}


def data() -> dict[str, Any]:
    """Return graph/lexicon.toml as in force."""
    return knowledge.table("lexicon")


@cache
def base() -> Lexicon:
    """Return the words of graph/lexicon.toml."""
    words: list[Word] = []
    tables: dict[Dimension, Any] = {d: data()[d] for d in DIMENSIONS if d in data()}
    for entry in data()["word"]:
        says = {k: v for k, v in entry.items() if k not in ("text", "role")}
        role: WordRole = entry.get("role", "")
        words += [Word(text, says, role) for text in entry["text"]]
    for dimension, table in tables.items():
        for member, texts in table.items():
            words += [Word(text, {dimension: member}) for text in texts]
    words += [Word(text, {}, FILLER) for text in data()["filler"]["words"]]
    return Lexicon.of(words)
