"""Every violation and warning on the real and wild documents, judged by eye against the page.

Of the hints 150 were drawn, rule by rule in turn (seed 20261121); those that were not drawn are not
listed. Of a hint the numbers and words that it shows were judged, the page where they left doubt.

A row of judged.csv is one finding, known again by document, rule, kind of place and numbers, so
that it survives a changed page, table or wording. What the rows do not know is listed as unjudged.
The wild documents held back are left out: they stay unseen.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import wild
from benchmarks.documents import ROOT, SHARED

CSV = ROOT / "benchmarks" / "judged.csv"
COLUMNS = ("document", "page", "place", "rule", "stated", "computed", "verdict", "why")
RIGHT = {"violation": ("true",), "warning": ("true", "tail"), "hint": ("true", "tail")}
"""The verdicts that make a finding of a severity right; a cut off last digit is worth a warning."""
DRAWN = "hint"
"""The severity of which only a sample was judged."""
UNJUDGED = "unjudged"
_CODE = re.compile(r"\d{3,7}")


class Key(NamedTuple):
    """What a finding is known by: money in 元, rates in percent, codes where it has no numbers."""

    document: str
    rule: str
    place: str
    stated: str
    computed: str


class Judged(NamedTuple):
    """One finding of a document as told, and what the eye said of it."""

    key: Key
    severity: str
    verdict: str
    finding: Mapping[str, Any]


def rows() -> dict[Key, str]:
    """Return the verdict of every judged finding: true, false, tail or doubtful."""
    with CSV.open(encoding="utf-8", newline="") as lines:
        return {
            Key(*(row[name] for name in Key._fields)): row["verdict"]
            for row in csv.DictReader(lines)
        }


def key(document: str, finding: Mapping[str, Any]) -> Key:
    """Return what a finding of a document's JSON report is known by."""
    places = finding["places"]
    place = "table" if places and places[0]["table"] is not None else "text"
    stated, computed = _number(finding["stated"]), _number(finding["computed"])
    if not stated:
        stated = " ".join(sorted(set(_CODE.findall(finding["message"]))))
    return Key(document, finding["rule"], place, stated, computed)


def _number(value: float | str | None) -> str:
    """Return a number of a JSON report without what its binary form adds, nor zeros at its end."""
    return "" if value is None else f"{Decimal(str(value)).normalize():f}"


def documents() -> list[Path]:
    """Return the documents that are judged, none where the folders are not there."""
    unseen = wild.held_back(wild.documents())
    real = [path for path in sorted((SHARED / "real").glob("*")) if path.suffix != ".md"]
    return [*real, *(path for path in wild.documents() if path.name not in unseen)]


def judge(document: str, findings: Iterable[Mapping[str, Any]]) -> list[Judged]:
    """Return the findings of one document with their verdicts, of hints those that were drawn."""
    known = rows()
    told = ((key(document, f), f) for f in findings if f["severity"] in RIGHT)
    found = [Judged(k, f["severity"], known.get(k, UNJUDGED), f) for k, f in told]
    return [one for one in found if one.severity != DRAWN or one.verdict != UNJUDGED]


def report(found: Sequence[Judged]) -> None:
    """Print the precision of violations and warnings, in all and by rule, and what is unjudged."""
    for severity, right in RIGHT.items():
        told = [one for one in found if one.severity == severity]
        print(f"judged {severity:9}", _line(told, right))
        for rule in sorted({one.key.rule for one in told}):
            print(f"  {rule:6}", _line([one for one in told if one.key.rule == rule], right))
    for one in found:
        if one.verdict == UNJUDGED:
            print("unjudged", one.severity, *one.key, one.finding["message"][:120], sep="  ")


def _line(told: Sequence[Judged], right: Sequence[str]) -> str:
    counts = Counter(one.verdict for one in told)
    judged = sum(counts.values()) - counts[UNJUDGED]
    share = sum(counts[verdict] for verdict in right) / judged if judged else 1
    return f"{len(told)} told, {share:.1%} of {judged} judged right; {dict(counts)}"


def measure(outputs: Path | None = None, workers: int = 2) -> None:
    """Print the figures of all documents, checked now or from JSON reports in a folder."""
    paths = documents()
    if not paths:
        print("judged: documents not there, nothing measured")
        return

    def told(path: Path) -> list[Judged]:
        checked = wild.check(path) if outputs is None else _read(outputs, path)
        return judge(path.name, checked.findings)

    with ThreadPoolExecutor(workers) as pool:
        report([one for found in pool.map(told, paths) for one in found])


def _read(outputs: Path, path: Path) -> wild.Checked:
    try:
        text = (outputs / f"{path.name}.check.json").read_text(encoding="utf-8")
        return wild.checked(path.name, json.loads(text)[0])
    except (OSError, ValueError, LookupError):
        return wild.Checked(path.name, "error")


if __name__ == "__main__":
    measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
