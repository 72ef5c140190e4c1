"""Small tables written for the tests, in the shape of real ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kemu.extract import extract
from kemu.extract.words.context import Context
from kemu.model.document import Cell, Document, Paragraph, Place, Table
from kemu.model.facts import Fact, Identity, Organisation
from kemu.read.blocks.normalise import cell, content
from kemu.validate import check

LEFT, UP = "<", "^"
"""In a drawn table: the cell continues the one to its left, or the one above."""


def draw(rows: Sequence[Sequence[str]], *captions: str, number: int = 1) -> Table:
    """Return a table from its drawing; `<` and `^` are the covered parts of merged cells."""
    width = max(len(row) for row in rows)
    built: list[tuple[Cell, ...]] = []
    for y, row in enumerate(rows):
        cells = []
        for x, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            across = 1
            while x + across < len(row) and row[x + across] == LEFT:
                across += 1
            downward = 1
            while y + downward < len(rows) and rows[y + downward][x] == UP:
                downward += 1
            place = Place(table=number, row=y + 1, column=x + 1)
            cells.append(Cell(place, cell(text), downward, across))
        built.append(tuple(cells))
    titles = tuple(Paragraph(Place(paragraph=1), content(text)) for text in captions)
    return Table(Place(table=number, paragraph=1), tuple(built), width, titles)


@pytest.fixture
def context() -> Context:
    """A budget for 2025 of 临江市档案馆, a department."""
    name = "临江市档案馆"
    identity = Identity("", name, "2025", "budget", "department")
    return Context(identity, (Organisation(name, name),))


def document(
    rows: Sequence[Sequence[str]], title: str, *, level: str = "部门", unit: str = "万元"
) -> Document:
    """Return a document of one table: a budget for 2025 of 临江市档案馆."""
    lines = [f"临江市档案馆2025年{level}预算", f"单位：{unit}"]
    head = [Paragraph(Place(paragraph=n), content(text)) for n, text in enumerate(lines, 1)]
    table = draw(rows, title, f"单位：{unit}")
    table = Table(Place(table=1, paragraph=3), table.rows, table.width, table.captions)
    return Document("t.txt", "0" * 64, "txt", (*head, table))


def violations(rows: Sequence[Sequence[str]], title: str, **also: str) -> list[str]:
    """Return the rules that accuse a document of one table."""
    found = check(extract(document(rows, title, **also))).findings
    return [finding.rule for finding in found if finding.severity.value == "violation"]


def facts(rows: Sequence[Sequence[str]], title: str, **also: str) -> dict[tuple[int, int], Fact]:
    """Return the facts of a document of one table, by row and column as drawn, from 1."""
    read = extract(document(rows, title, **also)).facts
    return {(f.place.row or 0, f.place.column or 0): f for f in read}
