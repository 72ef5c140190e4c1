"""The smallest set of printed numbers whose change restores every broken relation.

An integer program: a printed number may change, or a claim's stated number, each at the same
price; at half as much again a broken relation may be left unexplained; all else must hold. HiGHS
solves it over rows scaled to half steps. A number is named only if every cheapest set holds it.
Limits are counts, never seconds, so that a busy machine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kemu.validate.causes.constraints import Constraint, Numbers

MAX_NUMBERS = 1000
"""Larger neighbourhoods are not searched."""
MAX_NODES = 200
"""Branches of one search tree; beyond them there is no answer.

One slip is found in a few. A table that was misread breaks many relations that no few numbers
explain, and each branch of such a tree is dear.
"""
ALL_NODES = 1000
"""Branches that all trees of a document may have together."""
_TOLERANCE = 1e-9
_SLACK = 4
_PRICES = {"fact": 2, "claim": 2, "row": 3}
_WHOLE = 0.9
"""Prices are whole numbers: what comes closer to the best price than this is the best."""
_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Suspects:
    """Numbers that every smallest explanation names.

    Attributes:
        facts: Slugs of facts.
        claims: Slugs of claims whose stated number is at fault.
    """

    facts: frozenset[str]
    claims: frozenset[str]


@dataclass(slots=True)
class Effort:
    """How many branches the searches of a document may still take."""

    left: int = ALL_NODES


def certain(
    numbers: Numbers,
    rows: Sequence[Constraint],
    broken: Collection[str],
    movable: Collection[str],
    effort: Effort,
) -> Suspects | None:
    """Return what every cheapest set of wrong numbers holds; None if there was no answer.

    Args:
        numbers: The printed numbers.
        rows: What must hold.
        broken: What of that does not, by what the rows are about.
        movable: Slugs of the facts that may be wrong; the others stay as printed.
        effort: What the document's searches may still take; what this one takes is taken off.
    """
    if not rows or len(movable) > MAX_NUMBERS:
        return None
    program = _Program(numbers, rows, frozenset(broken), sorted(movable), effort)
    first = program.solve()
    if first is None:
        return None
    named = sorted(each for each in first if each[0] != "row")
    program.cap(price(first))
    kept = [each for each in named if program.needs(each)]
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
        effort: Effort,
    ) -> None:
        self._effort = effort
        self._solver, library = _solver()
        self._optimal = library.HighsModelStatus.kOptimal
        self._infeasible = library.HighsModelStatus.kInfeasible
        self._integer = library.HighsVarType.kInteger
        halves = [numbers.half(slug) for slug in free if numbers.half(slug) > 0]
        self._scale = min(halves, default=Decimal(1))
        self._reach, self._leak = self._bounds(numbers, rows)
        self._moves: dict[str, int] = {}
        self._chosen: dict[Element, int] = {}
        for slug in free:
            self._move(slug)
        for slug in sorted({row.claim for row in rows if row.claim}):
            self._choice(("claim", slug))
        for about in sorted({row.about for row in rows} & broken):
            self._choice(("row", about))
        for row in rows:
            self._row(numbers, row)

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

    def _column(self, price: int, low: float, high: float) -> int:
        """Add a variable; returns its index."""
        self._solver.addCol(price, low, high, 0, [], [])
        return int(self._solver.getNumCol()) - 1

    def _choice(self, element: Element) -> int:
        """Add the choice of an element: 1 if it is at fault; returns its index."""
        index = self._column(_PRICES[element[0]], 0, 1)
        self._solver.changeColIntegrality(index, self._integer)
        self._chosen[element] = index
        return index

    def _bound(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """Add a constraint: a weighted sum of variables stays between two numbers."""
        self._solver.addRow(low, high, len(terms), list(terms), list(terms.values()))

    def _move(self, slug: str) -> None:
        move, changed = self._column(0, -self._reach, self._reach), self._choice(("fact", slug))
        self._bound({move: 1, changed: -self._reach}, -_INFINITE, 0)
        self._bound({move: 1, changed: self._reach}, 0, _INFINITE)
        self._moves[slug] = move

    def _row(self, numbers: Numbers, row: Constraint) -> None:
        printed, size = row.total(numbers), row.size
        moved: dict[int, float] = {}
        for slug, weight in row.terms.items():
            if slug in self._moves:
                moved[self._moves[slug]] = float(weight / size)
        loose = [
            self._chosen[each]
            for each in (("claim", row.claim), ("row", row.about))
            if each in self._chosen
        ]
        if not moved and not loose:
            return
        slack = _SLACK * self._reach
        if row.high is not None:
            high = self._scaled(row.high - printed, size)
            self._bound(moved | dict.fromkeys(loose, -slack), -_INFINITE, high)
        if row.low is not None:
            low = self._scaled(row.low - printed, size)
            self._bound(moved | dict.fromkeys(loose, slack), low, _INFINITE)

    def _scaled(self, value: Decimal, size: Decimal) -> float:
        return float(value / size / self._scale)

    def solve(self) -> set[Element] | None:
        """Return a smallest set, or None if there is none or it was not found in time."""
        if self._leak > 0.5 or self._effort.left <= 0:
            return None
        self._solver.setOptionValue("mip_max_nodes", min(MAX_NODES, self._effort.left))
        self._solver.run()
        self._effort.left -= max(1, int(self._solver.getInfo().mip_node_count))
        if self._solver.getModelStatus() != self._optimal:
            return None
        values = list(self._solver.getSolution().col_value)
        return {each for each, index in self._chosen.items() if values[index] > 0.5}

    def cap(self, cheapest: int) -> None:
        """From now on look only for sets of the lowest price."""
        prices = {index: float(_PRICES[kind]) for (kind, _), index in self._chosen.items()}
        self._bound(prices, -_INFINITE, cheapest + 0.5)

    def needs(self, element: Element) -> bool:
        """Tell whether no set of the lowest price does without an element."""
        index = self._chosen[element]
        self._solver.changeColBounds(index, 0, 0)
        tried = self._effort.left > 0
        other = self.solve()
        proven = tried and self._solver.getModelStatus() == self._infeasible
        self._solver.changeColBounds(index, 0, 1)
        return other is None and proven


def _solver() -> tuple[Any, Any]:
    """Return a solver and its library; loaded only when needed."""
    import highspy

    library: Any = highspy
    solver = library.Highs()
    solver.silent()
    for name, value in (
        ("mip_feasibility_tolerance", _TOLERANCE),
        ("primal_feasibility_tolerance", _TOLERANCE),
        ("mip_abs_gap", _WHOLE),
        ("threads", 1),
        ("random_seed", 0),
    ):
        solver.setOptionValue(name, value)
    return solver, library
