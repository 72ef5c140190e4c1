"""The whole check of one document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kemu.graph import build
from kemu.model import iri
from kemu.model.facts import Extraction
from kemu.model.findings import CheckResult, Finding, LedgerRow, Severity, Status, Verdict
from kemu.validate import engine, found
from kemu.validate.causes.roots import explained, roots
from kemu.validate.coverage import coverage
from kemu.validate.ledger import idle_rules, ledger, reaches
from kemu.validate.report import report

_JUDGED = frozenset((Status.PASSED, Status.HINT, Status.WARNING, Status.VIOLATED))
_VERDICTS = (
    (Severity.VIOLATION, Verdict.VIOLATIONS),
    (Severity.WARNING, Verdict.WARNINGS),
    (Severity.HINT, Verdict.HINTS),
)


def check(extraction: Extraction, shapes: Path | None = None) -> CheckResult:
    """Return what the rules say about a document.

    Args:
        extraction: What was observed in it.
        shapes: A folder of further SHACL shapes, run beside the package's own.

    Raises:
        InputError: The folder cannot be used.
        InternalError: A rule could not be run, or the extraction contradicts itself.
    """
    store = build.store(extraction)
    this = ox.NamedNode(iri.document(extraction.document.sha256))
    reached = reaches(store, this, shapes)
    idle = idle_rules(reached, shapes)
    results = [
        each
        for each in found.findings(extraction, store, engine.results(store, shapes, idle), shapes)
        if each.value not in reached[each.finding.rule].blocked
    ]
    causes = roots(extraction, results)
    explained_results = explained(results, causes)
    findings = tuple(each.finding for each in explained_results)
    rows = ledger(reached, findings, shapes)
    verdict = judge(findings, rows)
    return CheckResult(
        extraction,
        verdict,
        findings,
        rows,
        coverage(extraction, reached),
        report(extraction, verdict, explained_results, rows, causes),
    )


def judge(findings: Iterable[Finding], rows: Iterable[LedgerRow]) -> Verdict:
    """Return the one word for a document; without any comparison it was not checked."""
    present = {finding.severity for finding in findings}
    for severity, verdict in _VERDICTS[:1]:
        if severity in present:
            return verdict
    compared = any(row.status in _JUDGED and not row.rule.startswith(("R1", "R2")) for row in rows)
    if not compared:
        return Verdict.NOT_CHECKED
    return next(
        (verdict for severity, verdict in _VERDICTS if severity in present), Verdict.CONFORMS
    )
