"""The organisations that a document names: its own with aliases, its superior, the units below.

A name counts where the words around it make it the subject (`X 2023年收支预算`, `部门：X`), never
because it occurs. Patterns are data (graph/identity.toml).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from kemu import knowledge
from kemu.model.facts import Organisation

_SHORTEST = 4
OWN_OFFICE = re.compile(r"（(?:本级|机关)）$|(?:本级|机关)$")
"""What is said of an organisation without the units below it."""
_ITEM = re.compile(r"^(?:\d{1,2}[.、．]|（[一二三四五六七八九十\d]{1,3}）)?")


def data() -> dict[str, Any]:
    """Return graph/identity.toml as in force."""
    return knowledge.table("identity")


@cache
def name_pattern() -> str:
    """Return the pattern of an organisation's name."""
    suffixes = "|".join(sorted(data()["organisation"]["suffixes"], key=len, reverse=True))
    return rf"[一-龥（）]{{2,36}}(?:{suffixes})(?:（本级）|（机关）|机关|本级)?"


@cache
def compiled(text: str) -> re.Pattern[str]:
    """Return a pattern of the file, names and years filled in."""
    year = r"(?P<year>(?:19|20)\d\d)"
    return re.compile(text.replace("{name}", name_pattern()).replace("{year}", year))


def clean_name(name: str) -> str:
    """Return the name without words that cannot begin one; empty if nothing is left."""
    for stop in data()["organisation"]["stops"]:
        for match in [*re.finditer(stop, name)][-1:]:
            if len(stop) > 1 or match.start() == 0 or stop == "是":
                name = name[match.end() :]
    name = name.lstrip("（）")
    if name.count("（") != name.count("）"):
        name = name.replace("（", "").replace("）", "")
    return name if len(name) >= _SHORTEST else ""


def is_alias(short: str, full: str) -> bool:
    """Tell whether `short` abbreviates `full`: its characters occur there in the same order."""
    rest = iter(full)
    return short != full and len(short) >= _SHORTEST and all(char in rest for char in short)


def slots(text: str, number: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield the names that a line makes its subject: name, weight, start, end.

    Args:
        text: The line.
        number: Which line of the document it is; a line that is nothing but a name counts only
            on the cover.
    """
    for pattern in data()["organisation"]["pattern"]:
        if number >= pattern.get("first", number + 1):
            continue
        for match in compiled(pattern["regex"]).finditer(text):
            name = match["name"] if pattern.get("whole") else clean_name(match["name"])
            if name:
                end = match.end("name")
                yield name, pattern["weight"], end - len(name), end


def names(texts: Sequence[str], titles: Iterable[str] = ()) -> Counter[str]:
    """Return the names that are subjects somewhere, weighted.

    Args:
        texts: The lines.
        titles: Lines of the cover that are read together.
    """
    found: Counter[str] = Counter()
    for number, text in [*enumerate(texts), *((len(texts), title) for title in titles)]:
        for name, weight, _, _ in slots(text, number):
            found[name] += weight
    return found


def main_name(found: Counter[str]) -> str:
    """Return the full name that, with its aliases, is said most.

    An office (X机关) that is named less than X is one of the units of X.
    """
    weights = {
        full: own + sum(n for short, n in found.items() if is_alias(short, full))
        for full, own in found.items()
        if found.get(OWN_OFFICE.sub("", full), own) <= own
    }
    return max(weights, key=lambda name: (weights[name], len(name), name), default="")


def aliases(full: str, found: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the short forms of a name: subjects that abbreviate it, and such forms in the text.

    In running text a form counts only if it begins and ends as the full name does.
    """
    short = {name for name in found if is_alias(name, full)}
    if len(full) > _SHORTEST:
        inner = rf"{full[:2]}[一-龥]{{1,{len(full) - 4}}}?{full[-1]}"
        for text in texts:
            short |= {m for m in re.findall(inner, text) if is_alias(m, full) and _ends(m, full)}
    return tuple(sorted(short))


def _ends(short: str, full: str) -> bool:
    """Tell whether a short form leaves out only the middle of the full one."""
    suffixes = data()["organisation"]["suffixes"]
    return any(short.endswith(s) and full.endswith(s) for s in suffixes)


def listed(texts: Sequence[str], own: Iterable[str]) -> tuple[str, ...]:
    """Return the units below that sentences and lines of a list name, in order."""
    known = set(own)
    found: dict[str, None] = {}
    for number, text in enumerate(texts):
        for pattern in data()["units"]:
            match = compiled(pattern["regex"]).search(text)
            if match is None:
                continue
            items = re.split(r"[、，；,;]", match["list"]) if match["list"] else []
            items = items or list(_lines(texts[number + 1 :]))
            for name in filter(None, map(_unit, items)):
                if not any(name == o or name.startswith((f"{o}（", f"{o}机关")) for o in known):
                    found.setdefault(name)
    return tuple(name for name in found if not any(is_alias(name, o) for o in known))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the lines after a colon that are a list."""
    for text in texts:
        line = _ITEM.sub("", text).rstrip("。；")
        if not _unit(line):
            return
        yield line


def _unit(item: str) -> str:
    """Return the unit that an item of a list is, else empty."""
    item = re.split(r"[为：:]", item.strip("。；， "))[-1]
    plain = re.sub(r"（[^（）]*）$", "", item)
    return plain if re.fullmatch(name_pattern(), plain) and len(plain) > _SHORTEST else ""


def below(units: Iterable[str], superior: str) -> list[Organisation]:
    """Return units as organisations below another."""
    return [Organisation(id=name, name=name, superior=superior) for name in units]
