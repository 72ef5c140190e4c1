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
from kemu.visible import as_cell

COLUMNS = (
    "document", "id", "rule", "severity", "message", "place", "page", "table", "row", "column",
    "quote", "stated", "computed", "difference", "bound", "unit", "cause", "root",
    "fingerprint",
)  # fmt: skip


def lines(columns: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    """Return CSV with a header line: `"` where needed, line ends as RFC 4180 wants them.

    Text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    return _written([columns], separator) + _written(rows, separator)


def _written(rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """Return a value as a cell: no text is a formula, None is empty."""
    return "" if value is None else as_cell(value) if isinstance(value, str) else value


class Stream:
    """The lines of documents as they come."""

    def __init__(self, lang: str) -> None:
        self._words = Words(lang)
        self._before = lines(COLUMNS, ())

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        """Return a document's lines, the header before the first; there is nothing to replace."""
        before, self._before = self._before, ""
        if not isinstance(outcome, Failure):
            return before + _written(_rows(outcome, self._words))
        blanks = [""] * (len(COLUMNS) - 5)
        severity = self._words("verdict", outcome.verdict)
        row = [outcome.path, "", outcome.code, severity, outcome.message, *blanks]
        return before + _written([row])

    def end(self) -> str:
        """Return the header if no document came."""
        return self._before


def _rows(result: CheckResult, words: Words) -> Iterable[Sequence[object]]:
    context = Context(result.extraction, words)
    for finding in result.findings:
        first = finding.evidence[0] if finding.evidence else None
        place = first.place if first else None
        yield (
            result.extraction.document.path, finding.id, finding.rule,
            words("severity", finding.severity.value),
            words.pick(finding.messages),
            context.where(first.place, context.fact(first.place, first.value)) if first else "",
            *(getattr(place, name, None) for name in ("page", "table", "row", "column")),
            first.quote if first else "",
            plain(finding.stated), plain(finding.computed), plain(finding.difference),
            plain(finding.bound),
            words("unit", finding.unit), words.pick(finding.cause), finding.root,
            finding.fingerprint,
        )  # fmt: skip
