"""Files of words: what they hold, and in which line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kemu import assets
from kemu.errors import InputError

FILES = (
    "bases", "counts", "figures", "glossary", "headings", "identities", "identity", "lexicon",
    "paths", "sentences", "tables", "understanding", "wording",
)  # fmt: skip
"""Names of the files, without suffix."""

Keys = tuple[str | int, ...]
_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*\[(?P<many>\[?)\s*(?P<name>{_DOTTED})\s*\]")
_KEY = re.compile(rf"^\s*(?P<name>{_DOTTED})\s*=")


@dataclass(frozen=True)
class Source:
    """One file of words.

    Attributes:
        name: `lexicon`.
        shown: Where it is, for messages.
        text: What it holds.
        is_own: Whether it is Kemu's, not a user's.
    """

    name: str
    shown: str
    text: str
    is_own: bool = False

    @cached_property
    def values(self) -> dict[str, Any]:
        """The file as read.

        Raises:
            InputError: It is no TOML.
        """
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+)", str(error))
            where = self.where(int(found[1])) if found else self.shown
            message = f"词表不是正确的 TOML：{error}"
            raise InputError(
                "E-WORDS-SYNTAX", message, where, "请改正这一行；写法照 graph/ 里的文件。"
            ) from error

    def where(self, line: int) -> str:
        """Return a line's place, for messages."""
        return f"{self.shown}:{line}"

    def line(self, path: Keys, value: object = None, nth: int = 0) -> int:
        """Return the line in which a value stands.

        Args:
            path: Its keys from the outside; the number of an entry for an array of tables.
            value: What is looked for there; None for the key itself.
            nth: How many times the same value stands there before it.
        """
        first, last = self._stretch(path)
        lines = self.text.splitlines()[first - 1 : last]
        if not isinstance(value, str):
            return first
        printed = [f'"{value}"', f"'{value}'", '"' + _escaped(value) + '"']
        hits = [
            first + index
            for index, line in enumerate(lines)
            for _ in range(max(line.count(text) for text in printed))
        ]
        return hits[min(nth, len(hits) - 1)] if hits else first

    def _stretch(self, path: Keys) -> tuple[int, int]:
        """Return first and last line of the innermost key of a path that has one of its own."""
        starts = self._starts
        best = (0, 1, 1)
        for index, (start, found) in enumerate(starts):
            last = starts[index + 1][0] - 1 if index + 1 < len(starts) else 10**9
            if len(found) > best[0] and path[: len(found)] == found:
                best = (len(found), start, last)
        return best[1], best[2]

    @cached_property
    def _starts(self) -> list[tuple[int, Keys]]:
        return list(_starts(self.text))


def _starts(text: str) -> Iterator[tuple[int, Keys]]:
    """Yield the lines that begin a table or a key, with its path."""
    table: Keys = ()
    entries: dict[Keys, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header is not None:
            table = _parts(header["name"])
            if header["many"]:
                entries[table] = entries.get(table, -1) + 1
                table = (*table, entries[table])
            yield number, table
        elif key is not None:
            yield number, (*table, *_parts(key["name"]))


def _parts(dotted: str) -> Keys:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def own(name: str) -> Source:
    """Return one of Kemu's own files."""
    text = assets.asset("graph", f"{name}.toml").read_text(encoding="utf-8")
    return Source(name, f"graph/{name}.toml", text, is_own=True)


def sources(folder: Path) -> dict[str, Source]:
    """Return the files of a user's folder by name, none of them read further than its text.

    Raises:
        InputError: There is no such folder, it has no file of words, one that Kemu does not know,
            or one that is not UTF-8.
    """
    if not folder.is_dir():
        raise InputError("E-WORDS-FOLDER", "找不到词表文件夹", str(folder), "请检查路径。")
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    known = "、".join(f"{name}.toml" for name in FILES)
    if not found:
        message = "词表文件夹里没有 .toml 文件"
        raise InputError("E-WORDS-FOLDER", message, str(folder), f"可以有：{known}。")
    for name, path in found.items():
        if name not in FILES:
            message = f"没有叫做 {name} 的词表"
            raise InputError("E-WORDS-FOLDER", message, str(path), f"可以有：{known}。")
    return {name: Source(name, str(path), _text(path)) for name, path in found.items()}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"词表读不了：{error}"
        raise InputError("E-WORDS-SYNTAX", message, str(path), "请存成 UTF-8 编码。") from error
