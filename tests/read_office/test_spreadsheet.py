"""Excel books: numbers as shown, which rows are a table, and books that mean harm."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document
from kemu.read.excel import workbook
from kemu.read.excel.number_format import shown
from tests.read_office.making import captions, grid, rows, spans, texts, xlsx

A = Path("报表.xlsx")
HEAD = (("支出预算表",), ("编制单位：甲局", None, "单位：万元"), ("科目", "名称", "金额"))


def read(data: bytes) -> Document:
    return workbook.read(A, data)


def code(data: bytes) -> str:
    with pytest.raises(InputError) as raised:
        read(data)
    assert raised.value.where == "报表.xlsx"
    return raised.value.code


# What Excel 2016 (Chinese) shows for these, from its documentation of format codes.
@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("33.869999999999997", "0.00", "33.87"),
        ("33.869999999999997", "General", "33.87"),
        ("70", "0.00", "70.00"),
        ("70", "General", "70"),
        ("201.0", "General", "201"),
        ("5", "00", "05"),
        ("1149.8", "#,##0.00", "1,149.80"),
        ("1149.8", "#,##0.00_ ", "1,149.80"),
        ("-3.5", "0.00", "-3.50"),
        ("-3.5", "#,##0.00_);(#,##0.00)", "(3.50)"),
        ("-3.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "(3.50)"),
        ("-0.001", "0.00", "0.00"),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("12.5", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50"),
        ("0.926", "0.0%", "92.6%"),
        ("0.005", "0.00", "0.01"),
        ("2.675", "0.00", "2.68"),
        ("1234567.8", "#,##0.00,", "1,234.57"),
        ("12345678", '0.00,,"百万"', "12.35百万"),
        ("1.50", "0.##", "1.5"),
        ("0.5", "#.00", ".50"),
        ("12", '0"万元"', "12万元"),
        ("0", '[=0]"";0.00', ""),
        ("45658", "yyyy/m/d", "2025/1/1"),
        ("45658", '[$-804]yyyy"年"m"月"d"日"', "2025年1月1日"),
        ("0.1", "0.00E+00", "0.1"),
        ("123456789012", "General", "123456789012"),
        ("0.33333333333333331", "General", "0.3333333333"),
    ],
)
def test_a_number_is_printed_as_excel_shows_it(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


def test_title_unit_and_notes_are_captions_and_addresses_are_excels() -> None:
    lines = *HEAD, ("208", "社会保障和就业支出", "12.50"), ("注：含上年结转。",)
    (table,) = read(xlsx({"支出总表": rows(*lines)})).tables
    assert captions(table) == ["支出预算表", "编制单位：甲局", "单位：万元", "注：含上年结转。"]
    assert grid(table) == [["科目", "名称", "金额"], ["208", "社会保障和就业支出", "12.50"]]
    assert table.rows[1][2].place.address == "支出总表!C4"
    assert table.place.address == "支出总表!"


def test_a_sheet_without_a_title_is_named_by_its_tab() -> None:
    lines = ("科目", "金额"), ("办公费", "1.20")
    document = read(xlsx({"支出总表": rows(*lines), "Sheet2": rows(*lines)}))
    assert [captions(table) for table in document.tables] == [["支出总表"], []]


def test_codes_typed_as_numbers_keep_their_zeros() -> None:
    lines = (
        ("类", "款", "项", "名称"),
        (208, 5, 5, "养老"),
        (208, 5, None, "行政"),
        (208, 11, 99, "x"),
    )
    (table,) = read(xlsx({"表": rows(*lines)})).tables
    assert [row[:3] for row in grid(table)[1:]] == [
        ["208", "05", "05"], ["208", "05", ""], ["208", "11", "99"],
    ]  # fmt: skip


def test_blank_cells_have_places_and_blank_rows_and_columns_go() -> None:
    lines = ("", "项目", "", "金额"), (), ("", "办公费", "", None), ("", "水费", "", "1.00")
    (table,) = read(xlsx({"表": rows(*lines, first=3)})).tables
    assert grid(table) == [["项目", "金额"], ["办公费", ""], ["水费", "1.00"]]
    assert table.rows[1][1].place.address == "表!D5"


def test_merged_ranges() -> None:
    content = rows(("项目", None, "金额"), ("类", "款", None), ("301", "01", "2.00"))
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>'
    (table,) = read(xlsx({"表": content + merges})).tables
    assert spans(table) == {"项目": (1, 2), "金额": (2, 1)}
    assert grid(table)[2] == ["301", "01", "2.00"]


def test_two_tables_on_one_sheet() -> None:
    lines = (
        *HEAD,
        ("208", "社保", "1.00"),
        (),
        ("收入预算表",),
        ("来源", "金额"),
        ("拨款", "1.00"),
    )
    first, second = read(xlsx({"表": rows(*lines)})).tables
    assert captions(first)[0] == "支出预算表"
    assert captions(second)[0] == "收入预算表"
    assert grid(second) == [["来源", "金额"], ["拨款", "1.00"]]


def test_prose_sheets_are_paragraphs() -> None:
    cell = "一、收入。\n　　2025年收入12万元。"
    document = read(xlsx({"说明": rows(("情况说明",), (cell,))}))
    assert texts(document) == ["情况说明", "一、收入。", "2025年收入12万元。"]
    assert not list(document.tables)


def test_hidden_sheets_rows_and_columns_are_said() -> None:
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    lines = rows(("项目", "旧数", "金额"), ("办公费", "9.00", "1.20"))
    shut = lines.replace('<row r="2">', '<row r="2" hidden="1">')
    sheets = {"底稿": lines, "表": hidden + lines, "行": shut}
    document = read(xlsx(sheets, states={"底稿": "veryHidden"}))
    assert [grid(table) for table in document.tables] == [
        [["项目", "金额"], ["办公费", "1.20"]],
        [["项目", "旧数", "金额"], ["办公费", "9.00", "1.20"]],
    ]
    assert [notice.message for notice in document.notices] == [
        "工作表“底稿”是隐藏的，未读取",
        "工作表“表”的隐藏列B未读取",
        "工作表“行”有1个隐藏行，已读取",
    ]
    assert {notice.kind for notice in document.notices} == {"hidden"}


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    lines = rows(("项目", "金额"), ("办公费", 0), ("水费", 1))
    (table,) = read(xlsx({"表": view + lines})).tables
    assert grid(table)[1:] == [["办公费", ""], ["水费", "1"]]


def test_formulas_without_a_result_are_said() -> None:
    lines = rows(("项目", "金额"), ("办公费", "1.00"))
    lines = lines.replace("</sheetData>", '<row r="3"><c r="A3" t="inlineStr"><is><t>合计</t></is>'
                          '</c><c r="B3"><f>SUM(B2)</f></c></row></sheetData>')  # fmt: skip
    document = read(xlsx({"表": lines}))
    assert grid(next(document.tables))[2] == ["合计", ""]
    assert "1个公式没有存下结果" in document.notices[0].message


def test_shared_and_rich_strings_and_errors() -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c>'
        '<c r="B2" t="inlineStr"><is><r><t>1.</t></r><r><t>20</t></r>'
        "<rPh><t>yi</t></rPh></is></c></row>"
    )  # fmt: skip
    data = xlsx({"表": f"<sheetData>{cells}</sheetData>"}, strings=("项目", "金_x000D_额"))
    assert grid(next(read(data).tables)) == [["项目", "金额"], ["#REF!", "1.20"]]


def test_rows_beyond_the_limit_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kemu.read.excel.xlsx.MAX_ROWS", 50)
    lines = [("项目", "金额"), *((f"项{n}", n) for n in range(99))]
    document = read(xlsx({"表": rows(*lines)}))
    (table,) = document.tables
    assert len(table.rows) == 50
    assert "只读取了前" in table.broken
    assert document.notices[0].kind == "limit"
    assert "有100行" in document.notices[0].message


def test_ten_thousand_rows_are_read() -> None:
    lines = [("项目", "金额"), *((f"项{n}", n) for n in range(10_000))]
    (table,) = read(xlsx({"表": rows(*lines)})).tables
    assert len(table.rows) == 10_001
    assert not table.broken


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    lines = rows(("项目", "金额"), ("办公费", 1)).replace("</sheetData>", corner)
    document = read(xlsx({"表": lines}))
    assert grid(next(document.tables)) == [["项目", "金额"], ["办公费", "1"]]
    assert document.notices[0].kind == "limit"


def test_a_merge_of_the_whole_sheet_is_cut() -> None:
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    document = read(xlsx({"表": rows(("标题",), ("项目", "金额")) + merge}))
    assert texts(document) or list(document.tables)


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE a [<!ENTITY b "9">]>',
        "<!--" + " " * 5000 + '--><!DOCTYPE a [<!ENTITY b "9">]>',
    ],
)
def test_entities_are_refused(sheet: str) -> None:
    good = xlsx({"表": rows(("项目", "金额"), ("办公费", 1))})
    assert list(read(good).tables)
    part = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' \
           f"{rows(('项目', '金额'), ('&b;', 1))}</worksheet>"  # fmt: skip
    bad = xlsx({"表": ""}, **{"worksheets/sheet1.xml": sheet + part})
    assert code(bad) == "E-READ-ENTITY"


def test_a_bomb_is_given_up_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kemu.read.package.MAX_MEMBER", 100_000)
    assert code(xlsx({"表": rows(*[("零" * 50,)] * 5000)})) == "E-READ-BOMB"


@pytest.mark.parametrize(
    "data",
    [
        xlsx({"表": rows(("项目", "金额"))})[:-60],
        xlsx({"表": "<sheetData><row>"}),
        xlsx({"表": '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'}),
        xlsx({"表": '<sheetData><row r="1"><c r="A1"><v>x</v></c></row></sheetData>'}),
        xlsx({"表": '<sheetData/><mergeCells><mergeCell ref="A"/></mergeCells>'}),
    ],
    ids=["cut", "no xml", "no such string", "no number", "no range"],
)
def test_damage_is_an_error(data: bytes) -> None:
    assert code(data) == "E-READ-DAMAGED"


def test_a_broken_old_book_is_an_error() -> None:
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000) == "E-READ-DAMAGED"


def test_an_empty_book_is_an_error() -> None:
    assert code(xlsx({"表": "<sheetData/>"})) == "E-READ-EMPTY"


def test_cells_are_those_that_calamine_reads() -> None:
    calamine = pytest.importorskip("python_calamine")
    sample = next((Path(__file__).parents[2] / "data" / "samples").glob("青溪*.xlsx"))
    data = sample.read_bytes()
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    read_texts = {
        cell.place.address: cell.content.raw
        for table in workbook.read(sample, data).tables
        for row in table.rows
        for cell in row
        if cell.content.raw
    }
    assert len(read_texts) > 800
    seen = 0
    for name in book.sheet_names:
        lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                address = f"{name}!{chr(ord('A') + column)}{row}"
                if address not in read_texts:
                    continue
                seen += 1
                mine = read_texts[address]
                if isinstance(value, float):
                    assert float(mine.replace(",", "")) == value, address
                else:
                    assert mine == value, address
    assert seen == len(read_texts)
