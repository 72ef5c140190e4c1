"""A choice of codes as users of statistical services write it: lists, ranges and wildcards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kemu.classification.tables.concept import LEVELS, Concept
from kemu.errors import InputError

MOST_PARTS = 200
_PART = re.compile(r"\d{1,9}\*?")
_RANGE = re.compile(r"(\d{1,9})\s*-\s*(\d{1,9})(\*?)")


def selected(
    concepts: Iterable[Concept], codes: str = "", levels: Sequence[str] = ()
) -> tuple[Concept, ...]:
    """Return the concepts chosen, in their order.

    Args:
        concepts: What to choose from.
        codes: `20101, 208*, 210-213, 20801-20805*`; all if empty. A star stands for everything
            below as well; the ends of a range have the same number of digits.
        levels: 类, 款, 项, 目; all if empty.

    Raises:
        InputError: A part of the choice is no code, range or wildcard.
    """
    odd = [level for level in levels if level not in LEVELS]
    if odd:
        message = f"没有级次“{odd[0][:10]}”"
        raise InputError("E-API-SELECT", message, "level", "可以是类、款、项、目。")
    tests = [_test(part.strip()) for part in re.split(r"[,，;；]", codes) if part.strip()]
    if len(tests) > MOST_PARTS:
        raise InputError("E-API-SELECT", f"有 {len(tests)} 项，最多 {MOST_PARTS} 项", "select")
    return tuple(
        concept
        for concept in concepts
        if (not levels or concept.level in levels)
        and (not tests or any(test(concept.notation) for test in tests))
    )


def _test(part: str) -> Callable[[str], bool]:
    found = _RANGE.fullmatch(part)
    if found and len(found[1]) == len(found[2]):
        first, last, below = found[1], found[2], bool(found[3])
        size = len(first)
        return lambda code: first <= code[:size] <= last and (below or len(code) == size)
    if not _PART.fullmatch(part):
        raise InputError(
            "E-API-SELECT", f"“{part[:20]}”不是代码、范围或通配", "select",
            "如 20101, 208*, 210-213。",
        )  # fmt: skip
    if part.endswith("*"):
        return lambda code: code.startswith(part[:-1])
    return lambda code: code == part
