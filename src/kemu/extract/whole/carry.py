"""Whether an expenditure table holds this year's appropriation only, or carry-over money too.

Places print 一般公共预算支出表 both ways and rarely say which. Where money is carried over, the
table's own total tells: it equals this year's income of the fund, or that income and what is
carried over. Where it is neither, carry stays undetermined: the table is compared with no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.model.facts import ALL, UNDETERMINED, Fact, Key

_MOVED = "carriedOver"
_FUNDS = {ALL, "fiscalAppropriation", "generalPublicBudget", "governmentFund", "stateCapital"}


def settle(
    facts: Sequence[Fact], groups: Mapping[str, str], own: Key, statement: str
) -> list[Fact]:
    """Return the facts of a budget with the carry of their table or chapter settled.

    Args:
        facts: All facts.
        groups: Slug of a fact → the table or chapter that it stands in.
        own: A key with the document's own organisation, consolidation, year and phase.
        statement: `budget` or `finalAccount`; accounts book all spending alike.
    """
    income = _income(facts, own)
    if statement != "budget" or not any(moved for _, moved in income.values()):
        return list(facts)
    carries: dict[str, str] = {}
    by_group: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.slug in groups:
            by_group.setdefault(groups[fact.slug], []).append(fact)
    for group, members in by_group.items():
        open_ones = [fact for fact in members if _is_open(fact.key)]
        stated = any(f.key.carry == _MOVED and f.key.flow == "expenditure" for f in members)
        if open_ones and not stated:
            carries[group] = _carry(open_ones, income, own)
    _by_neighbours(carries, by_group)
    for group in [g for g, carry in carries.items() if carry == UNDETERMINED]:
        if all(fact.key.project != ALL for fact in by_group[group] if _is_open(fact.key)):
            del carries[group]  # a list of projects has no total that could tell
    return [
        replace(fact, key=replace(fact.key, carry=carries[groups[fact.slug]]))
        if groups.get(fact.slug) in carries and _is_open(fact.key)
        else fact
        for fact in facts
    ]


def _by_neighbours(carries: dict[str, str], groups: Mapping[str, Sequence[Fact]]) -> None:
    """Settle in place a table without a total of its own by an equal amount of a settled table."""
    known: dict[Key, list[Fact]] = {}
    of: dict[str, str] = {}
    for group, carry in carries.items():
        for fact in groups[group]:
            if carry != UNDETERMINED and _is_open(fact.key) and fact.amount.value:
                known.setdefault(fact.key, []).append(fact)
                of[fact.slug] = carry
    for group, carry in carries.items():
        if carry == UNDETERMINED:
            found = {
                of[other.slug]
                for fact in groups[group]
                if _is_open(fact.key) and fact.key.project == ALL
                for other in known.get(fact.key, ())
                if _equal(fact, other)
            }
            carries[group] = found.pop() if len(found) == 1 else UNDETERMINED


def _equal(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts can be one, each as precise as it is printed."""
    gap = abs(one.amount.value - other.amount.value)
    return gap <= one.amount.half_step + other.amount.half_step


def _is_open(key: Key) -> bool:
    """Tell whether a key is spending, of no special item, whose carry was not said."""
    plain = key.item in (ALL, "grandTotal")
    return key.flow == "expenditure" and key.carry == ALL and key.fund in _FUNDS and plain


def _income(facts: Sequence[Fact], own: Key) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Return per fund this year's income and what other years bring (over less forward), in 元.

    None where the document does not print what the fund carries over.

    Tables are more exact than prose, so they count where there are any.
    """
    tables = [fact for fact in facts if fact.place.table is not None]
    ours = [
        fact
        for fact in tables or facts
        if (fact.key.organisation, fact.key.year) == (own.organisation, own.year)
        and fact.key.functional == ALL
    ]
    found: dict[str, tuple[Decimal, Decimal | None]] = {}
    for fund in sorted(_FUNDS):
        key = replace(own, flow="revenue", fund=fund, carry="current")
        current = next((f.amount.value for f in ours if f.key == key), None)
        if current is not None:
            over = _stock(ours, fund, _MOVED)
            forward = _stock(ours, fund, "carriedForward") or Decimal(0)
            found[fund] = (current, None if over is None else over - forward)
    return found


def _stock(facts: Sequence[Fact], fund: str, carry: str) -> Decimal | None:
    """Return what a fund carries over or forward, in 元; None where it is not printed."""
    return next(
        (
            f.amount.value
            for f in facts
            if f.key.carry == carry
            and f.key.fund == fund
            and f.key.flow in ("revenue", "balance", "expenditure")
        ),
        None,
    )


def _carry(
    facts: Sequence[Fact], income: Mapping[str, tuple[Decimal, Decimal | None]], own: Key
) -> str:
    """Return the carry of a table: that of its total, if the total is one of the known amounts."""
    totals = [
        fact
        for fact in facts
        if replace(fact.key, item=ALL) == replace(own, flow="expenditure", fund=fact.key.fund)
    ]
    for total in totals:
        current, moved = income.get(total.key.fund, (None, None))
        near = total.amount.half_step * 2
        if current is None or moved == 0:
            continue
        if abs(total.amount.value - current) <= near:
            return "current"
        if moved is not None and abs(total.amount.value - current - moved) <= near:
            return ALL
    nothing_moved = all(income.get(f.key.fund, (None, None))[1] == 0 for f in facts)
    return ALL if nothing_moved else UNDETERMINED
