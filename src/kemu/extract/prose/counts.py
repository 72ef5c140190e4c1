"""Counts in sentences: vehicles, posts, staff, receptions, groups, equipment, units, projects."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from kemu import knowledge
from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.context import Context
from kemu.extract.words.labels import candidates, last_noun
from kemu.extract.words.lexicon import FILLER, Lexicon, Word
from kemu.extract.words.numbers import Number
from kemu.model import dimensions
from kemu.model.facts import ALL, NOT_APPLICABLE, Fact, Key
from kemu.model.language import Dimension, Says

_NOUN = re.compile(r"^[一-龥（）]{2,16}$")
_BOUGHT = "购置"
_PHRASE = 4
"""Longer words without meaning weigh nothing, so that 所属各预算单位 is read as one of them."""


def data() -> dict[str, Any]:
    """Return graph/counts.toml as in force."""
    return knowledge.table("counts")


@cache
def _as_of() -> re.Pattern[str]:
    return re.compile(data()["as_of"]["regex"])


def measure_of(item: str, unit: str) -> str:
    """Return what a unit counts of an item, or empty if it cannot be."""
    possible = data()["measure"].get(item, ())
    return next((measure for measure in possible if unit in data()["unit"][measure]), "")


def as_of_match(sentence: str) -> re.Match[str] | None:
    """Return where a sentence says as of when it takes stock."""
    return sentences.last(_as_of().finditer(sentence))


def as_of(sentence: str, own: str) -> str:
    """Return the year at whose end a sentence takes stock, or empty if it names none."""
    match = as_of_match(sentence)
    if match is None:
        return ""
    return match["year"] or (str(int(own) - 1) if own else "")


def is_bought(scene: Scene, end: int) -> bool:
    """Tell whether the words before an offset speak of what is to be bought, not of a stock."""
    text = scene.paragraph.content.text[:end]
    verbs = data()["verb"]
    stock, bought = (max(text.rfind(word) for word in verbs[v]) for v in ("stock", "bought"))
    return bought > stock


_INCLUDED = re.compile(r"(?:包括|其中|含).*[和及、]")
"""Words behind a count that name its parts; the next count is of one (共3个，包括本级和2个).
"""


class Counts:
    """Reads the counts of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.thresholds: dict[str, str] = {}
        """Item → the threshold that it was first counted from."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words of counting before all others."""
        words = [
            Word(text, {"item": item}) for item, texts in data()["item"].items() for text in texts
        ]
        filler = [
            Word(text, {}, FILLER if len(text) < _PHRASE else "phrase")
            for text in data()["filler"]["words"]
        ]
        return self.context.lexicon.extended([*words, *filler])

    def take(self, scene: Scene, number: Number, gap: str, after: str) -> Fact | None:
        """Take a number as a count; None where it is not told what is counted."""
        included = _INCLUDED.search(gap) is not None
        gap = self._noun_behind(number, after) or gap
        clause = sentences.CLAUSE.split(gap)[-1]
        scene.state.noun = last_noun(clause)
        told = self._says(scene, number, clause)
        before, scene.state.count = scene.state.count, None
        if told is None or sentences.pattern("change", "before").search(clause):
            return None
        says, label = told
        measure = measure_of(says["item"], number.unit)
        key = self._key(scene, number, {**says, "measure": measure})
        if before is not None and before.key == key and included:
            key = replace(key, project=label)
        fact = scene.fact(number, key, label)
        if fact is None:
            return None
        scene.lists.add(fact)
        scene.state.count = fact
        scene.state.latest = fact
        return fact

    def _noun_behind(self, number: Number, after: str) -> str:
        """Return what is counted where it stands behind the number; empty if nothing does."""
        match = re.search(data()["behind"]["regex"], after)
        if match is None or set(self.lexicon.read(match["noun"]).says) != {"item"}:
            return ""
        return match["noun"] if self.item(match["noun"], number.unit) else ""

    def _says(self, scene: Scene, number: Number, clause: str) -> tuple[Says, str] | None:
        """Return what is counted and the words for it; None where it is not told."""
        before = scene.state.count
        for _, words in candidates(clause):
            item = self.item(words, number.unit)
            if item:
                item = self._narrowed(self._paid(scene, item, number), number, before)
                told = self._from(scene, item) | self._bought(scene, number, item)
                return {"item": item, **told}, words
        total = scene.lists.counted()
        noun = last_noun(clause)
        if total is not None and measure_of(total.key.item, number.unit) and _NOUN.match(noun):
            short = data()["within"].get(total.key.item, {})
            for item, texts in short.items():
                if noun in texts:
                    return {"item": item}, noun
            item = self._kind_of(noun, number.unit, total.key.item)
            return {"item": item, "project": noun}, noun
        if before is None or before.amount.unit == number.unit:
            return None
        related = measure_of(before.key.item, number.unit) not in ("", before.key.measure)
        if related and before.key.project == ALL and self._idle(clause):
            return {"item": before.key.item}, before.label
        return None

    def _kind_of(self, noun: str, unit: str, whole: str) -> str:
        """Return the part of a whole that an unknown noun names a kind of (全额事业在职人数)."""
        ends = (self.item(noun[start:], unit) for start in range(1, len(noun)))
        item = next((item for item in ends if item), "")
        return item if dimensions.is_narrower("item", item, whole) else whole

    def _paid(self, scene: Scene, item: str, number: Number) -> str:
        """Return the narrower item that the amount before in the sentence was spent on."""
        focus = scene.state.focus
        if focus is None or (focus.place.start or 0) < number.start - len(scene.sentence):
            return item
        narrow = dimensions.is_narrower("item", focus.key.item, item)
        return focus.key.item if narrow and measure_of(focus.key.item, number.unit) else item

    def _narrowed(self, item: str, number: Number, before: Fact | None) -> str:
        """Return the narrower item of the count before, where this one goes on about it."""
        if before is None or before.amount.unit == number.unit:
            return item
        narrow = dimensions.is_narrower("item", before.key.item, item)
        return before.key.item if narrow and measure_of(before.key.item, number.unit) else item

    def _idle(self, words: str) -> bool:
        """Tell whether words name nothing that could be counted."""
        reading = self.lexicon.read(words.strip("，、；（）"))
        return reading.understood and "item" not in reading.says

    def item(self, words: str, unit: str) -> str:
        """Return what words say is counted, if the unit fits; empty if they are not understood."""
        reading = self.lexicon.read(words)
        item = reading.says.get("item", "")
        fits = not reading.unknown and "item" not in reading.conflict
        return item if fits and measure_of(item, unit) else ""

    def _from(self, scene: Scene, item: str) -> dict[Dimension, str]:
        """Return the threshold of a count of equipment, if others were counted from another one."""
        if not _is_large(item) or not scene.state.threshold:
            return {}
        first = self.thresholds.setdefault(item, scene.state.threshold)
        return {} if first == scene.state.threshold else {"project": scene.state.threshold}

    def _bought(self, scene: Scene, number: Number, item: str) -> dict[Dimension, str]:
        """Return the mark of what is to be bought, as against what is there."""
        total = scene.lists.counted()
        if total is not None and total.key.item == "vehiclesPurchased" != item:
            return {"item": total.key.item, "project": item}
        if _is_large(item) and is_bought(scene, number.start):
            return {"project": _BOUGHT}
        return {}

    def _key(self, scene: Scene, number: Number, says: Says) -> Key:
        planned = says["item"] in data()["planned"]["items"] or says.get("project") == _BOUGHT
        held: Says = {} if planned else {"phase": NOT_APPLICABLE}
        key = scene.key({**says, **held, "flow": NOT_APPLICABLE})
        own = self.context.identity.year
        before = "" if planned else scene.paragraph.content.text[: number.start]
        year = as_of(scene.sentence, own) or as_of(before, own) or as_of(scene.dated, own)
        return replace(key, year=year) if year else key


def _is_large(item: str) -> bool:
    """Tell whether an item is equipment that is counted from a price on."""
    return dimensions.is_within("item", item, "largeEquipment")


def spent_on(scene: Scene) -> str:
    """Return the item that an amount without words of its own behind a count was spent on.

    Where the count is not understood, only a section on one single item tells.
    """
    count = scene.state.count
    if count is not None:
        item = str(data()["money"].get(count.key.item, count.key.item))
        return "" if item.startswith("vehicles") else item
    item = scene.section.says.get("item", "")
    return item if item and not dimensions.children("item", item) else ""


def behind(scene: Scene, gap: str) -> dict[Dimension, str] | None:
    """Return what the amount right behind a count measures (轿车0辆、金额0万元), or None.

    It is the cost of just what was counted, told apart from the cost of all by the noun.
    """
    count = scene.state.count
    if count is None or count.key.project == ALL or not scene.labels.idle(gap.strip("、，")):
        return None
    item = data()["money"].get(count.key.item, count.key.item)
    return {"item": item, "project": count.key.project}
