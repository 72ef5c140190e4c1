"""A county unit's budget as places in Sichuan publish it: fourteen tables, then the prose."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from samples import prose
from samples.blocks import Block, C, Para, Sample, table
from samples.economic import NAMES
from samples.figures import ZERO, money
from samples.unit import Unit
from samples.vocabulary import classes, ordinal

Rows = list[list[C | str]]
SOURCES = """
上年结转 一般公共预算拨款收入 政府性基金预算拨款收入 国有资本经营预算拨款收入 事业收入
事业单位经营收入 其他收入 上级补助收入 附属单位上缴收入 用事业基金弥补收支差额
"""
TARGETS = """
单位名称 项目名称 预算数 年度目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重
"""


def build(source: dict[str, Any]) -> Sample:
    """Return the document."""
    layout = Layout(source)
    return prose.build(layout, layout.blocks())


class Layout(Unit):
    """The tables of one unit's budget."""

    def blocks(self) -> list[Block]:
        """Return all tables, each with its line above it."""
        made: list[Block] = []
        for title, name, build, note in self._plan():
            head, rows, width = build()
            first: Rows = [
                [C(name, cols=width)],
                [
                    C(f"单位：{self.unit}", cols=width - width // 2),
                    C("金额单位：万元", cols=width // 2),
                ],
            ]
            made.append(Para(title, 2, caption=True))
            made.append(table(name, first + head + rows, 2 + len(head), 2))
            if note:
                made.append(Para(note))
        return made

    def _plan(self) -> list[tuple[str, str, Callable[[], tuple[Rows, Rows, int]], str]]:
        none = f"注：本单位{self.year}年没有使用{{}}安排的支出，本表无数据。"
        fund, capital = none.format("政府性基金预算拨款"), none.format("国有资本经营预算拨款")
        return [
            ("单位收支总表（公开表1）", "单位收支总表", self.balance, ""),
            ("单位收入总表（公开表1-1）", "单位收入总表", self.income, ""),
            ("单位支出总表（公开表1-2）", "单位支出总表", self.spending, ""),
            ("财政拨款收支预算总表（公开表2）", "财政拨款收支预算总表", self.fiscal, ""),
            ("财政拨款支出预算表（部门经济分类科目）（公开表2-1）",
             "财政拨款支出预算表（部门经济分类科目）", self.by_economic, ""),
            ("一般公共预算支出预算表（公开表3）", "一般公共预算支出预算表", self.general, ""),
            ("一般公共预算基本支出预算表（公开表3-1）", "一般公共预算基本支出预算表",
             self.basic, ""),
            ("一般公共预算项目支出预算表（公开表3-2）", "一般公共预算项目支出预算表",
             self.projects, ""),
            ("一般公共预算“三公”经费支出预算表（公开表3-3）", "一般公共预算“三公”经费支出预算表",
             self.three_public, ""),
            ("政府性基金支出预算表（公开表4）", "政府性基金支出预算表", self.no_fund, fund),
            ("政府性基金预算“三公”经费支出预算表（公开表4-1）",
             "政府性基金预算“三公”经费支出预算表", self.no_three_public, fund),
            ("国有资本经营预算支出预算表（公开表5）", "国有资本经营预算支出预算表",
             self.no_capital, capital),
            ("单位预算项目支出绩效目标表（公开表6）",
             f"单位预算项目支出绩效目标表（{self.year}年度）", self.targets, ""),
            ("政府采购预算表（公开表7）", "政府采购预算表", self.bought, ""),
        ]  # fmt: skip

    def balance(self) -> tuple[Rows, Rows, int]:
        """收支总表."""
        f, total = self.figures, money(self.figures.total)
        income = [
            f"{name}收入" for name in ("一、一般公共预算拨款", "二、政府性基金预算拨款",
            "三、国有资本经营预算拨款", "四、事业", "五、事业单位经营", "六、其他")
        ]  # fmt: skip
        amounts = {f.names[c]: money(f.sum("total", c)) for c in f.classes}
        rows: Rows = []
        for index, name in enumerate(classes()):
            left = income[index] if index < len(income) else ""
            rows.append(
                [left, total if index == 0 else "", f"{ordinal(index + 1)}、{name}",
                 amounts.get(name, "")]
            )  # fmt: skip
        rows += [
            ["本 年 收 入 合 计", total, "本 年 支 出 合 计", total],
            ["七、用事业基金弥补收支差额", "", "三十一、事业单位结余分配", ""],
            ["八、上年结转", "", "三十二、结转下年", ""],
            ["收  入  总  计", total, "支  出  总  计", total],
        ]
        head: Rows = [
            [C("收    入", cols=2), C("支    出", cols=2)],
            ["项    目", "预算数", "项    目", "预算数"],
        ]
        return head, rows, 4

    def income(self) -> tuple[Rows, Rows, int]:
        """收入总表."""
        head: Rows = [
            [
                C("项    目", cols=2),
                C("合计", rows=2),
                *(C(name, rows=2) for name in SOURCES.split()),
            ],
            ["单位代码", "单位名称（科目）"],
        ]
        total = money(self.figures.total)
        amounts: list[C | str] = [total, "", total, *([""] * 8)]
        return head, [["", "合    计", *amounts], [self.code, self.unit, *amounts]], 13

    def _by_item(self, values: Callable[[Any], list[str]], sums: list[str]) -> Rows:
        blank: list[C | str] = [""] * 4
        rows: Rows = [[*blank, "合    计", *sums], [*blank, self.unit, *sums]]
        for item in self.figures.items:
            code = [item.code[:3], item.code[3:5], item.code[5:7]]
            rows.append([*code, self.code, f" {item.name}", *values(item)])
        return rows

    def spending(self) -> tuple[Rows, Rows, int]:
        """支出总表."""
        f = self.figures
        head: Rows = [
            [C("项    目", cols=5), C("合计", rows=3), C("基本支出", rows=3),
             C("项目支出", rows=3), C("上缴上级支出", rows=3), C("对附属单位补助支出", rows=3)],
            [C("科目编码", cols=3), C("单位代码", rows=2), C("单位名称（科目）", rows=2)],
            ["类", "款", "项"],
        ]  # fmt: skip
        rows = self._by_item(
            lambda i: [money(i.total), money(i.basic), money(i.project), "", ""],
            [money(f.total), money(f.total_basic), money(f.total_project), "", ""],
        )
        return head, rows, 10

    def fiscal(self) -> tuple[Rows, Rows, int]:
        """财政拨款收支总表."""
        f, total = self.figures, money(self.figures.total)
        head: Rows = [
            [C("收    入", cols=2), C("支    出", cols=5)],
            ["项    目", "预算数", "项    目", "合计", "一般公共预算", "政府性基金预算",
             "国有资本经营预算"],
        ]  # fmt: skip
        funds = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
        kinds = [f" {fund}拨款收入" for fund in funds]
        left = [("一、本年收入", total), (kinds[0], total), (kinds[1], ""), (kinds[2], "")]
        left += [("二、上年结转", ""), *((kind, "") for kind in kinds)]
        amounts = {f.names[c]: money(f.sum("total", c)) for c in f.classes}
        right = [("一、本年支出", total)] + [(f" {n}", amounts.get(n, "")) for n in classes()]
        right.append(("二、结转下年", ""))
        rows: Rows = []
        for index, (name, amount) in enumerate(right):
            income, value = left[index] if index < len(left) else ("", "")
            rows.append([income, value, name, amount, amount, "", ""])
        rows.append(["收  入  总  计", total, "支  出  总  计", total, total, "", ""])
        return head, rows, 7

    def by_economic(self) -> tuple[Rows, Rows, int]:
        """财政拨款支出, by economic class."""
        f = self.figures
        head: Rows = [
            [C("项    目", cols=4), C("总计", rows=3), C("县级当年财政拨款安排", cols=4)],
            [C("科目编码", cols=2), C("单位代码", rows=2), C("单位名称（科目）", rows=2),
             C("合计", rows=2), C("一般公共预算拨款", cols=3)],
            ["类", "款", "小计", "基本支出", "项目支出"],
        ]  # fmt: skip

        def amounts(code: str) -> list[C | str]:
            total = money(f.economic(code))
            return [total] * 3 + [money(f.economic(code, n)) for n in ("basic", "project")]

        blank: list[C | str] = ["", "", ""]
        rows: Rows = [[*blank, "合    计", *amounts("3")], [*blank, f" {self.unit}", *amounts("3")]]
        last = ""
        for code in f.economic_codes:
            if code[:3] != last:
                last = code[:3]
                rows.append([*blank, f"  {NAMES[last]}", *amounts(last)])
            rows.append([last, code[3:], self.code, f"   {NAMES[code]}", *amounts(code)])
        return head, rows, 9

    def general(self) -> tuple[Rows, Rows, int]:
        """一般公共预算支出表."""
        total = money(self.figures.total)
        head: Rows = [
            [C("项    目", cols=5), C("合计", rows=3), C("当年财政拨款安排", rows=3),
             C("上年结转安排", rows=3)],
            [C("科目编码", cols=3), C("单位代码", rows=2), C("单位名称（科目）", rows=2)],
            ["类", "款", "项"],
        ]  # fmt: skip
        rows = self._by_item(lambda i: [money(i.total)] * 2 + [""], [total, total, ""])
        return head, rows, 8

    def basic(self) -> tuple[Rows, Rows, int]:
        """一般公共预算基本支出表."""
        f = self.figures
        head: Rows = [
            [C("项    目", cols=4), C("基本支出", cols=3)],
            [C("科目编码", cols=2), C("单位代码", rows=2), C("单位名称（科目）", rows=2),
             C("合计", rows=2), C("人员经费", rows=2), C("公用经费", rows=2)],
            ["类", "款"],
        ]  # fmt: skip

        def amounts(code: str) -> list[C | str]:
            value = money(f.economic(code, "basic"))
            return [value, value, ""] if code[:3] in ("301", "303") else [value, "", value]

        sums: list[C | str] = [money(f.total_basic), money(f.personnel), money(f.public)]
        rows: Rows = [["", "", "", "合    计", *sums], ["", "", self.code, self.unit, *sums]]
        last = ""
        for code in sorted(f.basic):
            if code[:3] != last:
                last = code[:3]
                rows.append(["", "", last, f" {NAMES[last]}", *amounts(last)])
            rows.append([last, code[3:], code, f"  {NAMES[code]}", *amounts(code)])
        return head, rows, 7

    def projects(self) -> tuple[Rows, Rows, int]:
        """一般公共预算项目支出表."""
        f, blank = self.figures, ["", "", "", ""]
        head: Rows = [
            [C("科目编码", cols=3), C("单位代码", rows=2), C("单位名称（科目）", rows=2),
             C("金额", rows=2)],
            ["类", "款", "项"],
        ]  # fmt: skip
        rows: Rows = [
            [*blank, "合    计", money(f.total_project)],
            [*blank, self.unit, money(f.total_project)],
        ]
        for item in f.items:
            own = [p for p in f.projects if p.item == item.code]
            if own:
                rows.append([*blank, f" {item.name}", money(item.project)])
            for project in own:
                code = [item.code[:3], item.code[3:5], item.code[5:7], self.code]
                rows.append([*code, f"  {project.name}", money(project.total)])
        return head, rows, 6

    def _three_public(self, values: list[Decimal]) -> tuple[Rows, Rows, int]:
        head: Rows = [
            [C("单位编码", rows=3), C("单位名称（科目）", rows=3),
             C("当年财政拨款预算安排", cols=6)],
            [C("合计", rows=2), C("因公出国（境）费用", rows=2), C("公务用车购置及运行费", cols=3),
             C("公务接待费", rows=2)],
            ["小计", "公务用车购置费", "公务用车运行费"],
        ]  # fmt: skip
        amounts: list[C | str] = [money(value) for value in values]
        rows: Rows = [["", "合    计", *amounts], [self.code, f" {self.unit}", *amounts]]
        return head, rows, 8

    def three_public(self) -> tuple[Rows, Rows, int]:
        """一般公共预算“三公”经费表."""
        total = self.vehicle + self.reception
        return self._three_public(
            [total, ZERO, self.vehicle, ZERO, self.vehicle, self.reception]
        )  # fmt: skip

    def no_three_public(self) -> tuple[Rows, Rows, int]:
        """政府性基金“三公”经费表, empty."""
        head, _, width = self._three_public([ZERO] * 6)
        return head, [["", "合    计", *[""] * 6]], width

    def _empty(self, name: str) -> tuple[Rows, Rows, int]:
        head: Rows = [
            [C("项    目", cols=5), C(name, cols=3)],
            [C("科目编码", cols=3), C("单位代码", rows=2), C("单位名称（科目）", rows=2),
             C("合计", rows=2), C("基本支出", rows=2), C("项目支出", rows=2)],
            ["类", "款", "项"],
        ]  # fmt: skip
        return head, [["", "", "", "", "合    计", "", "", ""]], 8

    def no_fund(self) -> tuple[Rows, Rows, int]:
        """政府性基金支出表, empty."""
        return self._empty("本年政府性基金预算支出")

    def no_capital(self) -> tuple[Rows, Rows, int]:
        """国有资本经营预算支出表, empty."""
        return self._empty("本年国有资本经营预算支出")

    def targets(self) -> tuple[Rows, Rows, int]:
        """项目支出绩效目标表."""
        head: Rows = [list(TARGETS.split())]
        rows: Rows = []
        lines = sum(len(p.targets) for p in self.figures.projects)
        for number, project in enumerate(self.figures.projects):
            for index, target in enumerate(project.targets):
                row: list[C | str] = []
                if number == 0 and index == 0:
                    row.append(C(f"{self.code}-{self.unit}", rows=lines))
                if index == 0:
                    count = len(project.targets)
                    texts = (project.name, money(project.total), project.goal)
                    row += [C(text, rows=count) for text in texts]
                rows.append([*row, *target])
        return head, rows, 11

    def bought(self) -> tuple[Rows, Rows, int]:
        """政府采购预算表."""
        head: Rows = [["项目名称", "采购品目", "数量", "总金额", "采购类型"]]
        rows: Rows = [["合    计", "", "", money(self.purchases()), ""]]
        return head, rows + [list(row) for row in self.procurement], 5
