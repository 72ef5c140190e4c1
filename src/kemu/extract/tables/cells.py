"""Cells: what the title, the column and the row say together, as facts and blank cells."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kemu.extract.document.outline import Section
from kemu.extract.tables import columns as header
from kemu.extract.tables import titles, words
from kemu.extract.tables.columns import Band, Column
from kemu.extract.tables.merged import inside
from kemu.extract.tables.row import Row
from kemu.extract.tables.rows import Rows
from kemu.extract.tables.units import Units
from kemu.extract.words import lexicon, numbers
from kemu.extract.words.context import Context
from kemu.extract.words.keys import SUBJECT, combine
from kemu.extract.words.names import owners
from kemu.model import dimensions
from kemu.model.document import Cell, Table
from kemu.model.facts import (
    ALL,
    UNDETERMINED,
    UNNAMED,
    Amount,
    BlankCell,
    CodeMention,
    Fact,
    Key,
    Span,
    Unbound,
)

_STRONG = ("fund", "nature", "flow", "carry", "item", "functional", "dept_economic", "phase")
_TOTAL_ENDS = ("合计", "总计")
_LISTED = {"procurement", "servicePurchase", "performance"}
_MONEY_TABLE = ("万元", "亿元")


@dataclass
class Block:
    """One band of one table as read: the rows, and what stands in every amount cell."""

    band: Band
    rows: list[Row]
    facts: dict[tuple[int, int], Fact] = field(default_factory=dict)
    blanks: dict[tuple[int, int], BlankCell] = field(default_factory=dict)

    def slug(self, row: int, column: int) -> str | None:
        """Return the slug of a cell's fact or blank cell, or None where there is neither."""
        found = self.facts.get((row, column)) or self.blanks.get((row, column))
        return found.slug if found else None


@dataclass
class Sheet:
    """One table as read."""

    table: Table
    title: str
    says: Mapping[str, str]
    unit: str
    scheme: str
    height: int
    blocks: list[Block] = field(default_factory=list)
    mentions: list[CodeMention] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    unbound: list[Unbound] = field(default_factory=list)


