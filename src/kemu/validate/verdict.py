"""The one word for a document: what was found in it, and whether enough of it was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kemu.extract.document import outline
from kemu.model.document import Document, Place
from kemu.model.facts import Extraction
from kemu.model.findings import Coverage, Finding, LedgerRow, Severity, Status, Verdict

_JUDGED = frozenset((Status.PASSED, Status.HINT, Status.WARNING, Status.VIOLATED))
_ENOUGH = Decimal("0.8")
"""Share of the numbers that must be understood, and take part in checks, to call a text ready."""
_NO_AMOUNTS = frozenset(("policy", "threshold", "reason", "purpose", "detail", "aside"))
"""Reasons for leaving a number unbound that say that it is no amount of the document."""


def judge(
    extraction: Extraction,
    findings: Iterable[Finding],
    rows: Iterable[LedgerRow],
    found: Coverage,
) -> Verdict:
    """Return the one word for a document; without any comparison it was not checked."""
    present = {finding.severity for finding in findings}
    if Severity.VIOLATION in present:
        return Verdict.VIOLATIONS
    compared = any(row.status in _JUDGED and not row.rule.startswith(("R1", "R2")) for row in rows)
    if not compared:
        return Verdict.NOT_CHECKED
    if is_partial(extraction, found):
        return Verdict.PARTIAL
    if Severity.WARNING in present:
        return Verdict.WARNINGS
    return Verdict.HINTS if Severity.HINT in present else Verdict.CONFORMS


def is_partial(extraction: Extraction, found: Coverage) -> bool:
    """Return whether too little of a document was read, understood or compared to call it ready."""
    if any(notice.is_gap for notice in extraction.document.notices):
        return True
    if found.in_checks < _ENOUGH * found.numbers:
        return True
    return any(True for _ in _obscure(extraction, found))


def _obscure(extraction: Extraction, found: Coverage) -> Iterator[str]:
    """Yield the tables and chapters whose amounts are understood to less than four fifths."""
    chapters = _chapters(extraction.document)
    unbound = {number.place.slug for number in found.unbound}
    known: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for fact in extraction.facts:
        known[_part(fact.place, chapters)] += fact.place.slug not in unbound
    for number in found.unbound:
        lost[_part(number.place, chapters)] += number.reason not in _NO_AMOUNTS
    for part, count in lost.items():
        if known[part] < _ENOUGH * (known[part] + count):
            yield part


def _part(place: Place, chapters: dict[int, int]) -> str:
    """Return the table or chapter that a place is in."""
    if place.table is not None:
        return f"t{place.table}"
    return f"p{chapters.get(place.paragraph or 0, 0)}"


def _chapters(document: Document) -> dict[int, int]:
    """Return for each paragraph the number of the part (第二部分) that it stands in."""
    chapter, found = 0, {}
    for paragraph in document.paragraphs:
        heading = outline.heading(paragraph.content.text)
        chapter += heading is not None and heading[1] == 0
        found[paragraph.place.paragraph or 0] = chapter
    return found
