"""A class whose name every classification has, in a table of three classifications side by side."""

from __future__ import annotations

from pathlib import Path

from kemu.extract import extract
from kemu.read import read

PAGE = """<html><body><p>临江市档案馆2025年部门预算</p>
<p>2025年部门预算收支总表</p><p>单位：万元</p>
<table border="1">
<tr><td>支出功能分类科目</td><td>预算数</td><td>部门预算支出经济科目</td><td>预算数</td>
<td>政府预算支出经济分类科目</td><td>预算数</td></tr>
<tr><td>1、文化旅游体育与传媒支出</td><td>60.00</td><td>1、工资福利支出</td><td>70.00</td>
<td>1、机关工资福利支出</td><td>80.00</td></tr>
<tr><td>2、其他支出</td><td>40.00</td><td>2、其他支出</td><td>30.00</td>
<td>2、其他支出</td><td>20.00</td></tr>
</table></body></html>"""


def test_each_side_names_its_own(tmp_path: Path) -> None:
    path = tmp_path / "预算.html"
    path.write_text(PAGE, encoding="utf-8")
    keys = {f.amount.printed: f.key for f in extract(read(path)).facts}
    assert keys["40.00"].functional == "229"
    assert (keys["30.00"].functional, keys["30.00"].dept_economic) == ("all", "399")
    assert (keys["20.00"].functional, keys["20.00"].gov_economic) == ("all", "599")
