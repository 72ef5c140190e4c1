"""Names of a table held against the classification: candidates with scores, and a match if sure.

The match of a reconciliation is a promise: it is made only where a single code fits and nothing
but a usual liberty, or the age of the name, differs. Several codes that fit are all candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kemu.classification.lookup.query import checked, checked_year
from kemu.classification.lookup.search import by_likeness, by_text
from kemu.classification.resolve.marked_path import resolve_path
from kemu.classification.resolve.matching import by_name, resolve_code
from kemu.classification.resolve.printed_path import parse_path
from kemu.classification.resolve.resolution import Candidate, Resolution
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import LEVELS, SCHEMES, Concept
from kemu.classification.tables.differences import Differs, cost
from kemu.classification.tables.spelling import clean
from kemu.errors import InputError

SURE = 4
"""A single code that differs by more than this cost is offered, not matched."""
MOST = 100
_CODE_FIRST = re.compile(r"[\[(（【]?\s*(\d[\d\s.．·\-—_/]*)[\])）】]?\s*(\D.*)?")


class Quantifier(StrEnum):
    """How many of the values of a condition a candidate should have."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """A value that a candidate's property should have.

    Attributes:
        name: `year`, `code`, `parent` or `level`.
        values: What it should be.
        quantifier: How many of the values it should have.
        required: Whether other candidates are left out.
    """

    name: str
    values: tuple[str, ...]
    quantifier: Quantifier = Quantifier.ANY
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One cell to reconcile: what is printed, and what is known beside it."""

    text: str
    schemes: tuple[str, ...] = SCHEMES
    limit: int = 10
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate.

    Attributes:
        concept: The version of the code.
        name: Its name in the year asked for.
        score: 0 to 100.
        sure: Whether it is the one.
        reason: Why, in Chinese.
        features: What the score is made of.
    """

    concept: Concept
    name: str
    score: float
    sure: bool
    reason: str
    features: dict[str, float | bool] = field(default_factory=dict)


def reconcile(table: Codes, query: Query) -> tuple[Match, ...]:
    """Return the candidates of a query, the best first.

    Raises:
        InputError: A text is too long or has control characters, or a year is out of range.
    """
    text = checked(query.text) if query.text.strip() else ""
    year = _year(query)
    code = next(iter(_values(query, "code")), "")
    if not text and not code:
        raise InputError("E-RECONCILE-QUERY", "没有名称，也没有代码", "query", "请给出其中一个。")
    found = _found(table, text, code, year, query)
    found = _narrowed(table, found, query)
    return tuple(found[: min(query.limit, MOST)])


def _values(query: Query, name: str) -> tuple[str, ...]:
    return next((c.values for c in query.conditions if c.name == name and c.values), ())


def _year(query: Query) -> int | None:
    text = next(iter(_values(query, "year")), "").strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{4}(?:\.0)?", text):
        raise InputError("E-CODES-YEAR", f"“{text[:20]}”不是年份。", "year", "请用四位年份。")
    return checked_year(int(text[:4]))


def _found(table: Codes, text: str, code: str, year: int | None, query: Query) -> list[Match]:
    """Return the candidates for a printed code, a marked path, a name, or part of a name."""
    printed = _CODE_FIRST.fullmatch(text)
    if not code and printed and table.domain(table.digits(printed[1])):
        code, text = printed[1], (printed[2] or "").strip()
    if code:
        return _by_code(table, _under(table, code, query), text, year, query.schemes)
    path = parse_path(text)
    if path.marked:
        return _resolved(table, resolve_path(table, path.names, year), year, query.schemes)
    named = _by_name(table, text, year, query)
    return named or _alike(table, text, year, query)


def _under(table: Codes, code: str, query: Query) -> str:
    """Return a code of which only two digits are printed, behind the parent given as a code."""
    bare = table.digits(code)
    parent = table.digits(next(iter(_values(query, "parent")), ""))
    return parent + bare if len(bare) == 2 and table.domain(parent) else code


def _by_code(
    table: Codes, code: str, text: str, year: int | None, schemes: Sequence[str]
) -> list[Match]:
    digits = table.digits(code)
    domains = [scheme for scheme in table.domain(digits) if scheme in schemes]
    if not domains:
        return []
    found = resolve_code(table, digits, text or None, year, domains[0])
    return _resolved(table, found, year, schemes)


def _by_name(table: Codes, text: str, year: int | None, query: Query) -> list[Match]:
    """Return the codes that bear a name but for usual liberties."""
    fits = [fit for scheme in query.schemes for fit in by_name(table, scheme, clean(text), year)]
    ranked = sorted(fits, key=lambda fit: (fit.cost, fit.concept.scheme, fit.concept.notation))
    narrow = _parents(table, query)
    if narrow is not None:
        under = [fit for fit in ranked if fit.concept.parent in narrow]
        ranked = under or ranked
    best = [fit for fit in ranked if fit.cost == ranked[0].cost]
    return [
        _match(fit.concept, year, fit.differences, len(best) == 1 and fit is best[0], "名称相符")
        for fit in ranked
    ]


def _parents(table: Codes, query: Query) -> set[str] | None:
    """Return the codes that the parent given may be, or None if none is given."""
    values = _values(query, "parent")
    if not values:
        return None
    found: set[str] = set()
    for value in values:
        digits = table.digits(value)
        if table.domain(digits):
            found.add(digits)
            continue
        for scheme in query.schemes:
            found.update(fit.concept.notation for fit in by_name(table, scheme, clean(value), None))
    return found


def _alike(table: Codes, text: str, year: int | None, query: Query) -> list[Match]:
    """Return the codes with a name that contains the text, or is like it; never a match."""
    if not clean(text):
        return []
    hits = by_text(table, text, year, query.schemes)
    hits = hits or by_likeness(table, text, year, query.schemes, query.limit)
    return [
        Match(hit.concept, hit.concept.name_in(year), round(60 * hit.score, 1), False, hit.reason)
        for hit in hits[:MOST]
    ]


def _resolved(
    table: Codes, found: Resolution, year: int | None, schemes: Sequence[str]
) -> list[Match]:
    """Return a resolution as candidates: what it resolved to first, then what else fits."""
    matches = []
    if found.concept is not None and found.scheme in schemes:
        matches.append(_match(found.concept, year, found.differences, True, found.reason))
    for candidate in found.candidates:
        concept = _concept(table, candidate, year)
        if concept is not None and candidate.scheme in schemes:
            score = round(100 * min(candidate.score, 0.95), 1)
            matches.append(Match(concept, candidate.name, score, False, candidate.reason))
    return sorted(matches, key=lambda one: -one.score)


def _concept(table: Codes, candidate: Candidate, year: int | None) -> Concept | None:
    scheme, notation = candidate.scheme, candidate.notation
    return table.get(scheme, notation, year) or table.get(scheme, notation)


def _match(
    concept: Concept, year: int | None, words: Sequence[Differs], single: bool, reason: str
) -> Match:
    """Return a candidate whose name was compared; it is a match if it is single and near."""
    points = cost(words)
    used = concept.used(year)
    score = max(0.0, 100 - 5 * points - (0 if used else 20))
    features: dict[str, float | bool] = {"nameCost": points, "inUse": used}
    sure = single and points <= SURE and used
    return Match(concept, concept.name_in(year), score, sure, reason, features)


def _narrowed(table: Codes, found: list[Match], query: Query) -> list[Match]:
    """Return the candidates after parent and level have had their say.

    A condition that is not required only lowers the score of others, and takes their match away.
    """
    parents = _parents(table, query)
    tests: dict[str, Callable[[Match], bool]] = {
        "parent": lambda one: parents is not None and one.concept.parent in parents,
        "level": lambda one: one.concept.level in _levels(_values(query, "level")),
    }
    for condition in query.conditions:
        if condition.name in tests and condition.values:
            found = _filtered(found, tests[condition.name], condition)
    return sorted(found, key=lambda one: (-one.score, one.concept.notation))


def _filtered(
    found: Iterable[Match], test: Callable[[Match], bool], condition: Condition
) -> list[Match]:
    kept = []
    for one in found:
        wanted = condition.quantifier is not Quantifier.NONE
        if test(one) == wanted:
            kept.append(one)
        elif not condition.required:
            features = {**one.features, f"{condition.name}Differs": True}
            score = round(one.score / 2, 1)
            kept.append(Match(one.concept, one.name, score, False, one.reason, features))
    return kept


def _levels(values: Iterable[str]) -> set[str]:
    return {value.strip() for value in values} & set(LEVELS)
