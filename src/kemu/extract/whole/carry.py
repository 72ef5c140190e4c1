"""Whether an expenditure table holds this year's appropriation only, or carry-over money too.

Places print 一般公共预算支出表 both ways and rarely say which. Where money is carried over, the
table's own total tells: it equals this year's income of the fund, or that income and what is
carried over. Where it is neither, carry stays undetermined: the table is compared with no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from kemu.model import dimensions
from kemu.model.facts import ALL, UNDETERMINED, Amount, Fact, Key
from kemu.model.language import Says
from kemu.model.members import Fund

_MOVED = "carriedOver"
_WITHOUT: Says = {"flow": "", "fund": "", "carry": ""}
_ITEM = 7
"""Digits of a 项."""
_MOST = 3
"""Pieces carried over that one total holds at most."""
_APPROPRIATED = "fiscalAppropriation"
_LEAVES = dimensions.consists_of("fund", _APPROPRIATED)
_FUNDS = {ALL, _APPROPRIATED, *_LEAVES}


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
    known = _Holders(facts, own)
    if statement != "budget" or not known.moves(own):
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
            holder = _holder(open_ones, own)
            carries[group] = (
                ALL if known.without(holder) else _carry(open_ones, known.income(holder), holder)
            )
    _by_neighbours(carries, by_group)
    for group in [g for g, carry in carries.items() if carry == UNDETERMINED]:
        if all(fact.key.project != ALL for fact in by_group[group] if _is_open(fact.key)):
            del carries[group]  # a list of projects has no total that could tell
    return [
        replace(fact, key=fact.key.but({"carry": carries[groups[fact.slug]]}))
        if groups.get(fact.slug) in carries and _is_open(fact.key)
        else fact
        for fact in facts
    ]


def _holder(facts: Sequence[Fact], own: Key) -> Key:
    """Return whose money a table is about: one unit's where it names only that, else all."""
    held = {(fact.key.organisation, fact.key.consolidation) for fact in facts}
    if len(held) != 1:
        return own
    organisation, consolidation = next(iter(held))
    return replace(own, organisation=organisation, consolidation=consolidation)


