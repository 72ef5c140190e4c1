"""How label rows stand under each other: numbers, indentation, and what rows hand on.

A 收支总表 has no codes to order its rows. Styles of numbering nest in order of appearance, as in
headings; an indented row without number stands under the last row with less indentation.
"""

from __future__ import annotations

from dataclasses import replace

from kemu.extract.tables.rows.row import Row
from kemu.model import figures
from kemu.model.facts import ALL
from kemu.model.language import Dimension

_CHAPTER = "一、"
_THIS_YEAR = "本年"
_OPENING = {"flow", "carry", "phase"}
_HANDED = ("carry", "fund", "flow", "nature", "item")


class Hierarchy:
    """The label rows that are open at one point of a band, outermost first.

    Attributes:
        labelled: Whether a label row was seen.
        closed: Whether the total of the year's own money was seen.
    """

    def __init__(self) -> None:
        self.labelled = False
        self.closed = False
        self._stack: list[tuple[str, Row]] = []
        self._stock: Row | None = None

    def place(self, row: Row, style: str) -> Row:
        """Return a label row with its parent, its depth and what the parent hands on.

        Args:
            row: A label row as read.
            style: Style of its number (`一、`, `（1）`), or its indentation (`i0`, `i2`).
        """
        if row.kind == "project":
            return row
        self.labelled = True
        if figures.ends_in_total(row.label) and (style.startswith("i") or _closing(row)):
            self.closed = self.closed or _closing(row)
            self._stack = []
            return row
        if not (row.part and self._stack):
            self._stack = self._below_its_code(row) or self._above_of(row, style)
        while self._stack and _beside(self._stack[-1][1], row):
            self._stack.pop()
        parent = self._stack[-1][1] if self._stack else self._carried(row, style)
        if not self._stack:
            self._stock = row if set(row.own) - {"flow"} == {"carry"} else self._stock
        says = _handed_on(parent, row) if parent else dict(row.own)
        depth = len(self._stack) or int(parent is not None)
        placed = replace(row, says=says, depth=depth, parent=parent.index if parent else None)
        if parent is not None and not self._stack:
            return placed
        self._stack.append((style, placed))
        return placed

    def _below_its_code(self, row: Row) -> list[tuple[str, Row]]:
        """Return the rows that a row stands under by the place of its name in the code table.

        20805 stands under 208 wherever it is printed: indentation may be lost, or that of a page.
        """
        for level in range(len(self._stack) - 1, -1, -1):
            above = self._stack[level][1]
            if above.code and above.scheme == row.scheme and _holds(above.code, row.code):
                return self._stack[: level + 1]
        return []

    def _above_of(self, row: Row, style: str) -> list[tuple[str, Row]]:
        """Return the rows that a row stands under, by the styles of their numbers and indentation.

        Where a layout lost its indentation, a row without number still stands under a numbered one
        that only opens a side of the table (一、本年收入); a code, under a nature (二、项目支出).
        """
        for level, (known, _) in enumerate(self._stack):
            if known == style:
                return self._stack[:level]
        if style == _CHAPTER:
            stock = bool(self._stack) and "carry" in self._stack[-1][1].own
            return self._stack if stock and "fund" in row.own else []
        if style != "i0":
            return self._stack
        opens = any(_opens(above, bool(row.code)) for _, above in self._stack[:1])
        return self._stack[:1] if opens and ("fund" in row.own or row.code) else []

    def _carried(self, row: Row, style: str) -> Row | None:
        """Return the 年初结转和结余 that a fund stands under, printed below it without a number."""
        only_fund = set(row.own) == {"fund"} and style.startswith("i")
        if self._stock is None or not only_fund:
            self._stock = None
            return None
        return self._stock


def _closing(row: Row) -> bool:
    """Tell whether a total ends a side of a 收支总表: no numbered item that has its parts below."""
    return row.label.startswith(_THIS_YEAR) or figures.ends_in_grand_total(row.label)


def _holds(above: str, code: str) -> bool:
    return code != above and code.startswith(above)


def _beside(above: Row, row: Row) -> bool:
    """Tell whether two rows name codes of one classification, neither part of the other."""
    coded = bool(above.code and row.code) and above.scheme == row.scheme
    return coded and (not row.code.startswith(above.code) or row.code == above.code)


def _opens(row: Row, coded: bool) -> bool:
    """Tell whether a row only opens a part of a table: it names no fund, code or item."""
    said = {dimension for dimension, member in row.own.items() if member != ALL}
    return bool(said) and said <= (_OPENING | {"nature"} if coded else _OPENING)


def _handed_on(parent: Row, row: Row) -> dict[Dimension, str]:
    says = {d: m for d, m in parent.says.items() if d in _HANDED}
    if "item" in row.own or says.get("item") == "grandTotal":
        says.pop("item", None)
    return says | dict(row.own)
