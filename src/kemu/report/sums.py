"""A sum opened into its terms, as an accountant would write it on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kemu.model.findings import Finding
from kemu.report.evidence import Context, Printed
from kemu.report.money import Unit, grouped


@dataclass(frozen=True)
class Line:
    """One term: its sign, label, place, amount, the running total after it; likely wrong or not."""

    sign: str
    label: str
    where: str
    amount: str
    running: str
    suspect: bool = False


@dataclass(frozen=True)
class Sum:
    """All terms, what they add to, what is printed as the total, and the gap; all in `unit`."""

    unit: str
    lines: tuple[Line, ...]
    computed: str
    stated: str
    stated_where: str
    difference: str


def opened(finding: Finding, context: Context) -> Sum | None:
    """Return the sum that a finding is about, None where it is about none.

    Blank cells are left out. A sum of one term is no sum but the same quantity printed twice.
    """
    terms = [e for e in finding.evidence if e.role == "term" and e.value is not None]
    if finding.stated is None or not terms or (len(terms) == 1 and terms[0].weight == 1):
        return None
    shown = [(e, context.printed(e, finding)) for e in terms]
    unit = _finest(context.unit(finding), [e.value for e, _ in shown if e.value is not None])
    total = next((e for e in finding.evidence if e.role == "total"), finding.evidence[0])
    culprit = context.suspect(finding)
    running = Decimal(0)
    lines = []
    for evidence, printed in shown:
        value = evidence.weight * (evidence.value or Decimal(0))
        running += value
        where = context.near(evidence.place, total.place)
        line = _line(value, printed, where, running, unit)
        suspect = culprit is not None and evidence.place.slug == culprit.place.slug
        lines.append(replace(line, suspect=suspect))
    computed = running if finding.computed is None else finding.computed
    gap = finding.stated - computed
    return Sum(
        unit=unit.name,
        lines=tuple(lines),
        computed=grouped(computed / unit.factor, unit.decimals),
        stated=grouped(finding.stated / unit.factor, unit.decimals),
        stated_where=context.printed(total, finding).where,
        difference=("+" if gap > 0 else "") + grouped(gap / unit.factor, unit.decimals),
    )


def _line(value: Decimal, printed: Printed, where: str, running: Decimal, unit: Unit) -> Line:
    return Line(
        sign="−" if value < 0 else "+",
        label=printed.label or printed.quote.mark,
        where=where,
        amount=grouped(abs(value) / unit.factor, unit.decimals),
        running=grouped(running / unit.factor, unit.decimals),
    )


def _finest(unit: Unit, values: list[Decimal]) -> Unit:
    """Return the unit with as many digits as the finest of the values needs, so columns align."""
    needed = [-int((value / unit.factor).normalize().as_tuple().exponent) for value in values]
    return Unit(unit.name, unit.factor, max([unit.decimals, *needed]))
