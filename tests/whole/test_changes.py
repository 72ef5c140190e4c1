"""Changes that contradict themselves or cannot be, from the page; and those that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole.pages import ACCOUNT, checked, prose, told

HEADING = "三、“三公”经费支出情况"
RULES = ("R5.2", "R5.3", "R5.4")


@pytest.mark.parametrize(
    "line",
    [
        "公务接待费支出56.57万元，比上年减少38.88万元，增长40.73%。",
        "公务接待费支出56.57万元，较上年决算数减少38.88万元，上升40.73%，主要原因是压减接待批次。",
    ],
)
def test_a_rate_that_contradicts_its_change(tmp_path: Path, line: str) -> None:
    (said,) = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert said == "R5.4 violation “公务接待费支出”的增减额说减少，增减率说增长，自相矛盾。"


def test_a_change_that_contradicts_its_rate_is_one_finding(tmp_path: Path) -> None:
    """38.88 less than 95.45 is 40.73 %: the word of the change is the wrong one."""
    line = "公务接待费支出56.57万元，比上年增加38.88万元，下降40.73%。"
    (said,) = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert said == "R5.4 violation “公务接待费支出”的增减额说增加，增减率说下降，自相矛盾。"


def test_a_rate_against_both_amounts(tmp_path: Path) -> None:
    line = "公务接待费支出56.57万元，比2023年度决算数95.45万元减少38.88万元，增长40.73%。"
    (said,) = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert said.startswith("R5.4 violation “公务接待费支出”56.57万元，所比的数是 95.45万元")


def test_more_than_there_is(tmp_path: Path) -> None:
    line = "公务接待费支出1238.55万元，较上年增加1739.58万元。"
    (said,) = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert said == (
        "R5.2 violation “公务接待费支出”是 1,238.55万元，不可能增加 1,739.58万元："
        "所比的数就成了负数。"
    )


def test_a_fall_by_more_than_all(tmp_path: Path) -> None:
    line = "公务接待费支出56.57万元，比上年下降140.73%。"
    (said,) = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert said == "R5.3 violation “公务接待费支出”印作下降 140.73%；不小于零的数最多下降 100%。"


@pytest.mark.parametrize(
    "line",
    [
        # The same, and right.
        "公务接待费支出56.57万元，比上年减少38.88万元，下降40.73%。",
        # A template's choice left open: R5.11 tells that.
        "公务接待费支出56.57万元，比上年增加（减少）38.88万元，下降40.73%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，增长（下降）40.73%。",
        "公务接待费支出56.57万元，比上年减少（增加）38.88万元，下降（增长）40.73%。",
        # Signs that turn the word.
        "公务接待费支出56.57万元，比上年增加-38.88万元，下降40.73%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，增长-40.73%。",
        # Another base.
        "公务接待费支出56.57万元，比上年减少38.88万元，比年初预算增长12.5%。",
        "公务接待费支出56.57万元，比上年减少38.88万元；与2022年度决算数相比，增长12.5%。",
        # Another subject.
        "公务接待费支出56.57万元，比上年减少38.88万元，其中国内接待批次增长12.5%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，主要是外宾接待增长12.5%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，可比口径增长12.5%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，扣除一次性因素后增长12.5%。",
        "公务接待费支出56.57万元，比上年减少38.88万元，下降40.73%，三公经费总额增加1739.58万元。",
        # Nothing moved.
        "公务接待费支出56.57万元，比上年减少0.00万元，增长0.00%。",
        # All of it is new.
        "公务接待费支出56.57万元，比上年增加56.57万元，增长100%。",
        # All of it is gone.
        "公务接待费支出0万元，比上年减少38.88万元，下降100%。",
    ],
)
def test_what_only_seems_to_contradict_itself(tmp_path: Path, line: str) -> None:
    assert told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES) == []


@pytest.mark.parametrize(
    "line",
    [
        "本年收入4518.18万元，包括：财政拨款收入4418.18万元、其他收入100.00万元，"
        "较上年增加142.30万元。",
        "（4）其他社会保障和就业支出1.08万元，用于工伤保险。（5）行政单位医疗(210101)44.93万元，"
        "较上年增加17.94万元。",
    ],
)
def test_a_change_of_the_whole_is_not_held_against_the_last_part(tmp_path: Path, line: str) -> None:
    assert told(checked(tmp_path, prose("一、收支情况", line)), *RULES) == []


@pytest.mark.parametrize(("rate", "rules"), [("3.34", []), ("4.33", ["R5.3"])])
def test_a_rate_told_on_after_a_change_has_its_base(
    tmp_path: Path, rate: str, rules: list[str]
) -> None:
    line = (
        f"公务接待费支出4.64万元，完成年初预算5.13万元的90.45%；较上年增加0.15万元，增长{rate}%。"
    )
    said = told(checked(tmp_path, prose(HEADING, line), title=ACCOUNT), *RULES)
    assert [each.split()[0] for each in said] == rules
