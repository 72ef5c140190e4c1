"""The book in small is read alike from Excel and Word, with every code and its explanation."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kemu.read import read
from tests.read_office.making import grid

BOOK = Path(__file__).resolve().parents[2] / "data" / "samples" / "book"


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_rows_of_the_book(ending: str) -> None:
    source = tomllib.loads((BOOK / "mini_book_2099.toml").read_text(encoding="utf-8"))
    document = read(BOOK / f"{source['document']['name']}.{ending}")
    assert len(list(document.tables)) == 2
    for table, scheme in zip(document.tables, source["scheme"], strict=True):
        depth = len(scheme["levels"])
        rows, code = [], ""
        for *parts, name, text in grid(table)[2:]:
            own = next(index for index, part in enumerate(parts) if part)
            code = code[: (0, 3, 5)[own]] + parts[own]
            rows.append([code, name, text])
        assert rows == scheme["rows"]
        assert grid(table)[1][:depth] == scheme["levels"]
