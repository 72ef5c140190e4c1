"""Amounts in prose: from numbers and the words around them to facts and claims.

One pass over the numbers of a paragraph. Each number has a role (`sentences.role`); a level is
bound by the words that name it, within what the section, the open list and the sentence before
say. A label that is not understood whole binds nothing: the number is listed as unbound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kemu.extract import numbers, sentences
from kemu.extract.context import Context
from kemu.extract.keys import SUBJECT
from kemu.extract.labels import Label, Labels
from kemu.extract.lists import Lists
from kemu.extract.numbers import Number
from kemu.extract.outline import Section
from kemu.extract.sentences import Role
from kemu.model.document import Paragraph, Place
from kemu.model.facts import Claim, CodeMention, Equation, Fact, Key, Span, Unbound

_SENTENCE = re.compile(r"[。！？]")
_CLAUSE = re.compile(r"[。！？；]")


@dataclass
class Observed:
    """What prose extraction collects."""

    facts: list[Fact] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    mentions: list[CodeMention] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    unbound: list[Unbound] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    subjects: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class _State:
    """Where the pass stands within a paragraph."""

    subject: dict[str, str] = field(default_factory=dict)
    focus: Fact | None = None
    change: Claim | None = None
    aside: str = ""
    last: str = ""


class Prose:
    """The pass over a document's paragraphs, in reading order."""

    def __init__(self, context: Context, precision: dict[str, int]) -> None:
        self.context = context
        self.precision = precision
        self.observed = Observed()
        self.labels = Labels(context)
        self.lists = Lists(self.observed.equations)
        self._section = Section()
        self._bases: dict[str, Fact] = {}

    def paragraph(self, paragraph: Paragraph, section: Section) -> None:
        """Observe one paragraph."""
        if section.headings != self._section.headings:
            self.lists.close_all()
        self._section = section
        text = paragraph.content.text
        found = numbers.find(text)
        opening = self.labels.opening(text, found[0].start if found else len(text))
        state = _State()
        if opening is not None:
            state.subject = dict(opening.says)
            self._mention(opening, paragraph)
        if found:
            self.lists.item(text)
        previous = 0
        for index, number in enumerate(found):
            after = text[number.end : found[index + 1].start if index + 1 < len(found) else None]
            self._number(paragraph, number, text[previous : number.start], after, state)
            previous = number.end
        self._gap(text[previous:], state, paragraph)
        self.lists.end_paragraph(text[previous:], state.focus)

    # One number ---------------------------------------------------------------------------

    def _number(
        self, paragraph: Paragraph, number: Number, gap: str, after: str, state: _State
    ) -> None:
        self._gap(gap, state, paragraph)
        if number.kind == "count":
            state.last = "count"
            return
        place = self._place(paragraph, number)
        if self._section.is_aside():
            return self._unbound(paragraph, number, "policy")
        if state.aside:
            return self._unbound(paragraph, number, state.aside)
        local = _CLAUSE.split(gap)[-1]
        role = sentences.role(number, local, after)
        if number.kind == "percent" and state.last == "base" and local in ("", "的"):
            role = Role("completion")
        if role.kind == "level":
            self._level(paragraph, number, place, gap, state)
        elif role.kind == "base":
            self._base(paragraph, number, place, local, role, state)
        elif role.kind in ("change", "rate"):
            self._change(paragraph, number, place, local, role, state)
        elif role.kind in ("share", "completion"):
            self._ratio(paragraph, number, place, role, state)
        else:
            self._unbound(paragraph, number, role.kind)
        state.last = role.kind

    def _gap(self, gap: str, state: _State, paragraph: Paragraph) -> None:
        """Follow what the words between two numbers do: sentences end, lists open and close."""
        for name in ("reason", "purpose", "detail"):
            pattern = sentences.pattern(name, "regex")
            ends = sentences.pattern(name, "ends")
            match = None
            for match in pattern.finditer(gap):
                pass
            if state.aside == name and ends.search(gap):
                state.aside = ""
            if match and not ends.search(gap, match.end()):
                state.aside = name
        if state.aside:
            return
        if _SENTENCE.search(gap):
            self.lists.end_sentence()
            state.change = None
        self.lists.follow(gap, state.focus, self._opener_says)

    def _opener_says(self, words: str) -> dict[str, str]:
        """Return what the words before 包括 say (收入包括 → revenue)."""
        reading = self.context.lexicon.read(words)
        says = dict(reading.says) if reading.understood else {}
        return {} if says.get("flow") == "both" else says

    # Levels -------------------------------------------------------------------------------

    def _inherited(self, label: Label, state: _State) -> dict[str, str]:
        """Return what the label does not say itself, from the section, list and sentence."""
        says = self._section.says
        says.update(self.lists.says())
        own = {d: m for d, m in label.says.items() if d in SUBJECT}
        if not own:
            says.update({d: m for d, m in state.subject.items() if d != "phase"})
            if not state.subject and state.focus is not None and not self.lists.inside():
                says.update(_subject_of(state.focus.key))
        return says

    def _level(
        self, paragraph: Paragraph, number: Number, place: Place, gap: str, state: _State
    ) -> None:
        listed = self.lists.says()
        label = self.labels.before(gap, self._section.says | listed, listed)
        if label is None or (not label.says and state.last == "count"):
            return self._unbound(paragraph, number, "noMeaning")
        says = combine(self._inherited(label, state), label.says)
        total = self.lists.innermost()
        if total is not None and self.context.keys.key(says) == total.key:
            says["project"] = label.text
        if not any(d in says for d in SUBJECT) and says.get("flow") is None:
            return self._unbound(paragraph, number, "noMeaning")
        fact = self._fact(paragraph, number, place, self.context.keys.key(says), label.text)
        if fact is None:
            return
        self.lists.add(fact)
        state.focus = fact
        if any(d in label.says for d in SUBJECT):
            state.subject = {d: m for d, m in says.items() if d in (*SUBJECT, "flow")}
        self._mention(label, paragraph, fact)
        return

    def _fact(
        self, paragraph: Paragraph, number: Number, place: Place, key: Key, label: str
    ) -> Fact | None:
        amount = numbers.amount(number, self.precision)
        if amount is None:
            self._unbound(paragraph, number, "outOfRange")
            return None
        start = max(0, number.start - len(label) - 2) if label else number.start
        fact = Fact(
            slug=f"{place.slug}/amount",
            key=key,
            amount=amount,
            place=place,
            quote=paragraph.content.quote(start, number.end),
            label=label,
            heading=self._section.title,
        )
        self.observed.facts.append(fact)
        self.observed.sections[fact.slug] = self._section
        return fact

    # Relations ----------------------------------------------------------------------------

    def _subject(self, words: str, state: _State) -> Fact | None:
        """Return the fact that a relation is about: the one its words name, else the last level."""
        label = self.labels.whole(words, self._section.says)
        if label is None or not any(d in label.says for d in SUBJECT):
            return state.focus
        says = combine(self._inherited(label, state), label.says)
        return self.latest(self.context.keys.key(says)) or (
            state.focus if state.focus and _agrees(label.says, state.focus.key) else None
        )

    def latest(self, key: Key) -> Fact | None:
        """Return the last fact printed in prose so far with this key."""
        return next((f for f in reversed(self.observed.facts) if f.key == key), None)

    def _base(
        self,
        paragraph: Paragraph,
        number: Number,
        place: Place,
        local: str,
        role: Role,
        state: _State,
    ) -> None:
        subject = self._subject(sentences.tail(local[: role.start]), state)
        if subject is None:
            return self._unbound(paragraph, number, "noMeaning")
        key = self._base_key(role.words, subject.key)
        if key is None:
            return self._unbound(paragraph, number, "ambiguous")
        fact = self._fact(paragraph, number, place, key, role.words)
        if fact is not None:
            self._bases[subject.slug] = fact
        return

    def _base_key(self, words: str, key: Key) -> Key | None:
        """Return the key of a comparison's base: the subject's with the year and phase named."""
        reading = self.context.lexicon.read(words)
        if reading.unknown:
            return None
        year = reading.years[0] if reading.years else key.year
        if any(word in words for word in ("上年", "去年", "上一年")):
            year = self.context.keys.year(-1)
        phase = reading.says.get("phase", key.phase)
        if phase == "budget" and self.context.identity.statement == "budget":
            phase = "approved"
        return replace(key, year=year, phase=phase)

    def _change(
        self,
        paragraph: Paragraph,
        number: Number,
        place: Place,
        local: str,
        role: Role,
        state: _State,
    ) -> None:
        words = local[: role.start]
        reference = sentences.reference(local)
        if reference is not None:
            words = words[: reference[1]] + " " + words[reference[1] + len(reference[0]) + 1 :]
        again = role.kind == "change" and state.last == "change" and state.change is not None
        subject = self._subject(sentences.tail(words).strip(), state)
        if subject is None:
            return self._unbound(paragraph, number, "noMeaning")
        base = self._bases.get(subject.slug)
        if reference is not None and base is None:
            key = self._base_key(reference[0], subject.key)
            base = self.latest(key) if key is not None else None
            self._base_span(paragraph, number, reference[0])
        operands = {"current": subject.slug} | ({"base": base.slug} if base else {})
        is_rate = role.kind == "rate" or again
        claim = self._claim(
            paragraph, number, place, "rate" if is_rate else "change", operands, role.direction
        )
        if is_rate and state.change and state.change.operands.get("current") == subject.slug:
            claim = replace(claim, change=state.change.slug)
        elif not is_rate:
            state.change = claim
        self.observed.claims.append(claim)
        return

    def _claim(
        self,
        paragraph: Paragraph,
        number: Number,
        place: Place,
        kind: str,
        operands: Mapping[str, str],
        direction: str = "",
    ) -> Claim:
        money = number.kind == "money" and kind == "change"
        factor = numbers.FACTORS[number.unit] if money else numbers.FACTORS["元"]
        digits = number.digits
        if money:
            digits = max(digits, self.precision.get(number.unit, 0))
        return Claim(
            slug=f"{place.slug}/{kind}",
            kind=kind,
            place=place,
            quote=paragraph.content.quote(max(0, number.start - 24), number.end),
            operands=dict(operands),
            stated=number.value * factor,
            stated_half_step=numbers.half_step(digits, factor),
            printed=number.printed,
            direction=direction,
            unit=number.unit,
        )

    def _ratio(
        self, paragraph: Paragraph, number: Number, place: Place, role: Role, state: _State
    ) -> None:
        if state.focus is None:
            return self._unbound(paragraph, number, "noMeaning")
        focus = state.focus
        if role.kind == "share":
            whole = self._whole(role.words, focus)
            operands = {"part": focus.slug} | ({"whole": whole.slug} if whole else {})
            claim = self._claim(paragraph, number, place, "share", operands)
            claim = self.lists.share(claim)
        else:
            budget = self._budget(role.words, focus)
            operands = {"actual": focus.slug} | ({"budget": budget.slug} if budget else {})
            claim = self._claim(paragraph, number, place, "completion", operands)
        self.observed.claims.append(claim)
        return

    def _whole(self, words: str, part: Fact) -> Fact | None:
        """Return the fact that a share is of: the one named, else the list's total."""
        if not words:
            return self.lists.total()
        label = self.labels.whole(words, {})
        if label is None:
            return None
        for says in (label.says, self._section.says | label.says):
            wanted = self.context.keys.key(says)
            for key in (wanted, replace(wanted, item="grandTotal"), replace(wanted, item="all")):
                for flow in (key.flow, "both"):
                    found = self.latest(replace(key, flow=flow))
                    if found is not None:
                        return found
        return None

    def _budget(self, words: str, actual: Fact) -> Fact | None:
        """Return the budget that a completion is measured by, if the document prints it."""
        if actual.slug in self._bases:
            return self._bases[actual.slug]
        key = self._base_key(words, actual.key)
        return self.latest(key) if key is not None and key != actual.key else None

    # Places, mentions, what is not bound ----------------------------------------------------

    def _place(self, paragraph: Paragraph, number: Number) -> Place:
        return replace(paragraph.place, start=number.start, end=number.end)

    def _mention(self, label: Label, paragraph: Paragraph, fact: Fact | None = None) -> None:
        mention = self.labels.mention(label, paragraph.place)
        if mention is None:
            return
        for index, old in enumerate(self.observed.mentions):
            if old.slug == mention.slug:
                facts = (*old.facts, fact.slug) if fact else old.facts
                self.observed.mentions[index] = replace(old, facts=facts)
                return
        facts = (fact.slug,) if fact else ()
        self.observed.mentions.append(replace(mention, facts=facts))

    def _base_span(self, paragraph: Paragraph, number: Number, words: str) -> None:
        place = self._place(paragraph, number)
        self.observed.spans.append(Span(f"{place.slug}/base", "comparisonBase", place, words))

    def _unbound(self, paragraph: Paragraph, number: Number, reason: str) -> None:
        if number.kind != "money":
            return
        quote = paragraph.content.quote(max(0, number.start - 24), number.end)
        self.observed.unbound.append(
            Unbound(self._place(paragraph, number), number.printed + number.unit, quote, reason)
        )


def combine(inherited: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return inherited and own statements together; own ones count, and exclude rival subjects."""
    says = dict(inherited)
    if "functional" in own or "dept_economic" in own:
        says.pop("item", None)
    if "dept_economic" in own:
        says.pop("functional", None)
    if "project" in own and says.get("item") == "performance":
        del says["item"]
    if own.get("flow") == "revenue" or own.get("item") == "grandTotal":
        for dimension in ("nature", "functional", "dept_economic", "item", "project"):
            says.pop(dimension, None)
    says.update(own)
    return says


def _subject_of(key: Key) -> dict[str, str]:
    return {d: getattr(key, d) for d in (*SUBJECT, "flow") if getattr(key, d) != "all"}


def _agrees(says: Mapping[str, str], key: Key) -> bool:
    """Tell whether a fact's key has everything that is said (its phase apart)."""
    return all(getattr(key, d) == m for d, m in says.items() if d not in ("phase", "year"))
