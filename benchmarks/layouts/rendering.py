"""A rendering: money set in a layout, as blocks in the order of the document, and as a file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.layouts import (
    choices,
    draw_money,
    render_docx,
    render_html,
    render_pdf,
    render_text,
    render_xlsx,
    truth,
)
from benchmarks.layouts.blocks import Block, Grid, Line
from benchmarks.layouts.choices import Layout
from benchmarks.layouts.keys import numeral
from benchmarks.layouts.model import Money
from benchmarks.layouts.prose import Prose
from benchmarks.layouts.setting import Setter
from benchmarks.layouts.statements import statements

_RENDERERS = {
    "html": render_html.render,
    "docx": render_docx.render,
    "xlsx": render_xlsx.render,
    "text": render_text.render,
    "pdf": render_pdf.render,
}
_DUTIES = "贯彻执行有关法律法规和方针政策；拟订有关规划并组织实施；承办交办的其他事项。"
_TERMS = (
    "一般公共预算财政拨款收入：指本级财政当年拨付的资金。",
    "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
    "项目支出：指在基本支出之外为完成特定任务和事业发展目标所发生的支出。",
)


@dataclass(frozen=True)
class Rendering:
    """One document: its money, its layout, and the blocks that it is made of."""

    seed: str
    money: Money
    layout: Layout
    blocks: tuple[Block, ...]

    @cached_property
    def truth(self) -> tuple[truth.Expected, ...]:
        """Every amount that it prints."""
        return tuple(truth.expected(self.blocks, self.money))

    def data(self) -> bytes:
        """Return the file."""
        form, _, style = self.layout.form.partition(" ")
        return _RENDERERS[form](self.blocks, style)

    def write(self, folder: Path) -> Path:
        """Write the file into a folder, named by its seed; return its path."""
        path = folder / f"{self.seed}{self.layout.suffix}"
        path.write_bytes(self.data())
        return path


def rendering(seed: int | str, layout: Layout | None = None, money: int | str = "") -> Rendering:
    """Return the document of a seed.

    Args:
        seed: Draws the money, what chance decides within the layout, and the layout.
        layout: The layout, if it is not to be drawn.
        money: The seed of the money, if it is not to be the same.
    """
    layout = layout or choices.draw(seed)
    drawn = draw_money.money(
        money or seed,
        statement=layout.statement,
        units=layout.units != "none",
        carried=layout.carried != "nothing",
        grain=1 if layout.grain == "rounded" else 10_000,
    )
    return Rendering(str(seed), drawn, layout, tuple(_blocks(drawn, layout, str(seed))))


def _blocks(money: Money, layout: Layout, seed: str) -> Iterator[Block]:
    word = "决算" if money.final else "预算"
    whose = "部门" if money.level == "department" else "单位"
    listed = statements(money, layout)
    if layout.order == "shuffled":
        random.Random(f"order/{seed}").shuffle(listed)
    yield Line(
        (f"{money.name}{money.year}年{'度' if money.final else ''}{whose}{word}公开",), "title"
    )
    titles = [statement.title for statement in listed]
    if layout.contents == "page":
        yield from _contents(titles, whose, word, prose=layout.prose != "none")
    yield Line((f"第一部分　{whose}概况",), "heading")
    yield Line(("一、主要职责",), "heading")
    yield Line((_DUTIES,))
    yield Line(("二、机构设置",), "heading")
    yield Line((_structure(money),))
    prose = list(Prose(money, layout).lines()) if layout.prose != "none" else []
    if layout.prose == "before":
        yield from prose
    yield Line((f"第二部分　{money.year}年{whose}{word}表",), "heading")
    setter = Setter(money, layout, seed)
    for number, statement in enumerate(listed, 1):
        yield from setter.set(statement, number)
    if layout.prose == "after":
        yield from prose
    yield Line(("第四部分　名词解释",), "heading")
    yield from (Line((f"{numeral(n)}、{term}",)) for n, term in enumerate(_TERMS, 1))


def _contents(titles: list[str], whose: str, word: str, *, prose: bool) -> Iterator[Line]:
    yield Line(("目　录",), "contents")
    parts = [f"第一部分　{whose}概况", f"第二部分　{whose}{word}表", *titles]
    parts += [f"第三部分　{whose}{word}情况说明"] if prose else []
    for page, text in enumerate([*parts, "第四部分　名词解释"], 2):
        yield Line((f"{text}{'.' * max(4, 40 - 2 * len(text))}{page}",), "contents")


def _structure(money: Money) -> str:
    if len(money.units) == 1:
        return f"{money.name}内设办公室、业务科等科室，无下属预算单位。"
    below = "、".join(unit.name for unit in money.units[1:])
    count = len(money.units) - 1
    return f"{money.name}下属预算单位{count}个，分别为：{below}。"


def grids(blocks: tuple[Block, ...]) -> list[Grid]:
    """Return the tables among blocks."""
    return [block for block in blocks if isinstance(block, Grid)]
