"""What the standard tables say before any layout: rows and columns, and their parts of a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.layouts.choices import Layout
from benchmarks.layouts.model import Money, codes

GENERAL = {"fund": "generalPublicBudget"}
SPENT = {"flow": "expenditure"}
_INCOME = {
    "generalPublicBudget": "一般公共预算财政拨款收入",
    "governmentFund": "政府性基金预算财政拨款收入",
    "stateCapital": "国有资本经营预算财政拨款收入",
    "fiscalAccount": "财政专户管理资金收入",
    "businessIncome": "事业收入",
    "otherIncome": "其他收入",
}
_FISCAL = ("generalPublicBudget", "governmentFund", "stateCapital")
_SHORT = {
    "generalPublicBudget": "一般公共预算",
    "governmentFund": "政府性基金预算",
    "stateCapital": "国有资本经营预算",
}
THREE_PUBLIC = (
    ("threePublic", "合计", 0),
    ("overseasTravel", "因公出国（境）费", 1),
    ("officialVehicles", "公务用车购置及运行维护费", 1),
    ("vehiclePurchase", "公务用车购置费", 2),
    ("vehicleOperation", "公务用车运行维护费", 2),
    ("reception", "公务接待费", 1),
)


@dataclass(frozen=True)
class Column:
    """A column of amounts: its header from top to bottom and what it says; `less` is a difference.

    Attributes:
        path: Header texts.
        says: Dimensions of the key.
        less: Dimensions of the key that is taken off, for a column of differences.
    """

    path: tuple[str, ...]
    says: Mapping[str, str] = field(default_factory=dict)
    less: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Row:
    """A row: `kind` is total, code, label, unit or project; `depth` its level in its tree."""

    kind: str
    label: str
    says: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    depth: int = 0
    unit: int | None = None


@dataclass(frozen=True)
class Side:
    """Rows and their columns; an overview has two sides, every other table one."""

    naming: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    scheme: str = ""


@dataclass(frozen=True)
class Statement:
    """A table: its title, what the title says of all amounts, and its sides."""

    title: str
    sides: tuple[Side, ...]
    says: Mapping[str, str] = field(default_factory=dict)


def statements(money: Money, layout: Layout) -> list[Statement]:
    """Return a document's tables in the standard order."""
    tables = _Tables(money, layout)
    found = [
        tables.overview(), tables.income(), tables.spending(), tables.fiscal(), tables.general(),
        tables.basic(), tables.three_public(), *tables.fund(), *tables.projects(),
        *tables.procurement(),
    ]  # fmt: skip
    return found


