"""A finding's fingerprint: the same in a corrected document, another for each thing at fault."""

from __future__ import annotations

from pathlib import Path

from kemu.extract import extract
from kemu.model.findings import CheckResult
from kemu.read import read
from kemu.validate import check
from tests.whole.pages import checked, prose, table

ROWS = ("科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",)


def _prints(result: CheckResult) -> list[tuple[str, str]]:
    return [(finding.rule, finding.fingerprint) for finding in result.findings]


def _page(
    folder: Path, museum: str = "40.00", staff: str = "61.00", said: str = "90.00"
) -> CheckResult:
    return checked(
        folder,
        prose("一、收支情况", f"2025年一般公共预算支出{said}万元。"),
        table(
            *ROWS,
            f"2012604 | 档案馆 | {museum} | 10.00 | 31.00",
            f"2080505 | 机关事业单位基本养老保险缴费支出 | {staff} | 60.00 | 0.00",
            "合计 |  | 100.00 | 70.00 | 31.00",
            title="一般公共预算支出表",
        ),
    )


def test_another_number_changed_leaves_the_fingerprint(tmp_path: Path) -> None:
    before = _page(tmp_path)
    after = _page(tmp_path, staff="60.00")
    gone = set(_prints(before)) - set(_prints(after))
    kept = set(_prints(before)) & set(_prints(after))
    assert {f.id for f in before.findings}.isdisjoint(f.id for f in after.findings)
    assert "R3.2" in {rule for rule, _ in gone}, "the row that was mended"
    assert "R3.2" in {rule for rule, _ in kept}, "the row that was not"
    assert "R4.2" in {rule for rule, _ in kept}, "the sentence"


def test_the_number_at_fault_itself_may_change(tmp_path: Path) -> None:
    assert _prints(_page(tmp_path)) == _prints(_page(tmp_path, said="1,080.5"))


def test_like_findings_stay_apart(tmp_path: Path) -> None:
    found = _prints(_page(tmp_path))
    assert [rule for rule, _ in found].count("R3.2") == 3
    assert len(set(found)) == len(found)


def test_findings_alike_in_every_word_stay_apart(tmp_path: Path) -> None:
    line = "公务接待费支出2.00万元，比上年12.50万元增加20.50万元。"
    found = checked(tmp_path, prose("一、收支情况", line, line)).findings
    found = [finding for finding in found if finding.rule == "R5.2"]
    assert len(found) == len({finding.fingerprint for finding in found}) == 2


def _paged(folder: Path, lines: list[str], at: int) -> CheckResult:
    """Return the check of a text whose second page begins before a line."""
    path = folder / "公开.txt"
    text = "\n".join(lines[:at]) + "\n\f" + "\n".join(lines[at:]) + "\n"
    path.write_text(text, encoding="utf-8")
    return check(extract(read(path)))


def test_a_moved_page_break_leaves_the_fingerprint(tmp_path: Path) -> None:
    lines = [
        "青溪县档案馆2025年单位预算公开说明",
        "一、收支情况",
        "2025年收入预算300.00万元，支出预算300.00万元。",
        "二、一般公共预算支出情况",
        "2025年一般公共预算支出300.00万元，比上年增加20.00万元，上年为290.00万元。",
        "其中：基本支出200.00万元，占60.00%；项目支出100.00万元，占33.33%。",
        "三、三公经费情况",
        "2025年三公经费预算3.00万元，其中：公务接待费1.00万元，公务用车运行维护费1.50万元，"
        "公务用车购置费0.00万元，因公出国（境）费0.00万元。",
    ]
    early, late = _paged(tmp_path, lines, 3), _paged(tmp_path, lines, 6)
    assert early.findings
    assert _prints(early) == _prints(late)
    assert {f.id for f in early.findings}.isdisjoint(f.id for f in late.findings)
