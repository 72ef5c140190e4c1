"""Wholes and parts in sentences, dates of stocks, comparisons over several lines."""

from __future__ import annotations

from tests.extract.asking import Make, claims, fact, operand, terms


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
