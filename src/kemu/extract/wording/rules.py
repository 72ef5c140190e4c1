"""The patterns of graph/wording.toml, read and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kemu import knowledge


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that a text should not print.

    Attributes:
        kind: Of the spans that it makes.
        regex: What it finds.
        right: What is meant instead, empty where nothing is.
        cells: Whether it is looked for in the cells of tables too.
    """

    kind: str
    regex: re.Pattern[str]
    right: str = ""
    cells: bool = False


def data() -> dict[str, Any]:
    """Return graph/wording.toml as read."""
    return knowledge.table("wording")


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the patterns and slips of the file."""
    told = [
        Pattern(each["kind"], re.compile(each["regex"]), cells=each.get("cells", False))
        for each in data()["pattern"]
    ]
    slips = [
        Pattern("slip", re.compile(each["wrong"]), each["right"], cells=True)
        for each in data()["slip"]
    ]
    return (*told, *slips)


@cache
def period(name: str) -> re.Pattern[str]:
    """Return one pattern of [period] by its name."""
    return re.compile(data()["period"][name])


@cache
def note() -> re.Pattern[str]:
    """Return the pattern of a note that calls a table empty."""
    return re.compile(data()["note"]["regex"])


@cache
def turned(name: str) -> re.Pattern[str]:
    """Return one pattern of [turned] by its name."""
    return re.compile(data()["turned"][name])
