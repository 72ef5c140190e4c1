"""Plain text for terminals, where a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width_of(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def clip(text: str, width: int) -> str:
    """Return the text cut to `width` columns, `…` where something was cut."""
    if width_of(text) <= width:
        return text
    taken, used = [], 2
    for character in text:
        used += _width(character)
        if used > width:
            break
        taken.append(character)
    return "".join(taken) + "…"


def pad(text: str, width: int, right: bool = False) -> str:
    """Return the text filled with blanks to `width` columns."""
    blanks = " " * max(0, width - width_of(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int, indent: str = "", follow: str | None = None) -> str:
    """Return the text broken into lines of `width` columns, numbers and Latin words kept whole.

    Args:
        text: One line.
        width: Columns of the terminal.
        indent: Begins the first line.
        follow: Begins the other lines; as the first if None.
    """
    follow = indent if follow is None else follow
    room = max(
        20, width - max(width_of(indent), width_of(follow)) - 2
    )  # punctuation hangs over by one character
    output, line, used = [], "", 0
    for piece in _pieces(text):
        size = width_of(piece)
        limit = room + 2 if piece in "，。、；：）”》！？〗" else room
        if line and used + size > limit:
            output.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            size = width_of(piece)
        line += piece
        used += size
    output.append(line.rstrip())
    return indent + f"\n{follow}".join(output)


_OPENING = "（“《〖【(["


def _pieces(text: str) -> Sequence[str]:
    """Return the units a line may be broken between: wide characters singly, others by the word."""
    pieces: list[str] = []
    joined = False
    for character in text:
        narrow = _width(character) == 1 and not character.isspace()
        if pieces and (joined and narrow or pieces[-1][-1] in _OPENING):
            pieces[-1] += character
        else:
            pieces.append(character)
        joined = narrow
    return pieces


_NARROW = 12


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> str:
    """Return an aligned table; the widest columns give way when it would not fit into `width`.

    Args:
        header: Titles of the columns.
        rows: The cells.
        width: Columns of the terminal.
        right: Columns set to the right.
        whole: Columns that are never cut.
    """
    lines = [header, *rows]
    widths = [max(width_of(line[i]) for line in lines) for i in range(len(header))]
    gap = 2
    room = width - gap * (len(widths) - 1)
    cut = [i for i in range(len(widths)) if i not in whole]
    while sum(widths) > room and max((widths[i] for i in cut), default=0) > _NARROW:
        widths[max(cut, key=lambda i: widths[i])] -= 1
    body = []
    for line in lines:
        cells = zip(line, widths, range(len(widths)), strict=True)
        body.append((" " * gap).join(pad(clip(t, w), w, i in right) for t, w, i in cells).rstrip())
    rule = (" " * gap).join("-" * w for w in widths)
    return "\n".join([body[0], rule, *body[1:]])
