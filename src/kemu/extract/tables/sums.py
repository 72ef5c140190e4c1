"""The sums that a table's layout states: across its columns, down its rows, between its sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kemu.extract.readings.choice import choose
from kemu.extract.readings.nesting import Row as NumberRow
from kemu.extract.readings.nesting import numbers
from kemu.extract.readings.splits import Split
from kemu.extract.tables.header.columns import Column
from kemu.extract.tables.rows.down import down
from kemu.extract.tables.rows.row import Row
from kemu.extract.tables.sheet import Block, Sheet
from kemu.extract.words.context import field_of
from kemu.extract.words.parts import basis_of
from kemu.model import dimensions, figures
from kemu.model.document import Cell
from kemu.model.doubt import Doubt
from kemu.model.facts import Equation, Fact, Key, Part
from kemu.model.language import Relation


def equations(sheet: Sheet) -> Iterator[Equation]:
    """Yield the equations of a table; one per total cell, direction and division of it."""
    for block in sheet.blocks:
        if not sheet.table.broken:
            yield from _across(block, len(sheet.table.grid))
        yield from _down(sheet, block)
    yield from _balance(sheet)


def _across(block: Block, height: int) -> Iterator[Equation]:
    splits = list(across(block.band.amounts))
    if not splits:
        return
    lines = list(zip(*_lines(block, height), strict=True))
    choice = choose(splits, lines, columns=True)
    for split in choice.structure.splits:
        for row in block.rows:
            doubt = choice.doubt(split, row.index) or _named_by_amount(row)
            yield from _row_equation(block, row, split, doubt)


def _down(sheet: Sheet, block: Block) -> Iterator[Equation]:
    splits = list(down(block.rows))
    if not splits:
        return
    choice = choose(splits, _lines(block, len(sheet.table.grid), below=True))
    for split in choice.structure.splits:
        for column in block.band.amounts:
            doubt = choice.doubt(split, column.index)
            yield from _column_equation(sheet, block, column, split, doubt)


def _named_by_amount(row: Row) -> Doubt | None:
    """Return a doubt where an amount was taken into a row's name: a column was not understood."""
    texts = row.label.split()
    return Doubt.UNBOUND_TERM if any("." in t and figures.is_number(t) for t in texts) else None


def _lines(block: Block, height: int, *, below: bool = False) -> list[NumberRow]:
    """Return the amounts of every row of the table, nothing where the block has none.

    Args:
        block: A band of the table as read.
        height: Rows of the table.
        below: Whether a row whose own cell is blank stands for the rows under it.
    """
    width = max(column.index for column in block.band.amounts) + 1
    grid: list[list[tuple[Decimal, Decimal] | None]] = [[None] * width for _ in range(height)]
    for row in block.rows:
        for column in block.band.amounts:
            printed = _printed_rows(block, row.index, column.index) if below else [row.index]
            facts = [
                block.facts[(r, column.index)] for r in printed if (r, column.index) in block.facts
            ]
            if facts:
                value = sum((fact.amount.value for fact in facts), Decimal(0))
                half = sum((fact.amount.half_step for fact in facts), Decimal(0))
                grid[row.index][column.index] = value, half
    return numbers(grid)


# Across -----------------------------------------------------------------------------------


def across(columns: Sequence[Column]) -> Iterator[Split]:
    """Yield the splits that a header states: 合计 or 小计 beside its parts, level by level."""
    amounts = [c for c in columns if c.role == "amount" and c.cells]
    yield from _level(amounts, 0)


def _level(columns: Sequence[Column], depth: int) -> Iterator[Split]:
    """Yield the splits of the columns that share a header down to a depth."""
    groups: list[tuple[Cell, list[Column]]] = []
    for column in columns:
        cell = column.cells[min(depth, len(column.cells) - 1)]
        if groups and groups[-1][0] is cell and len(column.cells) > depth + 1:
            groups[-1][1].append(column)
        else:
            groups.append((cell, [column]))
    totals = [g for g in groups if len(g[1]) == 1 and _is_total(g[1][0], depth)]
    if totals and len(groups) > 1:
        total = totals[0][1][0]
        start = groups.index(totals[0])
        others = [g for g in groups[start + 1 :] if g not in totals]
        parts = [r for _, group in others for r in _representatives(group, depth)]
        parts = [part for part in parts if "basis" not in part.reading.says]
        if parts and not _differ_in_time(parts, total):
            only_some = len(parts) == 1 and "其中" in parts[0].path[-1]
            relation: Relation = "atMost" if only_some else "equal"
            yield Split(total.index, tuple(p.index for p in parts), relation, "row")
    for _, group in groups:
        if len(group) > 1:
            yield from _level(group, depth + 1)


def _is_total(column: Column, depth: int) -> bool:
    """Tell whether a column is, at this level of the header, the total of its neighbours."""
    if len(column.cells) != depth + 1:
        return False
    text = column.path[depth]
    if figures.is_total(text):
        return True
    says = column.reading.says
    plain = all(d in ("flow", "carry", "phase") for d in says) or depth > 0
    return plain and figures.ends_in_total(text)


def _representatives(group: Sequence[Column], depth: int) -> list[Column]:
    """Return the columns that stand for a group: itself, its total, else all its parts."""
    if len(group) == 1:
        return list(group)
    whole = [c for c in group if len(c.cells) == depth + 1]
    totals = [c for c in group if _is_total(c, depth + 1)]
    return whole[:1] or totals[:1] or list(group)


