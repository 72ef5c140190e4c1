"""The one word for a document: what was found in it, and whether enough of it was understood."""

from __future__ import annotations

from collections.abc import Iterable

from kemu.model.document import Document
from kemu.model.findings import (
    Coverage,
    Finding,
    LedgerRow,
    Severity,
    Status,
    Verdict,
    enough,
)
from kemu.validate.rules import compares

_JUDGED = frozenset(
    (Status.PASSED, Status.HINT, Status.WARNING, Status.VIOLATED, Status.PARTLY_CHECKED)
)

_WORDED = frozenset(("R5.9", "R5.11"))


def judge(
    document: Document,
    findings: Iterable[Finding],
    rows: Iterable[LedgerRow],
    found: Coverage,
) -> Verdict:
    """Return the one word for a document; without any comparison it was not checked."""
    present = {finding.severity for finding in findings}
    if Severity.VIOLATION in present:
        return Verdict.VIOLATIONS
    compared = any(row.status in _JUDGED and _amounts(row.rule) for row in rows)
    if not compared:
        return Verdict.NOT_CHECKED
    if is_partial(document, found):
        return Verdict.PARTIAL
    if Severity.WARNING in present:
        return Verdict.WARNINGS
    return Verdict.HINTS if Severity.HINT in present else Verdict.CONFORMS


def is_partial(document: Document, found: Coverage) -> bool:
    """Return whether too little of a document was read, understood or compared to call it ready.

    Every table and every chapter with amounts must be understood; a number that is understood and
    printed but once need not be held to another, as long as most of the document's are.
    """
    if any(notice.is_gap for notice in document.notices):
        return True
    if not enough().compared(found.numbers, found.in_checks):
        return True
    return not all(part.is_understood for part in found.parts)


def _amounts(rule: str) -> bool:
    """Return whether passing a rule means that amounts were compared; some of R5 read words."""
    return compares(rule) and rule not in _WORDED
