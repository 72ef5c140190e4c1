"""Where things are printed, in words: tables by the number that is printed above them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract.tables.words import data, printed_number
from kemu.report.view import view
from tests.whole.pages import checked, table


@pytest.mark.parametrize(("caption", "number"), data()["printed_number"]["examples"])
def test_printed_number(caption: str, number: str) -> None:
    assert printed_number(caption)[0] == number


@pytest.mark.parametrize(
    ("captions", "named"),
    [
        (("公开05表", "一般公共预算支出表"), "公开05表《一般公共预算支出表》"),
        (("一般公共预算支出表（公开表3-1）",), "公开表3-1《一般公共预算支出表》"),
        (("表五 一般公共预算支出表",), "表五《一般公共预算支出表》"),
        (("一般公共预算支出表",), "表1《一般公共预算支出表》"),
    ],
)
def test_a_table_bears_the_number_that_is_printed(
    tmp_path: Path, captions: tuple[str, ...], named: str
) -> None:
    rows = (
        "功能科目编码|功能科目名称|合计|基本支出|项目支出",
        "合计||60.00|60.00|",
        "208|社会保障和就业支出|61.00|60.00|",
    )
    above = "".join(f"<p>{caption}</p>" for caption in captions[:-1])
    result = checked(tmp_path, above, table(*rows, title=captions[-1]))
    entry = view(result, "zh", {}).entries[0]
    assert entry.subject is not None
    assert entry.subject.where.startswith(named), entry.subject.where
