"""What the document says must hold between its printed numbers, as linear rows.

A row is an interval for a weighted sum of printed numbers. Rows only explain what the shapes have
found: which of them are broken is told by the findings, never decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kemu.graph.agreements import agreements
from kemu.model import iri
from kemu.model.facts import Claim, Equation, Extraction
from kemu.model.findings import Held

LARGE = Decimal(10) ** 15
_WITNESSES = 5
"""Printings of a quantity that all its printings are compared with."""
CONFIRMED = 2
"""Independent relations that must hold once a value stands for it to be proposed."""


class Numbers:
    """The printed numbers of a document."""

    def __init__(self, extraction: Extraction) -> None:
        self.facts = {fact.slug: fact for fact in extraction.facts}
        self.claims = {claim.slug: claim for claim in extraction.claims}

    def value(self, slug: str) -> Decimal:
        """Return a fact's value."""
        return self.facts[slug].amount.value

    def half(self, slug: str) -> Decimal:
        """Return half of a fact's last printed digit; counts are not rounded."""
        return self.facts[slug].half_step

    def sound(self, slug: str) -> bool:
        """Tell whether a fact can be computed with."""
        return slug in self.facts and abs(self.value(slug)) < LARGE


@dataclass(frozen=True, slots=True)
class Constraint:
    """One relation between printed numbers.

    Attributes:
        about: Slug of the equation or claim, or IRI of the key that several facts share.
        terms: Slug of a fact → its weight.
        low: Least value of the weighted sum; None if it has no lower end.
        high: Largest value; None if it has no upper end.
        claim: Slug of the claim whose stated number may itself be wrong, or empty.
        exact: The value of the weighted sum that needs no rounding, where there is one.
    """

    about: str
    terms: dict[str, Decimal]
    low: Decimal | None
    high: Decimal | None
    claim: str = ""
    exact: Decimal | None = None

    @property
    def is_equality(self) -> bool:
        """Whether it says that two prints of one quantity agree."""
        return self.about.startswith(iri.key(""))

    @property
    def size(self) -> Decimal:
        """The largest weight; rows are scaled by it."""
        return max(map(abs, self.terms.values()))

    def total(self, numbers: Numbers, moved: dict[str, Decimal] | None = None) -> Decimal:
        """Return the weighted sum, with some numbers replaced."""
        other = moved or {}
        return sum((w * other.get(s, numbers.value(s)) for s, w in self.terms.items()), Decimal(0))

    def miss(self, numbers: Numbers, moved: dict[str, Decimal] | None = None) -> Decimal:
        """Return by how much the weighted sum lies outside its interval; 0 inside."""
        total = self.total(numbers, moved)
        if self.low is not None and total < self.low:
            return self.low - total
        if self.high is not None and total > self.high:
            return total - self.high
        return Decimal(0)


def constraints(extraction: Extraction, held: Mapping[str, Held]) -> Iterator[Constraint]:
    """Yield every relation that the document lays out or states.

    Args:
        extraction: The document.
        held: Slug of an equation or a change → what it is held to; what is not there is not judged.
    """
    numbers = Numbers(extraction)
    for equation in extraction.equations:
        if equation.slug in held and not equation.doubt:
            yield from _equation(numbers, equation, held[equation.slug])
    yield from _same(numbers)
    for claim in extraction.claims:
        yield from _claim(numbers, claim, held)


Rows = Mapping[str, Sequence[Constraint]]
"""Relations by the slugs of the numbers in them."""


def by_number(rows: Iterable[Constraint]) -> Rows:
    """Return relations by the slugs of the numbers in them."""
    found: dict[str, list[Constraint]] = {}
    for row in rows:
        for slug in row.terms:
            found.setdefault(slug, []).append(row)
    return found


def confirmations(numbers: Numbers, rows: Rows, slug: str, value: Decimal | None = None) -> int:
    """Return how many independent relations a number keeps with a value, its own by default.

    Only relations that pin the number count: no limit, and no relation to nothing. All that a claim
    says is one relation, and so are all prints of a quantity in one table or paragraph. The sums of
    another print of the quantity are its sums too.
    """
    moved = {} if value is None else {slug: value}
    own = [(_named(numbers, r, slug), _holds(numbers, r, moved)) for r in rows.get(slug, ())]
    kept = {name for name, held in own if held} - {name for name, held in own if not held}
    for row in rows.get(slug, ()):
        if row.is_equality and _holds(numbers, row, moved):
            (twin,) = row.terms.keys() - {slug}
            kept |= {
                _named(numbers, other, twin)
                for other in rows.get(twin, ())
                if not (other.is_equality or other.claim or slug in other.terms)
                and _holds(numbers, other, moved)
            }
    return len(kept)


