"""How numbers, money and totals are printed (graph/figures.toml).

Readers ask to tell tables from prose, extractors to take a cell for a fact: what is an amount to
one is an amount to the other. Where they mean different things, a parameter says so. All functions
take compared text (`kemu.read.blocks.normalise`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from kemu import assets

_PRINTED = r"(?:[-+]?{digits}|[(（]{digits}[)）])"


@cache
def data() -> dict[str, Any]:
    """Return graph/figures.toml as read."""
    return tomllib.loads(assets.asset("graph", "figures.toml").read_text(encoding="utf-8"))


# Numbers ----------------------------------------------------------------------------------


Kind = Literal["number", "tidy", "amount"]


def digits(kind: Kind = "number") -> str:
    """Return the pattern of the bare digits of a kind of number, for larger patterns."""
    return str(data()[kind]["digits"])


def printed(kind: Kind) -> str:
    """Return the pattern of a kind of number with its sign or brackets."""
    return _PRINTED.format(digits=digits(kind))


@cache
def _whole(kind: Kind) -> re.Pattern[str]:
    return re.compile(printed(kind))


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(digits("amount"))


def is_number(text: str, *, tidy: bool = False, percent: bool = False) -> bool:
    """Tell whether a text is a number and nothing else: `1,234.50`, `(3)`, `+1`.

    Args:
        text: A cell or a piece of a line.
        tidy: Whether separators must stand in their places, for whoever asks if a piece is whole.
        percent: Whether a percentage is one, too.
    """
    kind: Kind = "tidy" if tidy else "number"
    return _whole(kind).fullmatch(_without_percent(text, percent)) is not None


def is_amount(text: str, *, zero: bool = False, percent: bool = False) -> bool:
    """Tell whether a text is a number that is plainly money: it has a point or separators.

    Args:
        text: A cell or a piece of a line.
        zero: Whether a bare `0` is one; elsewhere it may be a count.
        percent: Whether a percentage is one, too, for whoever looks for columns of values.
    """
    if zero and text == "0":
        return True
    return _whole("amount").fullmatch(_without_percent(text, percent)) is not None


def _without_percent(text: str, percent: bool) -> str:
    return text.removesuffix("%") if percent else text


def signed(text: str) -> str | None:
    """Return a number's digits as printed, brackets as minus; None if the text is no number."""
    if _whole("number").fullmatch(text) is None:
        return None
    if text[0] in "(（":
        return "-" + text[1:-1]
    return text.lstrip("+")


def amounts(text: str) -> list[str]:
    """Return the digits of all amounts in a text, in order."""
    return _anywhere().findall(text)


@cache
def limit() -> Decimal:
    """Return the 元 from which on a number is no amount that anything is computed with."""
    return Decimal(data()["amount"]["limit"])


# Money ------------------------------------------------------------------------------------


@cache
def factors() -> Mapping[str, Decimal]:
    """Return the 元 per unit of money."""
    return {unit: Decimal(factor) for unit, factor in data()["money"]["factors"].items()}


@cache
def money() -> str:
    """Return the pattern of a unit of money, for larger patterns; the longest one is taken."""
    return f"(?:{'|'.join(sorted(factors(), key=lambda unit: (-len(unit), unit)))})"


# Totals -----------------------------------------------------------------------------------


def is_total(label: str) -> bool:
    """Tell whether a label says nothing but that it is a total."""
    return label.strip("：:") in data()["total"]["words"]


@cache
def _named() -> re.Pattern[str]:
    return re.compile(data()["total"]["named"])


def names_total(label: str) -> bool:
    """Tell whether a label is that of a total, all of it: 合计, 本年收入合计, 收支总计."""
    return is_total(label) or _named().fullmatch(label) is not None


def ends_in_total(label: str) -> bool:
    """Tell whether a label ends as that of a total does: 人员经费合计."""
    return label.endswith(tuple(data()["total"]["ends"]))


def ends_in_grand_total(label: str) -> bool:
    """Tell whether a label ends as that of a total of totals does: 收入总计."""
    return label.endswith(tuple(data()["total"]["grand"]))
