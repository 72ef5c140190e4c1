"""Chapters: a number alone on its line, contents without dots, a glossary in the middle."""

from __future__ import annotations

from tests.extract.asking import Make, fact

CHAPTERS = (
    "第一部分\n单位概况\n一、主要职责\n收集、整理和保管档案。\n"
    "第二部分\n2025年度单位预算情况说明\n一、预算收支总体情况\n"
    "2025年收入预算为120.50万元，其中：一般公共预算拨款收入120.50万元。\n"
    "第三部分\n名词解释\n一、基本支出：指为保障机构正常运转而发生的支出。\n"
)


def test_a_chapter_whose_number_stands_alone_takes_its_name_from_the_next_line(
    budget: Make,
) -> None:
    found = budget(CHAPTERS)
    assert [f.key.fund for f in found.facts] == ["all", "generalPublicBudget"]
    assert [term.term for term in found.terms] == ["基本支出"]
    assert not found.unbound


def test_contents_without_dots_head_nothing(budget: Make) -> None:
    found = budget(
        "目  录\n第一部分 单位概况 1\n一、主要职责 2\n二、2025年度预算情况说明 3\n三、名词解释 6\n"
        "单位概况\n2025年收入预算为120.50万元。\n"
    )
    assert fact(found, "120.50").key.item == "grandTotal"


def test_contents_without_pages_end_where_their_first_entry_is_printed_again(
    budget: Make,
) -> None:
    found = budget(
        "目录\n一、单位概况\n二、预算情况说明\n三、名词解释\n"
        "一、单位概况\n收集、整理和保管档案。\n"
        "二、预算情况说明\n2025年收入预算为120.50万元。\n"
    )
    assert fact(found, "120.50").heading == "二、预算情况说明"


def test_a_glossary_in_the_middle_ends_where_figures_are_explained(budget: Make) -> None:
    found = budget(
        "第二部分 名词解释\n一、基本支出：指为保障机构正常运转而发生的支出。\n"
        "2025年单位预算情况说明\n2025年收入预算为120.50万元。\n"
    )
    assert fact(found, "120.50").key.item == "grandTotal"
    assert len(found.terms) == 1
