"""Amounts as tables print them, through the whole check."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Extraction
from kemu.read import read

from .pages import checked, table

ROWS = ("科目编码|科目名称|合计|基本支出|项目支出",)
TITLE = "一般公共预算支出表"


def extracted(folder: Path, *rows: str, unit: str = "单位：万元") -> Extraction:
    checked(folder, table(*ROWS, *rows, title=TITLE, unit=unit))
    return extract(read(folder / "公开.html"))


def values(found: Extraction) -> dict[str, Decimal]:
    return {fact.amount.printed: fact.amount.value for fact in found.facts}


@pytest.mark.parametrize(
    ("unit", "factor"), [("百万元", 1_000_000), ("千元", 1_000), ("亿元", 100_000_000)]
)
def test_a_table_in_any_unit_of_money_is_read(tmp_path: Path, unit: str, factor: int) -> None:
    found = extracted(tmp_path, "2013801|行政运行|3.50|1.25|2.25", unit=f"单位：{unit}")
    assert values(found)["3.50"] == Decimal("3.50") * factor


def test_signs_brackets_and_a_lone_separator(tmp_path: Path) -> None:
    found = extracted(tmp_path, "2013801|行政运行|2116,344|+2117,344|(1,000)")
    assert sorted(values(found).values()) == [-10_000_000, 21_163_440_000, 21_173_440_000]


def test_separators_in_the_wrong_places_do_not_hide_an_amount(tmp_path: Path) -> None:
    found = extracted(tmp_path, "2013801|行政运行|12,34.00|1.25|2.25")
    assert values(found)["12,34.00"] == 12_340_000


def test_a_subtotal_repeats_the_only_row_above_it(tmp_path: Path) -> None:
    rows = ("一、人员支出|30.00", "人员支出小计|30.00", "二、公用支出|5.00")
    checked(tmp_path, table("项目|预算数", *rows, title="基本支出预算表"))
    found = extract(read(tmp_path / "公开.html"))
    assert [f.key.project for f in found.facts if f.amount.printed == "30.00"] == ["all", "all"]
