"""Tables of a department's units below its own: each belongs to the unit that its caption names."""

from __future__ import annotations

from pathlib import Path

from kemu.model.findings import CheckResult

from .pages import checked, table, told

TITLE = "青溪县教育局2025年部门预算公开说明"
HEAD = "科目编码|科目名称|合计|基本支出|项目支出"


def _unit(name: str, *rows: str) -> str:
    return f"<p>单位支出总表</p><p>单位名称：{name}</p>" + table(HEAD, *rows)


def _checked(folder: Path, school: str) -> CheckResult:
    return checked(
        folder,
        "<p>部门支出总表</p><p>单位名称：青溪县教育局</p>"
        + table(HEAD, "|合计|90.00|70.00|20.00", "205|教育支出|90.00|70.00|20.00"),
        _unit("青溪县教育局机关", "|合计|30.00|20.00|10.00", "205|教育支出|30.00|20.00|10.00"),
        _unit("青溪县第一小学", f"|合计|{school}|50.00|10.00", "205|教育支出|60.00|50.00|10.00"),
        title=TITLE,
    )


def test_tables_of_units_are_not_held_against_those_of_the_department(tmp_path: Path) -> None:
    result = _checked(tmp_path, "60.00")
    assert [finding.messages["zh"] for finding in result.findings
            if finding.severity.value == "violation"] == []  # fmt: skip
    assert result.extraction.identity.organisation == "青溪县教育局"
    held = {(f.key.organisation, f.key.consolidation) for f in result.extraction.facts}
    assert held == {
        ("青溪县教育局", "departmentTotal"),
        ("青溪县教育局", "headquarters"),
        ("青溪县第一小学", "unit"),
    }


def test_a_wrong_total_of_a_unit_is_told(tmp_path: Path) -> None:
    assert told(_checked(tmp_path, "62.00"), "R3.2", "R3.3")
