"""One table of the yearly book: which columns hold codes, names and explanations, and its rows.

The book prints codes in a column per level (类, 款, 项). A lower row prints its own two digits
only, or all levels again, or the whole code; all three are read. What is printed is kept with its
place; whether rows are missing is for `wholeness` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kemu.classification.tables.concept import LEVELS
from kemu.classification.tables.notation import digits
from kemu.model.document import Cell, Table

HEADER_ROWS = 6
"""A header stands in the first rows of a table, below its title and notes at the most."""

_CODE_WORDS = ("编码", "代码", "编号")
_NAME_WORDS = ("科目名称", "名称")
_TEXT_WORDS = ("说明", "解释", "核算内容", "反映内容")
_REMARK_WORDS = ("备注", "附注", "序号")
_DIGITS = re.compile(r"\d+")
_BRACKETS = str.maketrans("()", "（）")
_OUTER = {3: "类", 5: "款", 7: "项", 9: "目"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has what; columns count from 0.

    Attributes:
        codes: Columns of codes, from the 类 down; a single one holds whole codes.
        name: Column of names.
        text: Column of explanations, or None.
        first: First row below the header.
    """

    codes: tuple[int, ...]
    name: int
    text: int | None
    first: int


@dataclass(frozen=True, slots=True)
class BookLine:
    """One printed row of a table of the book.

    Attributes:
        parts: What the columns of codes print, blanks and dots taken out.
        name: The name, blanks and line breaks taken out, brackets of full width.
        text: The explanation.
        place: Where, for people.
    """

    parts: tuple[str, ...]
    name: str
    text: str
    place: str

    @property
    def depth(self) -> int:
        """Index of the deepest level printed; -1 if there is none."""
        return max((depth for depth, part in enumerate(self.parts) if part), default=-1)


def columns(table: Table) -> Columns | None:
    """Return where a table has codes, names and explanations; None if it has no such header."""
    grid = table.grid
    for last in range(min(HEADER_ROWS, len(grid))):
        titles = [_title(grid[: last + 1], column) for column in range(table.width)]
        found = _columns(titles, last + 1)
        below = grid[last + 1] if last + 1 < len(grid) else ()
        if found and not _continues_header(below):
            return found
    return None


def _title(rows: Sequence[Sequence[Cell | None]], column: int) -> str:
    """Return the words above a column, from top to bottom, each cell once."""
    cells = [row[column] for row in rows]
    texts = dict.fromkeys(cell.text for cell in cells if cell is not None and cell.text)
    return " ".join(_plain(text) for text in texts)


def _columns(titles: Sequence[str], first: int) -> Columns | None:
    names = [at for at, title in enumerate(titles) if any(w in title for w in _NAME_WORDS)]
    texts = [at for at, title in enumerate(titles) if any(w in title for w in _TEXT_WORDS)]
    codes = [at for at, title in enumerate(titles) if _is_code(title) and at not in names]
    left = set(range(len(titles))) - {*codes, *names, *texts}
    if len(names) != 1 or not codes or max(codes) > names[0]:
        return None
    if any(titles[at] and titles[at] not in _REMARK_WORDS for at in left):
        return None  # a table of amounts by code, not of codes
    return Columns(tuple(codes), names[0], texts[0] if texts else None, first)


def _is_code(title: str) -> bool:
    """Return whether the words above a column announce codes: 科目编码, or 类, 款, 项, 目."""
    return any(word in title for word in _CODE_WORDS) or title.split(" ")[-1] in LEVELS


def _continues_header(row: Sequence[Cell | None]) -> bool:
    texts = [_plain(cell.text) for cell in row if cell is not None and cell.text]
    return bool(texts) and all(t in LEVELS or _header_word(t) for t in texts)


def _header_word(text: str) -> bool:
    return any(text.endswith(word) for word in (*_CODE_WORDS, *_NAME_WORDS, *_TEXT_WORDS))


def lines(table: Table, found: Columns) -> Iterator[BookLine]:
    """Yield the rows below the header; repeated headers, titles and empty rows are left out."""
    for index, row in enumerate(table.grid[found.first :], start=found.first):
        if _is_title(table.rows[index], table.width):
            continue
        texts = [_plain(cell.text) if cell is not None else "" for cell in row]
        if not any(texts) or all(not t or t in LEVELS or _header_word(t) for t in texts):
            continue
        text = _joined(row[found.text]) if found.text is not None else ""
        parts = _parts(table, found, index)
        yield BookLine(parts, _name(row[found.name]), text, _place(table, index))


def _parts(table: Table, found: Columns, index: int) -> tuple[str, ...]:
    """Return the codes of a row; a merged cell counts in its first column and all its rows."""
    row = table.grid[index]
    seen: set[int] = set()
    parts = []
    for column in found.codes:
        cell = row[column]
        new = cell is not None and id(cell) not in seen
        parts.append(digits(cell.text) if cell is not None and new else "")
        seen.add(id(cell))
    return tuple(parts)


def _is_title(cells: Sequence[Cell], width: int) -> bool:
    """Return whether a row is one cell over the whole width: a heading inside the table."""
    return width > 1 and len(cells) == 1 and cells[0].colspan >= width


def _joined(cell: Cell | None) -> str:
    return cell.content.raw.replace("\n", "").strip() if cell is not None else ""


def _name(cell: Cell | None) -> str:
    """Return a name as the tables write names: no blanks, brackets of full width."""
    return "".join(cell.content.raw.split()).translate(_BRACKETS) if cell is not None else ""


def _place(table: Table, index: int) -> str:
    """Return where a row is: the sheet's row, or page, table and row."""
    for cell in table.rows[index]:
        address = cell.place.address
        if "!" in address:
            sheet, _, corner = address.partition("!")
            return f"{sheet} 第{re.sub(r'[^0-9]', '', corner)}行"
    page = next((c.place.page for c in table.rows[index] if c.place.page), table.place.page)
    start = f"第{page}页 " if page else ""
    return f"{start}表{table.place.table} 第{index + 1}行"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def whole_code(line: BookLine, above: Sequence[str]) -> tuple[str, str]:
    """Return the code that a row prints and why it cannot be told: one of the two is empty.

    Args:
        line: The row; at least one of its parts is printed.
        above: The codes that the rows above leave open, from the 类 down.
    """
    odd = next((part for part in line.parts if part and not _DIGITS.fullmatch(part)), "")
    if odd:
        return "", f"代码“{odd[:20]}”不全是数字"
    depth, own = line.depth, line.parts[line.depth]
    if len(own) in _OUTER and (len(line.parts) == 1 or depth == 0 or len(own) == 3 + 2 * depth):
        return own, ""
    if len(line.parts) == 1 or depth == 0:
        return "", f"代码“{own}”有 {len(own)} 位，应为 3、5、7 或 9 位"
    if len(own) > 2:
        return "", f"{LEVELS[depth]}一栏的“{own}”有 {len(own)} 位，应为 2 位或 {3 + 2 * depth} 位"
    printed = line.parts[:depth]
    if all(printed):
        parent = printed[0] + "".join(part[-2:] for part in printed[1:])
    elif len(above) >= depth and above[depth - 1]:
        parent = above[depth - 1]
    else:
        return "", f"上面没有它的上级（{LEVELS[depth - 1]}）一行"
    return parent + own.zfill(2), ""
