"""What sentences say about amounts: keys, relations, and what is left unbound."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kemu.model.facts import Claim, Equation, Extraction, Fact

Make = Callable[[str], Extraction]


def fact(extraction: Extraction, printed: str) -> Fact:
    found = [f for f in extraction.facts if f.amount.printed == printed]
    assert len(found) == 1, [f.label for f in found]
    return found[0]


def claims(extraction: Extraction, kind: str) -> list[Claim]:
    return [claim for claim in extraction.claims if claim.kind == kind]


def operand(extraction: Extraction, claim: Claim, role: str) -> str:
    slug = claim.operands[role]
    return next(f.amount.printed for f in extraction.facts if f.slug == slug)


def terms(extraction: Extraction, equation: Equation) -> list[str]:
    printed = {f.slug: f.amount.printed for f in extraction.facts}
    return [printed[part.fact] for part in equation.parts]


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


def test_a_change_is_explained_by_a_reason_under_its_heading(budget: Make) -> None:
    found = budget(
        "一、收入预算情况说明\n2025年收入预算总额80.50万元，比2024年增加5.50万元，增长7.33%。\n"
        "二、支出预算情况说明\n2025年支出预算总额80.50万元，比2024年减少2.50万元，其中：\n"
        "基本支出70.25万元，项目支出10.25万元。减少的主要原因是退休一人。\n"
    )
    told = {claim.printed: claim.unexplained for claim in found.claims if claim.direction}
    assert told == {"5.50": "一、收入预算情况说明", "7.33": "一、收入预算情况说明", "2.50": ""}


def test_a_full_stop_before_a_closing_bracket_ends_only_what_is_in_it(budget: Make) -> None:
    found = budget(
        "五、三公经费情况\n2025年财政拨款安排“三公”经费12万元。其中：因公出国（境）费2万元；"
        "公务用车购置及运行维护费9万元（公务用车购置费5万元，比上年增加1万元；公务用车运行维护费"
        "4万元，比上年减少3万元。）比上年减少2万元，下降18.2%；公务接待费1万元，增加0.5万元。\n"
    )
    assert {f.key.fund for f in found.facts} == {"fiscalAppropriation"}
    sums = {tuple(terms(found, e)) for e in found.equations if e.relation == "equal"}
    assert sums == {("2", "9", "1"), ("5", "4")}
    rate = claims(found, "rate")[0]
    assert operand(found, rate, "current") == "9"


def test_parts_in_sections_below_are_of_the_fund_that_the_section_begins_with(
    budget: Make,
) -> None:
    found = budget(
        "七、“三公”经费增减变化情况说明\n"
        "2025年一般公共预算财政拨款“三公”经费预算合计8.00元，较上年增加0元，具体情况如下：\n"
        "（一）因公出国（境）费\n2025年因公出国（境）费预算为1.00元，较上年持平。\n"
        "（二）公务接待费\n2025年公务接待费预算为7.00元，较上年持平。\n"
        "八、其他公开信息\n2025年机关运行经费安排5.00元。\n"
    )
    money = [f for f in found.facts if f.key.measure == "money"]
    assert [(f.amount.printed, f.key.fund) for f in money] == [
        ("8.00", "generalPublicBudget"),
        ("1.00", "generalPublicBudget"),
        ("7.00", "generalPublicBudget"),
        ("5.00", "all"),
    ]


def test_what_is_carried_over_is_part_of_the_whole_and_not_of_this_years_income(
    budget: Make,
) -> None:
    found = budget(
        "二、收入预算情况\n2025年部门财政拨款收入100.00万元，其中：本年收入90.00万元，"
        "上年结转收入10.00万元。\n"
    )
    assert [f.key.carry for f in found.facts] == ["all", "current", "carriedOver"]
    assert {f.key.fund for f in found.facts} == {"fiscalAppropriation"}
    (equation,) = found.equations
    assert (equation.relation, terms(found, equation)) == ("equal", ["90.00", "10.00"])


def test_a_line_with_a_colon_dates_the_stocks_below_it(budget: Make) -> None:
    found = budget(
        "一、单位基本情况\n截止2024年12月统计，单位基本情况如下：\n在职人员编制18人，其中：行政编制18人。\n"
        "离退休人员9人。\n二、车辆情况\n单位共有车辆2辆。\n"
    )
    assert [f.key.year for f in found.facts] == ["2024", "2024", "2024", "2025"]


def test_a_path_on_a_line_of_its_own_names_the_amounts_of_the_next(account: Make) -> None:
    found = account(
        "一、一般公共预算财政拨款支出决算具体情况\n"
        "2024年度财政拨款支出决算为60.50万元，其中：\n"
        "1、文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）。\n"
        "年初预算为30.00万元，支出决算为31.25万元，完成年初预算的104.17%，原因是购书增加。\n"
        "2、住房保障支出（类）住房改革支出（款）住房公积金（项）。\n"
        "年初预算为29.25万元，支出决算为29.25万元，完成年初预算的100%。\n"
    )
    assert fact(found, "30.00").key.functional == "2070104"
    assert fact(found, "31.25").key.functional == "2070104"
    assert {f.key.functional for f in found.facts if f.amount.printed == "29.25"} == {"2210201"}


def test_a_path_names_nothing_where_the_next_line_names_its_own(account: Make) -> None:
    found = account(
        "一、支出决算情况\n"
        "1、文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）。\n"
        "2024年度一般公共预算财政拨款基本支出31.25万元。\n"
    )
    assert fact(found, "31.25").key.functional == "all"


def test_what_follows_a_list_as_a_whole_divides_its_total(budget: Make) -> None:
    found = budget(
        "四、一般公共预算拨款支出预算情况\n"
        "2025年一般公共预算拨款支出预算50.50万元，其中：基本支出30.25万元，"
        "项目支出20.25万元。具体如下：\n"
        "（一）文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）预算20.25万元。\n"
        "（二）住房保障支出（类）住房改革支出（款）住房公积金（项）预算30.25万元。\n"
    )
    totals = {e.total for e in found.equations if e.basis in ("column", "codeHierarchy")}
    assert totals == {fact(found, "50.50").slug}


def test_compared_with_the_same_time_of_the_year_before(budget: Make) -> None:
    found = budget("一、收入预算情况\n2025年收入预算总额50.50万元，同比增加2.25万元，增长4.66%。\n")
    change = claims(found, "change")[0]
    assert operand(found, change, "current") == "50.50"
    assert not found.unbound


def test_names_of_an_economic_division_are_economic(budget: Make) -> None:
    found = budget(
        "（二）支出预算情况\n2025年支出预算总额50.50万元。\n"
        "按支出经济分类划分：工资福利支出30.25万元，较上年预算安排增加1.25万元；"
        "商品和服务支出20.25万元。\n"
    )
    assert fact(found, "30.25").key.dept_economic == "301"
    assert fact(found, "20.25").key.dept_economic == "302"


def test_shares_of_a_list_with_a_gap_need_not_add_up(account: Make) -> None:
    found = account(
        "七、“三公”经费支出决算情况\n2024年度“三公”经费支出决算为5.50万元，其中：\n"
        "公务接待费支出决算1.25万元，占22.73%，库房看护杂费支出决算4.25万元，占77.27%。\n"
    )
    shares = [claim for claim in claims(found, "share") if claim.group]
    assert shares
    assert not any(claim.group_complete for claim in shares)


def test_a_form_on_one_project_is_about_that_project(budget: Make) -> None:
    found = budget(
        "七、项目支出情况说明\n项目名称：老旧档案修复\n设立的政策依据：档案法\n"
        "预算安排规模：20.25万元\n"
    )
    assert fact(found, "20.25").key.project == "老旧档案修复"


def test_a_change_behind_a_sentence_with_a_list_is_of_its_total(budget: Make) -> None:
    found = budget(
        "三、机关运行经费\n2025年机关运行经费安排18.50万元，其中办公费12.50万元、印刷费6.00万元。"
        "较2024年增加1.70万元，增长10.12%。\n"
    )
    assert {operand(found, c, "current") for c in found.claims} == {"18.50"}


def test_both_totals_printed_apart_change_alike(budget: Make) -> None:
    found = budget(
        "一、收支预算情况\n2025年收入总计50.50万元，支出总计50.50万元，"
        "与2024年预算相比，收、支总计各减少2.25万元，下降4.27%。\n"
    )
    assert {operand(found, c, "current") for c in found.claims} == {"50.50"}
    assert not found.unbound


def test_what_follows_a_whole_with_carry_over_divides_this_years_part(account: Make) -> None:
    found = account(
        "二、收入支出决算情况\n2024年度总收入120.50万元，其中本年收入100.50万元，年初结转和结余20.00万元。"
        "具体情况如下：\n1.一般公共预算财政拨款收入90.25万元。\n2.事业收入5.25万元。\n"
        "3.经营收入3.00万元。\n4.其他收入2.00万元。\n"
    )
    sums = {fact(found, "100.50").slug, fact(found, "120.50").slug}
    lists = {e.total: terms(found, e) for e in found.equations if e.total in sums}
    assert lists[fact(found, "100.50").slug] == ["90.25", "5.25", "3.00", "2.00"]
    assert "90.25" not in lists.get(fact(found, "120.50").slug, [])


def test_a_comparison_behind_a_reason_is_of_the_amount_again(account: Make) -> None:
    found = account(
        "七、“三公”经费支出决算情况\n公务接待费支出预算为2.20万元，支出决算为1.76万元，"
        "决算数小于预算数的主要原因是严格执行标准，与上年相比减少0.24万元，减少12.00%。\n"
    )
    for kind in ("change", "rate"):
        assert [operand(found, c, "current") for c in claims(found, kind)] == ["1.76"]
