"""The numbers and words a finding rests on: printed form, unit, place and surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from kemu.graph.codes import Level, differing
from kemu.model.document import Place
from kemu.model.facts import Claim, CodeMention, Extraction, Fact
from kemu.model.findings import Evidence, Finding, Held, root_id
from kemu.report.labels import short
from kemu.report.money import PERCENT, YUAN, Unit, in_unit, in_yuan, places
from kemu.report.places import Locator, Quote
from kemu.report.words import Words

_SHOWN_ELSEWHERE = 12
_DIGITS = (3, 5, 7)
"""Of 类, 款 and 项."""
_BETWEEN = r"[^，。；]{0,8}?"
"""What may stand between two names of a path: （类）, a dash, a closing quotation mark."""
_BESIDE = r"[^，。；\d]{0,4}?"
"""What may stand between a name and its code."""


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

    def __init__(
        self, extraction: Extraction, words: Words, held: Mapping[str, Held] | None = None
    ) -> None:
        self.extraction = extraction
        self.held = held or {}
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

    def named(self, mention: CodeMention, level: Level, place: Place) -> Place | None:
        """Return where in a paragraph one level of a mention stands; None where that is not sure.

        The name of a 款 that is written over the 类 stands there twice: what tells the two apart
        is the order of the path.
        """
        index = _DIGITS.index(len(level.notation)) if len(level.notation) in _DIGITS else 0
        single = len(mention.printed_path) < 2
        group = "level0" if single else f"level{index}"
        text = self.locator.text(place)
        for pattern in _patterns(mention):
            found = list(pattern.finditer(text))
            if len(found) > 1:
                return None
            if found and found[0].groupdict().get(group) == level.printed:
                start, end = found[0].span(group)
                return replace(place, start=start, end=end)
        return None

    def span(self, evidence: Evidence) -> Place:
        """Return a place, narrowed to the words meant where only their paragraph is known."""
        place = evidence.place
        if place.start is not None or place.table is not None:
            return place
        mention = self.mention(evidence)
        for level in differing(mention) if mention else ():
            named = self.named(mention, level, place) if mention else None
            if named is not None:
                return named
        for words in (evidence.quote, mention.printed_name if mention else ""):
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

    def _claim(self, finding: Finding) -> Claim | None:
        found = (self.claim(evidence) for evidence in finding.evidence)
        return next((claim for claim in found if claim is not None), None)


def _sequence(mention: CodeMention) -> tuple[tuple[str, str], ...]:
    """Return what is printed of a mention in order: group name → words."""
    names = mention.printed_path if len(mention.printed_path) > 1 else (mention.printed_name,)
    first = len(names) - 1 if mention.printed_code else 0
    return tuple((f"level{i}", name) for i, name in enumerate(names) if name and i >= first)


def _patterns(mention: CodeMention) -> Iterator[re.Pattern[str]]:
    """Yield what to look for in a paragraph: a path in order, a name beside its code, a name."""
    names = [f"(?P<{group}>{re.escape(name)})" for group, name in _sequence(mention)]
    if not names:
        return
    run = _BETWEEN.join(names)
    if mention.printed_code:
        yield re.compile(f"{run}{_BESIDE}{mention.printed_code}")
        yield re.compile(f"{mention.printed_code}{_BESIDE}{run}")
    else:
        yield re.compile(run)
