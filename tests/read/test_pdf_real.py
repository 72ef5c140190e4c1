"""Real documents against what another reader finds on their pages, and against themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from kemu.model.document import Cell, Document, Paragraph
from kemu.read import read as read_file

# Not an item's number before a year: 5.2024年.
AMOUNT = re.compile(r"(?!\d\.20\d\d(?!\d))(?:\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+)")

read = cache(read_file)


def printed_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.content.text
        else:
            yield from (line.content.text for line in block.captions)
            yield from (cell.text for row in block.rows for cell in row)


@pytest.mark.parametrize("pattern", ["01_*", "11_*", "31_*", "33_*"])
def test_no_amount_of_a_page_is_lost(pattern: str, shared_file: Callable[[str], Path]) -> None:
    path = shared_file(f"real/{pattern}.pdf")
    other = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in other]
    other.close()
    printed = Counter(amount for text in texts for amount in AMOUNT.findall(text))
    found = Counter(amount for text in printed_texts(read(path)) for amount in AMOUNT.findall(text))
    assert printed - found == Counter()
    assert found - printed == Counter()


@pytest.mark.parametrize("pattern", ["33_*", "34_*"])
def test_the_tables_are_those_of_the_contents(
    pattern: str, shared_file: Callable[[str], Path]
) -> None:
    document = read(shared_file(f"real/{pattern}.pdf"))
    listed = [
        match[1]
        for block in document.paragraphs
        if block.place.page == 2
        and (match := re.match(r"\d\. ?((?:\d{4}年)?部门.*?表)…", block.content.text))
    ]
    titles = [re.sub(r"^\d{4}年", "", found.captions[0].content.text) for found in document.tables]
    assert len(listed) == 9
    assert titles == [re.sub(r"^\d{4}年", "", title) for title in listed]


@pytest.mark.parametrize("pattern", ["33_*", "34_*"])
def test_the_classes_add_up_to_the_total(pattern: str, shared_file: Callable[[str], Path]) -> None:
    """Rows of a class (208, no 款, no 项) are its first-level sums; a lost row breaks the total."""
    for found in list(read(shared_file(f"real/{pattern}.pdf")).tables)[1:3]:
        total = next(row for row in found.rows if row[0].text == "合计")
        classes = [
            row for row in found.rows if re.fullmatch(r"\d{3}", row[0].text) and not row[1].text
        ]
        for column in (5, 6):
            summed = sum(_at(row, column) for row in classes)
            assert summed == _at(total, column)


def _at(row: tuple[Cell, ...], column: int) -> Decimal:
    text = next(cell.text for cell in row if cell.place.column == column)
    return Decimal(text.replace(",", "") or "0")


def test_a_scan_is_said(shared_file: Callable[[str], Path]) -> None:
    document = read(shared_file("real/27_*.pdf"))
    assert [notice.message for notice in document.notices] == ["第1–19页为扫描件，未读取"]
    assert not document.blocks


def test_repeated_totals_are_read_once(shared_file: Callable[[str], Path]) -> None:
    document = read(shared_file("real/18_*.pdf"))
    titles = [found.captions[1].content.text for found in list(document.tables)[:8]]
    assert len(set(titles)) == 8
    repeated = [notice.place.page for notice in document.notices if notice.kind == "hidden"]
    assert repeated == [9, 11, 16, 23]


def test_a_chart_in_the_text_layer_is_not_read(shared_file: Callable[[str], Path]) -> None:
    document = read_file(shared_file("real/12_*.pdf"), max_pages=14)
    assert not any("220000" in text for text in printed_texts(document))
    assert any(n.kind == "chart" and n.place.page == 13 for n in document.notices)
