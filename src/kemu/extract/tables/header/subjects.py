"""Heads of columns that name a subject of 经济分类, or a unit: what each column is then about.

A matrix prints 功能分类 downwards and 经济分类 across (工资福利支出 > 基本工资); another one prints
a column for each unit. What a head names is told by the code table and the document's units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kemu.classification import DEPT_ECONOMIC, GOV_ECONOMIC
from kemu.classification.tables.differences import Differs
from kemu.extract.tables import words
from kemu.extract.tables.header.columns import Column, together
from kemu.extract.tables.header.heads import plain
from kemu.extract.tables.label import OF_WHICH, split
from kemu.extract.words.context import Context, field_of
from kemu.model import figures
from kemu.model.language import Dimension

_LEAST = 2
"""So many heads that only 经济分类 has make the others subjects too."""
_SAID_BY_WORDS = ("item", "flow")
_SHORTENED = frozenset({Differs.CHARACTER_MISSING})
"""What a head may leave out of the name of a 类 (机关)."""
_CODE = re.compile(r"^[35]\d\d(?:\d\d)?$")


def subjects(columns: Sequence[Column], title: str, context: Context) -> tuple[Column, ...]:
    """Return the columns; where their heads are names of 经济分类, each with its code.

    Args:
        columns: All columns of a table.
        title: Its title, which may say which of the two classifications it uses.
        context: The document's.
    """
    amounts = [c for c in columns if c.role in ("amount", "change") and c.path]
    said = words.scheme(title)
    schemes = [said] if said in (DEPT_ECONOMIC, GOV_ECONOMIC) else [DEPT_ECONOMIC, GOV_ECONOMIC]
    counted = {scheme: _named(amounts, scheme, context) for scheme in schemes}
    scheme = max(counted, key=lambda each: counted[each])
    if counted[scheme] < _LEAST:
        return tuple(columns)
    return tuple(_with_code(c, scheme, context) if c in amounts else c for c in columns)


def _named(columns: Sequence[Column], scheme: str, context: Context) -> int:
    """Return how many different subjects heads name that budget language has no item for."""
    found = set()
    for column in columns:
        leaf = column.path[-1]
        code, _ = _subject(column.path, scheme, context)
        own = bool(code) and not figures.is_total(leaf)
        if own and "item" not in _item(leaf, context):
            found.add(code)
    return len(found)


def _item(text: str, context: Context) -> dict[Dimension, str]:
    reading = context.lexicon.read(plain(text))
    return dict(reading.says) if reading.understood else {}


def _subject(path: Sequence[str], scheme: str, context: Context) -> tuple[str, list[str]]:
    """Return the code that the levels of a head lead down to, and the levels that name none."""
    code = ""
    rest = []
    for text in path:
        found = _code(OF_WHICH.sub("", text), code, scheme, context)
        code = found or code
        says = OF_WHICH.sub("", text) and not figures.is_total(text) and not words.scheme(text)
        if says and not found:
            rest.append(text)
    return code, rest


def _code(text: str, above: str, scheme: str, context: Context) -> str:
    printed, name = split(text)
    if _CODE.match(printed):
        found = context.codes.resolve_code(printed, name, context.year, scheme)
        return found.code if "nameUnknown" not in found.differences else ""
    for parent, level in ((above, None),) if above else (("", "类"), ("", None)):
        found = context.codes.resolve_name(
            text, context.year, (scheme,), parent=parent or None, level=level
        )
        if found.code and set(found.differences) <= (_SHORTENED if level else frozenset()):
            return found.code
    return ""


def _with_code(column: Column, scheme: str, context: Context) -> Column:
    code, rest = _subject(column.path, scheme, context)
    if not code:
        return column
    readings = [context.lexicon.read(plain(text)) for text in rest]
    reading = together(readings)
    says = {d: m for d, m in reading.says.items() if d not in _SAID_BY_WORDS}
    says |= {field_of(scheme): code, "flow": "expenditure"}
    unknown = tuple(t for t, r in zip(rest, readings, strict=True) if not r.understood)
    years = column.reading.years
    return replace(column, reading=replace(reading, says=says, years=years), unknown=unknown)


def units(
    columns: Sequence[Column],
    known: Callable[[str], bool],
    says: Callable[[str], dict[Dimension, str]],
) -> tuple[Column, ...]:
    """Return the columns; those under the name of a unit measure that unit's money.

    Args:
        columns: All columns of a table.
        known: Tells whether a text names a unit of the document.
        says: Returns what a unit's name says of its amounts.
    """
    named = {
        c.index: text
        for c in columns
        if c.role in ("amount", "change")
        for text in [t for t in c.path if known(t)][-1:]
    }
    if len(set(named.values())) < _LEAST:
        return tuple(columns)
    return tuple(_of_unit(c, named[c.index], says) if c.index in named else c for c in columns)


def _of_unit(column: Column, unit: str, says: Callable[[str], dict[Dimension, str]]) -> Column:
    reading = replace(column.reading, says={**column.reading.says, **says(unit)})
    return replace(column, reading=reading, unknown=tuple(t for t in column.unknown if t != unit))
