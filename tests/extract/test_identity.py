"""What a document says it is: the year of its money, not of its writing, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Identity
from kemu.read.text import plain


def identity(content: str) -> Identity:
    return extract(plain.read(Path("样例.txt"), content.encode())).identity


COMPARED = "".join(
    f"（{number}）{item}预算支出{amount}.00万元，比2025年预算数增加1.00万元；较2025年部门预算有所增加。\n"
    for number, item, amount in (("一", "公务接待费", 3), ("二", "办公费", 5), ("三", "会议费", 7))
)


@pytest.mark.parametrize(
    ("content", "year"),
    [
        pytest.param(
            "云溪县档案馆\n部门预算公开\n2025年12月\n2026年收支预算说明\n" + COMPARED,
            "2026",
            id="written the year before",
        ),
        pytest.param(
            "云溪县档案馆2026年部门预算\n发布时间：2025年12月30日\n" + COMPARED * 3,
            "2026",
            id="compared all along",
        ),
        pytest.param(
            "云溪县档案馆\n二〇二六年度部门预算\n二〇二五年十二月\n" + COMPARED,
            "2026",
            id="in Chinese numerals",
        ),
        pytest.param(
            "云溪县档案馆部门预算公开\n2025年12月\n财政拨款“三公”经费支出表\n单位：万元\n"
            "项目\t2025年预算数\t2026年预算数\n合计\t3.00\t2.00\n公务接待费\t3.00\t2.00\n"
            + COMPARED,
            "2026",
            id="only in the head of a table",
        ),
        pytest.param(
            "云溪县档案馆2024年度部门决算\n2025年8月\n支出决算10.00万元，完成2024年预算数的98%。\n",
            "2024",
            id="final account",
        ),
    ],
)
def test_the_year_is_that_of_the_money(content: str, year: str) -> None:
    assert identity(content).year == year


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("云溪县2026年县级单位预算\n预算单位：云溪县花卉良种试验场\n", "云溪县花卉良种试验场"),
        ("2026年单位预算\n编制单位：[108002]云溪县老干部活动室\n", "云溪县老干部活动室"),
        ("2026年单位预算\n编制单位：云溪县老干部活动室  单位：元\n", "云溪县老干部活动室"),
        ("2026年单位预算\n单位名称：（公章）\n", ""),
        ("云溪县教育委员会部门2026年度部门预算信息公开\n", "云溪县教育委员会"),
        ("中共云溪县委组织部2026年部门预算\n", "中共云溪县委组织部"),
        (
            "云溪县审计局（汇总）\n2026年部门预算公开说明\n云溪县审计信息中心现有公务用车1辆，"
            "云溪县审计信息中心共有车辆1辆。\n",
            "云溪县审计局",
        ),
    ],
)
def test_whose_it_is(content: str, name: str) -> None:
    assert identity(content + "收入预算总额为120.50万元。\n").organisation == name
