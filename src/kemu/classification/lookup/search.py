"""Find codes by any part of a name, by an old name, by the first letters, or by a near miss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from kemu.classification.tables.codes import Codes, SearchedName
from kemu.classification.tables.concept import SCHEMES, Concept, Name, NameKind
from kemu.classification.tables.rows import rows
from kemu.classification.tables.spelling import SUFFIX, clean

SAME = 0.95
"""Fit from which a name counts as the one typed, though 支出 at its end is left out."""
NEAR = 0.6
"""Likeness from which a name is offered as "did you mean"."""
_KINDS = {
    NameKind.OFFICIAL: "名称",
    NameKind.FORMER: "旧称",
    NameKind.LATER: "新称",
    NameKind.VARIANT: "并存写法",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found, why, and how well it fits (1 is best)."""

    concept: Concept
    score: float
    reason: str


def by_text(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes with a name that contains the text, the best first."""
    wanted = clean(text)
    if not wanted:
        return []
    found = []
    for item in _names(table, year, schemes):
        if wanted in item.cleaned:
            whole = item.cleaned == wanted
            score = _fit(wanted, item.cleaned)
            if item.name.kind is not NameKind.OFFICIAL:
                score -= 0.15
            found.append(Hit(item.concept, round(score, 2), _reason(item.name, whole)))
    return _ranked(found, year)


def _fit(wanted: str, name: str) -> float:
    """Return how well a part of a name stands for it; 支出 at its end is often left out."""
    if name == wanted:
        return 1.0
    if name.startswith(wanted):
        return SAME if name == wanted + SUFFIX else 0.9
    return 0.8


def by_words(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes whose own name has one of several words, and whose path has the others."""
    words = [word for part in text.split() if (word := clean(part))]
    if len(words) < 2:
        return []
    found = []
    for item in _names(table, year, schemes):
        rest = [word for word in words if word not in item.cleaned]
        if len(rest) < len(words) and (not rest or _all_above(table, item, rest, year)):
            score = round(0.7 - 0.1 * len(rest) / len(words), 2)
            found.append(Hit(item.concept, score, "各级名称含有所查文字"))
    return _ranked(found, year)


def _all_above(table: Codes, item: SearchedName, words: Sequence[str], year: int | None) -> bool:
    concept = item.concept
    path = table.path(concept.scheme, concept.parent, year) if concept.parent else ()
    names = [clean(name.text) for above in path for name in above.names]
    return all(any(word in name for name in names) for word in words)


def by_initials(table: Codes, letters: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes with a name whose characters begin with these letters in Pinyin."""
    wanted = letters.lower()
    found = []
    for item in _names(table, year, schemes):
        initials = _spelt(item.cleaned) if item.name.kind is NameKind.OFFICIAL else ()
        if any(wanted in spelt for spelt in initials):
            whole = any(end in initials for end in (wanted, wanted + _spelt(SUFFIX)[0]))
            start = any(spelt.startswith(wanted) for spelt in initials)
            score = SAME if whole else 0.75 if start else 0.6
            found.append(Hit(item.concept, score, f"拼音首字母 {wanted}"))
    return _ranked(found, year)


def by_pattern(table: Codes, pattern: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes whose number or name fits a pattern in which `*` stands for anything."""
    wanted = re.compile(".*".join(re.escape(clean(part)) for part in pattern.split("*")))
    found = []
    for item in _names(table, year, schemes):
        official = item.name.kind is NameKind.OFFICIAL
        if official and wanted.fullmatch(item.concept.notation):
            found.append(Hit(item.concept, 1.0, "代码符合"))
        elif wanted.fullmatch(item.cleaned):
            found.append(Hit(item.concept, 0.9 if official else 0.75, "名称符合"))
    return _ranked(found, year)


def by_likeness(
    table: Codes, text: str, year: int | None, schemes: Sequence[str], limit: int
) -> list[Hit]:
    """Return the codes with the names most like the text: "did you mean"."""
    from rapidfuzz import fuzz, process

    items = _names(table, year, schemes)
    near = process.extract(
        clean(text),
        [item.cleaned for item in items],
        scorer=fuzz.ratio,
        limit=5 * limit,
        score_cutoff=100 * NEAR,
    )
    hits = [Hit(items[at].concept, round(alike / 125, 3), "名称相近") for _, alike, at in near]
    return _ranked(hits, year)


def _names(table: Codes, year: int | None, schemes: Sequence[str]) -> list[SearchedName]:
    return [item for scheme in schemes for item in table.searched(scheme, year)]


@lru_cache(maxsize=8192)
def _spelt(name: str) -> tuple[str, ...]:
    """Return the first letters of a name's characters, in every reading (行 is h or x)."""
    table = _initials()
    readings = (table.get(character, character.lower()) or " " for character in name)
    return tuple("".join(letters) for letters in product(*readings))


def _ranked(hits: list[Hit], year: int | None) -> list[Hit]:
    """Return the hits, one per code: those in use first, then the best name, the highest level."""

    def rank(hit: Hit) -> tuple[object, ...]:
        concept = hit.concept
        used = concept.used(year)
        fit, place = min(hit.score, SAME), SCHEMES.index(concept.scheme)
        return (not used, -fit, place, len(concept.notation), -hit.score, concept.notation)

    hits.sort(key=rank)
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.concept.scheme, hit.concept.notation), hit)
    return list(best.values())


def _reason(name: Name, whole: bool) -> str:
    kinds = {"official": "名称", "former": "旧称", "later": "新称", "variant": "并存写法"}
    words = f"{kinds[name.kind]}{'相同' if whole else '含有所查文字'}"
    return words if name.kind is NameKind.OFFICIAL else f"{words}：{name.text}"


@cache
def _initials() -> dict[str, str]:
    return {row["character"]: row["initials"] for row in rows("initials.csv")}
