"""Sentences that were read wrongly and accused for nothing, and their twins with an error."""

from __future__ import annotations

import pytest

from tests.extract.test_misreadings import accused, read

OLD_AGE = (
    "一、一般公共预算支出情况\n2025年一般公共预算支出100.00万元。\n"
    "1.社会保障和就业支出{total}万元，占100.00%。其中：行政单位离退休20.00万元；事业单位离退休30.00万元；"
    "机关事业单位基本养老保险缴费支出50.00万元。\n"
)


@pytest.mark.parametrize(("total", "wrong"), [("100.00", False), ("109.00", True)])
def test_a_name_in_force_before_one_it_is_like(total: str, wrong: bool) -> None:
    lines = OLD_AGE.format(total=total)
    codes = [f.key.functional for f in read(lines).facts if f.key.functional.startswith("20805")]
    assert codes == ["2080501", "2080502", "2080505"]
    assert bool(accused(lines)) is wrong


BOTH = (
    "一、收支情况\n2025年收入预算479.73万元，其中：一般公共预算拨款479.73万元，其他资金0万元；"
    "支出预算479.73万元，其中：基本支出311.44万元，项目支出{project}万元。\n"
)


@pytest.mark.parametrize(("project", "rules"), [("168.29", []), ("186.29", ["R3.2"])])
def test_the_other_side_does_not_take_the_fund_of_the_last_part(
    project: str, rules: list[str]
) -> None:
    lines = BOTH.format(project=project)
    found = [f for f in read(lines).facts if f.key.flow == "expenditure"]
    assert {f.key.fund for f in found} == {"all"}
    assert accused(lines) == rules


CLASSES = (
    "一、财政拨款支出情况\n2025年财政拨款支出预算{total}万元，较上年增加96.93万元，增长2.75%。"
    "具体支出情况是：一般公共服务支出1389.74万元；社会保障和就业支出265.66万元；"
    "卫生健康支出74.41万元；住房保障支出112.77万元；国有资本经营预算支出38.45万元。\n"
)


@pytest.mark.parametrize(("total", "rules"), [("1881.03", []), ("1818.03", ["R3.3"])])
def test_a_term_taken_for_something_else(total: str, rules: list[str]) -> None:
    assert [r for r in accused(CLASSES.format(total=total)) if r.startswith("R3")] == rules


def test_carry_over_of_two_sides_divides_nothing() -> None:
    lines = (
        "一、收支情况\n2025年收入总计2701.04万元，支出总计2701.04万元。"
        "其中：年初结转和结余153.15万元，年末结转和结余142.99万元。\n"
    )
    assert not accused(lines)


@pytest.mark.parametrize(("again", "rules"), [("3", []), ("4", ["R4.3"])])
def test_a_count_among_the_parts_of_a_count(again: str, rules: list[str]) -> None:
    lines = (
        "一、机构设置\n2025年本部门所属预算单位共3个，包括委本级和所属2个二级预算单位。\n"
        f"二、单位构成\n本部门所属预算单位共{again}个。\n"
    )
    assert accused(lines) == rules
