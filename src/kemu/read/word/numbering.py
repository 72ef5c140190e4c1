"""Automatic numbers of Word headings: `一、`, `（二）`, `3.` are not in the text but counted.

A paragraph names a list (`w:numId`) and a level; numbering.xml says how each level is written
(ECMA-376 part 1, 17.9). Counting is per abstract list, as Word does it: two lists of one abstract
definition go on counting together unless one of them overrides the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from kemu.read.package import attribute, child, integer, local, value

_DEEPEST = 8
_MOST = 9000
_DIGITS = "〇一二三四五六七八九"
_COUNTING = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional",
    "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting",
    "japaneseDigitalTenThousand",
}  # fmt: skip
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """How one level of a list is written."""

    kind: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """Return the lists that numbering.xml defines; none where there is no such part."""
        made = cls()
        for element in root if root is not None else ():
            number = attribute(element, "abstractNumId") or attribute(element, "numId") or ""
            if local(element) == "abstractNum":
                made.levels[number] = _levels(element)
            elif local(element) == "num":
                number = attribute(element, "numId") or ""
                made.abstract[number] = value(element, "abstractNumId") or ""
                made._override(number, element)
        return made

    def _override(self, number: str, element: etree._Element) -> None:
        for item in element:
            if local(item) != "lvlOverride":
                continue
            index = integer(attribute(item, "ilvl"), high=_DEEPEST)
            start = value(item, "startOverride")
            if start is not None:
                self.overrides.setdefault(number, {})[index] = integer(start, high=_MOST)
            redefined = child(item, "lvl")
            if redefined is not None:
                # A list that redefines a level is a list of its own.
                own = f"{number}*"
                self.levels.setdefault(own, dict(self.levels.get(self.abstract[number], {})))
                self.levels[own][index] = _level(redefined)
                self.abstract[number] = own

    def next(self, number: str, index: int) -> str:
        """Count one paragraph of a list and return its number as printed; empty for bullets."""
        key = self.abstract.get(number)
        levels = self.levels.get(key or "", {})
        if key is None or index not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        start = self.overrides.get(number, {}).get(index)
        if start is not None and (number, index) not in self._seen:
            counts[index] = start - 1
        self._seen.add((number, index))
        counts[index] = min(counts.get(index, levels[index].start - 1), _MOST) + 1
        for deeper in [other for other in counts if other > index]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0:
                del counts[deeper]
        return self._printed(levels, counts, index)

    def _printed(self, levels: dict[int, Level], counts: dict[int, int], index: int) -> str:
        level = levels[index]
        if level.kind in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            named = levels.get(other, Level())
            kind = "decimal" if level.legal and other != index else named.kind
            return written(counts.get(other, named.start), kind)

        return re.sub(r"%([1-9])", number, level.text)


def _levels(element: etree._Element) -> dict[int, Level]:
    return {
        integer(attribute(item, "ilvl"), high=_DEEPEST): _level(item)
        for item in element
        if local(item) == "lvl"
    }  # fmt: skip


def _level(element: etree._Element) -> Level:
    restart = value(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        kind=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=integer(value(element, "start"), 1, 0, _MOST),
        restart=None if restart is None else integer(restart, high=_DEEPEST),
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
    )


def written(number: int, kind: str) -> str:
    """Return a number in one of Word's number formats; plain digits for those not used here."""
    if kind in _COUNTING:
        return chinese(number)
    if kind in ("ideographDigital", "taiwaneseDigital", "japaneseLegal"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def chinese(number: int) -> str:
    """Return a number from 0 to 9999 as counted: 十, 二十一, 一百零三."""
    if number <= 10:
        return "十" if number == 10 else _DIGITS[number] if number else "零"
    text, zero = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        while number >= amount:
            text += sign
            number -= amount
    return text
