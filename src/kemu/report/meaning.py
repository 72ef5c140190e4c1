"""What an amount measures, in words: its key without the dimensions that say nothing."""

from __future__ import annotations

from functools import lru_cache

from kemu.classification import load
from kemu.model import dimensions
from kemu.model.facts import ALL, DIMENSIONS, NOT_APPLICABLE, UNDETERMINED, Key
from kemu.report.words import Words

_SCHEMES = {
    "functional": "functional", "dept_economic": "deptEconomic", "gov_economic": "govEconomic",
}  # fmt: skip
_DOCUMENT_WIDE = ("organisation", "consolidation")


@lru_cache(maxsize=4096)
def meaning(key: Key, lang: str = "zh", own: str = "") -> str:
    """Return a key in words: `2023 · 年初预算 · 支出 · 2080109 社会保险经办机构`.

    A dimension that the document leaves open is named with a question mark.

    Args:
        key: What is measured.
        lang: `zh` or `en`.
        own: The document's own organisation, which goes without saying.
    """
    parts = [_words(name, getattr(key, name), key, lang) for name in DIMENSIONS]
    if key.organisation not in (own, UNDETERMINED):
        parts.insert(0, key.organisation)
    return " · ".join(part for part in parts if part)


def _words(name: str, value: str, key: Key, lang: str) -> str:
    if value == UNDETERMINED:
        return Words(lang)("dimension", name) + "？"
    if name in _DOCUMENT_WIDE or value in (ALL, NOT_APPLICABLE, "money"):
        return ""
    if name in _SCHEMES and value.isdigit():
        year = int(key.year) if key.year.isdigit() else None
        concept = load().get(_SCHEMES[name], value, year) or load().get(_SCHEMES[name], value)
        return f"{value} {concept.name}" if concept else value
    return dimensions.label(name, value, lang)
