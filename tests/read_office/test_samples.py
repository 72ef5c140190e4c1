"""The samples are what their sources give, and their sums hold save where an error was put in.

The arithmetic here is independent of the scripts that make the samples: it reads the printed
text with a parser of its own and adds up what is printed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"
CLEAN = SAMPLES / "青溪县社会保险服务中心_2025年单位预算.txt"
FAULTY = SAMPLES / "临江市云岭区档案馆_2025年单位预算_含错误.txt"
NUMBER = re.compile(r"\d[\d,]*\.\d\d")


def tables(text: str) -> dict[str, list[list[str]]]:
    """Return the dumped tables by title: rows of cells, blank continuation cells included."""
    found: dict[str, list[list[str]]] = {}
    for chunk in re.split(r"\n{3,}", text):
        rows = [
            [line[1:] for line in block.split("\n") if line.startswith("\t")]
            for block in chunk.split("\n\n")
        ]
        rows = [row for row in rows if row]
        if rows:
            found[rows[0][0]] = rows[1:]
    return found


def amounts(row: list[str], count: int) -> list[Decimal]:
    """Return the last `count` cells of a row as amounts, blank as 0."""
    return [Decimal(cell.replace(",", "") or "0") for cell in row[-count:]]


def broken_columns(title: str, rows: list[list[str]], count: int, code: int) -> set[str]:
    """Return the amount columns whose coded rows do not add up to the 合计 row and class rows."""
    body = [row for row in rows if len(row) == code + 1 + count]
    total = next(amounts(row, count) for row in body if row[code].replace(" ", "") == "合计")
    leaves = [row for row in body if row[0].isdigit()]
    broken = set()
    for column in range(count):
        if sum(amounts(row, count)[column] for row in leaves) != total[column]:
            broken.add(f"{title}/{column}/合计")
    names = {"工资福利支出": "301", "商品和服务支出": "302", "对个人和家庭的补助": "303",
             "资本性支出": "310"}  # fmt: skip
    for row in body:
        prefix = names.get(row[code].strip()) if not row[0] else None
        parts = [amounts(leaf, count) for leaf in leaves if leaf[0] == prefix]
        for column in range(count if prefix else 0):
            if sum(part[column] for part in parts) != amounts(row, count)[column]:
                broken.add(f"{title}/{column}/{prefix}")
    return broken


def broken_rows(title: str, rows: list[list[str]], count: int, weights: list[int]) -> set[str]:
    """Return the rows whose weighted amounts do not come to 0."""
    width = max(map(len, rows))
    return {
        f"{title}/{row[-count - 1].strip()}"
        for row in rows
        if len(row) == width and NUMBER.fullmatch(row[-count])
        and sum(w * a for w, a in zip(weights, amounts(row, count), strict=True))
    }  # fmt: skip


def wrong_prose(text: str) -> set[str]:
    """Return the statements of the prose whose numbers contradict each other."""
    wrong = set()
    number = r"([\d.]+)"
    total = Decimal(re.search(rf"支出预算{number}万元，其中：基本支出", text)[1])
    for part, share in re.findall(rf"{number}万元，占{number}%", text):
        if part != "0" and abs(Decimal(part) * 100 / total - Decimal(share)) > Decimal("0.005"):
            wrong.add(f"占{share}%")
    compared = rf"{number}万元，比2024年预算数?{number}万元(增加|减少){number}万元，"
    for found in re.findall(rf"{compared}(增长|下降){number}%", text):
        now, base, word, change, trend, rate = found
        difference = Decimal(now) - Decimal(base)
        signs = {"增加": 1, "减少": -1, "增长": 1, "下降": -1}
        if difference != signs[word] * Decimal(change):
            wrong.add(f"{word}{change}万元")
        if abs(100 * difference / Decimal(base) - signs[trend] * Decimal(rate)) > Decimal("0.005"):
            wrong.add(f"{trend}{rate}%")
    totals = set(re.findall(rf"2025年(?:收支|财政拨款收支)预算总数{number}万元", text))
    wrong |= {f"总数{value}" for value in totals if Decimal(value) != total}
    items = re.findall(rf"（项）：2025年预算数为{number}万元", text)
    if sum(map(Decimal, items)) != total:
        wrong.add("项之和")
    for old in re.findall("医疗卫生与计划生育支出", text):
        wrong.add(old)
    return wrong


def wrong_tables(text: str) -> set[str]:
    """Return the sums in the tables that do not hold."""
    found = tables(text)
    wrong: set[str] = set()
    economic = "财政拨款支出预算表（部门经济分类科目）"
    for title, count, code in (
        ("单位支出总表", 5, 4), (economic, 5, 3), ("一般公共预算支出预算表", 3, 4),
        ("一般公共预算基本支出预算表", 3, 3), ("一般公共预算项目支出预算表", 1, 4),
    ):  # fmt: skip
        wrong |= broken_columns(title, found[title], count, code)
    wrong |= broken_rows("单位支出总表", found["单位支出总表"], 5, [1, -1, -1, -1, -1])
    wrong |= broken_rows(economic, found[economic], 5, [0, 0, 1, -1, -1])
    title = "一般公共预算基本支出预算表"
    wrong |= broken_rows(title, found[title], 3, [1, -1, -1])
    title = "一般公共预算“三公”经费支出预算表"
    wrong |= broken_rows(title, found[title], 6, [1, -1, -1, 0, 0, -1])
    balance = found["单位收支总表"]
    left = sum(amounts([row[1]], 1)[0] for row in balance[3:-4])
    right = sum(amounts([row[3]], 1)[0] for row in balance[3:-4])
    last = balance[-1]
    if not left == right == Decimal(last[1]) == Decimal(last[3]):
        wrong.add("单位收支总表")
    return wrong


def test_every_sum_of_the_clean_sample_holds() -> None:
    text = CLEAN.read_text(encoding="utf-8")
    assert len(tables(text)) == 14
    assert wrong_tables(text) == set()
    assert wrong_prose(text) == set()


def test_the_faulty_sample_is_wrong_exactly_where_an_error_was_put() -> None:
    text = FAULTY.read_text(encoding="utf-8")
    assert wrong_tables(text) == {
        "一般公共预算基本支出预算表/电费",
        "一般公共预算基本支出预算表/2/302",
        "一般公共预算基本支出预算表/2/合计",
        "单位支出总表/机关事业单位基本养老保险缴费支出",
        "单位支出总表/1/合计",
    }
    assert wrong_prose(text) == {
        "医疗卫生与计划生育支出", "占79.18%", "增长5.93%", "增加0.1万元", "总数508.76", "项之和",
    }  # fmt: skip


def test_the_files_are_what_the_sources_give() -> None:
    for library in ("docx", "xlsxwriter", "reportlab"):
        pytest.importorskip(library)
    command = [sys.executable, str(ROOT / "scripts" / "make_samples.py"), "--check"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
