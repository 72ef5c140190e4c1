"""The figures behind a sample: amounts by code, and the sums, shares and rates that follow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

HUNDREDTH = Decimal("0.01")
ZERO = Decimal(0)


def money(value: Decimal) -> str:
    """Return an amount for a table cell: two decimals, blank for zero."""
    return f"{value:.2f}" if value else ""


def plain(value: Decimal) -> str:
    """Return an amount for a sentence without trailing zeros: `4.7`, `120`, `0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return 100·part/whole to two decimals, half up."""
    return (100 * part / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Item:
    """One 项 of the functional classification and what is spent on it."""

    code: str
    name: str
    basic: Decimal
    project: Decimal
    use: str
    gloss: str

    @property
    def total(self) -> Decimal:
        """Basic and project spending."""
        return self.basic + self.project


@dataclass(frozen=True)
class Project:
    """One project: its item, its amounts by economic code, its targets."""

    name: str
    item: str
    economic: dict[str, Decimal]
    goal: str
    targets: tuple[tuple[str, str, str, str, str, str, str], ...]

    @property
    def total(self) -> Decimal:
        """The project's amount."""
        return sum(self.economic.values(), ZERO)


class Figures:
    """All amounts of a unit's budget for one year, in 万元."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.names: dict[str, str] = source["names"]
        self.items = [
            Item(i["code"], i["name"], Decimal(i.get("basic", "0")), Decimal(i.get("project", "0")),
                 i["use"], i["gloss"])
            for i in source["item"]
        ]  # fmt: skip
        self.basic = {code: Decimal(v) for code, v in source["basic"].items()}
        self.projects = [
            Project(p["name"], p["item"], {c: Decimal(v) for c, v in p["economic"].items()},
                    p["goal"], tuple(tuple(t) for t in p.get("targets", ())))
            for p in source.get("project", ())
        ]  # fmt: skip
        self.last = {name: Decimal(v) for name, v in source["last"].items()}
        self._agree()

    def _agree(self) -> None:
        """Raise unless the two views of basic and project spending agree."""
        assert sum(self.basic.values()) == self.total_basic, (
            sum(self.basic.values()), self.total_basic)  # fmt: skip
        for item in self.items:
            assert item.project == sum(
                (p.total for p in self.projects if p.item == item.code), ZERO
            ), item

    @property
    def total_basic(self) -> Decimal:
        """基本支出."""
        return sum((i.basic for i in self.items), ZERO)

    @property
    def total_project(self) -> Decimal:
        """项目支出."""
        return sum((i.project for i in self.items), ZERO)

    @property
    def total(self) -> Decimal:
        """支出总计."""
        return self.total_basic + self.total_project

    def by_code(self, prefix: str, nature: str = "total") -> Decimal:
        """Return the sum of a nature over the items of a 类 or 款."""
        return sum((getattr(i, nature) for i in self.items if i.code.startswith(prefix)), ZERO)

    def economic(self, code: str, nature: str = "total") -> Decimal:
        """Return the sum over economic codes that start with `code`."""
        basic = sum((v for c, v in self.basic.items() if c.startswith(code)), ZERO)
        project = sum(
            (v for p in self.projects for c, v in p.economic.items() if c.startswith(code)), ZERO
        )
        return {"basic": basic, "project": project, "total": basic + project}[nature]

    @property
    def economic_codes(self) -> list[str]:
        """The economic 款 that carry an amount, in order."""
        codes = set(self.basic) | {c for p in self.projects for c in p.economic}
        return sorted(codes)

    @property
    def classes(self) -> list[str]:
        """The functional 类 that carry an amount, in order."""
        return sorted({i.code[:3] for i in self.items})

    @property
    def personnel(self) -> Decimal:
        """人员经费 of the basic spending."""
        return self.economic("301", "basic") + self.economic("303", "basic")

    @property
    def public(self) -> Decimal:
        """公用经费 of the basic spending."""
        return self.economic("302", "basic") + self.economic("310", "basic")

    def path(self, code: str) -> str:
        """Return `X（类）Y（款）Z（项）` of an item."""
        item = next(i for i in self.items if i.code == code)
        return f"{self.names[code[:3]]}（类）{self.names[code[:5]]}（款）{item.name}（项）"
