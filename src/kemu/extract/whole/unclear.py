"""Labels that say that there is a name, and not which: what such an amount measures is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kemu import knowledge
from kemu.model.facts import UNDETERMINED, Fact

_MARKS = '“”"，、：；（） '


@cache
def _nameless() -> frozenset[str]:
    data = knowledge.table("lexicon")
    return frozenset(data["nameless"]["words"])


def settled(facts: Iterable[Fact]) -> list[Fact]:
    """Return the amounts of sentences, those without a name with their item undetermined.

    Left as they are, all of a list would have the key of its whole.
    """
    return [
        replace(fact, key=replace(fact.key, item=UNDETERMINED))
        if fact.label.strip(_MARKS) in _nameless()
        else fact
        for fact in facts
    ]
