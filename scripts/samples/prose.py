"""The prose of a sample: its sentences with the figures put in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples.blocks import Block, Para, Sample
from samples.economic import NAMES
from samples.figures import ZERO, percent, plain
from samples.sichuan import Layout
from samples.vocabulary import ordinal


def words(source: dict[str, Any], layout: Layout) -> dict[str, str]:
    """Return what the prose's placeholders stand for."""
    f = layout.figures
    show = plain if source["document"].get("plain") else (lambda v: f"{v:.2f}" if v else "0")
    values = {
        "total": f.total, "basic": f.total_basic, "project": f.total_project,
        "personnel": f.personnel, "public": f.public, "reception": layout.reception,
        "vehicle": layout.vehicle, "three": layout.reception + layout.vehicle,
        "procurement": sum((Decimal(r[3]) for r in layout.procurement), ZERO),
    }  # fmt: skip
    for kind in ("货物", "工程", "服务"):
        rows = [Decimal(r[3]) for r in layout.procurement if r[4] == kind]
        values[f"procurement_{kind}"] = sum(rows, ZERO)
    said = {name: show(value) for name, value in values.items()}
    for name, last in f.last.items():
        change = values[name] - last
        said[f"{name}_last"] = show(last)
        said[f"{name}_diff"] = show(abs(change))
        said[f"{name}_word"] = "增加" if change > 0 else "减少"
        said[f"{name}_trend"] = "增长" if change > 0 else "下降"
        said[f"{name}_rate"] = plain(percent(abs(change), last))
    said["basic_share"] = plain(percent(f.total_basic, f.total))
    said["project_share"] = plain(percent(f.total_project, f.total))
    spent = [(f.names[c], f.by_code(c)) for c in f.classes]
    said["class_names"] = "、".join(name for name, _ in spent)
    said["class_amounts"] = "、".join(f"{name}{show(v)}万元" for name, v in spent)
    said["class_shares"] = "；".join(
        f"{name}{show(v)}万元，占{plain(percent(v, f.total))}%" for name, v in spent
    )
    for name, prefixes in (("personnel_list", ("301", "303")), ("public_list", ("302", "310"))):
        codes = [c for c in sorted(f.basic) if c[:3] in prefixes]
        said[name] = "、".join(f"{NAMES[c]}{show(f.basic[c])}万元" for c in codes)
    said["project_list"] = "、".join(f"{p.name}{show(p.total)}万元" for p in f.projects)
    said["project_count"] = str(len(f.projects))
    document = source["document"]
    said |= {name: str(document[name]) for name in ("unit", "short", "superior", "year")}
    said |= {"last_year": str(document["year"] - 1), "county": document["county"]}
    return said


def item_lines(source: dict[str, Any], layout: Layout) -> list[str]:
    """Return the numbered lines that explain the items one by one."""
    show = plain if source["document"].get("plain") else (lambda v: f"{v:.2f}")
    return [
        f"{number}.{layout.figures.path(item.code)}：{layout.year}年预算数为{show(item.total)}万元，"
        f"主要用于：{item.use}"
        for number, item in enumerate(layout.figures.items, 1)
    ]


def gloss_lines(layout: Layout, first: int) -> list[str]:
    """Return the 名词解释 of the items, numbered from `first`."""
    return [
        f"（{ordinal(number)}）{layout.figures.path(item.code)}：指{item.gloss}"
        for number, item in enumerate(layout.figures.items, first)
    ]


def build(source: dict[str, Any]) -> Sample:
    """Return the document: overview, tables, prose, terms."""
    layout = Layout(source)
    said = words(source, layout)
    blocks: list[Block] = []
    for line in source["text"]["lines"]:
        if line == "@tables":
            blocks += layout.blocks()
        elif line == "@items":
            blocks += [Para(text) for text in item_lines(source, layout)]
        elif line.startswith("@terms"):
            blocks += [Para(text) for text in gloss_lines(layout, int(line.split()[1]))]
        else:
            blocks.append(heading(line.format_map(said)))
    return Sample(source["document"]["name"], tuple(blocks))


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
