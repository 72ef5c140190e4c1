"""The yearly book is read whole from any format, and a broken one is explained, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kemu.classification import Classification
from kemu.classification.book import Book, book
from kemu.classification.book_diff import compared, completeness
from kemu.read import read
from tests.classification import books
from tests.classification.books import Row, Section

SHIPPED = Classification(shipped=True)
SOURCE = [row for section in books.sample() for row in section.rows]

SOCIAL = ("208", "社会保障和就业支出")


def functional(*rows: Row) -> tuple[Section, ...]:
    return (Section("一般公共预算支出功能分类科目", ("类", "款", "项"), rows),)


def of(path: Path) -> Book:
    return book(read(path))


@pytest.fixture(scope="module")
def sample() -> Book:
    return of(books.SAMPLES / f"{books.SAMPLE}.xlsx")


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_sample_is_read_whole(ending: str) -> None:
    found = of(books.SAMPLES / f"{books.SAMPLE}.{ending}")
    assert [(row.code, row.name, row.definition) for row in found.rows] == SOURCE
    assert (found.slips, found.unread, found.years) == ((), (), (2099,))
    assert {row.scheme for row in found.rows} == {"functional", "deptEconomic"}
    assert {row.budget for row in found.rows if row.code[0] == "2"} == {"一般公共预算"}


@pytest.mark.parametrize("layout", ["own", "repeated", "whole", "single"])
@pytest.mark.parametrize("write", [books.xlsx, books.docx, books.pdf])
def test_every_layout_in_every_format(
    tmp_path: Path, write: Callable[..., Path], layout: str
) -> None:
    path = write(tmp_path / f"book.{write.__name__}", books.sample(), layout)
    found = of(path)
    assert [str(slip) for slip in found.slips] == []
    assert [(row.code, row.name, row.definition) for row in found.rows] == SOURCE


def test_places_lead_to_the_row(sample: Book) -> None:
    first = sample.rows[0]
    assert first.place == "一般公共预算支出功能分类科目 第4行"
    word = of(books.SAMPLES / f"{books.SAMPLE}.docx").rows[0]
    assert word.place == "表1 第3行"


def test_differences_are_those_that_the_sample_invents(sample: Book) -> None:
    found = compared(sample, 2099, SHIPPED)
    told = [(d.kind, d.code, d.name, d.old_code, d.old_name) for d in found if d.kind != "gone"]
    assert told == [
        ("renamed", "2012604", "档案馆运行", "", "档案馆"),
        ("new", "2080117", "社会保险经办数字化", "", ""),
        ("new", "20888", "社会保险经办事务", "", ""),
        ("moved", "2088801", "社会保险经办机构", "2080109", ""),
    ]
    gone = {d.code for d in found if d.kind == "gone"}
    assert "2080599" in gone
    assert "2080109" not in gone
    # Whole branches count once, with what lies below them.
    assert {"202", "20802"} <= gone
    assert "20201" not in gone
    assert next(d.below for d in found if d.code == "20802") > 5


def test_a_renamed_code_tells_how_well_the_old_name_was_known(sample: Book) -> None:
    (renamed,) = (d for d in compared(sample, 2099, SHIPPED) if d.kind == "renamed")
    assert renamed.confidence == "A"
    assert 2022 in renamed.years_seen
    assert renamed.note == ""


def test_a_number_put_to_another_use_is_pointed_at(tmp_path: Path) -> None:
    rows = (("201", "一般公共服务支出", ""), ("20126", "碳汇交易", ""))
    (found,) = [
        d
        for d in compared(of(books.docx(tmp_path / "b.docx", functional(*rows))), 2099, SHIPPED)
        if d.kind == "renamed"
    ]
    assert (found.code, found.old_name) == ("20126", "档案事务")
    assert "另作他用" in found.note


def test_a_part_of_a_book_does_not_pass_for_the_whole(sample: Book) -> None:
    reasons = completeness(sample, 2099, SHIPPED)
    assert set(reasons) == {"functional", "deptEconomic"}
    assert "202 外交支出" in reasons["functional"]


def test_a_whole_book_looks_complete() -> None:
    """A book made of what the tables hold of a year has no difference and is complete."""
    from kemu.classification.book import BookRow

    rows = tuple(
        BookRow(c.scheme, c.notation, c.name, "", "", "", "")
        for c in SHIPPED.edition("functional", 2025)
    )
    made = Book("b", "0", "", (), rows, (), (), ())
    assert compared(made, 2025, SHIPPED) == ()
    assert completeness(made, 2025, SHIPPED) == {"functional": ""}
    assert completeness(replace(made, unread=("第3页是扫描件",)), 2025, SHIPPED)["functional"]


GOOD: tuple[Row, ...] = (
    ("201", "一般公共服务支出", "甲"),
    ("20101", "人大事务", "乙"),
    ("2010101", "行政运行", "丙"),
    ("2010199", "其他人大事务支出", "丁"),
    ("20102", "政协事务", "戊"),
    ("2010201", "行政运行", "己"),
)


def broken(tmp_path: Path, rows: tuple[Row, ...], layout: str = "own") -> list[tuple[str, str]]:
    found = of(books.docx(tmp_path / "book.docx", functional(*rows), layout))
    return [(slip.kind, slip.place) for slip in found.slips]


def test_a_sound_book_has_no_slips(tmp_path: Path) -> None:
    assert broken(tmp_path, GOOD) == []


@pytest.mark.parametrize("layout", ["repeated", "whole", "single"])
def test_a_missing_parent_is_told(tmp_path: Path, layout: str) -> None:
    rows = GOOD[:4] + GOOD[5:]
    line = "表1 第6行" if layout == "single" else "表1 第7行"
    assert broken(tmp_path, rows, layout) == [("parent", line)]


def test_a_missing_parent_shows_in_the_order_where_codes_are_carried(tmp_path: Path) -> None:
    kinds = broken(tmp_path, GOOD[:4] + GOOD[5:])
    assert kinds[0] == ("order", "表1 第7行")


def test_rows_without_the_class_above_them(tmp_path: Path) -> None:
    assert broken(tmp_path, GOOD[1:])[0] == ("code", "表1 第3行")


@pytest.mark.parametrize("layout", ["own", "repeated", "single"])
def test_a_repeated_row_is_told(tmp_path: Path, layout: str) -> None:
    rows = (*GOOD[:3], GOOD[2], *GOOD[3:])
    line = "表1 第5行" if layout == "single" else "表1 第6行"
    assert broken(tmp_path, rows, layout) == [("duplicate", line)]


def test_one_code_with_two_names_is_told(tmp_path: Path) -> None:
    rows = (*GOOD[:3], ("2010101", "机关服务", ""), *GOOD[3:])
    assert broken(tmp_path, rows, "single") == [("conflict", "表1 第5行")]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("2010103", "", "说明"), "name"),
        (("2010103", "1234", ""), "name"),
        (("20101O3", "机关服务", ""), "code"),
        (("201010", "机关服务", ""), "code"),
        (("4010103", "机关服务", ""), "code"),
        (("", "机关服务", "没有代码的一行"), "code"),
    ],
)
def test_a_row_that_cannot_be_used_is_told(tmp_path: Path, row: Row, kind: str) -> None:
    rows = (*GOOD[:3], row, *GOOD[3:])
    assert (kind, "表1 第5行") in broken(tmp_path, rows, "single")


def test_an_explanation_that_goes_on_belongs_to_the_row_above(tmp_path: Path) -> None:
    rows = (*GOOD[:3], ("", "", "续上页"), *GOOD[3:])
    found = of(books.docx(tmp_path / "book.docx", functional(*rows)))
    assert found.slips == ()
    assert next(row.definition for row in found.rows if row.code == "2010101") == "丙续上页"


def test_a_class_in_two_budgets_is_one_code(tmp_path: Path) -> None:
    sections = (
        Section("一般公共预算支出功能分类科目", ("类", "款"), ((*SOCIAL, "甲"),)),
        Section("政府性基金预算支出功能分类科目", ("类", "款"), ((*SOCIAL, "乙"),)),
    )  # fmt: skip
    found = of(books.docx(tmp_path / "book.docx", sections))
    assert found.slips == ()
    (row,) = found.rows
    assert row.budget == "一般公共预算;政府性基金预算"
    assert row.definition == "甲\n乙"
    assert found.notes


def test_a_file_without_tables_of_codes_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(
        "关于印发2026年政府收支分类科目的通知\n\n各单位：请遵照执行。\n", encoding="utf-8"
    )
    found = of(path)
    assert found.rows == ()
    assert found.years == (2026,)


def test_tables_of_another_kind_are_told_of(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("一般公共预算支出功能分类科目")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "项目", "金额"
    table.cell(1, 0).text, table.cell(1, 1).text = "合计", "1.00"
    document.save(str(tmp_path / "b.docx"))
    found = of(tmp_path / "b.docx")
    assert found.rows == ()
    assert len(found.unread) == 1
