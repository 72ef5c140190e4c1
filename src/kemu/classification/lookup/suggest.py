"""Suggestions while a user types: codes by first digits, names by their beginning or any part.

Everything is looked for in memory; a suggestion is light, unlike the answer of a lookup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kemu.classification.lookup.query import checked, checked_year
from kemu.classification.lookup.search import Hit, by_alias, by_letters, by_text
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES, Concept, Scheme

MOST = 50
_LETTERS = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[\d\s.．·\-—_/\[\]()（）【】]+")
_CODE_FIRST = re.compile(r"[\[(（【]?(\d[\d\s.．·\-—_/]*)[\])）】]?\s*(.*)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One code offered.

    Attributes:
        scheme: Of the code.
        code: All digits.
        name: Its name in the year asked for.
        level: 类, 款, 项 or 目.
        path: Names of what it lies under, from the 类 down, joined by ` > `; empty for a 类.
        current: Whether it is in use in that year as far as is known.
        reason: Why it is offered, in Chinese.
    """

    scheme: Scheme
    code: str
    name: str
    level: str
    path: str
    current: bool
    reason: str

    def to_json(self) -> dict[str, object]:
        """Return the suggestion as JSON values."""
        return {
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "path": self.path,
            "current": self.current,
            "reason": self.reason,
        }


def suggest(
    table: Codes,
    prefix: str,
    year: int | None = None,
    schemes: Sequence[str] = SCHEMES,
    limit: int = 10,
    offset: int = 0,
) -> tuple[Suggestion, ...]:
    """Return the codes that what was typed so far may become, the likeliest first.

    Nothing typed offers the 类 of the classifications.

    Raises:
        InputError: The text is too long or no text, or the year is out of range.
    """
    text = checked(prefix) if prefix.strip() else ""
    year = checked_year(year)
    wanted = _hits(table, text, year, schemes, offset + limit)
    return tuple(_suggestion(table, hit, year) for hit in wanted[offset : offset + limit])


def _hits(
    table: Codes, text: str, year: int | None, schemes: Sequence[str], most: int
) -> list[Hit]:
    if not text or _DIGITS.fullmatch(text):
        return _codes(table, table.digits(text), year, schemes, most)
    found = _CODE_FIRST.fullmatch(text)
    if found:  # a code and the beginning of its name
        codes = _codes(table, table.digits(found[1]), year, schemes, 10 * MOST)
        named = {_key(hit) for hit in by_text(table, found[2], year, schemes)}
        return [hit for hit in codes if _key(hit) in named][:most]
    if _LETTERS.fullmatch(text):
        return by_letters(table, text, year, schemes)[:most]
    said = by_alias(table, text, year, schemes)
    known = {_key(hit) for hit in said}
    below = by_text(table, text, year, schemes)
    return [*said, *(hit for hit in below if _key(hit) not in known)][:most]


def _codes(
    table: Codes, digits: str, year: int | None, schemes: Sequence[str], most: int
) -> list[Hit]:
    """Return the codes that begin with some digits: the code itself, then the short ones."""
    found = [
        Hit(concept, 1.0 if concept.notation == digits else 0.9, "代码")
        for concept in _beginning(table, digits, year, schemes)
    ]
    used = [hit for hit in found if hit.concept.used(year)]
    rest = [hit for hit in found if not hit.concept.used(year)]
    return [*sorted(used, key=_short), *sorted(rest, key=_short)][:most]


def _key(hit: Hit) -> tuple[str, str]:
    return hit.concept.scheme, hit.concept.notation


def _short(hit: Hit) -> tuple[int, str]:
    return len(hit.concept.notation), hit.concept.notation


def _beginning(
    table: Codes, digits: str, year: int | None, schemes: Sequence[str]
) -> Iterator[Concept]:
    for scheme in schemes:
        for notation in table.notations(scheme):
            if notation.startswith(digits) and (digits or len(notation) == 3):
                versions = table.versions(scheme, notation)
                yield table.get(scheme, notation, year) or versions[-1]


def _suggestion(table: Codes, hit: Hit, year: int | None) -> Suggestion:
    concept = hit.concept
    above = table.path(concept.scheme, concept.parent, year) if concept.parent else ()
    return Suggestion(
        scheme=concept.scheme,
        code=concept.notation,
        name=concept.name_in(year),
        level=concept.level,
        path=" > ".join(c.name_in(year) for c in above),
        current=concept.used(year),
        reason=hit.reason,
    )
