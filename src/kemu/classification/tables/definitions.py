"""What codes and items mean in words of this project, as data/definitions.csv has them."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import NamedTuple

from kemu.assets import asset


class Explained(NamedTuple):
    """One wording: of a code, or of an item that is no code; the columns are those of the file."""

    scheme: str
    code: str
    item: str
    term: str
    definition: str


@cache
def explained() -> tuple[Explained, ...]:
    """Return all wordings, in order of the file."""
    text = asset("data", "definitions.csv").read_text(encoding="utf-8")
    return tuple(Explained(**row) for row in csv.DictReader(io.StringIO(text)))


@cache
def explained_codes() -> dict[tuple[str, str], tuple[Explained, ...]]:
    """Return scheme and code to the wordings that explain it."""
    found: dict[tuple[str, str], tuple[Explained, ...]] = {}
    for one in explained():
        if one.code:
            found[one.scheme, one.code] = (*found.get((one.scheme, one.code), ()), one)
    return found
