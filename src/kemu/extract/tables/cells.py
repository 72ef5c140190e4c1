"""Cells: what the title, the column and the row say together, as facts and blank cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kemu.extract.document.outline import Section
from kemu.extract.tables import words
from kemu.extract.tables.frame import titles
from kemu.extract.tables.header import columns as header
from kemu.extract.tables.header import subjects
from kemu.extract.tables.header.columns import Band, Column
from kemu.extract.tables.rows import printed as numbers_of
from kemu.extract.tables.rows import whose
from kemu.extract.tables.rows.reading import Rows
from kemu.extract.tables.rows.row import Row
from kemu.extract.tables.rows.units import Units
from kemu.extract.tables.sheet import Block, Sheet
from kemu.extract.tables.told_apart import tell_apart
from kemu.extract.words import lexicon, numbers
from kemu.extract.words.context import Context
from kemu.extract.words.keys import SUBJECT, combine
from kemu.extract.words.names import owners
from kemu.model import dimensions, figures
from kemu.model.document import Cell, Table
from kemu.model.facts import (
    ALL,
    UNDETERMINED,
    BlankCell,
    CodeMention,
    Fact,
    Key,
    Unbound,
)
from kemu.model.language import Dimension, Says

_STRONG = ("fund", "nature", "flow", "carry", "item", "functional", "dept_economic", "phase")
_LISTED = dimensions.divided_by("item", "project")


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
        self.columns = subjects.subjects(self.columns, title, context)
        heads = [text for c in self.columns for text in c.path if units.knows(text)]
        self.columns = subjects.units(
            self.columns, units.knows, lambda unit: units.says(units.id(unit), map(units.id, heads))
        )
        scheme = titles.scheme_of(title, self.columns, table, context)
        says = titles.title_says(title, context) or {
            d: m for d, m in section.says.items() if d in titles.SAYS
        }
        says = {**says, **units.holder(table.place.table)}
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
        for band in header.bands(self.columns):
            self.sheet.blocks.append(self._block(band))
        self._split_funds()
        for block in self.sheet.blocks:
            tell_apart(block, self.table.place.table)
        return self.sheet

    def _split_funds(self) -> None:
        """Take 其他资金 as what is left where the table also splits off 财政专户."""
        facts = [fact.key for block in self.sheet.blocks for fact in block.facts.values()]
        blanks = [cell.key for block in self.sheet.blocks for cell in block.blanks.values()]
        means = lexicon.beside(key.fund for key in (*facts, *blanks))

        def meant(key: Key) -> Key:
            return key.but({"fund": means.get(key.fund, key.fund)})

        for block in self.sheet.blocks if means else ():
            block.facts = {p: replace(f, key=meant(f.key)) for p, f in block.facts.items()}
            block.blanks = {p: replace(c, key=meant(c.key)) for p, c in block.blanks.items()}

    def _digits(self) -> int:
        """Return the decimals that a table in 万元 plainly works with where it drops zeros."""
        if figures.factors().get(self.sheet.unit, 1) == 1:
            return 0
        printed = [
            text
            for row in self.table.rows[self.height :]
            for text in (figures.signed(cell.text) for cell in row)
            if text and numbers.decimal(text)
        ]
        return numbers.plain_digits(printed)

    # Rows and cells -----------------------------------------------------------------------

    def _block(self, band: Band) -> Block:
        block = Block(band, [])
        scheme = words.scheme(" ".join(c.title for c in band.keys)) or self.sheet.scheme
        nature = self.sheet.says.get("nature", ALL)
        projects = self._lists_projects(band)
        reader = Rows(self.context, band, scheme, self.units, projects=projects, nature=nature)
        head = self.table.grid[: self.height]
        for index in range(self.height, len(self.table.grid)):
            cells = self.table.grid[index]
            blank = not any(cell is not None and cell.text for cell in cells)
            if blank or header.is_index_row(cells) or header.repeats_head(cells, head):
                continue
            row = reader.read(index, cells)
            if row.kind == "blank" and self._repeats_total(block, row, cells):
                row = replace(row, kind="total", label="")
            block.rows.append(row)
        if not band.keys and len([row for row in block.rows if not row.label]) > 1:
            # The column that names the rows was lost: none of them is the one total.
            block.rows = [replace(r, kind="blank") if not r.label else r for r in block.rows]
        lines = numbers_of.lines(block.rows, band, self.table.grid)
        block.rows = numbers_of.restated(whose.settle(block.rows, band, lines), lines)
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
        printed = figures.signed(cell.text)
        key = self._key(block, row, column)
        unclear = row.kind in ("unknown", "blank") or bool(column.unknown) or self.height == 0
        self._tell(cell, row, column)
        if printed is None:
            if words.is_blank(cell.text):
                if not unclear:
                    block.blanks[at] = BlankCell(
                        f"{cell.place.slug}/blank", key, cell.place, row.label, column.title
                    )
            else:
                self._unbound(cell, row, column, "notANumber")
            return
        if numbers.of_counts(row.label):
            return self._unbound(cell, row, column, "noMeaning")
        amount = numbers.money(printed, self.sheet.unit, self._finest)
        if amount is None:
            return self._unbound(cell, row, column, "outOfRange" if self.sheet.unit else "noUnit")
        if unclear or self.table.broken:
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

    def _tell(self, cell: Cell, row: Row, column: Column) -> None:
        """Tell the trace what binds a cell."""
        trace, unknown = self.context.trace, {"": "、".join(filter(None, column.unknown))}
        trace.at(cell.place)
        trace.note("title", self.sheet.title, self.sheet.says)
        trace.note("column", column.title, column.reading.says)
        trace.note(
            "unknown", column.title if column.unknown else "", unknown if column.unknown else None
        )
        trace.note("row", f"{row.printed} {row.label}".strip(), row.says)
        trace.note("open", says=dict.fromkeys(self.open, UNDETERMINED))

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
        if "year" in row.own:
            merged["year"] = row.own["year"]
        if column.reading.years:
            merged["year"] = column.reading.years[-1]
        if row.organisation == UNDETERMINED:
            merged["organisation"] = UNDETERMINED
        elif row.organisation and row.kind != "total":
            listed = {r.organisation for r in block.rows if r.organisation}
            merged |= self.units.says(row.organisation, listed)
        key = titles.opened(self.context.keys.key(merged), merged, self.open)
        return key.but(dict.fromkeys(conflict, UNDETERMINED)) if conflict else key

    def _column_says(self, block: Block, column: Column) -> dict[Dimension, str]:
        says = dict(column.reading.says)
        if self._spends() and says.get("flow") == "revenue" and self._names_source(column):
            says["flow"] = "expenditure"
        income = (says.get("flow") or self.sheet.says.get("flow")) == "revenue"
        if income and column.path and figures.is_total(column.path[-1]) and "carry" not in says:
            above = len(column.path) - 1
            widest = all(c.path[:above] == column.path[:above] for c in block.band.amounts)
            carries = {c.reading.says.get("carry") for c in block.band.amounts}
            if widest and carries & {"carriedOver", "surplusUsed"}:
                says |= {"item": "grandTotal", "carry": ALL, "flow": "revenue"}
        if self.whole and "item" not in says and _only_total(column, block.band.amounts):
            says["item"] = self.whole
        if "item" not in says and self._holds_more(column, block.band.amounts):
            heads = "、".join(_beside(column, block.band.amounts))
            says["item"] = titles.whole_of(heads, self.context) or UNDETERMINED
        return says

    def _holds_more(self, column: Column, columns: Sequence[Column]) -> bool:
        """Tell whether a total's parts name items beyond the title's (三公 beside 会议费)."""
        whole = self.sheet.says.get("item", ALL)
        if whole in (ALL, UNDETERMINED) or not _only_total(column, columns):
            return False
        readings = [self.context.lexicon.read(head) for head in _beside(column, columns)]
        items = {reading.says["item"] for reading in readings if "item" in reading.says}
        return whole in items and any(
            item != whole and not dimensions.is_narrower("item", item, whole) for item in items
        )

    def _spends(self) -> bool:
        """Tell whether the title speaks of spending: its flow, purchases, basic spending, projects.

        Its columns may be named by where the money comes from (事业收入); it is spent all the same.
        """
        says = self.sheet.says
        part = says.get("nature", ALL) != ALL or says.get("item") in _LISTED
        return says.get("flow") == "expenditure" or ("flow" not in says and part)

    def _names_source(self, column: Column) -> bool:
        """Tell whether 收入 stands in a column's head only within the name of a source."""
        levels = [self.context.lexicon.read(text).says for text in column.path]
        return all("fund" in says for says in levels if says.get("flow") == "revenue")

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
        """Add a sighting; a cell merged over rows is one sighting for the amounts of all.

        One that reaches under the columns beside its own is what it is under its own.
        """
        index = self._sightings.setdefault(mention.slug, len(self.sheet.mentions))
        if index == len(self.sheet.mentions):
            self.sheet.mentions.append(mention)
            return
        other = self.sheet.mentions[index]
        if (other.scheme, other.code) == (mention.scheme, mention.code):
            self.sheet.mentions[index] = replace(other, facts=(*other.facts, *mention.facts))


