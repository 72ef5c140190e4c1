"""`kemu read --why`: which words bound a number to which dimension, or why none did."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.cli import main
from tests.whole.pages import prose, table

PARTS = (
    prose(
        "二、支出预算情况",
        "2025年支出预算2480.30万元，其中：基本支出1480.20万元，项目支出1000.10万元。",
        "2025年雪域莲花工程76.50万元。",
    ),
    table(
        "科目编码|科目名称|合计|基本支出",
        "|合计|480.00|480.00",
        "2010301|行政运行|480.00|480.00",
        title="一般公共预算支出表",
    ),
)


@pytest.fixture
def why(tmp_path: Path, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Return a function that asks about a number of a small page: exit code, stdout, stderr."""
    path = tmp_path / "公开.html"
    body = "<h1>青溪县档案馆2025年单位预算公开说明</h1>" + "".join(PARTS)
    path.write_text(f'<meta charset="utf-8"><body>{body}</body>', encoding="utf-8")

    def ask(place: str) -> tuple[int, str, str]:
        code = main(["read", str(path), "--why", place])
        shown = capfd.readouterr()
        return code, shown.out, shown.err

    return ask


def test_the_words_that_bound_a_number_are_told(why) -> None:  # type: ignore[no-untyped-def]
    code, out, err = why("1480.20")
    assert (code, err) == (0, "")
    assert "“基本支出” → 支出性质 基本支出" in out
    assert "所在标题：“二、支出预算情况” → 收支方向 支出" in out
    assert "参与的合计：2480.30 = 1480.20 + 1000.10" in out


def test_the_words_that_nobody_knows_are_told(why) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = why("76.50万元")
    assert code == 0
    assert "没有读懂" in out
    assert "雪域莲花工" in out
    assert "没有绑定：看不出是什么金额" in out


def test_a_cell_is_told_by_title_column_and_row(why) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = why("t1/r3/c4")
    assert code == 0
    assert "表名：“一般公共预算支出表” → 资金来源 一般公共预算；收支方向 支出" in out
    assert "列头：“基本支出” → 支出性质 基本支出" in out
    assert "行名：“2010301 行政运行”" in out


def test_a_place_is_asked_for_as_the_report_prints_it(why) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = why("二、第1句")
    assert "1480.20" in out
    assert "1000.10" in out


def test_a_place_without_a_number_is_an_error(why) -> None:  # type: ignore[no-untyped-def]
    code, out, err = why("第99页")
    assert (code, out) == (2, "")
    assert "E-READ-PLACE" in err
