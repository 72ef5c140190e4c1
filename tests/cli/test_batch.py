"""Batches: order kept, files joined to documents, a process that dies takes no other file along."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kemu.cli import main
from kemu.errors import InputError
from kemu.model.facts import Extraction
from kemu.pipeline import batch
from kemu.pipeline.documents import extractions
from kemu.report import Failure

PROSE = """{unit}2025年单位预算说明

一、收支总体情况
{unit}2025年收支预算总数100.00万元。
"""


@dataclass(frozen=True)
class Item:
    name: str


def work(item: Item) -> str:
    if item.name == "bad":
        raise InputError("E-READ-EMPTY", "文件是空的")
    if item.name == "bug":
        raise ZeroDivisionError("oops")
    if item.name == "dies":
        os._exit(9)
    return item.name.upper()


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_is_kept_and_errors_are_results(jobs: int) -> None:
    names = ["a", "bad", "b", "bug", "c"]
    found = list(batch.run([Item(name) for name in names], work, jobs))
    assert [found[0], found[2], found[4]] == ["A", "B", "C"]
    bad, bug = found[1], found[3]
    assert isinstance(bad, Failure)
    assert (bad.code, bad.exit_code, bad.path) == ("E-READ-EMPTY", 2, "bad")
    assert isinstance(bug, Failure)
    assert (bug.code, bug.exit_code) == ("E-INTERNAL", 3)
    assert "ZeroDivisionError" in bug.message


def test_a_process_that_dies_costs_its_own_file_only() -> None:
    names = ["a", "dies", "b", "c", "d"]
    found = list(batch.run([Item(name) for name in names], work, 2))
    assert [one if isinstance(one, str) else one.code for one in found] == [
        "A", "E-INTERNAL", "B", "C", "D",
    ]  # fmt: skip


def _write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def _paths(found: list[Extraction | Failure]) -> list[str]:
    return [one.document.path if isinstance(one, Extraction) else one.path for one in found]


def test_files_of_different_units_stay_apart(tmp_path: Path) -> None:
    one = _write(tmp_path, "甲.txt", PROSE.format(unit="青禾县档案馆"))
    two = _write(tmp_path, "乙.txt", PROSE.format(unit="白石县档案馆"))
    assert _paths(extractions([one, two], 1)) == [one, two]


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    one = _write(tmp_path, "甲.txt", PROSE.format(unit="青禾县档案馆"))
    assert _paths(extractions([one, one], 1)) == [one]


def test_results_keep_the_order_given_with_failures_in_place(tmp_path: Path) -> None:
    one = _write(tmp_path, "一/甲.txt", PROSE.format(unit="青禾县档案馆"))
    two = _write(tmp_path, "二/乙.txt", PROSE.format(unit="白石县档案馆"))
    missing = str(tmp_path / "没有.txt")
    assert _paths(extractions([two, missing, one], 1)) == [two, missing, one]


def test_explanation_and_tables_of_one_unit_are_one_document(shared_real: Path) -> None:
    names = [str(p) for p in sorted(shared_real.glob("02*.pdf"))]
    assert len(names) == 2
    (found,) = extractions(names, 1)
    assert isinstance(found, Extraction)
    sources = {fact.place.source for fact in found.facts}
    assert sources <= set(names)
    assert found.document.path == " + ".join(names)


@pytest.fixture
def shared_real() -> Path:
    folder = Path(__file__).resolve().parents[3] / "shared" / "real"
    if not folder.is_dir():
        pytest.skip("the real documents are not beside this checkout")
    return folder


TABLE = """<html><body><p>{unit}2025年单位预算表</p><p>收支总表</p><p>单位：万元</p><table>
<tr><th>收入</th><th>预算数</th><th>支出</th><th>预算数</th></tr>
<tr><td>一般公共预算拨款收入</td><td>100.00</td><td>一般公共服务支出</td><td>100.00</td></tr>
<tr><td>收入总计</td><td>100.00</td><td>支出总计</td><td>100.00</td></tr></table></body></html>
"""
UNITS = ("青禾县档案馆", "白石县图书馆", "黑水县文化馆", "红岩县博物馆")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of five files; two of them are one document."""
    for unit in UNITS:
        _write(tmp_path, f"{unit}说明.txt", PROSE.format(unit=unit))
    _write(tmp_path, f"{UNITS[0]}报表.html", TABLE.format(unit=UNITS[0]))
    return tmp_path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_report_of_two_files_takes_back_those_of_each(
    many: Path, jobs: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(many)
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["check", ".", "--jobs", jobs]) == 1
    shown = capfd.readouterr().out
    both = f"{UNITS[0]}报表.html + {UNITS[0]}说明.txt"
    assert f"{UNITS[0]}报表.html；{UNITS[0]}说明.txt 是同一份公开，合起来检查如下" in shown
    listed = shown.rpartition("检查结果一览 · 4 份文件")[2]
    assert sum(both in line for line in listed.splitlines()) == 1
    assert sum(UNITS[0] in line for line in listed.splitlines()) == 1


def test_programs_get_one_result_for_a_document(
    many: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "结果"
    assert main(["check", str(many), "--format", "json"]) == 1
    found = [one["document"]["path"] for one in json.loads(capfd.readouterr().out)]
    assert len(found) == 4
    assert sum(" + " in path for path in found) == 1
    assert main(["check", str(many), "--format", "html", "--out", str(target)]) == 1
    pages = {path.name for path in target.glob("0*.html")}
    listed = (target / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="(\d+\.html)"', listed)) == pages
    assert len(pages) == 4
