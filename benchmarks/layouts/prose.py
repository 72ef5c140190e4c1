"""The explanations: sentences whose amounts, shares and changes follow from the same money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.layouts.blocks import Line, Printed, printed, round_half_up
from benchmarks.layouts.choices import Layout
from benchmarks.layouts.keys import numeral
from benchmarks.layouts.model import Money
from benchmarks.layouts.statements import GENERAL, SPENT, THREE_PUBLIC, Row, Statement, statements

_HUNDREDTH = Decimal("0.01")
_CURRENT = {"flow": "revenue", "carry": "current"}


@dataclass
class Sentence:
    """Words and amounts in the order in which they are written."""

    money: Money
    unit: str
    words: list[str] = field(default_factory=list)
    amounts: list[Printed] = field(default_factory=list)

    def add(self, text: str, **says: str) -> Sentence:
        """Write words and, where a key is given, the amount that it measures."""
        self.words.append(text)
        if says:
            key = self.money.key(**says)
            amount = printed(key, self.money.fen(key), self.unit)
            self.amounts.append(amount)
            self.words.append(amount.text + self.unit)
        return self

    def share(self, part: Mapping[str, str], whole: Mapping[str, str]) -> Sentence:
        """Write what share of a whole a part is."""
        below = self.money.fen(self.money.key(**whole))
        if below:
            above = self.money.fen(self.money.key(**part))
            share = round_half_up(Decimal(100 * above) / below, _HUNDREDTH)
            self.words.append(f"，占{share:.2f}%")
        return self

    def change(self, says: Mapping[str, str]) -> Sentence:
        """Write how much more or less than the year before an amount is."""
        year = self.money.year - 1
        now = self.money.fen(self.money.key(**says))
        last = self.money.fen(self.money.key(**says, year=str(year)))
        if not last or now == last:
            return self
        word, rate = ("增加", "增长") if now > last else ("减少", "下降")
        moved = printed(self.money.own, abs(now - last), self.unit).text
        percent = round_half_up(Decimal(100 * abs(now - last)) / last, _HUNDREDTH)
        self.words.append(f"，比{year}年{word}{moved}{self.unit}，{rate}{percent:.2f}%")
        return self

    def line(self, end: str = "。", kind: str = "body") -> Line:
        """Return the sentence as a paragraph."""
        return Line(("".join(self.words) + end,), kind, tuple(self.amounts))


@dataclass(frozen=True)
class Prose:
    """Writes the explanations of one document."""

    money: Money
    layout: Layout

    def lines(self) -> Iterator[Line]:
        """Yield the chapter, heading and paragraphs."""
        sections = (
            ("收支{}总体情况说明", self._overview), ("收入{}情况说明", self._income),
            ("支出{}情况说明", self._spending), ("一般公共预算支出{}情况说明", self._general),
            ("一般公共预算基本支出{}情况说明", self._basic),
            ("一般公共预算“三公”经费支出{}情况说明", self._three_public),
            ("政府性基金预算支出{}情况说明", self._fund), ("其他重要事项情况说明", self._others),
        )  # fmt: skip
        yield Line((f"第三部分　{self.money.year}年{self._whose}{self._word}情况说明",), "heading")
        for number, (title, section) in enumerate(sections, 1):
            yield Line((f"{numeral(number)}、{title.format(self._word)}",), "heading")
            yield from section()

    @property
    def _word(self) -> str:
        return "决算" if self.money.final else "预算"

    @property
    def _whose(self) -> str:
        return "部门" if self.money.level == "department" else "单位"

    def _write(self, text: str = "", **says: str) -> Sentence:
        unit = "元" if self.layout.money == "元" else "万元"
        return Sentence(self.money, unit).add(text, **says)

    @property
    def _year(self) -> str:
        return f"{self.money.year}年"

    # Sections -----------------------------------------------------------------------------

    def _overview(self) -> Iterator[Line]:
        grand = {"flow": "both", "item": "grandTotal"}
        text = f"{self.money.name}{self._year}收支总{self._word}"
        yield self._write(text, **grand).line()

    def _income(self) -> Iterator[Line]:
        whole = {"flow": "revenue", "item": "grandTotal"}
        parts = [
            (row.label, dict(row.says))
            for row in self._table("overview").sides[0].rows
            if row.kind == "label" and self._fen(row.says)
        ]
        if self.money.final:
            whole = _CURRENT
            parts = [part for part in parts if part[1].get("carry") == "current"]
        word = "本年收入合计" if self.money.final else "收入预算总计"
        yield self._listed(f"{self._year}{word}", whole, parts).line()

    def _spending(self) -> Iterator[Line]:
        word = "本年支出合计" if self.money.final else "本年支出预算"
        parts = [
            ("基本支出", {**SPENT, "nature": "basic"}),
            ("项目支出", {**SPENT, "nature": "project"}),
        ]
        yield self._listed(f"{self._year}{word}", SPENT, parts).line()

    def _general(self) -> Iterator[Line]:
        table = self._table("general")
        name = "一般公共预算财政拨款支出决算" if self.money.final else "一般公共预算支出预算"
        yield (
            self._write(f"{self._year}{name}", **table.says)
            .change(table.says)
            .add("。具体安排情况如下：")
            .line("")
        )
        rows = [row for row in table.sides[0].rows if row.kind == "code"]
        deepest = {"one level": (2,), "two levels": (0, 2), "three levels": (0, 1, 2)}
        numbers = [0, 0, 0]
        for row in (r for r in rows if r.depth in deepest[self.layout.lists]):
            yield self._item(row, table.says, numbers, first=deepest[self.layout.lists][0])

    def _item(self, row: Row, says: Mapping[str, str], numbers: list[int], *, first: int) -> Line:
        """Return one item of the list of codes."""
        numbers[row.depth] += 1
        numbers[row.depth + 1 :] = [0] * (2 - row.depth)
        depth = row.depth - first if self.layout.lists != "two levels" else row.depth // 2
        at = numbers[row.depth]
        number = (f"（{numeral(at)}）", f"{at}.", f"（{at}）")[depth]
        ends = "，其中：" if row.depth < 2 else "。"
        path = self._path(row.code)
        return self._write(f"{number}{path}", **{**says, **row.says}).line(ends)

    def _path(self, code: str) -> str:
        known = self.money.names["functional"]
        codes = [code[:length] for length in (3, 5, 7) if length <= len(code)]
        names = [known[c] for c in codes]
        if self.layout.paths == "dashes":
            return f"“{'-'.join(names)}”科目"
        if self.layout.paths == "item":
            return f"{names[-1]}（{code}）"
        digits = (
            [c[-2:] if len(c) > 3 else c for c in codes]
            if self.layout.paths == "codes"
            else [""] * 3
        )
        levels = zip(names, digits, ("类", "款", "项"), strict=False)
        return "".join(f"{name}（{digit}{level}）" for name, digit, level in levels)

    def _basic(self) -> Iterator[Line]:
        says = dict(self._table("basic").says)
        parts = [
            ("人员经费", {**says, "nature": "personnel"}),
            ("公用经费", {**says, "nature": "public"}),
        ]
        yield self._listed(f"{self._year}一般公共预算基本支出", says, parts, shares=False).line()

    def _three_public(self) -> Iterator[Line]:
        says = {**SPENT, **GENERAL}
        sentence = self._write(
            f"{self._year}一般公共预算“三公”经费支出{self._word}", **says, item="threePublic"
        )
        parts = [(label, {**says, "item": i}) for i, label, depth in THREE_PUBLIC if depth == 1]
        for number, (label, key) in enumerate(parts):
            sentence.add(("，其中：" if not number else "；") + label, **key)
        yield sentence.line()

    def _fund(self) -> Iterator[Line]:
        says = {**SPENT, "fund": "governmentFund"}
        if self._fen(says):
            yield self._write(f"{self._year}政府性基金预算支出{self._word}", **says).line()
        else:
            yield self._write(f"{self._year}没有使用政府性基金预算拨款安排的支出").line()

    def _others(self) -> Iterator[Line]:
        says = {**SPENT, **GENERAL, "item": "organOperation"}
        yield Line(("（一）机关运行经费",), "heading")
        yield self._write(f"{self._year}一般公共预算机关运行经费支出{self._word}", **says).line()
        yield Line(("（二）政府采购",), "heading")
        parts = [
            (f"政府采购{name}{self._word}", {**SPENT, "item": item})
            for item, name in (("procurementGoods", "货物"), ("procurementWorks", "工程"),
                               ("procurementServices", "服务"))
        ]  # fmt: skip
        whole = {**SPENT, "item": "procurement"}
        text = f"{self._year}政府采购{self._word}总额"
        yield self._listed(text, whole, parts, shares=False).line()

    # Parts --------------------------------------------------------------------------------

    def _listed(
        self,
        text: str,
        whole: Mapping[str, str],
        parts: list[tuple[str, dict[str, str]]],
        *,
        shares: bool = True,
    ) -> Sentence:
        """Return a whole and its parts in one sentence."""
        sentence = self._write(text, **whole).add("，其中：")
        for number, (label, says) in enumerate(parts):
            sentence.add(("；" if number else "") + label, **says)
            if shares:
                sentence.share(says, whole)
        return sentence

    def _fen(self, says: Mapping[str, str]) -> int:
        return self.money.fen(self.money.key(**says))

    def _table(self, which: str) -> Statement:
        order = ("overview", "income", "spending", "fiscal", "general", "basic")
        return statements(self.money, self.layout)[order.index(which)]
