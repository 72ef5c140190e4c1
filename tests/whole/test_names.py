"""A code beside a name: told from the page where the name is another code's, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole.pages import BUDGET, checked, found, prose, table, told

HEADER = "功能科目编码|功能科目名称|合计|基本支出|项目支出"
TITLE = "一般公共预算支出表"
OWN = "机关事业单位基本养老保险缴费支出"
SAID = f"R2.2 violation 代码 2080505 的名称是“{OWN}”，印作“住房公积金”，那是 2210201 的名称。"


def pension(name: str) -> str:
    """Return a table of expenditure that prints a name beside 2080505."""
    return table(
        HEADER,
        "合计||60.00|60.00|",
        "208|社会保障和就业支出|60.00|60.00|",
        "20805|行政事业单位养老支出|60.00|60.00|",
        f"2080505|{name}|40.00|40.00|",
        "2080506|机关事业单位职业年金缴费支出|20.00|20.00|",
        title=TITLE,
    )


def test_name_of_another_code_in_a_table(tmp_path: Path) -> None:
    result = checked(tmp_path, pension("住房公积金"))
    assert told(result, "R2.2") == [SAID]
    (finding,) = found(result, "R2.2")
    assert (finding.evidence[0].place.row, finding.evidence[0].place.column) == (5, 2)


def test_name_of_another_code_where_the_code_is_split(tmp_path: Path) -> None:
    result = checked(
        tmp_path,
        table(
            "类|款|项|科目名称|合计|基本支出|项目支出",
            "合计||||60.00|60.00|",
            "208|||社会保障和就业支出|60.00|60.00|",
            "208|05||行政事业单位养老支出|60.00|60.00|",
            "208|05|05|住房公积金|40.00|40.00|",
            "208|05|06|机关事业单位职业年金缴费支出|20.00|20.00|",
            title=TITLE,
        ),
    )
    assert told(result, "R2.2") == [SAID]


def test_name_that_many_codes_bear_names_some_of_them(tmp_path: Path) -> None:
    (said,) = told(checked(tmp_path, pension("行政运行")), "R2.2")
    assert said.endswith("印作“行政运行”，那是 2010101、2010201、2010301…… 的名称。")


@pytest.mark.parametrize(
    "line",
    [
        "1.住房公积金（2080505）40.00万元，主要用于单位缴费。",
        "1.[2080505]住房公积金40.00万元，主要用于单位缴费。",
    ],
)
def test_name_of_another_code_in_prose(tmp_path: Path, line: str) -> None:
    result = checked(tmp_path, pension(OWN), prose("三、一般公共预算支出情况", line))
    assert told(result, "R2.2") == [SAID]


def test_name_of_another_code_in_the_glossary(tmp_path: Path) -> None:
    entry = "（一）住房公积金（2080505）：指单位按规定的比例为职工缴存的支出。"
    result = checked(tmp_path, pension(OWN), prose("四、名词解释", entry))
    assert told(result, "R2.2") == [SAID]


@pytest.mark.parametrize(
    ("year", "name"),
    [
        ("2025", OWN),
        ("2025", "机关事业单位<br>基本养老保险<br>缴费支出"),
        ("2025", "机关事业单位基本养老保险缴费支出（行政事业单位养老支出）"),
        ("2025", "机关事业单位基本养老保险缴费"),
        ("2025", "其中：机关事业单位基本养老保险缴费支出"),
    ],
)
def test_other_ways_to_print_the_right_name_are_not_told(
    tmp_path: Path, year: str, name: str
) -> None:
    assert told(checked(tmp_path, pension(name)), "R2.2", "R2.7") == []


def test_an_old_name_is_no_name_of_another_code(tmp_path: Path) -> None:
    page = table(
        HEADER,
        "合计||60.00|60.00|",
        "208|社会保障和就业支出|60.00|60.00|",
        "20805|行政事业单位离退休|60.00|60.00|",
        f"2080505|{OWN}|60.00|60.00|",
        title=TITLE,
    )
    assert told(checked(tmp_path, page), "R2.2") == []


@pytest.mark.parametrize(("year", "expected"), [("2022", []), ("2026", ["R2.3"])])
def test_a_name_that_may_be_the_former_one_is_no_misprint(
    tmp_path: Path, year: str, expected: list[str]
) -> None:
    """监管支出 was given up between 2010 and 2025: old in 2026, unknown in 2022, no misprint."""
    page = table(
        HEADER,
        "合计||60.00|60.00|",
        "215|资源勘探工业信息等支出|60.00|60.00|",
        "21505|工业和信息产业|60.00|60.00|",
        "2150599|其他工业和信息产业监管支出|60.00|60.00|",
        title=TITLE,
    )
    result = checked(tmp_path, page, title=BUDGET.replace("2025", year))
    assert [finding.rule for finding in found(result, "R2.3", "R2.7")] == expected


@pytest.mark.parametrize(
    "entry",
    [
        "（一）公安（20402科目）：指公安机关的支出。",
        "（二）其他行政事业单位养老支出（款）（2080599）：指其他养老方面的支出。",
    ],
)
def test_a_name_beside_its_bracket_is_not_told(tmp_path: Path, entry: str) -> None:
    assert told(checked(tmp_path, prose("四、名词解释", entry)), "R2.2") == []
