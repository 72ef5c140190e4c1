"""What a document prints of its own organisation, by key: the ground on which documents meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from kemu.graph.agreements import agreements
from kemu.model import dimensions
from kemu.model.facts import ALL, Extraction, Fact, Key

_OWN_LEVELS = {"department": ("departmentTotal",), "unit": ("unit", "headquarters")}
_FISCAL = "fiscalAppropriation"


class Printed:
    """A document of those given.

    Attributes:
        extraction: What was observed in it.
        name: Of its organisation.
    """

    def __init__(self, extraction: Extraction) -> None:
        identity = extraction.identity
        self.extraction = extraction
        self.organisation = identity.organisation
        self.year = int(identity.year) if identity.year.isdigit() else 0
        self.statement = identity.statement
        self.level = identity.level
        names = {one.id: one.name for one in extraction.organisations}
        self.name = names.get(identity.organisation, identity.organisation)
        self.path = extraction.document.path
        self.sha256 = extraction.document.sha256

    @cached_property
    def own(self) -> Mapping[Key, Fact]:
        """Per key without organisation and level: the printing that others are held to.

        A quantity printed with different values is left out: R4 tells which, and until it is
        mended nothing can be held to it.
        """
        levels = _OWN_LEVELS.get(self.level, ())
        facts = [
            fact
            for fact in self.extraction.facts
            if fact.key.organisation == self.organisation and fact.key.consolidation in levels
        ]
        torn = {one.key for one in agreements(facts)}
        found: dict[Key, Fact] = {}
        for fact in facts:
            digest = fact.key.digest()
            if digest is not None and digest not in torn:
                key = bare(fact.key)
                if key not in found or fact.half_step < found[key].half_step:
                    found[key] = fact
        return found


def bare(key: Key) -> Key:
    """Return a key without the organisation, which joins those of two documents."""
    return replace(key, organisation=ALL, consolidation=ALL)


def adds_up(key: Key) -> bool:
    """Tell whether units' amounts add to their department's.

    Money of the budget does; where units pay one another, what both receive is counted once, and
    so incomes and totals over all sources do not.
    """
    fiscal = key.fund == _FISCAL or dimensions.is_narrower("fund", key.fund, _FISCAL)
    return fiscal and key.measure == "money" and key.project == ALL
