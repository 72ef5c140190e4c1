"""Real files of these formats, where the shared folder is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kemu.read import read
from tests.read_office.making import captions, grid, spans, texts

Find = Callable[[str], Path]


def test_the_article_of_a_portal(shared_file: Find) -> None:
    document = read(shared_file("real/21_*.html"))
    printed = texts(document)
    assert printed[0].startswith("昆明市人民政府办公室机关2026年预算公开")
    assert printed[-1] == "昆明市人民政府机关2026年部门预算公开表"
    assert sum("行政运行40,051,558.64元" in text for text in printed) == 1
    for menu in ("友情链接", "无障碍", "我要查询", "备案", "主办单位", "字号"):
        assert not any(menu in text for text in printed), menu
    assert [notice.message for notice in document.notices] == [
        "网页链接了1个附件，未读取：昆明市人民政府机关2026年部门预算公开表"
    ]


def test_a_template_of_today(shared_file: Find) -> None:
    document = read(shared_file("real/36_*.xlsx"))
    assert [captions(table)[0] for table in document.tables] == [
        "2026年部门财务收支预算总表",
        "2026年部门收入预算总表",
        "2026年部门支出预算总表",
        "2026年部门财政拨款收支预算总表",
        "2026年部门一般公共预算支出功能分类预算表",
        "2026年部门政府性基金预算支出功能分类预算表",
        "2026年部门国有资本经营预算支出功能分类预算表",
        "2026年部门一般公共预算基本支出部门预算经济分类预算表",
        "2026年部门“三公”经费和机关运行经费预算表",
    ]
    income = list(document.tables)[1]
    assert grid(income)[3:6] == [
        ["205", "", "", "教育支出", "", "", "", "", ""],
        ["205", "02", "", "普通教育", "", "", "", "", ""],
        ["205", "02", "05", "高等教育", "", "", "", "", ""],
    ]
    assert grid(income)[-1][0] == "合计"
    assert spans(income)["功能分类科目编码"] == (1, 3)
    assert "XX（部门）主要职能" in texts(document)


def test_a_template_of_old(shared_file: Find) -> None:
    document = read(shared_file("real/35_*.xls"))
    assert document.format == "xls"
    first = next(document.tables)
    assert captions(first) == ["2026年预算单位财务收支预算总表", "编制单位：", "单位：元"]
    assert spans(first) == {
        "本年收入": (1, 2), "本年支出": (1, 5), "项目": (3, 1), "预算数": (1, 4),
        "合计": (2, 1), "基本支出": (1, 2), "项目支出": (2, 1),
    }  # fmt: skip
    assert len(list(document.tables)) == 9
