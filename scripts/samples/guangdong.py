"""A department's budget as places in Guangdong publish it: `[2130101]行政运行`, zeros printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples import prose
from samples.blocks import Block, C, Sample
from samples.economic import NAMES
from samples.figures import ZERO
from samples.prose import shown
from samples.rows import (
    FUNDS,
    Rows,
    economic,
    functional,
    made,
    numbered,
    published,
    side_by_side,
    totals,
    with_zeros,
)
from samples.unit import Unit
from samples.vocabulary import classes

NOT_HERE = (
    "社会保险基金支出",
    "预备费",
    "转移性支出",
    "债务发行费用支出",
    "抗疫特别国债安排的支出",
)
INCOME = "预算拨款 财政专户拨款 事业收入 事业单位经营收入 其他收入 上级补助收入 附属单位上缴收入"
NATURES = ["total", "basic", "project"]
BY_NATURE: Rows = [["小计", "其中：基本支出", "项目支出"]]


def build(source: dict[str, Any]) -> Sample:
    """Return the document."""
    unit = Unit(source)
    tables: list[Block] = []
    for number, (title, grid, note) in enumerate(_tables(unit), 1):
        tables += published(unit, title, f"表{number}", made(title, *grid), note)
    return prose.build(unit, tables, {"@projects": _goals})


def _tables(unit: Unit) -> list[tuple[str, tuple[Rows, Rows], str]]:
    return [
        ("收支总体情况表", _balance(unit), "注：财政拨款包括一般公共预算和政府性基金预算拨款。"),
        ("收入总体情况表", _income(unit), "注：无。"),
        ("本年支出总体情况表", _spending(unit), "注：无。"),
        ("财政拨款收支总体情况表", _fiscal(unit), "注：表中科目按本部门实际情况编列。"),
        ("一般公共预算支出情况表（按功能分类科目）", _general(unit), "注：无。"),
        ("一般公共预算基本支出情况表（按经济分类科目）",
         _economic(unit.figures.basic), "注：无。"),
        ("一般公共预算项目支出情况表（按经济分类科目）",
         _economic(_project_amounts(unit, "general")), "注：无。"),
        ("财政拨款安排的行政经费及“三公”经费预算表", _three_public(unit), "注：无。"),
        ("政府性基金预算支出情况表", _fund(unit), "注：无。"),
        ("国有资本经营预算支出情况表", _capital(), "注：本表本年无发生额。"),
    ]  # fmt: skip


def _classes() -> list[str]:
    return [name for name in classes() if name not in NOT_HERE]


def _spent(unit: Unit) -> Rows:
    f = unit.figures
    amounts = {f.names[c]: f.sum("total", c) for c in f.classes}
    names = _classes()
    return [
        [label, with_zeros(amounts.get(name, ZERO))]
        for label, name in zip(numbered(names), names, strict=True)
    ]


def _balance(unit: Unit) -> tuple[Rows, Rows]:
    total, zero = with_zeros(unit.figures.total), with_zeros(ZERO)
    names = numbered(INCOME.split())
    left: Rows = [[name, total if index == 0 else zero] for index, name in enumerate(names)]
    body = side_by_side(left, _spent(unit), (2, 2))
    body += [
        ["本年收入合计", total, "本年支出合计", total],
        ["上年结转结余", zero, "结转结余下年", zero],
        ["收入总计", total, "支出总计", total],
    ]
    return [[C("收入", cols=2), C("支出", cols=2)], ["项目", "预算", "项目", "预算"]], body


def _income(unit: Unit) -> tuple[Rows, Rows]:
    others = ["事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"]
    head: Rows = [
        [C("单位名称", rows=2), C("合计", rows=2), C("财政拨款收入", cols=3),
         C("财政专户拨款收入", cols=2), C("其他资金收入", cols=len(others)),
         C("上年结转结余收入", rows=2)],
        [*FUNDS, "教育收费", "其他专户收入拨款", *others],
    ]  # fmt: skip

    def row(name: str, general: Decimal, fund: Decimal) -> list[C | str]:
        amounts = (general + fund, general, fund, *[ZERO] * 9)
        return [name, *map(with_zeros, amounts)]

    v = unit.values()
    body = [row("合计", v["general"], v["fund"])]
    for name, general, fund in unit.source["units"]:
        body.append(row(name, Decimal(general), Decimal(fund)))
    return head, body


def _spending(unit: Unit) -> tuple[Rows, Rows]:
    names = ["合计", "基本支出", "项目支出"]
    names += ["事业单位经营支出", "对附属单位补助支出", "上缴上级支出"]
    head: Rows = [
        [C("功能分类科目", cols=2), *(C(name, rows=2) for name in names)],
        ["科目编码", "科目名称"],
    ]
    f, zeros = unit.figures, [with_zeros(ZERO)] * 3
    body: Rows = [["", "合计", *totals(f, NATURES, with_zeros), *zeros]]
    for code, name, cells in functional(f, NATURES, with_zeros):
        body.append([code, " " * (len(code) - 3) + name, *cells, *zeros])
    return head, body


def _fiscal(unit: Unit) -> tuple[Rows, Rows]:
    v, zero = unit.values(), with_zeros(ZERO)
    total = with_zeros(unit.figures.total)
    amounts = (with_zeros(v["general"]), with_zeros(v["fund"]), zero)
    left: Rows = [[name, a] for name, a in zip(numbered(list(FUNDS)), amounts, strict=True)]
    body = side_by_side(left, _spent(unit), (2, 2))
    body += [
        ["本年收入合计", total, "本年支出合计", total],
        ["", "", "结转下年", zero],
        ["收入总计", total, "支出总计", total],
    ]
    return [[C("收入", cols=2), C("支出", cols=2)], ["项目", "预算", "项目", "预算"]], body


def _general(unit: Unit) -> tuple[Rows, Rows]:
    head: Rows = [[C("功能科目名称", rows=2), C("一般公共预算支出", cols=3)], *BY_NATURE]
    f = unit.figures
    body: Rows = [["合计", *totals(f, NATURES, with_zeros, fund="general")]]
    for code, name, cells in functional(f, NATURES, with_zeros, fund="general"):
        body.append([" " * ((len(code) - 3) // 2) + f"[{code}]{name}", *cells])
    return head, body


def _project_amounts(unit: Unit, fund: str) -> dict[str, Decimal]:
    funds = {item.code: item.fund for item in unit.figures.items}
    amounts: dict[str, Decimal] = {}
    for project in unit.figures.projects:
        if funds[project.item] == fund:
            for code, value in project.economic.items():
                amounts[code] = amounts.get(code, ZERO) + value
    return amounts


def _economic(amounts: dict[str, Decimal]) -> tuple[Rows, Rows]:
    body: Rows = [["合计", with_zeros(sum(amounts.values(), ZERO))]]
    for code, _, amount in economic(amounts):
        body.append([" " * (len(code) > 3) + f"[{code}]{NAMES[code]}", with_zeros(amount)])
    return [["部门预算支出经济科目", "预算"]], body


def _three_public(unit: Unit) -> tuple[Rows, Rows]:
    v = unit.values()
    lines = (
        ("行政经费", v["public"]), ("“三公”经费", v["three"]),
        ("  其中：（一）因公出国（境）支出", ZERO),
        ("        （二）公务用车购置及运行维护支出", v["vehicle"]),
        ("              1.公务用车购置费", ZERO),
        ("              2.公务用车运行维护费", v["vehicle"]),
        ("        （三）公务接待费支出", v["reception"]),
    )  # fmt: skip
    body: Rows = [
        [name, with_zeros(value), with_zeros(value), *[with_zeros(ZERO)] * 2]
        for name, value in lines
    ]
    return [["项目", "合计", *FUNDS]], body


def _coded_head(name: str) -> Rows:
    return [
        [C("功能分类科目", cols=2), C(name, cols=3)],
        ["科目编码", "科目名称", *BY_NATURE[0]],
    ]


def _fund(unit: Unit) -> tuple[Rows, Rows]:
    f = unit.figures
    body: Rows = [["", "合计", *totals(f, NATURES, with_zeros, fund="fund")]]
    for code, name, cells in functional(f, NATURES, with_zeros, fund="fund"):
        body.append([code, name, *cells])
    return _coded_head("政府性基金预算支出"), body


def _capital() -> tuple[Rows, Rows]:
    return _coded_head("国有资本经营预算支出"), [["", "合计", *[with_zeros(ZERO)] * 3]]


def _goals(unit: Unit) -> list[str]:
    """Return a line for each project; the printed table of goals is set as text."""
    show = shown(unit)
    return [f"{project.name}：预算数{show(project.total)}万元，绩效目标为{project.goal}"
            for project in unit.figures.projects]  # fmt: skip
