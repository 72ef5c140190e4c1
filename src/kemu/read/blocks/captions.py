"""Lines that belong to a table without being a row of it: its title, unit, department, notes.

Readers of every format ask the same questions about such lines, so the answers are here. All
functions take compared text (`kemu.read.blocks.normalise`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kemu.model import figures
from kemu.model.document import Paragraph, Text
from kemu.read.blocks.normalise import content

_ORGANISATION = re.compile(
    r"""(?:编制|填报|预算|公开|报送|填表)?
    (?:部门|单位)(?:[（(/](?:部门|单位|盖章|公章|签章)[）)]?)*
    (?:名称|编码|代码|全称|[（(](?:公章|盖章)[）)])?[：:]""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"""[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年度?[）)]?$
    |(?:编制|填报|填表|公开)?(?:日期|时间)[：:]""",
    re.VERBOSE,
)
NUMBER = re.compile(
    r"[一-龥]{0,4}(?:附件|附表|公开|预算|决算|财决|表)+[\d一二三四五六七八九十.—-]+表?[：:]?$"
)
"""A table's number on a line of its own: 公开03表, 财政公开03表, 附表2."""
_TITLE = re.compile(
    r"(?:表(?:[（(][^（()）]*[）)])*(?:续|\d+)?|(?:预算|决算)(?:[（(][^（()）]*[）)])?)》?$"
)
_NOTE = re.compile(r"[*※]?(?:注|备注|说明|附注)[\d一二三四五六七八九十]*[：:]")
_GAP = re.compile(r"\t|\u3000{2,}|[ \u3000]{3,}|\n")
_LONGEST = 80


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        rf"""[（(]?(?:金额|计量|货币)?(?:单位|金额)[：:]?(?:人民币)?
        (?:{figures.money()}|%|人次|人|辆|个|/|、|，)+[）)]?$
        |[（(]?[一-龥]{{0,4}}[：:](?:人民币)?{figures.money()}[）)]?$""",
        re.VERBOSE,
    )


@cache
def _named_unit() -> re.Pattern[str]:
    kinds = "(?:金额|计量|货币)?(?:单位|金额)"
    return re.compile(rf"(?<![（(])(?<![（(]..){kinds}[：:](?:人民币)?{figures.money()}")


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(rf"[。；，？！]|[\d.]{figures.money()}")


def is_unit(text: str) -> bool:
    """Return whether a line states the unit of amounts: `金额单位：万元`."""
    return bool(_unit().match(text))


def is_head(text: str) -> bool:
    """Return whether a line above a table is a fixed one: unit, department, date or number.

    A line in which a unit of money is named is one whatever else it holds (`507-某馆单位：万元`);
    in brackets the unit may be a title's, or that of a column.
    """
    if len(text) > _LONGEST:
        return False
    if any(kind.match(text) for kind in (_unit(), _ORGANISATION, _DATE, NUMBER)):
        return True
    return names_unit(text) and not is_title(text)


def names_unit(text: str) -> bool:
    """Return whether a line, no sentence, names the unit of amounts somewhere."""
    return bool(_named_unit().search(text)) and not _sentence().search(text)


def are_head(texts: Sequence[str]) -> bool:
    """Return whether the parts of one line make it a fixed one.

    All of them do, or one names the unit of money and the others are neither title nor sentence.
    """
    if all(is_head(text) for text in texts):
        return True
    return any(map(names_unit, texts)) and all(
        is_head(text) or (is_short(text) and not is_title(text)) for text in texts
    )


def parts(line: Text) -> list[str]:
    """Return what stands apart in a caption, by compared text: at wide gaps, and before a unit.

    A title may be set with gaps between its characters; a line without a fixed part stays whole.
    """
    apart = [content(piece).text for piece in _GAP.split(line.raw)]
    split = [piece for text in apart for piece in _before_unit(text) if piece]
    return split if any(is_head(text) for text in split) else [line.text]


def _before_unit(text: str) -> list[str]:
    found = _named_unit().search(text)
    if found is None or _sentence().search(text):
        return [text]
    return [text[: found.start()], text[found.start() :]]


def is_title(text: str) -> bool:
    """Return whether a line can be a table's title: short, no sentence, says 表, no mere number."""
    if len(text) > 60 or _sentence().search(text) or NUMBER.match(text):
        return False
    return bool(_TITLE.search(text))


def is_table_title(text: str) -> bool:
    """Return whether a line is a title that names a table, not just a 预算 or 决算."""
    return is_title(text) and "表" in text


def is_note(text: str) -> bool:
    """Return whether a line is a note printed under a table: `注：本表……`."""
    return bool(_NOTE.match(text))


def is_short(text: str) -> bool:
    """Return whether a line can be a heading: short and no sentence."""
    return len(text) <= 40 and not text.endswith("：") and not _sentence().search(text)


def is_above(block: Paragraph, below: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph above a table belongs to it: its title, or a line beneath that.

    Args:
        block: The paragraph.
        below: Those between it and the table that are known to belong to the table.
    """
    text = block.content.text
    if any(is_title(item.content.text) for item in below):
        return _is_fixed_above(text) and not any(_is_fixed_above(i.content.text) for i in below)
    return is_head(text) or is_title(text)


def _is_fixed_above(text: str) -> bool:
    """Return whether a line may stand above a title: it names the unit of money."""
    return len(text) <= _LONGEST and (is_unit(text) or names_unit(text)) and not is_title(text)
