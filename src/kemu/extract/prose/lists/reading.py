"""Lists in prose: a total and the parts that follow 其中, 包括, a bracket, or 一是 … 二是 ….

A list passes what its total says on to its parts, and when it ends it is an equation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kemu.extract.prose.lists import sums
from kemu.extract.prose.lists.kinds import kind, same_but_flow
from kemu.extract.words import sentences
from kemu.extract.words.numbering import Ordinal, ordinal
from kemu.extract.words.parts import narrower, outermost
from kemu.model import dimensions
from kemu.model.doubt import Doubt
from kemu.model.facts import ALL, Claim, Equation, Fact, Key, Part
from kemu.model.language import Dimension, Relation

_INHERITED: tuple[Dimension, ...] = (
    "fund",
    "nature",
    "carry",
    "flow",
    "functional",
    "dept_economic",
    "item",
    "year",
    "phase",
)
_OF_WHICH = ("其中", "包括", "具体包括")
_BY_SENTENCE = ("sentence", "colon", "bracket")
_BY_PARAGRAPH = ("paragraph", "announced")
_PROJECTS = dimensions.divided_by("nature", "project")


@dataclass
class _Open:
    """A list whose end has not come yet."""

    kind: str
    total: Fact | None
    says: dict[Dimension, str]
    open_ended: bool = False
    exhaustive: bool = False
    items: list[Fact] = field(default_factory=list)
    rivals: tuple[Fact, ...] = ()
    owner: Ordinal | None = None
    last: Ordinal | None = None

    @property
    def counts(self) -> bool:
        """Whether it is a list of counts, not of money."""
        return self.total is not None and self.total.key.measure != "money"

    def kind_of(self, total: Fact, items: Sequence[Fact]) -> tuple[str, bool]:
        """Return why its sum should hold, and whether it leaves nothing out."""
        return kind(total, items, exhaustive=self.exhaustive, open_ended=self.open_ended)


class Lists:
    """The lists that are open at one point of the text, outermost first."""

    def __init__(self, equations: list[Equation]) -> None:
        self._equations = equations
        self._stack: list[_Open] = []
        self._slugs: set[str] = set()
        self._number: Ordinal | None = None
        self.moved: dict[str, Key] = {}
        """Slug of a part → its key, where its list turned out to divide another amount."""
        self.gaps: set[str] = set()
        """Groups of shares of lists with a part that was not understood."""
        self.ended: Fact | None = None
        """What the outermost list that ended with the sentence before divides: its total, or this
        year's part of it where it also told what was carried over."""

    # What the pass asks -------------------------------------------------------------------

    def says(self) -> dict[Dimension, str]:
        """Return what the open lists of money say about their parts; the inner one counts."""
        together: dict[Dimension, str] = {}
        for opened in self._stack:
            if not opened.counts:
                together.update(opened.says)
        return together

    def counted(self) -> Fact | None:
        """Return the total of the innermost list if it counts something, else None."""
        return self._stack[-1].total if self._stack and self._stack[-1].counts else None

    def depth(self) -> int:
        """Return how many lists are open."""
        return len(self._stack)

    def inside(self) -> bool:
        """Tell whether a list is open."""
        return bool(self._stack)

    def total(self, part: Fact | None = None) -> Fact | None:
        """Return the total of the innermost list of money that has one, another than a part."""
        opened = self._around(part.slug if part is not None else "")
        return opened.total if opened is not None else None

    def within(self) -> Fact | None:
        """Return the total of the innermost list, if it is told within its sentence."""
        opened = self._stack[-1] if self._stack else None
        told = opened is not None and opened.kind in _BY_SENTENCE and not opened.counts
        return opened.total if opened is not None and told else None

    def innermost(self) -> Fact | None:
        """Return the total of the innermost list, if that list is one of projects."""
        total = self._stack[-1].total if self._stack else None
        return total if total is not None and total.key.nature in _PROJECTS else None

    def share(self, claim: Claim) -> Claim:
        """Return a share with the list it belongs to, so that the list's shares can be added."""
        opened = self._around(claim.operands.get("part", ""))
        whole = opened.total.slug if opened and opened.total else ""
        if opened is None or claim.operands.get("whole") != whole:
            return claim
        return replace(claim, group=_shares(opened), group_complete=not opened.open_ended)

    def begin(self, text: str) -> None:
        """Note that a paragraph begins: a number that starts again ends the lists before it.

        So does the number that follows that of the paragraph in which a list began, and a sentence
        that tells the same amounts in another order.
        """
        self._number = ordinal(text)
        if sentences.pattern("again", "regex").search(text):
            self.close_all()
        for index, opened in enumerate(self._stack):
            if self._number is not None and _is_over(opened, self._number):
                while len(self._stack) > index:
                    self._close(self._stack.pop())
                return
            if self._number is not None and opened.kind in _BY_PARAGRAPH:
                opened.last = self._number

    def govern(self, says: dict[Dimension, str]) -> None:
        """Open the list that words before a colon govern; it ends with the next, or below."""
        self._end("governed")
        self._push(_Open("governed", None, says))

    # What the pass tells ------------------------------------------------------------------

    def add(self, fact: Fact) -> None:
        """Take a new fact as a part of the innermost list that it fits; the others end."""
        counts = fact.key.measure != "money"
        for index in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[index]
            if opened.counts != counts:
                continue
            if self._fits(opened, fact):
                opened.items.append(fact)
                return
            while len(self._stack) > index:
                self._close(self._stack.pop())

    def follow(
        self, gap: str, focus: Fact | None, says: Callable[[str], dict[Dimension, str]]
    ) -> None:
        """Open and close what the words between two numbers open and close."""
        clause = gap[max(gap.rfind(stop) for stop in "。！？；") + 1 :]
        ordinal = sentences.pattern("opener", "numbered").search(clause)
        if ordinal:
            self._ordinal(ordinal["ordinal"], focus)
        if "；其中" in gap and self._stack and self._stack[-1].kind == "colon":
            focus = self._stack[-1].total
            self._end("colon")
        opener = sentences.last(sentences.pattern("opener", "regex").finditer(gap))
        if opener is not None:
            if opener.group().startswith("按") and gap[: opener.start()].endswith("；"):
                focus = self.total() or focus
                self._end("sentence")
            self._open(gap, opener.start(), opener.group(), focus, says)
        elif gap.startswith("（") and focus is not None and "）" not in gap:
            self._push(_Open("bracket", focus, _passed_on(focus.key)))
        elif gap.startswith(("：", ":")) and focus is not None and len(gap) > 1:
            self._push(_Open("colon", focus, _passed_on(focus.key), exhaustive=True))

    def bracket(self, gap: str) -> Fact | None:
        """End the list in brackets that words close, and return its total; None if none ends."""
        if "）" not in gap.split("（")[0]:
            return None
        opened = next((o for o in reversed(self._stack) if o.kind == "bracket"), None)
        self._end("bracket")
        return opened.total if opened is not None else None

    def gap(self) -> None:
        """Note that a number of the innermost list was not understood: the list has a gap."""
        opened = next((o for o in reversed(self._stack) if o.total and not o.counts), None)
        if opened is not None:
            opened.open_ended = True
            self.gaps.add(_shares(opened))

    def item(self, text: str, item: bool) -> None:
        """Note that a paragraph with numbers begins; one that is no item ends what 如下： began."""
        if text.startswith(("支出包括", "收入包括")):
            self._end("paragraph")
        if not item:
            self._end("announced")

    def announce(self, says: dict[Dimension, str]) -> None:
        """Open the list that a line with a colon announces (财政拨款支出主要内容如下：)."""
        self._end("announced")
        self._push(_Open("announced", None, says))

    def end_sentence(self) -> None:
        """End the lists that live within one sentence."""
        ended = next((o for o in self._stack if o.kind == "sentence"), None)
        self.ended = _of_this_year(ended) if ended is not None else None
        self._end("sentence")
        self._end("colon")

    def end_paragraph(self, rest: str, focus: Fact | None, rivals: tuple[Fact, ...] = ()) -> None:
        """End the lists of a paragraph; one that ends with a colon goes on in the next.

        Args:
            rest: The words behind its last number.
            focus: The amount that a list in the next paragraphs divides, as the words say.
            rivals: Further amounts that it might divide.
        """
        goes_on = rest.rstrip().endswith(("：", ":")) or rest.endswith("其中")
        last = self._stack[-1] if self._stack and goes_on else None
        keep = last is not None and not last.items
        kept = self._stack.pop() if keep else None
        for living in ("sentence", "colon", "bracket", "ordinal", "governed"):
            self._end(living)
        if kept is not None:
            again = kept if kept.kind == "announced" else replace(kept, kind="paragraph")
            self._push(replace(again, owner=self._number, rivals=rivals))
        elif goes_on and focus is not None and not self._already(focus):
            says = _passed_on(focus.key)
            opened = _Open("paragraph", focus, says, rivals=rivals, owner=self._number)
            self._push(opened)

    def close_all(self) -> None:
        """End every list: a new section begins."""
        while self._stack:
            self._close(self._stack.pop())

    def _around(self, part: str) -> _Open | None:
        """Return the innermost list of money with a total that is not the part itself."""
        totals = (o for o in reversed(self._stack) if o.total and not o.counts)
        return next((o for o in totals if o.total and o.total.slug != part), None)

    # Inside -------------------------------------------------------------------------------

    def _already(self, total: Fact) -> bool:
        """Tell whether a list of this total is open and empty."""
        return any(opened.total is total and not opened.items for opened in self._stack)

    def _push(self, opened: _Open) -> None:
        self._stack.append(opened)

    def _end(self, kind: str) -> None:
        """End the outermost list of a kind and all inside it."""
        for index, opened in enumerate(self._stack):
            if opened.kind == kind:
                while len(self._stack) > index:
                    self._close(self._stack.pop())
                return

    def _open(
        self,
        gap: str,
        start: int,
        word: str,
        focus: Fact | None,
        says: Callable[[str], dict[Dimension, str]],
    ) -> None:
        sentence = max(gap.rfind(stop, 0, start) for stop in "。！？")
        words = gap[max(gap.rfind(stop, 0, start) for stop in "。！？；，") + 1 : start]
        own = says(words) if words and "其中" not in word else {}
        of_which = word.startswith(_OF_WHICH) and sentence + 1 == start
        total = focus if (sentence < 0 or of_which) and not own else None
        if total is None and not own:
            return
        if self._stack and self._stack[-1].total is total and not self._stack[-1].items:
            return
        opened = _Open("sentence", total, own or (_passed_on(total.key) if total else {}))
        opened.open_ended = word.startswith("主要包括")
        opened.exhaustive = not word.startswith("其中") and not opened.open_ended
        self._push(opened)

    def _ordinal(self, ordinal: str, focus: Fact | None) -> None:
        if ordinal == "一":
            if focus is not None:
                self._push(_Open("ordinal", focus, _passed_on(focus.key), exhaustive=True))
            return
        for index in range(len(self._stack) - 1, -1, -1):
            if self._stack[index].kind == "ordinal":
                while len(self._stack) > index + 1:
                    self._close(self._stack.pop())
                return

    def _fits(self, opened: _Open, fact: Fact) -> bool:
        return opened.total is None or narrower(fact.key, opened.total.key)

    def _close(self, opened: _Open) -> None:
        items = outermost(opened.items)
        if opened.total is None or not items:
            return
        total = opened.total
        if not opened.counts and all(same_but_flow(item.key, total.key) for item in items):
            return
        basis, equal = opened.kind_of(total, items)
        if not equal and (opened.counts or not sums.exceeds(total, items)):
            self._add(basis, total, items, "atMost")
            return
        for found in sums.found(total, opened.rivals, opened.items):
            self._below(found, total)
            basis, _ = opened.kind_of(found.total, found.parts)
            whole = equal or (found.total is not total and len(found.parts) > 1)
            relation: Relation = "equal" if whole else "atMost"
            self._add(basis, found.total, found.parts, relation, found.doubt)

    def _below(self, found: sums.Sum, total: Fact) -> None:
        """Note the keys of parts whose total is another than the words said."""
        if found.total.key == total.key:
            return
        for part in found.parts:
            key = sums.moved(part.key, total.key, found.total.key, _INHERITED)
            self.moved[part.slug] = key

    def _add(
        self,
        basis: str,
        total: Fact,
        parts: Sequence[Fact],
        relation: Relation,
        doubt: Doubt | None = None,
    ) -> None:
        slug = f"{total.slug}/parts"
        if slug in self._slugs:
            slug = f"{slug}/{parts[0].place.slug}"
        self._slugs.add(slug)
        terms = tuple(Part(part.slug) for part in parts)
        self._equations.append(
            Equation(slug, basis, total.slug, terms, relation, place=total.place, doubt=doubt)
        )


