"""Which files are one disclosure, and what becomes of their places."""

from __future__ import annotations

import itertools
from pathlib import Path

from kemu.model.document import Place
from kemu.model.facts import Identity, Organisation
from kemu.read import sets
from kemu.read.excel import workbook
from kemu.read.sets import Candidate, DocumentSet, candidate, group, merge
from kemu.read.word import docx
from tests.read_office.making import docx as make_docx
from tests.read_office.making import p, rows, tbl, tc, texts, xlsx

UNIT = Identity("甲局2025年预算", "甲局", "2025", "budget", "unit")
TABLES = frozenset({"收支总表", "支出总表", "三公表"})


def one(name: str, titles: frozenset[str] = frozenset(), **said: str) -> Candidate:
    return Candidate(f"公开/{name}", Identity(**said), titles=titles)


def paths(found: list[DocumentSet]) -> list[tuple[str, ...]]:
    return [tuple(Path(path).name for path in made.paths) for made in found]


SAME = {"organisation": "甲局", "year": "2025", "statement": "budget"}


def test_explanation_and_tables_of_one_unit_and_year_are_one_set() -> None:
    found = group([one("报表.xlsx", TABLES, **SAME), one("说明.docx", title="甲局预算", **SAME)])
    assert paths(found) == [("报表.xlsx", "说明.docx")]
    assert found[0].identity == Identity("甲局预算", "甲局", "2025", "budget", "")
    assert found[0].remarks == ()


def test_silence_joins_and_contradiction_parts() -> None:
    explanation = one("说明.docx", **SAME)
    assert paths(group([explanation, one("报表.xlsx", TABLES)])) == [("报表.xlsx", "说明.docx")]
    for other, word in (({"year": "2024"}, "年度"), ({"organisation": "乙局"}, "单位")):
        found = group([explanation, one("报表.xlsx", TABLES, **{**SAME, **other})])
        assert paths(found) == [("报表.xlsx",), ("说明.docx",)]
        (remark,) = [remark for made in found for remark in made.remarks]
        assert word in remark


def test_a_budget_and_a_final_account_are_two_sets() -> None:
    found = group([one("a.docx", **SAME), one("b.docx", **{**SAME, "statement": "finalAccount"})])
    assert paths(found) == [("a.docx",), ("b.docx",)]
    assert any("预决算不同" in remark for made in found for remark in made.remarks)


def test_copies_are_checked_apart() -> None:
    found = group([one("a.docx", TABLES, **SAME), one("a.pdf", TABLES, **SAME)])
    assert paths(found) == [("a.docx",), ("a.pdf",)]
    assert any("同样的报表" in remark for made in found for remark in made.remarks)
    same = [Candidate(name, UNIT, sha256="1") for name in ("a.txt", "b.txt")]
    assert paths(group(same)) == [("a.txt",), ("b.txt",)]


def test_a_file_that_fits_two_sets_stays_alone_and_says_so() -> None:
    other = {**SAME, "organisation": "乙局"}
    found = group([one("a.docx", **SAME), one("b.docx", **other), one("表.xlsx", TABLES)])
    assert paths(found) == [("a.docx",), ("b.docx",), ("表.xlsx",)]
    assert "看不出属于哪一份" in found[2].remarks[0]


def test_in_a_folder_of_many_units_a_difference_is_no_news() -> None:
    found = group([one(f"{n}.docx", **{**SAME, "organisation": f"单位{n}"}) for n in range(9)])
    assert len(found) == 9
    assert not any(made.remarks for made in found)


def test_files_of_other_folders_are_others() -> None:
    elsewhere = Candidate("别处/报表.xlsx", Identity(**SAME), titles=TABLES)
    found = group([one("说明.docx", **SAME), elsewhere])
    assert len(found) == 2
    assert not any(made.remarks for made in found)


def test_a_unit_known_by_code_in_one_file_and_by_name_in_the_other() -> None:
    by_code = Candidate("表.xlsx", Identity(organisation="214003", year="2025"),
                        names=frozenset({"214003", "甲局"}), titles=TABLES)  # fmt: skip
    by_name = Candidate("文.docx", Identity(organisation="甲局", year="2025"),
                        names=frozenset({"甲局", "甲"}))  # fmt: skip
    assert paths(group([by_code, by_name])) == [("文.docx", "表.xlsx")]


def test_the_order_of_files_does_not_matter() -> None:
    files = [
        one("a.docx", **SAME),
        one("b.xlsx", TABLES),
        one("c.docx", **{**SAME, "year": "2024"}),
        one("d.pdf", frozenset({"绩效表"}), organisation="甲局"),
    ]
    results = {tuple(paths(group(order))) for order in itertools.permutations(files)}
    assert len(results) == 1


def test_candidate_of_a_document() -> None:
    body = p("支出预算表") + tbl(tc("项目") + tc("金额"), tc("办公费") + tc("1.20"))
    document = docx.read(Path("a.docx"), make_docx(body))
    units = [Organisation("214", "甲局", "214", ("甲",)), Organisation("乙", "乙")]
    found = candidate(document, Identity(organisation="214"), units)
    assert found.titles == {"支出预算表"}
    assert found.names == {"214", "甲局", "甲"}


def test_merged_documents_number_through_and_name_their_files() -> None:
    table = tbl(tc("项目") + tc("金额"), tc("办公费") + tc("1.20"))
    first = docx.read(Path("a.docx"), make_docx(p("一、收入。") + table + p("二、支出。")))
    second = workbook.read(
        Path("b.xlsx"), xlsx({"支出表": rows(("科目", "金额"), ("208", "1.20")), "底": ""},
                             states={"底": "hidden"})
    )  # fmt: skip
    merged = merge([first, second])
    assert texts(merged) == ["一、收入。", "二、支出。"]
    assert [block.place.paragraph for block in merged.blocks] == [1, 2, 3, 4]
    one, two = merged.tables
    assert (one.place.table, two.place.table) == (1, 2)
    assert (one.place.source, two.place.source) == ("a.docx", "b.xlsx")
    cell = two.rows[1][1]
    assert cell.place == Place(table=2, row=2, column=2, address="支出表!B2", source="b.xlsx")
    assert two.captions[0].place.table == 2
    assert two.captions[0].place.source == "b.xlsx"
    assert merged.notices[0].place.source == "b.xlsx"
    assert (merged.path, merged.format) == ("a.docx + b.xlsx", "docx+xlsx")
    slugs = [c.place.slug for t in merged.tables for row in t.rows for c in row]
    assert len(slugs) == len(set(slugs))
    assert merge([first]) is first
    assert merged.sha256 not in (first.sha256, second.sha256)
    assert sets.merge([first, second]).sha256 == merged.sha256
