"""`kemu lookup` and `kemu resolve` as functions: what users type, and the answer for them.

A wrong query raises `InputError`; an unknown code or name is an answer that says so and offers
what is near. Nothing is picked silently: several codes that fit are all listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.classification.lookup.entry import Entry, Json, entry, validity
from kemu.classification.lookup.search import (
    Hit,
    by_initials,
    by_likeness,
    by_pattern,
    by_text,
    by_words,
)
from kemu.classification.resolve.bare_path import cuts, resolve_below
from kemu.classification.resolve.marked_path import resolve_path
from kemu.classification.resolve.matching import resolve_code, resolve_name
from kemu.classification.resolve.printed_path import PrintedPath, parse_path
from kemu.classification.resolve.resolution import Candidate, Resolution, unresolved
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import FUNCTIONAL, SCHEMES, Concept, Standing
from kemu.classification.tables.rows import rows
from kemu.classification.tables.spelling import clean
from kemu.errors import InputError

LONGEST = 200
MOST_STARS = 4
FIRST_YEAR, LAST_YEAR = 2007, 2100

_CODE_QUERY = re.compile(r"[\[(（【]?\d[\d\s.．·\-—_/]*[\])）】]?")
_PAIR_QUERY = re.compile(r"[\[(（【]?(\d[\d\s.．·\-—_/]*)[\])）】]?([^\d\s].*)")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_LEVEL_MARKS = re.compile(r"(?<=\d)\s*[（(]?[类款项目][）)]?(?=\s*(?:\d|$))")
RUN = 60
"""Longest text that is cut into names written without anything between them."""
NEAR = 5
"""How many names are offered where what is printed is no name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One code that answers a query, and why."""

    entry: Entry
    score: float
    reason: str

    def to_json(self) -> Json:
        """Return the answer as JSON values."""
        return {**self.entry.to_json(), "score": self.score, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a query found.

    Attributes:
        query: As typed.
        year: The year asked for, or None for the latest.
        answers: The codes found, best first, at most as many as asked for.
        total: How many there are in all.
        message: In Chinese: why nothing was found, or what to know about the answers; else empty.
        exact: Whether the answers are what was asked for; False if they are only near.
    """

    query: str
    year: int | None
    answers: tuple[Answer, ...]
    total: int
    message: str = ""
    exact: bool = True

    def to_json(self) -> Json:
        """Return the lookup as JSON values."""
        return {
            "query": self.query,
            "year": self.year,
            "exact": self.exact,
            "total": self.total,
            "message": self.message or None,
            "answers": [answer.to_json() for answer in self.answers],
        }


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
) -> Lookup:
    """Return the codes that a number, a name, a part of one, or its Pinyin initials stand for.

    Raises:
        InputError: The query is empty, too long or no text, or the year is out of range.
    """
    text = unmarked(checked(query))
    year = checked_year(year)
    if _CODE_QUERY.fullmatch(text):
        return _by_code(table, text, year, schemes, limit)
    if "*" in text:
        return _by_pattern(table, text, year, schemes, limit)
    if parse_path(text).marked:
        return _resolved(table, text, year, resolve_path(table, parse_path(text).names, year))
    if pair := _PAIR_QUERY.fullmatch(text):
        return _resolved(table, text, year, resolve_code(table, pair[1], pair[2], year))
    hits = by_text(table, text, year, schemes)
    if not hits and _LETTERS.fullmatch(text):
        hits = by_initials(table, text, year, schemes)
    if hits:
        return _answers(table, text, year, hits, limit)
    found = _named(table, text, year, schemes)
    if found.scheme in schemes or found.candidates:
        return _resolved(table, text, year, found)
    if hits := by_words(table, text, year, schemes):
        return _answers(table, text, year, hits, limit)
    near = by_likeness(table, text, year, schemes, limit)
    message = f"没有名称含有“{text}”的科目。" + ("相近的有：" if near else "")
    return _answers(table, text, year, near, limit, message, exact=False)


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
    parent = table.digits(checked(under))
    schemes = table.domain(parent)
    if not schemes:
        raise InputError("E-CODES-QUERY", f"“{under[:20]}”不是科目代码。", "", "如 20805。")
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


