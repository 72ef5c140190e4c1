"""R7.4–R7.6 from the page: what a glossary leaves out, has too much of, or copied."""

from __future__ import annotations

from pathlib import Path

from kemu.model.findings import CheckResult
from tests.whole.pages import checked, found, prose, table, told

SPENDING = table(
    "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
    " | 合计 | 1,190.00 | 700.00 | 490.00",
    "208 | 社会保障和就业支出 | 960.00 | 560.00 | 400.00",
    "20805 | 行政事业单位养老支出 | 960.00 | 560.00 | 400.00",
    "2080505 | 机关事业单位基本养老保险缴费支出 | 560.00 | 560.00 | ",
    "2080599 | 其他行政事业单位养老支出 | 400.00 | | 400.00",
    "221 | 住房保障支出 | 230.00 | 140.00 | 90.00",
    "22102 | 住房改革支出 | 230.00 | 140.00 | 90.00",
    "2210201 | 住房公积金 | 140.00 | 140.00 | ",
    "2210203 | 购房补贴 | 90.00 | | 90.00",
    title="一般公共预算支出表",
)
PENSION = (
    "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）："
    "指单位为在职人员缴纳的基本养老保险费。"
)
REST = (
    "社会保障和就业支出（类）行政事业单位养老支出（款）其他行政事业单位养老支出（项）："
    "指除上述项目以外其他用于行政事业单位养老方面的支出。"
)
FUND = "住房保障支出（类）住房改革支出（款）住房公积金（项）：指单位按规定比例缴存的住房公积金。"
HOUSING = "住房保障支出（类）住房改革支出（款）购房补贴（项）：指按房改政策发放的购房补贴资金。"
GOOD = (PENSION, REST, FUND, HOUSING)
RULES = ("R7.4", "R7.5", "R7.6")


def judged(folder: Path, *entries: str, tables: str = SPENDING) -> CheckResult:
    numbered = (f"{n}.{entry}" for n, entry in enumerate(entries, start=1))
    return checked(folder, tables, prose("四、名词解释", *numbered))


def test_a_glossary_that_agrees_is_silent(tmp_path: Path) -> None:
    result = judged(tmp_path, *GOOD)
    assert told(result, *RULES) == []
    statuses = {row.rule: row.status for row in result.ledger if row.rule in RULES}
    assert {str(status) for status in statuses.values()} == {"passed"}


def test_all_that_is_left_out_is_one_warning(tmp_path: Path) -> None:
    (line,) = told(judged(tmp_path, PENSION, REST), *RULES)
    assert line.startswith("R7.4 warning")
    assert "2210201 住房公积金" in line
    assert "2210203 购房补贴" in line
    assert "共 2 个" in line


def test_the_level_above_explains_what_is_below(tmp_path: Path) -> None:
    above = "住房保障支出（类）住房改革支出（款）：指用于住房改革方面的支出。"
    assert told(judged(tmp_path, PENSION, REST, above), *RULES) == []


def test_what_is_explained_and_never_used_is_a_hint(tmp_path: Path) -> None:
    surplus = "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：指医疗保险缴费的支出。"
    (line,) = told(judged(tmp_path, *GOOD, surplus), *RULES)
    assert line.startswith("R7.5 hint")
    assert "2101101 行政单位医疗" in line


def test_the_words_of_a_residual_code_under_another(tmp_path: Path) -> None:
    wrong = PENSION.partition("指")[0] + "指除上述项目以外其他用于养老方面的支出。"
    (one,) = found(judged(tmp_path, wrong, REST, FUND, HOUSING), *RULES)
    assert (one.rule, one.severity.value) == ("R7.6", "warning")
    assert "机关事业单位基本养老保险缴费支出" in one.messages["zh"]


def test_words_copied_from_the_entry_before(tmp_path: Path) -> None:
    copied = HOUSING.partition("：")[0] + "：指单位按规定比例缴存的住房公积金。"
    (line,) = told(judged(tmp_path, PENSION, REST, FUND, copied), *RULES)
    assert line.startswith("R7.6 warning")
    assert "购房补贴" in line
    assert "住房公积金" in line


def test_a_glossary_without_items_owes_nothing(tmp_path: Path) -> None:
    result = judged(tmp_path, "基本支出：指为保障机构正常运转、完成日常工作任务安排的支出。")
    assert told(result, *RULES) == []
    statuses = {row.rule: str(row.status) for row in result.ledger if row.rule in RULES}
    assert set(statuses.values()) == {"not_applicable"}
