"""What findings say: the base that the words name, the column, and which way it is too much."""

from __future__ import annotations

from pathlib import Path

from tests.whole.pages import ACCOUNT, checked, prose, table, told

HEADING = "三、“三公”经费支出情况"
HEAD = "科目编码|科目名称|合计|基本支出|项目支出"


def test_a_completion_goes_by_the_budget_that_its_words_name(tmp_path: Path) -> None:
    begun = "公务接待费支出年初预算为0.00万元，"
    right = begun + "全年预算为5.00万元，支出决算为4.50万元，完成全年预算的90.00%。"
    assert told(checked(tmp_path, prose(HEADING, right), title=ACCOUNT), "R5.6") == []
    wrong = begun + "支出决算为4.50万元，完成年初预算的90.00%。"
    (said,) = told(checked(tmp_path, prose(HEADING, wrong), title=ACCOUNT), "R5.6")
    assert "无法计算" in said


def test_a_sum_names_its_column(tmp_path: Path) -> None:
    rows = ("208|社会保障和就业支出|300.00|100.00|210.00",)
    (said,) = told(checked(tmp_path, table(HEAD, *rows, title="2025年部门支出总表")), "R3.2")
    assert "“社会保障和就业支出·合计”印作 300.00万元" in said


def test_what_must_not_exceed_a_total_is_said_to_exceed_it(tmp_path: Path) -> None:
    whole = ("208|社会保障和就业支出|300.00|100.00|200.00", "|合计|300.00|100.00|200.00")
    part = ("208|社会保障和就业支出|320.00|100.00|220.00", "|合计|320.00|100.00|220.00")
    parts = (
        table(HEAD, *whole, title="2025年部门支出总表"),
        table(HEAD, *part, title="2025年一般公共预算支出表"),
    )
    said = told(checked(tmp_path, *parts), "R4.4")
    assert said
    assert all("对应的数" in one and "不应多于它，却多出 20.00万元" in one for one in said)
