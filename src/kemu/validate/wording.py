"""Messages with their numbers, as a reader of the document would write them."""

from __future__ import annotations

import re
from decimal import ROUND_UP, Decimal

import pyoxigraph as ox

from kemu.model.facts import Amount
from kemu.validate.queries import Row
from kemu.validate.rules import Shape, Texts

_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_NUMBER = re.compile(r"^R\d+(\.\d+)?\s+")
_NUMERIC = ("decimal", "integer", "int", "long")
_NONE = {"zh": "（未印）", "en": "(not printed)"}

FIGURES = ("stated", "computed", "difference", "bound")
"""Variables that hold the numbers of a finding; all of the shape's quantity."""


def figure(row: Row, name: str) -> Decimal | None:
    """Return the number that a row binds to a variable, or None."""
    term = row.get(name)
    if not isinstance(term, ox.Literal):
        return None
    if not term.datatype.value.endswith(_NUMERIC):
        return None
    return Decimal(term.value)


def messages(shape: Shape, row: Row, scale: Amount | None, text: str = "") -> Texts:
    """Return a shape's messages in every language, with the row's values filled in.

    Args:
        shape: Whose templates.
        row: Values of the variables.
        scale: The amount in whose unit and precision money is written; None for 元.
        text: What to say for a shape without messages.
    """
    found = {lang: _fill(text, shape, row, scale, lang) for lang, text in shape.messages.items()}
    untagged = found.pop("", None)
    default = untagged or next(iter(found.values()), text or shape.rules[0])
    return {"zh": found.get("zh", default), "en": found.get("en", default)}


def _fill(text: str, shape: Shape, row: Row, scale: Amount | None, lang: str) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        number = figure(row, name)
        if number is not None and name in FIGURES:
            size = abs(number) if name == "difference" else number
            return _figure(size, name, shape, row, scale, lang)
        term = row.get(name)
        if isinstance(term, ox.Literal) and term.value:
            return term.value.strip()
        return _NONE[lang if lang in _NONE else "zh"]

    return _VARIABLE.sub(value, _NUMBER.sub("", text))


def _figure(
    number: Decimal, name: str, shape: Shape, row: Row, scale: Amount | None, lang: str
) -> str:
    if shape.quantity == "percent":
        stated = figure(row, "stated") or Decimal(0)
        return f"{_percent(number, name, stated)}{_percent_sign(name, lang)}"
    if shape.quantity == "money":
        return money(number, scale, lang)
    return f"{number.normalize():f}"


def _percent_sign(name: str, lang: str) -> str:
    if name not in ("difference", "bound"):
        return "%"
    return " 个百分点" if lang == "zh" else " points"


def _percent(number: Decimal, name: str, stated: Decimal) -> str:
    """Return a percentage with two more digits than printed; the stated one as printed."""
    if name == "stated":
        return f"{stated:f}"
    exponent = stated.as_tuple().exponent
    digits = (-exponent if isinstance(exponent, int) and exponent < 0 else 0) + 2
    rounding = ROUND_UP if name == "bound" else None
    return f"{number.quantize(Decimal(1).scaleb(-digits), rounding):f}"


def money(number: Decimal, scale: Amount | None, lang: str = "zh") -> str:
    """Return an amount in the unit and with at least the decimals of another."""
    if scale is None:
        return f"{number.normalize():,f}元"
    value = (number / scale.factor).normalize()
    exponent = value.as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    _, _, decimals = scale.printed.partition(".")
    digits = max(needed, sum(character.isdigit() for character in decimals))
    gap = " " if lang == "en" else ""
    return f"{value:,.{digits}f}{gap}{scale.unit}"
