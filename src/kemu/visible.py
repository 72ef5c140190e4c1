r"""Text of documents and file names made harmless for terminals and spreadsheets.

A terminal obeys escape sequences and turns text round at bidirectional marks; a spreadsheet takes
a cell that begins with `=` for a formula. What a document or a file name prints must never be
obeyed, so it is shown: `\x1b[2J` as these letters.
"""

from __future__ import annotations

import re
import unicodedata

_OBEYED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_LAYOUT = frozenset("\n\t")
_PLAIN = re.compile(r"[ -~\n㐀-鿿，。、；：（）“”《》·…—]*")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_HARMLESS = re.compile(r"[+\-＋－]?\s*[\d,.]+%?|[-+－＋]+")


def visible(text: str, lines: bool = False) -> str:
    r"""Return text with what is obeyed instead of shown written as `\x1b`, `\u202e`.

    Args:
        text: Any text.
        lines: Whether it is laid out in lines, whose ends and tabs stay.
    """
    if _PLAIN.fullmatch(text) and (lines or "\n" not in text):
        return text
    kept = _LAYOUT if lines else frozenset()
    return "".join(
        _escaped(c) if c not in kept and unicodedata.category(c) in _OBEYED else c for c in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def as_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; an apostrophe in front says it is text.

    Numbers stay numbers, negative ones too, and a lone dash stays a dash.
    """
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text
