"""Lines to paragraphs: which line breaks a sentence was cut by.

A text file's line is nearly always a paragraph, so a break is taken out only on evidence: the
line is part of a sentence and either it cannot end there or the next line cannot begin there.
Where most lines are equally long, the file was wrapped, and full lines go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kemu.read.blocks import captions, wrapping
from kemu.read.blocks.normalise import content
from kemu.read.blocks.wrapping import Wrap


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
_LONG = 20
"""Characters from which on a line is taken for a whole one, not the last of a paragraph."""
_FEWEST_CUT = 4
_HEADING_ENDS = re.compile(r"(?:情况|说明|解释|职责|概况|设置)$")


def wrap_of(lines: Sequence[Line]) -> Wrap | None:
    """Return how a file's prose was wrapped, None if it was not."""
    return wrapping.wrap_of(line.raw for line in lines if "\t" not in line.raw)


def are_cut(lines: Sequence[Line]) -> bool:
    """Tell whether lines are printed lines, not paragraphs: most long ones end in mid-sentence."""
    texts = [content(line.raw).text for line in lines if "\t" not in line.raw]
    long = [text for text in texts if len(text) >= _LONG and _SENTENCE.search(text)]
    cut = sum(not _ENDED.search(text) for text in long)
    return cut >= _FEWEST_CUT and 2 * cut > len(long)


def paragraphs(
    lines: Sequence[Line], wrap: Wrap | None = None, *, cut: bool = False
) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each paragraph; blank lines at its ends are left out.

    Args:
        lines: Of a stretch of prose.
        wrap: How the file was wrapped, if it was.
        cut: Whether a long line without an end mark is known to go on.
    """
    group: list[Line] = []
    blanks: list[Line] = []
    for line in lines:
        if line.blank or not content(line.raw).text:
            blanks.append(line)
            continue
        if group and not _goes_on(group, line, len(blanks), wrap, cut):
            yield tuple(group)
            group = []
        group += [*blanks, line] if group else [line]
        blanks = []
    if group:
        yield tuple(group)


def _goes_on(group: Sequence[Line], line: Line, gap: int, wrap: Wrap | None, cut: bool) -> bool:
    """Return whether a line belongs to the paragraph before it, `gap` blank lines above."""
    before = content("\n".join(item.raw for item in group[-3:])).text
    after = content(line.raw).text
    if gap <= 1 and _opens(before) and after.find("）") in range(12):
        return True
    if _NUMBERED.match(after) or gap > 1:
        return False
    stands_alone = gap or _heads(before) or captions.is_head(after)
    if wrap is not None and not stands_alone and wrap.breaks(group[-1].raw, line.raw):
        return True
    if max(len(before), len(after)) <= _TITLE_LENGTH and not _SENTENCE.search(before + after):
        return _title_goes_on(before, after)
    if gap or _ENDED.search(before):
        return False
    if cut and not stands_alone and len(content(group[-1].raw).text) >= _LONG:
        return True
    return bool(_SENTENCE.search(before)) and bool(
        _CANNOT_END.search(before) or _CANNOT_BEGIN.match(after)
    )


def _heads(text: str) -> bool:
    """Return whether a text is a whole heading: numbered, and ending as headings do."""
    return bool(_NUMBERED.match(text) and _HEADING_ENDS.search(text))


def _opens(text: str) -> bool:
    """Return whether the text ends inside a bracket."""
    return text.rfind("（") > text.rfind("）")


def _title_goes_on(before: str, after: str) -> bool:
    if _YEAR_END.search(before) and _TITLE_GOES_ON.match(after):
        return True
    return before.startswith("关于") and bool(_YEARED_TITLE.match(after))
