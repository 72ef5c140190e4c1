"""Prose wrapped at a fixed width is the prose it was, whoever wrapped it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.document import Paragraph
from kemu.read import read
from kemu.validate.check import check

MARKS = "，。；：、）”"
PROSE = (
    "云溪县档案馆2026年部门预算公开说明",
    "一、收支预算情况说明",
    "2026年收入预算总额为1234.56万元，其中：一般公共预算拨款收入1200.00万元，"
    "事业收入30.00万元，其他收入4.56万元。比上年增加34.56万元，增长2.88%，主要原因是人员增加。",
    "2026年支出预算总额为1234.56万元，其中：基本支出1034.56万元，项目支出200.00万元。"
    "基本支出中，人员经费934.56万元，公用经费100.00万元。",
    "二、一般公共预算拨款支出情况说明",
    "2026年一般公共预算拨款支出预算1200.00万元，主要用于以下方面：",
    "（一）一般公共服务支出1000.00万元，占83.33%，主要用于库房修缮、档案数字化和日常运行。",
    "（二）社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）"
    "120.00万元，占10.00%，主要用于按规定缴纳的养老保险费。",
    "（三）住房保障支出80.00万元，占6.67%，主要用于按规定缴纳的住房公积金。",
    "三、“三公”经费情况说明",
    "2026年“三公”经费预算10.00万元，其中：公务接待费2.00万元，公务用车运行维护费8.00万元，"
    "因公出国（境）费用0万元。比上年减少1.00万元，主要原因是厉行节约。",
)


def places(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def wrapped(text: str, width: int, size: Callable[[str], int], whole: bool) -> Iterator[str]:
    """Yield the lines of a text; `whole` keeps numbers whole and lets marks hang out."""
    line, used = "", 0
    for char in text:
        if used + size(char) > width and not (whole and char in MARKS):
            kept = len(line)
            while whole and char.isascii() and kept and line[kept - 1].isascii():
                kept -= 1
            yield line[: kept or None]
            line = line[kept:] if kept else ""
            used = sum(map(size, line))
        line, used = line + char, used + size(char)
    yield line


@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "set in"])
@pytest.mark.parametrize("whole", [False, True], ids=["cut", "whole"])
@pytest.mark.parametrize(
    ("width", "size"),
    [(44, places), (60, places), (72, places), (30, len), (36, len)],
    ids=["44", "60", "72", "30 characters", "36 characters"],
)
def test_wrapped_prose_is_joined(
    width: int, size: Callable[[str], int], whole: bool, indent: str, tmp_path: Path
) -> None:
    lines = [line for text in PROSE for line in wrapped(indent + text, width, size, whole)]
    file = tmp_path / "说明.txt"
    file.write_bytes("\n".join(lines).encode())
    document = read(file)
    assert [b.content.text for b in document.blocks if isinstance(b, Paragraph)] == list(PROSE)
    assert not check(extract(document)).findings


def test_prose_that_is_not_wrapped_is_left_alone(tmp_path: Path) -> None:
    lines = [f"{name}支出预算{n}0.00万元，与上年持平" for n, name in enumerate("甲乙丙丁戊己", 1)]
    file = tmp_path / "说明.txt"
    file.write_bytes("\n".join(lines).encode())
    assert [b.content.text for b in read(file).paragraphs] == lines
