"""Identities between amounts with different keys, and between keys that measure the same money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from kemu import knowledge
from kemu.extract.whole.same_money import Reduction, first_per_key
from kemu.model.doubt import Doubt
from kemu.model.facts import ALL, Equation, Fact, Key, Part
from kemu.model.language import Dimension, Relation, Says

_APART = 10
_WIDEST: Mapping[Dimension, tuple[str, ...]] = {
    "fund": (ALL, "fiscalAppropriation", "generalPublicBudget"),
    "carry": (ALL, "current"),
}


@dataclass(frozen=True)
class Identity:
    """One identity of graph/identities.toml.

    Attributes:
        name: What it says.
        basis: Why it holds; names the rule.
        total: Dimensions that a total has.
        parts: For each part, the dimensions in which its key differs from the total's.
        relation: `equal` or `atMost`.
        loose: Dimensions in which total and parts may differ; the widest total counts.
        needs: Dimensions of which at least one must not be `all`.
        wider: Dimensions in which a part may be printed with a wider member than the total.
        unless: Dimensions that make the part's amount another quantity, if it is printed so too.
    """

    name: str
    basis: str
    total: Says
    parts: tuple[Says, ...]
    relation: Relation = "equal"
    loose: tuple[Dimension, ...] = ()
    needs: tuple[Dimension, ...] = ()
    unless: Says = field(default_factory=dict)
    wider: tuple[Dimension, ...] = ()


@cache
def identities() -> tuple[Identity, ...]:
    """Return the identities of graph/identities.toml."""
    data = knowledge.table("identities")
    return tuple(
        Identity(
            entry["name"],
            entry["basis"],
            entry["total"],
            tuple(entry["parts"]),
            entry.get("relation", "equal"),
            tuple(entry.get("loose", ())),
            tuple(entry.get("needs", ())),
            entry.get("unless", {}),
            tuple(entry.get("wider", ())),
        )
        for entry in data["identity"]
    )


def equations(facts: Sequence[Fact], reduction: Reduction) -> Iterator[Equation]:
    """Yield the identities that a document's amounts make possible.

    Each key is represented by its first fact; that a quantity printed twice agrees with itself is
    another rule's matter.
    """
    first = {key: fact for key, fact in first_per_key(facts).items() if key.digest()}
    by_slug = {fact.slug: fact for fact in first.values()}
    for identity in identities():
        for key, total in first.items():
            for equation in _identity(identity, key, total, first):
                if not _tied_anyway(equation, reduction, by_slug):
                    yield equation
    yield from _same_money(first, reduction)
    yield from _targets(facts)


def _tied_anyway(equation: Equation, reduction: Reduction, facts: Mapping[str, Fact]) -> bool:
    """Tell whether total and part measure the same money, which says more than the identity."""
    if len(equation.parts) != 1:
        return False
    ends = (equation.total, equation.parts[0].fact)
    first, second = (reduction.reduce(facts[slug].key) for slug in ends)
    return first == second


def _identity(
    identity: Identity, key: Key, total: Fact, first: Mapping[Key, Fact]
) -> Iterator[Equation]:
    if any(getattr(key, d) != member for d, member in identity.total.items()):
        return
    if identity.needs and all(getattr(key, d) == ALL for d in identity.needs):
        return
    if any(_wider(key, d, first) for d in identity.loose):
        return
    free = (*identity.loose, *identity.wider)
    found = [_part(key.but(changes), free, first) for changes in identity.parts]
    parts = [part for part in found if part is not None]
    other = any(_printed_as(part, identity.unless, first) for part in parts)
    if len(parts) == len(found) and not other:
        yield Equation(
            slug=f"{total.slug}/{identity.basis}-{identities().index(identity) + 1}",
            basis=identity.basis,
            total=total.slug,
            parts=tuple(Part(part.slug) for part in parts),
            relation=identity.relation,
            place=total.place,
            doubt=_doubt(total, parts, identity.relation),
        )


def _doubt(total: Fact, parts: Sequence[Fact], relation: Relation = "equal") -> Doubt | None:
    """Return why an identity that does not hold may be between things that were misread.

    A slip by a power of ten (元 for 万元, a point misplaced) leaves the digits as they are, and one
    digit typed twice or left out changes no other.
    """
    whole = total.amount.value
    together = sum((part.amount.value for part in parts), Decimal(0))
    bound = total.half_step + sum((part.half_step for part in parts), Decimal(0))
    gap = whole - together
    if abs(gap) <= bound or (relation == "atMost" and gap > 0):
        return None
    small, large = sorted((abs(whole), abs(together)))
    if not small:
        return Doubt.ONE_SIDE_ZERO
    if large < _APART * small or (large / small).normalize().as_tuple().digits == (1,):
        return None
    coarse = max(fact.half_step for fact in (total, *parts))
    return None if _one_digit_more(large, small, coarse) else Doubt.SIDES_APART


def _one_digit_more(large: Decimal, small: Decimal, half: Decimal) -> bool:
    """Tell whether one number has a digit more than the other and else the same."""
    step = 2 * half or Decimal(1)
    longer, shorter = (str(int((n / step).to_integral_value())) for n in (large, small))
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _printed_as(part: Fact, says: Says, first: Mapping[Key, Fact]) -> bool:
    """Tell whether a part's amount is printed under another name as well."""
    return bool(says) and any(
        fact.amount.value == part.amount.value
        and all(getattr(key, dimension) == member for dimension, member in says.items())
        for key, fact in first.items()
    )


