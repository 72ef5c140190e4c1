"""Observe what a document prints: facts, equations, claims, terms, mentions and spans.

Nothing here judges. `extract` is the whole interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kemu.extract.document import slots
from kemu.extract.document.identity import identify
from kemu.extract.observed import Observed, complete
from kemu.extract.prose import glossary, years
from kemu.extract.prose.amounts import Prose
from kemu.extract.readings import continuation
from kemu.extract.tables import read as tables
from kemu.extract.tables.frame import contents, titles
from kemu.extract.tables.rows import units
from kemu.extract.whole import (
    going_on,
    identities,
    share_lists,
    share_wholes,
    two_bases,
    unbound_terms,
    unclear,
    unread,
    withheld,
)
from kemu.extract.whole.carry import settle
from kemu.extract.whole.prose_sums import Sums
from kemu.extract.whole.same_money import observe
from kemu.extract.whole.two_quantities import apart
from kemu.extract.wording import foreign_codes, observing
from kemu.extract.words import numbers, sentences
from kemu.extract.words.context import Context
from kemu.model.document import Document, Paragraph
from kemu.model.facts import UNNAMED, BlankCell, Extraction, Organisation, Unbound


def extract(document: Document) -> Extraction:
    """Return all that can be observed in a document."""
    document, parts = continuation.joined(document)
    identity, organisations = identify(document)
    context = Context(identity, organisations)
    document, inferred = contents.titled(document, context)
    document = titles.framed(document)
    paragraphs = [p for p in document.blocks if isinstance(p, Paragraph)]
    precision = numbers.finest(n for p in paragraphs for n in numbers.find(p.content.text))
    lost = sentences.sign_lost(p.content.text for p in paragraphs)
    prose = Prose(context, precision, "%" if lost else "")
    printed = Observed()
    blanks: list[BlankCell] = []
    usual = tables.usual_unit(list(document.tables))
    listed = units.observe(list(document.tables), context)
    for block, section in titles.headed(document, context):
        if isinstance(block, Paragraph):
            prose.paragraph(block, section)
        else:
            _, empty = tables.observe(block, section, context, usual, listed, printed)
            blanks.extend(empty)
    prose.finish()
    seen = prose.observed
    seen.facts[:] = unclear.settled(seen.facts)
    _settle_carry(seen, printed, context)
    reduction = observe([*seen.facts, *printed.facts], context.keys.key({}))
    sums = Sums(seen.facts, seen.sections, reduction, seen.equations)
    seen.equations.extend(sums.equations())
    printed.equations[:] = going_on.doubted(
        printed.equations, printed.facts, continuation.open_ended(document)
    )
    seen.equations[:] = unbound_terms.doubted(seen.equations, seen.facts, seen.unbound)
    seen.claims[:] = share_wholes.shares(sums, seen.claims, seen.wanted)
    tied = tuple(identities.equations([*seen.facts, *printed.facts], reduction))
    complete(seen.claims, seen.wanted, [*seen.facts, *printed.facts])
    seen.claims[:] = two_bases.settled(seen.claims, [*seen.facts, *printed.facts])
    seen.claims[:] = share_lists.settled(seen.claims, [*seen.facts, *printed.facts])
    prose.reasons.settle(seen.claims)
    names = [*slots.unit_names(document), *years.of_document(document, identity)]
    used = (f.key.functional for f in (*seen.facts, *printed.facts))
    glossary.settle(seen.terms, seen.mentions, used, context)
    facts = (*seen.facts, *printed.facts)
    worded = observing.spans(document, identity, organisations, facts)
    return Extraction(
        document=document,
        identity=identity,
        organisations=(*_with_units(organisations, listed), *_unnamed(printed, organisations)),
        facts=facts,
        blanks=tuple(blanks),
        equations=(*withheld.observe([*seen.equations, *printed.equations], facts), *tied),
        claims=(*seen.claims, *printed.claims),
        terms=tuple(seen.terms),
        mentions=(*seen.mentions, *printed.mentions, *foreign_codes.mentions(document, context)),
        spans=slots.once(names, parts, inferred, seen.spans, printed.spans, worded),
        unbound=tuple(_not_understood(document, seen, printed, blanks)),
    )


def _not_understood(
    document: Document, prose: Observed, tables: Observed, blanks: Sequence[BlankCell]
) -> Iterator[Unbound]:
    """Yield the printed numbers that were tied to nothing, those that nobody looked at too."""
    yield from unread.told(document, prose.unbound, prose.facts, tables.facts)
    yield from tables.unbound
    taken = {each.place.slug for each in tables.facts} | {each.place.slug for each in blanks}
    taken |= {each.place.slug for each in tables.unbound}
    taken |= {each.place.slug for each in tables.claims}
    taken |= {each.place.slug for each in tables.mentions}
    yield from unread.cells(document, taken)


def _settle_carry(prose: Observed, tables: Observed, context: Context) -> None:
    """Settle in place whether spending includes carried-over money, table by table."""
    groups = {f.slug: f"t{f.place.table}" for f in tables.facts}
    groups |= {slug: f"p{section.path}" for slug, section in prose.sections.items()}
    facts = settle(
        [*prose.facts, *tables.facts],
        groups,
        context.keys.key({"flow": "undetermined"}),
        context.identity.statement,
    )
    facts = apart(facts)
    prose.facts[:] = facts[: len(prose.facts)]
    tables.facts[:] = facts[len(prose.facts) :]


def _unnamed(tables: Observed, organisations: tuple[Organisation, ...]) -> list[Organisation]:
    """Return the units that tables list without naming them, under the document's own."""
    found = {f.key.organisation for f in tables.facts if UNNAMED in f.key.organisation}
    named = [(unit, *unit.rpartition(UNNAMED)[2].split("-")) for unit in sorted(found)]
    return [
        Organisation(unit, f"表{table}中未写名称的第{number}个单位", superior=organisations[0].id)
        for unit, table, number in named
    ]


def _with_units(
    organisations: tuple[Organisation, ...], listed: units.Units
) -> tuple[Organisation, ...]:
    """Return the organisations with the codes and units that the tables list."""
    if not organisations:
        return ()
    own = replace(organisations[0], code=listed.code_of_own())
    below = {unit.name: unit for unit in listed.organisations(own.id)}
    known = [
        replace(o, code=below.pop(o.name).code) if o.name in below else o for o in organisations[1:]
    ]
    return (own, *known, *below.values())
