"""Labels in prose: which words before a number name it, and what they mean.

The longest stretch of words before the number that is understood whole is its label. Words that
are not understood bind nothing, however near they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.words import names, sentences
from kemu.extract.words.context import Context, field_of
from kemu.extract.words.keys import about
from kemu.extract.words.lexicon import Lexicon
from kemu.extract.words.names import Label, Names
from kemu.extract.words.numbering import numbering
from kemu.model import dimensions
from kemu.model.document import Place
from kemu.model.facts import UNDETERMINED, CodeMention
from kemu.model.language import Dimension, Says

__all__ = ["Label", "Labels"]

_CUT = re.compile(r"[，：、（“”‘；]|等")
_OPENER = re.compile(r"^(?:其中[：，、]?|包括[：，]?)+(?=.)")
_LONGEST = 200
"""Characters; what names an amount is shorter, even with unit, year, fund and a path of codes."""
_INSIDE = ("”", "“", "（", "’", "‘", "、", "等")
"""What a label is cut at and yet may stand in the middle of what is named."""
_CLAUSES = re.compile(r"[，；：。]")
_LEAD = re.compile(r"^[，：、；。（“”]+")
_PROJECT_NATURES = dimensions.divided_by("nature", "project")
_PROJECT_NAME = re.compile(r"^[一-龥A-Za-z0-9（）“”\-—·./+]{2,40}$")
_WITHOUT_FUNCTION = (
    set(dimensions.members("item")) - {"all"} - dimensions.divided_by("item", "functional")
)
_ECONOMIC_ITEMS = dimensions.divided_by("item", "dept_economic")


class Labels:
    """Reads labels in the context of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.names = Names(context)

    def opening(self, text: str, end: int, parent: str = "") -> Label | None:
        """Return the path, code or item that a paragraph begins with: its subject throughout."""
        head = sentences.SENTENCE.split(text[:end], maxsplit=1)[0]
        label = self.names.path(head, parent, whole=False) or self.names.coded(head)
        if label is not None:
            return label
        number = numbering(text)
        if number is None:
            return None
        rest = head[len(number[0]) :][:_LONGEST]
        for stop in [*(m.start() for m in _CUT.finditer(rest)), len(rest)]:
            reading = self.context.lexicon.read(rest[:stop])
            if reading.understood and "item" in reading.says:
                return Label(rest[:stop], dict(reading.says))
        return None

    def before(self, gap: str, scope: Says, listed: Says, above: str = "") -> Label | None:
        """Return the label that ends a gap, or None if no part of it is understood.

        Args:
            gap: The words since the number before.
            scope: What section and lists say.
            listed: What the open lists alone say; unknown nouns may be projects of a list.
            above: The class or section that a path which leaves it out stands under.
        """
        clause = sentences.pattern("restated", "regex").sub("", sentences.CLAUSE.split(gap)[-1])
        parent = above or scope.get("functional", "")
        for words in _tidied(clause):
            label = self.names.path(words, parent) or self.names.coded(words)
            if label is not None:
                return label
            for start, candidate in candidates(words):
                if _unbalanced(candidate):
                    continue
                label = self._read(candidate, scope, listed)
                if label is not None:
                    label = replace(label, text=_OPENER.sub("", label.text), before=words[:start])
                    if not about(label.says) and self._cut_short(words[:start]):
                        return replace(label, says={**label.says, "functional": UNDETERMINED})
                    return _in_list(label, listed)
        noun = last_noun(clause)
        below = self.names.below(noun, listed.get("functional", ""))
        return below or self.names.near(noun, scope) or _project(noun, listed)

    def _cut_short(self, before: str) -> bool:
        """Tell whether the words before a filler belong to its phrase and are not understood.

        In “甲-乙”科目 or 水费、电费等支出 the filler at the end does not stand for the whole.
        """
        if not before.endswith(_INSIDE):
            return False
        phrase = _CLAUSES.split(before)[-1]
        return not self.idle(phrase.removesuffix("等"))

    def whole(self, words: str, scope: Says) -> Label | None:
        """Return the label that these words are, all of them; None if not understood."""
        words = words.strip()
        if not words:
            return None
        parent = scope.get("functional", "")
        for text in _tidied(words):
            label = self.names.path(text, parent) or self.names.coded(text)
            label = label or self._read(text, scope)
            if label is not None:
                return label
        return None

    def idle(self, words: str) -> bool:
        """Tell whether words name nothing: they are understood, and say no subject."""
        words = _LEAD.sub("", words.strip("，：、；。（）“”"))
        reading = self.context.lexicon.read(words)
        return reading.understood and not about(reading.says)

    def _read(self, text: str, scope: Says, listed: Says | None = None) -> Label | None:
        for lexicon in self._lexicons(scope, listed):
            reading = lexicon.read(text)
            if reading.unknown or "threshold" in reading.roles:
                self.context.trace.note("unknown", text, {"": "、".join(reading.unknown)})
                continue
            if not set(reading.conflict) <= {"item"}:
                self.context.trace.note("rival", text, dict.fromkeys(reading.conflict, ""))
                continue
            together = {d: reading.whole.get(d, UNDETERMINED) for d in reading.conflict}
            says = {**reading.says, **together}
            if "functional" in says and says.get("item") in _WITHOUT_FUNCTION:
                continue
            if reading.years:
                says["year"] = reading.years[-1]
            for scheme in (FUNCTIONAL, DEPT_ECONOMIC, GOV_ECONOMIC):
                if field_of(scheme) in says:
                    return self._named(text, says, scheme, reading.sources[field_of(scheme)])
            return Label(text, says)
        return None

    def _lexicons(self, scope: Says, listed: Says | None) -> list[Lexicon]:
        """Return where words are looked up, the first choice first.

        Economic classes are known everywhere before an amount, not in words about one.
        """
        context, item = self.context, (listed or {}).get("item", "")
        if "gov_economic" in scope:
            return [context.government_economic, context.lexicon]
        if "nature" in scope or "dept_economic" in scope or item in _ECONOMIC_ITEMS:
            return [context.economic, context.lexicon]
        if listed is None or scope.get("flow") == "revenue":
            return [context.lexicon]
        return [context.lexicon, context.economic_classes]

    def _named(self, text: str, says: dict[Dimension, str], scheme: str, printed: str) -> Label:
        """Return a label whose words name a code, with what differs from the official name."""
        codes, year = self.context.codes, self.context.year
        found = codes.get(scheme, says[field_of(scheme)], year)
        level = found.level if found else None
        resolution = codes.resolve_name(printed, year=year, schemes=(scheme,), level=level)
        return Label(text, says, scheme if resolution else "", (printed,), "", resolution)

    def mention(self, label: Label, place: Place, where: str = "sentence") -> CodeMention | None:
        """Return the sighting of a code that a label is; None if it names none."""
        return names.mention(self.context, label, place, where)


