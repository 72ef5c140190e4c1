"""ActualText: what a file says that some print reads, which may differ from what is printed.

PDFium's text page gives what is said. What counts here is what is printed, so the marks are
taken off the page in memory before its text is read, and what they said is compared with it.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE
from collections.abc import Mapping, Sequence
from ctypes import c_ulong, create_string_buffer
from dataclasses import dataclass, field

from kemu.read.pdf.source import calls

_KEY = b"ActualText"
_ROOM = 2048
_DIGITS = re.compile(r"[\d.,%]+")


@dataclass(slots=True)
class Said:
    """What a mark says, and the text objects it says it of."""

    text: str
    owners: list[int] = field(default_factory=list)


def take_off(texts: Sequence[int]) -> list[Said]:
    """Take the marks with an ActualText off text objects and return what they say."""
    said: dict[int, Said] = {}
    found: list[tuple[int, int]] = []
    for owner in texts:
        for index in range(max(calls.count_marks(owner), 0)):
            mark = calls.mark(owner, index)
            text = said[mark].text if mark in said else _said(mark)
            if text is not None:
                said.setdefault(mark, Said(text)).owners.append(owner)
                found.append((owner, mark))
    for owner, mark in found:
        calls.remove_mark(owner, mark)
    return list(said.values())


def _said(mark: int) -> str | None:
    """Return what a mark says its content reads, None if it says nothing."""
    length = c_ulong()
    room = create_string_buffer(_ROOM)
    if not calls.mark_bytes(mark, _KEY, room, _ROOM, calls.address(length)):
        return None
    return _decoded(room.raw[: min(length.value, _ROOM)])


def _decoded(text: bytes) -> str:
    """Return a text string of a PDF: UTF-16 or UTF-8 if it says so, else nearly Latin-1."""
    for mark, encoding in ((BOM_UTF16_BE, "utf-16-be"), (BOM_UTF8, "utf-8")):
        if text.startswith(mark):
            return text[len(mark) :].decode(encoding, "replace")
    return text.decode("latin-1")


def differences(said: Sequence[Said], printed: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return what is printed and what is said where their numbers differ."""
    found = []
    for mark in said:
        text = "".join(printed.get(owner, "") for owner in mark.owners)
        if _DIGITS.findall(text) != _DIGITS.findall(mark.text):
            found.append((text, mark.text))
    return found
