"""What a document says it is: organisation with aliases and superior, year, statement, level.

Taken from many slots and decided by weight, never from one sentence: a wrong year in one place
is a finding of a rule, not the document's year. Patterns are data (graph/identity.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kemu import assets
from kemu.model.document import Document, Paragraph
from kemu.model.facts import Identity, Organisation

_TITLE_LINES = 25


@dataclass(frozen=True)
class Patterns:
    """graph/identity.toml, compiled."""

    organisation: tuple[tuple[re.Pattern[str], int, int], ...]
    superior: tuple[re.Pattern[str], ...]
    subordinates: tuple[re.Pattern[str], ...]
    level: tuple[re.Pattern[str], ...]
    year: tuple[tuple[re.Pattern[str], int], ...]
    statement: dict[str, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    stops: tuple[str, ...]
    fund_words: re.Pattern[str]


def data() -> dict[str, Any]:
    """Return graph/identity.toml as read."""
    return tomllib.loads(assets.asset("graph", "identity.toml").read_text(encoding="utf-8"))


@cache
def patterns() -> Patterns:
    """Return the patterns by which documents say what they are."""
    table = data()
    suffixes = "|".join(sorted(table["organisation"]["suffixes"], key=len, reverse=True))
    name = rf"[一-龥（）]{{2,36}}(?:{suffixes})(?:（本级）|（机关）|机关|本级)?"

    def compiled(text: str) -> re.Pattern[str]:
        year = r"(?P<year>(?:19|20)\d\d)"
        return re.compile(text.replace("{name}", name).replace("{year}", year))

    return Patterns(
        organisation=tuple(
            (compiled(p["regex"]), p["weight"], p.get("first", 0))
            for p in table["organisation"]["pattern"]
        ),
        superior=tuple(compiled(p["regex"]) for p in table["superior"]),
        subordinates=tuple(compiled(p["regex"]) for p in table["subordinates"]),
        level=tuple(compiled(p["regex"]) for p in table["level"]),
        year=tuple((compiled(p["regex"]), p["weight"]) for p in table["year"]),
        statement={k: tuple(v) for k, v in table["statement"].items()},
        levels={k: tuple(v) for k, v in table["level_words"].items()},
        stops=tuple(table["organisation"]["stops"]),
        fund_words=re.compile(
            "一般公共预算|政府性基金预算|国有资本经营预算|预算单位|预算管理|预算法"
        ),
    )


def clean_name(name: str) -> str:
    """Return the name without words that cannot begin one; empty if nothing is left."""
    for stop in patterns().stops:
        cut = name.rfind(stop)
        if cut >= 0 and (len(stop) > 1 or cut == 0 or stop == "是"):
            name = name[cut + len(stop) :]
    name = name.lstrip("（）")
    if name.count("（") != name.count("）"):
        name = name.replace("（", "").replace("）", "")
    return name if len(name) >= 4 else ""


def lines(document: Document) -> Iterator[str]:
    """Yield every line that may say what the document is: paragraphs and tables' captions."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.content.text
        else:
            yield from (caption.content.text for caption in block.captions)


def _names(texts: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for number, text in enumerate(texts):
        for pattern, weight, first in patterns().organisation:
            if first and number >= first:
                continue
            for match in pattern.finditer(text):
                name = clean_name(match["name"])
                if name:
                    found[name] += weight
    return found


def is_alias(short: str, full: str) -> bool:
    """Tell whether `short` abbreviates `full`: its characters occur there in the same order."""
    rest = iter(full)
    return short != full and len(short) >= 4 and all(char in rest for char in short)


def _main_name(found: Counter[str]) -> str:
    """Return the full name that, with its aliases, is said most."""
    weights = {
        full: own + sum(n for short, n in found.items() if is_alias(short, full))
        for full, own in found.items()
    }
    return max(weights, key=lambda name: (weights[name], len(name), name), default="")


def _first(compiled: Iterable[re.Pattern[str]], texts: list[str], group: str) -> str:
    for text in texts:
        for pattern in compiled:
            match = pattern.search(text)
            if match:
                return match[group]
    return ""


def _year(texts: list[str]) -> str:
    found: Counter[str] = Counter()
    for text in texts:
        for pattern, weight in patterns().year:
            found.update({m["year"]: weight for m in pattern.finditer(text)})
    return max(found, key=lambda year: (found[year], year), default="")


def _vote(texts: list[str], words: dict[str, tuple[str, ...]]) -> str:
    """Return the member whose words occur most; words in title lines count thrice."""
    votes: Counter[str] = Counter()
    for number, text in enumerate(texts):
        plain = patterns().fund_words.sub("", text)
        weight = 3 if number < _TITLE_LINES else 1
        for member, listed in words.items():
            votes[member] += weight * sum(plain.count(word) for word in listed)
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] else ""


def _title(texts: list[str]) -> str:
    for number, text in enumerate(texts[:_TITLE_LINES]):
        if re.search(r"(?:预算|决算)", text) and len(text) < 60 and not text.endswith("。"):
            before = texts[number - 1] if number else ""
            return before + text if before and len(before) < 30 and "年" not in before else text
    return texts[0][:60] if texts else ""


def identify(document: Document) -> tuple[Identity, tuple[Organisation, ...]]:
    """Return what the document says it is, and the organisations it reports on and to.

    A field is empty where the document does not say it.
    """
    texts = [text for text in lines(document) if text]
    found = _names(texts)
    name = _main_name(found)
    aliases = tuple(sorted(short for short in found if is_alias(short, name)))
    superior = clean_name(_first(patterns().superior, texts, "name"))
    superior = "" if superior == name else superior
    declared = _first(patterns().subordinates, texts, "count")
    identity = Identity(
        title=_title(texts),
        organisation=name,
        year=_year(texts),
        statement=_vote(texts, patterns().statement),
        level=_vote(texts[:_TITLE_LINES], patterns().levels) or _vote(texts, patterns().levels),
    )
    own = Organisation(
        id=name,
        name=name,
        aliases=aliases,
        superior=superior,
        subordinates=int(declared) if declared else None,
        budget_level=_first(patterns().level, texts, "level"),
    )
    organisations = [own] if name else []
    if superior:
        organisations.append(Organisation(id=superior, name=superior))
    return identity, tuple(organisations)
