"""The numbers and words a finding rests on: printed form, unit, place and surroundings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from kemu.classification.tables.spelling import SUFFIX
from kemu.graph.codes import differing
from kemu.model.document import Place
from kemu.model.facts import Claim, CodeMention, Extraction, Fact
from kemu.model.findings import Evidence, Finding, Severity, root_id
from kemu.report.labels import short
from kemu.report.money import PERCENT, YUAN, Unit, in_unit, in_yuan, like_printed, places
from kemu.report.places import Locator, Quote
from kemu.report.words import Words

_SHOWN_ELSEWHERE = 12
_CLASS = 3
"""Digits of a 类, whose name many print without 支出."""


@dataclass(frozen=True)
class Printed:
    """One number or text, ready to show.

    Attributes:
        role: What part it plays, in words.
        amount: As a reader wants it, `1,055.76万元`; the quote itself for text.
        yuan: The same in 元, empty where that says nothing new.
        label: What it measures.
        where: Its place in words.
        quote: What is printed there, the number apart from the words around it.
        same: It is the same quantity (not only the same digits).
    """

    role: str
    amount: str
    yuan: str
    label: str
    where: str
    quote: Quote
    same: bool = True


class Context:
    """What the report needs to know about one document, indexed by place."""

    def __init__(self, extraction: Extraction, words: Words) -> None:
        self.extraction = extraction
        self.words = words
        self.locator = Locator(extraction.document, words)

    @cached_property
    def _facts(self) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = {}
        for fact in self.extraction.facts:
            index.setdefault(fact.place.slug, []).append(fact)
        return index

    @cached_property
    def _claims(self) -> dict[str, list[Claim]]:
        index: dict[str, list[Claim]] = {}
        for claim in self.extraction.claims:
            index.setdefault(claim.place.slug, []).append(claim)
        return index

    @cached_property
    def _mentions(self) -> dict[str, list[CodeMention]]:
        index: dict[str, list[CodeMention]] = {}
        for mention in self.extraction.mentions:
            index.setdefault(mention.place.slug, []).append(mention)
        return index

    @cached_property
    def _by_value(self) -> dict[Decimal, list[Fact]]:
        index: dict[Decimal, list[Fact]] = {}
        for fact in self.extraction.facts:
            if fact.amount.value:
                index.setdefault(fact.amount.value, []).append(fact)
        return index

    def fact(self, place: Place, value: Decimal | None = None) -> Fact | None:
        """Return the fact printed at a place (the one with that value where there are several)."""
        found = self._facts.get(place.slug, [])
        return next((f for f in found if f.amount.value == value), found[0] if found else None)

    def claim(self, evidence: Evidence) -> Claim | None:
        """Return the claim that states a number, None where it is no claim's."""
        found = self._claims.get(evidence.place.slug, [])
        return next((c for c in found if c.stated == evidence.value and c.stated is not None), None)

    def mention(self, evidence: Evidence) -> CodeMention | None:
        """Return the one code or name that a text is, None where several could be meant."""
        found = self._mentions.get(evidence.place.slug, [])
        if len(found) > 1:
            found = [m for m in found if m.printed_name and m.printed_name in evidence.quote]
        return found[0] if len(found) == 1 else None

    def span(self, evidence: Evidence) -> Place:
        """Return a place, narrowed to the words meant where only their paragraph is known."""
        place = evidence.place
        if place.start is not None or place.table is not None:
            return place
        mention = self.mention(evidence)
        differ = [level.printed for level in differing(mention)] if mention else []
        for words in (*differ, evidence.quote, mention.printed_name if mention else ""):
            found = self.locator.find(place, words)
            if found is not None:
                return found
        return place

    def unit(self, finding: Finding) -> Unit:
        """Return the unit to show a finding's numbers in: the one printed at its first number."""
        if finding.unit == "%":
            claim = self._claim(finding)
            return Unit("%", Decimal(1), places(claim.printed)) if claim else PERCENT
        for evidence in finding.evidence:
            fact = self.fact(evidence.place, evidence.value)
            if fact is not None and Unit.of(fact.amount).is_money == (finding.unit != "items"):
                return Unit.of(fact.amount)
        return YUAN if finding.unit != "items" else Unit("")

    def rounded(self, value: Decimal, finding: Finding, rounding: str = ROUND_HALF_UP) -> Decimal:
        """Return a percentage with two digits more than is printed; other numbers as they are."""
        if finding.unit != "%":
            return value
        step = Decimal(1).scaleb(-(self.unit(finding).decimals + 2))
        return value.quantize(step, rounding)

    def evidence(self, finding: Finding) -> tuple[Printed, ...]:
        """Return all numbers of a finding, the one at fault first.

        The others say where they are in relation to it; a sentence is quoted only once.
        """
        shown = [self.printed(evidence, finding) for evidence in finding.evidence]
        for index, evidence in enumerate(finding.evidence[1:], start=1):
            first = self.span(finding.evidence[0])
            if self.locator.same_sentence(self.span(evidence), first):
                where = self.words("place", "same_sentence")
                shown[index] = replace(shown[index], where=where, quote=Quote("", "", ""))
        return tuple(shown)

    def printed(self, evidence: Evidence, finding: Finding) -> Printed:
        """Return one number or text of a finding."""
        fact = self.fact(evidence.place, evidence.value)
        quote = self.locator.quote(self.span(evidence), evidence.quote)
        amount, yuan = self._amount(evidence, fact, finding)
        if evidence.value is None and self.mention(evidence):
            amount = quote.mark
        return Printed(
            role=self.words("role", evidence.role),
            amount=amount,
            yuan=yuan,
            label=short(evidence.label or (fact.label if fact else "")),
            where=self.where(self.span(evidence), fact),
            quote=quote,
        )

    def where(self, place: Place, fact: Fact | None = None) -> str:
        """Return a place in words, with the labels that a fact printed there knows."""
        if fact is None or place.table is None:
            return self.locator.words(place)
        return self.locator.words(place, fact.label, fact.column_path, fact.heading)

    def known(self, group: str, name: str) -> str:
        """Return the words for a name that other modules may invent; `other` where it has none."""
        words = self.words(group, name)
        return self.words(group, "other") if words == name else words

    def near(self, place: Place, other: Place) -> str:
        """Return a place in words, short where the other place has said part of it."""
        fact = self.fact(place)
        label, column = (fact.label, fact.column_path) if fact else ("", "")
        return self.locator.near(place, other, label, column)

    def _amount(self, evidence: Evidence, fact: Fact | None, finding: Finding) -> tuple[str, str]:
        if evidence.value is None:
            return evidence.quote, ""
        claim = self.claim(evidence)
        if fact is not None and fact.amount.value == evidence.value:
            unit = Unit.of(fact.amount)
        elif claim is not None and claim.kind != "change":
            return claim.printed + (claim.unit or "%"), ""
        elif claim is not None:
            unit = Unit.named(claim.unit or "%", claim.printed)
        else:
            unit = self.unit(finding)
        return in_unit(evidence.value, unit), in_yuan(evidence.value, unit)

    @cached_property
    def _by_root(self) -> dict[str, Fact]:
        sha256 = self.extraction.document.sha256
        return {root_id(sha256, fact.place): fact for fact in self.extraction.facts}

    def suspect(self, finding: Finding) -> Fact | None:
        """Return the number in which the root cause of a finding lies, None where none is known."""
        return self._by_root.get(finding.root) if finding.root else None

    def at_fault(self, finding: Finding) -> bool:
        """Return whether a finding's first number is the one in which its root cause lies."""
        suspect = self.suspect(finding)
        first = finding.evidence[0] if finding.evidence else None
        return (
            suspect is not None
            and first is not None
            and (first.place.slug, first.value) == (suspect.place.slug, suspect.amount.value)
        )

    def shown(self, fact: Fact, role: str) -> Printed:
        """Return a number by itself, with its place and its sentence."""
        return replace(self._copy(fact, same=True), role=self.words("role", role))

    def restored(self, findings: Iterable[Finding], suspect: Fact) -> str:
        """Return the words around a suspect number as they should read, nothing if not known.

        The value follows from the first finding in which the number is the total or a term. Where
        it is zero the number is one too many, and there is nothing to print instead.
        """
        for finding in findings:
            for index, one in enumerate(finding.evidence):
                if one.place.slug == suspect.place.slug and one.value == suspect.amount.value:
                    value = _implied(finding, index)
                    if value:
                        return self._rewritten(suspect, value)
        return ""

    def _rewritten(self, fact: Fact, value: Decimal) -> str:
        new = like_printed(value, fact.amount.printed, fact.amount.factor)
        around = self.locator.sentence(fact.place)
        if around is None:
            return new
        mark = around.mark.replace(fact.amount.printed, new, 1)
        return f"{around.before}{mark}{around.after}"

    def elsewhere(self, finding: Finding) -> tuple[Printed, ...]:
        """Return the other places that print the number at fault, the same quantity first."""
        first = finding.evidence[0] if finding.evidence else None
        if first is None or first.value is None or finding.unit == "%":
            return ()
        own = self.fact(first.place, first.value)
        key = own.key.digest() if own else None
        shown = {evidence.place.slug for evidence in finding.evidence}
        others = [f for f in self._by_value.get(first.value, []) if f.place.slug not in shown]
        found = [
            self._copy(fact, same=key is not None and fact.key.digest() == key) for fact in others
        ]
        return tuple(sorted(found, key=lambda printed: not printed.same))[:_SHOWN_ELSEWHERE]

    def _copy(self, fact: Fact, same: bool) -> Printed:
        unit = Unit.of(fact.amount)
        return Printed(
            role="",
            amount=in_unit(fact.amount.value, unit),
            yuan=in_yuan(fact.amount.value, unit),
            label=short(fact.label),
            where=self.where(fact.place, fact),
            quote=self.locator.quote(fact.place, fact.quote),
            same=same,
        )

    def replacement(self, finding: Finding) -> str:
        """Return what should be printed instead, with its sentence; nothing if not known."""
        first = finding.evidence[0] if finding.evidence else None
        if first is None or (finding.severity is Severity.HINT and first.value is not None):
            return ""
        if self._is_limit(finding):
            return ""
        if finding.computed is None:
            return self._right_name(first)
        new = self._new_number(first, finding)
        if new not in finding.cause.get("zh", new):
            return ""  # the likely cause lies in another number
        around = self.locator.sentence(self.span(first))
        if not new or around is None:
            return new
        printed = self._printed_number(first)
        if printed and printed in around.mark:
            new = around.mark.replace(printed, new, 1)
        return f"{around.before}{new}{around.after}"

    def _is_limit(self, finding: Finding) -> bool:
        """Return whether the total of a finding is only a limit to its terms."""
        slugs = {fact.slug for e in finding.evidence if (fact := self.fact(e.place, e.value))}
        first = self.fact(finding.evidence[0].place, finding.evidence[0].value)
        return any(
            equation.relation == "atMost"
            and first is not None
            and equation.total == first.slug
            and slugs.issuperset(part.fact for part in equation.parts)
            for equation in self.extraction.equations
        )

    def _right_name(self, first: Evidence) -> str:
        """Return a sentence or cell with the official names in place of those that differ."""
        mention = self.mention(first)
        if mention is None:
            return ""
        around, cell = self.locator.sentence(self.span(first)), self.locator.cell(first.place)
        text = around.whole if around else cell.text if cell else mention.printed_name
        return _renamed(text, mention)

    def _new_number(self, first: Evidence, finding: Finding) -> str:
        assert finding.computed is not None
        fact, claim = self.fact(first.place, first.value), self.claim(first)
        if fact is not None and fact.amount.value == first.value:
            return like_printed(finding.computed, fact.amount.printed, fact.amount.factor)
        if claim is not None and claim.unit == "%" and finding.unit == "%":
            step = Decimal(1).scaleb(-places(claim.printed))
            return str(finding.computed.quantize(step, ROUND_HALF_UP))
        return ""

    def _printed_number(self, first: Evidence) -> str:
        fact, claim = self.fact(first.place, first.value), self.claim(first)
        if fact is not None:
            return fact.amount.printed
        return claim.printed if claim is not None else ""

    def _claim(self, finding: Finding) -> Claim | None:
        found = (self.claim(evidence) for evidence in finding.evidence)
        return next((claim for claim in found if claim is not None), None)


def _renamed(text: str, mention: CodeMention) -> str:
    """Return a text with official names; nothing if that changes nothing."""
    new = text
    for level in differing(mention):
        plain = len(level.notation) == _CLASS and not level.printed.endswith(SUFFIX)
        official = level.official.removesuffix(SUFFIX) if plain else level.official
        new = new.replace(level.printed, official, 1)
    return new if new != text else ""


def _implied(finding: Finding, index: int) -> Decimal | None:
    """Return the value of one number that makes a finding's equation hold, None if not linear."""
    one, gap = finding.evidence[index], finding.difference
    if gap is None or finding.unit == "%" or one.value is None:
        return None
    if one.role == "term":
        return one.value + gap / one.weight
    return one.value - gap if index == 0 else one.value + gap
