"""The units that a document's tables list: codes, names, and which row is whose.

A department and its own office may bear one name: 242 is the department, 242001 its 本级. The code
tells them apart, and the level of consolidation goes into the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kemu.extract.document.organisations import OWN_OFFICE
from kemu.extract.tables import words
from kemu.extract.tables.frame import holders
from kemu.extract.tables.header import columns as header
from kemu.extract.tables.header.columns import Column
from kemu.extract.tables.header.content import is_organisation
from kemu.extract.tables.label import SUM_OF, WITH_CODE
from kemu.extract.words.context import Context
from kemu.model import figures
from kemu.model.document import Cell, Table
from kemu.model.facts import Organisation
from kemu.model.language import Dimension

_TOP = 3
"""Digits of a 类: codes that begin again begin with one."""
_DIGITS = re.compile(r"^\d{3,9}$")


@dataclass(frozen=True)
class Units:
    """Codes and names of units, as the document's tables pair them.

    Attributes:
        names: Code → name.
        own: Names of the document's own organisation.
        listed: Names in columns that hold nothing but names of units.
        held: Number of a table → the organisation that its captions name, where they name several.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    held: Mapping[int | None, str] = field(default_factory=dict)

    def id(self, printed: str) -> str:
        """Return one id for what a row prints: the code where the name has exactly one."""
        codes = [code for code, name in self.names.items() if name == printed]
        return codes[0] if len(codes) == 1 else printed

    def knows(self, text: str) -> bool:
        """Tell whether a text is the name of a unit of this document."""
        plain = OWN_OFFICE.sub("", text)
        return plain in self.own or text in self.listed or text in self.names.values()

    def pairs(self, code: str, name: str) -> bool:
        """Tell whether a code and a name are those of one unit of this document."""
        return self.names.get(code) == name

    def alike(self, code: str) -> bool:
        """Tell whether a code looks like one of the units: a hotline's number or a year does not.

        Codes of units begin alike. Where none is known, any will do.
        """
        return not self.names or any(code[:3] == known[:3] for known in self.names)

    def name(self, unit: str) -> str:
        """Return a unit's name from its id."""
        return self.names.get(unit, unit)

    def below(self, unit: str) -> bool:
        """Tell whether a listed unit's code lies below another listed one."""
        return any(unit != code and unit.startswith(code) for code in self.names)

    def says(self, unit: str, listed: Iterable[str]) -> dict[Dimension, str]:
        """Return what a row's unit says of its amounts, in a table that lists `listed`.

        A table with one unit only is about the document's own organisation.
        """
        others = set(listed) - {unit}
        name = self.name(unit)
        if name not in self.own and OWN_OFFICE.sub("", name) in self.own:
            return {"consolidation": "headquarters"}
        if not others:
            return {}
        if OWN_OFFICE.sub("", name) in self.own:
            office = name not in self.own or self.below(unit) or not self._heads(unit, others)
            return {"consolidation": "headquarters"} if office else {}
        return {"organisation": name, "consolidation": "unit"}

    def holder(self, table: int | None) -> dict[Dimension, str]:
        """Return what the captions of a table say of whose money it is about."""
        name = self.held.get(table, "")
        others = [self.id(other) for other in set(self.held.values())]
        return self.says(self.id(name), others) if name else {}

    def _heads(self, unit: str, others: Iterable[str]) -> bool:
        return unit.isdigit() and all(other.startswith(unit) for other in others)

    def organisations(self, superior: str) -> list[Organisation]:
        """Return the units listed, the document's own left out."""
        return [
            Organisation(id=name, name=name, code=code, superior=superior)
            for code, name in sorted(self.names.items())
            if name not in self.own
        ]

    def code_of_own(self) -> str:
        """Return the shortest code printed for the document's own organisation, or empty."""
        return min((c for c, name in self.names.items() if name in self.own), key=len, default="")


def observe(tables: Sequence[Table], context: Context) -> Units:
    """Return the units that the tables of a document pair with codes."""
    own = frozenset(n for o in context.organisations[:1] for n in (o.name, *o.aliases))
    found: dict[str, str] = {}
    listed: set[str] = set()
    for table in tables:
        height, columns = header.read(table, context)
        codes = [c for c in columns if c.role == "unitCode"]
        names = [c for c in columns if c.role in ("unitName", "name", "projectName")]
        for row in header.body(table, height):
            texts = {
                c.index: words.code(cell.text)
                for c in columns
                if (cell := row[c.index]) is not None
            }
            for code, name in _pairs(texts, codes, names, own):
                if context.codes.resolve_code(code, name, context.year).code:
                    continue
                if _is_name(name, own, context):
                    found.setdefault(code, name)
        listed |= _only_units(table, height, columns, own, context)
        listed |= _above_codes(table, height, columns, own)
        listed |= _beside_codes(table, height, columns, own)
        listed |= _in_heads(columns, own, context)
    held = holders.holders(tables, own)
    return Units(found, own, frozenset(listed | set(held.values()) - own), held)


