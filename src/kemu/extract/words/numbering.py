"""Section numbers: 一、 （一） 1. ①, and how deep each lies (graph/headings.toml)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from kemu import knowledge


class Ordinal(NamedTuple):
    """The number of a line: its style, what is left of it without its digits, and its value."""

    style: str
    value: int


_DIGITS = "零一二三四五六七八九"
_NUMERALS = re.compile(r"[一二三四五六七八九十]+")


@cache
def _levels() -> tuple[tuple[re.Pattern[str], int], ...]:
    data = knowledge.table("headings")
    return tuple((re.compile(level["regex"]), level["depth"]) for level in data["level"])


def numbering(text: str) -> tuple[str, int] | None:
    """Return the number a line begins with and its depth, or None."""
    for pattern, depth in _levels():
        match = pattern.match(text)
        if match:
            return match.group(), depth
    return None


def style(number: str) -> str:
    """Return the style of a number: what is left without its digits."""
    circled = re.sub(r"[①-⑳]", "①", number)
    return _NUMERALS.sub("一", re.sub(r"\d+", "1", circled))


def ordinal(text: str) -> Ordinal | None:
    """Return the number a line begins with as style and value, or None."""
    number = numbering(text)
    if number is None:
        return None
    numerals = _NUMERALS.search(number[0])
    if numerals is not None:
        return Ordinal(style(number[0]), _value(numerals.group()))
    digits = re.search(r"\d+", unicodedata.normalize("NFKC", number[0]))
    return Ordinal(style(number[0]), int(digits.group())) if digits else None


def _value(numerals: str) -> int:
    """Return the value of Chinese numerals below a hundred."""
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return _DIGITS.index(ones[-1])
    return 10 * (_DIGITS.index(tens[-1]) if tens else 1) + (_DIGITS.index(ones) if ones else 0)
