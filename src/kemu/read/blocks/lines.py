"""Lines to paragraphs: which line breaks a sentence was cut by.

A text file's line is nearly always a paragraph, so a break is taken out only on evidence: the
line is part of a sentence and either it cannot end there or the next line cannot begin there.
Where most lines are equally long, the file was wrapped, and full lines go on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kemu.read.blocks.normalise import content


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text file, counted from 1, without its line end."""

    number: int
    raw: str

    @property
    def blank(self) -> bool:
        """Whether it prints nothing and holds no cell of a dumped table."""
        return not self.raw.strip() and "\t" not in self.raw


_NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]+|\d{1,2})[）)]|[一二三四五六七八九十百]+、|\d{1,2}(?:[、．]|\.(?!\d))"
    r"|第[一二三四五六七八九十\d]+[部分章节条]|附[件表]|[①-⑳]"
)
_ENDED = re.compile(r"[。；：！？…”》）)\]】;:]$")
_SENTENCE = re.compile(r"[，。；]|\d(?:亿|万)?元|\d%")
_CANNOT_END = re.compile(
    r"(?:[，、（“《及和与或的为较比占由于对将购按其共年月]|\d|增|减|公开|其中)$"
)
_CANNOT_BEGIN = re.compile(
    r"[，、。；：？！）”》%]|(?:及其?|和|与|的|(?:亿|万)?元|预算\d|次|辆)(?!$)"
)
_YEAR_END = re.compile(r"(?<!\d)\d{4}年度?$")
_TITLE_GOES_ON = re.compile(r"(?:部门|单位|预算|决算|收支)")
_YEARED_TITLE = re.compile(r"\d{4}年.*(?:说明|报告|公告|公开)$")
_TITLE_LENGTH = 40
_WRAP_SLACK = 4


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each paragraph; blank lines at its ends are left out."""
    full = _full_width(lines)
    group: list[Line] = []
    blanks: list[Line] = []
    for line in lines:
        if line.blank or not content(line.raw).text:
            blanks.append(line)
            continue
        if group and not _goes_on(group, line, len(blanks), full):
            yield tuple(group)
            group = []
        group += [*blanks, line] if group else [line]
        blanks = []
    if group:
        yield tuple(group)


def _goes_on(group: Sequence[Line], line: Line, gap: int, full: int) -> bool:
    """Return whether a line belongs to the paragraph before it, `gap` blank lines above."""
    before = content("\n".join(item.raw for item in group[-3:])).text
    after = content(line.raw).text
    if gap <= 1 and _opens(before) and after.find("）") in range(12):
        return True
    if _NUMBERED.match(after) or gap > 1:
        return False
    if max(len(before), len(after)) <= _TITLE_LENGTH and not _SENTENCE.search(before + after):
        return _title_goes_on(before, after)
    if gap or _ENDED.search(before):
        return False
    if full and _columns(group[-1].raw) >= full - _WRAP_SLACK:
        return not re.match(r"[ \u3000]{2}", line.raw)
    return bool(_SENTENCE.search(before)) and bool(
        _CANNOT_END.search(before) or _CANNOT_BEGIN.match(after)
    )


def _opens(text: str) -> bool:
    """Return whether the text ends inside a bracket."""
    return text.rfind("（") > text.rfind("）")


def _title_goes_on(before: str, after: str) -> bool:
    if _YEAR_END.search(before) and _TITLE_GOES_ON.match(after):
        return True
    return before.startswith("关于") and bool(_YEARED_TITLE.match(after))


def _columns(raw: str) -> int:
    """Return how many columns a line takes, Chinese characters counting two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in raw.rstrip())


def _full_width(lines: Sequence[Line]) -> int:
    """Return the width that a wrapped file's lines fill, 0 for a file that is not wrapped."""
    widths = [_columns(line.raw) for line in lines if not line.blank and "\t" not in line.raw]
    if len(widths) < 10:
        return 0
    widest = sorted(widths)[-max(1, len(widths) // 50)]
    full = sum(widest - _WRAP_SLACK <= width <= widest for width in widths)
    return widest if 40 <= widest <= 160 and full * 3 >= len(widths) else 0
