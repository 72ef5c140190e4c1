"""A department's budget as places in Shaanxi publish it: prose with `行政运行（2080201）N万元`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples import prose
from samples.blocks import Block, C, Sample
from samples.economic import GOVERNMENT, NAMES, TO_GOVERNMENT
from samples.figures import ZERO, plain
from samples.prose import change, shown
from samples.rows import Rows, functional, made, numbered, published, side_by_side, totals
from samples.unit import Unit
from samples.vocabulary import classes

NATURES = ["fiscal", "personnel", "public", "project"]
SOURCES = (
    "一般公共预算拨款 政府性基金拨款 国有资本经营预算拨款 上级补助收入 事业收入 事业单位经营收入 "
    "附属单位上缴收入 用事业基金弥补收支差额 上年结转 其他收入"
)


def build(source: dict[str, Any]) -> Sample:
    """Return the document."""
    unit = Unit(source)
    tables: list[Block] = []
    for number, (title, grid, note) in enumerate(_tables(unit), 1):
        name = f"{unit.year}年部门综合预算{title}"
        tables += published(unit, name, f"表{number}", made(name, *grid), note)
    lists = {"@items": item_lines, "@economic": economic_lines, "@government": government_lines}
    return prose.build(unit, tables, lists)


def _tables(unit: Unit) -> list[tuple[str, tuple[Rows, Rows], str]]:
    return [
        ("收支总表", _balance(unit), ""),
        ("收入总表", _by_source(unit), ""),
        ("支出总表", _by_source(unit), ""),
        ("一般公共预算支出明细表（按支出功能分类科目）", _by_function(unit, basic=False), ""),
        ("一般公共预算支出明细表（按支出经济分类科目）", _by_economic(unit, basic=False), ""),
        ("一般公共预算基本支出明细表（按支出功能分类科目）", _by_function(unit, basic=True), ""),
        ("一般公共预算基本支出明细表（按支出经济分类科目）", _by_economic(unit, basic=True), ""),
        ("政府性基金收支表", _no_fund(), "注：本部门没有政府性基金预算收支，已公开空表。"),
        ("专项业务经费支出表", _projects(unit), ""),
        ("一般公共预算拨款“三公”经费及会议费、培训费支出预算表", _three_public(unit), ""),
    ]


def _balance(unit: Unit) -> tuple[Rows, Rows]:
    f, total = unit.figures, plain(unit.figures.total)
    left: Rows = [["一、部门预算", total]]
    left += [[f"  {n}、{name}", total if n == 1 else "0"] for n, name in
             enumerate(SOURCES.split(), 1)]  # fmt: skip
    amounts = {f.names[c]: f.sum("total", c) for c in f.classes}
    middle: Rows = [["一、部门预算", total]]
    middle += [
        [f"  {n}、{name}", plain(amounts.get(name, ZERO))] for n, name in enumerate(classes(), 1)
    ]
    basic, project = plain(f.total_basic), plain(f.total_project)
    right: Rows = [["一、部门预算", total], ["  1、人员经费和公用经费支出", basic]]
    right += [[f"    {label}", plain(f.economic(code, "basic"))] for label, code in
              zip(numbered(["工资福利支出", "商品和服务支出", "对个人和家庭的补助", "资本性支出"],
                           "（{}）{}"), ("301", "302", "303", "310"), strict=True)]  # fmt: skip
    right += [["  2、专项业务经费支出", project]]
    body = side_by_side(side_by_side(left, middle, (2, 2)), right, (4, 2))
    body.append(["收入总计", total, "支出总计", total, "支出总计", total])
    head: Rows = [
        [C("收入", cols=2), C("支出", cols=4)],
        ["项目", "预算数", "支出功能分类科目", "预算数", "部门预算支出经济分类科目", "预算数"],
    ]
    return head, body


def _by_source(unit: Unit) -> tuple[Rows, Rows]:
    head: Rows = [["单位编码", "单位名称", "合计", *SOURCES.split()]]
    total = plain(unit.figures.total)
    amounts: list[C | str] = [total, total, *["0"] * 9]
    body: Rows = [["", "合计", *amounts]]
    for code, name, value in unit.source["units"]:
        body.append([code, name, *[plain(Decimal(value))] * 2, *["0"] * 9])
    return head, body


def _by_function(unit: Unit, *, basic: bool) -> tuple[Rows, Rows]:
    natures = ["basic", "personnel", "public"] if basic else NATURES
    names = ["合计", "人员经费支出", "公用经费支出", "专项业务经费支出"][: len(natures)]
    body: Rows = [["", "合计", *totals(unit.figures, natures, plain), ""]]
    for code, name, cells in functional(unit.figures, natures, plain):
        shown_code = {3: code, 5: f" {code[3:]}"}.get(len(code), f"  {code}")
        body.append([shown_code, name, *cells, ""])
    return [["功能科目编码", "功能科目名称", *names, "备注"]], body


def _economic_amounts(unit: Unit, code: str) -> list[Decimal]:
    """Return 合计, 人员, 公用 and 专项 of an economic code."""
    basic = unit.figures.economic(code, "basic")
    people = basic if code[:3] in ("301", "303") else ZERO
    project = unit.figures.economic(code, "project")
    return [basic + project, people, basic - people, project]


def _by_economic(unit: Unit, *, basic: bool) -> tuple[Rows, Rows]:
    f = unit.figures
    last = 3 if basic else 4
    names = ["合计", "人员经费支出", "公用经费支出", "专项业务经费支出"][:last]
    sums = [f.total_basic + f.total_project, f.personnel, f.public, f.total_project]
    sums[0] = f.total_basic if basic else sums[0]
    body: Rows = [["", "", "", "合计", *map(plain, sums[:last]), ""]]
    codes = sorted(f.basic) if basic else f.economic_codes
    for code in sorted({c[:3] for c in codes} | set(codes)):
        amounts = _economic_amounts(unit, code)
        if basic:
            amounts[0] -= amounts[3]
        cells = [*map(plain, amounts[:last]), ""]
        government = TO_GOVERNMENT.get(code, "")
        indent = " " * (len(code) > 3)
        other = [government, GOVERNMENT[government]] if government else ["", ""]
        body.append([f"{indent}{code}", NAMES[code], *other, *cells])
    head = ["部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称"]
    return [[*head, *names, "备注"]], body


def _no_fund() -> tuple[Rows, Rows]:
    head: Rows = [
        [C("收入", cols=2), C("支出", cols=2)], ["项目", "预算数", "支出功能分类科目", "预算数"],
    ]  # fmt: skip
    return head, [["本年收入合计", "", "本年支出合计", ""]]


def _projects(unit: Unit) -> tuple[Rows, Rows]:
    body: Rows = [["", "合计", plain(unit.figures.total_project), ""]]
    body.append([unit.code, unit.unit, plain(unit.figures.total_project), ""])
    for project in unit.figures.projects:
        body.append(["", f" {project.name}", plain(project.total), project.goal])
    return [["单位编码", "单位（项目）名称", "项目金额", "项目简介"]], body


def _three_public(unit: Unit) -> tuple[Rows, Rows]:
    now, last = unit.values(), unit.figures.last
    parts = (
        ("合计", "total_three"), ("小计", "three"), ("因公出国（境）费用", ""),
        ("公务接待费", "reception"), ("小计", "vehicle"), ("公务用车购置费", ""),
        ("公务用车运行维护费", "vehicle"), ("会议费", "meeting"), ("培训费", "training"),
    )  # fmt: skip
    groups = [C("上年", cols=9), C("当年", cols=9), C("增减变化情况", cols=2)]
    head: Rows = [
        [C("单位编码", rows=2), C("单位名称", rows=2), *groups],
        [*[name for name, _ in parts] * 2, "增减额", "增减率（%）"],
    ]
    values = []
    for source in (last, now):
        known = {**source, "": ZERO}
        known["total_three"] = known["three"] + known["meeting"] + known["training"]
        values.append([known[key] for _, key in parts])
    difference = values[1][0] - values[0][0]
    rate = (100 * difference / values[0][0]).quantize(Decimal("0.01"))
    cells = [*map(plain, values[0]), *map(plain, values[1]), f"{difference}", f"{rate}"]
    return head, [["", "合计", *cells], [unit.code, unit.unit, *cells]]


def _compared(unit: Unit, now: Decimal, last: Decimal, reason: str) -> str:
    if now == last:
        return "较上年无变化"
    said = change(now, last, shown(unit))
    return f"较上年{said['word']}{said['diff']}万元，主要原因是{reason}"


def item_lines(unit: Unit) -> list[str]:
    """Return the lines that explain the spending by item."""
    show = shown(unit)
    items = unit.figures.items
    return [
        f"（{number}）{item.name}（{item.code}）{show(item.fiscal)}万元，"
        f"{_compared(unit, item.fiscal, item.last, item.reason)}"
        f"{'。' if number == len(items) else '；'}"
        for number, item in enumerate(items, 1)
    ]


def _by_class(unit: Unit, names: dict[str, str], government: bool) -> list[str]:
    show, f = shown(unit), unit.figures
    sums: dict[str, list[Decimal]] = {}
    for code in f.economic_codes:
        key = TO_GOVERNMENT[code][:3] if government else code[:3]
        amounts = _economic_amounts(unit, code)
        sums[key] = [a + b for a, b in zip(sums.get(key, [ZERO] * 4), amounts, strict=True)]
    lines = []
    for key in sorted(sums):
        total, people, public, project = sums[key]
        kinds = (("人员经费", people), ("公用经费", public), ("专项业务经费", project))
        parts = [f"{name}{show(value)}万元" for name, value in kinds if value]
        lines.append(f"{names[key]}（{key}）{show(total)}万元，其中：{'，'.join(parts)}。")
    return lines


def economic_lines(unit: Unit) -> list[str]:
    """Return the lines by 部门预算支出经济分类."""
    return _by_class(unit, NAMES, government=False)


def government_lines(unit: Unit) -> list[str]:
    """Return the lines by 政府预算支出经济分类."""
    return _by_class(unit, GOVERNMENT, government=True)
