"""What a client prefers, from Accept and Accept-Language: weights, and how narrowly they are put.

RFC 9110, section 12.5: of all ranges that a thing fits, the narrowest says how much it is wanted.
So `text/html;q=0, */*` wants anything but HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from urllib.request import parse_http_list

_WEIGHT = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_NARROWEST = 3


@dataclass(frozen=True)
class Range:
    """One member of such a header.

    Attributes:
        value: In lower case, without parameters: `text/*`, `zh-cn`.
        parameters: Names of its parameters but for the weight and the charset.
        weight: From 0, not wanted at all, to 1.
    """

    value: str
    parameters: tuple[str, ...]
    weight: float


@lru_cache(maxsize=1000)
def ranges(header: str) -> tuple[Range, ...]:
    """Return the members of a header in order; those with a weight that is none are left out."""
    found = (_range(part) for part in parse_http_list(header))
    return tuple(one for one in found if one is not None)


def _range(text: str) -> Range | None:
    parsed = Message()
    parsed["content-type"] = text
    (value, _), *parameters = parsed.get_params([("", "")])
    named = {name.lower(): str(content) for name, content in parameters if name}
    weight = named.pop("q", "1").strip()
    named.pop("charset", None)
    if not value or not _WEIGHT.fullmatch(weight):
        return None
    return Range(value.strip().lower(), tuple(named), float(weight))


def favourite(header: str, offered: Sequence[str]) -> str | None:
    """Return the media type that a client wants most; None if it wants none of those offered.

    Of types that it wants as much, the one that it names more narrowly; then the first offered.
    """
    wanted = ranges(header) if header.strip() else (Range("*/*", (), 1.0),)
    ranked = [(*_wanted(wanted, media), -place) for place, media in enumerate(offered)]
    weight, _, place = max(ranked)
    return offered[-place] if weight > 0 else None


def _wanted(wanted: Sequence[Range], media: str) -> tuple[float, int]:
    """Return how much a media type is wanted, and how narrowly that is put."""
    narrowness, weight = max(
        ((_narrowness(one, media), one.weight) for one in wanted), default=(-1, 0.0)
    )
    return (weight, narrowness) if narrowness >= 0 else (0.0, -1)


def _narrowness(one: Range, media: str) -> int:
    """Return how narrow a range is that a media type fits; -1 if it does not fit.

    What is offered has no parameters: a range with some says less of it than one without.
    """
    if one.value == media:
        return _NARROWEST - bool(one.parameters)
    if one.value == f"{media.partition('/')[0]}/*":
        return 1
    return 0 if one.value in ("*/*", "*") else -1


def language(header: str, offered: Sequence[str]) -> str:
    """Return the language that a client wants most, the first offered if it wants none.

    Of languages that it wants as much, the one that it names first.
    """
    best, most = offered[0], 0.0
    named = [(one.value.partition("-")[0], one.weight) for one in ranges(header)]
    rest = [lang for lang in offered if lang not in dict(named)]
    for primary, weight in named:
        chosen = primary if primary in offered else next(iter(rest), "") if primary == "*" else ""
        if chosen and weight > most:
            best, most = chosen, weight
    return best
