"""A head printed again inside a table, as word processors do on a new page and people copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .making import checked, html, rules, word

HEAD = ["收入", "预算数", "支出", "预算数"]
SIDES = [
    HEAD,
    ["一、一般公共预算拨款收入", "1,010.00", "一、一般公共服务支出", "810.00"],
    ["二、政府性基金预算拨款收入", "7.00", "二、社会保障和就业支出", "187.00"],
    HEAD,
    ["三、事业收入", "3.00", "三、卫生健康支出", "13.00"],
    ["四、其他收入", "0.00", "四、住房保障支出", "10.00"],
    ["收入合计", "1,020.00", "支出合计", "1,020.00"],
]


@pytest.mark.parametrize(
    ("write", "name"), [(html, "a.html"), (word, "a.docx")], ids=["html", "docx"]
)
@pytest.mark.parametrize(("wrong", "found"), [("13.00", False), ("18.00", True)])
def test_sums_go_on_below_it(
    write: Callable[..., bytes], name: str, wrong: str, found: bool, tmp_path: Path
) -> None:
    rows = [[wrong if text == "13.00" else text for text in row] for row in SIDES]
    result = checked(tmp_path, name, write(rows, "收支预算总表", "单位：万元"))
    assert bool(rules(result)) == found
    sums = [e for e in result.extraction.equations if len(e.parts) > 1]
    assert sorted(len(e.parts) for e in sums) == [4, 4]
    assert not [number for number in result.extraction.unbound if number.printed == "预算数"]
