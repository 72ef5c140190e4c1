"""The columns that name a row: codes in one to three columns, in the name, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.layouts.blocks import Cell
from benchmarks.layouts.choices import Layout
from benchmarks.layouts.model import Money
from benchmarks.layouts.statements import Row, Side

_NUMERALS = "一二三四五六七八九十"
_INDENT = "　　"
_CODED = {
    "functional": "功能分类科目",
    "deptEconomic": "部门预算支出经济分类科目",
    "govEconomic": "政府预算支出经济分类科目",
}
_SCHEMES = {
    "functional": ("类", "款", "项"),
    "deptEconomic": ("类", "款"),
    "govEconomic": ("类", "款"),
}


def numeral(number: int) -> str:
    """Return a Chinese numeral up to 99."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


@dataclass(frozen=True)
class KeyColumns:
    """The naming columns of one side of a table."""

    side: Side
    layout: Layout
    money: Money

    @property
    def unit_column(self) -> bool:
        """Whether units stand in a column of their own, beside the rows they hold."""
        blocks = any(row.unit is not None and row.kind != "unit" for row in self.side.rows)
        return blocks and self.layout.units in ("column", "once above", "spanned")

    @property
    def _apart(self) -> int:
        """Number of columns that hold nothing but codes."""
        if self.side.naming == "单位名称":
            return 0 if self.layout.codes == "none" else 1
        if not self.side.scheme:
            return 0
        three = self.layout.codes in ("three columns", "last digits")
        one = self.layout.codes in ("one column", "blanks")
        return len(_SCHEMES[self.side.scheme]) if three else int(one)

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """The header of every naming column."""
        found: list[tuple[str, ...]] = [("单位名称",)] if self.unit_column else []
        if self.side.naming == "单位名称":
            return [*found, *[("单位编码",)] * self._apart, ("单位名称",)]
        if not self.side.scheme:
            return [
                *found,
                (self.side.naming if self.side.naming not in ("收入", "支出") else "项目",),
            ]
        coded = _CODED[self.side.scheme]
        if not self._apart:
            return [*found, (coded,)]
        if self._apart == 1:
            return [*found, (coded, "科目编码"), (coded, "科目名称")]
        levels = [(coded, "科目编码", level) for level in _SCHEMES[self.side.scheme]]
        return [*found, *levels, (coded, "科目名称")]

    def cells(
        self,
        row: Row | None,
        numbers: list[int],
        before: Sequence[Row | None],
        after: Sequence[Row | None],
        *,
        goes_on: bool,
    ) -> list[Cell]:
        """Return the naming cells of a row; `numbers` counts the rows of each level."""
        codes, name = self._named(row, numbers)
        found = [] if not self.unit_column else self._unit(row, before, after, goes_on)
        return [*found, *(Cell(code) for code in codes), Cell(name)]

    def _named(self, row: Row | None, numbers: list[int]) -> tuple[list[str], str]:
        if row is None:
            return [""] * self._apart, ""
        indent = _INDENT * row.depth if self.layout.levels == "indented" else ""
        if row.kind in ("total", "sum", "head"):
            return [""] * self._apart, self._spaced(row.label)
        if row.kind == "unit":
            coded = (
                [row.code, *[""] * (self._apart - 1)] if self._apart == 1 else [""] * self._apart
            )
            return coded, self._joined(row.code, row.label) if not self._apart else row.label
        if row.kind == "code":
            return self._codes(row.code), indent + self._joined(
                row.code, self._number(row, numbers)
            )
        label = self._number(row, numbers) if row.kind in ("label", "item") else row.label
        return [""] * self._apart, indent + label

    def _spaced(self, label: str) -> str:
        return "　　".join(label) if self.layout.spaced == "yes" and len(label) == 2 else label

    def _joined(self, code: str, name: str) -> str:
        if self.layout.codes == "in brackets":
            return f"[{code}]{name}"
        if self.layout.codes == "before name":
            return f"{code} {name}"
        return name

    def _codes(self, code: str) -> list[str]:
        parts = [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))]
        if self._apart < 2:
            blank = self.layout.codes == "blanks"
            return [(" " if blank else "").join(parts)] * self._apart
        empty = [""] * (self._apart - len(parts))
        if self.layout.codes == "last digits":
            return [*[""] * (len(parts) - 1), parts[-1], *empty]
        return [*parts, *empty]

    def _number(self, row: Row, numbers: list[int]) -> str:
        """Return a label with its number, where the layout tells levels by numbers."""
        coded = self.side.scheme and self.layout.codes != "none"
        numbers[row.depth] += 1
        numbers[row.depth + 1 :] = [0] * (len(numbers) - row.depth - 1)
        if self.layout.levels != "numbered" or coded or row.label == "合计":
            return row.label
        at = numbers[row.depth]
        style = row.depth + (2 if row.kind == "item" and row.depth else 0)
        number = (f"{numeral(at)}、", f"（{numeral(at)}）", f"{at}.", f"{at}.", f"（{at}）")
        return number[style] + row.label

    def _unit(
        self, row: Row | None, before: Sequence[Row | None], after: Sequence[Row | None], on: bool
    ) -> list[Cell]:
        """Return the cell of the unit's column, none where a merged one covers it."""
        if row is None or row.unit is None:
            return [Cell()]
        unit = self.money.units[row.unit].name
        name = f"{unit}（本级）" if row.unit == 0 else unit
        first = not before or before[-1] is None or before[-1].unit != row.unit
        if self.layout.units == "column":
            return [Cell(name)]
        repeated = not (on and not before and self.layout.breaks == "without header")
        text = name if repeated else ""
        if self.layout.units == "once above":
            continued = on and not before
            return [Cell(name if first and not continued else "")]
        if not first:
            return []
        rows = 0
        for other in after:
            if other is None or other.unit != row.unit:
                break
            rows += 1
        return [Cell(text, rows=rows)]
