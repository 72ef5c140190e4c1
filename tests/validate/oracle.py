"""A second judge: the arithmetic of the rules over an extraction, in plain Python, without RDF.

Written from the design's section on arithmetic, not from the shapes, so that a slip in one shows
against the other. Numbers are fractions; an amount is the closed interval of what it may have
been before rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kemu.graph.bases import bases
from kemu.graph.rounding import apart_by_rounding
from kemu.model.facts import Claim, Equation, Extraction, Fact

Verdict = tuple[str, str, str]
"""Rule, severity, and what is at fault: a slug, or the two values of a quantity."""

LIMIT = 10**15


@dataclass(frozen=True)
class Number:
    """A value and half of its last printed digit."""

    value: Fraction
    half: Fraction

    @property
    def low(self) -> Fraction:
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        return self.value + self.half

    def meets(self, other: Number) -> bool:
        return self.low <= other.high and other.low <= self.high

    def same(self, other: Number) -> str:
        """Return `pass`, `hint`, `warning` or `violation` for one quantity printed twice."""
        if self.value == other.value:
            return "pass"
        if self.half != other.half:
            coarse = max(self.half, other.half)
            if abs(self.value - other.value) <= coarse:
                return "pass"
        if self.meets(other):
            return "hint"
        unit = 2 * max(self.half, other.half)
        return "warning" if abs(self.value - other.value) < unit else "violation"


class Judge:
    """Judges one extraction."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.facts = {fact.slug: fact for fact in extraction.facts}
        self.blanks = {cell.slug for cell in extraction.blanks}
        self.claims = {claim.slug: claim for claim in extraction.claims}
        self.apart = {slug for slug, _ in apart_by_rounding(*self._sums, [])}

    @property
    def _sums(self) -> tuple[Sequence[Fact], Sequence[Equation]]:
        return self.extraction.facts, self.extraction.equations

    def verdicts(self) -> set[Verdict]:
        """Return all that is wrong, worth a look or a rounding difference."""
        found: set[Verdict] = set()
        for equation in self.extraction.equations:
            found.update(self.equation(equation))
        found.update(self.quantities())
        for claim in self.extraction.claims:
            found.update(self.claim(claim))
        found.update(self.unexplained())
        found.update(self.lists())
        return found

    def number(self, slug: str | None) -> Number | None:
        """Return a fact's interval; None if it is blank, missing or too large."""
        fact = self.facts.get(slug or "")
        if fact is None or abs(fact.amount.value) >= LIMIT:
            return None
        exact = fact.key.measure not in ("money", "area")
        half = Fraction(0) if exact else Fraction(fact.amount.half_step)
        return Number(Fraction(fact.amount.value), half)

    def equation(self, equation: Equation) -> Iterator[Verdict]:
        basis = bases()[equation.basis]
        if equation.doubt:
            return
        total = self.number(equation.total)
        weights: defaultdict[str, int] = defaultdict(int)
        for part in equation.parts:
            weights[part.fact] += part.weight
        terms = {slug: self.number(slug) for slug in weights}
        if total is None or any(n is None and s not in self.blanks for s, n in terms.items()):
            return
        blanks = [slug for slug in weights if slug in self.blanks]
        present = [(weights[slug], n) for slug, n in terms.items() if n is not None]
        if not present or (blanks and equation.missing == "mustBePresent"):
            return
        hidden = bool(blanks) and equation.missing == "notDisclosed"
        if hidden and any(weights[slug] < 0 for slug in blanks):
            return
        at_most = hidden or equation.relation == "atMost"
        total_of = sum(Fraction(w) * n.value for w, n in present)
        half_of = sum(abs(Fraction(w)) * n.half for w, n in present)
        gap, bound = total.value - total_of, total.half + half_of
        if abs(gap) > bound and not (at_most and gap > 0):
            excused = basis.severity == "violation" and equation.slug in self.apart
            yield basis.rule, "warning" if excused else basis.severity, equation.slug
        elif at_most or gap == 0:
            return
        elif len(present) == 1 and present[0][0] == 1:
            if total.same(present[0][1]) == "hint":
                yield basis.rule, "hint", equation.slug
        else:
            yield basis.rule, "hint", equation.slug

    def quantities(self) -> Iterator[Verdict]:
        printed: defaultdict[str, dict[Fraction, list[Fact]]] = defaultdict(dict)
        for fact in self.extraction.facts:
            digest = fact.key.digest()
            if digest is not None and self.number(fact.slug) is not None:
                printed[digest].setdefault(Fraction(fact.amount.value), []).append(fact)
        for values in printed.values():
            if len(values) > 1:
                yield from self._held(values)

    def _held(self, values: dict[Fraction, list[Fact]]) -> Iterator[Verdict]:
        """Hold every other value against the one that most places print, unless there are many."""
        groups: list[list[Fact]] = []
        for value in sorted(values):
            new = values[value]
            near = groups and self._meet(groups[-1], new)
            groups[-1].extend(new) if near else groups.append(list(new))
        if len(groups) > 2:
            return
        most = max(groups, key=self._places)
        rows = {(f.place.table, f.place.row) for f in most if f.place.table is not None}
        apart = [f for group in groups if group is not most for f in group]
        if any((f.place.table, f.place.row) in rows for f in apart):
            return
        order = sorted(most, key=lambda f: f.amount.value)
        reference = min(order, key=lambda f: (f.place.table is None, self._number(f).half))
        for value, printed in values.items():
            if value == Fraction(reference.amount.value):
                continue
            finest = min((self._number(f) for f in printed), key=lambda n: n.half)
            verdict = finest.same(self._number(reference))
            held = [(reference.key.digest() or "", reference.slug)]
            excused = {slug for slug, _ in apart_by_rounding(*self._sums, held)}
            if verdict == "violation" and self._first(printed).slug in excused:
                verdict = "warning"
            if verdict != "pass":
                tables = [f.place.table is not None for f in (self._first(printed), reference)]
                rule = {2: "R4.1", 1: "R4.2", 0: "R4.3"}[sum(tables)]
                both = sorted((printed[0].amount.value, reference.amount.value))
                yield rule, verdict, "|".join(f"{v.normalize():f}" for v in both)

    def _number(self, fact: Fact) -> Number:
        number = self.number(fact.slug)
        assert number is not None
        return number

    def _first(self, facts: list[Fact]) -> Fact:
        return min(facts, key=lambda f: f.slug)

    def _meet(self, low: list[Fact], high: list[Fact]) -> bool:
        top = max(low, key=lambda f: f.amount.value)
        tops = [f for f in low if f.amount.value == top.amount.value]
        return any(self._number(f).meets(self._number(g)) for f in tops for g in high)

    def _places(self, facts: list[Fact]) -> tuple[int, bool]:
        tables = {f.place.table for f in facts if f.place.table is not None}
        sentences = {f.place.paragraph for f in facts if f.place.table is None}
        return len(tables) + len(sentences), bool(tables)

    def claim(self, claim: Claim) -> Iterator[Verdict]:
        if claim.kind in ("share", "rate", "completion") and claim.stated is not None:
            if claim.unit == "":
                yield "R5.10", "warning", claim.slug
            elif claim.unit != "%":
                yield "R5.10", "violation", claim.slug
        if claim.kind == "change" and claim.unit == "%":
            yield "R5.10", "violation", claim.slug
        if claim.direction == "unresolved":
            yield "R5.11", "warning", claim.slug
        judge = getattr(self, claim.kind)
        yield from judge(claim)

    def unexplained(self) -> Iterator[Verdict]:
        moved = [
            c
            for c in self.claims.values()
            if c.stated and c.direction in ("increase", "decrease") and not c.change
        ]
        told = [c for c in self.claims.values() if c.direction and not c.unexplained]
        first: dict[str, str] = {}
        for claim in moved:
            current = self.facts.get(claim.operands.get("current", ""))
            held = current is not None and current.key.flow == "notApplicable"
            if claim.unexplained and not held and claim.stated not in {c.stated for c in told}:
                slug = first.get(claim.unexplained, claim.slug)
                first[claim.unexplained] = min(slug, claim.slug)
        for slug in first.values():
            yield "R5.11", "warning", slug

    def _stated(self, claim: Claim) -> Number | None:
        if claim.stated is None or claim.stated_half_step is None:
            return None
        return Number(Fraction(claim.stated), Fraction(claim.stated_half_step))

    def share(self, claim: Claim) -> Iterator[Verdict]:
        stated = self._stated(claim)
        part = self.number(claim.operands.get("part"))
        whole = self.number(claim.operands.get("whole"))
        if stated is None:
            return
        if whole is not None and whole.value == 0 and stated.value != 0:
            yield "R5.6", "warning", claim.slug
        if part is None or whole is None or claim.unit not in ("%", ""):
            return
        if whole.low <= 0 or part.value < 0:
            return
        low, high = 100 * part.low / whole.high, 100 * part.high / whole.low
        if stated.high >= low and stated.low <= high:
            return
        loose = Number(stated.value, 3 * stated.half)
        near = loose.high >= low and loose.low <= high
        shares = [c.stated for c in self.claims.values() if c.kind == "share"
                  and c.group == claim.group and c.stated is not None]  # fmt: skip
        fitted = bool(claim.group) and near and sum(map(Fraction, shares)) == 100
        yield "R5.1", "hint" if fitted else _cut(claim, stated, [(low, high)]), claim.slug

    def change(self, claim: Claim) -> Iterator[Verdict]:
        stated = self._stated(claim)
        current = self.number(claim.operands.get("current"))
        base = self.number(claim.operands.get("base"))
        if stated is None or current is None:
            return
        if base is None:
            printed = claim.operands.get("base", "") in self.facts
            rise = (
                claim.unit != "%" and claim.direction == "increase" and not printed and claim.sole
            )
            if rise and current.value >= 0 and stated.low > current.high:
                yield "R5.2", "violation", claim.slug
            return
        if claim.unit != "%":
            gap = abs(stated.value) - abs(current.value - base.value)
            bound = stated.half + current.half + base.half
            size = Number(abs(stated.value), stated.half)
            moved = Number(abs(current.value - base.value), current.half + base.half)
            if gap:
                beyond = _cut(claim, size, [(moved.low, moved.high)])
                yield "R5.2", beyond if abs(gap) > bound else "hint", claim.slug
        yield from self._movement(claim, stated, current, base)

    def _movement(
        self, claim: Claim, stated: Number, current: Number, base: Number
    ) -> Iterator[Verdict]:
        if claim.direction not in ("increase", "decrease") or stated.value == 0:
            return
        sign = 1 if claim.direction == "increase" else -1
        sign = -sign if stated.value < 0 else sign
        if sign * (current.value - base.value) < -(current.half + base.half):
            yield "R5.4", "violation", claim.slug

    def rate(self, claim: Claim) -> Iterator[Verdict]:
        stated = self._stated(claim)
        current = self.number(claim.operands.get("current"))
        base = self.number(claim.operands.get("base"))
        change = self.claims.get(claim.change)
        moved = self._stated(change) if change else None
        way = change.direction if change else ""
        if stated is None:
            return
        if current and base and way != claim.direction:
            yield from self._movement(claim, stated, current, base)
        yield from self._contradiction(claim, stated, moved, way)
        yield from self._impossible(claim, stated, moved, way)
        zero = base.value == 0 if base else bool(
            current and moved and "base" not in claim.operands
            and way == "increase" and current.value == moved.value
        )  # fmt: skip
        if zero:
            some = stated.value or (current and current.value)
            yield "R5.6", "warning" if some else "hint", claim.slug
        if claim.unit not in ("%", ""):
            return
        if (current and current.value < 0) or (base and base.low <= 0):
            return
        size = Number(abs(stated.value), stated.half)
        ranges = list(_rates(current, base, moved, way))
        if base is None and ranges and {way, claim.direction} == {"increase", "decrease"}:
            ranges += _rates(current, base, moved, claim.direction)
        if ranges and not any(size.high >= low and size.low <= high for low, high in ranges):
            yield "R5.3", _cut(claim, size, ranges), claim.slug

    def _contradiction(
        self, claim: Claim, stated: Number, moved: Number | None, way: str
    ) -> Iterator[Verdict]:
        """Judge a rate and a change that state opposite directions, if no two amounts tell."""
        signs = {"increase": 1, "decrease": -1}
        current = self.number(claim.operands.get("current"))
        base = self.number(claim.operands.get("base"))
        if claim.unit not in ("%", "") or moved is None:
            return
        if current and base and not current.meets(base):
            return
        if signs.get(way, 0) * signs.get(claim.direction, 0) * moved.value * stated.value < 0:
            yield "R5.4", "violation", claim.slug

    def _impossible(
        self, claim: Claim, stated: Number, moved: Number | None, way: str
    ) -> Iterator[Verdict]:
        """Judge a fall by more than all there was, where neither base nor change tell the rate."""
        current = self.number(claim.operands.get("current"))
        derived = moved is not None and way in ("increase", "decrease")
        if (
            claim.unit not in ("%", "")
            or claim.direction != "decrease"
            or derived
            or not claim.sole
        ):
            return
        printed = claim.operands.get("base", "") in self.facts
        if current and current.value >= 0 and stated.low > 100 and not printed:
            yield "R5.3", "violation", claim.slug

    def completion(self, claim: Claim) -> Iterator[Verdict]:
        stated = self._stated(claim)
        budget = self.number(claim.operands.get("budget"))
        if stated is not None and budget is not None and budget.value == 0:
            spent = self.number(claim.operands.get("actual"))
            some = stated.value or (spent and spent.value)
            yield "R5.6", "warning" if some else "hint", claim.slug
        actual = claim.operands.get("actual")
        if stated is None or actual is None:
            return
        yield from self._completed(claim, stated, self.number(actual), budget)
        for equation in self.extraction.equations:
            if equation.total == actual and equation.relation == "equal":
                yield from self._between(claim, stated, equation)

    def _completed(
        self, claim: Claim, stated: Number, actual: Number | None, budget: Number | None
    ) -> Iterator[Verdict]:
        if actual is None or budget is None or claim.unit not in ("%", ""):
            return
        if budget.low <= 0 or actual.value < 0:
            return
        low, high = 100 * actual.low / budget.high, 100 * actual.high / budget.low
        if stated.high < low or stated.low > high:
            yield "R5.3", _cut(claim, stated, [(low, high)]), claim.slug

    def _between(self, claim: Claim, stated: Number, equation: Equation) -> Iterator[Verdict]:
        whole, planned = self.number(equation.total), self.number(claim.operands.get("budget"))
        slugs = [p.fact for p in equation.parts if (n := self.number(p.fact)) and n.value != 0]
        if any(part.weight != 1 for part in equation.parts if part.fact in slugs):
            return
        parts = [c for slug in slugs for c in self._completions(slug)]
        if whole is None or len(slugs) < 2 or {c.operands["actual"] for c in parts} != set(slugs):
            return
        if len(parts) != len(slugs):
            return
        numbers = [n for n in map(self.number, slugs) if n]
        if abs(whole.value - sum(n.value for n in numbers)) > whole.half + sum(
            n.half for n in numbers
        ):
            return
        budgets = [self.number(c.operands.get("budget")) for c in parts]
        known = [b for b in budgets if b is not None]
        if known:
            if len(known) != len(parts) or min(b.value for b in known) <= 0:
                return
            if planned and abs(planned.value - sum(b.value for b in known)) > planned.half + sum(
                b.half for b in known
            ):
                return
        rates = [r for r in map(self._stated, parts) if r]
        if stated.high < min(r.low for r in rates) or stated.low > max(r.high for r in rates):
            yield "R5.5", "violation", claim.slug

    def _completions(self, slug: str) -> list[Claim]:
        return [
            c
            for c in self.claims.values()
            if c.kind == "completion" and c.operands.get("actual") == slug and c.stated is not None
        ]

    def direction(self, claim: Claim) -> Iterator[Verdict]:
        left = self.number(claim.operands.get("left"))
        right = self.number(claim.operands.get("right"))
        if left is None or right is None:
            return
        gap, bound = left.value - right.value, left.half + right.half
        if claim.direction == "equal":
            verdict = left.same(right)
        elif claim.direction in ("greater", "increase"):
            verdict = "violation" if gap < -bound else "hint" if gap <= 0 else "pass"
        elif claim.direction in ("less", "decrease"):
            verdict = "violation" if gap > bound else "hint" if gap >= 0 else "pass"
        else:
            return
        if verdict != "pass":
            yield "R5.4", verdict, claim.slug

    def zero(self, claim: Claim) -> Iterator[Verdict]:
        current = self.facts.get(claim.operands.get("current", ""))
        if current is not None and current.amount.value != 0:
            yield "R5.4", "violation", claim.slug

    def lists(self) -> Iterator[Verdict]:
        """Judge complete lists of shares; the list goes by the first slug of its claims."""
        groups: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            if claim.kind == "share" and claim.group_complete and claim.stated is not None:
                groups[claim.group].append(claim)
        for claims in groups.values():
            stated = [n for n in map(self._stated, claims) if n]
            gap = abs(sum(n.value for n in stated) - 100)
            if len(claims) > 1 and gap > sum(n.half for n in stated):
                yield "R5.7", "hint", min(claim.slug for claim in claims)


