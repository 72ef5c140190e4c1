"""Set a statement as a table: its captions, key columns, header, rows, totals and page breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.layouts.blocks import Block, Cell, Grid, Line, Printed, printed
from benchmarks.layouts.choices import Layout
from benchmarks.layouts.keys import KeyColumns
from benchmarks.layouts.model import Money
from benchmarks.layouts.statements import Column, Row, Side, Statement

_LEAST = 8
"""Rows that a table has at least if it breaks over a page."""
_NOTHING = {"blank": "", "0": "0", "—": "—"}
_UNIT_LINES = ("单位：", "金额单位：")
_ORGANISATION = {
    "department": ("部门：", "部门名称：", "编制部门："),
    "unit": ("单位名称：", "编制单位："),
}


_Line = tuple[tuple[Side, Row | None], ...]
"""What stands on each side of one row."""


@dataclass(frozen=True)
class Setter:
    """Sets the statements of one document."""

    money: Money
    layout: Layout
    seed: str

    def set(self, statement: Statement, number: int) -> list[Block]:
        """Return the captions of a table and the table, in parts where it breaks."""
        chance = random.Random(f"{self.seed}/{statement.title}")
        lines = self._lines(statement)
        captions, rows = self._captions(statement, number, chance)
        header = self._header(statement)
        width = sum(cell.cols for cell in header[0])
        top = [self._fill(row, width) for row in rows]
        parts = self._parts(lines, chance)
        grids: list[Block] = []
        for at, part in enumerate(parts):
            repeated = at == 0 or self.layout.breaks == "with header"
            head = header if repeated else []
            body = self._body(statement, part, goes_on=at > 0)
            above = top if at == 0 else []
            grids.append(
                Grid(
                    statement.title, tuple(map(tuple, [*above, *head, *body])), len(above),
                    len(head), at > 0, self.layout.breaks != "without header", self.layout.wraps,
                )
            )  # fmt: skip
        return [*captions, *grids]

    @property
    def unit(self) -> str:
        """The unit of money of tables."""
        return "万元" if self.layout.money == "万元" else "元"

    # Captions -----------------------------------------------------------------------------

    def _captions(
        self, statement: Statement, number: int, chance: random.Random
    ) -> tuple[list[Line], list[tuple[str, ...]]]:
        """Return the lines above a table, and those that are rows of it."""
        title = (
            f"{self.money.year}年{statement.title}" if chance.random() < 0.5 else statement.title
        )
        unit = chance.choice(_UNIT_LINES) + self.unit
        organisation = chance.choice(_ORGANISATION[self.money.level]) + self.money.name
        label = {"表1": f"表{number}", "公开01表": f"公开{number:02}表"}.get(self.layout.numbers)
        first = [Line((label,), "caption")] if label else []
        name = Line((title,), "name")
        whose, what = Line((organisation,), "caption"), Line((unit,), "caption")
        if self.layout.captions == "rows":
            return first, [(title,), (organisation, unit)]
        if self.layout.captions == "one line":
            return [*first, name, Line((organisation, unit), "caption")], []
        if self.layout.captions == "unit first":
            return [*first, what, name, whose], []
        if self.layout.captions == "unit in title":
            return [*first, replace(name, parts=(f"{title}（单位：{self.unit}）",)), whose], []
        return [*first, name, whose, what], []

    def _fill(self, texts: tuple[str, ...], width: int) -> list[Cell]:
        if len(texts) == 1 or width < 2:
            return [Cell("　".join(texts), cols=width, align="centre")]
        left = width // 2
        return [Cell(texts[0], cols=left), Cell(texts[1], cols=width - left, align="right")]

    # Header -------------------------------------------------------------------------------

    def _header(self, statement: Statement) -> list[list[Cell]]:
        paths: list[tuple[str, ...]] = []
        for side in statement.sides:
            above = (side.naming,) if len(self._beside(statement)) > 1 else ()
            paths += [(*above, *path) for path in self._keys(side).paths]
            paths += [(*above, *column.path) for column in side.columns]
            if len(self._beside(statement)) == 1 and len(statement.sides) > 1:
                break
        height = max(map(len, paths))
        rows = [list(_heads(paths, level, height)) for level in range(height)]
        if self.layout.ordinals == "row":
            named = len(self._keys(statement.sides[0]).paths)
            texts = ["栏次", *[""] * (named - 1)]
            texts += [str(n) for n in range(1, len(paths) - named + 1)]
            rows.append([Cell(text, align="centre") for text in texts])
        return rows

    def _keys(self, side: Side) -> KeyColumns:
        return KeyColumns(side, self.layout, self.money)

    # Body ---------------------------------------------------------------------------------

    def _beside(self, statement: Statement) -> Sequence[Side]:
        """Return the sides that stand beside each other."""
        below = (
            self.layout.overview == "below" and len({len(s.columns) for s in statement.sides}) == 1
        )
        return statement.sides[:1] if below else statement.sides

    def _lines(self, statement: Statement) -> list[_Line]:
        """Return the rows to set, each with what stands on each side."""
        sides = statement.sides
        if len(self._beside(statement)) == len(sides) == 2:
            return list(_side_by_side(*sides))
        if len(sides) == 2:
            return [
                line
                for side in sides
                for line in [
                    ((side, Row("head", side.naming)),),
                    *(((side, row),) for row in side.rows),
                ]
            ]
        (side,) = sides
        rows = [row for row in side.rows if row.kind != "total"]
        totals = [row for row in side.rows if row.kind == "total"]
        if self._keys(side).unit_column:
            rows = [row for row in rows if row.kind != "unit"]
        below = self.layout.totals == "below"
        return [((side, row),) for row in ([*rows, *totals] if below else [*totals, *rows])]

    def _parts(self, lines: list[_Line], chance: random.Random) -> list[list[_Line]]:
        if self.layout.breaks == "none" or len(lines) < _LEAST:
            return [lines]
        cut = chance.randint(2, len(lines) - 2)
        return [lines[:cut], lines[cut:]]

    def _body(
        self,
        statement: Statement,
        lines: Sequence[_Line],
        *,
        goes_on: bool,
    ) -> list[list[Cell]]:
        numbers: dict[int, list[int]] = {}
        body = []
        for at, line in enumerate(lines):
            cells: list[Cell] = []
            for index, (side, row) in enumerate(line):
                keys = self._keys(side)
                before = [other[index][1] for other in lines[:at]]
                after = [other[index][1] for other in lines[at:]]
                count = numbers.setdefault(index + 10 * statement.sides.index(side), [0, 0, 0])
                cells += keys.cells(row, count, before, after, goes_on=goes_on)
                cells += [self._amount(statement, row, column) for column in side.columns]
            body.append(cells)
        return body

    def _amount(self, statement: Statement, row: Row | None, column: Column) -> Cell:
        if row is None or row.kind == "head":
            return Cell(align="right")
        says = {**statement.says, **column.says, **row.says}
        key = self.money.key(**says)
        fen = self.money.fen(key)
        thousands = self.layout.digits == "thousands"
        if column.less is not None:
            fen -= self.money.fen(self.money.key(**{**says, **column.less}))
            amount = printed(key, fen, self.unit, thousands=thousands)
            return Cell(amount.text, align="right")
        amount = self._shown(printed(key, fen, self.unit, thousands=thousands))
        text = amount.text
        return Cell(
            text, amount=amount if text[:1].isdigit() or text[:1] == "-" else None, align="right"
        )

    def _shown(self, amount: Printed) -> Printed:
        if amount.value or self.layout.zeros == "0.00":
            return amount
        return replace(amount, text=_NOTHING[self.layout.zeros])


def _side_by_side(left: Side, right: Side) -> Iterator[_Line]:
    """Yield two lists beside each other, their last three rows level."""
    ends = 3
    height = max(len(left.rows), len(right.rows)) - ends

    def padded(side: Side) -> list[Row | None]:
        body: list[Row | None] = list(side.rows[:-ends])
        return [*body, *[None] * (height - len(body)), *side.rows[-ends:]]

    for one, other in zip(padded(left), padded(right), strict=True):
        yield (left, one), (right, other)


def _heads(paths: Sequence[tuple[str, ...]], level: int, height: int) -> Iterator[Cell]:
    """Yield the header cells that start in a row: equal neighbours merge, leaves run down."""
    column = 0
    while column < len(paths):
        path = paths[column]
        if level >= len(path):
            column += 1
            continue
        last = level == len(path) - 1
        end = column + 1
        while not last and end < len(paths) and paths[end][: level + 1] == path[: level + 1]:
            end += 1
        yield Cell(
            path[level], cols=end - column, rows=height - level if last else 1, align="centre"
        )
        column = end
