"""Paths of the classification in other notations than 类款项 in brackets (graph/paths.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kemu import knowledge
from kemu.classification import FUNCTIONAL, Classification, Resolution
from kemu.extract.words.lexicon import Lexicon, Reading
from kemu.extract.words.numbering import numbering

_LEVELS = "类款项"
_CODED = re.compile(r"(?P<code>\d{2,7})?(?P<name>.*)")
_FEWEST = 2
_SHORTEST = 2
_CLASS, _STEP = 3, 2
"""Digits of a 类, and of what each level adds."""
_STOPS = re.compile(r"[，。；：]")
_QUOTED = re.compile(r"“(?P<path>[^“”]+)”(?P<rest>[^“”]*)$")


@dataclass(frozen=True, slots=True)
class Path:
    """A path as printed.

    Attributes:
        text: All of it.
        names: From above down, as far as printed.
        code: Its code's digits as printed, or empty.
        resolution: What the classification makes of it.
        rest: What the words behind it say.
    """

    text: str
    names: tuple[str, ...]
    code: str
    resolution: Resolution
    rest: Reading


def data() -> dict[str, Any]:
    """Return graph/paths.toml as in force."""
    return knowledge.table("paths")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(data()[name])


def ending(text: str, codes: Classification, year: int | None, words: Lexicon) -> Path | None:
    """Return the path that ends a text but for words that are understood, None if none does."""
    return (
        _levelled(text, codes, year, words)
        or _set_apart(text, codes, year, words)
        or _joined(text, codes, year, words)
    )


# Codes --------------------------------------------------------------------------------------


def _levelled(text: str, codes: Classification, year: int | None, words: Lexicon) -> Path | None:
    """Return `司法（06款）行政运行（01项）`, or `行政运行（204类06款01项）`."""
    whole = _last(_pattern("levels"), text)
    if whole is not None:
        name = _STOPS.split(text[: whole.start()])[-1]
        digits = "".join(part or "" for part in whole.groups())
        return _found(text[whole.end() :], (_plain(name),), digits, codes, year, words)
    marks = list(_pattern("level").finditer(text))
    run = marks[-1:]
    for mark in reversed(marks[:-1]):
        if not run or _LEVELS.index(mark["level"]) >= _LEVELS.index(run[0]["level"]):
            break
        run.insert(0, mark)
    if len(run) < _FEWEST or run[0]["level"] != _LEVELS[0]:
        return None
    before = _plain(_STOPS.split(text[: run[0].start()])[-1])
    starts = zip(run, run[1:], strict=False)
    names = [before, *(text[one.end() : two.start()] for one, two in starts)]
    digits = "".join(mark["code"] for mark in run)
    named = tuple(name for name in names if name)
    return _found(text[run[-1].end() :], named, digits, codes, year, words)


def _set_apart(text: str, codes: Classification, year: int | None, words: Lexicon) -> Path | None:
    """Return `201-03-01行政运行`, or `行政运行（201-03-01）`."""
    match = _last(_pattern("code"), text)
    if match is None:
        return None
    digits = codes.digits(match["code"])
    before, behind = text[: match.start()], text[match.end() :]
    if before.endswith("（") and behind.startswith("）"):
        name = _plain(_STOPS.split(before[:-1])[-1])
        return _found(behind[1:], (name,), digits, codes, year, words)
    behind = behind.lstrip("-—.·）")
    for end in range(len(behind), _SHORTEST - 1, -1):
        path = _found(behind[end:], (behind[:end],), digits, codes, year, words)
        if path is not None and not path.resolution.differences:
            return path
    return _found("", (behind,), digits, codes, year, words)


def _found(
    rest: str,
    names: Sequence[str],
    digits: str,
    codes: Classification,
    year: int | None,
    words: Lexicon,
) -> Path | None:
    reading = words.read(_unquoted(rest))
    found = codes.resolve_code(digits, names[-1] if names else None, year, FUNCTIONAL)
    if not reading.understood or not found.code:
        return None
    return Path("".join(names), tuple(names), digits, found, reading)


# Names --------------------------------------------------------------------------------------


def _joined(text: str, codes: Classification, year: int | None, words: Lexicon) -> Path | None:
    """Return `甲-乙-丙`, in quotes or without, with a code before it or without."""
    quoted = _QUOTED.search(text)
    if quoted is not None:
        rest = words.read(quoted["rest"])
        path = _run(quoted["path"], codes, year) if rest.understood else None
        return None if path is None else Path(*path, rest)
    tail = _plain(_STOPS.split(text)[-1].strip("“”"))
    for end in range(len(tail), _SHORTEST, -1):
        rest = words.read(tail[end:])
        path = _run(tail[:end], codes, year) if rest.understood else None
        if path is not None and path[-1].code:
            return Path(*path, rest)
    path = _run(tail, codes, year)
    return None if path is None else Path(*path, Reading())


def _run(
    text: str, codes: Classification, year: int | None
) -> tuple[str, tuple[str, ...], str, Resolution] | None:
    """Return a run of names with what it means; None if it is none, or no name in it is known."""
    marks = [mark for mark in data()["separators"] if mark in text]
    if len(marks) != 1:
        return None
    pieces = [piece for piece in re.split(re.escape(marks[0]) + "+", text) if piece]
    split = [match for piece in pieces if (match := _CODED.fullmatch(piece)) is not None]
    code = _digits([match["code"] or "" for match in split])
    names = tuple(match["name"] for match in split if match["name"])
    if not _FEWEST <= len(names) <= len(_LEVELS) or min(map(len, names)) < _SHORTEST:
        return None
    each = (codes.resolve_name(n, year=year, schemes=(FUNCTIONAL,)) for n in names)
    known = any(found.code or found.candidates for found in each)
    if not known:
        return None
    if code:
        return text, names, code, codes.resolve_code(code, names[-1], year, FUNCTIONAL)
    return text, names, "", _resolved(names, codes, year)


def _digits(codes: Sequence[str]) -> str:
    """Return the code of a run: the longest printed, or 208—05—02 put together."""
    parts = [code for code in codes if code]
    if parts and len(parts[0]) == _CLASS and all(len(code) == _STEP for code in parts[1:]):
        return "".join(parts)
    return max((code for code in parts if len(code) >= _CLASS), key=len, default="")


def _resolved(names: tuple[str, ...], codes: Classification, year: int | None) -> Resolution:
    for above in range(len(_LEVELS) - len(names) + 1):
        found = codes.resolve_path(("",) * above + names, year)
        if found:
            return found
    return found


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _plain(name: str) -> str:
    """Return a name without the number before it."""
    number = numbering(name)
    return _unquoted(name[len(number[0]) :] if number else name)


def _unquoted(text: str) -> str:
    return text.strip("“”：、")
