"""Web pages: the article found, tables laid out, and pages that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document
from kemu.read.web import html
from tests.read_office.making import captions, grid, spans, texts

A = Path("公开.html")
SENTENCE = "2025年收支预算总数871.80万元，比上年增加33.65万元，主要原因是人员增加。"


def read(body: str, head: str = '<meta charset="utf-8">') -> Document:
    return html.read(A, f"<html><head>{head}</head><body>{body}</body></html>".encode())


def test_paragraphs_breaks_and_blanks() -> None:
    document = read(
        f"<div><p>&nbsp;&nbsp;一、收支\n情况</p><p>{SENTENCE}<br>其中：基本支出722.70万元。</p>"
        "<h2>二、支出</h2><pre>三、其他</pre><ol><li>甲项</li><li>乙项</li></ol></div>"
    )
    assert texts(document) == [
        "一、收支情况", SENTENCE, "其中：基本支出722.70万元。", "二、支出", "三、其他",
        "1.甲项", "2.乙项",
    ]  # fmt: skip
    assert [p.level for p in document.paragraphs][3] == 2


def test_the_portal_around_the_article_is_left_out() -> None:
    links = "".join(f"<li><a href='/{n}'>栏目{n}，很长的一个链接名称。</a></li>" for n in range(40))
    document = read(
        f"<div class=a><ul>{links}</ul></div><script>var a='99.99万元。'</script>"
        f"<div><div class=b><h1>甲局预算公开</h1><div>来源：甲局</div>"
        f"<div class=c><p>{SENTENCE}</p><p>无。</p></div><div>分享</div></div></div>"
        "<div class=d>主办：某县人民政府　备案号00000000号</div><style>p{}</style>",
        '<meta charset="utf-8"><title>甲局预算公开_政务公开_某县</title>',
    )
    assert texts(document) == ["甲局预算公开", SENTENCE, "无。"]


def test_an_article_in_two_containers_is_read_whole() -> None:
    cells = "<tr><td>项目</td><td>金额</td></tr><tr><td>办公费</td><td>1.20</td></tr>"
    document = read(
        f"<div><div><p>{SENTENCE}</p><p>{SENTENCE}</p></div><div><table>{cells}</table></div></div>"
    )
    assert texts(document) == [SENTENCE, SENTENCE]
    assert grid(next(document.tables)) == [["项目", "金额"], ["办公费", "1.20"]]


def test_spans_are_laid_out_as_browsers_do() -> None:
    document = read(
        "<table><caption>支出预算表</caption><thead><tr><th rowspan=2 colspan=2>科目</th>"
        "<th colspan=2>预算数</th></tr><tr><th>基本</th><th>项目</th></tr></thead>"
        "<tbody><tr><td>301</td><td>01</td><td>1.00<td>2.00</tr>"
        "<tr><td rowspan=0>302</td><td>02</td><td></td><td>3.00</td></tr>"
        "<tr><td>03</td><td>4.00</td><td>5.00</td></tr></tbody></table>"
    )
    (table,) = document.tables
    assert captions(table) == ["支出预算表"]
    assert grid(table) == [
        ["科目", "", "预算数", ""],
        ["", "", "基本", "项目"],
        ["301", "01", "1.00", "2.00"],
        ["302", "02", "", "3.00"],
        ["", "03", "4.00", "5.00"],
    ]
    assert spans(table) == {"科目": (2, 2), "预算数": (1, 2), "302": (2, 1)}
    assert table.rows[2][2].place.address == "表1 第3行第3格"


def test_a_layout_table_is_unwrapped() -> None:
    inner = "<table><tr><td>项目<td>金额<tr><td>水费<td>0.90</table>"
    document = read(f"<table><tr><td><p>{SENTENCE}</p></td></tr><tr><td>{inner}</td></tr></table>")
    assert texts(document) == [SENTENCE]
    assert [grid(table) for table in document.tables] == [[["项目", "金额"], ["水费", "0.90"]]]


def test_a_span_around_paragraphs_and_hidden_text() -> None:
    document = read(
        f"<div><span><p>{SENTENCE}</p><p>二、支出。</p></span>"
        "<p style='DISPLAY: none'>99.99万元。</p><p hidden>88.88万元。</p></div>"
    )
    assert texts(document) == [SENTENCE, "二、支出。"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_what_calls_itself_gb2312_is_gb18030(declared: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page += "<p>镕基广场２０２５年支出12万元，㙟乡与上年持平。</p>"
    document = html.read(A, page.encode("gb18030"))
    assert texts(document) == ["镕基广场2025年支出12万元，㙟乡与上年持平。"]


def test_a_wrong_declaration_is_put_right() -> None:
    page = f'<html><meta charset="gb2312"><body><p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>'
    assert texts(html.read(A, page.encode())) == [SENTENCE, SENTENCE]


def test_a_character_cut_in_two_is_said() -> None:
    data = f"<html><meta charset=utf-8><body><p>{SENTENCE * 3}</p></body></html>".encode()
    at = data.index("总".encode())
    document = html.read(A, data[:at] + data[at + 1 :])
    assert [notice.kind for notice in document.notices] == ["garbage"]


def test_attachments_and_pictures_are_said() -> None:
    document = read(
        f"<div><p>{SENTENCE}</p><img src='/a/table.png' width=600><img src='/icon.gif'>"
        "<p><a href='/f/2025.xlsx?x=1'>预算公开表</a><a href='/x.html'>别的</a></p></div>"
    )
    assert [notice.message for notice in document.notices] == [
        "1张图片未读取", "网页链接了1个附件，未读取：预算公开表",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body><script>load()</script><div></div></body></html>", "E-READ-EMPTY"),
        (b"<html><!-- nothing -->", "E-READ-EMPTY"),
        (b"<div>" * 5000 + b"12" + b"</div>" * 5000, "E-READ-DAMAGED"),
        (b"<table>" + b"<tr><td colspan=1000 rowspan=1000>1</td></tr>" * 6000, "E-READ-BOMB"),
        ("<p>預算與決算書由縣政府財稅處編製</p>".encode("big5") * 9, "E-READ-ENCODING"),
    ],
    ids=["script only", "comment only", "deep", "spans", "another encoding"],
)
def test_bad_pages_are_errors(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as raised:
        html.read(A, data)
    assert raised.value.code == code
    assert raised.value.where == "公开.html"


def test_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密999.99万元", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY b "88.88万元">]><html><body><p>&a;&b;{SENTENCE}</p></body></html>'
    )
    document = html.read(A, page.encode())
    assert not any(
        "机密" in text or "88.88" in text.replace("“88.88", "") for text in texts(document)[-1:]
    )


@pytest.mark.parametrize("title", ["财政拨款支出预算表", "《财政拨款支出预算表》"])
def test_a_title_stands_above_the_number_of_its_table(title: str) -> None:
    document = read(
        f"<p>{SENTENCE}</p><p>{title}</p><p>公开05表</p><p>单位：万元</p>"
        "<table><tr><td>科目</td><td>合计</td></tr><tr><td>合计</td><td>20.25</td></tr></table>"
    )
    assert captions(next(document.tables)) == [title, "公开05表", "单位：万元"]


LINES = (
    "2025年云溪县档案馆收入预算128.40万元，其中：一般公共预算拨款收入",
    "100.30万元，政府性基金预算拨款收入28.10万元，比上年增加8.40",
    "万元，主要原因是档案数字化加工经费有所增加，以及一般公共预算",
    "收入按新的标准编列。支出预算128.40万元，其中：基本支出88.20万",
    "元，项目支出40.20万元，与上年相比变化不大，主要用于库房的日常",
    "维护和档案数字化加工两个方面。",
)


def test_printed_lines_of_a_paragraph_are_joined() -> None:
    body = "<p>一、收支预算情况说明</p>" + "".join(f"<p>{line}</p>" for line in LINES)
    assert texts(read(body)) == ["一、收支预算情况说明", "".join(LINES)]


def test_paragraphs_that_end_are_not_joined() -> None:
    ended = [f"{line.rstrip('。')}。" for line in LINES]
    body = "".join(f"<p>{line}</p>" for line in ended[:2] + ended[3:4] + ended[5:])
    assert len(texts(read(body))) == 4