def _by_code(
    table: Codes, text: str, year: int | None, schemes: Sequence[str], limit: int
) -> Lookup:
    digits = table.digits(text)
    domains = [scheme for scheme in table.domain(digits) if scheme in schemes]
    hits = []
    for scheme in domains:
        if concept := table.get(scheme, digits, year) or table.get(scheme, digits):
            hits.append(Hit(concept, 1.0, "代码相同"))
    if hits:
        message = "" if year is None else _of_year(table, hits[0].concept, year)
        return _answers(table, text, year, hits, limit, message)
    found = resolve_code(table, digits, None, year)
    if found.concept:
        near = [Hit(found.concept, found.score, found.reason)]
    else:
        near = list(_prefix(table, digits, year, schemes))
    message = f"科目表中没有代码 {digits}（科目表并不完备）。" + ("相近的有：" if near else "")
    other = [scheme for scheme in table.domain(digits) if scheme not in schemes]
    if other and not domains:
        labels = "、".join(_label(scheme) for scheme in other)
        message = f"{digits} 按首位数字属于{labels}，不属于{'、'.join(map(_label, schemes))}。"
    elif len(digits) < 3:
        message = f"“{text}”不足三位：请连同上级的代码写，如 20805 05。"
    return _answers(table, text, year, near, limit, message, exact=False)


def _of_year(table: Codes, concept: Concept, year: int) -> str:
    """Return what is to be known of a version in the year asked for; empty if it is certain."""
    about = entry(table, concept, year)
    code, known = concept.notation, about.validity
    if about.standing is Standing.OUT:
        return f"{code} {concept.name} 在 {year} 年不在用：{known}。"
    if about.standing is Standing.CERTAIN:
        return ""
    others = "；".join(f"也可能是“{one.name}”（{validity(one)}）" for one in about.rivals)
    known = f"“{concept.name}”{known}" + (f"；{others}" if others else "")
    return f"{code} 在 {year} 年的名称未见依据。{known}。"


def _label(scheme: str) -> str:
    return next(row["label_zh"] for row in rows("schemes.csv") if row["scheme"] == scheme)


def _by_pattern(
    table: Codes, text: str, year: int | None, schemes: Sequence[str], limit: int
) -> Lookup:
    """Return the codes that a pattern with a few `*` fits."""
    if text.count("*") > MOST_STARS:
        advice = "请只用几个 *，如 2080* 或 *养老*缴费*。"
        raise InputError("E-CODES-QUERY", f"* 多于 {MOST_STARS} 个。", text[:20], advice)
    hits = by_pattern(table, text, year, schemes)
    message = "" if hits else f"没有代码或名称符合“{text}”。"
    return _answers(table, text, year, hits, limit, message, exact=bool(hits))


def _prefix(table: Codes, digits: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes that begin with the digits, or else the known code they begin with."""
    below = [
        Hit(concept, 0.5, f"以 {digits} 开头")
        for scheme in schemes
        for notation in sorted({c.notation for c in table.concepts(scheme)})
        if notation.startswith(digits) and (concept := table.get(scheme, notation, year))
    ]
    if below:
        shortest = min(len(hit.concept.notation) for hit in below)
        return [hit for hit in below if len(hit.concept.notation) == shortest]
    for end in range(len(digits) - 1, 2, -1):
        for scheme in schemes:
            if concept := table.get(scheme, digits[:end], year):
                return [Hit(concept, 0.4, "上级科目")]
    return []


def _resolved(table: Codes, text: str, year: int | None, found: Resolution) -> Lookup:
    """Return what a printed path or a code with its name was resolved to, or the candidates."""
    if found.concept:
        hits = [Hit(found.concept, found.score, found.reason)]
        return _answers(table, text, year, hits, 1, "" if found.score == 1 else found.reason)
    hits = [
        Hit(concept, candidate.score, candidate.reason)
        for candidate in found.candidates
        if (concept := table.get(candidate.scheme, candidate.notation, year))
    ]
    return _answers(table, text, year, hits, 20, found.reason, exact=False)


def _answers(
    table: Codes,
    query: str,
    year: int | None,
    hits: Sequence[Hit],
    limit: int,
    message: str = "",
    *,
    exact: bool = True,
) -> Lookup:
    answers = tuple(
        Answer(entry(table, hit.concept, year), hit.score, hit.reason) for hit in hits[:limit]
    )
    return Lookup(query, year, answers, len(hits), message, exact)
