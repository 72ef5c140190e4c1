"""The header of a table: how many rows it has, and what each column is.

A column is known by its header path (texts from top to bottom). Columns form bands: the columns
that name the row, then the amounts of what they name. A 收支总表 has two bands side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.tables import words
from kemu.extract.tables.header import content
from kemu.extract.tables.header.heads import plain, stacks, whole_texts
from kemu.extract.words.context import Context, schemes
from kemu.extract.words.lexicon import Reading
from kemu.extract.words.numbering import numbering
from kemu.model import figures
from kemu.model.document import Cell, Table
from kemu.model.language import ColumnRole, Dimension

_CODE = re.compile(r"^\d{2,9}$")
_INDEX = re.compile(r"^(?:[1-9]\d?|\*+|栏次|[一二三四五六七八九十]{1,2}|[A-Z])$")
_KEYS = ("unitCode", "unitName", "projectName", "code", "name")
_LAST_YEAR = re.compile(r"^(?:上年|去年|上一年)度?(?:年初)?(?:预算|决算|执行|实际|完成)?数?$")
_WORDED: frozenset[ColumnRole] = frozenset(("text", "rate"))
_SHORT = 10
_FEW = 3
"""So many different integers tell codes from amounts."""
_SECOND_HEADER = 3
"""A row with so many header words inside a table begins another part of a form."""
_LEVEL = re.compile(r"[类款项]$")
_INDEXES = "栏次"
_SCHEMES: Mapping[str, str] = {"2": FUNCTIONAL, "3": DEPT_ECONOMIC, "5": GOV_ECONOMIC}
"""The first digit of the codes of each classification."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        index: Position in the grid, from 0.
        path: Header texts from top to bottom, repeats left out.
        cells: The header cells behind `path`.
        role: `amount`, `change`, `rate`, `count`, `empty` where nothing is printed in it, or one of
            the naming roles of graph/tables.toml.
        reading: What the path says (amount columns).
        unknown: Header texts of an amount column that are not understood; an empty one where no
            header stands above it.
        codes: The classification of the codes in it or beside it, where a table prints codes of
            several and heads them alike.
    """

    index: int
    path: tuple[str, ...]
    cells: tuple[Cell, ...]
    role: ColumnRole
    reading: Reading = field(default_factory=Reading)
    unknown: tuple[str, ...] = ()
    codes: str = ""

    @property
    def scheme(self) -> str:
        """The classification that its head speaks of or, where that names none, its codes."""
        return words.scheme(self.title) or self.codes

    @property
    def title(self) -> str:
        """The path on one line."""
        return " > ".join(self.path)


@dataclass(frozen=True)
class Band:
    """Columns that belong together: those that name a row, and the amounts of what they name."""

    keys: tuple[Column, ...]
    amounts: tuple[Column, ...]


def header_rows(table: Table) -> int:
    """Return how many rows at the top are header."""
    for index, row in enumerate(table.grid):
        if _is_data(row):
            return index
    return len(table.grid)


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    seen: list[Cell] = []
    for cell in row:
        if cell is not None and (not seen or seen[-1] is not cell):
            seen.append(cell)
    return seen


def _is_data(row: Sequence[Cell | None]) -> bool:
    """Tell whether a row belongs to the body: it has an amount, a code, or is a total or empty."""
    cells = _distinct(row)
    texts = [cell.text for cell in cells]
    filled = [text for text in texts if not words.is_blank(text)]
    if not filled:
        return not any(text for text in texts)
    if all(_INDEX.match(text) for text in filled):
        return any(_CODE.match(text) and len(text) > 2 for text in filled)
    if any(figures.signed(text) is not None and not _INDEX.match(text) for text in filled):
        return True
    if len(filled) < len(texts) and any(numbering(text) for text in filled):
        return True
    numbers = [text for text in filled if figures.signed(text) is not None]
    if numbers and len(filled) - len(numbers) <= 2:
        return True
    rest_empty = all(words.is_blank(text) for text in texts[texts.index(filled[0]) + 1 :])
    return rest_empty and len(texts) > 1 and figures.is_total(filled[0])


def is_index_row(row: Sequence[Cell | None]) -> bool:
    """Tell whether a row only numbers the columns (栏次 1 2 3)."""
    filled = [c.text for c in _distinct(row) if not words.is_blank(c.text)]
    return len(filled) > 1 and all(_INDEX.match(text) for text in filled)


def body(table: Table, height: int) -> list[tuple[Cell | None, ...]]:
    """Return the rows below the head that do not print it again."""
    head = table.grid[:height]
    return [row for row in table.grid[height:] if not repeats_head(row, head)]


def repeats_head(row: Sequence[Cell | None], head: Sequence[Sequence[Cell | None]]) -> bool:
    """Tell whether a row inside a table prints one of its head's rows again."""
    texts = [cell.text for cell in _distinct(row)]
    several = len({text for text in texts if text}) > 1
    return several and any(texts == [cell.text for cell in _distinct(line)] for line in head)


