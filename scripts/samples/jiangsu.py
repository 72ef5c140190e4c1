"""A department's budget as places in Jiangsu publish it: 公开01表 to 13表, seven-digit codes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples import prose
from samples.blocks import Block, C, Sample
from samples.figures import ZERO, Item
from samples.prose import change, shown
from samples.rows import (
    FUNDS,
    Rows,
    economic,
    functional,
    made,
    numbered,
    published,
    side_by_side,
    thousands,
    totals,
)  # fmt: skip
from samples.unit import Unit
from samples.vocabulary import classes, ordinal

INCOME = (
    "一般公共预算拨款收入 政府性基金预算拨款收入 国有资本经营预算拨款收入 财政专户管理资金收入 "
    "事业收入 事业单位经营收入 上级补助收入 附属单位上缴收入 其他收入"
)
BY_NATURE = ["fiscal", "basic", "personnel", "public", "project"]
HEAD_BY_NATURE: Rows = [
    [C("科目编码", rows=2), C("科目名称", rows=2), C("合计", rows=2), C("基本支出", cols=3),
     C("项目支出", rows=2)],
    ["小计", "人员经费", "公用经费"],
]  # fmt: skip


def build(source: dict[str, Any]) -> Sample:
    """Return the document."""
    unit = Unit(source)
    tables: list[Block] = []
    for number, (title, grid, note) in enumerate(_tables(unit), 1):
        tables += published(unit, title, f"公开{number:02d}表", made(title, *grid), note)
    return prose.build(unit, tables, {"@items": item_lines, "@classes": class_lines})


def _tables(unit: Unit) -> list[tuple[str, tuple[Rows, Rows], str]]:
    none = "注：本部门{}年没有{}预算安排的支出，本表无数据。"
    by_function = (HEAD_BY_NATURE, _by_function(unit))
    return [
        ("收支总表", _balance(unit), ""),
        ("收入总表", _income(unit), ""),
        ("支出总表", _spending(unit), ""),
        ("财政拨款收支总表", _fiscal(unit), ""),
        ("财政拨款支出表（功能科目）", by_function, ""),
        ("财政拨款基本支出表（经济科目）", _basic(unit, "本年财政拨款基本支出"), ""),
        ("一般公共预算支出表", by_function, ""),
        ("一般公共预算基本支出表", _basic(unit, "本年一般公共预算基本支出"), ""),
        ("一般公共预算“三公”经费、会议费、培训费支出表", _three_public(unit), ""),
        ("政府性基金预算支出表", _empty("本年政府性基金预算支出"),
         none.format(unit.year, "政府性基金")),
        ("国有资本经营预算支出表", _empty("本年国有资本经营预算支出"),
         none.format(unit.year, "国有资本经营")),
        ("一般公共预算机关运行经费支出表", _running(unit), ""),
        ("政府采购支出表", _bought(unit), ""),
    ]  # fmt: skip


def _spent(unit: Unit, nature: str, names: list[str]) -> list[str]:
    f = unit.figures
    amounts = {f.names[c]: f.sum(nature, c) for c in f.classes}
    return [thousands(amounts.get(name, ZERO)) for name in names]


def _balance(unit: Unit) -> tuple[Rows, Rows]:
    f, v = unit.figures, unit.values()
    total = thousands(f.total)
    income = numbered(INCOME.split())
    amounts = [thousands(v["general"]), *[""] * 7, thousands(v["other"])]
    left: Rows = [[name, amount] for name, amount in zip(income, amounts, strict=True)]
    spent = _spent(unit, "total", classes())
    right: Rows = [[n, a] for n, a in zip(numbered(classes()), spent, strict=True)]
    body = side_by_side(left, right, (2, 2))
    body += [
        ["本年收入合计", total, "本年支出合计", total],
        ["上年结转结余", "", "年终结转结余", ""],
        ["收入总计", total, "支出总计", total],
    ]
    return [
        [C("收入", cols=2), C("支出", cols=2)], ["项目", "预算数", "项目", "预算数"],
    ], body  # fmt: skip


def _income(unit: Unit) -> tuple[Rows, Rows]:
    names = [name.removesuffix("拨款收入") for name in INCOME.split()]
    carried = ["小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "单位资金"]
    head: Rows = [
        [C("部门代码", rows=2), C("部门名称", rows=2), C("合计", rows=2),
         C("本年收入", cols=1 + len(names)), C("上年结转结余", cols=len(carried))],
        ["小计", *names, *carried],
    ]  # fmt: skip

    def row(code: str, name: str, general: Decimal, other: Decimal) -> list[C | str]:
        both = thousands(general + other)
        funds = [thousands(general), *[""] * 7, thousands(other)]
        return [code, name, both, both, *funds, *[""] * len(carried)]

    v = unit.values()
    body = [row("", "合计", v["general"], v["other"])]
    body.append(row(unit.code, unit.unit, v["general"], v["other"]))
    for code, name, general, other in unit.source["units"]:
        body.append(row(f" {code}", name, Decimal(general), Decimal(other)))
    return head, body


def _coded(rows: list[tuple[str, str, list[C | str]]]) -> Rows:
    """Return rows with the code set in by its depth."""
    return [[" " * (len(code) - 3) + code, name, *cells] for code, name, cells in rows]


def _spending(unit: Unit) -> tuple[Rows, Rows]:
    natures = ["total", "basic", "all_projects"]
    head: Rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出",
         "对附属单位补助支出"],
    ]  # fmt: skip
    f, blank = unit.figures, ["", "", ""]
    body: Rows = [["", "合计", *totals(f, natures, thousands), *blank]]
    body += [[*row, *blank] for row in _coded(functional(f, natures, thousands))]
    return head, body


def _fiscal(unit: Unit) -> tuple[Rows, Rows]:
    total = thousands(unit.figures.sum("fiscal"))
    funds = numbered([f"{fund}拨款" for fund in FUNDS], "（{}）{}")
    left: Rows = [["一、本年收入", total], [funds[0], total], [funds[1], ""], [funds[2], ""]]
    left += [["二、上年结转", ""], *([fund, ""] for fund in funds)]
    spent = _spent(unit, "fiscal", classes())
    names = numbered(classes(), "（{}）{}")
    right: Rows = [["一、本年支出", total], *map(list, zip(names, spent, strict=True))]
    right.append(["二、年终结转结余", ""])
    body = side_by_side(left, right, (2, 2)) + [["收入总计", total, "支出总计", total]]
    return [
        [C("收入", cols=2), C("支出", cols=2)], ["项目", "预算数", "项目", "预算数"],
    ], body  # fmt: skip


def _by_function(unit: Unit) -> Rows:
    f = unit.figures
    body: Rows = [["", "合计", *totals(f, BY_NATURE, thousands)]]
    return body + _coded(functional(f, BY_NATURE, thousands))


def _basic(unit: Unit, name: str) -> tuple[Rows, Rows]:
    head: Rows = [
        [C("部门预算支出经济分类科目", cols=2), C(name, cols=3)],
        ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
    ]
    f = unit.figures
    body: Rows = [["", "合计", *map(thousands, (f.total_basic, f.personnel, f.public))]]
    for code, label, amount in economic(f.basic):
        value = thousands(amount)
        people = code[:3] in ("301", "303")
        body.append(
            [" " * (len(code) - 3) + code, label, value, value if people else "",
             "" if people else value]
        )  # fmt: skip
    return head, body


def _three_public(unit: Unit) -> tuple[Rows, Rows]:
    head: Rows = [
        [C("“三公”经费合计", rows=2), C("因公出国（境）费", rows=2),
         C("公务用车购置及运行维护费", cols=3), C("公务接待费", rows=2), C("会议费", rows=2),
         C("培训费", rows=2)],
        ["小计", "公务用车购置费", "公务用车运行维护费"],
    ]  # fmt: skip
    v = unit.values()
    values = (v["three"], ZERO, v["vehicle"], ZERO, v["vehicle"], v["reception"], v["meeting"],
              v["training"])  # fmt: skip
    return head, [[f"{value:,.2f}" for value in values]]


def _empty(name: str) -> tuple[Rows, Rows]:
    head: Rows = [
        [C("科目编码", rows=2), C("科目名称", rows=2), C(name, cols=3)],
        ["合计", "基本支出", "项目支出"],
    ]
    return head, [["", "合计", "", "", ""]]


def _running(unit: Unit) -> tuple[Rows, Rows]:
    amounts = {code: Decimal(v) for code, v in unit.source["running"].items()}
    body: Rows = [["", "合计", thousands(sum(amounts.values(), ZERO))]]
    for code, label, amount in economic(amounts):
        body.append([" " * (len(code) - 3) + code, label, thousands(amount)])
    return [["科目编码", "科目名称", "机关运行经费支出"]], body


def _bought(unit: Unit) -> tuple[Rows, Rows]:
    head: Rows = [["采购品目大类", "专项名称", "采购品目名称", "数量", "总计"]]
    body: Rows = [["合计", "", "", "", thousands(unit.purchases())]]
    for kind in ("货物", "工程", "服务"):
        rows = [row for row in unit.procurement if row[4] == kind]
        if rows:
            body.append([kind, "", "", "", thousands(unit.purchases(kind))])
        body += [["", row[0], row[1], row[2], thousands(Decimal(row[3]))] for row in rows]
    return head, body


def compared(unit: Unit, now: Decimal, last: Decimal) -> str:
    """Return the comparison of an amount with last year's, as a sentence part."""
    if now == last:
        return "与上年预算数相同"
    said = change(now, last, shown(unit))
    rate = (
        f"，{said['trend']}{said['rate']}%" if last else "（上年预算数为0万元，无法计算增减比率）"
    )
    return f"与上年相比{said['word']}{said['diff']}万元{rate}"


