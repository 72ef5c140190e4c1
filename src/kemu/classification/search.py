"""Find codes by any part of a name, by an old name, by the first letters, or by a near miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kemu.classification.classification import Classification
from kemu.classification.concept import Concept, Name
from kemu.classification.names import clean
from kemu.classification.tables import rows

NEAR = 0.6
"""Likeness from which a name is offered as "did you mean"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found, why, and how well it fits (1 is best)."""

    concept: Concept
    score: float
    reason: str


def by_text(
    table: Classification, text: str, year: int | None, schemes: Sequence[str]
) -> list[Hit]:
    """Return the codes with a name that contains the text, the best first."""
    wanted = clean(text)
    if not wanted:
        return []
    found = []
    for concept, name in _names(table, year, schemes):
        cleaned = clean(name.text)
        if wanted in cleaned:
            whole, start = cleaned == wanted, cleaned.startswith(wanted)
            score = 1.0 if whole else 0.9 if start else 0.8
            if name.kind != "official":
                score -= 0.15
            found.append(Hit(concept, round(score, 2), _reason(name, whole)))
    return _ranked(found, year)


def by_initials(
    table: Classification, letters: str, year: int | None, schemes: Sequence[str]
) -> list[Hit]:
    """Return the codes with a name whose characters begin with these letters in Pinyin."""
    wanted = letters.lower()
    found = []
    for concept, name in _names(table, year, schemes):
        if name.kind == "official" and (place := _letters_at(clean(name.text), wanted)) >= 0:
            whole = place == 0 and len(clean(name.text)) == len(wanted)
            score = 0.95 if whole else 0.75 if place == 0 else 0.6
            found.append(Hit(concept, score, f"拼音首字母 {wanted}"))
    return _ranked(found, year)


def by_likeness(
    table: Classification, text: str, year: int | None, schemes: Sequence[str], limit: int
) -> list[Hit]:
    """Return the codes with the names most like the text: "did you mean"."""
    from rapidfuzz import fuzz, process

    pairs = list(_names(table, year, schemes))
    names = [clean(name.text) for _, name in pairs]
    near = process.extract(
        clean(text), names, scorer=fuzz.ratio, limit=5 * limit, score_cutoff=100 * NEAR
    )
    hits = [Hit(pairs[at][0], round(likeness / 125, 2), "名称相近") for _, likeness, at in near]
    return _ranked(hits, year)


def _names(
    table: Classification, year: int | None, schemes: Sequence[str]
) -> Iterator[tuple[Concept, Name]]:
    """Yield every code's version of the year (the latest if none fits) with each of its names."""
    for scheme in schemes:
        seen: set[str] = set()
        for version in table.concepts(scheme):
            if version.notation not in seen:
                seen.add(version.notation)
                concept = table.get(scheme, version.notation, year) or version
                yield from ((concept, name) for name in concept.names)


def _ranked(hits: list[Hit], year: int | None) -> list[Hit]:
    """Return the hits, one per code: codes in use first, then the best name, then by code."""

    def rank(hit: Hit) -> tuple[bool, float, str, str]:
        concept = hit.concept
        used = concept.current if year is None else concept.covers(year)
        return (not used, -hit.score, concept.notation, concept.scheme)

    hits.sort(key=rank)
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.concept.scheme, hit.concept.notation), hit)
    return list(best.values())


def _reason(name: Name, whole: bool) -> str:
    kinds = {"official": "名称", "former": "旧称", "later": "新称", "variant": "并存写法"}
    words = f"{kinds[name.kind]}{'相同' if whole else '含有所查文字'}"
    return words if name.kind == "official" else f"{words}：{name.text}"


def _letters_at(name: str, wanted: str) -> int:
    """Return where in a name the letters begin, or -1."""
    table = _initials()
    letters = [table.get(character, character.lower()) for character in name]
    for start in range(len(letters) - len(wanted) + 1):
        window = letters[start : start + len(wanted)]
        if all(letter in some for letter, some in zip(wanted, window, strict=True)):
            return start
    return -1


@cache
def _initials() -> dict[str, str]:
    return {row["character"]: row["initials"] for row in rows("initials.csv")}
