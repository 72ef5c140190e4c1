"""What is known at one point of the prose: section, open lists, the subject, the amounts so far.

The passes over a paragraph share one scene: what amounts inherit, which facts words mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kemu.extract.document.outline import Section
from kemu.extract.observed import Observed
from kemu.extract.prose.lists.reading import Lists
from kemu.extract.prose.state import State
from kemu.extract.words import numbers, sentences
from kemu.extract.words.context import Context
from kemu.extract.words.keys import SUBJECT, about, combine
from kemu.extract.words.labels import Label, Labels
from kemu.extract.words.numbers import Number
from kemu.model import dimensions, figures
from kemu.model.document import Paragraph, Place, Text
from kemu.model.facts import ALL, UNDETERMINED, Claim, Fact, Key, Span, Unbound
from kemu.model.language import ClaimKind, Dimension, Direction, OperandRole, Says

_WIDER = ("nature", "fund", "carry")
_SECTION = 5
"""Digits of a 款."""
_CODES = ("functional", "dept_economic", "gov_economic", "project")


class Scene:
    """The document's prose at one point."""

    def __init__(self, context: Context, precision: dict[str, int]) -> None:
        self.context = context
        self.precision = precision
        self.observed = Observed()
        self.labels = Labels(context)
        self.lists = Lists(self.observed.equations)
        self.section = Section()
        self.paragraph = Paragraph(Place(), Text("", "", ()))
        self.state = State()
        self.topic: Fact | None = None
        self.sentence = ""
        self.projects: set[str] = set()
        self.bases: dict[str, Fact] = {}
        """Slug of a fact → the base that it was compared with."""
        self.dated = ""
        """What a line with a colon says as of when it takes stock, for the lines below it."""
        self._above: list[tuple[Section, str]] = []
        """Sections → the 类 or 款 named last in them: the 项 below are printed without it."""
        self.leads: dict[tuple[str, ...], Fact] = {}
        """Texts of the headings → the amount that the section begins with."""

    def enter(self, paragraph: Paragraph, section: Section) -> None:
        """Go on to a paragraph."""
        if self.state.first is not None:
            texts = tuple(heading.text for heading in self.section.headings)
            self.leads.setdefault(texts, self.state.first)
        if section.headings != self.section.headings:
            self.lists.close_all()
            self.topic = None
            self.dated = ""
        elif self.state.first is not None:
            self.topic = self.state.first
        self.section = section
        self.paragraph = paragraph
        self.state = State()
        open_ones = section.headings
        self._above = [
            (above, code)
            for above, code in self._above
            if open_ones[: len(above.headings)] == above.headings
        ]

    def at(self, number: Number, gap: str) -> None:
        """Go on to a number, behind the words since the one before it."""
        self.context.trace.at(self.place(number.start, number.end))
        self.context.trace.note("before", gap)

    def above(self, scope: Says) -> str:
        """Return the class or section that a name without its own stands under, or empty.

        Args:
            scope: What section and lists say.
        """
        said = scope.get("functional", "")
        last = self._above[-1][1] if self._above else ""
        return last if last.startswith(said) else said

    def descend(self, code: str) -> None:
        """Note that a class, section or item is named: what follows may leave out its class."""
        kept = code[:_SECTION]
        if kept.isdigit():
            self._above = [each for each in self._above if each[0] != self.section]
            self._above.append((self.section, kept))

    def inherited(self, label: Label) -> dict[Dimension, str]:
        """Return what a label does not say itself, from section, lists, paragraph and sentence."""
        state = self.state
        says = self.section.says | self.lists.says()
        item = label.says.get("item", says.get("item", ""))
        if "fund" not in says and (fund := self._leading_fund(item)):
            says["fund"] = fund
        own = set(about(label.says))
        if not own:
            subject: dict[Dimension, str] = {d: m for d, m in state.subject.items() if d != "phase"}
            if not state.subject and state.focus is not None and not self.lists.inside():
                subject = subject_of(state.focus.key)
            flow = label.says.get("flow")
            if self._names_all(label.text):
                subject = {}
            if flow is not None and subject.get("flow", flow) not in (flow, "both"):
                kept = "" if self._other_side(flow) else "fund"
                subject = {d: m for d, m in subject.items() if d == kept}
            if flow is not None and subject.get("carry", "current") != "current":
                del subject["carry"]
            says.update(subject)
        elif own <= set(_WIDER):
            says.update({d: m for d, m in state.opening.items() if d in _CODES})
        return says

    def _other_side(self, flow: str) -> bool:
        """Tell whether the open list divides an amount of the other flow (收入……；支出预算)."""
        whole = self.lists.total()
        return whole is not None and whole.key.flow not in (flow, "both")

    def _names_all(self, words: str) -> bool:
        """Tell whether words speak of the whole document again (本部门支出), of no part before."""
        own = (name for o in self.context.organisations[:1] for name in (o.name, *o.aliases))
        said = sentences.pattern("own", "regex").search(words)
        return said is not None or any(name in words for name in own if name)

    def _leading_fund(self, item: str) -> str:
        """Return the fund of the amount that a section begins with, for the parts of its item.

        Below 一般公共预算“三公”经费合计 N 万元，具体如下 each of the three is of that fund.
        """
        texts = tuple(heading.text for heading in self.section.headings)
        for depth in range(len(texts), -1, -1):
            lead = self.leads.get(texts[:depth])
            whole = lead.key.item if lead is not None else ALL
            if lead is not None and whole != ALL and dimensions.is_narrower("item", item, whole):
                return lead.key.fund if lead.key.fund not in (ALL, UNDETERMINED) else ""
        return ""

    def says(self, label: Label) -> dict[Dimension, str]:
        """Return all that a label says here, inherited statements included."""
        return combine(self.inherited(label), label.says)

    def tell(self, label: Label) -> None:
        """Tell the trace what binds a number: its label, and what that label may inherit."""
        trace, state = self.context.trace, self.state
        trace.note("label", label.text, label.says)
        trace.note("section", self.section.path, self.section.says)
        trace.note("list", says=self.lists.says())
        trace.note("opening", says=state.opening)
        trace.note("subject", state.focus.label if state.focus else "", state.subject)

    def key(self, says: Says) -> Key:
        """Return the key for what is said."""
        return self.context.keys.key(says)

    def base_key(self, words: str, key: Key) -> Key | None:
        """Return the key of a comparison's base: the subject's with the year and phase named."""
        reading = self.context.lexicon.read(words)
        if reading.unknown:
            return None
        year = reading.years[0] if reading.years else key.year
        if any(word in words for word in sentences.data()["base"]["last"]):
            year = self.context.keys.year(-1)
        phase = reading.says.get("phase", key.phase)
        if phase == "budget" and self.context.identity.statement == "budget":
            phase = "approved"
        return key.but({"year": year, "phase": phase})

    def budget(self, key: Key, words: str) -> Fact | None:
        """Return the budget that words name for a key, whatever stage it is printed with.

        预算 alone may be the 年初预算 or 全年预算 printed before, if only one of them is.
        """
        wanted = self.base_key(words, key)
        if wanted is None or wanted == key:
            return None
        exact = self.observed.latest(wanted)
        if exact is not None or wanted.phase != "budget":
            return exact
        stages = dimensions.children("phase", "budget")
        found = [self.observed.latest(wanted.but({"phase": stage})) for stage in stages]
        printed = [fact for fact in found if fact is not None]
        return printed[0] if len(printed) == 1 else None

    def subject(self, words: str) -> Fact | None:
        """Return the fact that a relation is about: the one its words name, else the last level.

        None where the words are not understood, or name something that is not printed so far.
        """
        focus = self.state.focus or self._topic()
        words = words.strip()
        if not words:
            return focus
        label = self.labels.whole(words, self.section.says)
        if label is None:
            return None
        if not about(label.says):
            again = self.named(label) if self._names_all(words) else None
            if again is not None:
                return again
            fits = focus is None or _in_flow(label.says, focus.key)
            return focus if fits else self.named(label)
        if focus is not None and _agrees(label.says, focus.key):
            return self.named(label) or focus
        return self.named(label) or self._printed_here(label) or self._in_section(label)

    def _topic(self) -> Fact | None:
        """Return what the paragraph before began with, if nothing else was named since.

        Of 年初预算 and 决算 side by side it is the one that the document is about.
        """
        if self.topic is None or self.state.missed:
            return None
        own = replace(self.topic.key, phase=self.context.keys.phase)
        return self.observed.latest(own) or self.topic

    def _in_section(self, label: Label) -> Fact | None:
        """Return the one item of this section that the words name, of this year and stage."""
        item, own = label.says.get("item"), self.key(label.says)
        found = [
            fact
            for fact in self.observed.facts
            if item is not None
            and fact.key.item == item
            and (fact.key.year, fact.key.phase) == (own.year, own.phase)
            and _agrees(label.says, fact.key)
            and self.observed.sections.get(fact.slug) == self.section
        ]
        return found[-1] if len({fact.key for fact in found}) == 1 else None

    def _printed_here(self, label: Label) -> Fact | None:
        """Return the last amount of this paragraph that the words fit, whatever its fund."""
        for fact in reversed(self.observed.facts):
            if fact.place.paragraph != self.paragraph.place.paragraph:
                return None
            if _agrees(label.says, fact.key):
                return fact
        return None

    def named(self, label: Label) -> Fact | None:
        """Return the last fact with the key of a label; 本年 may say no more than the year."""
        says = self.says(label)
        found = self.observed.latest(self.key(says))
        if found is None and label.says.get("carry") == "current":
            del says["carry"]
            found = self.observed.latest(self.key(says))
        if found is None and says.get("item", "").startswith("asset"):
            found = self._stock(says["item"])
        return found or self._either_side(self.key(says))

    def _either_side(self, key: Key) -> Fact | None:
        """Return one of 收入总计 and 支出总计, printed apart and equal, for 收、支总计各…."""
        if key.flow != "both":
            return None
        sides = [self.observed.latest(replace(key, flow=f)) for f in ("revenue", "expenditure")]
        one, other = sides
        equal = one is not None and other is not None and one.amount.value == other.amount.value
        return one if equal else None

    def _stock(self, item: str) -> Fact | None:
        """Return the last fact of a stock, of whatever year it was taken."""
        facts = reversed(self.observed.facts)
        return next((f for f in facts if f.key.item == item and f.key.project == ALL), None)

    def place(self, start: int, end: int) -> Place:
        """Return a stretch of the paragraph as a place."""
        return replace(self.paragraph.place, start=start, end=end)

    def _label_start(self, label: str, number: Number) -> int:
        """Return where the label before a number begins, as near as can be told."""
        found = self.paragraph.content.text.rfind(label, 0, number.start)
        return found if found >= 0 else number.start - len(label) - 2

    def quote(self, start: int, end: int) -> str:
        """Return what is printed in a stretch of the paragraph."""
        return self.paragraph.content.quote(max(0, start), end)

    def fact(self, number: Number, key: Key, label: str) -> Fact | None:
        """Take a number as a fact; None if it is out of range."""
        amount = numbers.amount(number, self.precision)
        if amount is None:
            self.unbound(number, "outOfRange")
            return None
        place = self.place(number.start, number.end)
        start = self._label_start(label, number) if label else number.start
        fact = Fact(
            slug=f"{place.slug}/{'amount' if number.kind == 'money' else 'count'}",
            key=key,
            amount=amount,
            place=place,
            quote=self.quote(start, number.end),
            label=label,
            heading=self.section.title,
        )
        self.observed.add(fact, self.section)
        return fact

    def earlier(self, fact: Fact) -> Fact | None:
        """Return this year's amount that one of last year's stands behind: it is its base.

        What is told next (2024年预算90万元，增长11.11%) is about this year's again.
        """
        focus, last = self.state.focus, self.context.keys.year(-1)
        if focus is None or fact.key.year != last or focus.key.year != self.context.keys.year():
            return None
        if replace(focus.key, year=last, phase=fact.key.phase) != fact.key:
            return None
        self.bases[focus.slug] = fact
        return focus

    def claim(
        self,
        kind: ClaimKind,
        number: Number,
        operands: Mapping[OperandRole, str],
        direction: Direction = "",
    ) -> Claim:
        """Return a claim whose stated number is printed here."""
        place = self.place(number.start, number.end)
        money = number.kind == "money" and kind == "change"
        factor = figures.factors()[number.unit if money else "元"]
        digits = number.digits
        if money:
            digits = max(digits, self.precision.get(number.unit, 0))
        return Claim(
            slug=f"{place.slug}/{kind}",
            kind=kind,
            place=place,
            quote=self.quote(number.start - 24, number.end),
            operands=dict(operands),
            stated=number.value * factor,
            stated_half_step=numbers.half_step(digits, factor),
            printed=number.printed,
            direction=direction,
            unit=number.unit,
        )

    def unbound(self, number: Number, reason: str) -> None:
        """Note that a number was not tied to a meaning, and why."""
        if number.kind not in ("money", "bare"):
            return
        self.observed.unbound.append(
            Unbound(
                self.place(number.start, number.end),
                number.printed + number.unit,
                self.quote(number.start - 24, number.end),
                reason,
            )
        )

    def mention(self, label: Label, fact: Fact | None = None, where: str = "sentence") -> None:
        """Take the sighting of a code that a label is, if it is one."""
        mention = self.labels.mention(label, self.paragraph.place, where)
        if mention is not None:
            self.observed.mention(mention, fact)

    def year(self, year: str, end: int, about: str) -> None:
        """Record the year that the words of an amount or claim name, the last before an offset."""
        start = self.paragraph.content.text.rfind(f"{year}年", 0, end)
        if start >= 0:
            self.span("year", start, start + len(year) + 1, year, about)

    def span(self, kind: str, start: int, end: int, value: str = "", about: str = "") -> None:
        """Record printed words that a rule may judge."""
        place = self.place(start, end)
        slug = f"{place.slug}/{kind}"
        self.observed.span(Span(slug, kind, place, self.quote(start, end), value, about))


def subject_of(key: Key) -> dict[Dimension, str]:
    """Return what a key says of its subject, for amounts that follow without words of their own."""
    return {d: getattr(key, d) for d in (*SUBJECT, "flow") if getattr(key, d) != ALL}


def _in_flow(says: Says, key: Key) -> bool:
    return says.get("flow", key.flow) in (key.flow, "both") or key.flow == "both"


def _agrees(says: Says, key: Key) -> bool:
    """Tell whether a fact is what is said; 财政拨款 may stand for one of its funds."""
    for dimension, member in says.items():
        own = getattr(key, dimension)
        if dimension in ("phase", "year") or own == member:
            continue
        if dimension != "fund" or not dimensions.is_narrower("fund", own, member):
            return False
    return True
