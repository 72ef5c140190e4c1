"""Find codes by any part of a name, by an old name, by the first letters, or by a near miss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.classification.lookup import spoken
from kemu.classification.tables.codes import Codes, SearchedName
from kemu.classification.tables.concept import SCHEMES, Concept, Name, NameKind
from kemu.classification.tables.labels import labels
from kemu.classification.tables.spelling import SUFFIX, clean

SAME = 0.95
"""Fit from which a name counts as the one typed, though 支出 at its end is left out."""
NEAR = 0.6
"""Likeness from which a name is offered as "did you mean"."""
OLD_NAME = 0.15
"""What a part of a name of another time is behind a part of a present one."""
RARE = 0.06
"""What a name that few documents print is behind one that many do, twice for none."""
OFTEN = 5
_SUFFIX_LETTERS = "zc"
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
                score -= OLD_NAME if score < SAME else 0.05
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
    words = [
        tuple(dict.fromkeys((word, spoken.expansions().get(word, word))))
        for part in text.split()
        if (word := clean(part))
    ]
    if len(words) < 2:
        return []
    found = []
    for item in _names(table, year, schemes):
        rest = [word for word in words if not any(one in item.cleaned for one in word)]
        if len(rest) < len(words) and (not rest or _all_above(table, item, rest, year)):
            score = round(0.7 - 0.1 * len(rest) / len(words), 2)
            found.append(Hit(item.concept, score, "各级名称含有所查文字"))
    return _ranked(found, year)


def _all_above(
    table: Codes, item: SearchedName, words: Sequence[Sequence[str]], year: int | None
) -> bool:
    concept = item.concept
    path = table.path(concept.scheme, concept.parent, year) if concept.parent else ()
    names = [clean(name.text) for above in path for name in above.names]
    return all(any(one in name for one in word for name in names) for word in words)


def by_letters(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes that Latin letters mean: English words, initials or Pinyin in full."""
    return (
        by_english(table, text, year, schemes)
        or by_initials(table, text, year, schemes)
        or by_pinyin(table, text, year, schemes)
    )


def by_alias(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes that people mean by a word that is no name, the most usual first."""
    codes = spoken.aliases().get(clean(text).lower(), ())
    found = [
        table.get(scheme, code, year) or table.get(scheme, code)
        for scheme, code in codes
        if scheme in schemes
    ]
    return [
        Hit(concept, round(SAME - 0.01 * n, 2), f"通常说的“{text}”")
        for n, concept in enumerate(one for one in found if one is not None)
    ]


def by_english(table: Codes, text: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes whose English label has these words."""
    found = []
    for (scheme, code), label in labels().items():
        fit = spoken.in_english(label, text) if scheme in schemes else 0.0
        concept = table.get(scheme, code, year) or table.get(scheme, code) if fit else None
        if concept is not None:
            found.append(Hit(concept, round(fit * SAME, 2), f"英文名称：{label}"))
    return _ranked(found, year)


def by_initials(table: Codes, letters: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes with a name whose characters begin with these letters in Pinyin."""
    wanted = letters.lower().replace(" ", "")
    found = []
    for item in _names(table, year, schemes):
        ways = spoken.initials(item.cleaned) if item.name.kind is NameKind.OFFICIAL else ()
        if any(wanted in letters for letters in ways):
            whole = any(end in ways for end in (wanted, wanted + _SUFFIX_LETTERS))
            start = any(letters.startswith(wanted) for letters in ways)
            score = SAME if whole else 0.75 if start else 0.6
            found.append(Hit(item.concept, score, f"拼音首字母 {wanted}"))
    said = [name for name in spoken.aliases() if wanted in spoken.initials(name)]
    found += [hit for name in said for hit in by_alias(table, name, year, schemes)]
    return _ranked(found, year)


def by_pinyin(table: Codes, letters: str, year: int | None, schemes: Sequence[str]) -> list[Hit]:
    """Return the codes with a name, or what people say for one, that these letters spell."""
    wanted = letters.lower().replace(" ", "").replace("'", "")
    for name in spoken.aliases():
        if (way := spoken.spelt(name, wanted)) and way[0]:
            return by_alias(table, name, year, schemes)
    found = []
    for item in _names(table, year, schemes):
        way = spoken.spelt(item.cleaned, wanted)
        if way is not None:
            score = SAME if way[0] else 0.85 if way[1] else 0.7
            score -= 0 if item.name.kind is NameKind.OFFICIAL else OLD_NAME
            found.append(Hit(item.concept, round(score, 2), f"拼音 {wanted}"))
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


def _ranked(hits: list[Hit], year: int | None) -> list[Hit]:
    """Return the hits, one per code: those in use first, then the best name, the highest level."""

    def rank(hit: Hit) -> tuple[object, ...]:
        concept = hit.concept
        used, place = concept.used(year), SCHEMES.index(concept.scheme)
        fit = round(min(hit.score, SAME) - RARE * _rarity(concept), 2)
        same = hit.score > SAME
        return (not used, -fit, not same, place, len(concept.notation), concept.notation)

    hits.sort(key=rank)
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.concept.scheme, hit.concept.notation), hit)
    return list(best.values())


def _rarity(concept: Concept) -> int:
    """Return 0 for a name that many documents print, 1 for few, 2 for none."""
    documents = sum(int(one[1:]) if one.startswith("+") else 1 for one in concept.sources)
    return 0 if documents >= OFTEN else 1 if concept.years_seen else 2


def _reason(name: Name, whole: bool) -> str:
    kinds = {"official": "名称", "former": "旧称", "later": "新称", "variant": "并存写法"}
    words = f"{kinds[name.kind]}{'相同' if whole else '含有所查文字'}"
    return words if name.kind is NameKind.OFFICIAL else f"{words}：{name.text}"
