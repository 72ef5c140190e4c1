"""Findings as CSV: one line per finding, for filters and pivot tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kemu.model.findings import CheckResult
from kemu.report.evidence import Context
from kemu.report.money import plain
from kemu.report.outcome import Failure, Outcome
from kemu.report.words import Words

COLUMNS = (
    "document", "id", "rule", "severity", "message", "place", "page", "table", "row", "column",
    "quote", "stated", "computed", "difference", "bound", "unit", "cause", "root",
)  # fmt: skip


def lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return CSV with a header line: comma, `"` where needed, line ends as RFC 4180 wants them."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return buffer.getvalue()


def findings(outcomes: Sequence[Outcome], lang: str) -> str:
    """Return all findings; an unreadable file is one line with severity `error`."""
    words = Words(lang)
    rows: list[Sequence[object]] = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            blanks = [""] * (len(COLUMNS) - 5)
            rows.append([outcome.path, "", outcome.code, "error", outcome.message, *blanks])
        else:
            rows.extend(_rows(outcome, words))
    return lines(COLUMNS, rows)


def _rows(result: CheckResult, words: Words) -> Iterable[Sequence[object]]:
    context = Context(result.extraction, words)
    for finding in result.findings:
        first = finding.evidence[0] if finding.evidence else None
        place = first.place if first else None
        yield (
            result.extraction.document.path, finding.id, finding.rule, finding.severity.value,
            words.pick(finding.messages),
            context.where(first.place, context.fact(first.place, first.value)) if first else "",
            *(getattr(place, name, None) for name in ("page", "table", "row", "column")),
            first.quote if first else "",
            plain(finding.stated), plain(finding.computed), plain(finding.difference),
            plain(finding.bound),
            finding.unit, words.pick(finding.cause), finding.root,
        )  # fmt: skip
