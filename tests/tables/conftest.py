"""Small tables written for the tests, in the shape of real ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kemu.extract.words.context import Context
from kemu.model.document import Cell, Paragraph, Place, Table
from kemu.model.facts import Identity, Organisation
from kemu.read.blocks.normalise import cell, content

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
