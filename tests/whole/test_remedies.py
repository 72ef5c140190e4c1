"""What a report offers to print instead, pasted into the document: it mends that, and only that."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.findings import CheckResult, Finding, Severity
from kemu.read import read
from kemu.report.view import Entry, view
from kemu.validate import check
from tests.whole.pages import ACCOUNT, checked, prose, table

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
FAULTY = ROOT / "data" / "samples" / "临江市云岭区档案馆_2025年单位预算_含错误.txt"

Subject = tuple[str, tuple[tuple[str, ...], ...]]


def result(path: Path) -> CheckResult:
    return check(extract(read(path)))


def subjects_of(finding: Finding) -> list[Subject]:
    """Return rule and places of a finding, without what moves when words of a line change.

    A finding about wording has a list of places, each of which is to be mended.
    """
    places = {
        tuple(str(n) for n in (p.paragraph, p.table, p.row, p.column))
        for p in (evidence.place for evidence in finding.evidence)
    }
    if finding.rule.startswith("R8."):
        return [(finding.rule, (place,)) for place in sorted(places)]
    return [(finding.rule, tuple(sorted(places)))]


def subjects(checked: CheckResult) -> Counter[Subject]:
    weighty = (f for f in checked.findings if f.severity is not Severity.HINT)
    return Counter(one for finding in weighty for one in subjects_of(finding))


def entries(checked: CheckResult) -> list[Entry]:
    return list(view(checked, "zh", {}).entries)


def offered(checked: CheckResult, rule: str) -> list[tuple[str, str]]:
    """Return what is to be replaced and by what, of the findings of a rule."""
    return [(e.replaced, e.replacement) for e in entries(checked) if e.rule == rule]


def pasted(text: str, entry: Entry) -> str:
    """Return the text of a file with a replacement pasted over what it replaces."""
    at = entry.suspect or entry.subject
    assert at is not None
    number = int(re.findall(r"第(\d+)行", at.where)[-1])
    lines = text.split("\n")
    assert lines[number - 1].count(entry.replaced) == 1, "the reader must know what to replace"
    lines[number - 1] = lines[number - 1].replace(entry.replaced, entry.replacement)
    return "\n".join(lines)


def holds(path: Path, folder: Path) -> int:
    """Assert that every replacement mends its finding and starts no other; return how many."""
    text, before = path.read_text(encoding="utf-8"), result(path)
    findings = {finding.id: finding for finding in before.findings}
    offers = [entry for entry in entries(before) if entry.replacement]
    for entry in offers:
        copy = folder / path.name
        copy.write_text(pasted(text, entry), encoding="utf-8")
        old, new = subjects(before), subjects(result(copy))
        mended = subjects_of(findings[entry.id])
        assert any(new[one] < old[one] for one in mended), entry.message
        assert new - old == Counter(), entry.message
    return len(offers)


def test_every_replacement_of_the_faulty_sample_holds(tmp_path: Path) -> None:
    assert holds(FAULTY, tmp_path) >= 8


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not here")
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_replacement_of_a_seed_holds(number: str, tmp_path: Path) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    assert holds(path, tmp_path)


HEADING = "三、“三公”经费支出情况"
AGAIN = ("公务接待费2024年度决算数2.00万元，2023年度决算数22.50万元。",)
"""What another sentence confirms."""


def test_a_rate_is_given_with_the_right_word(tmp_path: Path) -> None:
    """2.00 after 22.50 is a fall of 91.11 %."""
    line = "公务接待费支出2.00万元，比2023年度决算数22.50万元增长10.50%。"
    alone = checked(tmp_path, prose(HEADING, line), title=ACCOUNT)
    assert offered(alone, "R5.3") == [("", "")], "an amount may be what is wrong"
    done = checked(tmp_path, prose(HEADING, line, *AGAIN), title=ACCOUNT)
    assert offered(done, "R5.3") == [
        (line, "公务接待费支出2.00万元，比2023年度决算数22.50万元下降91.11%。")
    ]
    assert offered(done, "R5.4") == offered(done, "R5.3")


def test_a_change_of_the_right_size_gets_the_right_word(tmp_path: Path) -> None:
    line = "公务接待费支出2.00万元，比2023年度决算数22.50万元增加20.50万元。"
    done = checked(tmp_path, prose(HEADING, line, *AGAIN), title=ACCOUNT)
    assert offered(done, "R5.4") == [
        (line, "公务接待费支出2.00万元，比2023年度决算数22.50万元减少20.50万元。")
    ]


def test_which_of_two_contradicting_words_is_wrong_is_left_open(tmp_path: Path) -> None:
    line = "公务接待费支出56.57万元，比上年减少38.88万元，增长40.73%。"
    done = checked(tmp_path, prose(HEADING, line), title=ACCOUNT)
    assert offered(done, "R5.4") == [("", "")]


def test_a_name_that_stands_there_twice_is_replaced_where_it_is_wrong(tmp_path: Path) -> None:
    """The name of the 款 was written over the 类 as well."""
    line = (
        "1.行政事业单位养老支出（类）行政事业单位养老支出（款）"
        "机关事业单位基本养老保险缴费支出（项）40.00万元。"
    )
    done = checked(tmp_path, prose("三、一般公共预算支出情况", line))
    right = (
        "1.社会保障和就业支出（类）行政事业单位养老支出（款）"
        "机关事业单位基本养老保险缴费支出（项）40.00万元。"
    )
    assert offered(done, "R2.4") == [(line, right)]
    line = (
        "1.社会保障和就业支出（类）社会保障和就业支出（款）"
        "机关事业单位基本养老保险缴费支出（项）40.00万元。"
    )
    done = checked(tmp_path, prose("三、一般公共预算支出情况", line))
    assert offered(done, "R2.4") == [(line, right)]


def test_a_name_of_another_code_may_be_a_wrong_code_and_is_not_replaced(tmp_path: Path) -> None:
    page = table(
        "功能科目编码|功能科目名称|合计|基本支出|项目支出",
        "合计||40.00|40.00|",
        "208|社会保障和就业支出|40.00|40.00|",
        "20805|行政事业单位养老支出|40.00|40.00|",
        "2080505|住房公积金|40.00|40.00|",
        title="一般公共预算支出表",
    )
    assert offered(checked(tmp_path, page), "R2.2") == [("", "")]


def test_two_slips_of_one_sentence_are_mended_apart(tmp_path: Path) -> None:
    """A whole sentence for each would bring the other slip back."""
    page = table(
        "功能科目编码|功能科目名称|合计|基本支出|项目支出",
        "合计||150.00|130.00|20.00",
        "208|社会保障和就业支出|60.00|60.00|",
        "210|卫生健康支出|40.00|20.00|20.00",
        "221|住房保障支出|50.00|50.00|",
        title="一般公共预算支出表",
    )
    line = (
        "2025年一般公共预算支出150.00万元，其中：社会保障和就业支出60.00万元，"
        "卫生健康支出40.50万元，住户保障支出55.00万元。"
    )
    done = checked(tmp_path, page, prose("三、一般公共预算支出情况", line))
    offers = [(e.replaced, e.replacement) for e in entries(done) if e.replacement]
    assert ("40.50万元", "40.00万元") in offers
    assert ("55.00万元", "50.00万元") in offers
    assert ("住户保障支出", "住房保障支出") in offers
    assert len(offers) == 3


def test_an_amount_is_given_in_the_unit_of_its_sentence(tmp_path: Path) -> None:
    page = table(
        "功能科目编码|功能科目名称|合计|基本支出|项目支出",
        "合计||16827600.00|16827600.00|",
        "208|社会保障和就业支出|16827600.00|16827600.00|",
        title="一般公共预算支出表",
        unit="单位：元",
    )
    line = "2025年一般公共预算支出1682.76万元，其中：社会保障和就业支出1628.76万元。"
    done = checked(tmp_path, page, prose("三、一般公共预算支出情况", line))
    (entry,) = (e for e in entries(done) if e.replacement)
    assert entry.replacement == line.replace("1628.76", "1682.76")
    assert "16827600.00" not in entry.message
