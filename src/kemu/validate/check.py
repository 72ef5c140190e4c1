"""The whole check of one document."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from kemu.graph import build, derived
from kemu.model import iri
from kemu.model.facts import Extraction
from kemu.model.findings import CheckResult
from kemu.validate import engine, found
from kemu.validate.causes.consequences import linked
from kemu.validate.causes.roots import explained, roots
from kemu.validate.coverage import coverage
from kemu.validate.gaps import gaps
from kemu.validate.ledger import idle_rules, ledger, reaches, switched_off
from kemu.validate.report import report
from kemu.validate.rules import load
from kemu.validate.verdict import judge


def check(
    extraction: Extraction, shapes: Path | None = None, off: Collection[str] = ()
) -> CheckResult:
    """Return what the rules say about a document.

    Args:
        extraction: What was observed in it.
        shapes: A folder of further SHACL shapes, run beside the package's own.
        off: Numbers of rules that are switched off: they find nothing and count as not checked.

    Raises:
        InputError: The folder cannot be used.
        InternalError: A rule could not be run, or the extraction contradicts itself.
    """
    store = build.store(extraction, None if shapes else load().asked)
    this = ox.NamedNode(iri.document(extraction.document.sha256))
    reached = switched_off(reaches(store, this, shapes), off)
    idle = idle_rules(reached, shapes)
    results = [
        each
        for each in found.findings(extraction, store, engine.results(store, shapes, idle), shapes)
        if each.finding.rule not in off and each.value not in reached[each.finding.rule].blocked
    ]
    held = derived.held(store, extraction.document.sha256) if results else {}
    causes = roots(extraction, results, held)
    explained_results = linked(explained(results, causes), extraction, held)
    findings = tuple(each.finding for each in explained_results)
    rows = ledger(reached, findings, shapes)
    covered = coverage(extraction, reached)
    verdict = judge(extraction.document, findings, rows, covered)
    return CheckResult(
        extraction,
        verdict,
        findings,
        rows,
        covered,
        report(extraction, verdict, explained_results, rows, causes),
        gaps(extraction, reached, shapes),
        held,
    )