class Cells:
    """Reads the cells of one table into a sheet."""

    def __init__(
        self, context: Context, table: Table, section: Section, unit: str, units: Units
    ) -> None:
        self.context = context
        self.units = units
        self.table = table
        self.height, self.columns = header.read(table, context)
        title = titles.title_of(table, section)
        scheme = titles.scheme_of(title, self.columns, table, context)
        says = titles.title_says(title, context) or {
            d: m for d, m in section.says.items() if d in titles.SAYS
        }
        self.sheet = Sheet(table, title, says, unit, scheme, self.height)
        self.open = titles.left_open(title, says, self.columns, context)
        self.whole = titles.whole_of(title, context)
        self.performance = words.has("performance", title)
        self._finest = self._digits()
        self._sightings: dict[str, int] = {}

    def read(self) -> Sheet:
        """Return the sheet; a table of contents or one without amount columns has no blocks."""
        if words.has("skip", self.sheet.title + "".join(c.title for c in self.columns)):
            return self.sheet
        bands = header.bands(self.columns)
        for band in bands:
            beside = {c.index for b in bands if b is not band for c in (*b.keys, *b.amounts)}
            self.sheet.blocks.append(self._block(band, beside))
        self._split_funds()
        for block in self.sheet.blocks:
            self._unnamed_units(block)
            self._repeated_keys(block)
        return self.sheet

    def _split_funds(self) -> None:
        """Take 其他资金 as what is left where the table also splits off 财政专户."""
        facts = [fact.key for block in self.sheet.blocks for fact in block.facts.values()]
        blanks = [cell.key for block in self.sheet.blocks for cell in block.blanks.values()]
        means = lexicon.beside(key.fund for key in (*facts, *blanks))

        def meant(key: Key) -> Key:
            return replace(key, fund=means.get(key.fund, key.fund))

        for block in self.sheet.blocks if means else ():
            block.facts = {p: replace(f, key=meant(f.key)) for p, f in block.facts.items()}
            block.blanks = {p: replace(c, key=meant(c.key)) for p, c in block.blanks.items()}

    def _digits(self) -> int:
        """Return the decimals that a 万元 table plainly works with where it drops zeros."""
        if self.sheet.unit not in _MONEY_TABLE:
            return 0
        printed = [
            text
            for row in self.table.rows[self.height :]
            for text in (words.number(cell.text) for cell in row)
            if text and numbers.decimal(text)
        ]
        return numbers.plain_digits(printed)

    # Rows and cells -----------------------------------------------------------------------

    def _block(self, band: Band, beside: Container[int]) -> Block:
        """Return a band as read; a cell that begins in a column `beside` it names no row of it."""
        block = Block(band, [])
        scheme = words.scheme(" ".join(c.title for c in band.keys)) or self.sheet.scheme
        reader = Rows(self.context, band, scheme, self._lists_projects(band), self.units)
        head = self.table.grid[: self.height]
        for index in range(self.height, len(self.table.grid)):
            cells = self.table.grid[index]
            blank = not any(cell is not None and cell.text for cell in cells)
            if blank or header.is_index_row(cells) or header.repeats_head(cells, head):
                continue
            row = reader.read(index, [inside(cell, beside) for cell in cells])
            if row.kind == "blank" and self._repeats_total(block, row, cells):
                row = replace(row, kind="total", label="")
            block.rows.append(row)
        words_only: set[int] = set()
        for row in block.rows:
            words_only |= header.scored(self.table.grid[row.index])
            for column in band.amounts:
                if column.index not in words_only:
                    self._cell(block, row, column, self.table.grid[row.index][column.index])
            self._mention(block, row)
        return block

    def _lists_projects(self, band: Band) -> bool:
        """Tell whether the table's unknown row labels are projects, purchases or services."""
        listed = self.sheet.says.get("item") in _LISTED
        project = self.sheet.says.get("nature") == "project"
        coded = any(column.role == "code" for column in band.keys)
        return self.performance or listed or (project and not coded)

    def _repeats_total(self, block: Block, row: Row, cells: Sequence[Cell | None]) -> bool:
        """Tell whether an unlabelled row stands directly under a total row."""
        above = block.rows[-1] if block.rows else None
        return above is not None and above.kind == "total" and above.index == row.index - 1

    def _cell(self, block: Block, row: Row, column: Column, cell: Cell | None) -> None:
        if cell is None or column.role not in ("amount",):
            return
        if (cell.place.row or 0) - 1 != row.index or (cell.place.column or 0) - 1 != column.index:
            return
        at = (row.index, column.index)
        printed = words.number(cell.text)
        key = self._key(block, row, column)
        if printed is None:
            if words.is_blank(cell.text):
                if row.kind not in ("unknown", "blank"):
                    block.blanks[at] = BlankCell(
                        f"{cell.place.slug}/blank", key, cell.place, row.label, column.title
                    )
            else:
                self._unbound(cell, row, column, "notANumber")
            return
        amount = self._amount(printed)
        if amount is None:
            return self._unbound(cell, row, column, "outOfRange" if self.sheet.unit else "noUnit")
        headless = self.height == 0
        if row.kind in ("unknown", "blank") or column.unknown or headless or self.table.broken:
            key = replace(key, item=UNDETERMINED)
            reason = "broken" if self.table.broken else "noMeaning"
            self._unbound(cell, row, column, reason)
        quote = " ".join(
            part for part in (row.printed, row.label, cell.content.raw.strip()) if part
        )
        block.facts[at] = Fact(
            f"{cell.place.slug}/amount",
            key,
            amount,
            cell.place,
            quote,
            row.label,
            column.title,
            self.sheet.title,
        )
        return

    def _amount(self, printed: str) -> Amount | None:
        factor = numbers.FACTORS.get(self.sheet.unit)
        if factor is None:
            return None
        value = numbers.decimal(printed) * factor
        if abs(value) >= Decimal(10) ** 15:
            return None
        digits = max(len(printed.partition(".")[2]), self._finest)
        return Amount(value, numbers.half_step(digits, factor), printed, self.sheet.unit, factor)

    def _unbound(self, cell: Cell, row: Row, column: Column, reason: str) -> None:
        quote = f"{row.label} {cell.text}（{column.title}）"
        self.sheet.unbound.append(Unbound(cell.place, cell.text, quote, reason))

    # Keys ---------------------------------------------------------------------------------

    def _key(self, block: Block, row: Row, column: Column) -> Key:
        """Return a cell's key.

        The row counts before the column, the column before the title; but where column and row
        contradict each other, the dimension stays open.
        """
        stated = self._column_says(block, column)
        wider = {
            d
            for d, m in self.sheet.says.items()
            if d in stated and dimensions.is_narrower(d, m, stated[d])
        }
        own = {d: m for d, m in stated.items() if d not in wider}
        says = combine(self.sheet.says, own)
        merged, conflict = _with_row(says, row.says, column.reading.says)
        kept = _kept(row, merged)
        if kept.get("item") != "grandTotal":
            merged = combine({d: m for d, m in merged.items() if d not in row.own}, kept)
        if self.performance and words.has("overall", self.sheet.title):
            merged["item"] = "overallPerformance"
        elif self.performance:
            merged.setdefault("nature", "project")
            if row.kind != "project":
                merged.setdefault("item", "performance")
        if column.reading.years:
            merged["year"] = column.reading.years[-1]
        if row.organisation and row.kind != "total":
            listed = {r.organisation for r in block.rows if r.organisation}
            merged |= self.units.says(row.organisation, listed)
        key = titles.opened(self.context.keys.key(merged), merged, self.open)
        return replace(key, **dict.fromkeys(conflict, UNDETERMINED)) if conflict else key

    def _column_says(self, block: Block, column: Column) -> dict[str, str]:
        says = dict(column.reading.says)
        income = (says.get("flow") or self.sheet.says.get("flow")) == "revenue"
        if income and column.path and words.is_total(column.path[-1]) and "carry" not in says:
            above = len(column.path) - 1
            widest = all(c.path[:above] == column.path[:above] for c in block.band.amounts)
            carries = {c.reading.says.get("carry") for c in block.band.amounts}
            if widest and carries & {"carriedOver", "surplusUsed"}:
                says |= {"item": "grandTotal", "carry": ALL, "flow": "revenue"}
        if self.whole and "item" not in says and _only_total(column, block.band.amounts):
            says["item"] = self.whole
        return says

    def _unnamed_units(self, block: Block) -> None:
        """Tell the units of a table apart that lists the codes of each, one after the other.

        Where the codes begin anew another unit begins, though the table does not name it.
        """
        codes = [row for row in block.rows if row.kind == "code"]
        unit, units = 1, dict[int, int]()
        for before, row in zip([None, *codes], codes, strict=False):
            unit += before is not None and row.code <= before.code and not row.continued
            units[row.index] = unit
        keys = [(at[1], fact.key) for at, fact in block.facts.items() if at[0] in units]
        told_apart = len(set(keys)) == len(keys) or any(row.organisation for row in block.rows)
        if unit == 1 or told_apart:
            return

        def of_unit(key: Key, row: int) -> Key:
            if row not in units or key.organisation == UNDETERMINED:
                return key
            name = f"{key.organisation}{UNNAMED}{self.table.place.table}-{units[row]}"
            return replace(key, organisation=name, consolidation="unit")

        block.facts = {p: replace(f, key=of_unit(f.key, p[0])) for p, f in block.facts.items()}
        block.blanks = {p: replace(c, key=of_unit(c.key, p[0])) for p, c in block.blanks.items()}

    def _repeated_keys(self, block: Block) -> None:
        """Take the key from cells of one column that would measure the same with different labels.

        A list may repeat a project, then told apart by its row; a total may stand twice, and be the
        sum of a single row above it. Anything else that a table prints twice under one key was
        misunderstood, and must not be compared.
        """
        seen: dict[tuple[int, Key], list[tuple[int, int]]] = {}
        kinds = {row.index: "total" if _sums_up(row) else row.kind for row in block.rows}
        for at, fact in block.facts.items():
            if kinds[at[0]] != "total":
                seen.setdefault((at[1], fact.key), []).append(at)
        repeated = {at for cells in seen.values() if len(cells) > 1 for at in cells}
        listed = {row for row, _ in repeated if kinds[row] == "project"}
        for at, fact in block.facts.items():
            if at[0] in listed:
                project = f"{fact.key.project}#{self.table.place.table}-{at[0] + 1}"
            elif at in repeated:
                project = UNDETERMINED
            else:
                continue
            block.facts[at] = replace(fact, key=replace(fact.key, project=project))

    def _mention(self, block: Block, row: Row) -> None:
        named = row.kind != "project" or bool(row.resolution.code)
        if not row.scheme or row.cell is None or not named:
            return
        facts = tuple(f.slug for (index, _), f in block.facts.items() if index == row.index)
        found = row.resolution
        mention = CodeMention(
            slug=f"{row.cell.place.slug}/mention",
            place=row.cell.place,
            scheme=row.scheme,
            year=self.context.identity.year,
            printed_code=row.printed,
            printed_name=row.label,
            code=found.code,
            official_name=found.official_name,
            differences=found.differences,
            candidates=owners(found),
            facts=facts,
            where="table",
        )
        self._seen(mention)

    def _seen(self, mention: CodeMention) -> None:
        """Add a sighting; a cell merged over rows is one sighting for the amounts of all."""
        index = self._sightings.setdefault(mention.slug, len(self.sheet.mentions))
        if index == len(self.sheet.mentions):
            self.sheet.mentions.append(mention)
        else:
            other = self.sheet.mentions[index]
            self.sheet.mentions[index] = replace(other, facts=(*other.facts, *mention.facts))


