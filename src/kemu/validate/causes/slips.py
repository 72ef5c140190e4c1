"""What slip turns the right number into the printed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kemu.model.facts import Amount, Fact
from kemu.validate.rules import Texts

_SHIFTS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip.

    Attributes:
        kind: `sign`, `unit`, `point`, `swapped`, `digit`, `surplus`, `copied` or `other`.
        texts: Language tag → what happened, or empty.
    """

    kind: str
    texts: Texts


_WORDS: dict[str, Texts] = {
    "sign": {"zh": "正负号相反", "en": "the sign is the opposite"},
    "unit": {"zh": "差一万倍，可能元与万元混用", "en": "off by 10,000: 元 and 万元"},
    "point": {"zh": "小数点错位", "en": "the decimal point is misplaced"},
    "swapped": {"zh": "相邻两位数字颠倒", "en": "two neighbouring digits are swapped"},
    "digit": {"zh": "只差一位数字", "en": "one digit is wrong, missing or too many"},
    "surplus": {"zh": "多出的正好是这个数", "en": "just this number is too much"},
}


def slip(fact: Fact, right: Decimal | None, others: Iterable[Fact]) -> Slip:
    """Return the likeliest slip behind a wrong number.

    Args:
        fact: As printed.
        right: The value that would restore what was broken, if it is known.
        others: The other facts of the document, among which the number may have been found.
    """
    kind = _kind(fact.amount, right) if right is not None else "other"
    if kind in _WORDS:
        return Slip(kind, _WORDS[kind])
    twin = next((other for other in others if _copied(fact, other, right)), None)
    if twin is None:
        return Slip("other", {})
    name = twin.label or twin.amount.printed
    zh = f"与“{name}”的数相同，可能误抄"
    return Slip("copied", {"zh": zh, "en": f"equals the number of “{name}”, perhaps copied"})


def _kind(amount: Amount, right: Decimal) -> str:
    printed = amount.value
    if right == 0:
        return "surplus"
    if right == -printed:
        return "sign"
    for shift in _SHIFTS:
        if right == printed * shift:
            return "unit" if abs(shift.adjusted()) == 4 else "point"
    one, two = _digits(amount, printed), _digits(amount, right)
    if _swapped(one, two):
        return "swapped"
    if len(one) == len(two):
        differing = sum(a != b for a, b in zip(one, two, strict=True))
        return "digit" if differing == 1 else "other"
    return "digit" if abs(len(one) - len(two)) == 1 and _dropped(one, two) else "other"


def _digits(amount: Amount, value: Decimal) -> str:
    """Return a value's digits at the precision of the printed one."""
    step = amount.half_step * 2
    return str(abs(int((value / step).to_integral_value()))) if step else str(abs(int(value)))


def _swapped(one: str, two: str) -> bool:
    if len(one) != len(two):
        return False
    places = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


def _dropped(one: str, two: str) -> bool:
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _copied(fact: Fact, other: Fact, right: Decimal | None) -> bool:
    """Tell whether another quantity of the same measure bears the printed number."""
    return (
        other.slug != fact.slug
        and other.amount.value == fact.amount.value
        and other.amount.value not in (0, right)
        and other.key != fact.key
        and other.key.measure == fact.key.measure
    )
