"""Definitions (名词解释) as documents print them, each with its source."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from functools import cache

from kemu.assets import asset


@dataclass(frozen=True)
class Definition:
    """What one document says a code or item means.

    Attributes:
        scheme: Scheme of the code, or empty for an item.
        code: The code it explains, or empty.
        item: The budget item it explains where it is no code, or empty.
        term: As printed.
        definition: As printed.
        document: File name.
        place: Where in it.
        organisation: Who says so.
        year: Fiscal year of the document.
    """

    scheme: str
    code: str
    item: str
    term: str
    definition: str
    document: str
    place: str
    organisation: str
    year: str

    def as_dict(self) -> dict[str, str]:
        """Return the definition as plain values."""
        return asdict(self)


def definitions(scheme: str, code: str) -> tuple[Definition, ...]:
    """Return what documents say a code means; those that come with Kemu are its own samples."""
    return _by_code().get((scheme, code), ())


@cache
def _by_code() -> dict[tuple[str, str], tuple[Definition, ...]]:
    text = asset("data", "definitions.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[Definition, ...]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        one = Definition(**row)
        found[one.scheme, one.code] = (*found.get((one.scheme, one.code), ()), one)
    return found
