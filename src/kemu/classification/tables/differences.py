"""How a printed name or code can differ: words, with their cost, of name_differences.csv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kemu.classification.tables.rows import rows
from kemu.errors import InternalError

_FILE = "name_differences.csv"


class Differs(StrEnum):
    """One way in which what is printed differs from the tables; a `kemu:` local name."""

    SUFFIX_MISSING = "suffixMissing"
    SUFFIX_ADDED = "suffixAdded"
    BRACKET_FORM = "bracketForm"
    VARIANT_NAME = "variantName"
    PARENT_APPENDED = "parentAppended"
    LOCAL_CODE = "localCode"
    ZERO_ITEM = "zeroItem"
    CONJUNCTION = "conjunction"
    CONJUNCTION_MISSING = "conjunctionMissing"
    CONJUNCTION_ADDED = "conjunctionAdded"
    FORMER_NAME = "formerName"
    NEWER_NAME = "newerName"
    UNDATED_NAME = "undatedName"
    DOUBLED_TEXT = "doubledText"
    TRUNCATED = "truncated"
    STRAY_CHARACTER = "strayCharacter"
    CHARACTER_MISSING = "characterMissing"
    CHARACTER_WRONG = "characterWrong"
    CODE_NO_LONGER = "codeNoLonger"
    CODE_NOT_YET = "codeNotYet"
    PARENT_DIFFERS = "parentDiffers"
    NAME_OF_OTHER_CODE = "nameOfOtherCode"
    NAME_UNKNOWN = "nameUnknown"
    CODE_UNKNOWN = "codeUnknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be known of a difference.

    Attributes:
        word: Which one.
        cost: How unlike it makes a name; orders candidates, never decides on its own.
        label: Language tag (`zh`, `en`) to label.
        definition: Language tag to one sentence.
    """

    word: Differs
    cost: int
    label: dict[str, str]
    definition: dict[str, str]


@cache
def differences() -> dict[str, Difference]:
    """Return all differences by their machine word.

    Raises:
        InternalError: The table lacks a word, or has another.
    """
    listed = list(rows(_FILE))
    odd = {row["difference"] for row in listed} ^ set(Differs)
    if odd:
        raise InternalError("E-INTERNAL", f"表与程序的词不一致：{'、'.join(sorted(odd))}", _FILE)
    return {
        row["difference"]: Difference(
            Differs(row["difference"]),
            int(row["cost"]),
            {"zh": row["label_zh"], "en": row["label_en"]},
            {"zh": row["definition_zh"], "en": row["definition_en"]},
        )
        for row in listed
    }


def cost(words: Iterable[Differs]) -> int:
    """Return how unlike names with these differences are; 0 for none."""
    table = differences()
    return sum(table[word].cost for word in words)


def describe(words: Iterable[Differs]) -> str:
    """Return the Chinese labels of differences, joined for a reader."""
    table = differences()
    return "、".join(dict.fromkeys(table[word].label["zh"] for word in words))
