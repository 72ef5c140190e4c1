"""A unit's money as one list of lines, in 分; every amount of a document is a sum over them.

What an amount is a sum of follows from its key alone (design.md §4), so the key of a printed
amount and its value cannot disagree, and no total is written down anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from kemu.model import dimensions
from kemu.model.facts import ALL, Key

THREE_PUBLIC = {
    "overseasTravel": ("30212",),
    "vehiclePurchase": ("31013",),
    "vehicleOperation": ("30231",),
    "reception": ("30217",),
}
_ITEMS = {
    **THREE_PUBLIC,
    "officialVehicles": ("31013", "30231"),
    "threePublic": ("30212", "31013", "30231", "30217"),
    "meetings": ("30215",),
    "training": ("30216",),
}
_PURCHASES = ("procurement", "procurementGoods", "procurementWorks", "procurementServices")


@dataclass(frozen=True, slots=True)
class Line:
    """The smallest amount: what one unit spends from one fund on one thing.

    Attributes:
        unit: Position of the unit among the department's.
        functional: Seven digits.
        economic: Five digits of the departments' 经济分类.
        government: Five digits of the government's.
        fund: Member of the fund tree that has no narrower one in this document.
        nature: `personnel`, `public` or `project`.
        project: Its name, or empty.
        carry: `current` or `carriedOver`.
        fen: The amount.
    """

    unit: int
    functional: str
    economic: str
    government: str
    fund: str
    nature: str
    project: str
    carry: str
    fen: int


@dataclass(frozen=True, slots=True)
class Stock:
    """Money of one fund and item that lies over at the turn of a year."""

    unit: int
    functional: str
    fund: str
    fen: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """One thing bought: `procurementGoods`, `procurementWorks` or `procurementServices`."""

    item: str
    fen: int


@dataclass(frozen=True)
class Book:
    """One year's money in one phase.

    Attributes:
        lines: What is spent.
        opening: What the year before left.
        closing: What is left for the next.
        purchases: What of the spending is bought by 政府采购.
    """

    lines: tuple[Line, ...]
    opening: tuple[Stock, ...] = ()
    closing: tuple[Stock, ...] = ()
    purchases: tuple[Purchase, ...] = ()

    @cached_property
    def carries(self) -> bool:
        """Whether money was carried over from the year before."""
        return any(stock.fen for stock in self.opening)

    def fen(self, key: Key, units: frozenset[int]) -> int:
        """Return the amount that a key measures for some of the units."""
        if key.item in _PURCHASES:
            return sum(
                p.fen for p in self.purchases if key.item in ("procurement", p.item)
            )  # purchases are the department's as a whole
        spent = sum(line.fen for line in self.lines if _spent(line, key, units))
        over = sum(stock.fen for stock in self.opening if _lies(stock, key, units))
        left = sum(stock.fen for stock in self.closing if _lies(stock, key, units))
        if key.carry == "carriedForward":
            return left
        if key.item == "grandTotal":
            return spent + left
        if key.flow in ("revenue", "balance"):
            return over if key.carry == "carriedOver" else spent + left - over
        return spent


def _spent(line: Line, key: Key, units: frozenset[int]) -> bool:
    carry = ALL if key.flow != "expenditure" else key.carry
    codes = _ITEMS.get(key.item)
    return (
        line.unit in units
        and line.functional.startswith(_prefix(key.functional))
        and line.economic.startswith(_prefix(key.dept_economic))
        and line.government.startswith(_prefix(key.gov_economic))
        and _within("fund", line.fund, key.fund)
        and _within("nature", line.nature, key.nature)
        and key.project in (ALL, line.project)
        and carry in (ALL, line.carry)
        and (codes is None or line.economic in codes)
        and (key.item != "organOperation" or line.nature == "public")
    )


def _lies(stock: Stock, key: Key, units: frozenset[int]) -> bool:
    return (
        stock.unit in units
        and stock.functional.startswith(_prefix(key.functional))
        and _within("fund", stock.fund, key.fund)
    )


def _prefix(code: str) -> str:
    return "" if code == ALL else code


@cache
def _within(dimension: str, part: str, whole: str) -> bool:
    if whole == "nonFiscal":
        return not _within("fund", part, "fiscalAppropriation")
    return whole in (ALL, part) or whole in dimensions.ancestors(dimension, part)


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation: its name and the code that tables print."""

    name: str
    code: str


