"""What sentences say about amounts: keys, relations, and what is left unbound."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extract.asking import Make, claims, fact, operand, terms


def test_a_label_that_is_not_understood_binds_nothing(budget: Make) -> None:
    found = budget(
        "一、收支预算情况说明\n2025年收支预算总数100.50万元，库房恒温改造工程款20.25万元。\n"
    )
    assert [f.amount.printed for f in found.facts] == ["100.50"]
    assert [u.printed for u in found.unbound] == ["20.25万元"]


def test_a_path_names_the_code(budget: Make) -> None:
    found = budget(
        "一、一般公共预算当年拨款具体情况\n"
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）2025年预算数为30.20万元，主要用于购书。\n"
    )
    bound = fact(found, "30.20")
    assert (bound.key.functional, bound.key.fund) == ("2070104", "generalPublicBudget")
    mention = next(m for m in found.mentions if m.code == "2070104")
    assert mention.facts == (bound.slug,)


def test_a_hyphened_path_is_a_path(budget: Make) -> None:
    found = budget(
        "一、支出预算情况\n2210201住房保障支出-住房改革支出-住房公积金40,035.51元，主要用于住房。\n"
    )
    mention = next(m for m in found.mentions if m.printed_code == "2210201")
    assert mention.printed_path == ("住房保障支出", "住房改革支出", "住房公积金")
    assert mention.differences == ()
    assert fact(found, "40,035.51").key.functional == "2210201"


def test_brackets_close_and_the_total_is_the_subject_again(budget: Make) -> None:
    found = budget(
        "一、“三公”经费财政拨款预算安排情况\n"
        "公务用车购置及运行维护费30.40万元（公务用车购置费20.10万元，比上年增加5.10万元；"
        "公务用车运行维护费10.30万元，比上年减少2.20万元），比上年增加2.90万元。\n"
    )
    last = claims(found, "change")[-1]
    assert last.stated == Decimal(29000)
    assert operand(found, last, "current") == "30.40"


def test_an_unread_part_leaves_a_list_open(budget: Make) -> None:
    found = budget(
        "一、机关运行经费\n2025年机关运行经费预算总计82.50万元，其中：办公费40.10万元，"
        "库房看护杂费30.20万元，差旅费12.20万元。\n"
    )
    equation = next(e for e in found.equations if terms(found, e)[0] == "40.10")
    assert equation.relation == "atMost"
    assert fact(found, "40.10").key.item == "organOperation"
    assert fact(found, "40.10").key.dept_economic == "30201"


@pytest.mark.parametrize(
    ("sentence", "direction", "left", "right"),
    [
        ("公务接待费2.30万元，与上年预算2.30万元持平。", "equal", "2.30", "2.30"),
        ("公务接待费2.40万元，与2024年预算相比无变化。", "equal", "2.40", ""),
        ("公务接待费2.50万元。公务接待费较上年有所减少，原因是厉行节约。", "less", "2.50", ""),
    ],
)
def test_direction(budget: Make, sentence: str, direction: str, left: str, right: str) -> None:
    found = budget(f"一、“三公”经费财政拨款预算安排情况\n{sentence}\n")
    (claim,) = claims(found, "direction")
    assert claim.direction == direction
    printed = {f.slug: f.amount.printed for f in found.facts}
    assert printed[claim.operands["left"]] == left
    assert printed.get(claim.operands.get("right", ""), "") == right


def test_a_direction_in_its_own_line_is_about_the_amount_before(budget: Make) -> None:
    found = budget(
        "一、“三公”经费财政拨款预算安排情况\n"
        "“三公”经费财政拨款预算数2.60万元，其中：公务接待费1.60万元，公务用车运行维护费1.00万元。\n"
        "（一）公务接待费与上年预算数持平。\n"
    )
    (claim,) = claims(found, "direction")
    assert operand(found, claim, "left") == "1.60"


def test_two_amounts_compared_at_once_make_two_claims(budget: Make) -> None:
    found = budget(
        "一、“三公”经费财政拨款预算安排情况\n"
        "3.公务用车购置费0万元，公务用车运行维护费0万元，较上年预算无变化。\n"
    )
    assert len(claims(found, "direction")) == 2
    assert len({claim.slug for claim in found.claims}) == 2


def test_outturn_above_budget(account: Make) -> None:
    found = account(
        "一、一般公共预算财政拨款支出决算具体情况\n"
        "1.文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）。年初预算为30.20万元，"
        "支出决算为31.30万元，完成年初预算的103.64%。决算数大于预算数的主要原因是追加了预算。\n"
    )
    (claim,) = claims(found, "direction")
    assert claim.direction == "greater"
    assert (operand(found, claim, "left"), operand(found, claim, "right")) == ("31.30", "30.20")
    (completion,) = claims(found, "completion")
    assert operand(found, completion, "budget") == "30.20"


def test_zero_claim_finds_its_amount(budget: Make) -> None:
    found = budget(
        "一、政府性基金预算支出情况\n2025年政府性基金预算支出0万元。\n"
        "临江市档案馆2025年没有使用政府性基金预算拨款安排的支出。\n"
    )
    (claim,) = claims(found, "zero")
    assert operand(found, claim, "current") == "0"
    assert any(s.kind == "year" and s.about == claim.slug for s in found.spans)


def test_zero_of_another_year_has_no_amount(budget: Make) -> None:
    found = budget(
        "一、政府性基金预算支出情况\n2025年政府性基金预算支出0万元。\n"
        "临江市档案馆2024年没有使用政府性基金预算拨款安排的支出。\n"
    )
    (claim,) = claims(found, "zero")
    assert claim.operands == {}
    assert [s.value for s in found.spans if s.about == claim.slug] == ["2024"]


def test_nothing_budgeted_yet_is_no_zero(budget: Make) -> None:
    found = budget("一、“三公”经费财政拨款预算安排情况\n2025年暂不编列因公出国（境）经费。\n")
    assert claims(found, "zero") == []


def test_a_rate_without_its_word_belongs_to_the_change(budget: Make) -> None:
    found = budget(
        "一、收支预算情况说明\n2025年收支预算总数110.00万元，较2024年收支预算总数增加10.00万元，10%。\n"
    )
    (rate,) = claims(found, "rate")
    (change,) = claims(found, "change")
    assert rate.change == change.slug
    assert rate.direction == "increase"


def test_money_where_a_percent_is_due(budget: Make) -> None:
    found = budget(
        "一、机关运行经费\n机关运行经费预算为76.85万元，较上年预算67.26万元增加9.59万元，增长0.70万元。\n"
    )
    (rate,) = claims(found, "rate")
    assert (rate.stated, rate.unit) == (Decimal("0.70"), "万元")


def test_a_percent_without_its_sign(budget: Make) -> None:
    found = budget(
        "一、支出预算情况\n2025年支出预算总额100.00万元，其中：基本支出76.20万元，占76.20，"
        "项目支出23.80万元，占23.80%。\n"
    )
    assert [claim.unit for claim in claims(found, "share")] == ["", "%"]


def test_signs_that_the_file_lost_are_no_slips(budget: Make) -> None:
    found = budget(
        "一、“三公”经费财政拨款预算安排情况\n公务接待费1.10万元，较上年减少0.40万元（26.67）。\n"
        "公务用车运行维护费2.20万元，较上年减少0.30万元（12.00）。\n"
        "因公出国（境）费3.30万元，较上年减少0.70万元（17.50）。\n"
    )
    assert [claim.unit for claim in claims(found, "rate")] == ["%", "%", "%"]


def test_points_of_percent_are_no_rate(budget: Make) -> None:
    found = budget("一、机关运行经费\n机关运行经费预算为76.85万元，占比提高4.5个百分点。\n")
    assert claims(found, "rate") == []


def test_a_share_names_its_whole(account: Make) -> None:
    found = account(
        "一、政府采购支出情况\n政府采购支出总额50.00万元。授予中小企业合同金额40.00万元，"
        "占政府采购支出总额的80%，其中：授予小微企业合同金额10.00万元，占授予中小企业合同金额的25%；"
        "货物采购授予中小企业合同金额占货物支出金额的9.16%。\n"
    )
    wholes = [operand(found, claim, "whole") for claim in claims(found, "share")]
    assert wholes == ["50.00", "40.00"]


def test_a_reason_is_no_amount_of_the_item(budget: Make) -> None:
    found = budget(
        "一、收支预算情况说明\n2025年收支预算总数110.00万元，比上年增加10.00万元，"
        "主要原因是一次性补助增加12.00万元。\n"
    )
    told = next(claim for claim in claims(found, "change") if claim.printed == "12.00")
    assert told.operands == {}
    assert len(found.facts) == 1


def test_a_comparison_resumes_after_the_purpose(account: Make) -> None:
    found = account(
        "一、支出决算情况\n1.教育（类）支出180.03万元，主要用于单位开支的培训，比2023年度决算数增加47.92万元。\n"
    )
    (change,) = claims(found, "change")
    assert operand(found, change, "current") == "180.03"


def test_single_projects_do_not_collide(account: Make) -> None:
    found = account(
        "一、预算绩效管理情况\n"
        "1.库房维护项目绩效自评综述：全年预算数为53.60万元，执行数为41.30万元，完成预算的77.05%。\n"
        "2.档案修复项目绩效自评综述：全年预算数为12.00万元，执行数为12.00万元，完成预算的100%。\n"
    )
    projects = {f.key.project for f in found.facts}
    assert projects == {"库房维护", "档案修复"}
    assert len(claims(found, "completion")) == 2


def test_items_below_a_line_with_a_colon_inherit_from_it(budget: Make) -> None:
    found = budget(
        "一、部门预算编制说明\n财政拨款支出主要内容如下：\n"
        "1.“卫生健康支出”科目18.50万元，主要用于医疗保险。\n公务接待费1.20万元。\n"
    )
    assert fact(found, "18.50").key.fund == "fiscalAppropriation"
    assert fact(found, "1.20").key.fund == "all"


def test_carry_over_and_outturn_of_one_fund(account: Make) -> None:
    found = account(
        "一、政府性基金预算支出决算情况\n2024年度政府性基金预算财政拨款年初结转和结余58.30万元，"
        "收入决算59.20万元，支出决算68.10万元。\n"
    )
    assert fact(found, "58.30").key.carry == "carriedOver"
    assert fact(found, "59.20").key.flow == "revenue"
    assert fact(found, "59.20").key.carry == "current"
    assert fact(found, "68.10").key.carry == "all"


def test_classes_and_items_make_sums(budget: Make) -> None:
    found = budget(
        "一、一般公共预算当年拨款情况说明\n（一）总体情况\n2025年一般公共预算当年拨款100.00万元。\n"
        "（二）结构情况\n卫生健康支出40.00万元，占40%；住房保障支出60.00万元，占60%。\n"
        "（三）具体情况\n"
        "1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）2025年预算数为40.00万元。\n"
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）2025年预算数为35.00万元。\n"
        "3.住房保障支出（类）住房改革支出（款）购房补贴（项）2025年预算数为25.00万元。\n"
    )
    sums = {(e.basis, tuple(terms(found, e))) for e in found.equations}
    assert ("column", ("40.00", "60.00")) in sums
    assert ("column", ("40.00", "35.00", "25.00")) in sums
    assert ("codeHierarchy", ("35.00", "25.00")) in sums
    assert ("oneItemClass", ("40.00",)) in sums


def test_items_beside_a_class_without_items_are_no_sum_alone(budget: Make) -> None:
    found = budget(
        "一、一般公共预算拨款支出情况\n2025年度一般公共预算拨款支出100.00万元。\n"
        "（一）204-公共安全支出70.00万元。\n（二）2210201-住房公积金20.00万元。\n"
        "（三）2210202-提租补贴10.00万元。\n"
    )
    sums = [tuple(terms(found, e)) for e in found.equations if e.basis == "column"]
    assert sums == [("70.00", "20.00", "10.00")]
