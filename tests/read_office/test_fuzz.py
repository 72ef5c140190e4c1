"""Files damaged at random: a document or an error that says so, never anything else."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document
from kemu.read.excel import workbook
from kemu.read.web import html
from kemu.read.word import docx
from tests.read_office.making import docx as make_docx
from tests.read_office.making import package, rows, tbl, tc, xlsx
from tests.read_office.test_docx import LISTS, STYLES, item

ROUNDS = 120
SPAN, DOWN = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
WORD = make_docx(
    item("收入。", 1, 0)
    + item("支出。", 2, 1)
    + tbl(tc("项目", SPAN + DOWN) + tc("金额"), tc("", SPAN + "<w:vMerge/>") + tc("1.20")),
    numbering=LISTS,
    styles=STYLES,
)
BOOK = xlsx(
    {"表": rows(("类", "款", "金额"), (208, 5, 12.5), ("合计", "", 12.5))
     + '<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'},
    formats=("0.00", "#,##0.00;-#,##0.00;"), strings=("甲",),
)  # fmt: skip
PAGE = (
    "<html><head><meta charset=utf-8><title>甲局_乙</title></head><body><div>"
    "<p>支出12万元，持平。</p><table><tr><td rowspan=2>项目<td colspan=2>金额"
    "<tr><td>1.20<td>3.40</table></div></body></html>"
).encode()
VALUES = ["", "-1", "0", "99999999999999999999", "x", "1e999", "NaN", "A", "XFD1048576:A1", "%9%1",
          "\u0000", "٣", "²", "１"]  # fmt: skip


def damaged_text(text: str, dice: random.Random) -> str:
    """Return mark-up with an attribute, an element or a stretch of it changed."""
    way = dice.randrange(4)
    if way == 0:
        values = list(re.finditer(r'(?<==)"[^"]*"', text))
        hit = dice.choice(values) if values else None
        if hit:
            value = dice.choice(VALUES)
            return f'{text[: hit.start()]}"{value}"{text[hit.end() :]}'
    if way == 1:
        contents = list(re.finditer(r"(?<=>)[^<]+(?=<)", text))
        hit = dice.choice(contents) if contents else None
        if hit:
            return text[: hit.start()] + dice.choice(VALUES) + text[hit.end() :]
    if way == 2:
        tags = list(re.finditer(r"<[^<>]+/>", text))
        hit = dice.choice(tags) if tags else None
        if hit:
            return text[: hit.start()] + hit[0] * dice.randrange(3) + text[hit.end() :]
    first = dice.randrange(len(text))
    return text[:first] + text[first + dice.randrange(40) :]


def damaged_package(data: bytes, dice: random.Random) -> bytes:
    """Return an office file with one part changed, or cut short."""
    if dice.random() < 0.1:
        return data[: dice.randrange(len(data))]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n).decode() for n in archive.namelist()}
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name]
    assert isinstance(text, str)
    parts[name] = damaged_text(text, dice)
    return package(parts)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_damage_is_told(kind: str) -> None:
    dice = random.Random(kind)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(ROUNDS):
        if kind == "html":
            data = damaged_text(PAGE.decode(), dice).encode()
            reader = html.read
        else:
            data = damaged_package(WORD if kind == "docx" else BOOK, dice)
            reader = docx.read if kind == "docx" else workbook.read
        try:
            assert isinstance(reader(Path("a"), data), Document)
            outcomes["read"] += 1
        except InputError:
            outcomes["refused"] += 1
    assert outcomes["read"] > ROUNDS // 10
    assert kind == "html" or outcomes["refused"] > 5
