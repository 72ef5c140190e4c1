"""From a printed name or code to a code of the classification: one, or a list, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kemu.classification.resolve.resolution import Candidate, Fit, Resolution, score, unresolved
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    GOV_ECONOMIC,
    LEVELS,
    MODERN,
    SCHEMES,
    Concept,
    Name,
    NameKind,
    YearBasis,
)
from kemu.classification.tables.differences import Differs, cost, describe
from kemu.classification.tables.spelling import MAX_EDITS, clean, compare, loose, undoubled

MATCHES = 20_000
"""Names held against codes that are remembered: documents print the same ones."""
_APPENDED = re.compile(r"(.+)（(.+)）")

Words = tuple[Differs, ...]

_OTHER_TIME = {
    NameKind.FORMER: Differs.FORMER_NAME,
    NameKind.LATER: Differs.NEWER_NAME,
    NameKind.VARIANT: Differs.VARIANT_NAME,
}


@lru_cache(maxsize=MATCHES)
def match(
    table: Codes,
    scheme: str,
    notation: str,
    printed: str,
    year: int | None,
    edits: int = 0,
    *,
    older: bool = False,
) -> Fit | None:
    """Return how a code fits a cleaned printed name in a year, or None if it does not.

    All versions are tried, the one of the year first, those of an older edition only if asked.
    Slips are looked for in official names only.
    """
    known = table.versions(scheme, notation)
    versions = known if older else _known_in(known, year)
    best = table.get(scheme, notation, year) or (versions[-1] if versions else None)
    ordered = [c for c in (best, *versions) if c is not None and c in versions]
    matches = (_version(concept, printed, year, edits) for concept in dict.fromkeys(ordered))
    return min((m for m in matches if m), key=lambda m: m.cost, default=None)


def _known_in(versions: tuple[Concept, ...], year: int | None) -> tuple[Concept, ...]:
    """Return the versions of a code that a name printed in a year may mean.

    What only sources of an older edition print is left out, unless it became what is in use: many
    names of today were names of other codes then.
    """
    if year is None:
        return versions
    modern = [version for version in versions if not version.outdated(year)]
    linked = {name.text for version in modern for name in version.names}
    alone = not any(version.covers(year) for version in modern)
    return tuple(
        c for c in versions if c in modern or c.name in linked or (alone and not c.gone(year))
    )


def _version(concept: Concept, printed: str, year: int | None, edits: int) -> Fit | None:
    found: list[Words] = []
    for name in concept.names:
        words = compare(printed, name.text, edits if name.kind is NameKind.OFFICIAL else 0)
        if words is not None:
            found.append((*words, *_time(concept, name, year)))
    return Fit(concept, min(found, key=cost)) if found else None


def _time(concept: Concept, name: Name, year: int | None) -> Words:
    """Return what is wrong with a code's name in a year, as far as the years are established."""
    if year is None:
        if name.kind in _OTHER_TIME:
            return (_OTHER_TIME[name.kind],)
        return () if concept.current else (Differs.CODE_NO_LONGER,)
    if not concept.covers(year) and name.kind is NameKind.OFFICIAL:
        late = concept.valid_to is not None and year > concept.valid_to
        return (Differs.CODE_NO_LONGER if late else Differs.CODE_NOT_YET,)
    if name.kind is NameKind.VARIANT:
        return (Differs.VARIANT_NAME,)
    if name.kind is NameKind.OFFICIAL or (_dated(name) and name.covers(year)):
        return ()
    if name.kind is NameKind.FORMER:
        return _former(concept, name, year)
    sourced = name.from_basis is YearBasis.SOURCED
    return (Differs.NEWER_NAME if sourced else Differs.UNDATED_NAME,)


def _former(concept: Concept, name: Name, year: int) -> Words:
    """Return whether a former name is known to be out of use in a year.

    A name that was still printed after the code began was given up later: then only a print of the
    new name between the two dates the change.
    """
    if name.valid_to is not None and name.to_basis is not YearBasis.GENERAL:
        return (Differs.FORMER_NAME,)
    if name.attested and year <= max(name.attested):
        return ()
    modern = [seen for seen in concept.years_seen if seen >= MODERN]
    sourced = concept.valid_from if concept.from_basis is YearBasis.SOURCED else None
    begun = sourced if sourced is not None else min(modern, default=None)
    last = max(name.attested, default=None)
    if begun is not None and last is not None and begun <= last:
        begun = min((seen for seen in modern if seen > last), default=None)
    dated = begun is not None and begun <= year
    return (Differs.FORMER_NAME if dated else Differs.UNDATED_NAME,)


