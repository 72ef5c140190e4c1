"""The list of a batch: one line a document, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kemu.model.findings import Verdict
from kemu.report.outcome import Failure, Outcome, path_of
from kemu.report.shares import percent
from kemu.report.view import View, headline

# Worst first: what must be mended, then what nobody has checked, then the rest.
_ORDER = (
    Verdict.VIOLATIONS,
    "failed",
    "unreadable",
    Verdict.NOT_CHECKED,
    Verdict.PARTIAL,
    Verdict.WARNINGS,
    Verdict.HINTS,
    Verdict.CONFORMS,
    "other",
)


@dataclass(frozen=True)
class Row:
    """One document in the list of a batch."""

    verdict: str
    title: str
    path: str
    year: str
    must: int | None
    should: int | None
    rounding: int | None
    share: str
    link: str
    error: str = ""


def rows_of(
    outcomes: Sequence[Outcome], views: Sequence[View | None], links: Sequence[str]
) -> list[Row]:
    """Return the list of a batch, worst first."""
    return sorted(map(row_of, outcomes, views, links), key=rank)


def rank(row: Row) -> tuple[int, int, int, str]:
    """Return what to sort by to have the worst first."""
    return _ORDER.index(row.verdict), -(row.must or 0), -(row.should or 0), row.path or row.title


def worst(outcomes: Iterable[Outcome]) -> str:
    """Return the verdict that comes first in the list."""
    verdicts = (o.verdict if isinstance(o, Failure) else headline(o) for o in outcomes)
    return min(verdicts, key=_ORDER.index)


def row_of(outcome: Outcome, found: View | None, link: str = "") -> Row:
    """Return one document's line."""
    path = path_of(outcome)
    if isinstance(outcome, Failure) or found is None:
        assert isinstance(outcome, Failure)
        error = outcome.message.removeprefix(path + "：")
        return Row(outcome.verdict, path, "", "", None, None, None, "", "", error)
    counts, coverage = found.counts, found.coverage
    return Row(
        verdict=found.headline,
        title=found.title,
        path=path if path != found.title else "",
        year=found.year,
        must=counts["must"],
        should=counts["should"],
        rounding=counts["rounding"],
        share=percent(coverage.in_checks, coverage.numbers),
        link=link,
    )
