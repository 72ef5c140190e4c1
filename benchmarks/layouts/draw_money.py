"""Draw a unit's money by seed: invented places and names, codes and names from the code tables."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from benchmarks.layouts.model import Book, Line, Money, Purchase, Stock, Unit
from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, load
from kemu.classification.tables.rows import rows

_PLACES = ("云岫市", "青溪县", "澜平区", "望川市", "松河县", "临岚区")
_TRADES = {
    "20106": "财政局", "20108": "审计局", "20126": "档案馆", "20138": "市场监督管理局",
    "20406": "司法局", "20701": "文化和旅游局", "20801": "人力资源和社会保障局", "20802": "民政局",
    "21301": "农业农村局", "21303": "水务局", "21401": "交通运输局", "22401": "应急管理局",
}  # fmt: skip
_UNITS = ("综合服务中心", "事务管理站", "信息中心", "执法大队", "培训中心", "事业发展中心")
_WORK = ("基层能力提升", "业务用房修缮", "信息系统运维", "专项整治行动", "宣传活动", "档案整理")
_ENDS = ("经费", "项目", "专项")
_PERSONNEL = ("30101", "30102", "30103", "30107", "30199")
_PUBLIC = ("30201", "30202", "30207", "30211", "30213", "30215", "30216", "30217", "30228",
           "30229", "30231", "30239", "30299")  # fmt: skip
_PROJECT = ("30201", "30226", "30227", "30214", "31002", "31007")
_WELFARE = (
    ("2080505", "30108", "general"), ("2080506", "30109", "general"),
    ("2101101", "30110", "office"), ("2101102", "30110", "other"), ("2101103", "30111", "office"),
    ("2210201", "30113", "general"), ("2080501", "30302", "office"),
)  # fmt: skip
_LAND = "21208"
_YEARS = range(2020, 2027)


@cache
def names(scheme: str, year: int) -> dict[str, str]:
    """Return the names that surely hold in a year: printed beside their code in good sources."""
    edition = load().edition(scheme, year)
    return {c.notation: c.name for c in edition if c.confidence == "A"}


@cache
def government(code: str, institution: bool) -> str:
    """Return the government's 经济分类 of a department's code: of an office or an institution."""
    listed = [row["gov_code"] for row in rows("economic_mapping.csv") if row["dept_code"] == code]
    fitting = [gov for gov in listed if (gov[:3] in ("505", "506")) == institution]
    return min(fitting or listed)


def money(
    seed: int | str,
    *,
    statement: str | None = None,
    units: bool = False,
    carried: bool = False,
    grain: int = 10_000,
) -> Money:
    """Return a unit's money.

    Args:
        seed: The same seed gives the same money.
        statement: `budget` or `finalAccount`, drawn if not given.
        units: Whether a department with several units.
        carried: Whether money is carried over.
        grain: All amounts are multiples of so many 分; 1 makes 万元 tables round.
    """
    draw = random.Random(f"money/{seed}")
    year = draw.choice(_YEARS)
    statement = statement or draw.choice(("budget", "finalAccount"))
    trades = [trade for trade in _TRADES if _items(trade, year)]
    trade = draw.choice(trades)
    place = draw.choice(_PLACES)
    name = place + _TRADES[trade]
    below = draw.sample(_UNITS, draw.randint(2, 3)) if units else []
    code = str(draw.randint(301, 599))
    listed = tuple(
        Unit(text, f"{code}{number:03}")
        for number, text in enumerate([name, *(place + unit for unit in below)], 1)
    )
    maker = _Lines(draw, year, trade, len(listed), grain, statement == "budget" and carried)
    lines = tuple(maker.lines())
    final = statement == "finalAccount"
    phase = "final" if final else "approved"
    book = _book(draw, lines, grain, carried=carried, final=final)
    books = {
        (str(year), phase): book,
        (str(year - 1), phase): _book(
            draw, _moved(draw, lines, grain), grain, carried=carried, final=final
        ),
    }
    if final:
        books[(str(year), "approved")] = Book(tuple(_planned(draw, lines, grain)))
    level = "department" if units or draw.random() < 0.5 else "unit"
    known = {scheme: names(scheme, year) for scheme in (FUNCTIONAL, DEPT_ECONOMIC, GOV_ECONOMIC)}
    return Money(year, statement, level, name, listed, books, known)


def _items(trade: str, year: int) -> list[str]:
    """Return a 款's items for projects, none where the year's names do not hold its office."""
    known = names(FUNCTIONAL, year)
    if f"{trade}01" not in known or trade not in known or known[f"{trade}01"] != "行政运行":
        return []
    return [code for code in known if code.startswith(trade) and len(code) == 7 and code[5:] > "03"]


class _Lines:
    """Draws the lines of one year."""

    def __init__(
        self, draw: random.Random, year: int, trade: str, units: int, grain: int, carried: bool
    ) -> None:
        self.draw, self.year, self.trade, self.units = draw, year, trade, units
        self.grain, self.carried = grain, carried
        self.functional, self.economic = names(FUNCTIONAL, year), names(DEPT_ECONOMIC, year)

    def lines(self) -> Iterator[Line]:
        """Yield all lines of all units."""
        for unit in range(self.units):
            yield from self._running(unit)
            yield from self._welfare(unit)
            yield from self._projects(unit)
        yield from self._land()

    def _fen(self, low: int, high: int) -> int:
        """Return an amount between two in 万元, no round one."""
        return self.draw.randint(low * 1_000_000, high * 1_000_000) // self.grain * self.grain + (
            self.grain
        )

    def _running(self, unit: int) -> Iterator[Line]:
        items = _items(self.trade, self.year)
        run = f"{self.trade}01"
        if unit:
            run = next((c for c in items if self.functional[c] == "事业运行"), items[-1])
        some = self.draw.sample(_PUBLIC, self.draw.randint(5, 8))
        for nature, codes, high in (("personnel", _PERSONNEL, 180), ("public", some, 12)):
            for code in sorted(c for c in codes if c in self.economic):
                fen = self._fen(1, high)
                yield Line(
                    unit,
                    run,
                    code,
                    government(code, unit > 0),
                    "generalPublicBudget",
                    nature,
                    "",
                    "current",
                    fen,
                )

    def _welfare(self, unit: int) -> Iterator[Line]:
        for item, code, whose in _WELFARE:
            fits = whose == "general" or (whose == "office") == (unit == 0)
            if fits and item in self.functional and code in self.economic:
                fen = self._fen(3, 90)
                fund = "generalPublicBudget"
                yield Line(
                    unit,
                    item,
                    code,
                    government(code, unit > 0),
                    fund,
                    "personnel",
                    "",
                    "current",
                    fen,
                )

    def _projects(self, unit: int) -> Iterator[Line]:
        items = _items(self.trade, self.year)
        some = sorted(self.draw.sample(items, min(len(items), 2)))
        works = self.draw.sample(_WORK, len(some) + 1)
        for number, work in enumerate(works):
            item, project = some[number % len(some)], work + self.draw.choice(_ENDS)
            own = number == len(works) - 1
            fund = "otherIncome" if own else "generalPublicBudget"
            carry = "carriedOver" if self.carried and number == 0 else "current"
            for code in sorted(self.draw.sample(_PROJECT, self.draw.randint(1, 2))):
                fen = self._fen(2, 300)
                yield Line(
                    unit,
                    item,
                    code,
                    government(code, unit > 0),
                    fund,
                    "project",
                    project,
                    carry,
                    fen,
                )

    def _land(self) -> Iterator[Line]:
        """Yield a project from 政府性基金 in every second document."""
        items = [c for c in self.functional if c.startswith(_LAND) and len(c) == 7]
        if items and self.draw.random() < 0.5:
            item, code = self.draw.choice(items), self.draw.choice(_PROJECT)
            fen = self._fen(20, 400)
            yield Line(
                0,
                item,
                code,
                government(code, False),
                "governmentFund",
                "project",
                "配套设施建设",
                "current",
                fen,
            )


def _book(
    draw: random.Random, lines: tuple[Line, ...], grain: int, *, carried: bool, final: bool
) -> Book:
    """Return lines with what lies over before and after, and what of them is bought."""
    if final and carried:
        opening, closing = (tuple(_stocks(draw, lines, grain)) for _ in range(2))
    else:
        moved = [line for line in lines if line.carry == "carriedOver"]
        opening = tuple(Stock(x.unit, x.functional, x.fund, x.fen) for x in moved)
        closing = ()
    kinds = ("procurementGoods", "procurementServices", "procurementWorks")
    bought = tuple(
        Purchase(kind, draw.randint(1, 4000) * max(grain, 10_000))
        for kind in kinds[: draw.randint(2, 3)]
    )
    return Book(lines, opening, closing, bought)


def _stocks(draw: random.Random, lines: Sequence[Line], grain: int) -> Iterator[Stock]:
    """Yield a part of the money of some projects."""
    for line in lines:
        if line.nature == "project" and line.fund == "generalPublicBudget":
            fen = line.fen * draw.randint(5, 40) // 100 // grain * grain
            yield Stock(line.unit, line.functional, line.fund, fen)


def _moved(draw: random.Random, lines: Sequence[Line], grain: int) -> tuple[Line, ...]:
    """Return the lines of the year before: the same, more or less of each."""
    return tuple(
        replace(line, fen=line.fen * draw.randint(70, 130) // 100 // grain * grain + grain)
        for line in lines
    )


def _planned(draw: random.Random, lines: Sequence[Line], grain: int) -> Iterator[Line]:
    """Yield what had been planned for each line of a final account: no less."""
    for line in lines:
        more = line.fen * draw.randint(0, 20) // 100 // grain * grain
        yield replace(line, fen=line.fen + more)
