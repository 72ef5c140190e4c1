"""What two documents print of the same quantity, put side by side; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kemu.across.hierarchy import Hierarchy
from kemu.across.quantities import Printed, adds_up, bare
from kemu.model.facts import Claim, Fact, Key

_PLANNED = re.compile(r"预算")
_CARRIED_OUT = re.compile(r"执行|决算|完成|实际|支出数")
_LAST_YEAR = re.compile(r"上年|去年|上一年")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number of one document and those of others that measure the same.

    Attributes:
        kind: `earlier`, `account` or `units`, one for each rule.
        here: Slug of the fact or claim in the document whose report tells it.
        there: The facts it is held to, each with its document.
        relation: `equal`; `atMost` or `atLeast`, the sum of what is there against what is here.
    """

    kind: str
    here: Fact | Claim
    there: tuple[tuple[Printed, Fact], ...]
    relation: str = "equal"


def with_department(unit: Printed, department: Printed, alone: bool) -> Iterator[Comparison]:
    """Yield what a unit prints beside what its department does.

    Args:
        unit: The unit's document.
        department: Its department's.
        alone: It is the department's only unit.
    """
    for key, fact in unit.own.items():
        other = department.own.get(key)
        if other is not None and (alone or adds_up(key)):
            relation = "equal" if alone else "atLeast"
            yield Comparison("units", fact, ((department, other),), relation)


def with_units(
    department: Printed, units: tuple[Printed, ...], whole: bool
) -> Iterator[Comparison]:
    """Yield what a department prints beside what its units do: all of them, or those that print it.

    A unit that does not print a quantity may have none of it, or print it where it was not read.
    """
    alone = whole and len(units) == 1
    for key, fact in department.own.items():
        there = tuple((unit, unit.own[key]) for unit in units if key in unit.own)
        if not there or not (alone or adds_up(key)):
            continue
        if whole and len(there) == len(units):
            yield Comparison("units", fact, there)
        else:
            yield Comparison("units", fact, there, "atMost")


def with_earlier(later: Printed, earlier: Printed) -> Iterator[Comparison]:
    """Yield what a document says of the year before beside that year's own document."""
    for key, fact in later.own.items():
        other = earlier.own.get(key)
        if other is not None and key.year == str(earlier.year):
            yield Comparison("earlier", fact, ((earlier, other),))
    facts = {fact.slug: fact for fact in later.extraction.facts}
    words = _bases(later)
    for claim in later.extraction.claims:
        base = _base(claim, facts, words.get(claim.slug, ""), earlier.year)
        other = earlier.own.get(base) if base else None
        if other is not None:
            yield Comparison("earlier", claim, ((earlier, other),))


def with_budget(account: Printed, budget: Printed) -> Iterator[Comparison]:
    """Yield the budget that a final account prints beside the budget as it was published."""
    for key, fact in account.own.items():
        other = budget.own.get(key)
        if other is not None and key.phase == "approved":
            yield Comparison("account", fact, ((budget, other),))


def _bases(later: Printed) -> Mapping[str, str]:
    spans = later.extraction.spans
    return {span.about: span.text for span in spans if span.kind == "comparisonBase"}


def _base(claim: Claim, facts: Mapping[str, Fact], words: str, year: int) -> Key | None:
    """Return the key of what an amount is said to have changed from, if it is last year's budget.

    What was carried out last year is in no budget, and 上年 alone leaves open which is meant.
    """
    current = facts.get(claim.operands.get("current", ""))
    changed = claim.kind == "change" and claim.stated is not None and claim.unit != "%"
    if not changed or claim.direction not in ("increase", "decrease"):
        return None
    if current is None or "base" in claim.operands or current.key.phase != "approved":
        return None
    planned = _PLANNED.search(words) and not _CARRIED_OUT.search(words)
    dated = str(year) in words or _LAST_YEAR.search(words)
    if not planned or not dated or current.key.year != str(year + 1):
        return None
    return bare(replace(current.key, year=str(year)))


def is_whole(department: Printed, units: tuple[Printed, ...], ranks: Hierarchy) -> bool:
    """Tell whether the documents of all units were given, as words and most amounts bear out."""
    if not ranks.may_be_whole(department, units):
        return False
    closed = [_closes(department, units, key) for key in department.own if adds_up(key)]
    told = [each for each in closed if each is not None]
    return 2 * sum(told) > len(told)


def _closes(department: Printed, units: tuple[Printed, ...], key: Key) -> bool | None:
    """Tell whether the units' amounts add to the department's; None where no unit prints any."""
    terms = [unit.own[key] for unit in units if key in unit.own]
    if not terms:
        return None
    total = department.own[key]
    gap = total.amount.value - sum(term.amount.value for term in terms)
    return abs(gap) <= total.half_step + sum(term.half_step for term in terms)


def comparisons(one: Printed, kin: Iterable[Printed], ranks: Hierarchy) -> Iterator[Comparison]:
    """Yield all that a document's numbers are held to in the other documents given.

    Args:
        one: The document.
        kin: The documents of the same organisation and level, of all years and kinds.
        ranks: Who reports to whom in its year.
    """
    units = ranks.units(one)
    if units:
        yield from with_units(one, units, is_whole(one, units, ranks))
    for department in ranks.departments(one):
        beside = ranks.units(department)
        alone = len(beside) == 1 and is_whole(department, beside, ranks)
        yield from with_department(one, department, alone)
    for other in kin:
        if one.statement == other.statement and other.year == one.year - 1:
            yield from with_earlier(one, other)
        if (one.statement, other.statement) == ("finalAccount", "budget") and (
            one.year == other.year
        ):
            yield from with_budget(one, other)