def _dated(name: Name) -> bool:
    return name.valid_from is not None or name.valid_to is not None


def decide(table: Codes, matches: Iterable[Fit], year: int | None, what: str) -> Resolution:
    """Return the one cheapest match, or say that several codes fit or none does."""
    ranked = sorted(matches, key=lambda m: (m.cost, m.concept.scheme, m.concept.notation))
    if not ranked:
        return unresolved(f"科目表中没有与“{what}”相符的名称。")
    best = [m for m in ranked if m.cost == ranked[0].cost]
    if len(best) > 1:
        reason = f"“{what}”可以指 {len(best)} 个科目，需要上级科目或代码才能确定。"
        return unresolved(reason, tuple(m.candidate(year) for m in best))
    return answer(table, best[0], year, tuple(m.candidate(year) for m in ranked[1:6]))


def answer(
    table: Codes, found: Fit, year: int | None, others: tuple[Candidate, ...] = ()
) -> Resolution:
    """Return a match as the answer, with its official name and path in the year."""
    concept = found.concept
    name = concept.name_in(year)
    path = table.path(concept.scheme, concept.parent, year) if concept.parent else ()
    words = tuple(dict.fromkeys(found.differences))
    when = "现行" if year is None else f"{year} 年"
    reason = f"与{when}科目 {concept.notation} {name}"
    return Resolution(
        code=concept.notation,
        scheme=concept.scheme,
        official_name=name,
        differences=words,
        candidates=others,
        score=score(found.cost),
        reason=f"{reason}一致。" if not words else f"{reason}相符，但有不同：{describe(words)}。",
        concept=concept,
        path=(*(c.name_in(year) for c in path), name),
    )


def resolve_name(
    table: Codes,
    name: str,
    year: int | None,
    schemes: Sequence[str] = SCHEMES,
    parent: str | None = None,
    level: str | None = None,
) -> Resolution:
    """Return the code that a single name means; nothing if several bear it.

    Args:
        table: The codes.
        name: As printed.
        year: In whose classification to read it; the latest if None.
        schemes: Where to look.
        parent: Code under which it must lie; needed for names such as 行政运行.
        level: 类, 款, 项 or 目, if known.
    """
    printed = clean(name)
    if not printed:
        return unresolved("没有印出名称。")
    found: list[Fit] = []
    for scheme in schemes:
        under = parent or ""
        found += by_name(table, scheme, printed, year, under, level)
        if not found and (parent or level == LEVELS[0]):
            found += by_slip(table, scheme, printed, year, [under], level)
    if not found:
        for scheme in schemes:
            found += _appended(table, scheme, printed, year)
    return decide(table, found, year, name.strip())


def by_name(
    table: Codes,
    scheme: str,
    printed: str,
    year: int | None,
    parent: str = "",
    level: str | None = None,
) -> list[Fit]:
    """Return the codes under a parent whose name is the printed one but for usual liberties."""
    keys = dict.fromkeys((loose(printed), loose(undoubled(printed))))
    notations = dict.fromkeys(code for key in keys for code in table.named(scheme, key))
    found = []
    for notation in notations:
        if notation.startswith(parent) and notation != parent:
            fit = match(table, scheme, notation, printed, year)
            if fit and level in (None, fit.concept.level):
                found.append(fit)
    return found


def by_slip(
    table: Codes,
    scheme: str,
    printed: str,
    year: int | None,
    parents: Iterable[str],
    level: str | None = None,
) -> list[Fit]:
    """Return the codes directly under the parents whose name is the printed one but for slips."""
    found = []
    for parent in parents:
        for notation in table.below(scheme, parent):
            fit = match(table, scheme, notation, printed, year, MAX_EDITS)
            if fit and level in (None, fit.concept.level):
                found.append(fit)
    return found


def _appended(table: Codes, scheme: str, printed: str, year: int | None) -> list[Fit]:
    """Return the codes meant by `行政运行（人力资源和社会保障管理事务）`."""
    parts = _APPENDED.fullmatch(printed)
    if not parts:
        return []
    above = {m.concept.notation for m in by_name(table, scheme, parts[2], year)}
    return [
        found.plus(Differs.PARENT_APPENDED)
        for found in by_name(table, scheme, parts[1], year)
        if found.concept.parent in above
    ]


