"""Lists of names without amounts: 主要包括：基本工资、津贴补贴…, 支出包括：卫生健康支出、…."""

from __future__ import annotations

import re

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL
from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.context import field_of
from kemu.model import dimensions

_NATURES = dimensions.divided_by("nature", "dept_economic")
_LEAST = 2
_ETC = re.compile(r"等(?:支出|费用|方面)?(?:的支出)?$|的支出$")


def follow(scene: Scene, gap: str, offset: int) -> None:
    """Take the names that the words behind an amount list.

    Names of 经济分类 behind 人员经费 or 公用经费 are a `nameList` about that amount; names of 类
    behind 支出包括 are a `classList`. A name that no code bears is kept as printed.

    Args:
        scene: What is known here.
        gap: The words.
        offset: Where they begin in the paragraph.
    """
    focus = scene.state.focus
    for match in sentences.pattern("names", "classes").finditer(gap):
        _take(scene, match, offset, FUNCTIONAL, "classList", "expenditure")
    if focus is None or focus.key.nature not in _NATURES:
        return
    items = sentences.pattern("names", "regex").match(gap)
    if items is not None:
        _take(scene, items, offset, DEPT_ECONOMIC, "nameList", focus.slug)


def _take(
    scene: Scene, match: re.Match[str], offset: int, scheme: str, kind: str, about: str
) -> None:
    names = [_ETC.sub("", name) for name in re.split(r"[、，]", match["list"])]
    names = [name for name in names if name]
    codes = [_code(scene, name, scheme) for name in names]
    known = [code for code in codes if code]
    if len(known) < _LEAST or 2 * len(known) < len(codes):
        return
    if scheme == FUNCTIONAL:
        for name in names:
            label = scene.labels.whole(name, {}) or scene.labels.names.near(name, {})
            if label is not None:
                scene.mention(label)
    value = "|".join(code or name for code, name in zip(codes, names, strict=True))
    start, end = offset + match.start("list"), offset + match.end("list")
    scene.span(kind, start, end, value, about)


def _code(scene: Scene, name: str, scheme: str) -> str:
    """Return the code that a name of a list bears, or empty."""
    context = scene.context
    lexicon = context.lexicon if scheme == FUNCTIONAL else context.economic
    reading = lexicon.read(name)
    code = reading.says.get(field_of(scheme), "") if reading.understood else ""
    if code:
        return code
    level = "类" if scheme == FUNCTIONAL else None
    return context.codes.resolve_name(name, context.year, (scheme,), level=level).code
