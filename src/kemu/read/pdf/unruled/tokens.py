"""The texts of a line that stand apart, as the cells of a table may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kemu.model import figures
from kemu.read.blocks.normalise import content
from kemu.read.pdf.glyph import Box, PrintedLine, Segment

_DASHES = re.compile(r"[-—–－]+")
_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、．.])"
)
_ITEM_TEXT = re.compile(rf"{_ITEM.pattern}[^\d]|\d{{3,9}}(?!\d)[^年]*$|其中[：:]")
# 类, 款 and 项 head columns of their own; other characters far apart are one word, set wide.
_WIDE = re.compile(r"项目|(?!.*[类款项目])(?!(.)\1)[一-龥]{2,4}")
_WIDEST = 4.0
_EVEN = 1.6
_ITEM_AWAY = 3.0


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line that is set apart from the others.

    Attributes:
        raw: As printed.
        box: Around it.
        text: As compared.
        size: Its type size.
    """

    raw: str
    box: Box
    text: str
    size: float

    @property
    def centre(self) -> float:
        """Its middle across."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle height."""
        return (self.box.top + self.box.bottom) / 2

    @property
    def number(self) -> bool:
        """Whether it is a number and nothing else, or the dash that stands for none."""
        return figures.is_number(self.text, percent=True) or bool(_DASHES.fullmatch(self.text))

    @property
    def amount(self) -> bool:
        """Whether it is plainly an amount, or the dash that stands for none."""
        return figures.is_amount(self.text, zero=True, percent=True) or bool(
            _DASHES.fullmatch(self.text)
        )

    @property
    def item(self) -> bool:
        """Whether it begins as an item of a table does, not as what heads a column."""
        return bool(_ITEM_TEXT.match(self.text))


Line = tuple[Token, ...]


def tokens_of(line: PrintedLine) -> Line:
    """Return the texts of a line that stand apart, words that are set wide as one."""
    found = [_token((piece,), line.size) for piece in line.pieces]
    joined: list[Token] = []
    inner = 0.0
    for token in found:
        gap = (token.box.x0 - joined[-1].box.x1) / token.size if joined else 0.0
        if joined and _belongs(joined[-1], token, gap, inner):
            joined[-1] = _joined(joined[-1], token)
            inner = gap
        else:
            joined.append(token)
            inner = 0.0
    return tuple(joined)


def _belongs(before: Token, token: Token, gap: float, inner: float) -> bool:
    if _ITEM.fullmatch(before.text):
        return gap < _ITEM_AWAY and not token.number
    if len(token.text) > 1 or (len(before.text) > 1 and not inner):
        return False
    most = inner * _EVEN if inner else _WIDEST
    return gap < most and bool(_WIDE.fullmatch(before.text + token.text))


def _token(pieces: Sequence[Segment], size: float) -> Token:
    raw = pieces[0].text
    return Token(raw, pieces[0].box, content(raw).text, size)


def _joined(one: Token, other: Token) -> Token:
    raw = f"{one.raw} {other.raw}"
    return Token(raw, one.box.around(other.box), one.text + other.text, one.size)


def is_ordinals(line: Line) -> bool:
    """Return whether a line numbers the columns: 栏次 1 2 3 4."""
    numbers = [int(token.text) for token in line if re.fullmatch(r"\d{1,2}", token.text)]
    others = [token.text for token in line if not re.fullmatch(r"\d{1,2}", token.text)]
    named = any(text in ("栏次", "行次") for text in others)
    rising = len(numbers) > 1 and all(
        b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False)
    )
    if named:
        return bool(numbers) and len(numbers) + sum(t in ("栏次", "行次") for t in others) == len(
            line
        )
    return rising and not others and numbers[0] == 1


def is_tabular(line: Line) -> bool:
    """Return whether a line holds an amount beside something else."""
    return len(line) > 1 and any(token.amount for token in line)
