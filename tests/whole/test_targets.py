"""Targets of projects held against the list of projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from .making import checked, rules
from .test_continuation import page

HEAD = ["单位名称", "项目名称", "合计", "财政拨款"]


@pytest.mark.parametrize(("second", "accused"), [("馆藏抢救", False), ("库房改造", True)])
def test_a_project_of_several_units_is_not_held_against_one(
    second: str, accused: bool, tmp_path: Path
) -> None:
    listed = [
        HEAD,
        ["", "合计", "90.30", "90.30"],
        ["云溪县档案馆（本级）", "馆藏抢救", "50.20", "50.20"],
        ["云溪县方志编纂中心", second, "40.10", "40.10"],
    ]
    targets = [
        ["项目", "预算数（单位：万元）", "绩效目标"],
        ["合计", "90.30", ""],
        ["馆藏抢救", "90.30", "抢救档案两千卷"],
    ]
    unit = "单位：万元"
    data = page("部门项目支出预算表", unit, listed, "重点项目绩效目标表", unit, targets)
    assert ("R4.4" in rules(checked(tmp_path, "a.html", data))) == accused
