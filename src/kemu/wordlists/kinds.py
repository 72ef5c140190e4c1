"""What may stand in a file of words: word lists, patterns, members, examples and plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Found = Literal["whole", "inside", "end", "counted", "pattern"]
"""How the words of a list are looked for: as the whole text, anywhere in it, at its end, each time
they occur, or as regular expressions. Where they are found inside or at the end, the first list
with one of them counts, and a word that holds another one decides nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words.

    Attributes:
        group: Lists of one group exclude each other's words; empty for a list by itself.
        found: How they are looked for.
        examples: Key beside the list that holds its examples; empty where the words are their own.
    """

    group: str = ""
    found: Found = "whole"
    examples: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression.

    Attributes:
        examples: Key beside it that holds its examples; empty for a part of another pattern.
        groups: Named groups that it must have.
    """

    examples: str = "examples"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a dimension, or a list of such.

    Attributes:
        dimension: Of the key; empty where the key is its name.
        many: Whether it is a list.
        sets: Whether it is a list of such lists.
    """

    dimension: str = ""
    many: bool = False
    sets: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """Dimensions and members in braces, or a list of such."""

    many: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values, or a list of such."""

    of: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, or one that a pattern fits."""

    fits: str = ".+"


@dataclass(frozen=True, slots=True)
class KeyOf:
    """A key of another file."""

    file: str


@dataclass(frozen=True, slots=True)
class Value:
    """A whole number, or a yes or no."""

    kind: type


@dataclass(frozen=True, slots=True)
class Labels:
    """A name in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Lists of texts, of so many each: examples, pairs of words."""

    width: int = 2


@dataclass(frozen=True, slots=True)
class Cases:
    """Lists of values of these types each."""

    types: tuple[type, ...]


Kind = Words | Pattern | Member | Says | Choice | KeyOf | Text | Value | Labels | Rows | Cases
