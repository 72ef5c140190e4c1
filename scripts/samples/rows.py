"""Rows that several layouts share: the functional tree, the economic list, the balance."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from samples.blocks import Block, C, Grid, Para, table
from samples.economic import NAMES
from samples.figures import Figures
from samples.unit import Unit
from samples.vocabulary import ordinal

Rows = list[list[C | str]]
Show = Callable[[Decimal], str]
FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def thousands(value: Decimal) -> str:
    """Return an amount with separators, blank for zero."""
    return f"{value:,.2f}" if value else ""


def with_zeros(value: Decimal) -> str:
    """Return an amount with separators, `0.00` for zero."""
    return f"{value:,.2f}"


def functional(
    figures: Figures, natures: list[str], show: Show, *, fund: str = ""
) -> list[tuple[str, str, list[C | str]]]:
    """Return code, name and amounts of every 类, 款 and 项 that has any."""
    rows = []
    for code, name in figures.tree(fund):
        amounts = [figures.sum(nature, code, fund) for nature in natures]
        if any(amounts):
            cells: list[C | str] = [show(amount) for amount in amounts]
            rows.append((code, name, cells))
    return rows


def totals(figures: Figures, natures: list[str], show: Show, *, fund: str = "") -> list[C | str]:
    """Return the amounts of the 合计 row."""
    return [show(figures.sum(nature, "", fund)) for nature in natures]


def economic(amounts: dict[str, Decimal]) -> list[tuple[str, str, Decimal]]:
    """Return code, name and amount of every economic 类 and 款."""
    rows = []
    for code in sorted(amounts):
        head = code[:3]
        if not any(row[0] == head for row in rows):
            total = sum((v for c, v in amounts.items() if c[:3] == head), Decimal(0))
            rows.append((head, NAMES[head], total))
        rows.append((code, NAMES[code], amounts[code]))
    return rows


def side_by_side(left: Rows, right: Rows, widths: tuple[int, int]) -> Rows:
    """Return two lists set beside each other, the shorter one filled with blanks."""
    height = max(len(left), len(right))
    rows: Rows = []
    for index in range(height):
        one = left[index] if index < len(left) else [""] * widths[0]
        other = right[index] if index < len(right) else [""] * widths[1]
        rows.append([*one, *other])
    return rows


def numbered(names: list[str], pattern: str = "{}、{}") -> list[str]:
    """Return names with Chinese ordinals before them."""
    return [pattern.format(ordinal(number), name) for number, name in enumerate(names, 1)]


def published(unit: Unit, title: str, number: str, grid: Grid, note: str = "") -> list[Block]:
    """Return a table as set under its number, title, department and unit of money."""
    label = unit.source["document"]["label"]
    blocks: list[Block] = [
        Para(number, caption=True),
        Para(title, 2, caption=True),
        Para(f"{label}：{unit.unit}", caption=True),
        Para("单位：万元", caption=True),
        grid,
    ]
    return [*blocks, Para(note)] if note else blocks


def made(name: str, head: Rows, body: Rows) -> Grid:
    """Return a table from its head and its body."""
    return table(name, head + body, len(head))