def _in_list(label: Label, listed: Says) -> Label:
    """Return a label in a list: an item among projects (政府采购费) is a project's name."""
    if listed.get("nature") in _PROJECT_NATURES and "item" in label.says and "item" not in listed:
        says = {d: m for d, m in label.says.items() if d not in ("item", "flow")}
        return replace(label, says={**says, "project": label.text})
    return label


def _project(noun: str, listed: Says) -> Label | None:
    """Return an unknown noun in a list of projects as the project's name."""
    of_items = listed.get("item") in ("performance", "assets")
    if listed.get("nature") not in _PROJECT_NATURES and not of_items:
        return None
    if not _PROJECT_NAME.match(noun) or noun.endswith(("为", "了", "是")):
        return None
    return Label(noun, {"project": noun})


def _tidied(words: str) -> Iterator[str]:
    """Yield words as they are, and without remarks that say nothing of what is measured."""
    yield words
    plain = sentences.pattern("remark", "regex").sub("", words)
    if plain != words:
        yield plain


def _unbalanced(text: str) -> bool:
    """Tell whether words end in a bracket that opens before them: they are a remark, no label."""
    inner = text.lstrip("）")
    return inner.count("）") > inner.count("（")


def candidates(clause: str) -> Iterator[tuple[int, str]]:
    """Yield the stretches that end a clause, longest first: a label begins after a separator.

    Longer stretches than any label are not tried: their number grows with their length.
    """
    cut = max(0, len(clause) - _LONGEST)
    starts = {0, *(m.end() for m in _CUT.finditer(clause))}
    starts |= {m.end() for m in sentences.pattern("opener", "regex").finditer(clause)}
    starts |= {m.end() for m in sentences.pattern("opener", "numbered").finditer(clause)}
    for start in sorted(start for start in starts if start >= cut):
        candidate = clause[start:]
        number = numbering(candidate)
        candidate = candidate[len(number[0]) :] if number else _LEAD.sub("", candidate)
        if candidate:
            yield start, candidate


def last_noun(clause: str) -> str:
    """Return the words after the last separator, opener or ordinal."""
    opener = sentences.pattern("opener", "regex")
    name = re.split(r"[，：、；]|[一二三四五六七]是", clause)[-1]
    cuts = [m.end() for m in opener.finditer(name)]
    name = name[cuts[-1] :] if cuts else name
    number = numbering(name)
    return _LEAD.sub("", name[len(number[0]) :] if number else name).strip("“”")
