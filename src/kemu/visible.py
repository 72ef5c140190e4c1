r"""Text of documents and file names made harmless for terminals and spreadsheets.

A terminal obeys escape sequences and turns text round at bidirectional marks; a spreadsheet takes
a cell that begins with `=` for a formula. What a document or a file name prints must never be
obeyed, so it is shown: `\x1b[2J` as these letters.
"""

from __future__ import annotations

import re

_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)
_OBEYED_IN_LINES = re.compile(rf"(?![\n\t])(?:{_OBEYED.pattern})")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_HARMLESS = re.compile(r"[+\-＋－]?\s*[\d,.]+%?|[-+－＋]+")


def visible(text: str, lines: bool = False) -> str:
    r"""Return text with what is obeyed instead of shown written as `\x1b`, `\u202e`.

    Args:
        text: Any text.
        lines: Whether it is laid out in lines, whose ends and tabs stay.
    """
    return (_OBEYED_IN_LINES if lines else _OBEYED).sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def as_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; an apostrophe in front says it is text.

    Numbers stay numbers, negative ones too, and a lone dash stays a dash.
    """
    return "'" + text if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would take a text for a formula if it was typed in."""
    return bool(_FORMULA.match(text)) and not _HARMLESS.fullmatch(text)
