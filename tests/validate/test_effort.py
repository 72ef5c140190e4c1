"""The search for causes ends: its branches are counted, over all knots of a document."""

from __future__ import annotations

import random
from decimal import Decimal

from kemu.extract import extract
from kemu.validate.causes.constraints import Constraint, Numbers
from kemu.validate.causes.solver import ALL_NODES, MAX_NODES, Effort, certain
from tests.tables.conftest import document

SIZE, SUMS, BROKEN, TERMS = 60, 40, 10, 6


def misread() -> tuple[Numbers, list[Constraint], set[str]]:
    """Return numbers of a table whose sums were taken at random: no few of them explain it."""
    draw = random.Random(1)
    rows = [["项目", "预算数"]]
    rows += [[f"项目{n}", f"{draw.randint(1000, 99999) / 100:.2f}"] for n in range(SIZE)]
    numbers = Numbers(extract(document(rows, "2025年项目支出表")))
    slugs = sorted(numbers.facts)
    sums = []
    for number in range(SUMS):
        total, *parts = draw.sample(slugs, TERMS)
        terms = {total: Decimal(-1)} | dict.fromkeys(parts, Decimal(1))
        value = sum((w * numbers.value(s) for s, w in terms.items()), Decimal(0))
        value += draw.randint(100000, 9000000) if number < BROKEN else 0
        sums.append(Constraint(f"e{number}", terms, value - 300, value + 300))
    return numbers, sums, {f"e{number}" for number in range(BROKEN)}


def test_a_misread_table_ends_without_an_answer() -> None:
    numbers, sums, broken = misread()
    effort = Effort()
    assert certain(numbers, sums, broken, sorted(numbers.facts), effort) is None
    assert ALL_NODES - MAX_NODES <= effort.left < ALL_NODES
    spent = Effort(0)
    assert certain(numbers, sums, broken, sorted(numbers.facts), spent) is None
    assert spent.left == 0
