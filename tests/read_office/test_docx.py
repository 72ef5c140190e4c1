"""Word documents: one difficulty a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document, Notice
from kemu.read.word import docx
from kemu.read.word.numbering import chinese, written
from tests.read_office.making import captions, grid, p, package, spans, tbl, tc, texts
from tests.read_office.making import docx as make

A = Path("说明.docx")


def read(body: str, **parts: str) -> Document:
    return docx.read(A, make(body, **parts))


def code(data: bytes) -> str:
    with pytest.raises(InputError) as raised:
        docx.read(A, data)
    assert raised.value.where == "说明.docx"
    return raised.value.code


def test_text_of_runs_and_what_is_left_out() -> None:
    document = read(
        "<w:p><w:r><w:t>收入</w:t></w:r><w:ins><w:r><w:t>预算</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>决算</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>12.50</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>万元</w:t><w:footnoteReference/></w:r></w:p>"
    )
    assert texts(document) == ["收入预算12.50-万元"]
    assert {notice.message for notice in document.notices} == {
        "1处修订中已删除的文字未读取", "1处隐藏文字未读取", "1条脚注未读取",
    }  # fmt: skip


def test_a_line_break_in_a_paragraph_parts_paragraphs_but_not_sentences() -> None:
    line = "<w:p><w:r><w:t>{}</w:t><w:br/><w:t>{}</w:t></w:r></w:p>"
    document = read(
        line.format("一、收入预算情况", "2025年收入预算12万元。")
        + line.format("公务用车购", "及运行维护费0万元，与上年持平。")
    )
    assert texts(document)[:2] == ["一、收入预算情况", "2025年收入预算12万元。"]


LISTS = """
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
  <w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
  <w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
  <w:lvlText w:val="%1.%3"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:outlineLvl w:val="0"/>
 <w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="Base"/></w:style>
