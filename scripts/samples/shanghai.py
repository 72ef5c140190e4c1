"""A department's final account as places in Shanghai publish it: nine tables, 完成年初预算的 N%."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples import prose
from samples.blocks import Block, C, Para, Sample
from samples.economic import NAMES
from samples.figures import ZERO, money, percent, plain
from samples.prose import shown
from samples.rows import Rows, functional, made, numbered, side_by_side, totals
from samples.unit import Unit
from samples.vocabulary import classes

NOT_HERE = ("社会保险基金支出", "预备费", "转移性支出", "债务发行费用支出")
INCOME = (
    "一般公共预算财政拨款收入 政府性基金预算财政拨款收入 国有资本经营预算财政拨款收入 上级补助收入 "
    "事业收入 经营收入 附属单位上缴收入 其他收入"
)
EMPTY_CODES = {
    "301": "30106 30107 30111 30114", "302": "30203 30214 30215 30218 30240",
    "303": "30301 30304 30307 30399", "310": "31001 31013 31099",
}  # fmt: skip
EMPTY_NAMES = {
    "30114": "医疗费", "30203": "咨询费", "30218": "专用材料费", "30240": "税金及附加费用",
    "31001": "房屋建筑物购建", "31013": "公务用车购置", "31099": "其他资本性支出",
}  # fmt: skip


class Account(Unit):
    """A unit's year with what was carried into it and out of it."""

    @property
    def other_income(self) -> Decimal:
        """其他收入."""
        return Decimal(self.source["account"]["other_income"])

    def carried(self, name: str) -> Decimal:
        """Return `in` (年初结转和结余, all sources) or `fiscal` (财政拨款)."""
        return Decimal(self.source["account"][f"carried_{name}"])

    def values(self) -> dict[str, Decimal]:
        """Return the amounts that sentences name."""
        spent = self.figures.total
        income = spent + self.other_income
        return super().values() | {
            "income": income, "balance": income + self.carried("in"),
            "fiscal_balance": spent + self.carried("fiscal"), "other_income": self.other_income,
            "budget": self.figures.sum("last"), "spent": spent,
        }  # fmt: skip


def build(source: dict[str, Any]) -> Sample:
    """Return the document."""
    unit = Account(source)
    f, v = unit.figures, unit.values()
    source.setdefault("words", {}).update(
        income_share=plain(percent(f.total, v["income"])),
        other_income_share=plain(percent(v["other_income"], v["income"])),
        completion=f"{percent(f.total, v['budget'])}",
        three_budget=plain(Decimal(source["account"]["three_budget"])),
        three_completion=plain(percent(v["three"], Decimal(source["account"]["three_budget"]))),
    )
    tables: list[Block] = []
    for title, grid, note in _tables(unit):
        captions = [Para(title, 2, caption=True), Para("单位：万元", caption=True)]
        tables += [*captions, made(title, *grid)]
        tables += [Para(note)] if note else []
    return prose.build(unit, tables, {"@items": item_lines})


def _tables(unit: Account) -> list[tuple[str, tuple[Rows, Rows], str]]:
    note = f"注：{unit.unit}{unit.year}年度没有{{}}收入和支出，故本表无数据。"
    return [
        ("收入支出决算总表", _balance(unit), ""),
        ("收入决算表", _income(unit), ""),
        ("支出决算表", _spending(unit), ""),
        ("财政拨款收入支出决算总表", _fiscal(unit), ""),
        ("一般公共预算财政拨款支出决算表", _general(unit), ""),
        ("一般公共预算财政拨款基本支出决算表", _basic(unit), ""),
        ("财政拨款“三公”经费支出决算表", _three_public(unit), ""),
        ("政府性基金预算财政拨款收入支出决算表", _empty(),
         note.format("政府性基金预算财政拨款")),
        ("国有资本经营预算财政拨款收入支出决算表", _empty(),
         note.format("国有资本经营预算财政拨款")),
    ]  # fmt: skip


def _classes() -> list[str]:
    return [name for name in classes() if name not in NOT_HERE]


def _spent(unit: Account) -> list[tuple[str, str]]:
    f = unit.figures
    amounts = {f.names[c]: money(f.sum("fiscal", c)) for c in f.classes}
    names = _classes()
    return [(label, amounts.get(n, "")) for label, n in zip(numbered(names), names, strict=True)]


def _balance(unit: Account) -> tuple[Rows, Rows]:
    v = unit.values()
    amounts = [money(v["spent"]), *[""] * 6, money(unit.other_income)]
    names = numbered(INCOME.split())
    left: Rows = [[name, amount] for name, amount in zip(names, amounts, strict=True)]
    right: Rows = [[name, amount] for name, amount in _spent(unit)]
    carried_out = unit.carried("in") + unit.other_income
    body = side_by_side(left, right, (2, 2))
    body += [
        ["本年收入合计", money(v["income"]), "本年支出合计", money(v["spent"])],
        ["使用非财政拨款结余（含专用结余）", "", "结余分配", ""],
        ["年初结转和结余", money(unit.carried("in")), "年末结转和结余", money(carried_out)],
        ["总计", money(v["balance"]), "总计", money(v["balance"])],
    ]
    return [[C("收入", cols=2), C("支出", cols=2)], ["项目", "决算数", "项目", "决算数"]], body


def _head(columns: list[str]) -> Rows:
    return [
        [C("项目", cols=4), *(C(name, rows=3) for name in columns)],
        [C("支出功能分类科目编码", cols=3), C("科目名称", rows=2)],
        ["类", "款", "项"],
    ]


def _split(code: str) -> list[str]:
    return [code[:3], code[3:5], code[5:7]]


