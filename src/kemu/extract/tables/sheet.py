"""One table as read: its blocks, and what stands in every amount cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from kemu.extract.tables.header.columns import Band
from kemu.extract.tables.rows.row import Row
from kemu.model.document import Table
from kemu.model.facts import BlankCell, CodeMention, Fact, Span, Unbound
from kemu.model.language import Says


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
    says: Says
    unit: str
    scheme: str
    height: int
    blocks: list[Block] = field(default_factory=list)
    mentions: list[CodeMention] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    unbound: list[Unbound] = field(default_factory=list)