def _differ_in_time(parts: Sequence[Column], total: Column) -> bool:
    times = {(c.reading.years, c.reading.says.get("phase")) for c in (*parts, total)}
    return len({years for years, _ in times}) > 1


def _row_equation(block: Block, row: Row, split: Split, doubt: Doubt | None) -> Iterator[Equation]:
    total = block.facts.get((row.index, split.total))
    slugs = [block.slug(row.index, part) for part in split.parts]
    found = [slug for slug in slugs if slug is not None]
    if total is None or len(found) < len(slugs) or not _any_fact(block, row.index, split.parts):
        return
    facts = [block.facts[(row.index, p)] for p in split.parts if (row.index, p) in block.facts]
    basis = basis_of(total.key, [f.key for f in facts])
    basis = "threePublic" if basis == "threePublic" else "row"
    yield Equation(
        f"{total.place.slug}/row{_division(split)}",
        basis,
        total.slug,
        tuple(Part(slug) for slug in found),
        split.relation,
        place=total.place,
        doubt=doubt,
    )


def _division(split: Split) -> str:
    """Return what tells two divisions of one total apart (按性质, 按来源), empty for the first."""
    return f"-{split.division + 1}" if split.division else ""


def _any_fact(block: Block, row: int, columns: Sequence[int]) -> bool:
    return any((row, column) in block.facts for column in columns)


# Down -------------------------------------------------------------------------------------


def _column_equation(
    sheet: Sheet, block: Block, column: Column, split: Split, doubt: Doubt | None
) -> Iterator[Equation]:
    total = block.facts.get((split.total, column.index))
    known = [part for part in split.parts if not _says_nothing(sheet, block, part, column)]
    rows = [r for part in known for r in _printed_rows(block, part, column.index)]
    slugs = [block.slug(row, column.index) for row in rows]
    found = [slug for slug in slugs if slug is not None]
    facts = [block.facts[(r, column.index)] for r in rows if (r, column.index) in block.facts]
    if total is None or not facts or len(found) < len(slugs):
        return
    found += _in_other_bands(sheet, block, split.total, total)
    basis = split.basis or basis_of(total.key, [f.key for f in facts])
    yield Equation(
        f"{total.place.slug}/{split.basis or 'parts'}{_division(split)}",
        basis,
        total.slug,
        tuple(Part(slug) for slug in found),
        split.relation,
        place=total.place,
        doubt=doubt,
    )


def _in_other_bands(sheet: Sheet, block: Block, row: int, total: Fact) -> list[str]:
    """Return the amounts of codes that stand under a row's code, but in a band that goes on.

    A list too long for the page is printed in two bands side by side; its 类 stands in the first.
    """
    head = next(r for r in block.rows if r.index == row)
    found: list[str] = []
    for other in sheet.blocks if head.kind == "code" and head.scheme else ():
        codes = {r.code: r for r in other.rows if r.kind == "code" and r.scheme == head.scheme}
        if other is block or head.code in codes:
            continue
        below = [code for code in codes if code.startswith(head.code)]
        tops = {codes[c].index for c in below if not any(c != o and c.startswith(o) for o in below)}
        found += [
            fact.slug
            for (index, _), fact in other.facts.items()
            if index in tops and _only_code_differs(fact.key, total.key, head.scheme)
        ]
    return found


def _only_code_differs(one: Key, total: Key, scheme: str) -> bool:
    """Tell whether a key is that of a total but for its code; its head may say less of natures."""
    field = field_of(scheme)
    nature = one.nature
    if dimensions.is_narrower("nature", total.nature, nature):
        nature = total.nature
    return one.but({field: "", "nature": nature}) == total.but({field: ""})


def _says_nothing(sheet: Sheet, block: Block, row: int, column: Column) -> bool:
    """Tell whether a row that is not understood prints nothing in a column."""
    cell = sheet.table.grid[row][column.index]
    unknown = any(r.index == row and r.kind == "unknown" for r in block.rows)
    return unknown and (cell is None or not cell.text)


def _printed_rows(block: Block, row: int, column: int) -> list[int]:
    """Return the row, or the rows under it where its own cell is blank (一、部门预算)."""
    if (row, column) not in block.blanks:
        return [row]
    below = [r.index for r in block.rows if r.parent == row and not r.part]
    return [r for child in below for r in _printed_rows(block, child, column)] or [row]


# Both sides -------------------------------------------------------------------------------


def _balance(sheet: Sheet) -> Iterator[Equation]:
    """Yield 收入总计 = 支出总计 of one table."""
    grand = [
        fact
        for block in sheet.blocks
        for fact in block.facts.values()
        if fact.key.item == "grandTotal" and fact.key.nature == "all"
    ]
    income = _widest([f for f in grand if f.key.flow == "revenue"])
    spending = _widest([f for f in grand if f.key.flow == "expenditure"])
    if income and spending and income.key.fund == spending.key.fund:
        yield Equation(
            f"{spending.place.slug}/sides",
            "balance",
            spending.slug,
            (Part(income.slug),),
            place=spending.place,
        )


def _widest(facts: Sequence[Fact]) -> Fact | None:
    """Return the first fact of the widest fund, if any."""
    for fund in ("all", "fiscalAppropriation"):
        for fact in facts:
            if fact.key.fund == fund:
                return fact
    return facts[0] if facts else None
