"""Observe what a document prints: facts, equations, claims, terms, mentions and spans.

Nothing here judges. `extract` is the whole interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kemu.extract.document import slots
from kemu.extract.document.identity import identify
from kemu.extract.observed import Observed
from kemu.extract.prose import years
from kemu.extract.prose.amounts import Prose
from kemu.extract.readings import continuation
from kemu.extract.settling import Passed, settled
from kemu.extract.tables import read as tables
from kemu.extract.tables.frame import contents, titles
from kemu.extract.tables.rows import units
from kemu.extract.whole import unread
from kemu.extract.wording import foreign_codes, observing
from kemu.extract.words import numbers, sentences
from kemu.extract.words.context import Context
from kemu.extract.words.trace import SILENT, Trace
from kemu.model.document import Document, Paragraph
from kemu.model.facts import UNNAMED, BlankCell, Extraction, Organisation, Unbound


def extract(document: Document, trace: Trace = SILENT) -> Extraction:
    """Return all that can be observed in a document.

    Args:
        document: As read.
        trace: Takes what is thought about every number, where somebody asked for it.
    """
    document, parts = continuation.joined(document)
    identity, organisations = identify(document)
    context = Context(identity, organisations, trace)
    document, inferred = contents.titled(document, context)
    document = titles.framed(document)
    listed = units.observe(list(document.tables), context)
    passed, blanks = _passed(document, context, listed)
    passed = settled(passed)
    seen, printed = passed.prose, passed.tables
    names = [*slots.unit_names(document), *years.of_document(document, identity)]
    worded = observing.spans(document, identity, organisations, passed.facts)
    return Extraction(
        document=document,
        identity=identity,
        organisations=(*_with_units(organisations, listed), *_unnamed(printed, organisations)),
        facts=tuple(passed.facts),
        blanks=tuple(blanks),
        equations=(*seen.equations, *printed.equations, *passed.tied),
        claims=(*seen.claims, *printed.claims),
        terms=tuple(seen.terms),
        mentions=(*seen.mentions, *printed.mentions, *foreign_codes.mentions(document, context)),
        spans=slots.once(names, parts, inferred, seen.spans, printed.spans, worded),
        unbound=tuple(_not_understood(document, seen, printed, blanks)),
    )


def _passed(
    document: Document, context: Context, listed: units.Units
) -> tuple[Passed, list[BlankCell]]:
    """Return what the passes over prose and tables observe, and the blank cells."""
    paragraphs = list(document.paragraphs)
    precision = numbers.finest(n for p in paragraphs for n in numbers.find(p.content.text))
    lost = sentences.sign_lost(p.content.text for p in paragraphs)
    prose = Prose(context, precision, "%" if lost else "")
    printed = Observed()
    blanks: list[BlankCell] = []
    usual = tables.usual_unit(list(document.tables))
    for block, section in titles.headed(document, context):
        if isinstance(block, Paragraph):
            prose.paragraph(block, section)
        else:
            _, empty = tables.observe(block, section, context, usual, listed, printed)
            blanks.extend(empty)
    prose.finish()
    return Passed(document, context, prose.observed, printed, prose.reasons), blanks


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
