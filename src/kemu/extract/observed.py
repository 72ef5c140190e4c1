"""What extraction has observed so far, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kemu.extract.document.outline import Section
from kemu.model.facts import (
    Claim,
    CodeMention,
    DefinedTerm,
    Equation,
    Fact,
    Key,
    Span,
    Unbound,
)
from kemu.model.language import OperandRole


@dataclass
class Observed:
    """What one pass collects.

    Attributes:
        sections: Slug of a fact → the section it stands in.
        wanted: Slug of a claim → role → key of an operand that is not printed so far; tables that
            come later may print it.
    """

    facts: list[Fact] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    mentions: list[CodeMention] = field(default_factory=list)
    terms: list[DefinedTerm] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    unbound: list[Unbound] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    wanted: dict[str, dict[OperandRole, Key]] = field(default_factory=dict)
    _last: dict[Key, Fact] = field(default_factory=dict, repr=False)
    _mentioned: dict[str, int] = field(default_factory=dict, repr=False)

    def add(self, fact: Fact, section: Section) -> None:
        """Take a fact."""
        self.facts.append(fact)
        self.sections[fact.slug] = section
        self._last[fact.key] = fact

    def latest(self, key: Key) -> Fact | None:
        """Return the last fact so far with this key."""
        return self._last.get(key)

    def mention(self, mention: CodeMention, fact: Fact | None) -> None:
        """Take the sighting of a code; one seen before at the place gets a further fact."""
        facts = (fact.slug,) if fact else ()
        index = self._mentioned.setdefault(mention.slug, len(self.mentions))
        if index == len(self.mentions):
            self.mentions.append(replace(mention, facts=facts))
        else:
            old = self.mentions[index]
            self.mentions[index] = replace(old, facts=(*old.facts, *facts))

    def span(self, span: Span) -> None:
        """Take a span; the same words are recorded once for one kind."""
        if all(span.slug != old.slug for old in self.spans[-40:]):
            self.spans.append(span)


def completed(
    claims: Sequence[Claim], wanted: Mapping[str, Mapping[OperandRole, Key]], facts: Iterable[Fact]
) -> list[Claim]:
    """Return claims with the operands that are printed only elsewhere, in tables as a rule.

    A direction of an amount that is printed nowhere says nothing and is left out.
    """
    first: dict[Key, Fact] = {}
    for fact in facts:
        first.setdefault(fact.key, fact)
    whole = [
        replace(claim, operands={**claim.operands, **_found(claim, wanted, first)})
        for claim in claims
    ]
    return [c for c in whole if c.kind != "direction" or "left" in c.operands]


def _found(
    claim: Claim, wanted: Mapping[str, Mapping[OperandRole, Key]], first: Mapping[Key, Fact]
) -> dict[OperandRole, str]:
    return {
        role: first[key].slug
        for role, key in wanted.get(claim.slug, {}).items()
        if role not in claim.operands and key in first
    }
