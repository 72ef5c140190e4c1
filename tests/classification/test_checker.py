"""The code tables are sound, and the checker finds what a maintainer may break."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.classification.tables.checker import check
from kemu.classification.tables.rows import FILES
from kemu.errors import InputError

CODES = Path(__file__).resolve().parents[2] / "data" / "codes"
Row = dict[str, str]


def test_the_shipped_tables_are_sound() -> None:
    problems = check()
    assert [str(p) for p in problems if p.severity == "error"] == []
    # 2080501 bore today's name before 2010 too; its place between 2010 and 2019 is not known.
    assert [(p.code, p.rule) for p in problems] == [("2080501", "attested")]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in FILES.values():
        shutil.copy(CODES / file, tmp_path / file)
    return tmp_path


def edit(folder: Path, file: str, change: Callable[[list[Row]], None]) -> None:
    path = folder / file
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def row(rows: list[Row], code: str) -> Row:
    return next(r for r in rows if r["code"] == code)


@pytest.mark.parametrize(
    ("rule", "code", "change"),
    [
        ("unique", "2080505", lambda rows: rows.append(dict(row(rows, "2080505")))),
        (
            "parent",
            "2080505",
            lambda rows: rows.remove(row(rows, "20805")) or rows.remove(row(rows, "20805")),
        ),
        ("prefix", "2080505", lambda rows: row(rows, "2080505").update(parent="20801")),
        ("name", "2080505", lambda rows: row(rows, "2080505").update(name="")),
        ("name", "2080505", lambda rows: row(rows, "2080505").update(name="ũҵ")),
        ("overlap", "20805", lambda rows: row(rows, "20805").update(valid_to="2021")),
        ("current", "20805", lambda rows: row(rows, "20805").update(status="current")),
        ("level", "2080505", lambda rows: row(rows, "2080505").update(level="款")),
        ("domain", "2080505", lambda rows: row(rows, "2080505").update(code="3080505")),
        (
            "years",
            "2080505",
            lambda rows: row(rows, "2080505").update(valid_from="2022", valid_to="2021"),
        ),
        ("from_basis", "2080505", lambda rows: row(rows, "2080505").update(from_basis="")),
        ("valid_from", "2080505", lambda rows: row(rows, "2080505").update(valid_from="15")),
        ("years_seen", "2080505", lambda rows: row(rows, "2080505").update(years_seen="2019,2020")),
        ("confidence", "2080505", lambda rows: row(rows, "2080505").update(confidence="D")),
        ("confidence", "2080505", lambda rows: row(rows, "2080505").update(years_seen="2009")),
        ("sources", "2080505", lambda rows: row(rows, "2080505").update(sources="")),
        ("successor", "2080505", lambda rows: row(rows, "2080505").update(successor="2999999")),
        ("renamed_from", "2080505", lambda rows: row(rows, "2080505").update(renamed_from="没有")),
    ],
)
def test_a_broken_row_is_found(
    copy: Path, rule: str, code: str, change: Callable[[list[Row]], None]
) -> None:
    edit(copy, "functional.csv", change)
    found = [p for p in check(copy) if p.severity == "error" and p.rule == rule]
    assert code in {p.code for p in found} or code[1:] in {p.code[1:] for p in found}
    with (copy / "functional.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    for problem in found:
        assert lines[problem.line - 1][0] == problem.code


def test_same_names_under_one_parent_are_a_notice(copy: Path) -> None:
    edit(copy, "functional.csv", lambda rows: row(rows, "2080502").update(name="行政单位离退休"))
    found = [p for p in check(copy) if p.rule == "sibling"]
    assert {p.code for p in found} == {"2080501", "2080502"}
    assert {p.severity for p in found} == {"notice"}


def test_unusable_tables_are_input_errors(copy: Path) -> None:
    (copy / "revenue.csv").unlink()
    with pytest.raises(InputError, match="缺少科目表"):
        check(copy)
    shutil.copy(CODES / "revenue.csv", copy / "revenue.csv")
    (copy / "functional.csv").write_bytes("code,name\n201,一般".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        check(copy)
    (copy / "functional.csv").write_text("code,name\n201,一般公共服务支出\n", encoding="utf-8")
    with pytest.raises(InputError, match="缺少列"):
        check(copy)
    shutil.copy(CODES / "functional.csv", copy / "functional.csv")
    with (copy / "functional.csv").open("a", encoding="utf-8") as file:
        file.write("2999999,短行\n")
    with pytest.raises(InputError, match="列数"):
        check(copy)
