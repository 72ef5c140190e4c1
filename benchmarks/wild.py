"""Documents as crawled, in layouts that nobody built for: who is refused, what is known of them.

Checked rows of known.csv say which findings are true, which are false and which are missed. The
documents held back are counted in totals only, so that they stay a first contact.
"""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.documents import SHARED

WILD = SHARED / "wild"
HELD_BACK = 30
SEED = 20261121
_TOLD = ("violation", "warning")
_FLOOD = 10
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Known:
    """One checked row: what a document prints on a page (None without), and whether it is wrong."""

    file: str
    page: int | None
    rule: str
    verdict: str
    stated: str
    quote: str


@dataclass
class Checked:
    """One document as checked: its verdict, its findings, and its numbers."""

    file: str
    verdict: str
    findings: Sequence[Mapping[str, Any]] = ()
    numbers: int = 0
    bound: int = 0
    used: int = 0
    error: str = ""
    kept: list[Known] = field(default_factory=list)

    def told(self, severity: str) -> list[Mapping[str, Any]]:
        """Return the findings of one severity."""
        return [finding for finding in self.findings if finding["severity"] == severity]


def documents() -> list[Path]:
    """Return the documents, none where the folder is not there."""
    return [p for p in sorted(WILD.glob("*")) if p.suffix not in (".md", ".csv")]


def known() -> list[Known]:
    """Return the checked rows."""
    with (WILD / "known.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [
            Known(r["file"], int(r["page"] or 0), r["rule"], r["verdict"], r["stated"], r["quote"])
            for r in csv.DictReader(lines)
        ]


def held_back(paths: Iterable[Path]) -> list[str]:
    """Return the names drawn to stay unseen, from those of which no row is known."""
    told = {row.file for row in known()}
    names = sorted(path.name for path in paths if path.name not in told)
    return sorted(random.Random(SEED).sample(names, min(HELD_BACK, len(names))))


def check(path: Path) -> Checked:
    """Return a document as `kemu check --format json` sees it."""
    command = [sys.executable, "-m", "kemu", "check", str(path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    try:
        return checked(path.name, json.loads(done.stdout)[0])
    except (ValueError, LookupError):
        return Checked(path.name, "error", error=done.stderr.strip()[-200:])


def checked(name: str, report: Mapping[str, Any]) -> Checked:
    """Return one document of a JSON report."""
    if "verdict" not in report:
        return Checked(name, "error", error=str(report)[:200])
    cover = report["coverage"]
    return Checked(
        name,
        report["verdict"],
        report["findings"],
        cover["numbers"],
        cover["bound"],
        cover["in_checks"],
    )


def says(row: Known, finding: Mapping[str, Any]) -> bool:
    """Tell whether a finding is about what a checked row quotes, by page, family and number."""
    places = finding["places"]
    if finding["rule"].split(".")[0] != row.rule.split(".")[0]:
        return False
    if all(place["page"] != row.page for place in places):
        return False
    text = _plain(" ".join(place["quote"] for place in places) + finding["message"])
    numbers = _NUMBER.findall(row.stated.replace(",", "")) or _NUMBER.findall(
        row.quote.replace(",", "")
    )
    if numbers:
        return any(_has(text, number) for number in numbers)
    return _plain(row.quote) in text or _plain(row.stated) in text


def _plain(text: str) -> str:
    return re.sub(r"[\s,，]", "", text)


def _has(text: str, number: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)", text) is not None


def score(found: Sequence[Checked], rows: Sequence[Known]) -> dict[str, Counter[str]]:
    """Return per verdict how many checked rows are told as 必改, as 建议 or not at all."""
    by_file = {document.file: document for document in found}
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        document = by_file.get(row.file)
        if document is None:
            continue
        levels = {f["severity"] for f in document.findings if says(row, f)}
        level = next((name for name in _TOLD if name in levels), "silent")
        counts.setdefault(row.verdict, Counter())[level] += 1
    return counts


def totals(found: Sequence[Checked]) -> str:
    """Return the figures of a set of documents on one line."""
    refused = sum(d.verdict == "violations" for d in found)
    floods = sum(
        any(n > _FLOOD for n in Counter(f["rule"] for f in d.told("violation")).values())
        for d in found
    )
    counts = [sum(len(d.told(s)) for d in found) for s in ("violation", "warning", "hint")]
    numbers = sum(d.numbers for d in found) or 1
    return (
        f"{len(found)} documents, {refused} refused, {floods} flooded, "
        f"{counts[0]} violations, {counts[1]} warnings, {counts[2]} hints; "
        f"{sum(d.numbers for d in found)} numbers, "
        f"{sum(d.bound for d in found) / numbers:.1%} bound, "
        f"{sum(d.used for d in found) / numbers:.1%} in checks; "
        f"{dict(Counter(d.verdict for d in found))}"
    )


def measure(workers: int = 2) -> None:
    """Print the figures of all documents, by place, of the checked rows and of those held back."""
    paths = documents()
    if not paths:
        print("wild: not there, nothing measured")
        return
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(check, paths))
    report(found, held_back(paths))


def report(found: Sequence[Checked], unseen: Sequence[str]) -> None:
    """Print the figures of checked documents."""
    seen = [d for d in found if d.file not in unseen]
    print("wild, all       ", totals(found))
    print("wild, held back ", totals([d for d in found if d.file in unseen]))
    places = sorted({d.file.split("_")[0] for d in seen})
    for place in places:
        print(f"  {place}          ", totals([d for d in seen if d.file.startswith(place)]))
    for verdict, counts in score(seen, known()).items():
        print(f"  known {verdict:9}", dict(counts))


if __name__ == "__main__":
    measure()