def _without_index(row: Sequence[Cell | None]) -> Sequence[Cell | None]:
    """Return a header row without the numbers of columns that share it with 类 款 项."""
    filled = [c.text for c in _distinct(row) if not words.is_blank(c.text)]
    numbered = _INDEXES in filled and all(
        _INDEX.match(text) or _LEVEL.fullmatch(text) for text in filled
    )
    return [None if c and numbered and _INDEX.match(c.text) else c for c in row]


def scored(row: Sequence[Cell | None]) -> set[int]:
    """Return the columns that a row inside a form heads with words and scores (分值, 得分).

    It is a second header: what stands below it in these columns is no amount.
    """
    cells = [c for c in _distinct(row) if words.role(c.text) in _WORDED and len(c.text) <= _SHORT]
    if len({cell.text for cell in cells}) < _SECOND_HEADER:
        return set()
    return {index for index, cell in enumerate(row) if any(cell is c for c in cells)}


def read(table: Table, context: Context) -> tuple[int, tuple[Column, ...]]:
    """Return the number of header rows and the columns."""
    height = header_rows(table)
    header = [_without_index(row) for row in table.grid[:height] if not is_index_row(row)]
    rows = body(table, height)
    columns = []
    for index, cells in enumerate(stacks(header, rows, table)):
        if cells is None:
            columns.append(Column(index, (), (), "empty"))
            continue
        cells, path = whole_texts(cells, context)
        columns.append(_column(index, path, cells, [row[index] for row in rows], context))
    named = [_by_content(column, columns, rows, context) for column in columns]
    return height, tuple(_of_this_year(_schemed(_with_names(named, rows), rows)))


def _with_names(
    columns: Sequence[Column], body: Sequence[Sequence[Cell | None]]
) -> Sequence[Column]:
    """Return the columns; where nothing names the rows, the column of words that does.

    It stands first, and its head has a word of columns that describe (收入项目类别).
    """
    if not columns or columns[0].role != "text" or any(c.role in _KEYS for c in columns):
        return columns
    texts = [cell.text for row in body if (cell := row[columns[0].index]) is not None and cell.text]
    named = len(set(texts)) > 1 and not any(figures.signed(text) for text in texts)
    return [replace(columns[0], role="name"), *columns[1:]] if named else columns


def _by_content(
    column: Column,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | None]],
    context: Context,
) -> Column:
    others = [other.role for other in columns if other is not column]
    cells = [row[column.index] for row in rows]
    return replace(column, role=content.role(column.role, others, cells, context))


def _schemed(columns: Sequence[Column], body: Sequence[Sequence[Cell | None]]) -> Sequence[Column]:
    """Return the columns; where two hold whole codes of several schemes, with the scheme of each.

    A name belongs to the codes before it.
    """
    found = {c.index: _first_digits(c, body) for c in columns if c.role == "code"}
    if len(set(filter(None, found.values()))) < 2:
        return columns
    scheme, schemed = "", []
    for column in columns:
        scheme = found.get(column.index, scheme)
        named = column.role in ("code", "name") and scheme
        schemed.append(replace(column, codes=scheme) if named else column)
    return schemed


def _first_digits(column: Column, body: Sequence[Sequence[Cell | None]]) -> str:
    """Return the scheme that the first digits of all whole codes in a column tell, or empty."""
    texts = {words.code(cell.text) for row in body if (cell := row[column.index]) is not None}
    firsts = {text[0] for text in texts if _CODE.match(text) and len(text) > 2}
    return _SCHEMES.get(firsts.pop(), "") if len(firsts) == 1 else ""


def _of_this_year(columns: Sequence[Column]) -> Sequence[Column]:
    """Return the columns; those of funds hold this year's money where carry-over has its own."""

    def says(column: Column) -> set[tuple[Dimension, str]]:
        return set(column.reading.says.items()) - {("flow", "expenditure")}

    if not any(says(c) == {("carry", "carriedOver")} for c in columns if c.role == "amount"):
        return columns
    return [
        replace(c, reading=replace(c.reading, says={**c.reading.says, "carry": "current"}))
        if c.role == "amount" and {d for d, _ in says(c)} == {"fund"}
        else c
        for c in columns
    ]


