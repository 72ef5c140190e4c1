"""The yearly book is read whole from any format, and a broken one is explained, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kemu.classification import shipped
from kemu.classification.books.book import Book
from kemu.classification.books.comparison import compared, completeness
from kemu.classification.books.reading import book
from kemu.read import read
from tests.classification import books
from tests.classification.books import Row, Section

SHIPPED = shipped()
SOURCE = [row for section in books.sample() for row in section.rows]

SOCIAL = ("208", "社会保障和就业支出")


def functional(*rows: Row) -> tuple[Section, ...]:
    return (Section("一般公共预算支出功能分类科目", ("类", "款", "项"), rows),)


def of(path: Path) -> Book:
    return book(read(path), shipped())


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


def test_a_book_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "2026年科目.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["科目编码", "科目名称", "说明"])
        sheet.write_row(1, 0, [201, "一般公共服务支出", "甲"])
    found = of(path)
    assert (found.title, found.years, len(found.rows)) == ("2026年科目.xlsx", (2026,), 1)


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
    from kemu.classification.books.book import BookRow

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


def good(tmp_path: Path, rows: tuple[Row, ...], layout: str = "own") -> list[str]:
    found = of(books.docx(tmp_path / "book.docx", functional(*rows), layout))
    assert found.slips
    return [row.code for row in found.rows]


def test_rows_whose_parent_is_missing_are_not_put_under_another(tmp_path: Path) -> None:
    """Nothing but the falling digits shows that 20102 is missing; 03 must not become 2010103."""
    after = (("2010202", "一般行政管理事务", ""), ("2010203", "机关服务", ""))
    more = (("20103", "政府办公厅（室）及相关机构事务", ""), ("2010301", "行政运行", ""))
    rows = (*GOOD[:4], GOOD[5], *after, *more)
    assert good(tmp_path, rows) == [r[0] for r in (*GOOD[:4], *more)]
    (slip,) = of(tmp_path / "book.docx").slips
    assert (slip.kind, slip.place) == ("order", "表1 第7行")
    assert "3 行归属不明" in slip.message


def test_rows_below_a_code_that_cannot_be_read_are_not_put_under_another(tmp_path: Path) -> None:
    above = GOOD[:3]
    rows = (*above, ("2010O", "政协事务", ""), ("2010204", "政协会议", ""), ("20103", "政府", ""))
    assert good(tmp_path, rows) == [*(r[0] for r in above), "20103"]


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (GOOD[2], ()),
        (("2010101", "机关服务", ""), ("2010101",)),
        (("2010103", "", "说明"), ()),
        (("20101O3", "机关服务", ""), ()),
        (("2018801", "无主之款的项", ""), ()),
    ],
)
def test_only_good_rows_are_read(tmp_path: Path, row: Row, left: tuple[str, ...]) -> None:
    rows = (*GOOD[:3], row, *GOOD[3:])
    assert good(tmp_path, rows, "single") == [r[0] for r in GOOD if r[0] not in left]


def test_a_row_under_a_known_code_is_good_though_the_row_above_is_missing(tmp_path: Path) -> None:
    assert "2010201" in good(tmp_path, GOOD[:4] + GOOD[5:], "single")


def test_rows_below_a_code_of_two_names_are_told_of(tmp_path: Path) -> None:
    new = (("20188", "甲事务", ""), ("20188", "乙事务", ""), ("2018801", "丙", ""))
    assert good(tmp_path, (*GOOD, *new), "single") == [r[0] for r in GOOD]
    kinds = [slip.kind for slip in of(tmp_path / "book.docx").slips]
    assert kinds == ["conflict", "parent"]


@pytest.mark.parametrize("between", [".", " ", "-", "．", "·"])
def test_codes_with_dots_or_blanks(tmp_path: Path, between: str) -> None:
    def dotted(code: str) -> str:
        return between.join([code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))])

    rows = tuple((dotted(code), "　" + name, text) for code, name, text in GOOD)
    found = of(books.xlsx(tmp_path / "book.xlsx", functional(*rows), "single"))
    assert [(row.code, row.name, row.definition) for row in found.rows] == list(GOOD)


@pytest.mark.parametrize("layout", ["own", "repeated", "whole", "single"])
def test_codes_typed_as_numbers(tmp_path: Path, layout: str) -> None:
    """Spreadsheets turn 01 into 1; the column says which level it is."""
    found = of(books.xlsx(tmp_path / "book.xlsx", books.sample(), layout, numbers=True))
    assert [(row.code, row.name, row.definition) for row in found.rows] == SOURCE
    assert found.slips == ()


@pytest.mark.parametrize("layout", ["own", "single"])
@pytest.mark.parametrize("write", [books.docx, books.pdf])
def test_explanations_that_run_over_pages(
    tmp_path: Path, write: Callable[..., Path], layout: str
) -> None:
    long = "反映机关和参照公务员法管理的单位的各项支出，以及为完成特定任务而发生的支出。" * 12
    rows = tuple(
        (code, name, long if at % 2 else text) for at, (code, name, text) in enumerate(GOOD)
    )
    found = of(write(tmp_path / f"b.{write.__name__}", functional(*rows), layout))
    assert [(row.code, row.name, row.definition) for row in found.rows] == list(rows)
    assert found.slips == ()


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
