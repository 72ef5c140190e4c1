"""Numbers in prose: where they are, their unit, their value and half of their last digit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from kemu.model import figures
from kemu.model.facts import Amount
from kemu.model.language import NumberKind

_COUNTS = (
    "人次|批次|车辆|台（套）|台（件）|辆次|个单位|平方米|名|人|辆|台|套|批|个|家|次|件|项|份|处"
)
# What is measured in these is no money: 3.5公里, 1.2倍.
_MEASURES = (
    "倍|公里|千米|米|厘米|毫米|吨|公斤|千克|亩|公顷|平方|立方|万|亿|千瓦|小时|天|年|月|日|度|℃|版|级"
    "|分|章|节|条|款"
)
_DATE = re.compile(r"(?:19|20)\d\d\.\d{1,2}")
_ORDINAL = re.compile(r"\d{1,2}\.\d{1,2}")


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.A-Za-z〔【\[])(?P<sign>-)?(?P<digits>{figures.digits()})"
        rf"(?:(?P<money>{figures.money()})|(?P<percent>%|个百分点)|(?P<count>{_COUNTS}))"
    )


@cache
def _without_unit() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,A-Za-z〔【\[第-])(?<!得分)-?{figures.digits('amount')}"
        rf"(?![\d.,]*[\dA-Za-z%]|个百分点|{_MEASURES}|{_COUNTS})"
    )


_KINDS: tuple[NumberKind, ...] = ("money", "percent", "count")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its unit.
        printed: The digits as compared, with sign and separators.
        value: As printed, not yet in 元.
        kind: `money`, `percent`, `count`, or `bare` without a unit.
        unit: As printed; empty where there is none.
    """

    start: int
    end: int
    printed: str
    value: Decimal
    kind: NumberKind
    unit: str

    @property
    def digits(self) -> int:
        """Number of decimal places printed."""
        return len(self.printed.partition(".")[2])


def find(text: str) -> list[Number]:
    """Return the numbers with a unit in a text, in order; years and ordinals have none."""
    found = []
    for match in _with_unit().finditer(text):
        kind = next(kind for kind in _KINDS if match[kind])
        printed = (match["sign"] or "") + match["digits"]
        found.append(
            Number(match.start(), match.end(), printed, decimal(printed), kind, match[kind])
        )
    return found


def bare(text: str, found: Iterable[Number]) -> list[Number]:
    """Return the numbers beside those found that look like amounts: no dates and no ordinals."""
    taken = {at for number in found for at in range(number.start, number.end)}
    more = []
    for match in _without_unit().finditer(text):
        ordinal = match.start() == 0 and _ORDINAL.fullmatch(match.group())
        if match.start() in taken or ordinal or _DATE.fullmatch(match.group()):
            continue
        printed = match.group()
        more.append(Number(match.start(), match.end(), printed, decimal(printed), "bare", ""))
    return more


def decimal(printed: str) -> Decimal:
    """Return a printed number's exact value.

    Raises:
        ValueError: It is no number.
    """
    try:
        return Decimal(printed.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(printed) from error


def of_counts(label: str) -> bool:
    """Tell whether a label names what is counted, its unit in brackets behind it: 保有量（辆）."""
    return re.search(rf"[（(](?:{_COUNTS})(?:[、，,/（(].{{1,4}})?[）)]$", label) is not None


def half_step(digits: int, factor: Decimal) -> Decimal:
    """Return half of the last printed digit, in 元 (or items)."""
    return Decimal((0, (5,), -digits - 1)) * factor


def finest(numbers: Iterable[Number]) -> dict[str, int]:
    """Return per unit of money the decimals that a document's prose plainly works with.

    Prose drops trailing zeros: 4.7 stands for 4.70 where the other amounts have two decimals.
    A precision counts where at least a quarter of the unit's non-zero amounts print it.
    """
    printed: dict[str, list[str]] = {}
    for number in numbers:
        if number.kind == "money" and number.value:
            printed.setdefault(number.unit, []).append(number.printed)
    return {unit: plain_digits(texts) for unit, texts in printed.items()}


def plain_digits(printed: list[str]) -> int:
    """Return the decimals that numbers which drop zeros plainly work with, else 0.

    A tenth of them would end in zero if none were dropped. Hardly any do, or at least many more
    have lost theirs (171.7) than have kept it (171.70). Whole numbers tell nothing: 1018.00 may
    stand in an annex that another program wrote.
    """
    decimals = Counter(len(text.partition(".")[2]) for text in printed)
    digits = max((d for d, n in decimals.items() if 4 * n >= len(printed)), default=0)
    full = [text for text in printed if len(text.partition(".")[2]) == digits]
    kept = sum(text.endswith("0") and text.partition(".")[2].strip("0") != "" for text in full)
    lost = sum(n for d, n in decimals.items() if 0 < d < digits)
    return digits if digits and (25 * kept <= len(full) or 3 * kept <= lost) else 0


def amount(number: Number, precision: dict[str, int]) -> Amount | None:
    """Return a money number in 元, or a count; None if it is out of range."""
    if number.kind == "money":
        return money(number.printed, number.unit, precision.get(number.unit, 0))
    if abs(number.value) >= figures.limit():
        return None
    return Amount(number.value, Decimal(0), number.printed, number.unit, Decimal(1))


def money(printed: str, unit: str, least: int) -> Amount | None:
    """Return a number printed in a unit of money; None if it is out of range, or the unit none.

    Args:
        printed: Digits with sign and separators.
        unit: 元, 万元 …
        least: Decimals that it has though it may print fewer (4.7 for 4.70).
    """
    factor = figures.factors().get(unit)
    if factor is None or abs(value := decimal(printed) * factor) >= figures.limit():
        return None
    digits = max(len(printed.partition(".")[2]), least)
    return Amount(value, half_step(digits, factor), printed, unit, factor)
