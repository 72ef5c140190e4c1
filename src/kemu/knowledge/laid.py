"""One file of words laid over another: lists grow, new keys are added, nothing is replaced."""

from __future__ import annotations

from typing import Any

from kemu.errors import InputError
from kemu.knowledge.sources import Keys, Source

_LONGEST = 40
"""Characters of a value that a message shows."""


def laid(ours: Source, theirs: Source) -> dict[str, Any]:
    """Return what both hold; of lists, theirs come after ours.

    Raises:
        InputError: Theirs says something else where ours has a single value.
    """
    return _laid(ours.values, theirs.values, (), ours, theirs)


def _laid(
    below: dict[str, Any], above: dict[str, Any], path: Keys, ours: Source, theirs: Source
) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        there = (*path, key)
        old = below.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _laid(old, value, there, ours, theirs)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        elif key in below and old != value:
            raise _contradiction(there, old, value, ours, theirs)
        else:
            merged[key] = value
    return merged


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def _contradiction(
    path: Keys, old: object, value: object, ours: Source, theirs: Source
) -> InputError:
    name = ".".join(map(str, path))
    place = ours.where(ours.line(path, old))
    return InputError(
        "E-WORDS-CONTRADICTION",
        f"{name} 写作“{_short(value)}”，自带的词表（{place}）写作“{_short(old)}”",
        theirs.where(theirs.line(path, value)),
        "自带的写法不能改，只能往词表里添；请删去这一处。",
    )
