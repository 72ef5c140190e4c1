"""graph/tables.toml: the words that headers and titles of tables are read by."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Literal, cast

from kemu import knowledge
from kemu.model import figures
from kemu.model.language import HeaderRole, HeaderScheme

_BROKEN_CODE = re.compile(r"^[\[【（(]?(?P<code>[235]\d*[ \u3000]+\d[\d \u3000]*)")
"""A code at the head of a label, broken by blanks."""
_LENGTHS = (5, 7)
_NOTHING = re.compile(r"^[-—–－/\\*＊×]*$")


def data() -> dict[str, Any]:
    """Return graph/tables.toml as in force."""
    return knowledge.table("tables")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(data()["unit"]["regex"].replace("{money}", figures.money()))


def unit(text: str) -> str:
    """Return the money unit that a line states, or empty."""
    match = _unit().search(text)
    return next((group for group in match.groups() if group), "") if match else ""


@cache
def _printed_number() -> re.Pattern[str]:
    table = data()["printed_number"]
    text = str(table["regex"])
    for group in ("alone", "bracketed", "first"):
        text = text.replace(f"(?P<{group}>{{number}})", f"(?P<{group}>{table['number']})")
    return re.compile(text)


def printed_number(caption: str) -> tuple[str, str]:
    """Return the number of a table that a caption prints, or empty, and the caption without it."""
    match = _printed_number().search(caption.strip())
    if match is None:
        return "", caption
    number = next(group for group in match.groups() if group)
    return number, caption.strip().replace(match.group(), "", 1).strip(" :：、.．\u3000")


@lru_cache(maxsize=10_000)
def role(path: str) -> HeaderRole | Literal[""]:
    """Return the role that a header path gives its column, or empty where it gives none."""
    for name, words in data()["column"].items():
        if any(word in path for word in words):
            return cast(HeaderRole, name)
    return ""


def is_rate(text: str) -> bool:
    """Tell whether the lowest head of a column makes it one of rates (增减%), not of amounts."""
    return any(word in text for word in data()["column"]["rate"])


def scheme(text: str) -> HeaderScheme | Literal[""]:
    """Return the classification that a header or title speaks of, or empty."""
    for name, words in data()["scheme"].items():
        if any(word in text for word in words):
            return cast(HeaderScheme, name)
    return ""


def has(kind: Literal["performance", "overall", "skip"], text: str) -> bool:
    """Tell whether a title has one of a kind's words (`performance`, `skip`)."""
    return any(word in text for word in data()[kind]["words"])


def code(text: str) -> str:
    """Return a code cell's text, or a label with a code at its head, without blanks in the code.

    `208 05 05`, and `26200 1` where a narrow cell wrapped it.
    """
    if re.fullmatch(r"\d[\d \u3000]*", text):
        return re.sub(r"[ \u3000]", "", text)
    broken = _BROKEN_CODE.match(text)
    joined = re.sub(r"[ \u3000]", "", broken["code"]) if broken is not None else ""
    if broken is None or len(joined) not in _LENGTHS:
        return text
    return text[: broken.start("code")] + joined + text[broken.end("code") :]


def is_blank(text: str) -> bool:
    """Tell whether a cell is empty, or holds nothing but a dash."""
    return bool(_NOTHING.match(text))
