"""What should be printed instead: of every finding that one safe change of the page would mend.

A change is safe where independent relations confirm it, where it breaks nothing that holds today,
says its direction with the right word, and stands in words of the page that no other change
touches. Otherwise nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from kemu.classification.tables.spelling import SUFFIX
from kemu.extract.words import sentences
from kemu.graph.codes import Level, differing
from kemu.model.document import Place
from kemu.model.facts import Claim, CodeMention, Fact
from kemu.model.findings import Evidence, Finding, Severity
from kemu.model.language import ClaimKind, OperandRole
from kemu.report.evidence import Context
from kemu.report.money import like_printed, places
from kemu.validate.causes.constraints import (
    CONFIRMED,
    Numbers,
    Rows,
    by_number,
    confirmations,
    constraints,
)

_CLASS = 3
"""Digits of a 类, whose name many print without 支出."""
_DOUBTFUL = frozenset(("nameOfOtherCode", "nameUnknown"))
"""Differences that leave open whether the name or the code is wrong."""
_WAYS = {"increase": 1, "decrease": -1}
_RATIOS: Mapping[ClaimKind, tuple[OperandRole, OperandRole]] = {
    "share": ("part", "whole"),
    "completion": ("actual", "budget"),
}
_NEAR = 24
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Edit:
    """Words of a paragraph, or a whole cell, and what should stand there."""

    place: Place
    text: str


@dataclass(frozen=True)
class Remedy:
    """What to print instead.

    Attributes:
        place: Of what is to be replaced: a sentence, some words of it, or a cell.
        printed: What stands there.
        text: What should.
    """

    place: Place
    printed: str
    text: str


class Remedies:
    """Finds the changes that mend the findings of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.context.extraction)

    @cached_property
    def _rows(self) -> Rows:
        return by_number(constraints(self.context.extraction, self.context.held))

    def edits(self, finding: Finding, others: Sequence[Finding] = ()) -> tuple[Edit, ...]:
        """Return the changes that mend a finding and others of the same cause; none if not sure."""
        suspect = self.context.suspect(finding)
        if suspect is not None:
            return self._restored((finding, *others), suspect)
        first = finding.evidence[0] if finding.evidence else None
        if first is None or (finding.severity is Severity.HINT and first.value is not None):
            return ()
        if first.value is None:
            return self._renamed(first) if finding.computed is None else ()
        fact, claim = self.context.fact(first.place, first.value), self.context.claim(first)
        if claim is not None:
            return self._claimed(claim, finding)
        if fact is None or finding.computed is None or fact.amount.value != first.value:
            return ()
        if self._is_limit(finding, fact) or self._blames_another(finding, fact):
            return ()
        return self._amount(fact, finding.computed)

    # Amounts ------------------------------------------------------------------------------

    def _restored(self, findings: Iterable[Finding], suspect: Fact) -> tuple[Edit, ...]:
        """Return a suspect number with the value that makes all hold in which it takes part.

        Where that is zero the number is one too many, and there is nothing to print instead.
        """
        for finding in findings:
            for index, one in enumerate(finding.evidence):
                if one.place.slug == suspect.place.slug and one.value == suspect.amount.value:
                    value = _implied(finding, index)
                    if value:
                        return self._amount(suspect, value)
        return ()

    def _amount(self, fact: Fact, value: Decimal) -> tuple[Edit, ...]:
        confirmed = confirmations(self._numbers, self._rows, fact.slug, value) >= CONFIRMED
        if not confirmed or not self._holds(fact, value):
            return ()
        new = like_printed(value, fact.amount.printed, fact.amount.factor)
        mark = self._printed(fact.place)
        if mark.count(fact.amount.printed) != 1:
            return ()
        return (Edit(fact.place, mark.replace(fact.amount.printed, new)),)

    def _holds(self, fact: Fact, value: Decimal) -> bool:
        """Tell whether a number with another value breaks no relation that holds today."""
        moved = {fact.slug: value}
        rows = self._rows.get(fact.slug, ())
        broken = any(row.miss(self._numbers, moved) and not row.miss(self._numbers) for row in rows)
        return not broken and all(
            self._still_rated(claim, value)
            for claim in self.context.extraction.claims
            if claim.operands.get("current") == fact.slug
        )

    def _still_rated(self, claim: Claim, current: Decimal) -> bool:
        """Tell whether a rate without a printed base still follows from its change."""
        change = self._numbers.claims.get(claim.change)
        if claim.kind != "rate" or change is None or "base" in claim.operands:
            return True
        if claim.stated is None or change.stated is None or change.direction not in _WAYS:
            return True
        base = current - _WAYS[change.direction] * change.stated
        return base > 0 and _rounds_to(_HUNDRED * abs(change.stated) / base, claim)

    def _is_limit(self, finding: Finding, total: Fact) -> bool:
        """Tell whether the total of a finding is only a limit to its terms."""
        facts = (self.context.fact(one.place, one.value) for one in finding.evidence)
        slugs = {fact.slug for fact in facts if fact is not None}
        return any(
            equation.relation == "atMost"
            and equation.total == total.slug
            and slugs.issuperset(part.fact for part in equation.parts)
            for equation in self.context.extraction.equations
        )

    @staticmethod
    def _blames_another(finding: Finding, fact: Fact) -> bool:
        """Tell whether the likely cause of a finding lies in another number than its first."""
        assert finding.computed is not None
        new = like_printed(finding.computed, fact.amount.printed, fact.amount.factor)
        return new not in finding.cause.get("zh", new)

    # Claims -------------------------------------------------------------------------------

    def _claimed(self, claim: Claim, finding: Finding) -> tuple[Edit, ...]:
        """Return a stated number as it follows from the amounts, with the right word before it.

        The amounts must be confirmed by other relations, else one of them may be what is wrong.
        """
        if not all(self._is_confirmed(slug, claim) for slug in claim.operands.values()):
            return ()
        if claim.kind in _RATIOS:
            return self._percent(claim, self._ratio(claim))
        way = self._way(claim)
        if claim.kind == "rate" and way is not None:
            edits = self._percent(claim, self._rate(claim, finding))
            return self._worded(claim, way, edits) if edits else ()
        if claim.kind == "change" and way is not None and self._right_size(claim):
            return self._worded(claim, way, ())
        return ()

    def _is_confirmed(self, slug: str, claim: Claim) -> bool:
        """Tell whether a number keeps a relation other than what a claim says of it."""
        rows = [row for row in self._rows.get(slug, ()) if row.claim != claim.slug]
        return confirmations(self._numbers, {**self._rows, slug: rows}, slug) > 0

    def _ratio(self, claim: Claim) -> Decimal | None:
        """Return the share or completion that the amounts tell, None where they do not."""
        upper, lower = (claim.operands.get(role, "") for role in _RATIOS[claim.kind])
        if upper not in self._numbers.facts or lower not in self._numbers.facts:
            return None
        whole = self._numbers.value(lower)
        return _HUNDRED * self._numbers.value(upper) / whole if whole > 0 else None

    def _percent(self, claim: Claim, computed: Decimal | None) -> tuple[Edit, ...]:
        mark = self._printed(claim.place)
        if computed is None or claim.unit != "%" or mark.count(claim.printed) != 1:
            return ()
        step = Decimal(1).scaleb(-places(claim.printed))
        new = str(abs(computed).quantize(step, ROUND_HALF_UP))
        return (Edit(claim.place, mark.replace(claim.printed, new)),)

    def _amounts(self, claim: Claim) -> tuple[Decimal, Decimal] | None:
        """Return the amount of a claim and the one that it is compared with, where printed."""
        slugs = [claim.operands.get(role, "") for role in ("current", "base")]
        if not all(slug in self._numbers.facts for slug in slugs):
            return None
        current, base = (self._numbers.value(slug) for slug in slugs)
        return current, base

    def _way(self, claim: Claim) -> str | None:
        """Return the direction that the amounts tell; the claim's own where they do not."""
        amounts = self._amounts(claim)
        if claim.direction not in _WAYS or (claim.stated or 0) < 0:
            return None
        if amounts is None:
            change = self._numbers.claims.get(claim.change)
            return claim.direction if change and change.direction == claim.direction else None
        current, base = amounts
        if current == base:
            return None
        return "increase" if current > base else "decrease"

    def _rate(self, claim: Claim, finding: Finding) -> Decimal | None:
        """Return the rate that the amounts tell, else the one that the finding computed."""
        amounts = self._amounts(claim)
        if amounts is None or amounts[1] <= 0:
            return finding.computed if finding.unit == "%" else None
        return _HUNDRED * (amounts[0] - amounts[1]) / amounts[1]

    def _right_size(self, claim: Claim) -> bool:
        """Tell whether a change has the size that its amounts tell, and its rates the same word."""
        amounts = self._amounts(claim)
        own = claim.stated_half_step
        if amounts is None or claim.unit == "%" or claim.stated is None or own is None:
            return False
        bound = own
        for role in ("current", "base"):
            bound += self._numbers.half(claim.operands[role])
        return abs(abs(amounts[0] - amounts[1]) - claim.stated) <= bound

    def _worded(self, claim: Claim, way: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """Return changes with the word of direction before the number turned, if it is wrong."""
        if way == claim.direction:
            return edits
        place = claim.place
        text = self.context.locator.text(place)[: place.start]
        match = sentences.pattern("change", "before").search(text[-_NEAR:])
        word = match["direction"] if match else ""
        if match is None or word not in sentences.opposites():
            return ()
        start = max(len(text) - _NEAR, 0) + match.start("direction")
        turned = replace(place, start=start, end=start + len(word))
        return (Edit(turned, sentences.opposites()[word]), *edits)

    # Names --------------------------------------------------------------------------------

    def _renamed(self, first: Evidence) -> tuple[Edit, ...]:
        """Return the official names in place of those that differ."""
        mention = self.context.mention(first)
        if mention is None or _DOUBTFUL & set(mention.differences):
            return ()
        edits = [self._level(mention, level, first.place) for level in differing(mention)]
        found = [edit for edit in edits if edit is not None and edit.text]
        return tuple(found) if len(found) == len(edits) else ()

    def _level(self, mention: CodeMention, level: Level, place: Place) -> Edit | None:
        plain = len(level.notation) == _CLASS and not level.printed.endswith(SUFFIX)
        official = level.official.removesuffix(SUFFIX) if plain else level.official
        if official == level.printed:
            return None
        if place.table is not None:
            cell = self.context.locator.cell(place)
            text = cell.text if cell else ""
            once = text.count(level.printed) == 1
            return Edit(place, text.replace(level.printed, official)) if once else None
        found = self.context.named(mention, level, place)
        return Edit(found, official) if found is not None else None

    def _printed(self, place: Place) -> str:
        return self.context.locator.printed(place)


def offered(context: Context, wanted: Mapping[str, tuple[Edit, ...]]) -> dict[str, Remedy]:
    """Return what to offer for each finding, by its id.

    Where several findings change one sentence each is given its own words only, for a whole
    sentence would undo the others; what two of them change differently is not offered at all.
    """
    places = {
        name: context.locator.extent(edits[0].place) for name, edits in wanted.items() if edits
    }
    found: dict[str, Remedy] = {}
    for name, extent in places.items():
        edits = wanted[name]
        rivals = [
            wanted[other]
            for other, place in places.items()
            if wanted[other] != edits and _overlap(place, extent)
        ]
        if any(_overlap(one.place, two.place) for r in rivals for one in r for two in edits):
            continue
        place = _around(edits) if rivals else extent
        if place is not None and all(_within(edit.place, place) for edit in edits):
            text = "".join(_written(context, place, edits))
            printed = context.locator.printed(place)
            if text != printed:
                found[name] = Remedy(place, printed, text)
    return found


def _around(edits: Sequence[Edit]) -> Place | None:
    """Return the words from the first change to the last."""
    first = edits[0].place
    if first.start is None:
        return first
    starts = [edit.place.start or 0 for edit in edits]
    ends = [edit.place.end or 0 for edit in edits]
    return replace(first, start=min(starts), end=max(ends))


def _overlap(one: Place, two: Place) -> bool:
    if _block(one) != _block(two):
        return False
    if None in (one.start, one.end, two.start, two.end):
        return True
    return (one.start or 0) < (two.end or 0) and (two.start or 0) < (one.end or 0)


def _within(inner: Place, outer: Place) -> bool:
    return outer.start is None or (
        outer.start <= (inner.start or 0) and (inner.end or 0) <= (outer.end or 0)
    )


def _block(place: Place) -> tuple[object, ...]:
    return place.source, place.table, place.row, place.column, place.paragraph


def _written(context: Context, place: Place, edits: Sequence[Edit]) -> Iterator[str]:
    """Yield what is printed at a place, changed where the edits say."""
    if place.start is None:
        yield edits[0].text
        return
    at = place.start
    for edit in sorted(edits, key=lambda edit: edit.place.start or 0):
        yield context.locator.printed(replace(place, start=at, end=edit.place.start))
        yield edit.text
        at = edit.place.end or at
    yield context.locator.printed(replace(place, start=at))


def _rounds_to(rate: Decimal, claim: Claim) -> bool:
    half = claim.stated_half_step or Decimal(0)
    return abs(rate - abs(claim.stated or Decimal(0))) <= 2 * half


def _implied(finding: Finding, index: int) -> Decimal | None:
    """Return the value of one number that makes a finding's equation hold, None if not linear."""
    one, gap = finding.evidence[index], finding.difference
    if gap is None or finding.unit == "%" or one.value is None:
        return None
    if one.role == "term":
        return one.value + gap / one.weight
    return one.value - gap if index == 0 else one.value + gap
