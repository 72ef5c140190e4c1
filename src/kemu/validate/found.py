"""From validation results to findings: numbers, messages, evidence and a stable identity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kemu.graph.fingerprints import Fingerprints, told_apart
from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import Extraction
from kemu.model.findings import Evidence, Finding, Severity
from kemu.validate.evidence import Observed
from kemu.validate.queries import Result, Row, select
from kemu.validate.rules import RuleSet, Shape, load
from kemu.validate.wording import FIGURES, figure, messages

_WEIGHT = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.HINT: 2}
_DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, the shape that made it and the IRI of what is at fault."""

    finding: Finding
    shape: str
    value: str


def findings(
    extraction: Extraction, store: ox.Store, results: Iterable[Result], folder: Path | None = None
) -> tuple[Found, ...]:
    """Return the findings of a document, the weightiest first, then in the order of the rules."""
    rules = load(folder)
    observed, marks = Observed(extraction), Fingerprints(extraction)
    found: dict[str, Found] = {}
    for result in results:
        for row in detailed(store, rules, result) or [{}]:
            finding = _finding(extraction, observed, marks, result, row)
            other = found.get(finding.id)
            if other is None or weight(finding.severity) < weight(other.finding.severity):
                found[finding.id] = Found(finding, result.shape.iri, result.value)
    orders = {number: rule.order for number, rule in rules.rules.items()}
    ordered = sorted(found.values(), key=lambda each: _sorting(each.finding, orders))
    apart = told_apart(each.finding for each in ordered)
    return tuple(replace(each, finding=one) for each, one in zip(ordered, apart, strict=True))


def weight(severity: Severity) -> int:
    """Return how far behind a finding comes: 0 for a violation."""
    return _WEIGHT[severity]


def rule_of(result: Result, row: Row) -> str:
    """Return the number of the rule that a finding goes under."""
    named = row.get("rule")
    return named.value if isinstance(named, ox.Literal) else result.shape.rules[0]


def _sorting(finding: Finding, orders: dict[str, tuple[int, ...]]) -> tuple[object, ...]:
    first = finding.evidence[0].place if finding.evidence else None
    numbers = (first.page, first.table, first.paragraph, first.row, first.column) if first else ()
    where = tuple(-1 if number is None else number for number in numbers)
    return weight(finding.severity), orders.get(finding.rule, (999,)), where, finding.id


def detailed(store: ox.Store, rules: RuleSet, result: Result) -> Sequence[Row]:
    """Return the numbers of an offender: from the rule's detail query, else the shape's own."""
    numbers = result.shape.rules
    details = {rule.detail for rule in rules.judged if rule.number in numbers and rule.detail}
    if not details:
        return result.rows
    return select(store, min(details), numbers[0], value=ox.NamedNode(result.value))


def _finding(
    extraction: Extraction, observed: Observed, marks: Fingerprints, result: Result, row: Row
) -> Finding:
    shape, value = result.shape, result.value
    number = rule_of(result, row)
    evidence = observed.evidence(value, row)
    placeless = "" if evidence else value + (result.text if not shape.messages else "")
    vague = value if any(_is_paragraph(each.place) for each in evidence) else ""
    identity = identify(number, extraction.document.sha256, evidence, placeless or vague)
    stated, computed, difference, bound = (_rounded(figure(row, name)) for name in FIGURES)
    return Finding(
        id=identity,
        rule=number,
        severity=Severity(shape.severity),
        messages=messages(shape, row, observed.scale(value), result.text),
        evidence=evidence,
        stated=stated,
        computed=computed,
        difference=difference,
        bound=bound,
        unit=_unit(shape, observed.counted(value)) if stated is not None else "",
        fingerprint=marks.of(number, observed.at_fault(value), _local(value, extraction)),
    )


def _local(value: str, extraction: Extraction) -> str:
    """Return what is at fault by its name in the document, without the file's hash."""
    return value.removeprefix(iri.document(extraction.document.sha256))


def _rounded(number: Decimal | None) -> Decimal | None:
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    return number.quantize(_DIGITS) if isinstance(exponent, int) and exponent < -6 else number


def _unit(shape: Shape, counted: bool) -> str:
    if shape.quantity == "percent":
        return "%"
    if shape.quantity == "money":
        return "items" if counted else "元"
    return ""


def _is_paragraph(place: Place) -> bool:
    """Tell whether a place is a whole paragraph, which may hold several things at fault."""
    return place.table is None and place.paragraph is not None and place.start is None


def identify(rule: str, sha256: str, evidence: Iterable[Evidence], further: str = "") -> str:
    """Return a finding's identity: the same rule about the same places of the same file.

    Args:
        rule: Number.
        sha256: Of the file.
        evidence: With the places.
        further: What is at fault, where the places do not tell it from others.
    """
    places = sorted({item.place.slug for item in evidence})
    text = "\x1f".join((rule, sha256, *places, *([further] if further else [])))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