def _column(
    index: int,
    path: tuple[str, ...],
    cells: tuple[Cell, ...],
    body: Sequence[Cell | None],
    context: Context,
) -> Column:
    texts = [cell.text for cell in body if cell is not None and not words.is_blank(cell.text)]
    numbers = sum(figures.signed(text) is not None for text in texts)
    leaf = context.lexicon.read(plain(path[-1])) if path else Reading()
    role = _role(path, texts, numbers, leaf)
    if role == "amount":
        role = _coded(texts, context) or role
    if role not in ("amount", "change"):
        return Column(index, path, cells, role)
    unknown: list[str] = [] if path else [""]
    readings = []
    for level, text in enumerate(path, 1):
        if words.scheme(text) and level < len(path):
            continue  # 政府预算支出经济分类 says of which scheme the codes are, nothing of amounts
        reading = context.lexicon.read(plain(text))
        readings.append(reading)
        if not reading.understood:
            unknown.append(text)
    reading = together(readings)
    if any(_LAST_YEAR.match(text) for text in path) and context.year is not None:
        reading = replace(reading, years=(*reading.years, str(context.year - 1)))
    return Column(index, path, cells, role, reading, tuple(unknown))


def together(readings: Sequence[Reading]) -> Reading:
    """Return what all levels of a header path say; the inner one counts."""
    says: dict[Dimension, str] = {}
    years: list[str] = []
    for reading in readings:
        says.update(reading.says)
        years.extend(reading.years)
    return Reading(says, years=tuple(years))


def _role(path: tuple[str, ...], texts: list[str], numbers: int, reading: Reading) -> ColumnRole:
    title = "".join(path)
    leaf = path[-1] if path else ""
    named = words.role(leaf) or words.role(title)
    codes = sum(bool(_CODE.match(text)) for text in texts)
    mostly_numbers = numbers * 2 > len(texts)
    above = [text for text in path[:-1] if words.role(text) == "change"]
    if words.is_rate(leaf) or (words.role(leaf) != "change" and any(map(words.is_rate, above))):
        return "rate"
    if above:
        return "change"
    if reading.understood and reading.says and (mostly_numbers or not texts):
        return "amount"
    if _LEVEL.fullmatch(leaf) or named == "code":
        return "unitCode" if words.role(title) == "unitCode" else "code"
    if named in ("unitCode", "ordinal", "text", "count", "rate", "change"):
        return named
    if named in ("unitName", "projectName") and not _amounts(texts):
        return named
    if texts and not mostly_numbers:
        return "name"
    if named == "name" and (not texts or codes == len(texts)):
        return "code" if codes else "name"
    return "amount"


def _amounts(texts: Sequence[str]) -> bool:
    """Tell whether a column holds nothing but printed amounts: a name is never a number."""
    return bool(texts) and all(figures.signed(text) and not text.isdigit() for text in texts)


def _coded(texts: Sequence[str], context: Context) -> Literal["code", "unitCode", ""]:
    """Return `code` or `unitCode` for a column of integers that are all such codes, else empty.

    Such a column is never money, whatever stands above it. Codes of units begin alike.
    """
    printed = set(texts)
    if len(printed) < _FEW or not all(_CODE.match(text) for text in printed):
        return ""
    for scheme in schemes():
        if all(context.codes.get(scheme, text) for text in printed):
            return "code"
    alike = len({text[:3] for text in printed}) == 1 and len({len(t) for t in printed}) <= 2
    return "unitCode" if alike and all(len(text) in (3, 6, 9) for text in printed) else ""


def bands(columns: Sequence[Column]) -> tuple[Band, ...]:
    """Return the bands of a table that hold amounts.

    With one band of amounts all naming columns name its rows, wherever they stand.
    """
    found: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in columns:
        if column.role in ("amount", "change", "count", "rate"):
            found[-1][1].append(column)
        elif column.role in _KEYS:
            if found[-1][1]:
                found.append(([], []))
            found[-1][0].append(column)
    holding = [(keys, amounts) for keys, amounts in found if any(_is_money(a) for a in amounts)]
    if len(holding) == 1:
        keys = [column for keys, _ in found for column in keys]
        return (Band(tuple(keys), tuple(holding[0][1])),)
    return tuple(Band(tuple(keys), tuple(amounts)) for keys, amounts in holding)


def _is_money(column: Column) -> bool:
    return column.role in ("amount", "change")