def _holds(numbers: Numbers, row: Constraint, moved: dict[str, Decimal]) -> bool:
    pins = bool(row.claim) or None not in (row.low, row.high)
    return pins and len(row.terms) > 1 and not row.miss(numbers, moved)


def _named(numbers: Numbers, row: Constraint, slug: str) -> object:
    """Return what makes a relation of a number another one: the numbers beside it, or their place.

    A number printed twice in one table confirms it once.
    """
    others = frozenset(row.terms.keys() - {slug})
    if row.claim or not row.is_equality:
        return row.claim or others
    (other,) = others
    place = numbers.facts[other].place
    return place.table, None if place.table is not None else place.paragraph


def _equation(numbers: Numbers, equation: Equation, held: Held) -> Iterator[Constraint]:
    weights: Counter[str] = Counter({equation.total: 1})
    for part in equation.parts:
        weights[part.fact] -= part.weight
    terms = {slug: Decimal(weight) for slug, weight in weights.items() if slug in numbers.facts}
    if len(terms) < 2:
        return
    if held.at_most:
        yield Constraint(equation.slug, terms, -held.bound, None)
    else:
        yield Constraint(equation.slug, terms, -held.bound, held.bound, exact=Decimal(0))


def _same(numbers: Numbers) -> Iterator[Constraint]:
    """Yield that the printings of a quantity agree, each with those of a few places.

    With its reference first; every one with every other would be too many.
    """
    told = {agreement.key: agreement for agreement in agreements(numbers.facts.values())}
    printed: dict[str, list[str]] = {}
    for fact in numbers.facts.values():
        digest = fact.key.digest()
        if digest is not None and numbers.sound(fact.slug):
            printed.setdefault(digest, []).append(fact.slug)
    for digest, slugs in printed.items():
        agreement = told.get(digest)
        if agreement is not None and agreement.doubt:
            continue
        first = [agreement.reference] if agreement and agreement.reference in slugs else []
        ordered = [*first, *(slug for slug in slugs if slug not in first)]
        for index, held in enumerate(ordered[:_WITNESSES]):
            for slug in ordered[index + 1 :]:
                bound = numbers.half(slug) + numbers.half(held)
                terms = {slug: Decimal(1), held: Decimal(-1)}
                yield Constraint(iri.key(digest), terms, -bound, bound, exact=Decimal(0))


def _claim(numbers: Numbers, claim: Claim, held: Mapping[str, Held]) -> Iterator[Constraint]:
    operands = claim.operands
    if claim.stated is None or claim.stated_half_step is None:
        return
    if not all(numbers.sound(slug) for slug in operands.values()):
        return
    if claim.kind == "share" and {"part", "whole"} <= operands.keys():
        yield from _ratio(numbers, claim, operands["part"], operands["whole"], claim.stated)
    elif claim.kind == "completion" and {"actual", "budget"} <= operands.keys():
        yield from _ratio(numbers, claim, operands["actual"], operands["budget"], claim.stated)
    elif claim.direction in ("increase", "decrease") and {"current", "base"} <= operands.keys():
        sign = 1 if claim.direction == "increase" else -1
        if claim.kind == "rate":
            ratio = 100 + sign * claim.stated
            yield from _ratio(numbers, claim, operands["current"], operands["base"], ratio)
        elif claim.kind == "change" and claim.slug in held:
            yield _difference(claim, sign * claim.stated, held[claim.slug].bound)


def _ratio(
    numbers: Numbers, claim: Claim, upper: str, lower: str, percent: Decimal
) -> Iterator[Constraint]:
    """Yield 100 × upper ≈ percent × lower: the two intervals meet."""
    half = claim.stated_half_step or Decimal(0)
    if upper == lower or claim.unit not in ("%", ""):
        return
    over, under = percent + half, percent - half
    slack = 100 * numbers.half(upper)
    yield Constraint(
        claim.slug,
        {upper: Decimal(100), lower: -over},
        None,
        slack + abs(over) * numbers.half(lower),
        claim.slug,
    )
    yield Constraint(
        claim.slug,
        {upper: Decimal(100), lower: -under},
        -slack - abs(under) * numbers.half(lower),
        None,
        claim.slug,
    )


def _difference(claim: Claim, stated: Decimal, bound: Decimal) -> Constraint:
    terms = {claim.operands["current"]: Decimal(1), claim.operands["base"]: Decimal(-1)}
    return Constraint(claim.slug, terms, stated - bound, stated + bound, claim.slug, stated)
