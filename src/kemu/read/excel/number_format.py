"""A number as Excel shows it: the format decides how many digits are printed.

What a page shows is what is published, and half of its last digit is what rounding may explain;
`33.869999999999997` under the format `0.00` is `33.87`, under `#,##0;-#,##0;` a zero is blank.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

# ECMA-376 part 1, 18.8.30; the accounting formats and dates as Chinese Excel has them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"',
    42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@", 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes of the built-in format numbers."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)'
    r"|\[(?P<tag>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|上午/下午)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<exponent>[eE][+-]\d*)"
    r"|(?P<digits>[0#?.,]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_EPOCHS = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}
_SIGNIFICANT = 15
_LARGEST = 30
_GENERAL_DIGITS = 10
Tokens = tuple[tuple[str, str], ...]


def shown(number: Decimal, code: str, *, since_1904: bool = False) -> str:
    """Return a number's text under a format code.

    Raises:
        ValueError: It is no number, or beyond all amounts.
    """
    if not number.is_finite() or number.adjusted() > _LARGEST:
        raise ValueError(number)
    tiny = number.adjusted() < -_LARGEST
    exact = Decimal(0) if tiny or not number else _round_significant(number, _SIGNIFICANT)
    sections = _sections(code)
    tokens, bare = _choose(sections, exact)
    kinds = {kind for kind, _ in tokens}
    if "date" in kinds:
        return _date(exact, tokens, since_1904)
    if kinds & {"general", "exponent"} or any(kind == "other" and t in "@/" for kind, t in tokens):
        return _general(exact)
    if "digits" not in kinds:
        return "".join(text for kind, text in tokens if kind in ("quoted", "escaped", "other"))
    return _number(exact, tokens, bare)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Tokens, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return tuple(tuple(section) for section in sections)


def _choose(sections: tuple[Tokens, ...], number: Decimal) -> tuple[Tokens, bool]:
    """Return the section that applies, and whether it leaves the sign to be written."""
    for index, tokens in enumerate(sections):
        for kind, text in tokens:
            condition = _CONDITION.fullmatch(text) if kind == "tag" else None
            if condition and _holds(number, condition[1], Decimal(condition[2])):
                return tokens, index == 0
            if condition:
                break
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    order = (number > limit) - (number < limit)
    return (
        order
        in {"<": (-1,), ">": (1,), "=": (0,), "<=": (-1, 0), ">=": (0, 1), "<>": (-1, 1)}[sign]
    )


def _number(number: Decimal, tokens: Tokens, bare: bool) -> str:
    """Return a number laid out by its digit placeholders, literals around it kept."""
    pattern = "".join(text for kind, text in tokens if kind == "digits")
    percent = sum(kind == "other" and text == "%" for kind, text in tokens)
    whole, _, fraction = pattern.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if not fraction else 0
    scale += len(fraction) - len(fraction.rstrip(","))
    value = abs(number).scaleb(2 * percent - 3 * scale)
    places = len(fraction.rstrip(","))
    value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    optional = len(fraction.rstrip(",")) - len(fraction.rstrip(",").rstrip("#"))
    text = f"{value:,f}" if "," in whole.rstrip(",") else f"{value:f}"
    digits, _, decimals = text.partition(".")
    for _ in range(optional):
        decimals = decimals.removesuffix("0") if decimals else decimals
    digits = digits.rjust(whole.count("0"), "0")
    if digits == "0" and not whole.count("0"):
        digits = ""
    # The point is printed even where all decimals behind it are optional and zero.
    printed = digits + ("." + decimals if "." in pattern else "")
    done = False
    parts = ["-" if bare and number < 0 and value else ""]
    for kind, literal in tokens:
        if kind == "digits":
            parts.append("" if done else printed)
            done = True
        elif kind in ("quoted", "escaped", "other"):
            parts.append(literal)
    return "".join(parts).strip()


def _general(number: Decimal) -> str:
    """Return a number without format: whole ones in full, others to ten digits."""
    if number == number.to_integral_value():
        return f"{number.quantize(Decimal(1)):f}"
    text = f"{_round_significant(number, _GENERAL_DIGITS):f}"
    return text.rstrip("0").rstrip(".")


def _round_significant(number: Decimal, digits: int) -> Decimal:
    exponent = number.adjusted() - digits + 1
    if number.as_tuple().exponent >= exponent:  # type: ignore[operator]
        return number
    return number.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)


def _date(number: Decimal, tokens: Tokens, since_1904: bool) -> str:
    try:
        moment = _EPOCHS[since_1904] + datetime.timedelta(seconds=round(number * 86400))
    except OverflowError:
        return _general(number)
    parts, clock = [], False
    for kind, text in tokens:
        if kind == "date":
            letter = text[0].lower()
            clock = letter in "hs" or (clock and letter == "m")
            parts.append(_part(moment, letter, len(text), clock))
        elif kind in ("quoted", "escaped", "other", "digits"):
            parts.append(text)
    return "".join(parts).strip()


def _part(moment: datetime.datetime, letter: str, length: int, clock: bool) -> str:
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    amount = {
        "m": moment.minute if clock else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }[letter]
    return f"{amount:02d}" if length == 2 else str(amount)
