"""Numbers as readers want to see them: exact, in the document's own unit, with separators.

Amounts arrive in 元. They are shown in the unit that is printed beside them, because a clerk looks
for `1,055.76`, not for `10557600`; the same amount in 元 is kept ready beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kemu.model import figures
from kemu.model.facts import Amount

YUAN_SIGN = "元"


@dataclass(frozen=True)
class Unit:
    """How one printed number is written.

    Attributes:
        name: 万元, 元, %, 辆 …
        factor: 元 (or items) per unit.
        decimals: Digits printed after the point; at least these are shown.
    """

    name: str
    factor: Decimal = Decimal(1)
    decimals: int = 0

    @classmethod
    def of(cls, amount: Amount) -> Unit:
        """Return the unit of a printed amount."""
        return cls(amount.unit, amount.factor, places(amount.printed))

    @classmethod
    def named(cls, name: str, printed: str) -> Unit:
        """Return a unit known by its name only, with the digits of a number printed in it."""
        return cls(name, figures.factors().get(name, Decimal(1)), places(printed))

    @property
    def is_money(self) -> bool:
        """Whether it counts 元."""
        return self.name.endswith(YUAN_SIGN)


YUAN = Unit(YUAN_SIGN, Decimal(1), 2)
PERCENT = Unit("%", Decimal(1), 0)


def places(printed: str) -> int:
    """Return the number of digits printed after the decimal point."""
    _, point, fraction = printed.replace("．", ".").partition(".")
    return sum(character.isdigit() for character in fraction) if point else 0


def grouped(value: Decimal, decimals: int = 0) -> str:
    """Return the exact number with separators and at least `decimals` digits after the point."""
    fraction = -int(value.normalize().as_tuple().exponent)
    return f"{value:,.{max(decimals, fraction, 0)}f}"


def plain(value: Decimal | None) -> str:
    """Return the exact number without exponent or separators; nothing for None."""
    return "" if value is None else f"{value:f}"


def in_unit(value: Decimal, unit: Unit, signed: bool = False) -> str:
    """Return an amount in 元 (or items, or percent) written in `unit`: `1,055.76万元`."""
    text = grouped(value / unit.factor, unit.decimals)
    sign = "+" if signed and value > 0 else ""
    return f"{sign}{text}{unit.name}"


def in_yuan(value: Decimal, unit: Unit, signed: bool = False) -> str:
    """Return the amount in 元, or nothing where that says nothing new."""
    if not unit.is_money or unit.factor == 1:
        return ""
    return in_unit(value, Unit(YUAN_SIGN), signed)


def like_printed(value: Decimal, printed: str, factor: Decimal) -> str:
    """Return `value` written as `printed` is: its separators and its digits after the point."""
    decimals = places(printed)
    scaled = value / factor
    exact = max(decimals, -int(scaled.normalize().as_tuple().exponent), 0)
    return f"{scaled:,.{exact}f}" if "," in printed else f"{scaled:.{exact}f}"
