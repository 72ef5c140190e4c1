"""Counts, terms, lists of names, years and organisations that sentences give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.extract.document.organisations import is_alias
from kemu.extract.prose.glossary import entries
from kemu.model.facts import Extraction, Fact
from kemu.read.text import plain

Make = Callable[[str], Extraction]


def counted(extraction: Extraction) -> list[tuple[str, str, str, str]]:
    facts = [f for f in extraction.facts if f.key.measure != "money"]
    return [(f.amount.printed, f.key.item, f.key.measure, f.key.project) for f in facts]


def spans(extraction: Extraction, kind: str) -> list[str]:
    return [span.value for span in extraction.spans if span.kind == kind]


def test_posts_and_staff_by_kind(budget: Make) -> None:
    found = budget(
        "一、机构设置\n核定总编制12名，其中：行政编制2名，事业编制10名。"
        "在职人员总数11名，其中：行政2名，事业9名。\n"
    )
    assert counted(found) == [
        ("12", "staffQuota", "posts", "all"),
        ("2", "quotaAdministrative", "posts", "all"),
        ("10", "quotaInstitution", "posts", "all"),
        ("11", "staffInPost", "persons", "all"),
        ("2", "inPostAdministrative", "persons", "all"),
        ("9", "inPostInstitution", "persons", "all"),
    ]
    assert [(e.basis, e.relation, len(e.parts)) for e in found.equations] == [
        ("counts", "equal", 2),
        ("counts", "equal", 2),
    ]


def test_stocks_are_of_the_year_named(budget: Make) -> None:
    found = budget(
        "一、国有资产占用情况\n截至2024年12月31日，临江市档案馆共有车辆3辆，其中：机要通信用车1辆、"
        "其他用车2辆。单位价值100万元以上设备1台（套）。\n"
    )
    assert counted(found) == [
        ("3", "vehiclesHeld", "vehicles", "all"),
        ("1", "vehiclesConfidential", "vehicles", "all"),
        ("2", "vehiclesOther", "vehicles", "all"),
        ("1", "largeEquipment", "equipment", "all"),
    ]
    assert {f.key.year for f in found.facts if f.key.measure == "vehicles"} == {"2024"}
    assert "2024-12-31" in spans(found, "asOf")


def test_vehicles_without_other_need_not_add_up(budget: Make) -> None:
    found = budget("一、国有资产占用情况\n共有车辆5辆，其中：机要通信用车1辆、应急保障用车2辆。\n")
    (equation,) = found.equations
    assert equation.relation == "atMost"


def test_what_is_bought_is_not_what_is_there(budget: Make) -> None:
    found = budget(
        "一、国有资产占用情况\n2025年单位预算安排购置车辆2辆，其中：其他用车2辆。"
        "购置单价100万元以上的设备1台。\n"
    )
    assert counted(found) == [
        ("2", "vehiclesPurchased", "vehicles", "all"),
        ("2", "vehiclesPurchased", "vehicles", "vehiclesOther"),
        ("1", "largeEquipment", "equipment", "购置"),
    ]


def test_an_amount_behind_a_kind_is_not_the_total(account: Make) -> None:
    found = account(
        "一、“三公”经费财政拨款支出决算具体情况说明\n公务用车购置支出20.10万元。"
        "全年更新购置公务用车1辆，其中：轿车1辆、金额20.10万元，越野车0辆、金额0万元。\n"
    )
    money = [f for f in found.facts if f.key.measure == "money"]
    assert [(f.key.item, f.key.project) for f in money] == [
        ("vehiclePurchase", "all"),
        ("vehiclePurchase", "轿车"),
        ("vehiclePurchase", "越野车"),
    ]


def test_receptions_and_their_cases(account: Make) -> None:
    found = account(
        "一、“三公”经费财政拨款支出决算具体情况说明\n国内公务接待2批次，10人次（不包括陪同人员），"
        "共计支出0.16万元，具体内容包括：青溪县档案馆来馆学习，接待费0.06万元；"
        "云岭区档案馆来馆学习，接待费0.10万元。\n"
    )
    assert counted(found) == [
        ("2", "domesticReception", "visits", "all"),
        ("10", "domesticReception", "visitors", "all"),
    ]
    cases: list[Fact] = [f for f in found.facts if f.key.project != "all"]
    assert [f.key.project for f in cases] == ["青溪县档案馆来馆学习", "云岭区档案馆来馆学习"]
    assert {f.key.item for f in cases} == {"domesticReception"}


def test_work_counts_other_things(budget: Make) -> None:
    found = budget("一、重点工作\n全年接待读者3000人次，建设分馆5个，购置车辆1辆。\n")
    assert counted(found) == []


GLOSSARY = (
    "一、支出预算情况\n2025年支出预算总额10.00万元，其中：\n"
    "1.文化旅游体育与传媒支出（类）文化和旅游（款）行政运行（项）2025年预算数为10.00万元。\n"
    "二、名词解释\n"
)


@pytest.mark.parametrize(
    ("entry", "term", "code", "item"),
    [
        ("（一）基本支出：指保障运转的支出。", "基本支出", "", "basic"),
        ("住房保障（类）住房改革支出（款）住房公积金（项）:反映缴存的公积金。", "", "2210201", ""),
        ("2.纳入预算管理的“三公”经费，是指三项费用。", "", "", "threePublic"),
        ("行政单位医疗（项）反映医疗保险缴费。", "行政单位医疗（项）", "2101101", ""),
        ("3.行政运行：指保障运行的支出。", "行政运行", "2070101", ""),
        ("4.档案数字化：指扫描馆藏。", "档案数字化", "", ""),
    ],
)
def test_term(budget: Make, entry: str, term: str, code: str, item: str) -> None:
    (found,) = budget(GLOSSARY + entry + "\n").terms
    assert term in found.term
    assert (found.code, found.item) == (code, item)


def test_nested_terms_and_a_definition_over_two_lines(budget: Make) -> None:
    found = budget(
        GLOSSARY + "（一）“三公”经费：指三项费用。其中，因公出国（境）费反映国际旅费等；"
        "公务接待费反映各类接待支出。\n（二）机关运行经费：为保障运行用于购买货物的资金。\n包括办公费等。\n"
    )
    assert [term.item for term in found.terms] == [
        "threePublic",
        "overseasTravel",
        "reception",
        "organOperation",
    ]
    assert found.terms[-1].definition.endswith("包括办公费等。")


def test_glossary_mentions_say_where(budget: Make) -> None:
    found = budget(GLOSSARY + "医疗卫生与计划生育（类）行政事业单位医疗（款）：反映医疗支出。\n")
    mention = next(m for m in found.mentions if m.where == "glossary")
    assert mention.code == "21011"
    assert "formerName" in mention.differences


def test_a_heading_of_the_glossary_is_no_entry() -> None:
    assert entries("第四部分名词解释") == []


def test_names_listed_without_amounts(budget: Make) -> None:
    found = budget(
        "一、收支预算总体情况\n支出包括：文化旅游体育与传媒支出、住房保障支出。\n"
        "二、一般公共预算基本支出情况说明\n人员经费46.10万元，主要包括：基本工资、津贴补贴、藏品养护费等。\n"
    )
    assert spans(found, "classList") == ["207|221"]
    (names,) = [span for span in found.spans if span.kind == "nameList"]
    assert names.value == "30101|30102|藏品养护费"
    assert names.about in {fact.slug for fact in found.facts}


def test_years_of_subjects_bases_and_headings(budget: Make) -> None:
    found = budget(
        "一、2025年收支预算情况说明\n临江市档案馆2024年收支预算总数100.00万元，"
        "比2023年收支预算总数增加5.00万元。\n2025年，临江市档案馆按照国发〔2019〕3号文件编制绩效目标。\n"
    )
    about = {(s.value, s.about) for s in found.spans if s.kind == "year"}
    assert ("2025", "title") in about
    assert ("2025", "heading") in about
    assert ("2025", "sentence") in about
    assert ("2024", found.facts[0].slug) in about
    assert not any(value == "2019" for value, _ in about)
    assert spans(found, "comparisonBase") == ["2023"]


def test_units_below_and_aliases() -> None:
    found = extract(
        plain.read(
            Path("样例.txt"),
            "青溪县文化广电和旅游局\n2025年部门预算编制的说明\n一、机构设置\n"
            "青溪县文旅局隶属青溪县人民政府管理，是一级预算单位。"
            "下属预算单位2家，分别为：青溪县图书馆、青溪县文化馆（青溪县美术馆）。\n"
            "青溪县文旅局2025年收入预算100.00万元。\n".encode(),
        )
    )
    own, superior, *below = found.organisations
    assert own.name == "青溪县文化广电和旅游局"
    assert own.aliases == ("青溪县文旅局",)
    assert (own.superior, own.subordinates, own.budget_level) == ("青溪县人民政府", 2, "一级")
    assert superior.name == "青溪县人民政府"
    assert [(unit.name, unit.superior) for unit in below] == [
        ("青溪县图书馆", own.id),
        ("青溪县文化馆", own.id),
    ]


def test_another_units_name_in_a_subject_slot_is_recorded(budget: Make) -> None:
    found = budget(
        "一、收入预算情况\n青溪县图书馆2025年收入预算100.00万元。\n"
        "二、支出预算情况\n临江市档案馆2025年支出预算100.00万元。\n"
    )
    assert "青溪县图书馆" in spans(found, "unitName")
    assert found.identity.organisation == "临江市档案馆"


def test_amounts_of_another_unit_are_not_the_documents_own(budget: Make) -> None:
    found = budget(
        "一、机构设置\n下属预算单位1家，分别为：临江市方志馆。\n"
        "二、收入预算情况\n临江市档案馆2025年收入预算总额90.00万元。临江市方志馆收入预算总额10.00万元。\n"
    )
    assert [f.amount.printed for f in found.facts if f.key.measure == "money"] == ["90.00"]


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("青溪县社保中心", "青溪县社会保险事务中心", True),
        ("青溪县图书馆", "青溪县社会保险事务中心", False),
        ("中心", "青溪县社会保险事务中心", False),
        ("青溪县社会保险事务中心", "青溪县社会保险事务中心", False),
    ],
)
def test_alias(short: str, full: str, expected: bool) -> None:
    assert is_alias(short, full) is expected


def test_staff_with_the_retired_and_kinds_of_them(budget: Make) -> None:
    found = budget(
        "二、部门基本情况\n实有人数小计72人，其中：在职人数小计60人，增加2人，"
        "行政在职人数14人、全部补助事业在职人数46人；退休人数小计12人。\n"
    )
    printed = {f.slug: f.amount.printed for f in found.facts}
    assert sorted(printed.values()) == ["12", "14", "46", "60", "72"]
    assert {printed[p.fact] for e in found.equations for p in e.parts} == {"60"}
    assert [e.relation for e in found.equations] == ["atMost"]


def test_what_is_counted_may_stand_behind_the_number(budget: Make) -> None:
    found = budget(
        "（一）机关运行经费情况\n2025年，临江市档案馆及下属1家行政单位、"
        "2家参公管理事业单位的机关运行经费财政拨款预算15.40万元。\n"
    )
    items = {f.amount.printed: f.key.item for f in found.facts}
    assert items == {
        "1": "unitsAdministrative",
        "2": "unitsCivilService",
        "15.40": "organOperation",
    }


def test_changes_of_items_that_the_paragraph_before_printed(budget: Make) -> None:
    found = budget(
        "八、“三公”经费预算情况说明\n2025年“三公”经费财政拨款预算数为7.20万元，其中："
        "公务用车运行费6.50万元，公务接待费0.70万元。\n"
        "2025年“三公”经费财政拨款预算比上年减少0.80万元，其中："
        "公务用车运行费减少0.50万元，公务接待费减少0.30万元。\n"
    )
    current = {f.slug: f.amount.printed for f in found.facts}
    changes = {str(c.stated): current[c.operands["current"]] for c in found.claims}
    assert changes == {"8000.00": "7.20", "5000.00": "6.50", "3000.00": "0.70"}


def test_visits_behind_the_cost_of_foreign_guests_are_theirs(account: Make) -> None:
    found = account(
        "3.公务接待费支出决算3.20万元。其中：\n外宾接待支出0.20万元，2024年共接待来访团组2个，"
        "9人次。\n国内公务接待支出3.00万元，2024年共接待国内来访团组35个，280人次。\n"
    )
    items = {f.amount.printed: f.key.item for f in found.facts if f.key.measure != "money"}
    assert [items["2"], items["9"]] == ["foreignReception"] * 2
    assert [items["35"], items["280"]] == ["domesticReception"] * 2


def test_money_of_the_projects_just_counted(account: Make) -> None:
    found = account(
        "十三、预算绩效情况说明\n我部门对一般公共预算项目支出全面开展绩效自评，"
        "共涉及项目2个，资金260.14万元。\n"
    )
    assert {f.amount.printed: f.key.item for f in found.facts}["260.14"] == "performance"


def test_equipment_from_two_values_on_is_two_quantities(budget: Make) -> None:
    found = budget(
        "（三）国有资产占用情况\n单位价值50万元以上大型设备3台（套），"
        "单位价值100万元以上大型设备1台（套）。\n"
    )
    assert [(p, project) for p, _, _, project in counted(found)] == [("3", "all"), ("1", "100万元")]
