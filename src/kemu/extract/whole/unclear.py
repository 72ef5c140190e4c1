"""Labels of which too little was understood to say what the amount measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kemu.extract.words.lexicon import Lexicon
from kemu.model.facts import ALL, UNDETERMINED, Fact

_ENDS = "）)，,；;。、：:"
"""What ends the words before a label."""


def settled(facts: Iterable[Fact], lexicon: Lexicon) -> list[Fact]:
    """Return the amounts of sentences, those whose label tells nothing without an item.

    The tail of a name that was cut at a bracket (含）以上设备), or a word that only says that there
    is a name (科目), would give different things one key.
    """
    return [
        replace(fact, key=replace(fact.key, item=UNDETERMINED))
        if fact.key.item == ALL and tells_nothing(fact.label, lexicon)
        else fact
        for fact in facts
    ]


def tells_nothing(label: str, lexicon: Lexicon) -> bool:
    """Tell whether a label is the tail of a name, or words that name nothing."""
    label = label.lstrip(_ENDS)
    if label.count("）") != label.count("（"):
        return True
    reading = lexicon.read(label)
    return bool(label) and reading.understood and not reading.says and not reading.years
