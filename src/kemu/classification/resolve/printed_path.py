"""Split a path as documents print it: `社会保障和就业支出（类）…（款）…（项）` into its names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kemu.classification.tables.spelling import clean

_LEVELS = "类款项"
_PART = re.compile(
    r"(?P<name>[^（()）：:，。；\n]*(?:[（(](?![类款项]\s*[）)])[^（()）]{1,12}[）)][^（()）：:，。；\n]*)*)"
    r"[（(]\s*(?P<level>[类款项])\s*[）)]"
)
_CODE = re.compile(r"(?<!\d)[1235]\d{2}(?:[\s.．·]?\d{2}){0,3}(?!\d)")
_SEPARATORS = re.compile(r"\s*(?:[>＞→/／|]|-{1,2}|—{1,2}|－)\s*")


@dataclass(frozen=True, slots=True)
class PrintedPath:
    """A path as printed, taken apart.

    Attributes:
        names: Of 类, 款 and 项; empty where a level is not printed.
        code: The longest code printed among them, digits only, or empty.
        rest: What follows the last level mark (an amount, an explanation).
        marked: Whether the levels were marked （类）（款）（项）, not merely separated.
    """

    names: tuple[str, str, str]
    code: str = ""
    rest: str = ""
    marked: bool = False

    @property
    def level(self) -> int:
        """Number of levels down to the last printed one; 0 if there is none."""
        return max((depth + 1 for depth, name in enumerate(self.names) if name), default=0)


def parse_path(text: str) -> PrintedPath:
    """Return the names of 类, 款 and 项 in a text, half or full width, with or without marks.

    Ordinals in front, blanks and codes between the names are taken out. Without marks the levels
    are those between `-`, `/` or `>`; a single name is taken as that of the first level.
    """
    names = dict.fromkeys(_LEVELS, "")
    codes = _CODE.findall(text)
    end = 0
    for part in _PART.finditer(text):
        if names[part["level"]]:
            break
        names[part["level"]] = _name(part["name"])
        end = part.end()
    if end:
        rest = text[end:].strip().lstrip(":：").strip()
        code = max((re.sub(r"\D", "", c) for c in _CODE.findall(text[:end])), key=len, default="")
        return PrintedPath((names["类"], names["款"], names["项"]), code, rest, marked=True)
    parts = [name for part in _SEPARATORS.split(text) if (name := _name(part))][:3]
    code = max((re.sub(r"\D", "", c) for c in codes), key=len, default="")
    first, second, third = (*parts, "", "", "")[:3]
    return PrintedPath((first, second, third), code)


def _name(text: str) -> str:
    """Return a name without the code, ordinal and blanks around it."""
    return clean(_CODE.sub("", clean(text)).replace("（）", ""))
