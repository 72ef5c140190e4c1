"""Amounts in prose: from numbers and the words around them to facts and claims.

One pass over the numbers of a paragraph. Each number has a role (`sentences.role`); a level is
bound by the words that name it, within what the section, the open list and the sentence before
say. A label that is not understood whole binds nothing: the number is listed as unbound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kemu.extract.document.contents import is_entry
from kemu.extract.document.outline import Section, heading
from kemu.extract.observed import Observed
from kemu.extract.prose import counts, namelists, openers, performance, unsaid, years, zeros
from kemu.extract.prose.asides import Asides
from kemu.extract.prose.claims import comparisons, directions, ratios, subjects
from kemu.extract.prose.claims.reasons import Reasons
from kemu.extract.prose.counts import Counts
from kemu.extract.prose.glossary import Glossary
from kemu.extract.prose.lists.reading import Lists
from kemu.extract.prose.scene import Scene, subject_of
from kemu.extract.words import sentences
from kemu.extract.words.context import Context
from kemu.extract.words.keys import SUBJECT, about, combine
from kemu.extract.words.labels import Label
from kemu.extract.words.numbering import numbering
from kemu.extract.words.numbers import Number, bare
from kemu.extract.words.sentences import Role
from kemu.model.document import Paragraph
from kemu.model.facts import ALL, NOT_APPLICABLE, Fact
from kemu.model.language import Dimension

__all__ = ["Observed", "Prose", "combine"]

_OPEN = ("threshold", "unknown")
_SUBJECT_YEAR = re.compile(r"(?<!截至)(?<!截止)((?:19|20)\d\d)年")
_NEXT = ("、", "和", "，", "及", "、和")
_FLOW = {"flow", "phase", "year", "organisation"}
_BARE_TOTAL = re.compile(r"(?<!本年)(?:收入|支出)(?:总)?预算(?:数|总数|总额|合计)?(?:为|共)?$")


class Prose:
    """The pass over a document's paragraphs, in reading order."""

    def __init__(self, context: Context, precision: dict[str, int], sign: str = "") -> None:
        """Prepare the pass.

        Args:
            context: What is known of the document.
            precision: Per unit of money, the decimals that the prose works with.
            sign: Unit of percents whose sign is missing: empty, or `%` where the file lost it.
        """
        self.context = context
        self.sign = sign
        self.scene = Scene(context, precision)
        self.counts = Counts(context)
        self.asides = Asides()
        self.reasons = Reasons()
        self.glossary = Glossary(self.scene)
        self.headed: dict[Dimension, str] = {}
        """What the line before names, if it is nothing but a name: the subject of what follows."""

    @property
    def observed(self) -> Observed:
        """What was observed so far."""
        return self.scene.observed

    @property
    def lists(self) -> Lists:
        """The lists that are open."""
        return self.scene.lists

    def paragraph(self, paragraph: Paragraph, section: Section) -> None:
        """Observe one paragraph."""
        scene = self.scene
        scene.enter(paragraph, section)
        scene.lists.begin(paragraph.content.text)
        claims = len(self.observed.claims)
        text = paragraph.content.text
        found = sentences.find(text, self.sign)
        self._bare(text, found)
        if section.is_glossary():
            self.glossary.take(text)
            for number in found:
                scene.unbound(number, "policy")
            return
        self.asides.kind = ""
        self._opening(text, found[0].start if found else len(text))
        if found:
            scene.lists.item(text, numbering(text) is not None or bool(scene.state.opening))
        elif text.endswith(("：", ":")):
            openers.announce(scene, text)
        elif not section.is_aside():
            zeros.whole(scene, text)
        previous = label = 0
        for index, number in enumerate(found):
            after = text[number.end : found[index + 1].start if index + 1 < len(found) else None]
            self._sentence(text, number.start)
            self._gap(text[previous : number.start], previous)
            words = previous if number.kind == "count" else label
            if self._number(number, text[words : number.start], after):
                label = number.end
            previous = number.end
        self._gap(text[previous:], previous)
        self._end(text, previous, bool(found))
        self._gaps(claims)
        subjects.settle(scene, claims)
        self.reasons.note(text, section, self.observed.claims[claims:])

    def finish(self) -> None:
        """End what is open, and give the parts of lists the keys that these turned out to mean."""
        self.lists.close_all()
        facts = self.observed.facts
        moved = self.lists.moved
        facts[:] = [replace(f, key=moved[f.slug]) if f.slug in moved else f for f in facts]

    def _bare(self, text: str, found: Sequence[Number]) -> None:
        """List the numbers without a unit, which may be amounts: nothing is bound to them."""
        titled = heading(text)
        if is_entry(text) or (titled is not None and titled[0] == text.rstrip("。：:")):
            return
        aside = self.scene.section.is_aside() or self.scene.section.is_glossary()
        for number in bare(text, found):
            self.scene.unbound(number, "policy" if aside else "noUnit")

    def _end(self, text: str, previous: int, numbers: bool) -> None:
        """Take what the end of a paragraph tells of the next ones."""
        scene = self.scene
        if text.endswith(("：", ":")):
            scene.dated = sentences.SENTENCE.split(text)[-1]
        divided = self._divided(text, text[previous:])
        rivals = tuple(f for f in (scene.state.first, scene.lists.ended) if f and f is not divided)
        scene.lists.end_paragraph(text[previous:], divided, rivals)
        self._head(text, numbers)
        if not scene.section.is_aside():
            years.openings(scene, text)

    def _divided(self, text: str, rest: str) -> Fact | None:
        """Return the amount that a list in the next paragraphs divides, if the words open one."""
        scene = self.scene
        latest = scene.state.latest
        if latest is None and scene.labels.idle(text):
            return scene.topic
        whole = sentences.SENTENCE.search(rest) and sentences.pattern("opener", "whole").search(
            rest
        )
        return (scene.lists.ended if whole else None) or latest

    def _gaps(self, start: int) -> None:
        """Note on the shares of a list that a part was not understood: they need not add up."""
        gaps = self.lists.gaps
        self.observed.claims[start:] = [
            replace(c, group_complete=False) if c.group in gaps else c
            for c in self.observed.claims[start:]
        ]

    def _sentence(self, text: str, end: int) -> None:
        """Note the sentence that a number stands in, as far as the number."""
        start = max(text.rfind(stop, 0, end) for stop in "。！？") + 1
        self.scene.sentence = text[start:end]

    def _opening(self, text: str, end: int) -> None:
        """Take the subject that a paragraph opens with: a project, or a code, path or item."""
        scene = self.scene
        project = performance.project(scene, text)
        if project:
            scene.state.opening = scene.state.subject = project
            return
        label = scene.labels.opening(text, end, scene.above(scene.section.says))
        if label is not None:
            scene.descend(label.says.get("functional", ""))
            scene.state.opening = dict(label.says)
            scene.state.subject = dict(label.says)
            scene.mention(label)
        elif self.headed and numbering(text) is None and scene.labels.idle(text[:end]):
            scene.state.opening = scene.state.subject = dict(self.headed)

    def _head(self, text: str, numbers: bool) -> None:
        """Keep what a line names that is nothing but a path or project, until another is named.

        （一）…（类）…（款）…（项）stands on a line of its own, its amounts in the next.
        """
        opening = self.scene.state.opening
        if numbers or numbering(text) or heading(text):
            self.headed = {}
        if numbers or not opening:
            return
        whole = self.scene.labels.whole(text.rstrip("。：:"), self.scene.section.says)
        if "project" in opening or (whole is not None and whole.says == opening):
            self.headed = opening

    # One number ---------------------------------------------------------------------------

    def _number(self, number: Number, gap: str, after: str) -> bool:
        """Observe one number; return False where it is no more than a word of what follows."""
        self.scene.at(number, gap)
        if number.kind == "count":
            return self._count(number, gap, after)
        self._amount(number, gap, after)
        return True

    def _amount(self, number: Number, gap: str, after: str) -> None:
        scene = self.scene
        local = sentences.CLAUSE.split(gap)[-1]
        if scene.section.is_aside():
            scene.unbound(number, "policy")
            return
        if self.asides.kind:
            told = self.asides.kind == "reason" and comparisons.told(scene, number, local)
            if not told:
                scene.unbound(number, self.asides.kind)
            scene.state.last = "aside"
            return
        role = self._role(number, local, after)
        self.context.trace.note("role", role.kind)
        if role.kind == "threshold":
            scene.state.threshold = number.printed + number.unit
        if not self._take(number, gap, local, role):
            scene.unbound(number, role.kind if role.kind in _OPEN else "noMeaning")
            if role.kind == "level":
                scene.lists.gap()
                scene.state.missed = True
            if role.kind in ("level", "base"):
                scene.state.focus = None
            scene.state.lost = role.kind == "change"
        elif role.kind in ("level", "base", "change"):
            scene.state.lost = False
        if role.kind != "level":
            scene.state.run = []
        scene.state.last = role.kind

    def _count(self, number: Number, gap: str, after: str) -> bool:
        scene = self.scene
        counted = not self.asides.kind and scene.section.counts()
        fact = self.counts.take(scene, number, gap, after) if counted else None
        if fact is not None:
            years.stock(scene, fact.slug)
            for year in _SUBJECT_YEAR.findall(fact.label)[-1:]:
                scene.year(year, number.start, fact.slug)
        scene.state.last = "count"
        return fact is not None

    def _role(self, number: Number, local: str, after: str) -> Role:
        role = sentences.role(number, local, after)
        state, last = self.scene.state, self.scene.state.last
        if state.each and last in ("change", "rate") and local in _NEXT:
            return Role("rate" if number.kind == "percent" else "change", "", state.moved)
        state.each = []
        if role.kind == "unknown" and number.kind == "percent":
            if last == "base" and local in ("", "的"):
                return Role("completion")
            if last == "change" and sentences.pattern("change", "bare_rate").search(local):
                return Role("bareRate")
        return role

    def _take(self, number: Number, gap: str, local: str, role: Role) -> bool:
        """Observe what a number is; return False where its meaning is not told."""
        scene = self.scene
        if role.kind == "level":
            return self._level(number, gap)
        if role.kind == "base":
            return comparisons.base(scene, number, local, role)
        if role.kind in ("change", "rate"):
            return comparisons.change(scene, number, local, role)
        if role.kind == "bareRate":
            return comparisons.bare_rate(scene, number)
        if role.kind == "share":
            return ratios.share(scene, number, gap, role)
        if role.kind == "completion":
            return ratios.completion(scene, number, role)
        return False

    def _gap(self, gap: str, offset: int) -> None:
        """Follow what the words between two numbers do: sentences end, lists open and close."""
        scene = self.scene
        if not scene.section.is_aside():
            if not self.asides.kind:
                directions.follow(scene, gap, offset)
                namelists.follow(scene, gap, offset)
            zeros.follow(scene, gap, offset)
        self.asides.follow(gap)
        if self.asides.kind:
            return
        if sentences.SENTENCE.search(gap):
            scene.lists.end_sentence()
            scene.state.focus = scene.lists.ended or scene.state.focus
            scene.state.change = None
            scene.state.run = []
            scene.state.row = []
            scene.state.base_words = ""
            scene.state.count = None
        closed = scene.lists.bracket(gap)
        if closed is not None:
            scene.state.focus = scene.state.latest = closed
            scene.state.subject = subject_of(closed.key)
            scene.state.change = None
        before = scene.lists.depth()
        governing = openers.governing(scene, gap)
        if governing:
            scene.lists.govern(governing)
        says = partial(openers.says, scene)
        scene.lists.follow(gap, scene.state.latest, says)
        if scene.lists.depth() > before:
            scene.state.run = []

    # Levels -------------------------------------------------------------------------------

    def _level(self, number: Number, gap: str) -> bool:
        scene, state = self.scene, self.scene.state
        behind = counts.behind(scene, gap) if state.last == "count" else None
        if behind is not None:
            return self._fact(number, Label("", behind), scene.section.says | behind)
        listed = scene.lists.says()
        scope = scene.section.says | listed
        scope = {**openers.economic(scene), **scope}
        label = self._case(gap) or scene.labels.before(gap, scope, listed, scene.above(scope))
        if label is None:
            return False
        if state.last == "count" and not about(label.says):
            told = label.says or label.text.endswith("资金")
            item = counts.spent_on(scene) if told else ""
            if not item:
                return False
            label = replace(label, says={**label.says, "item": item})
        scene.tell(label)
        says = scene.says(label)
        says = performance.qualify(scene, says, "item" in label.says)
        if set(label.says) <= _FLOW and _BARE_TOTAL.search(label.text):
            says["item"] = "grandTotal"
        total = scene.lists.innermost()
        if total is not None and scene.key(says) == total.key:
            says["project"] = state.noun or label.text
        if not about(says) and says.get("flow") is None:
            return False
        says = unsaid.opened(scene, number, label, says)
        rest = scene.paragraph.content.text[number.end :]
        if sentences.pattern("carries", "regex").search(rest):
            says["carry"] = ALL
        return self._fact(number, label, says)

    def _fact(self, number: Number, label: Label, says: dict[Dimension, str]) -> bool:
        scene, state = self.scene, self.scene.state
        fact = scene.fact(number, scene.key(self._stock(says)), label.text)
        if fact is None:
            return True
        scene.lists.add(fact)
        earlier = scene.earlier(fact)
        state.latest = fact
        state.focus = earlier or fact
        state.first = state.first or fact
        state.run.append(fact)
        if about(label.says):
            state.subject = {d: m for d, m in says.items() if d in (*SUBJECT, "flow")}
            self.context.trace.note("remembered", label.text, state.subject)
        scene.mention(label, fact)
        if "year" in label.says:
            scene.year(label.says["year"], number.start, fact.slug)
        if fact.key.flow == NOT_APPLICABLE:
            years.stock(scene, fact.slug)
        return True

    def _stock(self, says: dict[Dimension, str]) -> dict[Dimension, str]:
        """Return what is said, with the year of a stock that the sentence dates."""
        year = counts.as_of(self.scene.sentence, self.context.identity.year)
        if year and says.get("item", "").startswith("asset") and "year" not in says:
            return {**says, "year": year, "flow": NOT_APPLICABLE, "phase": NOT_APPLICABLE}
        return says

    def _case(self, gap: str) -> Label | None:
        """Return a single case of what the sentence lists (…赴我市调研，接待费): a project."""
        if not re.search(sentences.data()["detail"]["regex"], self.scene.sentence):
            return None
        noun = sentences.tail(gap)
        reading = self.context.lexicon.read(noun)
        match = sentences.pattern("detail", "case").search(gap[: len(gap) - len(noun)])
        focus = self.scene.state.focus
        if match is None or focus is None or not reading.understood:
            return None
        return Label(noun, {"item": focus.key.item, "project": match["case"]})
