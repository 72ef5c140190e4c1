"""A code printed once for several rows, and a name that reaches into columns not its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.model.facts import UNDETERMINED
from kemu.model.findings import CheckResult

from .making import COVER, UP, Drawn, checked, html, rules, word

TITLE = ("一般公共预算支出表", "单位：万元")
HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
PENSION = "机关事业单位基本养老保险缴费支出"
ANNUITY = "机关事业单位职业年金缴费支出"

Write = Callable[..., bytes]
BOTH = pytest.mark.parametrize(
    ("write", "name"), [(html, "a.html"), (word, "a.docx")], ids=["html", "docx"]
)


def _codes(result: CheckResult) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in result.extraction.facts:
        found.setdefault(fact.amount.printed, []).append(fact.key.functional)
    return found


@BOTH
def test_rows_of_other_names_beside_a_merged_code_are_what_their_names_say(
    write: Write, name: str, tmp_path: Path
) -> None:
    rows: Drawn = [HEAD, ["2080505", PENSION, "10.00", "10.00"], [UP, ANNUITY, "7.00", "7.00"]]
    result = checked(tmp_path, name, write(rows, *TITLE))
    assert _codes(result) == {"10.00": ["2080505"] * 2, "7.00": ["2080506"] * 2}
    assert not rules(result)


@BOTH
def test_rows_of_one_merged_code_and_name_without_more_are_not_understood(
    write: Write, name: str, tmp_path: Path
) -> None:
    rows: Drawn = [HEAD, ["2080505", PENSION, "10.00", "10.00"], [UP, UP, "7.00", "7.00"]]
    result = checked(tmp_path, name, write(rows, *TITLE))
    assert {fact.key.project for fact in result.extraction.facts} == {UNDETERMINED}
    assert result.coverage.bound == 0
    (mention,) = result.extraction.mentions
    assert (mention.printed_code, mention.code, len(mention.facts)) == ("2080505", "2080505", 4)
    assert [o.name for o in result.extraction.organisations] == ["云溪县档案馆"]


@BOTH
@pytest.mark.parametrize(("total", "found"), [("17.00", []), ("15.00", ["R3.3"])])
def test_a_merged_code_holds_for_each_project_beside_it(
    total: str, found: list[str], write: Write, name: str, tmp_path: Path
) -> None:
    rows: Drawn = [
        ["科目编码", "科目名称", "项目名称", "合计"],
        ["2012604", "档案馆", "库房修缮", "10.00"],
        [UP, UP, "档案数字化", "7.00"],
        ["", "合计", "", total],
    ]
    result = checked(tmp_path, name, write(rows, "项目支出表", "单位：万元"))
    assert _codes(result) == {"10.00": ["2012604"], "7.00": ["2012604"], total: ["all"]}
    assert [f.key.project for f in result.extraction.facts][:2] == ["库房修缮", "档案数字化"]
    assert rules(result) == found


def test_a_code_alone_merged_over_rows_does_not_stop_the_check(tmp_path: Path) -> None:
    rows: Drawn = [["科目编码", "合计"], ["2080505", "10.00"], [UP, "7.00"]]
    result = checked(tmp_path, "a.html", html(rows, *TITLE))
    assert result.coverage.bound == 0
    assert len(result.extraction.mentions) == 1


SHIFTED = (
    "部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计|人员经费|公用经费|专项业务经费|备注|",
    "301|工资福利支出|||502.95|502.95|0|0|",
    "30101|基本工资|50101|工资奖金津补贴|128.40|128.40|0|0|",
    "30102|津贴补贴|50101|工资奖金津补贴|112.36|112.36|0|0|",
    "30217|公务接待费|50206|公务接待费|1.10|0|1.10|0|",
    "30231|公务用车运行维护费|50208|公务用车运行维护费|3.00|0|",
    "30239|其他交通费用|50201|办公经费|11.70|0|11.70|0|",
)


def test_a_name_that_a_shift_stretched_under_other_columns_is_one_sighting(
    tmp_path: Path,
) -> None:
    dump = "\n\n".join("\n".join(f"\t{cell}" for cell in row.split("|")) for row in SHIFTED)
    lines = "\n".join((*COVER, "一般公共预算基本支出明细表", "单位：万元"))
    result = checked(tmp_path, "a.txt", f"{lines}\n\n{dump}\n\n\n完\n")
    assert {fact.amount.printed for fact in result.extraction.facts} >= {"128.40", "11.70"}
    slugs = [mention.slug for mention in result.extraction.mentions]
    assert len(slugs) == len(set(slugs))
    assert not rules(result)
