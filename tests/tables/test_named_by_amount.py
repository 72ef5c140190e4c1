"""A column of amounts that was taken for names: its rows are not added up."""

from __future__ import annotations

from pathlib import Path

from kemu.extract import extract
from kemu.read import read
from kemu.validate.check import check

PAGE = """<html><body><p>临江市档案馆2025年部门预算</p>
<p>2025年部门主要任务表</p><p>单位：万元</p>
<table border="1">
<tr><td rowspan="2">年度主要任务</td><td rowspan="2">任务名称</td>
<td colspan="3">预算金额（万元）</td></tr>
<tr><td>总额</td><td>财政拨款</td><td>其他资金</td></tr>
<tr><td>一、主业</td><td>征集档案</td><td>20.00</td><td>20.00</td><td></td></tr>
<tr><td>主业</td><td>整理第二库</td><td>10.00</td><td>10.00</td><td></td></tr>
<tr><td>主业</td><td>整理第三库</td><td>10.00</td><td>10.00</td><td></td></tr>
<tr><td>主业</td><td>整理第四库</td><td>10.00</td><td>10.00</td><td></td></tr>
<tr><td>主业</td><td>整理第五库</td><td>10.00</td><td>10.00</td><td></td></tr>
<tr><td>主业</td><td>整理第六库</td><td>10.00</td><td>10.00</td><td></td></tr>
<tr><td>二、主业</td><td>修复档案</td><td>30.00</td><td></td><td>30.00</td></tr>
<tr><td></td><td>金额合计</td><td>100.00</td><td>70.00</td><td>30.00</td></tr>
<tr><td></td><td>一级指标</td><td>二级指标</td><td>指标内容</td><td>指标值</td></tr>
<tr><td></td><td>产出</td><td>数量</td><td>修复卷数</td><td>≥300卷</td></tr>
<tr><td></td><td>产出</td><td>质量</td><td>合格率</td><td>≥95%</td></tr>
<tr><td></td><td>产出</td><td>时效</td><td>完成时间</td><td>年底前</td></tr>
<tr><td></td><td>效益</td><td>社会</td><td>查档人次</td><td>≥2000人</td></tr>
</table></body></html>"""


def test_no_row_is_accused_of_what_its_name_holds(tmp_path: Path) -> None:
    path = tmp_path / "绩效.html"
    path.write_text(PAGE, encoding="utf-8")
    found = check(extract(read(path))).findings
    assert [f.rule for f in found if f.severity == "violation"] == []
