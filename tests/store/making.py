"""Small documents for stores: a unit, a year, a table whose sums hold."""

from __future__ import annotations

from pathlib import Path

from tests.whole.pages import prose, table

UNIT = "青溪县档案馆"


def page(
    folder: Path,
    name: str = "预算.html",
    title: str = f"{UNIT}2025年单位预算公开说明",
    amount: str = "120.50",
    extra: str = "",
    year: int = 2025,
) -> Path:
    """Write a page with one table of expenditure and a sentence that says the same."""
    rows = (
        "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
        f" | 合计 | {amount} | {amount} | 0.00",
        f"201 | 一般公共服务支出 | {amount} | {amount} | 0.00",
        f"20126 | 档案事务 | {amount} | {amount} | 0.00",
        f"2012601 | 行政运行 | {amount} | {amount} | 0.00",
    )
    body = table(*rows, title="一般公共预算支出表") + prose(
        "一、一般公共预算支出情况", f"{year}年一般公共预算支出{amount}万元。", extra
    )
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<html><head><meta charset="utf-8"></head><body><h1>{title}</h1>{body}</body></html>',
        encoding="utf-8",
    )
    return path
