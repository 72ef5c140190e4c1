"""A book of the classification in small: 类, 款, 项, name and explanation, as the yearly book."""

from __future__ import annotations

from typing import Any

from samples.blocks import Block, C, Para, Sample
from samples.rows import Rows, made

README = """# 科目书样例 / A book of the classification in small

`{name}` 是虚构的科目书，只有 {rows} 行，用来测试 `kemu codes import`。
编码和名称取自现行科目的一小部分，说明为本项目自拟。与现行科目的差异也是虚构的：

An invented edition with {rows} rows, to test the import of the yearly book. Its differences
from the current classification are invented too:

| 差异 | 编码 | 内容 |
|---|---|---|
"""


def build(source: dict[str, Any]) -> Sample:
    """Return the book: a table for each classification."""
    blocks: list[Block] = [Para(source["document"]["name"].replace("_", "·"), -1)]
    for scheme in source["scheme"]:
        blocks.append(Para(scheme["title"], 1, caption=True))
        blocks.append(made(scheme["title"], *_table(scheme)))
    return Sample(source["document"]["name"], tuple(blocks))


def _table(scheme: dict[str, Any]) -> tuple[Rows, Rows]:
    levels: list[str] = scheme["levels"]
    head: Rows = [
        [C("科目编码", cols=len(levels)), C("科目名称", rows=2), C("说明", rows=2)],
        list(levels),
    ]
    body: Rows = []
    for code, name, text in scheme["rows"]:
        parts = [code[:3], code[3:5], code[5:7]][: len(levels)]
        own = max(index for index, part in enumerate(parts) if part)
        # As in the book, each row prints only its own part of the code.
        cells = [part if index == own else "" for index, part in enumerate(parts)]
        body.append([*cells, "　" * own + name, text])
    return head, body


def readme(source: dict[str, Any]) -> str:
    """Return the page that lists the invented differences."""
    rows = sum(len(scheme["rows"]) for scheme in source["scheme"])
    page = README.format(name=source["document"]["name"], rows=rows)
    for change in source["change"]:
        page += f"| {change['kind']} | {change['code']} | {change['what']} |\n"
    return page
