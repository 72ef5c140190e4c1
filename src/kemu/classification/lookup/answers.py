"""The answers to a lookup: codes found by their number, by a pattern, or by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kemu.classification.lookup.entry import Entry, Json, entry, validity
from kemu.classification.lookup.search import SAME, Hit, by_pattern, by_text
from kemu.classification.resolve.matching import resolve_code
from kemu.classification.resolve.resolution import Resolution
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import Concept, Standing
from kemu.classification.tables.rows import rows
from kemu.classification.tables.variants import local
from kemu.errors import InputError

MOST_STARS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was checked.

    Attributes:
        text: As typed, without marks of levels.
        year: In whose classification to look; the latest if None.
        schemes: Where to look.
        limit: How many answers at most.
        under: Digits of the code below which to look; empty for anywhere.
        levels: Levels to look at; empty for all.
    """

    text: str
    year: int | None
    schemes: Sequence[str]
    limit: int
    under: str = ""
    levels: Sequence[str] = ()

    def wants(self, concept: Concept) -> bool:
        """Return whether a code lies where it is looked for."""
        below = concept.notation != self.under and concept.notation.startswith(self.under)
        return (not self.under or below) and (not self.levels or concept.level in self.levels)


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


def said(table: Codes, asked: Asked, spoken: Sequence[Hit]) -> Lookup:
    """Return the codes that people mean by a word, then those with a name that contains it.

    A name that is the word itself comes first.
    """
    named = by_text(table, asked.text, asked.year, asked.schemes)
    same = [hit for hit in named if hit.score >= SAME and hit.concept.used(asked.year)]
    first: dict[tuple[str, str], Hit] = {}
    for hit in (*same, *spoken, *named):
        first.setdefault((hit.concept.scheme, hit.concept.notation), hit)
    many = len(spoken) > 1
    message = f"“{asked.text}”通常指 {len(spoken)} 个科目，请按用途选择。" if many else ""
    return answers(table, asked, list(first.values()), message)


def by_code(table: Codes, asked: Asked) -> Lookup:
    """Return the code that digits stand for, or what is near."""
    text, year, schemes = asked.text, asked.year, asked.schemes
    digits = table.digits(text)
    domains = [scheme for scheme in table.domain(digits) if scheme in schemes]
    hits = []
    for scheme in domains:
        if concept := table.get(scheme, digits, year) or table.get(scheme, digits):
            hits.append(Hit(concept, 1.0, "代码相同"))
    if hits:
        message = "" if year is None else _of_year(table, hits[0].concept, year)
        return answers(table, asked, hits, message)
    found = resolve_code(table, digits, None, year)
    if found.concept:
        near = [Hit(found.concept, found.score, found.reason)]
    else:
        near = list(_prefix(table, digits, year, schemes))
    message = f"科目表中没有代码 {digits}（科目表并不完备）。" + ("相近的有：" if near else "")
    if places := [one for scheme in schemes for one in local(scheme, digits)]:
        names = "；".join(f"{one.division}印作“{one.name}”" for one in places)
        message = f"{digits} 是地方细化代码，国家科目表里没有：{names}。上级是："
    other = [scheme for scheme in table.domain(digits) if scheme not in schemes]
    if other and not domains:
        labels = "、".join(_label(scheme) for scheme in other)
        message = f"{digits} 按首位数字属于{labels}，不属于{'、'.join(map(_label, schemes))}。"
    elif len(digits) < 3:
        message = f"“{text}”不足三位：请连同上级的代码写，如 20805 05。"
    return answers(table, asked, near, message, exact=False)


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


def by_stars(table: Codes, asked: Asked) -> Lookup:
    """Return the codes that a pattern with a few `*` fits.

    Raises:
        InputError: It has too many.
    """
    text = asked.text
    if text.count("*") > MOST_STARS:
        advice = "请只用几个 *，如 2080* 或 *养老*缴费*。"
        raise InputError("E-CODES-QUERY", f"* 多于 {MOST_STARS} 个。", text[:20], advice)
    hits = by_pattern(table, text, asked.year, asked.schemes)
    message = "" if hits else f"没有代码或名称符合“{text}”。"
    return answers(table, asked, hits, message, exact=bool(hits))


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


def resolved(table: Codes, asked: Asked, found: Resolution) -> Lookup:
    """Return what a printed path or a code with its name was resolved to, or the candidates."""
    if found.concept:
        hits = [Hit(found.concept, found.score, found.reason)]
        return answers(table, asked, hits, "" if found.score == 1 else found.reason)
    hits = [
        Hit(concept, candidate.score, candidate.reason)
        for candidate in found.candidates
        if (concept := table.get(candidate.scheme, candidate.notation, asked.year))
    ]
    return answers(table, asked, hits, found.reason, exact=False)


def answers(
    table: Codes, asked: Asked, hits: Sequence[Hit], message: str = "", *, exact: bool = True
) -> Lookup:
    """Return the hits that are wanted, with all there is to say about the first of them."""
    wanted = [hit for hit in hits if asked.wants(hit.concept)]
    shown = tuple(
        Answer(entry(table, hit.concept, asked.year), hit.score, hit.reason)
        for hit in wanted[: asked.limit]
    )
    if hits and not wanted:
        message, exact = f"查到 {len(hits)} 个科目，但都不在所选的上级或级次里。", False
    return Lookup(asked.text, asked.year, shown, len(wanted), message, exact)
