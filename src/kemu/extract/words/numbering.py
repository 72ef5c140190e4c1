"""Section numbers: 一、 （一） 1. ①, and how deep each lies (graph/headings.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from kemu import assets


@cache
def _levels() -> tuple[tuple[re.Pattern[str], int], ...]:
    data = tomllib.loads(assets.asset("graph", "headings.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(level["regex"]), level["depth"]) for level in data["level"])


def numbering(text: str) -> tuple[str, int] | None:
    """Return the number a line begins with and its depth, or None."""
    for pattern, depth in _levels():
        match = pattern.match(text)
        if match:
            return match.group(), depth
    return None