def _is_over(opened: _Open, number: Ordinal) -> bool:
    """Tell whether a numbered paragraph is no item of a list any more."""
    if opened.kind not in _BY_PARAGRAPH:
        return False
    if opened.owner is not None and number.style == opened.owner.style:
        return True
    last = opened.last
    return last is not None and number.style == last.style and number.value == 1


def _shares(opened: _Open) -> str:
    """Return the group of the shares of a list's parts."""
    return f"{opened.total.slug}/parts" if opened.total is not None else ""


def _of_this_year(opened: _Open) -> Fact | None:
    """Return the part of a list that is its whole total but for carry-over, else the total."""
    total = opened.total
    if total is None:
        return None
    carry, item = total.key.carry, total.key.item
    return next(
        (
            part
            for part in opened.items
            if part.key.carry in ("current", ALL)
            and part.key != total.key
            and replace(part.key, carry=carry, item=item) == total.key
        ),
        total,
    )


def _passed_on(key: Key) -> dict[Dimension, str]:
    """Return what a total passes on to its parts."""
    says = {d: getattr(key, d) for d in _INHERITED if getattr(key, d) not in (ALL, "undetermined")}
    if says.get("flow") == "both":
        del says["flow"]
    if says.get("item") == "grandTotal":
        del says["item"]
    return says