def item_lines(unit: Unit) -> list[str]:
    """Return the lines that explain the fiscal spending, item by item under its class."""
    show, f = shown(unit), unit.figures
    lines = []
    for number, code in enumerate(f.classes, 1):
        lines.append(f"（{ordinal(number)}）{f.names[code]}（类）")
        own: list[Item] = [item for item in f.items if item.code.startswith(code)]
        for rank, item in enumerate(own, 1):
            reason = f"主要原因是{item.reason}" if item.fiscal != item.last else ""
            lines.append(
                f"{rank}.{f.path(item.code, 2)}支出{show(item.fiscal)}万元，"
                f"{compared(unit, item.fiscal, item.last)}。{reason}"
            )
    return lines


def class_lines(unit: Unit) -> list[str]:
    """Return the lines that explain the classes, spending from all sources."""
    show, f = shown(unit), unit.figures
    other = {code: Decimal(v) for code, v in unit.source["other_last"].items()}
    lines = []
    for number, code in enumerate(f.classes, 1):
        now, last = f.sum("total", code), f.sum("last", code) + other.get(code, ZERO)
        use, reason = unit.source["class_reason"][code]
        lines.append(
            f"（{number}）{f.names[code]}（类）支出{show(now)}万元，主要用于{use}。"
            f"{compared(unit, now, last)}。主要原因是{reason}"
        )
    return lines
