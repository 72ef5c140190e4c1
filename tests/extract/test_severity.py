"""What is not for sure wrong is no violation; and its twin that is wrong remains one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.read.text import plain
from kemu.validate.check import check
from tests.extract.conftest import TITLE


def told(lines: str) -> dict[str, str]:
    """Return the rules that a document with these lines breaks, with their severity.

    Of hints those that a list may not be whole.
    """
    result = check(extract(plain.read(Path("样例.txt"), (TITLE + lines).encode())))
    findings = (f for f in result.findings if f.severity != "hint" or f.rule.startswith("R3."))
    return {f.rule: str(f.severity) for f in findings}


@pytest.mark.parametrize(
    ("staff", "rules"),
    [
        ("核定编制30人，其中：行政编制12人、事业编制15人", {"R3.10": "hint"}),
        ("核定编制30人，其中：行政编制12人、事业编制18人", {}),
        ("核定编制30人，其中：行政编制12人、事业编制21人", {"R3.10": "violation"}),
        ("核定编制30人，其中：行政编制12人、事业编制15人、工勤编制1人", {"R3.10": "violation"}),
        ("单位管理的离退休人员38人，其中：离休3人、退休32人", {"R3.10": "violation"}),
    ],
)
def test_a_kind_of_staff_may_be_left_out(staff: str, rules: dict[str, str]) -> None:
    assert told(f"一、人员情况\n本单位{staff}。\n") == rules


LIST = (
    "一、一般公共预算拨款支出情况\n2025年本单位一般公共预算支出{total}万元，其中：\n"
    "工资福利支出（301）60.00万元；商品和服务支出（302）20.00万元；"
    "对个人和家庭的补助（303）5.00万元；资本性支出（310）15.00万元。\n"
)


@pytest.mark.parametrize(
    ("total", "rules"),
    [("120.00", {"R3.5": "hint"}), ("100.00", {}), ("90.00", {"R3.5": "violation"})],
)
def test_a_list_that_no_word_calls_whole_may_leave_items_out(
    total: str, rules: dict[str, str]
) -> None:
    assert told(LIST.format(total=total)) == rules


CLASSES = (
    "一、财政拨款支出情况\n2025年财政拨款预算支出100.00万元，与上年相同。其中：\n"
    "（一）文化旅游体育与传媒支出（类）\n文化和旅游（款）图书馆（项）支出60.00万元，与上年相同。\n"
    "（二）国有资本经营预算支出（类）\n"
    "其他国有资本经营预算支出（款）其他国有资本经营预算支出（项）支出{capital}万元，与上年相同。\n"
)


@pytest.mark.parametrize(("capital", "rules"), [("40.00", {}), ("30.00", {"R3.3": "violation"})])
def test_a_class_named_like_a_fund_is_a_part_of_the_list(
    capital: str, rules: dict[str, str]
) -> None:
    assert told(CLASSES.format(capital=capital)) == rules


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ("35.40", {"R5.2": "warning"}),
        ("35.42", {}),
        ("35.52", {"R5.2": "violation"}),
        ("30.00", {"R5.2": "violation"}),
    ],
)
def test_a_last_digit_cut_off_and_filled_up_is_no_violation(
    change: str, rules: dict[str, str]
) -> None:
    said = f"2025年培训费预算179.18万元，比2024年预算数143.76万元增加{change}万元"
    assert told(f"一、培训费情况说明\n{said}，主要原因是培训增加。\n") == rules
