"""Keys that a table's own words do not tell apart: units without a name, cells of one meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.tables.header.columns import Column
from kemu.extract.tables.rows.row import Row
from kemu.extract.tables.sheet import Block
from kemu.model import figures
from kemu.model.facts import UNDETERMINED, UNNAMED, Key

_PART = re.compile(r"^其中[：:、]?")


def tell_apart(block: Block, table: int | None) -> None:
    """Tell cells of one key apart in place, or take their key where nothing does.

    Args:
        block: A block as read.
        table: The number of its table.
    """
    _unnamed_units(block, table)
    _one_row(block)
    _repeated_keys(block, table)


def _unnamed_units(block: Block, table: int | None) -> None:
    """Tell the units of a table apart that lists the codes of each, one after the other.

    Where the first code comes again, or codes begin anew below another total, another unit begins,
    though the table does not name it. One code out of order is a slip, and no unit.
    """
    codes = [row for row in block.rows if row.kind == "code"]
    units = _starts(block.rows)
    keys = [(at[1], fact.key) for at, fact in block.facts.items() if at[0] in units]
    told_apart = len(set(keys)) == len(keys) or any(row.organisation for row in block.rows)
    if not codes or len(set(units.values())) < 2 or told_apart:
        return

    def of_unit(key: Key, row: int) -> Key:
        if row not in units or key.organisation == UNDETERMINED:
            return key
        name = f"{key.organisation}{UNNAMED}{table}-{units[row]}"
        return replace(key, organisation=name, consolidation="unit")

    block.facts = {p: replace(f, key=of_unit(f.key, p[0])) for p, f in block.facts.items()}
    block.blanks = {p: replace(c, key=of_unit(c.key, p[0])) for p, c in block.blanks.items()}


def _starts(rows: Sequence[Row]) -> Mapping[int, int]:
    """Return for every row with a code the number of the unit it belongs to."""
    units: dict[int, int] = {}
    unit, before, totalled = 1, "", False
    first = next((row.code for row in rows if row.kind == "code"), "")
    for row in rows:
        if row.kind == "total":
            totalled = bool(before)
        if row.kind != "code":
            continue
        anew = bool(before) and row.code <= before and not row.continued
        unit += anew and (row.code == first or totalled)
        units[row.index] = unit
        before, totalled = row.code, False
    return units


def _one_row(block: Block) -> None:
    """Take the key from all but the total of the cells in one row that would measure the same.

    Their values differ, so they do not: a head (其中：…) was not understood. The narrower of them
    stays undetermined.
    """
    columns = {column.index: column for column in block.band.amounts}
    rows: dict[tuple[int, Key], list[int]] = {}
    for (row, column), fact in block.facts.items():
        rows.setdefault((row, fact.key), []).append(column)
    unclear: set[int] = set()
    for (row, _), alike in rows.items():
        values = {column: block.facts[(row, column)].amount.value for column in alike}
        if len(set(values.values())) > 1:
            wide = _widest([columns[column] for column in alike], values)
            unclear |= {c for c, value in values.items() if wide is None or value != values[wide]}
    for at, fact in block.facts.items():
        if at[1] in unclear:
            block.facts[at] = replace(fact, key=replace(fact.key, item=UNDETERMINED))


def _widest(columns: Sequence[Column], values: Mapping[int, Decimal]) -> int | None:
    """Return the column that holds the others: the total, or the one not said to be a part."""
    totals = [c.index for c in columns if c.path and figures.is_total(c.path[-1])]
    if len(totals) == 1:
        return totals[0]
    whole = [c.index for c in columns if not any(_PART.match(text) for text in c.path)]
    return whole[0] if len({values[index] for index in whole}) == 1 else None


def _repeated_keys(block: Block, table: int | None) -> None:
    """Take the key from cells of one column that would measure the same with different labels.

    A list may repeat a project, then told apart by its row; a total may stand twice, and be the
    sum of a single row above it. Anything else that a table prints twice under one key was
    misunderstood, and must not be compared.
    """
    seen: dict[tuple[int, Key], list[tuple[int, int]]] = {}
    again = {row.index for row in block.rows if row.restates}
    kinds = {row.index: "total" if _sums_up(row) else row.kind for row in block.rows}
    for at, fact in block.facts.items():
        if kinds[at[0]] != "total" and at[0] not in again:
            seen.setdefault((at[1], fact.key), []).append(at)
    repeated = {at for cells in seen.values() if len(cells) > 1 for at in cells}
    listed = {row for row, _ in repeated if kinds[row] == "project"}
    for at, fact in block.facts.items():
        if at[0] in listed:
            project = f"{fact.key.project}#{table}-{at[0] + 1}"
        elif at in repeated:
            project = UNDETERMINED
        else:
            continue
        block.facts[at] = replace(fact, key=replace(fact.key, project=project))


def _sums_up(row: Row) -> bool:
    """Tell whether a row is the total of the rows above it, by its name."""
    named = row.kind == "label" and not row.resolution.code
    return named and figures.ends_in_total(row.label)
