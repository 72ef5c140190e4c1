"""How much of real documents is understood and checked, and how long a page takes."""

from __future__ import annotations

import time
from pathlib import Path

from kemu.errors import KemuError
from kemu.extract import extract
from kemu.model.findings import CheckResult
from kemu.read import read
from kemu.report.layout import table
from kemu.report.shares import percent
from kemu.validate import check

HEADER = (
    "document", "pages", "in tables", "bound", "in sentences", "bound", "checked",
    "findings V/W/H", "s", "s/page",
)  # fmt: skip
_RIGHT = tuple(range(1, len(HEADER)))


def measure(paths: list[Path]) -> None:
    """Print one line per document; a document that cannot be read says why."""
    rows = [_row(path) for path in paths]
    print("真实文件 / real documents")
    print(table(HEADER, rows, 140, _RIGHT))


def _row(path: Path) -> tuple[str, ...]:
    begun = time.perf_counter()
    try:
        document = read(path)
        result = check(extract(document))
    except KemuError as error:
        return (path.name, "", "", "", "", "", "", error.code, "", "")
    seconds = time.perf_counter() - begun
    found = result.coverage
    weights = [finding.severity.value for finding in result.findings]
    counts = "/".join(str(weights.count(name)) for name in ("violation", "warning", "hint"))
    pages = document.pages or 0
    return (
        path.name, str(pages or "–"), *_share(result, tables=True), *_share(result, tables=False),
        percent(found.in_checks, found.numbers), counts, f"{seconds:.2f}",
        f"{seconds / pages:.2f}" if pages else "–",
    )  # fmt: skip


def _share(result: CheckResult, *, tables: bool) -> tuple[str, str]:
    """Return how many numbers tables, or sentences, print, and the share of them that is bound."""
    extraction = result.extraction
    bound = [fact.place for fact in extraction.facts if fact.key.digest() is not None]
    bound += [claim.place for claim in extraction.claims if claim.stated is not None]
    unbound = [number.place for number in result.coverage.unbound]
    counts = [
        sum((place.table is not None) is tables for place in places) for places in (bound, unbound)
    ]
    return str(sum(counts)), percent(counts[0], sum(counts))
