"""The smallest set of printed numbers whose change restores every broken relation.

An integer program: a printed number may change, or a claim's stated number, each at the same
price; at half as much again a broken relation may be left unexplained; all else must hold. HiGHS
solves it over rows scaled to half steps. A number is named only if every cheapest set holds it.
Limits are counts, never seconds, so that a busy machine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kemu.validate.constraints import Constraint, Numbers

MAX_NUMBERS = 1000
"""Larger neighbourhoods are not searched."""
MAX_NODES = 2000
"""Branches of the search tree; beyond them there is no answer."""
_TOLERANCE = 1e-9
_SLACK = 4
_PRICES = {"fact": 2, "claim": 2, "row": 3}


@dataclass(frozen=True, slots=True)
class Suspects:
    """Numbers that every smallest explanation names.

    Attributes:
        facts: Slugs of facts.
        claims: Slugs of claims whose stated number is at fault.
    """

    facts: frozenset[str]
    claims: frozenset[str]


def certain(
    numbers: Numbers,
    rows: Sequence[Constraint],
    broken: Collection[str],
    movable: Collection[str],
) -> Suspects | None:
    """Return what every cheapest set of wrong numbers holds; None if there was no answer.

    Args:
        numbers: The printed numbers.
        rows: What must hold.
        broken: What of that does not, by what the rows are about.
        movable: Slugs of the facts that may be wrong; the others stay as printed.
    """
    if not rows or len(movable) > MAX_NUMBERS:
        return None
    program = _Program(numbers, rows, frozenset(broken), sorted(movable))
    first = program.solve()
    if first is None:
        return None
    named = sorted(each for each in first if each[0] != "row")
    kept = [each for each in named if program.needs(each, price(first))]
    facts = frozenset(slug for kind, slug in kept if kind == "fact")
    return Suspects(facts, frozenset(slug for kind, slug in kept if kind == "claim"))


Element = tuple[str, str]
"""`fact`, `claim` or `row`, and its slug or what it is about."""


def price(elements: Iterable[Element]) -> int:
    """Return what a set costs."""
    return sum(_PRICES[kind] for kind, _ in elements)


class _Program:
    """The integer program over one neighbourhood."""

    def __init__(
        self,
        numbers: Numbers,
        rows: Sequence[Constraint],
        broken: frozenset[str],
        free: Sequence[str],
    ) -> None:
        self._solver, statuses = _solver()
        self._optimal, self._infeasible = statuses
        halves = [numbers.half(slug) for slug in free if numbers.half(slug) > 0]
        self._scale = min(halves, default=Decimal(1))
        self._reach, self._leak = self._bounds(numbers, rows)
        self._moves: dict[str, Any] = {}
        self._chosen: dict[Element, Any] = {}
        for slug in free:
            self._move(slug)
        for slug in sorted({row.claim for row in rows if row.claim}):
            self._chosen["claim", slug] = self._solver.addBinary()
        for about in sorted({row.about for row in rows} & broken):
            self._chosen["row", about] = self._solver.addBinary()
        for row in rows:
            self._row(numbers, row)
        prices = [_PRICES[kind] * each for (kind, _), each in self._chosen.items()]
        self._price = self._solver.qsum(prices)

    def _bounds(self, numbers: Numbers, rows: Sequence[Constraint]) -> tuple[float, float]:
        """Return how far numbers may move, and what of that a tolerance lets through unnoticed.

        Both in half steps. No smallest explanation moves a number further than the broken rows
        miss their intervals together. The second is a share of the least miss: above one, rows
        could seem mended by moves that the solver takes for none.
        """
        misses = [(row, miss) for row in rows if (miss := row.miss(numbers))]
        together = sum(
            (miss / min(map(abs, row.terms.values())) for row, miss in misses), Decimal(0)
        )
        widest = sum((numbers.half(slug) for row in rows for slug in row.terms), Decimal(0))
        reach = float((2 * together + widest) / self._scale) + 10
        least = min((float(miss / row.size / self._scale) for row, miss in misses), default=1.0)
        longest = max(len(row.terms) for row in rows)
        return reach, reach * _TOLERANCE * (longest + 2 * _SLACK) / least

    def _move(self, slug: str) -> None:
        move = self._solver.addVariable(lb=-self._reach, ub=self._reach)
        changed = self._solver.addBinary()
        self._solver.addConstr(move - self._reach * changed <= 0)
        self._solver.addConstr(move + self._reach * changed >= 0)
        self._moves[slug], self._chosen["fact", slug] = move, changed

    def _row(self, numbers: Numbers, row: Constraint) -> None:
        printed, size = row.total(numbers), row.size
        moved = 0
        for slug, weight in row.terms.items():
            if slug in self._moves:
                moved += float(weight / size) * self._moves[slug]
        loose = [
            self._chosen[each]
            for each in (("claim", row.claim), ("row", row.about))
            if each in self._chosen
        ]
        if isinstance(moved, int) and not loose:
            return
        slack = self._solver.qsum([_SLACK * self._reach * each for each in loose])
        if row.high is not None:
            self._solver.addConstr(moved - slack <= self._scaled(row.high - printed, size))
        if row.low is not None:
            self._solver.addConstr(moved + slack >= self._scaled(row.low - printed, size))

    def _scaled(self, value: Decimal, size: Decimal) -> float:
        return float(value / size / self._scale)

    def solve(self) -> set[Element] | None:
        """Return a smallest set, or None if there is none or it was not found in time."""
        if self._leak > 0.5:
            return None
        self._solver.minimize(self._price)
        if self._solver.getModelStatus() != self._optimal:
            return None
        return {each for each, chosen in self._chosen.items() if self._solver.val(chosen) > 0.5}

    def needs(self, element: Element, cheapest: int) -> bool:
        """Tell whether no set of the lowest price does without an element."""
        chosen = self._chosen[element]
        self._solver.changeColBounds(chosen.index, 0, 0)
        other = self.solve()
        proven = other is not None or self._solver.getModelStatus() == self._infeasible
        self._solver.changeColBounds(chosen.index, 0, 1)
        return proven and (other is None or price(other) > cheapest)


def _solver() -> tuple[Any, tuple[Any, Any]]:
    """Return a solver and its statuses for solved and infeasible; loaded only when needed."""
    import highspy

    library: Any = highspy
    solver = library.Highs()
    solver.silent()
    for name, value in (
        ("mip_feasibility_tolerance", _TOLERANCE),
        ("primal_feasibility_tolerance", _TOLERANCE),
        ("mip_max_nodes", MAX_NODES),
        ("threads", 1),
        ("random_seed", 0),
    ):
        solver.setOptionValue(name, value)
    status = library.HighsModelStatus
    return solver, (status.kOptimal, status.kInfeasible)
