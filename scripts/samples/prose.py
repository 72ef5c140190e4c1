"""The prose of a sample: its sentences with the figures put in."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from samples.blocks import Block, Para, Sample
from samples.economic import NAMES
from samples.figures import percent, plain
from samples.unit import Unit
from samples.vocabulary import ordinal

Lines = Callable[[Unit], list[str]]


def shown(unit: Unit) -> Callable[[Decimal], str]:
    """Return how the document prints amounts in sentences."""
    return plain if unit.plain else (lambda value: f"{value:.2f}" if value else "0")


def words(unit: Unit) -> dict[str, str]:
    """Return what the prose's placeholders stand for."""
    f, show = unit.figures, shown(unit)
    values = unit.values()
    extra = {k: Decimal(v) for k, v in unit.source.get("extra", {}).items()}
    values |= extra
    said = {name: show(value) for name, value in values.items()}
    for kind in ("货物", "工程", "服务"):
        said[f"procurement_{kind}"] = show(unit.purchases(kind))
    for name, last in f.last.items():
        said |= {f"{name}_{key}": text for key, text in change(values[name], last, show).items()}
    for name in ("basic", "project", "all_projects", "fiscal", "general", "fund", "other"):
        said[f"{name}_share"] = plain(percent(values[name], f.total))
    for name in ("vehicle", "reception"):
        said[f"{name}_share"] = plain(percent(values[name], values["three"]))
    spent = [(f.names[c], f.sum("total", c)) for c in f.classes]
    said["class_names"] = "、".join(name for name, _ in spent)
    said["class_amounts"] = "、".join(f"{name}{show(v)}万元" for name, v in spent)
    said["class_shares"] = "；".join(
        f"{name}{show(v)}万元，占{plain(percent(v, f.total))}%" for name, v in spent
    )
    for name, prefixes in (("personnel", ("301", "303")), ("public", ("302", "310"))):
        codes = [c for c in sorted(f.basic) if c[:3] in prefixes]
        said[f"{name}_list"] = "、".join(f"{NAMES[c]}{show(f.basic[c])}万元" for c in codes)
        said[f"{name}_names"] = "、".join(NAMES[c] for c in codes)
    said["project_list"] = "、".join(f"{p.name}{show(p.total)}万元" for p in f.projects)
    said["project_count"] = str(len(f.projects))
    said |= unit.source.get("words", {})
    document = unit.source["document"]
    said |= {key: str(text) for key, text in document.items() if isinstance(text, str | int)}
    return said | {"last_year": str(unit.year - 1)}


def change(now: Decimal, last: Decimal, show: Callable[[Decimal], str]) -> dict[str, str]:
    """Return the words of a comparison with last year."""
    difference = now - last
    return {
        "last": show(last),
        "diff": show(abs(difference)),
        "word": "增加" if difference > 0 else "减少",
        "trend": "增长" if difference > 0 else "下降",
        "rate": plain(percent(abs(difference), last)) if last else "",
    }


def item_lines(unit: Unit) -> list[str]:
    """Return the numbered lines that explain the items one by one."""
    show = shown(unit)
    return [
        f"{number}.{unit.figures.path(item.code)}：{unit.year}年预算数为{show(item.total)}万元，"
        f"主要用于：{item.use}"
        for number, item in enumerate(unit.figures.items, 1)
    ]


def gloss_lines(unit: Unit, first: int, bracket: bool = True) -> list[str]:
    """Return the 名词解释 of the items, numbered from `first`."""
    return [
        f"（{ordinal(number)}）{unit.figures.path(item.code)}：指{item.gloss}"
        if bracket
        else f"{ordinal(number)}、{unit.figures.path(item.code)}：反映{item.gloss}"
        for number, item in enumerate(unit.figures.items, first)
    ]


def build(unit: Unit, tables: list[Block], lists: dict[str, Lines] | None = None) -> Sample:
    """Return the document: the source's lines, tables and lists where it wants them."""
    assert "@tables" in unit.source["text"]["lines"], unit.unit
    said = words(unit)
    lists = {"@items": item_lines} | (lists or {})
    blocks: list[Block] = []
    for line in unit.source["text"]["lines"]:
        if line == "@tables":
            blocks += tables
        elif line in lists:
            blocks += [heading(text) for text in lists[line](unit)]
        elif line.startswith(("@terms", "@glossary")):
            name, first = line.split()
            blocks += [Para(t) for t in gloss_lines(unit, int(first), name == "@terms")]
        else:
            blocks.append(heading(line.format_map(said)))
    return Sample(unit.source["document"]["name"], tuple(blocks))


def heading(line: str) -> Para:
    """Return a paragraph from a source line; `#`s before it give its level, `!` the title.

    The number of a heading that a word processor would count itself ends with `|`.
    """
    if line.startswith("!"):
        return Para(line[1:], -1)
    level = len(line) - len(line.lstrip("#"))
    text = line[level:]
    number, _, rest = text.rpartition("|")
    return Para(rest, level, number)
