"""Blocks in reading order, numbered alike in every format.

Readers of marked-up formats hand over paragraphs and cells as stored; here they get their
ordinals, lines cut inside a sentence are joined as in a text file, and the lines above a table
that belong to it become its captions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kemu.model.document import Block, Paragraph, Place, Table
from kemu.read.blocks import grids
from kemu.read.blocks.captions import NUMBER, is_above, is_note, is_title
from kemu.read.blocks.lines import Line, are_cut, paragraphs, wrap_of
from kemu.read.blocks.normalise import content


def _numbers(block: Paragraph, below: Sequence[Paragraph]) -> bool:
    """Return whether a paragraph is the number of the table whose title is next below it."""
    return (
        bool(below) and is_title(below[0].content.text) and bool(NUMBER.match(block.content.text))
    )


@dataclass
class Flow:
    """Collects the blocks of one document."""

    blocks: list[Block] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _addresses: list[str] = field(default_factory=list)
    _tables: int = 0

    def paragraph(self, raw: str, address: str, level: int | None = None) -> None:
        """Add a paragraph as stored; a heading stands alone, others may go on with the next."""
        if level is not None:
            self._flush()
            self._add(raw, address, level)
            return
        for line in raw.split("\n"):
            self._addresses.append(address)
            self._lines.append(Line(len(self._addresses), line))

    def table(
        self,
        cells: Sequence[grids.Printed],
        address: str,
        *,
        title: str = "",
        adopt: bool = True,
        drop_blank: bool = False,
        blank: grids.Address | None = None,
        broken: str = "",
    ) -> None:
        """Add a table as stored; one that is none becomes paragraphs.

        Args:
            cells: As stored.
            address: Of the table in the file's own terms.
            title: A name that the file gives the table beside its printed title.
            adopt: Whether paragraphs above that are its title or unit become captions.
            drop_blank: See `kemu.read.grid.table`.
            blank: See there.
            broken: See there.
        """
        self._flush()
        above: list[Paragraph] = []
        while adopt and self.blocks and isinstance(last := self.blocks[-1], Paragraph):
            if not (is_above(last, above) or _numbers(last, above)):
                break
            above.insert(0, last)
            self.blocks.pop()
        ordinal, number = self._next() + len(above), self._tables + 1
        named = [Paragraph(Place(table=number, row=0, address=address), content(title))]
        table = grids.table(
            cells,
            number,
            ordinal,
            address=address,
            above=[*above, *(named if title else ())],
            drop_blank=drop_blank,
            blank=blank,
            broken=broken,
        )
        if table is None:
            self.blocks += above
            for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
                self.paragraph(cell.raw, cell.address)
            return
        self._tables += 1
        self.blocks.append(table)

    def finish(self) -> tuple[Block, ...]:
        """Return the blocks."""
        self._flush()
        return tuple(self.blocks)

    def _next(self) -> int:
        return (self.blocks[-1].place.paragraph or 0) + 1 if self.blocks else 1

    def _flush(self) -> None:
        wrap, cut = wrap_of(self._lines), are_cut(self._lines)
        for group in paragraphs(self._lines, wrap, cut=cut):
            self._add("\n".join(line.raw for line in group), self._addresses[group[0].number - 1])
        self._lines.clear()

    def _add(self, raw: str, address: str, level: int | None = None) -> None:
        text = content(raw)
        if not text.text:
            return
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Table) and is_note(text.text):
            column = len(last.captions) + 1
            place = Place(table=last.place.table, row=0, column=column, address=address)
            self.blocks[-1] = replace(last, captions=(*last.captions, Paragraph(place, text)))
            return
        place = Place(paragraph=self._next(), address=address)
        self.blocks.append(Paragraph(place, text, level))
