"""Labels short enough for a column: what a clerk would write, not the whole printed phrase."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^.*(?:[（(][类款][)）])(.+?)[（(]项[)）].*$", re.DOTALL)
_OPENING = re.compile(r"^(?:其中|支出包括|收入包括|主要包括|包括|分别是|分别为)[：:,，]?")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])"
)
_CLOSING = re.compile(
    r"(?<![-－—年])[：:]?(?:\d{4}年(?:年初)?(?:预算|决算|支出|执行)数?(?:安排)?|\d{4}年[为是]"
    r"|(?<!预算)(?<!决算)(?<!全年)(?:预算|决算|支出|执行)数)?[为是]?$"
)


def short(label: str) -> str:
    """Return the words of a label that tell it from others: `社会保险经办机构`."""
    text = "".join(label.split())
    found = _ITEM.match(text)
    if found:
        return found[1]
    text = _ORDINAL.sub("", _OPENING.sub("", text))
    return _CLOSING.sub("", text) or text
