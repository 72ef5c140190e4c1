"""Words that open a list: what they say of the amounts behind them."""

from __future__ import annotations

import re

from kemu.extract.prose.scene import Scene
from kemu.extract.words import sentences
from kemu.extract.words.keys import about
from kemu.model.facts import ALL
from kemu.model.language import Dimension

_ANNOUNCED = ("fund", "flow", "carry", "nature")
_GOVERNING = {"nature", "fund"}


def announce(scene: Scene, text: str) -> None:
    """Take what a line with a colon says of the items below it."""
    for words in re.split(r"[，。：:]", text):
        reading = scene.context.lexicon.read(words)
        said = {d: m for d, m in reading.says.items() if d in _ANNOUNCED}
        if reading.understood and "fund" in said and said.get("flow") != "both":
            scene.lists.announce(said)
            return


def economic(scene: Scene) -> dict[Dimension, str]:
    """Return the economic classification that the sentence or heading says names are of."""
    if sentences.pattern("opener", "government").search(scene.section.title + scene.sentence):
        return {"gov_economic": ALL}
    said = sentences.pattern("opener", "economic").search(scene.sentence)
    return {"dept_economic": ALL} if said else {}


def governing(scene: Scene, gap: str) -> dict[Dimension, str]:
    """Return the nature or fund that words before a colon name for the list behind it."""
    match = sentences.last(sentences.pattern("governed", "regex").finditer(gap))
    if match is None or scene.labels.idle(gap[match.end() :]):
        return {}
    reading = scene.context.lexicon.read(match["words"])
    said = about(reading.says)
    return said if reading.understood and set(said) <= _GOVERNING else {}


def says(scene: Scene, words: str) -> dict[Dimension, str]:
    """Return what the words before 包括 say (收入包括 → revenue)."""
    reading = scene.context.lexicon.read(words)
    said = dict(reading.says) if reading.understood else {}
    return {} if said.get("flow") == "both" else said
