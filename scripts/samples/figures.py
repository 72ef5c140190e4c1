"""The figures behind a sample: amounts by code, and the sums, shares and rates that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
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
    """One 项 of the functional classification and what is spent on it.

    Attributes:
        code: Its seven digits.
        name: Its name.
        fund: `general` (一般公共预算) or `fund` (政府性基金预算).
        basic: 基本支出.
        public: 公用经费, part of the basic spending.
        project: 项目支出 from 财政拨款.
        other: 项目支出 from 其他收入.
        last: 财政拨款 of the year before, or the budget of a final account's year.
        use: 主要用于.
        gloss: What the term means.
        reason: Why it changed.
    """

    code: str
    name: str
    fund: str = "general"
    basic: Decimal = ZERO
    public: Decimal = ZERO
    project: Decimal = ZERO
    other: Decimal = ZERO
    last: Decimal = ZERO
    use: str = ""
    gloss: str = ""
    reason: str = ""

    @classmethod
    def of(cls, source: dict[str, str]) -> Item:
        """Return the item of a source's table."""
        texts = {"code", "name", "fund", "use", "gloss", "reason"}
        known = {field.name for field in fields(cls)}
        assert source.keys() <= known, source.keys() - known
        return cls(**{k: v if k in texts else Decimal(v) for k, v in source.items()})

    @property
    def fiscal(self) -> Decimal:
        """财政拨款支出."""
        return self.basic + self.project

    @property
    def personnel(self) -> Decimal:
        """人员经费."""
        return self.basic - self.public

    @property
    def all_projects(self) -> Decimal:
        """项目支出 from all sources."""
        return self.project + self.other

    @property
    def total(self) -> Decimal:
        """Spending from all sources."""
        return self.fiscal + self.other


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
        self.items = [Item.of(item) for item in source["item"]]
        self.basic = {code: Decimal(v) for code, v in source["basic"].items()}
        self.projects = [
            Project(p["name"], p["item"], {c: Decimal(v) for c, v in p["economic"].items()},
                    p.get("goal", ""), tuple(tuple(t) for t in p.get("targets", ())))
            for p in source.get("project", ())
        ]  # fmt: skip
        self.last = {name: Decimal(v) for name, v in source["last"].items()}
        self._agree()

    def _agree(self) -> None:
        """Raise unless the two views of basic and project spending agree."""
        assert sum(self.basic.values()) == self.total_basic, (
            sum(self.basic.values()), self.total_basic)  # fmt: skip
        public = self.sum("public")
        assert public in (ZERO, self.public), (public, self.public)
        for item in self.items:
            own = sum((p.total for p in self.projects if p.item == item.code), ZERO)
            assert item.project == own, (item, own)

    def sum(self, nature: str, prefix: str = "", fund: str = "") -> Decimal:
        """Return the sum of an item's attribute over a 类 or 款, and a fund."""
        return sum(
            (
                getattr(item, nature)
                for item in self.items
                if item.code.startswith(prefix) and fund in ("", item.fund)
            ),
            ZERO,
        )

    @property
    def total_basic(self) -> Decimal:
        """基本支出."""
        return self.sum("basic")

    @property
    def total_project(self) -> Decimal:
        """项目支出 from 财政拨款."""
        return self.sum("project")

    @property
    def total(self) -> Decimal:
        """支出总计."""
        return self.sum("total")

    def economic(self, code: str, nature: str = "total") -> Decimal:
        """Return the sum over economic codes that start with `code`, 财政拨款 only."""
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

    def tree(self, fund: str = "") -> Iterator[tuple[str, str]]:
        """Yield code and name of every 类, 款 and 项 in the order of the codes."""
        seen: set[str] = set()
        for item in sorted(self.items, key=lambda item: item.code):
            if fund not in ("", item.fund):
                continue
            for length in (3, 5, 7):
                code = item.code[:length]
                if code not in seen:
                    seen.add(code)
                    yield code, item.name if length == 7 else self.names[code]

    def path(self, code: str, levels: int = 3) -> str:
        """Return `X（类）Y（款）Z（项）` of an item, or the last two levels of it."""
        item = next(i for i in self.items if i.code == code)
        kuan = f"{self.names[code[:5]]}（款）{item.name}（项）"
        return f"{self.names[code[:3]]}（类）{kuan}" if levels == 3 else kuan