def _with_row(says: Says, row: Says, column: Says) -> tuple[dict[Dimension, str], list[Dimension]]:
    """Return what column and row say together, and the dimensions in which they contradict."""
    merged = dict(says)
    conflict: list[Dimension] = []
    for dimension, member in row.items():
        old = says.get(dimension, member)
        narrower = old in ("grandTotal", ALL) or dimensions.is_narrower(dimension, member, old)
        if old == member or dimension not in column or narrower:
            merged[dimension] = member
        elif not dimensions.is_narrower(dimension, old, member) and dimension in _STRONG:
            conflict.append(dimension)
    return merged, conflict


def _beside(column: Column, columns: Sequence[Column]) -> list[str]:
    """Return the heads that stand beside a column's own, under the same heads."""
    depth = len(column.path) - 1
    under = [c for c in columns if c.path[:depth] == column.path[:depth] and len(c.path) > depth]
    return list(dict.fromkeys(c.path[depth] for c in under if c is not column))


def _only_total(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether a column is the one total among those under the same header."""
    beside = [c for c in columns if c.path[:-1] == column.path[:-1] and c.path]
    totals = [c for c in beside if figures.is_total(c.path[-1])]
    return len(totals) == 1 and totals[0] is column


def _kept(row: Row, merged: Says) -> dict[Dimension, str]:
    """Return what a row itself says, as merged with its column."""
    return {d: merged[d] for d in row.own if d in merged and (d in SUBJECT or d in _STRONG)}
