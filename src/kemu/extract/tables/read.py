"""All tables of a document: sheets, units of money, and what they add to the extraction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kemu.extract.document.outline import Section
from kemu.extract.observed import Observed
from kemu.extract.tables.cells import Cells
from kemu.extract.tables.changes import claims
from kemu.extract.tables.frame.titles import unit_of
from kemu.extract.tables.rows.printed import whole
from kemu.extract.tables.rows.units import Units
from kemu.extract.tables.sheet import Sheet
from kemu.extract.tables.sums import equations
from kemu.extract.words.context import Context
from kemu.model.document import Table
from kemu.model.facts import BlankCell, Equation, Span


def usual_unit(tables: Sequence[Table]) -> str:
    """Return the unit that every table which states one states, or empty if they differ."""
    stated = Counter(unit for unit in map(unit_of, tables) if unit)
    return next(iter(stated)) if len(stated) == 1 else ""


def observe(
    table: Table,
    section: Section,
    context: Context,
    usual: str,
    units: Units,
    into: Observed,
) -> tuple[Sheet, list[BlankCell]]:
    """Add one table's facts, equations, mentions and unread cells; return it with its blank cells.

    A table that states no unit is read in the unit of all the others, and that is recorded. Of one
    that is known to be incomplete, or whose columns are not known, the numbers are only counted.
    """
    table = whole(table)
    stated = unit_of(table)
    cells = Cells(context, table, section, stated or usual, units)
    sheet = cells.read()
    facts = [fact for block in sheet.blocks for fact in block.facts.values()]
    if facts and not stated:
        place = table.place
        into.spans.append(Span(f"{place.slug}/unit", "moneyUnit", place, "", usual, place.slug))
    into.facts.extend(facts)
    into.sections.update((fact.slug, section) for fact in facts)
    known: dict[str, Equation] = {}
    into.unbound.extend(sheet.unbound)
    if table.broken:
        return sheet, []
    for equation in equations(sheet):
        known.setdefault(equation.slug, equation)
    into.equations.extend(known.values())
    into.claims.extend(claims(sheet))
    into.mentions.extend(sheet.mentions)
    into.spans.extend(sheet.spans)
    return sheet, [blank for block in sheet.blocks for blank in block.blanks.values()]
