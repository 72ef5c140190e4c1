"""The machine words for how a printed name or code differs, as data/codes/name_differences.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kemu.classification.tables.rows import rows


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which what is printed differs from the tables.

    Attributes:
        word: Machine word, `kemu:` local name.
        cost: How unlike it makes a name; orders candidates, never decides on its own.
        label: Language tag (`zh`, `en`) to label.
        definition: Language tag to one sentence.
    """

    word: str
    cost: int
    label: dict[str, str]
    definition: dict[str, str]


@cache
def differences() -> dict[str, Difference]:
    """Return all differences by their machine word."""
    return {
        row["difference"]: Difference(
            row["difference"],
            int(row["cost"]),
            {"zh": row["label_zh"], "en": row["label_en"]},
            {"zh": row["definition_zh"], "en": row["definition_en"]},
        )
        for row in rows("name_differences.csv")
    }


def cost(words: Iterable[str]) -> int:
    """Return how unlike names with these differences are; 0 for none."""
    table = differences()
    return sum(table[word].cost for word in words)


def describe(words: Iterable[str]) -> str:
    """Return the Chinese labels of differences, joined for a reader."""
    table = differences()
    return "、".join(dict.fromkeys(table[word].label["zh"] for word in words))
