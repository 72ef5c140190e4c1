"""A sentence's change held against a table that prints last year's amount in two ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.read import read
from kemu.validate.check import check

PAGE = """<html><body><p>临江市档案馆2026年部门预算</p>
<p>一、一般公共预算支出情况说明</p>
<p>1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）2026年预算数为362.00万元，\
比2025年执行数增加{change}万元，主要是工作任务增加。</p>
<p>一般公共预算支出表</p><p>单位：万元</p>
<table border="1">
<tr><td>科目编码</td><td>科目名称</td><td>2025年执行数</td><td>2025年扣除基建投资后执行数</td>
<td>2026年预算数</td></tr>
<tr><td>2070104</td><td>图书馆</td><td>500.00</td><td>160.00</td><td>362.00</td></tr>
</table></body></html>"""


@pytest.mark.parametrize(("change", "wrong"), [("202.00", False), ("220.00", True)])
def test_the_second_base_may_be_meant(tmp_path: Path, change: str, wrong: bool) -> None:
    path = tmp_path / "预算.html"
    path.write_text(PAGE.format(change=change), encoding="utf-8")
    rules = {f.rule for f in check(extract(read(path))).findings if f.severity == "violation"}
    assert bool(rules & {"R5.2", "R5.4"}) is wrong