"""


def item(text: str, number: int, level: int) -> str:
    numbered = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return p(text, f"<w:numPr>{numbered}</w:numPr>")


def test_numbers_that_word_counts_are_printed() -> None:
    document = read(
        item("收入。", 1, 0) + item("总额。", 1, 1) + item("结构。", 1, 1) + item("支出。", 1, 0)
        + item("总额。", 1, 1) + item("明细。", 1, 2) + item("点。", 1, 3) + item("另起。", 2, 0)
        + item("接着。", 3, 0) + p("不编号。"),
        numbering=LISTS,
    )  # fmt: skip
    assert texts(document) == [
        "一、收入。", "（一）总额。", "（二）结构。", "二、支出。", "（一）总额。", "2.1明细。",
        "点。", "一、另起。", "二、接着。", "不编号。",
    ]  # fmt: skip


def test_number_and_level_of_a_style_are_inherited() -> None:
    style = '<w:pStyle w:val="H"/>'
    off = style + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    document = read(
        p("收入", style) + p("支出", style) + p("附件", off) + p("正文。"),
        numbering=LISTS, styles=STYLES,
    )  # fmt: skip
    assert texts(document) == ["一、收入", "二、支出", "附件", "正文。"]
    assert [paragraph.level for paragraph in document.paragraphs] == [1, 1, 1, None]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"),
     (103, "一百零三"), (110, "一百一十"), (1010, "一千零一十")],
)  # fmt: skip
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [("decimal", "4"), ("upperLetter", "D"), ("lowerRoman", "iv"), ("decimalZero", "04"),
     ("decimalEnclosedCircleChinese", "④"), ("ideographDigital", "四"), ("unheard", "4")],
)  # fmt: skip
def test_number_formats(kind: str, text: str) -> None:
    assert written(4, kind) == text


def test_merged_cells_span_and_empty_borders_vanish() -> None:
    two, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        tbl(
            tc("项目", two + down) + tc("预算数", '<w:gridSpan w:val="4"/>'),
            tc("", two + on) + tc("基本支出", two) + tc("项目支出", two),
            tc("办公费", two) + tc("1.20", two) + tc("", two),
        )
    )
    (table,) = document.tables
    assert grid(table) == [
        ["项目", "预算数", ""], ["", "基本支出", "项目支出"], ["办公费", "1.20", ""],
    ]  # fmt: skip
    assert spans(table) == {"项目": (2, 1), "预算数": (1, 2)}
    assert table.rows[2][1].place.address == "表1 第3行第2格"


def test_title_and_unit_are_captions_wherever_they_are() -> None:
    whole = '<w:gridSpan w:val="2"/>'
    rows = tc("项目") + tc("金额"), tc("办公费") + tc("1.20")
    outside = read(p("第二部分　预算表。") + p("支出预算表") + p("单位：万元") + tbl(*rows))
    inside = read(
        p("第二部分　预算表。")
        + tbl(tc("支出预算表", whole), tc("") + tc("单位：万元"), *rows, tc("注：含结转。", whole))
    )
    for document, expected in ((outside, []), (inside, ["注：含结转。"])):
        (table,) = document.tables
        assert captions(table) == ["支出预算表", "单位：万元", *expected]
        assert grid(table) == [["项目", "金额"], ["办公费", "1.20"]]
        assert texts(document) == ["第二部分预算表。"]


def test_deleted_rows_and_grid_before() -> None:
    document = read(
        "<w:tbl><w:tr>" + tc("甲") + tc("乙") + "</w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr>" + tc("旧") + tc("9.00") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("3.00") + "</w:tr></w:tbl>"
    )
    (table,) = document.tables
    assert grid(table) == [["甲", "乙"], ["", "3.00"]]


def test_tables_that_lay_out_the_page_are_unwrapped() -> None:
    inner = tbl(tc("项目") + tc("金额"), tc("办公费") + tc("1.20"))
    outer = f"<w:tc>{p('左栏说明。')}</w:tc><w:tc>{inner}{p('')}</w:tc>"
    document = read(tbl(tc("只有一格的边框里的正文。")) + tbl(outer))
    assert texts(document) == ["只有一格的边框里的正文。", "左栏说明。"]
    assert [grid(table) for table in document.tables] == [[["项目", "金额"], ["办公费", "1.20"]]]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + p("框内：单位预算。") + "</w:txbxContent>"
    document = read(
        "<w:p><w:r><w:t>封面。</w:t><mc:AlternateContent>"
        f"<mc:Choice><a:drawing><a:wsp>{box}</a:wsp></a:drawing></mc:Choice>"
        f"<mc:Fallback><v:pict>{box}</v:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(document) == ["封面。", "框内：单位预算。"]


def test_strict_open_xml_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{p("收入预算12万元。")}</w:body></w:document>'
    data = package({"word/document.xml": body})
    assert texts(docx.read(A, data)) == ["收入预算12万元。"]


def test_macros_pictures_and_charts_are_said() -> None:
    body = p("正文。") + "<w:p><w:r><a:pic/><a:chart/></w:r></w:p>"
    data = package({"word/document.xml": _document(body), "word/vbaProject.bin": b"\0"})
    assert set(docx.read(A, data).notices) == {
        Notice("scan", "1张图片未读取"),
        Notice("chart", "1个图表未读取"),
        Notice("note", "文件含宏，未执行也未读取"),
    }


@pytest.mark.parametrize(
    ("width", "height", "kind"), [(5_400_000, 900_000, "scan"), (1_200_000, 1_200_000, "note")]
)
def test_a_seal_is_no_picture_of_a_table(width: int, height: int, kind: str) -> None:
    frame = f'<w:inline><w:extent cx="{width}" cy="{height}"/><a:pic/></w:inline>'
    body = p("正文。") + f"<w:p><w:r><w:drawing>{frame}</w:drawing></w:r></w:p>"
    (notice,) = docx.read(A, make(body)).notices
    assert (notice.kind, notice.is_gap) == (kind, kind == "scan")


@pytest.mark.parametrize("part", ["subDoc", "altChunk"])
def test_a_text_kept_in_another_part_is_said(part: str) -> None:
    (notice,) = docx.read(A, make(p("正文。") + f"<w:{part}/>")).notices
    assert notice.is_gap


def _document(body: str, head: str = "") -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'{head}<w:document xmlns:w="{space}" xmlns:a="a"><w:body>{body}</w:body></w:document>'


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    assert code(package({"word/document.xml": _document(p("&b;"), bomb)})) == "E-READ-ENTITY"
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    late = "<?xml version='1.0'?><!--" + " " * 5000 + "-->"
    for head in (outside, late + outside):
        assert code(package({"word/document.xml": _document(p("&a;"), head)})) in (
            "E-READ-ENTITY", "E-READ-DAMAGED",
        )  # fmt: skip


def test_a_bomb_is_given_up_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kemu.read.package.MAX_MEMBER", 1_000_000)
    body = p("零" * 400_000)
    assert code(make(body)) == "E-READ-BOMB"


@pytest.mark.parametrize(
    "data",
    [
        make(p("收入预算12万元。"))[:-40],
        package({"word/other.xml": "<a/>"}),
        package({"word/document.xml": "<w:document"}),
        package({"word/document.xml": "<document/>"}),
        package({"word/document.xml": _document("<w:p>" * 300 + "</w:p>" * 300)}),
        make('<w:p><w:pPr><w:outlineLvl w:val="x"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'),
    ],
    ids=["cut", "no body part", "no xml", "no body", "too deep", "no number"],
)
def test_damage_is_an_error(data: bytes) -> None:
    assert code(data) == "E-READ-DAMAGED"


def test_a_wrong_check_sum_is_an_error() -> None:
    data = make(p("收入预算12万元。"))
    at = data.index(b"word/document.xml") + len("word/document.xml") + 6
    broken = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
    assert code(broken) == "E-READ-DAMAGED"


def test_no_text_at_all_is_an_error() -> None:
    assert code(make(p(""))) == "E-READ-EMPTY"