def _only_units(
    table: Table, height: int, columns: tuple[Column, ...], own: frozenset[str], context: Context
) -> set[str]:
    """Return the names in a table whose only naming column is that of units."""
    keys = [c for c in columns if c.role in ("unitName", "projectName", "name", "code")]
    if len(keys) != 1 or keys[0].role != "unitName" or len(keys[0].path) != 1:
        return set()
    if not keys[0].path[0].endswith("名称"):
        return set()
    texts = [
        cell.text for row in header.body(table, height) if (cell := row[keys[0].index]) is not None
    ]
    names = [text for text in texts if text and not figures.is_total(text)]
    return set(names) if names and all(_is_name(name, own, context) for name in names) else set()


def _beside_codes(
    table: Table, height: int, columns: tuple[Column, ...], own: frozenset[str]
) -> set[str]:
    """Return the names in a column of units beside what names a row, if all look like names."""
    found: set[str] = set()
    if not any(c.role in ("code", "name", "projectName") for c in columns):
        return found
    for column in (c for c in columns if c.role == "unitName"):
        cells = [row[column.index] for row in header.body(table, height)]
        texts = {cell.text for cell in cells if cell is not None and cell.text}
        names = {text for text in texts if is_organisation(text, own)}
        if names and all(text in names or figures.is_total(text) for text in texts):
            found |= names
    return found


def _above_codes(
    table: Table, height: int, columns: tuple[Column, ...], own: frozenset[str]
) -> set[str]:
    """Return the names of organisations in rows without a code above which codes end and begin.

    One such row is none: the table would have nothing that it sets apart.
    """
    codes = [c.index for c in columns if c.role == "code"]
    names = [c.index for c in columns if c.role == "name"]
    if not codes or not names:
        return set()
    rows = [
        (_first(row, codes), _first(row, names))
        for row in header.body(table, height)
        if _first(row, codes) or _first(row, names)
    ]
    found = {
        name
        for (code, name), (below, _) in pairwise(rows)
        if not code and len(words.code(below)) == _TOP and is_organisation(name, own)
    }
    return found if len(found) > 1 else set()


def _first(row: Sequence[Cell | None], columns: Sequence[int]) -> str:
    texts = (cell.text for index in columns if (cell := row[index]) is not None)
    return next((text for text in texts if text), "")


def _in_heads(columns: Sequence[Column], own: frozenset[str], context: Context) -> set[str]:
    """Return the names of units that head columns of amounts side by side, on one level."""
    amounts = [c for c in columns if c.role == "amount"]
    found: set[str] = set()
    for level in range(max((len(c.path) for c in amounts), default=0)):
        heads = {c.path[level] for c in amounts if len(c.path) > level}
        named = {text for text in heads if is_organisation(text, own)}
        if len(named) > 1:
            found |= named | {t for t in heads if not context.lexicon.read(t).understood}
    return {text for text in found if not figures.is_total(text)}


def _pairs(
    texts: Mapping[int, str], codes: list[Column], names: list[Column], own: frozenset[str]
) -> Iterable[tuple[str, str]]:
    for column in names:
        match = WITH_CODE.match(texts.get(column.index, ""))
        if match and (column.role == "unitName" or is_organisation(match["name"], own)):
            yield match["code"], match["name"]
    named = [column for column in names if column.role != "projectName"]
    if codes and named:
        code, name = texts.get(codes[0].index, ""), texts.get(named[0].index, "")
        if _DIGITS.match(code) and name:
            below = SUM_OF.match(name)
            yield code, below["name"] if below else name


def _is_name(name: str, own: frozenset[str], context: Context) -> bool:
    """Tell whether a text is a unit's name and not that of a code or of budget language."""
    if OWN_OFFICE.sub("", name) in own:
        return True
    reading = context.lexicon.read(name)
    found = (
        context.codes.resolve_name(name, context.year, (scheme,))
        for scheme in ("functional", "deptEconomic")
    )
    known = any(each.code or any(c.score == 1 for c in each.candidates) for each in found)
    return len(name) >= 4 and not reading.understood and not known