def _with_row(
    says: Mapping[str, str], row: Mapping[str, str], column: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Return what column and row say together, and the dimensions in which they contradict."""
    merged = dict(says)
    conflict: list[str] = []
    for dimension, member in row.items():
        old = says.get(dimension, member)
        narrower = old in ("grandTotal", ALL) or dimensions.is_narrower(dimension, member, old)
        if old == member or dimension not in column or narrower:
            merged[dimension] = member
        elif not dimensions.is_narrower(dimension, old, member) and dimension in _STRONG:
            conflict.append(dimension)
    return merged, conflict


def _only_total(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether a column is the one total among those under the same header."""
    beside = [c for c in columns if c.path[:-1] == column.path[:-1] and c.path]
    totals = [c for c in beside if words.is_total(c.path[-1])]
    return len(totals) == 1 and totals[0] is column


def _sums_up(row: Row) -> bool:
    """Tell whether a row is the total of the rows above it, by its name."""
    return row.kind == "label" and not row.resolution.code and row.label.endswith(_TOTAL_ENDS)


def _kept(row: Row, merged: Mapping[str, str]) -> dict[str, str]:
    """Return what a row itself says, as merged with its column."""
    return {d: merged[d] for d in row.own if d in merged and (d in SUBJECT or d in _STRONG)}
