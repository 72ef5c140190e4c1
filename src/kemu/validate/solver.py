"""The smallest set of printed numbers whose change restores every broken relation.

An integer program: a number may change at the price of one, a claim's stated number may be given
up at the price of one, and all rows must hold. HiGHS solves it over rows scaled to half steps. A
number is named only if every smallest set holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kemu.validate.constraints import Constraint, Numbers

MAX_NUMBERS = 1500
"""Larger neighbourhoods are not searched."""
SECONDS = 2.0
_TOLERANCE = 1e-9


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
    numbers: Numbers, rows: Sequence[Constraint], movable: Collection[str]
) -> Suspects | None:
    """Return what every smallest set of wrong numbers holds; None if there was no answer.

    Args:
        numbers: The printed numbers.
        rows: What must hold.
        movable: Slugs of the facts that may be wrong; the others stay as printed.
    """
    if not rows or len(movable) > MAX_NUMBERS:
        return None
    program = _Program(numbers, rows, sorted(movable))
    first = program.solve()
    if first is None:
        return None
    kept = [each for each in sorted(first) if program.needs(each, len(first))]
    facts = frozenset(slug for kind, slug in kept if kind == "fact")
    return Suspects(facts, frozenset(slug for kind, slug in kept if kind == "claim"))


Element = tuple[str, str]
"""`fact` or `claim`, and its slug."""


class _Program:
    """The integer program over one neighbourhood."""

    def __init__(self, numbers: Numbers, rows: Sequence[Constraint], free: Sequence[str]) -> None:
        import highspy

        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        library: Any = highspy
        self._solver: Any = library.Highs()
        self._solver.silent()
        for name, value in (
            ("mip_feasibility_tolerance", _TOLERANCE),
            ("primal_feasibility_tolerance", _TOLERANCE),
            ("time_limit", SECONDS),
            ("threads", 1),
            ("random_seed", 0),
        ):
            self._solver.setOptionValue(name, value)
        halves = [numbers.half(slug) for slug in free if numbers.half(slug) > 0]
        self._scale = min(halves, default=Decimal(1))
        self._reach = self._far(numbers, rows, free)
        self._moves: dict[str, Any] = {}
        self._chosen: dict[Element, Any] = {}
        for slug in free:
            self._move(slug)
        for slug in sorted({row.claim for row in rows if row.claim}):
            self._chosen["claim", slug] = self._solver.addBinary()
        for row in rows:
            self._row(numbers, row)

    def _far(self, numbers: Numbers, rows: Sequence[Constraint], free: Sequence[str]) -> float:
        """Return a bound, in half steps, that no sensible change exceeds."""
        known = {slug for row in rows for slug in row.terms} | set(free)
        largest = max(abs(numbers.value(slug)) for slug in known)
        return float(4 * largest / self._scale) + 10

    def _move(self, slug: str) -> None:
        move = self._solver.addVariable(lb=-self._reach, ub=self._reach)
        changed = self._solver.addBinary()
        self._solver.addConstr(move - self._reach * changed <= 0)
        self._solver.addConstr(move + self._reach * changed >= 0)
        self._moves[slug], self._chosen["fact", slug] = move, changed

    def _row(self, numbers: Numbers, row: Constraint) -> None:
        printed = sum((w * numbers.value(slug) for slug, w in row.terms.items()), Decimal(0))
        size = max(abs(weight) for weight in row.terms.values())
        moved = 0
        for slug, weight in row.terms.items():
            if slug in self._moves:
                moved += float(weight / size) * self._moves[slug]
        slack: Any = 0
        if row.claim:
            slack = 4 * self._reach * self._chosen["claim", row.claim]
        if isinstance(moved, int) and not row.claim:
            return
        if row.high is not None:
            self._solver.addConstr(moved - slack <= self._scaled(row.high - printed, size))
        if row.low is not None:
            self._solver.addConstr(moved + slack >= self._scaled(row.low - printed, size))

    def _scaled(self, value: Decimal, size: Decimal) -> float:
        return float(value / size / self._scale)

    def solve(self) -> set[Element] | None:
        """Return a smallest set, or None if there is none or it was not found in time."""
        if self._reach * _TOLERANCE > 0.1:
            return None
        self._solver.minimize(self._solver.qsum(list(self._chosen.values())))
        if self._solver.getModelStatus() != self._optimal:
            return None
        return {each for each, chosen in self._chosen.items() if self._solver.val(chosen) > 0.5}

    def needs(self, element: Element, size: int) -> bool:
        """Tell whether no set of the smallest size does without an element."""
        chosen = self._chosen[element]
        self._solver.changeColBounds(chosen.index, 0, 0)
        other = self.solve()
        proven = other is not None or self._solver.getModelStatus() == self._infeasible
        self._solver.changeColBounds(chosen.index, 0, 1)
        return proven and (other is None or len(other) > size)