def _wider(key: Key, dimension: Dimension, first: Mapping[Key, Fact]) -> bool:
    """Tell whether the same total is printed with a wider member."""
    members = _WIDEST[dimension]
    member = getattr(key, dimension)
    before = members[: members.index(member)] if member in members else members
    return any(key.but({dimension: wider}) in first for wider in before)


def _part(key: Key, loose: Sequence[Dimension], first: Mapping[Key, Fact]) -> Fact | None:
    candidates = [key]
    for dimension in loose:
        candidates = [
            candidate.but({dimension: member})
            for candidate in candidates
            for member in (getattr(candidate, dimension), *_WIDEST[dimension])
        ]
    return next((first[candidate] for candidate in candidates if candidate in first), None)


def _same_money(first: Mapping[Key, Fact], reduction: Reduction) -> Iterator[Equation]:
    """Yield that keys which reduce to one measure the same money."""
    groups: dict[Key, list[Fact]] = {}
    for key, fact in first.items():
        groups.setdefault(reduction.reduce(key), []).append(fact)
    for members in groups.values():
        for fact in members[1:]:
            yield Equation(
                slug=f"{fact.slug}/same-money",
                basis="identity",
                total=fact.slug,
                parts=(Part(members[0].slug),),
                place=fact.place,
                doubt=_doubt(fact, members[:1]),
            )


def _targets(facts: Sequence[Fact]) -> Iterator[Equation]:
    """Yield that projects have the same amount in the table of targets and in that of projects.

    Where both tables list the same projects, so do their totals; else the totals are only compared
    (a project may be secret), and where projects have no target (targets of the main ones only),
    the total of the targets is no more than that of the projects.
    """
    tables = [fact for fact in facts if fact.place.table is not None and fact.amount.value]
    targets = {f.key.project: f for f in reversed(tables) if _is_target(f, tables)}
    projects = {
        f.key.project: f
        for f in reversed(tables)
        if f.key.project in targets
        and f.place.table != targets[f.key.project].place.table
        and f.key.nature == "project"
    }
    shared = _of_several_units(tables, targets)
    projects = {name: fact for name, fact in projects.items() if name not in shared}
    for name in sorted(targets.keys() & projects.keys()):
        yield _tied(targets[name], projects[name], "identity")
    listed = {
        f.key.project for f in tables if f.place.table in {p.place.table for p in projects.values()}
    }
    total = next((f for f in tables if f.key.item == "performance" and f.key.project == ALL), None)
    whole = next(
        (f for f in tables if projects and f.key.nature == "project" and _is_whole(f, projects)),
        None,
    )
    if total is not None and whole is not None:
        same = listed - {ALL} == targets.keys() == projects.keys()
        if listed - {ALL} <= targets.keys():
            yield _tied(total, whole, "identity" if same else "performance")
        else:
            yield _tied(whole, total, "performance", "atMost")


def _of_several_units(facts: Sequence[Fact], targets: Mapping[str, Fact]) -> set[str]:
    """Return the projects that tables list for several units: their targets tell not whose."""
    units: dict[str, set[tuple[str, str]]] = {}
    for fact in facts:
        target = targets.get(fact.key.project)
        listed = target is not None and fact.place.table != target.place.table
        if listed and fact.key.nature == "project":
            unit = (fact.key.organisation, fact.key.consolidation)
            units.setdefault(fact.key.project, set()).add(unit)
    return {name for name, found in units.items() if len(found) > 1}


def _is_target(fact: Fact, tables: Sequence[Fact]) -> bool:
    """Tell whether a fact is a project's amount in a table of performance targets."""
    if fact.key.project in (ALL, "undetermined"):
        return False
    return any(
        other.key.item == "performance" and other.place.table == fact.place.table
        for other in tables
    )


def _is_whole(fact: Fact, projects: Mapping[str, Fact]) -> bool:
    """Tell whether a fact is the total of the table of projects."""
    table = next(iter(projects.values())).place.table
    parts = (fact.key.functional, fact.key.dept_economic, fact.key.project, fact.key.item)
    return fact.place.table == table and all(part == ALL for part in parts)


def _tied(total: Fact, part: Fact, basis: str, relation: Relation = "equal") -> Equation:
    return Equation(
        slug=f"{total.slug}/target",
        basis=basis,
        total=total.slug,
        parts=(Part(part.slug),),
        relation=relation,
        place=total.place,
        doubt=_doubt(total, (part,), relation),
    )