@dataclass(frozen=True)
class Money:
    """All money that one document tells of.

    Attributes:
        year: The document's year.
        statement: `budget` or `finalAccount`.
        level: `department` or `unit`.
        name: The document's organisation.
        units: Its units; the first one is its own office (本级), or itself where it has none.
        books: (year, phase) → the money of that year in that phase.
        names: Scheme → code → the name it bears in the document's year.
    """

    year: int
    statement: str
    level: str
    name: str
    units: tuple[Unit, ...]
    books: Mapping[tuple[str, str], Book]
    names: Mapping[str, Mapping[str, str]]

    @property
    def final(self) -> bool:
        """Whether the document is a final account."""
        return self.statement == "finalAccount"

    @property
    def phase(self) -> str:
        """The phase of amounts that name none."""
        return "final" if self.final else "approved"

    @property
    def code(self) -> str:
        """The code of the document's organisation: that of its only unit, or the one above all."""
        own = self.units[0].code
        return own if len(self.units) == 1 else own[:3]

    @property
    def own(self) -> Key:
        """A key with the document's own organisation, year and phase; its flow is open."""
        level = "departmentTotal" if self.level == "department" else "unit"
        return Key(self.name, level, str(self.year), self.phase, fund=ALL)

    @property
    def book(self) -> Book:
        """The money of the document's own year."""
        return self.books[(str(self.year), self.phase)]

    def of_unit(self, index: int) -> dict[str, str]:
        """Return what the key says of one of several units."""
        if index == 0:
            return {"consolidation": "headquarters"}
        return {"organisation": self.units[index].name, "consolidation": "unit"}

    def key(self, **says: str) -> Key:
        """Return the document's key with what an amount says."""
        return replace(self.own, **says)

    def fen(self, key: Key) -> int:
        """Return the amount that a key measures."""
        if key not in self._sums:
            self._sums[key] = self.books[(key.year, key.phase)].fen(key, self._units(key))
        return self._sums[key]

    @cached_property
    def _sums(self) -> dict[Key, int]:
        return {}

    def _units(self, key: Key) -> frozenset[int]:
        if key.organisation != self.name:
            return frozenset(
                i for i, unit in enumerate(self.units) if unit.name == key.organisation
            )
        if key.consolidation == "headquarters":
            return frozenset({0})
        return frozenset(range(len(self.units)))

    def alike(self, key: Key) -> frozenset[Key]:
        """Return the keys that the same words may as well mean, for they measure the same money.

        Where nothing is carried over, this year's amount is the whole amount and a total the grand
        total; which of them a bare 合计 means, no page tells.
        """
        if key.flow not in ("revenue", "expenditure") or key.carry not in (ALL, "current"):
            return frozenset({key})
        items = (ALL, "grandTotal") if key.item in (ALL, "grandTotal") else (key.item,)
        others = [replace(key, item=i, carry=c) for i in items for c in (ALL, "current")]
        value = self.fen(key)
        same = (k for k in others if self._comparable(k) and self.fen(k) == value)
        return frozenset({key, *same})

    def _comparable(self, key: Key) -> bool:
        parts = (key.functional, key.dept_economic, key.gov_economic, key.nature, key.project)
        if key.item != "grandTotal":
            return True
        return key.carry == ALL and all(part == ALL for part in parts)


def codes(lines: Iterable[Line], digits: int) -> list[str]:
    """Return the functional codes of so many digits that lines use, in order."""
    return sorted({line.functional[:digits] for line in lines})
