"""What follows the passes over prose and tables: one pure step after another, named in `STEPS`.

A step takes what was observed and returns it with what the whole document makes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kemu.extract.observed import Observed, completed
from kemu.extract.prose import glossary
from kemu.extract.prose.claims.reasons import Reasons
from kemu.extract.readings import continuation, torn
from kemu.extract.whole import (
    carry,
    going_on,
    identities,
    same_money,
    share_lists,
    share_wholes,
    two_bases,
    two_quantities,
    unbound_terms,
    unclear,
    withheld,
)
from kemu.extract.whole.prose_sums import Sums
from kemu.extract.words.context import Context
from kemu.model.document import Document
from kemu.model.facts import Equation, Fact


@dataclass(frozen=True)
class Passed:
    """What the passes over a document observed, so far as it is settled.

    Attributes:
        prose: Of sentences.
        tables: Of tables.
        reasons: Which changes the prose explains.
        reduction: Which keys measure the same money.
        tied: Equations between tables.
    """

    document: Document
    context: Context
    prose: Observed
    tables: Observed
    reasons: Reasons
    reduction: same_money.Reduction = field(default_factory=same_money.Reduction)
    tied: tuple[Equation, ...] = ()

    @property
    def facts(self) -> list[Fact]:
        """All facts, those of prose first."""
        return [*self.prose.facts, *self.tables.facts]


Step = Callable[[Passed], Passed]


def settled(passed: Passed) -> Passed:
    """Return what was observed after all steps."""
    for step in STEPS:
        after = step(passed)
        passed.context.trace.step(step.__name__, passed.facts, after.facts)
        passed = after
    return passed


def whole(passed: Passed) -> Passed:
    """Mark the amounts of tables that lost cells; codes and names not paired tell nothing."""
    tables, lost = passed.tables, torn.tables(passed.document)
    facts = [replace(f, torn=True) if f.place.table in lost else f for f in tables.facts]
    mentions = torn.paired(tables.mentions, lost)
    return replace(passed, tables=replace(tables, facts=facts, mentions=mentions))


def nameless(passed: Passed) -> Passed:
    """Leave open what labels without a name measure."""
    prose = passed.prose
    return replace(passed, prose=replace(prose, facts=unclear.settled(prose.facts)))


def carried(passed: Passed) -> Passed:
    """Settle whether spending includes carried-over money, table by table."""
    context = passed.context
    groups = {f.slug: f"t{f.place.table}" for f in passed.tables.facts}
    groups |= {slug: f"p{section.path}" for slug, section in passed.prose.sections.items()}
    own = context.keys.key({"flow": "undetermined"})
    return _with(passed, carry.settle(passed.facts, groups, own, context.identity.statement))


def parted(passed: Passed) -> Passed:
    """Take amounts that differ by what is carried over as two quantities."""
    return _with(passed, two_quantities.apart(passed.facts))


def alike(passed: Passed) -> Passed:
    """Find out which keys measure the same money."""
    own = passed.context.keys.key({})
    return replace(passed, reduction=same_money.observe(passed.facts, own))


def summed(passed: Passed) -> Passed:
    """Add the sums that prose states without 其中, and what shares without a whole are of."""
    seen = passed.prose
    sums = Sums(seen.facts, seen.sections, passed.reduction, seen.equations)
    equations = [*seen.equations, *sums.equations()]
    claims = list(share_wholes.shares(sums, seen.claims, seen.wanted))
    return replace(passed, prose=replace(seen, equations=equations, claims=claims))


def open_ended(passed: Passed) -> Passed:
    """Doubt the sums of tables that may go on."""
    tables, parts = passed.tables, continuation.open_ended(passed.document)
    equations = list(going_on.doubted(tables.equations, tables.facts, parts))
    return replace(passed, tables=replace(tables, equations=equations))


def gapped(passed: Passed) -> Passed:
    """Doubt the sums of prose that lack a number which nobody understood."""
    seen = passed.prose
    equations = list(unbound_terms.doubted(seen.equations, seen.facts, seen.unbound))
    return replace(passed, prose=replace(seen, equations=equations))


def tied(passed: Passed) -> Passed:
    """Add the equations between tables."""
    found = identities.equations(passed.facts, passed.reduction)
    return replace(passed, tied=tuple(found))


def claimed(passed: Passed) -> Passed:
    """Give claims the operands that only tables print, of two bases the one that fits.

    And tell which shares are a whole list.
    """
    seen = passed.prose
    claims = completed(seen.claims, seen.wanted, passed.facts)
    claims = two_bases.settled(claims, passed.facts)
    claims = list(share_lists.settled(claims, passed.facts))
    return replace(passed, prose=replace(seen, claims=passed.reasons.settled(claims)))


def guarded(passed: Passed) -> Passed:
    """Doubt what rests on tables that lost cells, and does not hold."""
    facts = {fact.slug: fact for fact in passed.facts}
    prose, tables = passed.prose, passed.tables
    claims = list(torn.grounded(prose.claims, facts))
    equations = list(torn.doubted(tables.equations, facts))
    return replace(
        passed,
        prose=replace(prose, claims=claims),
        tables=replace(
            tables, equations=equations, claims=list(torn.grounded(tables.claims, facts))
        ),
        tied=tuple(torn.doubted(passed.tied, facts)),
    )


def explained(passed: Passed) -> Passed:
    """Settle what names of the glossary mean that several codes bear."""
    seen, used = passed.prose, (fact.key.functional for fact in passed.facts)
    terms, mentions = glossary.settled(seen.terms, seen.mentions, used, passed.context)
    return replace(passed, prose=replace(seen, terms=terms, mentions=mentions))


def disclosed(passed: Passed) -> Passed:
    """Take sums that fall short of a withheld item as limits."""
    prose, tables = passed.prose, passed.tables
    found = withheld.observe([*prose.equations, *tables.equations], passed.facts)
    at = len(prose.equations)
    prose, tables = replace(prose, equations=found[:at]), replace(tables, equations=found[at:])
    return replace(passed, prose=prose, tables=tables)


STEPS: tuple[Step, ...] = (
    whole,
    nameless,
    carried,
    parted,
    alike,
    summed,
    open_ended,
    gapped,
    tied,
    claimed,
    guarded,
    explained,
    disclosed,
)
"""In this order: a step may rest on what those before it settled."""


def _with(passed: Passed, facts: list[Fact]) -> Passed:
    at = len(passed.prose.facts)
    prose, tables = (
        replace(passed.prose, facts=facts[:at]),
        replace(passed.tables, facts=facts[at:]),
    )
    return replace(passed, prose=prose, tables=tables)