class _Tables:
    """Builds the tables of one document."""

    def __init__(self, money: Money, layout: Layout) -> None:
        self.money, self.layout = money, layout
        self.word = "决算" if money.final else "预算"
        only = layout.carried == "overview only" and money.book.carries and not money.final
        self.appropriation = {"carry": "current"} if only else {}

    # Rows ---------------------------------------------------------------------------------

    def tree(self, says: Mapping[str, str], unit: int | None = None) -> Iterator[Row]:
        """Yield the functional codes with money, level by level."""
        whose = self.money.of_unit(unit) if unit is not None else {}
        seen: set[str] = set()
        for item in codes(self.money.book.lines, 7):
            for length in (3, 5, 7):
                code = item[:length]
                own = {"functional": code, **whose}
                if code not in seen and self._any({**SPENT, **says, **own}):
                    name = self.money.names["functional"][code]
                    yield Row("code", name, own, code, length // 2 - 1, unit)
                seen.add(code)

    def _economic(self, says: Mapping[str, str]) -> Iterator[Row]:
        """Yield the codes of one 经济分类 with money, level by level."""
        whose = self.layout.economic == "government"
        known = self.money.names["govEconomic" if whose else "deptEconomic"]
        lines = self.money.book.lines
        listed = sorted({line.government if whose else line.economic for line in lines})
        for code in sorted({*listed, *(c[:3] for c in listed)}):
            own = {"gov_economic" if whose else "dept_economic": code}
            if self._any({**SPENT, **says, **own}):
                yield Row("code", known[code], own, code, (len(code) - 3) // 2)

    def _any(self, says: Mapping[str, str]) -> bool:
        return self.money.fen(self.money.key(**says)) != 0

    def blocks(self, says: Mapping[str, str]) -> tuple[Row, ...]:
        """Return the total and the tree, of each unit where the table tells them apart."""
        total = Row("total", "合计")
        if len(self.money.units) == 1:
            return (total, *self.tree(says))
        rows = [total]
        for number, unit in enumerate(self.money.units):
            whose = self.money.of_unit(number)
            if self._any({**SPENT, **says, **whose}):
                rows.append(Row("unit", self.unit_name(number), whose, unit.code, 0, number))
                rows += self.tree(says, number)
        return tuple(rows)

    def unit_name(self, number: int) -> str:
        """Return a unit's name as tables print it; the department's own office is its 本级."""
        name = self.money.units[number].name
        return f"{name}（本级）" if number == 0 else name

    # Columns ------------------------------------------------------------------------------

    def _natures(self, total: str = "合计") -> list[Column]:
        """Return 合计, 基本支出 with its parts, and 项目支出, as deep as the header is."""
        basic, project = {"nature": "basic"}, {"nature": "project"}
        staff, public = {"nature": "personnel"}, {"nature": "public"}
        which = self.layout.of_which == "columns"
        if self.layout.header == "one":
            parts = [Column(("其中：人员经费",), staff)] if which else []
            return [Column((total,)), Column(("基本支出",), basic), *parts,
                    Column(("项目支出",), project)]  # fmt: skip
        if which:
            return [Column((total,)), Column(("其中", "基本支出"), basic),
                    Column(("其中", "项目支出"), project)]  # fmt: skip
        return [
            Column((total,)), Column(("基本支出", "小计"), basic),
            Column(("基本支出", "人员经费"), staff), Column(("基本支出", "公用经费"), public),
            Column(("项目支出",), project),
        ]  # fmt: skip

    def _under(self, columns: Sequence[Column], head: str) -> tuple[Column, ...]:
        """Return columns under a common head where the header has three rows."""
        if self.layout.header != "three":
            return tuple(columns)
        return tuple(Column((head, *c.path), c.says, c.less) for c in columns)

    def _years(self) -> tuple[Column, ...]:
        """Return the columns of spending, the year before beside them if the layout says so."""
        year, word = self.money.year, f"{self.word}数"
        now, last = f"{year}年{word}", f"{year - 1}年{word}"
        before = {"year": str(year - 1)}
        if self.layout.years == "one":
            return self._under(self._natures(), now)
        change = [Column(("增减额",), {}, before)] if self.layout.years == "with change" else []
        if self.layout.header == "one":
            return (Column((last,), before), Column((now,)), *change)
        natures = [Column((now, *c.path), c.says) for c in self._natures("小计")]
        return (Column((last,), before), *natures, *change)

    # Tables -------------------------------------------------------------------------------

    def overview(self) -> Statement:
        """收支总表."""
        word = f"{self.word}数"
        income = self._sources({}) + self._income_ends()
        spending = self._classes({}) + self._spending_ends()
        return Statement(
            f"收入支出{self.word}总表" if self.money.final else f"收支{self.word}总表",
            (
                Side("收入", income, (Column((word,), {"flow": "revenue"}),)),
                Side("支出", spending, (Column((word,), SPENT),)),
            ),
        )

    def _sources(self, says: Mapping[str, str], funds: Sequence[str] = ()) -> tuple[Row, ...]:
        return tuple(
            Row("label", name, {"flow": "revenue", "fund": fund, "carry": "current"})
            for fund, name in _INCOME.items()
            if fund in (funds or _INCOME)
        )

    def _income_ends(self) -> tuple[Row, ...]:
        over = "年初结转和结余" if self.money.final else "上年结转"
        return (
            Row("sum", "本年收入合计", {"flow": "revenue", "carry": "current"}),
            Row("label", over, {"flow": "revenue", "carry": "carriedOver"}),
            Row("sum", "收入总计", {"flow": "revenue", "item": "grandTotal"}),
        )

    def _spending_ends(self) -> tuple[Row, ...]:
        left = "年末结转和结余" if self.money.final else "结转下年"
        return (
            Row("sum", "本年支出合计", SPENT),
            Row("label", left, {**SPENT, "carry": "carriedForward"}),
            Row("sum", "支出总计", {**SPENT, "item": "grandTotal"}),
        )

    def _classes(self, says: Mapping[str, str]) -> tuple[Row, ...]:
        own = [r for r in self.tree(says) if r.depth == 0]
        if self.layout.classes == "own":
            return tuple(Row("label", r.label, r.says) for r in own)
        known = self.money.names["functional"]
        listed = [code for code in known if len(code) == 3 and code[0] == "2"]
        return tuple(Row("label", known[code], {"functional": code}) for code in listed)

    def income(self) -> Statement:
        """收入总表: by unit for a department in a budget, by code in a final account."""
        current = {"flow": "revenue", "carry": "current"}
        funds = [f for f in _INCOME if self._any({**current, "fund": f})]
        columns = [Column((_INCOME[f],), {**current, "fund": f}) for f in funds]
        if self.money.final:
            sums = [Column(("本年收入合计",), current)]
            rows: tuple[Row, ...] = (Row("total", "合计"), *self.tree({}))
            side = Side("科目", rows, (*sums, *columns), "functional")
            return Statement("收入决算表", (side,), {"flow": "revenue"})
        grand = {"flow": "revenue", "item": "grandTotal"}
        over = {"flow": "revenue", "carry": "carriedOver"}
        columns = [Column(("本年收入", "小计"), current)] + [
            Column(("本年收入", *c.path), c.says) for c in columns
        ]
        sums = [Column(("合计",), grand), *columns, Column(("上年结转",), over)]
        units = range(len(self.money.units))
        listed = [
            Row("unit", self.unit_name(n) if len(units) > 1 else self.money.name,
                self.money.of_unit(n) if len(units) > 1 else {}, self.money.units[n].code, 0, n)
            for n in units
        ]  # fmt: skip
        rows = (Row("total", "合计"), *listed)
        return Statement(
            "收入预算总表", (Side("单位名称", rows, tuple(sums)),), {"flow": "revenue"}
        )

    def spending(self) -> Statement:
        """支出总表."""
        columns = self._under(self._natures(), f"本年支出{self.word}")
        side = Side("科目", self.blocks({}), columns, "functional")
        title = "支出决算表" if self.money.final else "支出预算总表"
        return Statement(title, (side,), SPENT)

    def fiscal(self) -> Statement:
        """财政拨款收支总表."""
        word, fiscal = f"{self.word}数", {"fund": "fiscalAppropriation"}
        income = self._sources({}, _FISCAL) + self._income_ends()
        spending = self._classes(fiscal) + self._spending_ends()
        columns = (
            Column(("合计",), {**SPENT, **fiscal}),
            *(Column((name,), {**SPENT, "fund": fund}) for fund, name in _SHORT.items()),
        )
        title = (
            f"财政拨款收入支出{self.word}总表"
            if self.money.final
            else f"财政拨款收支{self.word}总表"
        )
        return Statement(
            title,
            (
                Side("收入", income, (Column((word,), {"flow": "revenue", **fiscal}),)),
                Side("支出", spending, columns),
            ),
        )

    def general(self) -> Statement:
        """一般公共预算支出表."""
        says = {**SPENT, **GENERAL, **self.appropriation}
        rows = (Row("total", "合计"), *self.tree(says))
        title = "一般公共预算财政拨款支出决算表" if self.money.final else "一般公共预算支出预算表"
        return Statement(title, (Side("科目", rows, self._years(), "functional"),), says)

    def basic(self) -> Statement:
        """一般公共预算基本支出表, by 经济分类."""
        says = {**SPENT, **GENERAL, "nature": "basic", **self.appropriation}
        rows = (Row("total", "合计"), *self._economic(says))
        parts = [Column(("人员经费",), {"nature": "personnel"}),
                 Column(("公用经费",), {"nature": "public"})]  # fmt: skip
        columns = self._under([Column(("合计",)), *parts], "基本支出")
        middle = "财政拨款" if self.money.final else ""
        title = f"一般公共预算{middle}基本支出{self.word}表"
        scheme = "govEconomic" if self.layout.economic == "government" else "deptEconomic"
        return Statement(title, (Side("经济分类", rows, columns, scheme),), says)

    def three_public(self) -> Statement:
        """“三公”经费表."""
        says = {**SPENT, **GENERAL}
        title = f"一般公共预算“三公”经费支出{self.word}表"
        year = self.money.year
        other = (
            ("年初预算数", {"phase": "approved"})
            if self.money.final
            else (f"{year - 1}年预算数", {"year": str(year - 1)})
        )
        own = ("决算数", {"phase": "final"}) if self.money.final else (f"{year}年预算数", {})
        two = self.layout.years != "one" or self.money.final
        told = (other, own) if two else (own,)
        if self.layout.items == "years as rows":
            columns = tuple(Column((*_three_path(i),), {"item": i}) for i, _, _ in THREE_PUBLIC)
            rows = tuple(Row("label", text, said) for text, said in told)
            return Statement(title, (Side("项目", rows, columns),), says)
        if self.layout.items == "rows":
            columns = tuple(Column((text,), said) for text, said in told)
            rows = tuple(
                Row("item", label, {"item": item}, "", depth) for item, label, depth in THREE_PUBLIC
            )
            return Statement(title, (Side("项目", rows, columns),), says)
        columns = tuple(
            Column((*((text,) if two else ()), *_three_path(item)), {**said, "item": item})
            for text, said in told
            for item, _, _ in THREE_PUBLIC
        )
        row = Row("unit", self.money.name, {}, self.money.code, 0, 0)
        return Statement(title, (Side("单位名称", (row,), columns),), says)

    def fund(self) -> Iterator[Statement]:
        """政府性基金预算支出表, where there is any."""
        says = {**SPENT, "fund": "governmentFund"}
        if self._any(says):
            rows = (Row("total", "合计"), *self.tree(says))
            columns = tuple(self._natures())
            if self.layout.header == "one":
                columns = tuple(c for c in columns if c.path != ("其中：人员经费",))
            middle = "财政拨款" if self.money.final else ""
            title = f"政府性基金预算{middle}支出{self.word}表"
            yield Statement(title, (Side("科目", rows, columns, "functional"),), says)

    def projects(self) -> Iterator[Statement]:
        """项目支出表: each project by source; its unit stands above or beside it."""
        if self.money.final:
            return
        says = {**SPENT, "nature": "project"}
        columns = [Column(("合计",))]
        columns += [Column((name,), {"fund": f}) for f, name in _SHORT.items()]
        columns += [Column(("其他资金",), {"fund": "nonFiscal"})]
        rows = [Row("total", "合计")]
        several = len(self.money.units) > 1
        for number in range(len(self.money.units)):
            whose = self.money.of_unit(number) if several else {}
            if several:
                code = self.money.units[number].code
                rows.append(Row("unit", self.unit_name(number), whose, code, 0, number))
            names = [x.project for x in self.money.book.lines if x.unit == number and x.project]
            for name in dict.fromkeys(names):
                own = {**whose, "project": name}
                rows.append(
                    Row("project", name, own, "", int(several), number if several else None)
                )
        yield Statement("项目支出预算表", (Side("项目名称", tuple(rows), tuple(columns)),), says)

    def procurement(self) -> Iterator[Statement]:
        """政府采购预算表."""
        if self.money.final:
            return
        kinds = (("procurementGoods", "货物"), ("procurementWorks", "工程"),
                 ("procurementServices", "服务"))  # fmt: skip
        rows = [Row("total", "合计", {"item": "procurement"})]
        rows += [Row("item", name, {"item": item}) for item, name in kinds]
        side = Side("采购类别", tuple(rows), (Column(("预算金额",)),))
        yield Statement("政府采购预算表", (side,), {**SPENT, "item": "procurement"})


def _three_path(item: str) -> tuple[str, ...]:
    """Return where an item stands under the head of what it is a part of."""
    vehicles = "公务用车购置及运行维护费"
    return {
        "threePublic": ("合计",),
        "officialVehicles": (vehicles, "小计"),
        "vehiclePurchase": (vehicles, "公务用车购置费"),
        "vehicleOperation": (vehicles, "公务用车运行维护费"),
    }.get(item, (next(label for i, label, _ in THREE_PUBLIC if i == item),))
