"""Amounts under performance management: of which projects, and what was done with them.

Projects with targets, projects evaluated and projects watched are different sets, and so are their
amounts; a key that did not tell them apart would set them against each other.
"""

from __future__ import annotations

import re

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.numbering import numbering
from kemu.model.facts import UNDETERMINED
from kemu.model.language import Dimension

_ITEMS = {"performance", "overallPerformance"}


def project(scene: Scene, text: str) -> dict[Dimension, str]:
    """Return what a paragraph on a single project says by its opening; empty if it is none.

    A name that comes twice is that of two projects: their numbers tell them apart.
    """
    match = sentences.pattern("project", "regex").match(text)
    if match is None and scene.section.says.get("item") in _ITEMS:
        match = sentences.pattern("project", "listed").match(text)
    match = match or sentences.pattern("project", "named").match(text)
    if match is None:
        return {}
    name = match["name"]
    if sentences.data()["project"]["overall"] in name:
        return {"item": "overallPerformance"}
    number = numbering(text)
    again = name in scene.projects
    scene.projects.add(name)
    told = f"{name}（{number[0].strip('.、．（）')}）" if again and number else name
    return {"item": "performance", "project": told}


def qualify(scene: Scene, says: dict[Dimension, str], own: bool) -> dict[Dimension, str]:
    """Return what is said of an amount, with the projects that it is told to be of.

    Args:
        scene: What is known here.
        says: What is said of the amount.
        own: Whether the amount's own words say that it is one under performance management;
            where they do not, and name no project, it is one project's, not known which.
    """
    if says.get("item") not in _ITEMS or "project" in says:
        return says
    count = scene.state.count
    if own and count is not None and count.key.item == "performanceProjects":
        says = {"nature": "project", **says}
    part = re.split(r"[。；]", scene.sentence)[-1]
    kinds = set(_find("kind", part))
    if sentences.data()["project"]["overall"] in part:
        return {**says, "item": "overallPerformance"} | _stage(part, set())
    stage = _stage(part, kinds)
    return {**says, **stage} if own or stage else {**says, "project": UNDETERMINED}


def _stage(part: str, kinds: set[str]) -> dict[Dimension, str]:
    stages = _find("stage", part)
    if not stages or _find("targets", part):
        return {}
    return {"project": (kinds.pop() if len(kinds) == 1 else "") + stages[0]}


def _find(name: str, part: str) -> list[str]:
    return [m.group() for m in sentences.pattern("performance", name).finditer(part)]