def _income(unit: Account) -> tuple[Rows, Rows]:
    columns = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入",
               "附属单位上缴收入", "其他收入"]  # fmt: skip
    where = unit.source["account"]["other_income_item"]
    v = unit.values()

    def row(fiscal: Decimal, other: Decimal) -> list[C | str]:
        return [money(fiscal + other), money(fiscal), *[""] * 4, money(other)]

    body: Rows = [["", "", "", "合计", *row(v["spent"], unit.other_income)]]
    for code, name in unit.figures.tree():
        other = unit.other_income if where.startswith(code) else ZERO
        body.append([*_split(code), name, *row(unit.figures.sum("fiscal", code), other)])
    return _head(columns), body


def _spending(unit: Account) -> tuple[Rows, Rows]:
    columns = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出",
               "对附属单位补助支出"]  # fmt: skip
    natures, blank = ["fiscal", "basic", "project"], ["", "", ""]
    f = unit.figures
    body: Rows = [["", "", "", "合计", *totals(f, natures, money), *blank]]
    for code, name, cells in functional(f, natures, money):
        body.append([*_split(code), name, *cells, *blank])
    return _head(columns), body


def _fiscal(unit: Account) -> tuple[Rows, Rows]:
    v, carried = unit.values(), money(unit.carried("fiscal"))
    spent, total = money(v["spent"]), money(v["fiscal_balance"])
    funds = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    left: Rows = [[n, spent if i == 0 else ""] for i, n in enumerate(numbered(funds))]
    right: Rows = [[name, a, a, "", ""] for name, a in _spent(unit)]
    body = side_by_side(left, right, (2, 5))
    body += [
        ["本年收入合计", spent, "本年支出合计", spent, spent, "", ""],
        ["年初财政拨款结转和结余", carried, "年末财政拨款结转和结余", carried, carried, "", ""],
        ["一、一般公共预算财政拨款", carried, "", "", "", "", ""],
        ["二、政府性基金预算财政拨款", "", "", "", "", "", ""],
        ["三、国有资本经营预算财政拨款", "", "", "", "", "", ""],
        ["总计", total, "总计", total, total, "", ""],
    ]
    head: Rows = [
        [C("收入", cols=2), C("支出", cols=5)], ["项目", "决算数", "项目", "合计", *funds],
    ]  # fmt: skip
    return head, body


def _general(unit: Account) -> tuple[Rows, Rows]:
    natures = ["fiscal", "basic", "project"]
    f = unit.figures
    body: Rows = [[*_split(code), name, *cells]
                  for code, name, cells in functional(f, natures, money)]  # fmt: skip
    body.append(["", "", "", "合计", *totals(f, natures, money)])
    return _head(["合计", "基本支出", "项目支出"]), body


def _basic(unit: Account) -> tuple[Rows, Rows]:
    """Two lists side by side: personnel on the left, public on the right, standard rows blank."""
    f = unit.figures

    def block(*heads: str) -> Rows:
        rows: Rows = []
        for head in heads:
            rows.append([head, "", NAMES[head], money(f.economic(head, "basic"))])
            own = {c for c in f.basic if c.startswith(head)} | set(EMPTY_CODES[head].split())
            for code in sorted(own):
                name = NAMES.get(code) or EMPTY_NAMES[code]
                rows.append([head, code[3:], name, money(f.economic(code, "basic"))])
        return rows

    body = side_by_side(block("301", "303"), block("302", "310"), (4, 4))
    left = [C("人员经费合计", cols=3), money(f.personnel)]
    body.append([*left, C("公用经费合计", cols=3), money(f.public)])
    side: list[C | str] = [
        C("经济分类科目编码", cols=2), C("科目名称", rows=2), C("决算数", rows=2),
    ]  # fmt: skip
    return [[*side, *side], ["类", "款"] * 2], body


def _three_public(unit: Account) -> tuple[Rows, Rows]:
    head: Rows = [
        [C("合计", cols=2, rows=2), C("因公出国（境）费", cols=2, rows=2),
         C("公务用车购置及运行费", cols=6), C("公务接待费", cols=2, rows=2)],
        [C("小计", cols=2), C("公务用车购置费", cols=2), C("公务用车运行费", cols=2)],
        ["预算数", "决算数"] * 6,
    ]  # fmt: skip
    budget, spent = money(Decimal(unit.source["account"]["three_budget"])), money(unit.reception)
    return head, [[budget, spent, *[""] * 8, budget, spent]]


def _empty() -> tuple[Rows, Rows]:
    head: Rows = [
        [C("项目", cols=4), C("年初结转和结余", rows=3), C("本年收入", rows=3),
         C("本年支出", cols=3), C("年末结转和结余", rows=3)],
        [C("支出功能分类科目编码", cols=3), C("科目名称", rows=2), C("小计", rows=2),
         C("基本支出", rows=2), C("项目支出", rows=2)],
        ["类", "款", "项"],
    ]  # fmt: skip
    return head, [["", "", "", "合计", *[""] * 6]]


def item_lines(unit: Unit) -> list[str]:
    """Return the lines that hold each item's account against its budget."""
    show, lines = shown(unit), []
    for number, item in enumerate(unit.figures.items, 1):
        word = "大于" if item.fiscal > item.last else "小于"
        compared = f"决算数{word}预算数的主要原因：{item.reason}"
        if item.fiscal == item.last:
            compared = "决算数与预算数持平。"
        lines.append(
            f"{number}、{unit.figures.path(item.code)}。主要用于：{item.use}"
            f"年初预算为{show(item.last)}万元，支出决算为{show(item.fiscal)}万元，"
            f"完成年初预算的{percent(item.fiscal, item.last)}%。{compared}"
        )
    return lines