def resolve_code(
    table: Codes,
    notation: str,
    name: str | None,
    year: int | None,
    scheme: str | None = None,
) -> Resolution:
    """Return what a code as printed in a table means, and how its printed name differs.

    Args:
        table: The codes.
        notation: As printed, with or without blanks and dots between its parts.
        name: The name printed beside it.
        year: In whose classification to read it; the latest if None.
        scheme: Its scheme where the column tells, else read from its first digit.
    """
    digits = table.digits(notation)
    domains = (scheme,) if scheme else table.domain(digits)
    if not digits.isdigit() or not domains:
        return unresolved(f"“{notation}”不是科目代码的形式。")
    scheme = domains[0]
    code, words = _known(table, scheme, digits)
    if not code:
        return _no_such_code(table, scheme, digits, name, year)
    concept = table.get(scheme, code, year) or _nearest(table, scheme, code, year)
    if not name or not clean(name):
        time = () if year is None else _time(concept, concept.names[0], year)
        return answer(table, Fit(concept, (*words, *time)), year)
    return _with_name(table, concept, clean(name), year, words)


def _known(table: Codes, scheme: str, digits: str) -> tuple[str, Words]:
    """Return the code in the tables that digits stand for, and how they differ from it."""
    if table.versions(scheme, digits):
        return digits, (Differs.ZERO_ITEM,) if table.padded(scheme, digits) else ()
    local = scheme in (DEPT_ECONOMIC, GOV_ECONOMIC) and len(digits) == 7
    if local and table.versions(scheme, digits[:5]):
        return digits[:5], (Differs.LOCAL_CODE,)
    return "", ()


def _nearest(table: Codes, scheme: str, code: str, year: int | None) -> Concept:
    """Return the version whose years lie nearest to a year that none covers."""
    versions = table.versions(scheme, code)
    return min(
        versions,
        key=lambda c: min(
            abs((year or 0) - edge) for edge in (c.valid_from, c.valid_to) if edge is not None
        ),
    )


def _no_such_code(
    table: Codes, scheme: str, digits: str, name: str | None, year: int | None
) -> Resolution:
    found = by_name(table, scheme, clean(name), year) if name else []
    ranked = sorted(found, key=lambda m: (m.cost, m.concept.notation))
    return Resolution(
        scheme=scheme,
        differences=(Differs.CODE_UNKNOWN,),
        candidates=tuple(m.candidate(year) for m in ranked[:20]),
        reason=f"科目表中没有代码 {digits}；科目表并不完备，不能据此断定它不存在。",
    )


def _in_use(found: Iterable[Fit]) -> list[Fit]:
    """Return the codes that bear a name, best first; those given up only if there are no others."""
    ranked = sorted(found, key=lambda one: one.cost)
    used = [one for one in ranked if Differs.CODE_NO_LONGER not in one.differences]
    return used or ranked


def _with_name(
    table: Codes, concept: Concept, printed: str, year: int | None, words: Words
) -> Resolution:
    """Return a code with how its printed name differs: from its own, or because it is another's."""
    scheme, code = concept.scheme, concept.notation
    exact = match(table, scheme, code, printed, year)
    if exact:
        return answer(table, exact.plus(*words), year)
    appended = [m for m in _appended(table, scheme, printed, year) if m.concept.notation == code]
    if appended:
        return answer(table, appended[0].plus(*words), year)
    if Differs.LOCAL_CODE in words:
        return answer(table, Fit(concept, words), year)
    others = _in_use(by_name(table, scheme, printed, year))
    if others:
        lines = tuple(m.candidate(year) for m in others[:20])
        return answer(table, Fit(concept, (*words, Differs.NAME_OF_OTHER_CODE)), year, lines)
    slip = match(table, scheme, code, printed, year, older=True) or match(
        table, scheme, code, printed, year, MAX_EDITS
    )
    if slip:
        return answer(table, slip.plus(*words), year)
    if year is not None and concept.outdated(year):
        return _no_such_code(table, scheme, code, printed, year)
    if len(printed) >= 4 and any(clean(n.text).startswith(printed) for n in concept.names):
        return answer(table, Fit(concept, (*words, Differs.TRUNCATED)), year)
    if len(code) == 3:
        reason = f"“{printed}”不是 {code} 的名称，{code} 在这里可能是单位或项目的编号。"
        return unresolved(reason, (Fit(concept, (Differs.NAME_UNKNOWN,)).candidate(year),))
    return answer(table, Fit(concept, (*words, Differs.NAME_UNKNOWN)), year)
