"""Codes that stand in a column of another classification: 30201 under 功能分类科目编码.

Rows of tables are read by the codes of their own classification; one of another is no row, and
would be seen by nobody. Only a head that names its classification in words counts, and only in a
column most codes of which are of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kemu.extract.tables import words
from kemu.extract.words.context import Context
from kemu.model.document import Cell, Document, Table
from kemu.model.facts import CodeMention

_HEAD_ROWS = 4
_LENGTHS = (3, 5, 7)


def mentions(document: Document, context: Context) -> Iterator[CodeMention]:
    """Yield the codes of another classification than their column's, with that classification."""
    for table in document.tables:
        for column in range(table.width):
            yield from _column(table, column, context)


def _column(table: Table, column: int, context: Context) -> Iterator[CodeMention]:
    heads = [cell.text for row in table.grid[:_HEAD_ROWS] if (cell := row[column]) is not None]
    scheme = next((found for head in heads if (found := _scheme(head))), "")
    if not scheme:
        return
    cells = [row[column] for row in table.grid]
    codes = [cell for cell in cells if cell is not None and _is_code(cell)]
    own = [cell for cell in codes if scheme in context.codes.domain(words.code(cell.text))]
    foreign = [cell for cell in codes if cell not in own and _known(cell, context)]
    if len(foreign) < len(own):
        yield from (_mention(cell, scheme, context) for cell in foreign)


def _scheme(head: str) -> str:
    return words.scheme(head) if words.role(head) == "code" else ""


def _is_code(cell: Cell) -> bool:
    code = words.code(cell.text)
    return code.isdigit() and len(code) in _LENGTHS


def _known(cell: Cell, context: Context) -> bool:
    code = words.code(cell.text)
    return any(context.codes.get(scheme, code) for scheme in context.codes.domain(code))


def _mention(cell: Cell, scheme: str, context: Context) -> CodeMention:
    return CodeMention(
        slug=f"{cell.place.slug}/foreignCode",
        place=cell.place,
        scheme=scheme,
        year=context.identity.year,
        printed_code=words.code(cell.text),
    )