class _Holders:
    """What the organisation of a document and each of its units take in and carry over."""

    def __init__(self, facts: Sequence[Fact], own: Key) -> None:
        self._facts = facts
        self._own = own
        self._income: dict[Key, Mapping[str, _Income]] = {}

    def income(self, holder: Key) -> Mapping[str, _Income]:
        """Return the income of an organisation, by fund."""
        if holder not in self._income:
            self._income[holder] = _income(self._facts, holder, whole=holder == self._own)
        return self._income[holder]

    def moves(self, holder: Key) -> bool:
        """Tell whether any money of an organisation is carried over."""
        return any(i.moved or i.pieces or i.whole for i in self.income(holder).values())

    def without(self, holder: Key) -> bool:
        """Tell whether a unit carries nothing over: others carry all that the department does."""
        if holder == self._own:
            return False
        return self._all_told and holder.organisation not in self._brought

    @cached_property
    def _brought(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """What each unit carries over in all, and half of the last digit."""
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for fact in self._facts:
            key = fact.key
            unit = key.organisation != self._own.organisation or key.consolidation != (
                self._own.consolidation
            )
            if unit and key.carry == _MOVED and key.year == self._own.year and fact.amount.value:
                most = found.get(key.organisation, (Decimal(0), Decimal(0)))
                found[key.organisation] = max(most, (fact.amount.value, fact.amount.half_step))
        return found

    @cached_property
    def _all_told(self) -> bool:
        """Whether the units carry over what the department does."""
        ours = [
            fact.amount
            for fact in self._facts
            if fact.key.carry == _MOVED and fact.key.but(_WITHOUT) == self._own.but(_WITHOUT)
        ]
        total = sum((value for value, _ in self._brought.values()), Decimal(0))
        near = sum((half for _, half in self._brought.values()), Decimal(0))
        return any(total and abs(a.value - total) <= near + a.half_step for a in ours)


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
            own = [f for f in groups[group] if _is_open(f.key) and f.key.project == ALL]
            equal = _equals(own, lambda fact: known.get(fact.key, ()))
            equal = equal or _equals(own, lambda fact: _of_all_funds(fact, known))
            found = {of[other.slug] for other in equal}
            carries[group] = found.pop() if len(found) == 1 else UNDETERMINED


def _equals(facts: Sequence[Fact], others: Callable[[Fact], Iterable[Fact]]) -> list[Fact]:
    """Return the amounts of other tables that can be one with an amount of these."""
    return [other for fact in facts for other in others(fact) if _equal(fact, other)]


def _of_all_funds(fact: Fact, known: Mapping[Key, Sequence[Fact]]) -> Iterator[Fact]:
    """Yield the amounts of all funds of which a table's total is one fund's part.

    Where both are equal, what the whole holds the part holds too.
    """
    total = replace(fact.key, nature=ALL, fund=ALL, item=ALL)
    if total != replace(total, functional=ALL, dept_economic=ALL, gov_economic=ALL):
        return
    for fund in (ALL, *dimensions.ancestors("fund", fact.key.fund)):
        if fund != fact.key.fund:
            yield from known.get(fact.key.but({"fund": fund}), ())


def _equal(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts can be one, each as precise as it is printed."""
    gap = abs(one.amount.value - other.amount.value)
    return gap <= one.amount.half_step + other.amount.half_step


def _is_open(key: Key) -> bool:
    """Tell whether a key is spending, of no special item, whose carry was not said."""
    plain = key.item in (ALL, "grandTotal")
    return key.flow == "expenditure" and key.carry == ALL and key.fund in _FUNDS and plain


@dataclass(frozen=True, slots=True)
class _Income:
    """This year's income of a fund, and what other years bring (over less forward).

    Attributes:
        current: As printed; the smallest where it is printed with and without carry-over.
        moved: In 元; None where the document does not print what the fund carries over.
        pieces: The amounts carried over that may be in a total of the fund, each once.
        whole: Whether it is the total of all income instead, what is carried over included.
    """

    current: Amount
    moved: Decimal | None
    pieces: tuple[Decimal, ...] = ()
    whole: bool = False


def _income(facts: Sequence[Fact], own: Key, *, whole: bool) -> dict[str, _Income]:
    """Return the income per fund, from tables if there are any: they are more exact.

    Args:
        facts: All facts.
        own: A key of the organisation.
        whole: Whether it is the document's own, with all its levels of consolidation.
    """
    tables = [fact for fact in facts if fact.place.table is not None]
    ours = [
        fact
        for fact in tables or facts
        if (fact.key.organisation, fact.key.year) == (own.organisation, own.year)
        and fact.key.functional == ALL
        and (whole or fact.key.consolidation == own.consolidation)
    ]
    over = _carried(ours, _MOVED)
    forward = _carried(ours, "carriedForward")
    found: dict[str, _Income] = {}
    for fund in sorted(_FUNDS):
        key = replace(own, flow="revenue", carry="current").but({"fund": fund})
        printed = [f.amount for f in ours if f.key == key]
        if printed:
            pieces = tuple(v for other, v in over.items() if _may_hold(fund, other) and v)
            current = _this_year(printed, pieces)
            found[fund] = _Income(current, _moved(fund, over, forward), pieces)
    alone = [fund for fund, income in found.items() if fund in _LEAVES and income.current.value]
    every = found.get(ALL)
    if every is None and any(over.values()):
        total = replace(own, flow="revenue", item="grandTotal")
        amount = next((fact.amount for fact in ours if fact.key == total), None)
        found |= {ALL: _Income(amount, None, whole=True)} if amount is not None else {}
    if len(alone) == 1 and every is not None and found[alone[0]].moved is None:
        found[alone[0]] = replace(found[alone[0]], moved=every.moved)
    return found


def _this_year(printed: Sequence[Amount], pieces: Sequence[Decimal]) -> Amount:
    """Return the smaller of two amounts that differ by what is carried over, else the first."""
    values: dict[Decimal, Amount] = {}
    for amount in printed:
        if all(abs(amount.value - v) > amount.half_step + a.half_step for v, a in values.items()):
            values[amount.value] = amount
    for least, most in combinations(sorted(values), 2):
        near = 2 * (values[least].half_step + values[most].half_step)
        if any(abs(most - least - piece) <= near for piece in pieces):
            return values[least]
    return printed[0]


def _carried(facts: Sequence[Fact], carry: str) -> dict[str, Decimal]:
    """Return per fund what it carries over or forward, in 元, where that is printed."""
    found: dict[str, Decimal] = {}
    for fact in facts:
        if fact.key.carry == carry and fact.key.flow in ("revenue", "balance", "expenditure"):
            found.setdefault(fact.key.fund, fact.amount.value)
    return found


def _may_hold(fund: str, other: str) -> bool:
    """Tell whether money of one fund may be in a total of another."""
    return (
        fund in (ALL, other) or other == ALL or dimensions.is_narrower("fund", other, fund)
    ) or dimensions.is_narrower("fund", fund, other)


def _moved(
    fund: str, over: Mapping[str, Decimal], forward: Mapping[str, Decimal]
) -> Decimal | None:
    """Return what a fund brings over, less what it carries forward; None if it is not printed."""
    if fund in over:
        return over[fund] - forward.get(fund, Decimal(0))
    held = [value for other, value in over.items() if _may_hold(fund, other)]
    return Decimal(0) if over and not any(held) else None


def _carry(facts: Sequence[Fact], income: Mapping[str, _Income], own: Key) -> str:
    """Return the carry of a table: that of its total, if the total is one of the known amounts.

    Where it prints no total, its items together are one.
    """
    totals = [
        (fact.key.fund, fact.amount)
        for fact in facts
        if replace(fact.key, item=ALL) == replace(own, flow="expenditure", fund=fact.key.fund)
    ]
    for fund, total in totals or _items(facts, own):
        told = _told(total, income.get(fund))
        if told is not None:
            return told
    moved = [income[f.key.fund].moved if f.key.fund in income else None for f in facts]
    return ALL if all(value == 0 for value in moved) else UNDETERMINED


def _items(facts: Sequence[Fact], own: Key) -> Iterator[tuple[str, Amount]]:
    """Yield per fund what its items come to, each once."""
    by_fund: dict[Fund, dict[str, Amount]] = {}
    for fact in facts:
        code, fund = fact.key.functional, fact.key.fund
        if fact.key == replace(own, flow="expenditure", fund=fund, functional=code):
            by_fund.setdefault(fund, {}).setdefault(code, fact.amount)
    for fund, each in by_fund.items():
        amounts = [amount for code, amount in each.items() if len(code) == _ITEM]
        value = sum((amount.value for amount in amounts), Decimal(0))
        half = sum((amount.half_step for amount in amounts), Decimal(0))
        if len(amounts) > 1:
            yield fund, replace(amounts[0], value=value, half_step=half)


def _told(total: Amount, known: _Income | None) -> str | None:
    """Return the carry that a total tells; None if it is neither of the known amounts."""
    if known is None or known.moved == 0:
        return None
    off = total.value - known.current.value
    near = total.half_step + known.current.half_step
    if abs(off) <= near:
        return ALL if known.whole else "current"
    return ALL if any(abs(off - brought) <= near for brought in _brought(known)) else None


def _brought(income: _Income) -> Iterator[Decimal]:
    """Yield what a total may hold beside this year's income: all that moved, or pieces of it."""
    if income.moved is not None:
        yield income.moved
    for size in range(1, min(len(income.pieces), _MOST) + 1):
        yield from (sum(some, Decimal(0)) for some in combinations(income.pieces, size))
