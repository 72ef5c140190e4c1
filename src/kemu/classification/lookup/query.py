"""`kemu lookup` and `kemu resolve` as functions: what users type, and the answer for them.

A wrong query raises `InputError`; an unknown code or name is an answer that says so and offers
what is near. Nothing is picked silently: several codes that fit are all listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.classification.lookup.answers import (
    Answer,
    Asked,
    Lookup,
    answers,
    by_code,
    by_stars,
    resolved,
    said,
)
from kemu.classification.lookup.entry import Entry, Json, entry
from kemu.classification.lookup.search import (
    by_alias,
    by_letters,
    by_likeness,
    by_text,
    by_words,
)
from kemu.classification.resolve.bare_path import cuts, resolve_below
from kemu.classification.resolve.marked_path import resolve_path
from kemu.classification.resolve.matching import resolve_code, resolve_name
from kemu.classification.resolve.printed_path import PrintedPath, parse_path
from kemu.classification.resolve.resolution import Candidate, Resolution, unresolved
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import FUNCTIONAL, SCHEMES
from kemu.classification.tables.spelling import clean
from kemu.errors import InputError

LONGEST = 200
FIRST_YEAR, LAST_YEAR = 2007, 2100

_CODE_QUERY = re.compile(r"[\[(（【]?\d[\d\s.．·\-—_/]*[\])）】]?")
_PAIR_QUERY = re.compile(r"[\[(（【]?(\d[\d\s.．·\-—_/]*)[\])）】]?([^\d\s].*)")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z' ]*[A-Za-z]")
_LEVEL_MARKS = re.compile(r"(?<=\d)\s*[（(]?[类款项目][）)]?(?=\s*(?:\d|$))")
RUN = 60
"""Longest text that is cut into names written without anything between them."""
NEAR = 5
"""How many names are offered where what is printed is no name."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a printed path means.

    Attributes:
        text: As given.
        year: The year asked for, or None for the latest.
        printed: The names taken out of the text.
        resolution: The code, or why there is none.
        entry: All about the code, or None.
        near: Codes whose names hold the text or are like it, where none bears it; never an answer.
    """

    text: str
    year: int | None
    printed: PrintedPath
    resolution: Resolution
    entry: Entry | None
    near: tuple[Candidate, ...] = ()

    def to_json(self) -> Json:
        """Return the answer as JSON values."""
        found = self.resolution
        return {
            "text": self.text,
            "year": self.year,
            "printed": list(self.printed.names),
            "printedCode": self.printed.code or None,
            "code": found.code or None,
            "officialName": found.official_name or None,
            "path": list(found.path),
            "differences": list(found.differences),
            "score": found.score,
            "reason": found.reason,
            "candidates": [_line(one) for one in found.candidates],
            "near": [_line(one) for one in self.near],
            "entry": self.entry.to_json() if self.entry else None,
        }


def _line(one: Candidate) -> Json:
    return {
        "scheme": one.scheme,
        "code": one.notation,
        "name": one.name,
        "score": one.score,
        "reason": one.reason,
    }


def lookup(
    table: Codes,
    query: str,
    year: int | None = None,
    schemes: Sequence[str] = SCHEMES,
    limit: int = 20,
    under: str = "",
    levels: Sequence[str] = (),
) -> Lookup:
    """Return the codes that a number, a name, its Pinyin, or what people say stand for.

    Args:
        table: The codes.
        query: As typed.
        year: In whose classification to look; the latest if None.
        schemes: Where to look.
        limit: How many answers at most.
        under: A code below which to look; anywhere if empty.
        levels: 类, 款, 项, 目 to look at; all if empty.

    Raises:
        InputError: The query is empty, too long or no text, `under` is no code, or the year is
            out of range.
    """
    asked = Asked(
        unmarked(checked(query)), checked_year(year), schemes, limit, _parent(table, under), levels
    )
    text = asked.text
    if _CODE_QUERY.fullmatch(text):
        return by_code(table, asked)
    if "*" in text:
        return by_stars(table, asked)
    if parse_path(text).marked:
        found = resolve_path(table, parse_path(text).names, asked.year)
        return resolved(table, asked, found)
    if pair := _PAIR_QUERY.fullmatch(text):
        return resolved(table, asked, resolve_code(table, pair[1], pair[2], asked.year))
    return _by_words(table, asked)


def _by_words(table: Codes, asked: Asked) -> Lookup:
    """Return the codes that a name, a part of one, or what people say for one stands for."""
    text, year, schemes = asked.text, asked.year, asked.schemes
    if hits := by_alias(table, text, year, schemes):
        return said(table, asked, hits)
    hits = by_text(table, text, year, schemes)
    if not hits and _LETTERS.fullmatch(text):
        hits = by_letters(table, text, year, schemes)
    if hits:
        return answers(table, asked, hits)
    found = _named(table, text, year, schemes)
    if found.scheme in schemes or found.candidates:
        return resolved(table, asked, found)
    if hits := by_words(table, text, year, schemes):
        return answers(table, asked, hits)
    near = by_likeness(table, text, year, schemes, asked.limit)
    message = f"没有名称含有“{text}”的科目。" + ("相近的有：" if near else "")
    return answers(table, asked, near, message, exact=False)


def _parent(table: Codes, under: str) -> str:
    """Return the digits of the code below which is looked; empty for anywhere.

    Raises:
        InputError: It is no code.
    """
    digits = table.digits(under)
    if under and not table.domain(digits):
        raise InputError("E-CODES-QUERY", f"“{under[:20]}”不是科目代码。", "", "如 20805。")
    return digits


def resolve(table: Codes, text: str, year: int | None = None, under: str = "") -> Resolved:
    """Return the code that something printed means: a path, a name, or a code with or without name.

    Args:
        table: The codes.
        text: As printed; `…（类）…（款）…（项）`, or names from above down, or a code.
        year: In whose classification to read it; the latest if None.
        under: A code under which it stands; then two digits are enough for a code.

    Raises:
        InputError: The text is empty, too long or no text, `under` is no code, or the year is out
            of range.
    """
    text = checked(text, longest=2000)
    year = checked_year(year)
    printed = parse_path(text)
    if under:
        found = _under(table, text, year, under)
    elif code := _code(table, text):
        found = resolve_code(table, code, None, year)
    elif printed.code:
        name = next((name for name in reversed(printed.names) if name), None)
        found = resolve_code(table, printed.code, name, year)
    elif printed.marked:
        found = resolve_path(table, printed.names, year)
    else:
        found = _named(table, text, year, SCHEMES)
    about = entry(table, found.concept, year) if found.concept else None
    near = () if found or found.candidates else _near(table, text, year)
    return Resolved(text, year, printed, found, about, near)


def _code(table: Codes, text: str) -> str:
    """Return the digits of a text that is nothing but a code, `208类05款05项` too; else empty."""
    bare = unmarked(text)
    digits = table.digits(bare)
    return digits if _CODE_QUERY.fullmatch(bare) and table.domain(digits) else ""


def _under(table: Codes, text: str, year: int | None, under: str) -> Resolution:
    """Return the code that two digits, or a name, mean under a code."""
    parent = _parent(table, checked(under))
    schemes = table.domain(parent)
    digits = table.digits(text)
    if digits.isdecimal():
        code = digits if table.domain(digits) else parent + digits.zfill(2)
        return resolve_code(table, code, None, year)
    return resolve_name(table, text, year, schemes, parent)


def _named(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> Resolution:
    """Return the code of a name, or of names from above down between blanks, `>` or `/`."""
    printed = parse_path(text)
    if printed.level == 0:
        return unresolved(f"“{text[:40]}”里没有名称。")
    if printed.level == 1:
        found = resolve_name(table, printed.names[0], year, schemes)
        names: Sequence[str] = text.split()
    else:
        asked = FUNCTIONAL in schemes
        found = resolve_path(table, printed.names, year) if asked else unresolved("")
        names = printed.names[: printed.level]
    if found or (found.candidates and printed.level == 1):
        return found
    whole = clean(text)
    ways = [names] if len(names) > 1 else cuts(table, whole, schemes) if len(whole) <= RUN else ()
    for way in ways:
        below = resolve_below(table, way, year, schemes)
        if below or below.candidates:
            return below
    return found


def _near(table: Codes, text: str, year: int | None) -> tuple[Candidate, ...]:
    """Return the codes whose names hold a text, or all its words, or are like it."""
    if len(text) > LONGEST:
        return ()
    hits = (
        by_text(table, text, year, SCHEMES)
        or by_words(table, text, year, SCHEMES)
        or by_likeness(table, text, year, SCHEMES, NEAR)
    )
    return tuple(
        Candidate(
            hit.concept.notation,
            hit.concept.name_in(year),
            hit.score,
            hit.reason,
            hit.concept.scheme,
        )
        for hit in hits[:NEAR]
    )


def unmarked(code: str) -> str:
    """Return a code without the marks of its levels: `208类05款` is `20805`."""
    return _LEVEL_MARKS.sub("", code)


def checked(text: str, longest: int = LONGEST) -> str:
    """Return a query without blanks around it.

    Raises:
        InputError: It is empty, too long, or has control characters.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        raise InputError("E-CODES-QUERY", "查询内容是空的。", "", "请输入代码或名称，如 2080505。")
    if len(text) > longest:
        size = f"查询内容有 {len(text)} 个字符，最多 {longest} 个。"
        raise InputError("E-CODES-QUERY", size, text[:20] + "…", "请只输入代码或名称。")
    if any(not c.isprintable() and not c.isspace() for c in text):
        raise InputError("E-CODES-QUERY", "查询内容含有控制字符。", "", "请重新输入。")
    return text


def checked_year(year: int | None) -> int | None:
    """Return a year in which the classification exists.

    Raises:
        InputError: The year is out of range.
    """
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"年份 {year} 超出范围：现行分类自 {FIRST_YEAR} 年起施行。"
        raise InputError("E-CODES-YEAR", message, "", f"请用 {FIRST_YEAR}–{LAST_YEAR}。")
    return year


__all__ = [
    "Answer",
    "Lookup",
    "Resolved",
    "checked",
    "checked_year",
    "lookup",
    "resolve",
    "unmarked",
]
