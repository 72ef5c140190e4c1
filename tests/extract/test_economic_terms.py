"""Entries of a glossary that say themselves that they are of an economic classification."""

from __future__ import annotations

import re
from pathlib import Path

from kemu.extract import extract
from kemu.extract.prose.glossary import data
from kemu.read import read

TEXT = """临江市水务局2025年度部门预算

第四部分 名词解释
一、工资福利支出（支出经济分类科目类级）：反映单位开支的在职职工各类劳动报酬。
二、因公出国（境）费用（支出经济分类科目款级）：反映人员公务出国的费用。
三、机关商品和服务支出（政府预算支出经济分类科目类级）：反映机关购买商品和服务的支出。
四、没有的名称（支出经济分类科目款级）：反映没有的支出。
"""


def test_the_examples_of_the_pattern() -> None:
    for text, name in data()["economic"]["examples"]:
        found = re.match(data()["economic"]["regex"], text)
        assert (found["name"] if found else "") == name


def test_a_term_is_of_the_classification_and_level_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text(TEXT, encoding="utf-8")
    terms = extract(read(path)).terms
    assert [(term.scheme, term.code) for term in terms] == [
        ("deptEconomic", "301"),
        ("deptEconomic", "30212"),
        ("govEconomic", "502"),
        ("", ""),
    ]
