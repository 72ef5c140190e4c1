"""When two keys of one document must measure the same money.

A unit that lives on one fund and carries nothing over prints the same amount as 支出总额, as
财政拨款支出 and as 一般公共预算当年拨款支出. Whether it does so is observed from what the document
prints: its income is all of that fund, and its grand total is this year's income. Only then are
keys reduced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kemu.model import dimensions
from kemu.model.facts import ALL, Fact, Key


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a document's keys may be reduced by.

    Attributes:
        sole_fund: The fund that all income is of, or empty.
        carries_over: Whether money of other years is, or may be, involved.
    """

    sole_fund: str = ""
    carries_over: bool = True

    def reduce(self, key: Key) -> Key:
        """Return the widest key that measures the same money; the key itself if none is known."""
        if self.carries_over:
            return key
        if self.sole_fund and _covers(key.fund, self.sole_fund):
            key = replace(key, fund=ALL)
        if key.carry == "current":
            key = replace(key, carry=ALL)
        if key.flow in ("revenue", "both") and key.item in (ALL, "grandTotal") and key.fund == ALL:
            return replace(key, flow="both", item="grandTotal")
        if key.flow == "expenditure" and _undivided(key):
            return replace(key, flow="both", item="grandTotal")
        return key


def _covers(fund: str, sole: str) -> bool:
    return fund == ALL or dimensions.is_within("fund", sole, fund)


def _undivided(key: Key) -> bool:
    parts = (key.functional, key.dept_economic, key.gov_economic, key.nature, key.project)
    return key.item in (ALL, "grandTotal") and key.fund == ALL and all(p == ALL for p in parts)


def observe(facts: Sequence[Fact], own: Key) -> Reduction:
    """Return how a document's keys may be reduced, from the income it prints.

    Args:
        facts: All facts of the document.
        own: A key with the document's own organisation, year and phase.
    """
    ours = [
        fact
        for fact in facts
        if (fact.key.organisation, fact.key.year, fact.key.phase)
        == (own.organisation, own.year, own.phase)
    ]
    moved = any(f.key.carry in dimensions.balances("carry") and f.amount.value for f in ours)
    income = [f for f in ours if f.key.flow == "revenue" and f.key.functional == ALL]
    grand = [f for f in ours if _is_total(f.key)]
    totals = {f.amount.value for f in grand}
    if grand and not any(f.place.table for f in grand):
        totals |= {f.amount.value for f in income if f.key.fund == ALL}
    current = {f.amount.value for f in income if f.key.carry == "current" and f.key.fund == ALL}
    general = {f.amount.value for f in income if f.key.fund == "generalPublicBudget"}
    others = any(f.amount.value for f in income if f.key.fund not in _GENERAL)
    if moved or len(totals | current) != 1:
        return Reduction()
    sole = "generalPublicBudget" if general == totals | current and not others else ""
    return Reduction(sole, carries_over=False)


_GENERAL = {"generalPublicBudget", *dimensions.ancestors("fund", "generalPublicBudget")}


def _is_total(key: Key) -> bool:
    return key.flow in ("revenue", "both") and key.item == "grandTotal" and key.fund == ALL


def first_per_key(facts: Iterable[Fact]) -> dict[Key, Fact]:
    """Return for every key the first fact with it, in reading order."""
    found: dict[Key, Fact] = {}
    for fact in facts:
        found.setdefault(fact.key, fact)
    return found
