"""Quantities said to be nil: 未安排政府采购预算, 没有使用…拨款安排的支出, 无."""

from __future__ import annotations

import re

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.keys import about
from kemu.model.facts import Claim, Key

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年度?")


def follow(scene: Scene, gap: str, offset: int) -> None:
    """Take what the words between two numbers say to be nil.

    Args:
        scene: What is known here.
        gap: The words.
        offset: Where they begin in the paragraph.
    """
    for match in sentences.pattern("zero", "regex").finditer(gap):
        label = scene.labels.whole(match["label"], {})
        if label is None or not about(label.says):
            continue
        before = re.split(r"[。；]", gap[: match.start()])[-1]
        years = _YEAR.findall(before) + ([label.says["year"]] if "year" in label.says else [])
        says = {**scene.section.says, **label.says}
        if years:
            says["year"] = years[-1]
        says.setdefault("flow", "expenditure")
        start, end = offset + match.start(), offset + match.end()
        slug = _claim(scene, start, end, match.group(), scene.key(says))
        if years:
            scene.year(years[-1], end, slug)


def whole(scene: Scene, text: str) -> None:
    """Take a section whose whole text is 无: what its heading names is nil."""
    match = sentences.pattern("zero", "whole").search(text)
    says = scene.section.says
    if match is None or not any(d in says for d in ("fund", "item")):
        return
    _claim(scene, match.start(), match.end(), match.group(), scene.key(says))


def _claim(scene: Scene, start: int, end: int, printed: str, key: Key) -> str:
    """Take one zero claim and return its slug."""
    place = scene.place(start, end)
    claim = Claim(
        slug=f"{place.slug}/zero",
        kind="zero",
        place=place,
        quote=scene.quote(start - 12, end),
        printed=printed,
    )
    scene.observed.claims.append(claim)
    scene.observed.wanted[claim.slug] = {"current": key}
    return claim.slug