def _cut(claim: Claim, stated: Number, ranges: list[tuple[Fraction, Fraction]]) -> str:
    """Tell how wrong a number is: less than a unit of its last decimal that is not 0, or more."""
    whole, _, decimals = claim.printed.strip("%").partition(".")
    filled = len(decimals) - len(decimals.rstrip("0")) if decimals.strip("0") else 0
    step = 2 * stated.half * 10**filled
    near = any(stated.value + step > low and stated.value - step < high for low, high in ranges)
    return "warning" if near else "violation"


def _rates(
    current: Number | None, base: Number | None, moved: Number | None, way: str
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the intervals in which a rate may lie, one for each way to compute it."""
    if current and base:
        low = 100 * (current.low - base.high) / base.high
        high = 100 * (current.high - base.low) / base.low
        if low >= 0:
            yield low, high
        elif high <= 0:
            yield -high, -low
        else:
            yield Fraction(0), max(-low, high)
    size = Number(abs(moved.value), moved.half) if moved else None
    if size and base:
        yield 100 * size.low / base.high, 100 * size.high / base.low
    elif size and current and way in ("increase", "decrease") and base is None:
        if way == "increase":
            if current.low - size.high > 0:
                yield (100 * size.low / (current.high - size.low),
                       100 * size.high / (current.low - size.high))  # fmt: skip
        elif current.value + size.value - current.half - size.half > 0:
            yield (100 * size.low / (current.high + size.low),
                   100 * size.high / (current.low + size.high))  # fmt: skip


def judge(extraction: Extraction) -> set[Verdict]:
    """Return what rules R3, R4.1 to R4.4 and R5 must say about an extraction."""
    return Judge(extraction).verdicts()
