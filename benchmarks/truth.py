"""Hold extracted facts against the lists of tests/truth: recall, precision, and what differs.

Usage: python benchmarks/truth.py 000 004        (seeds; needs the shared documents)
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kemu.extract import extract
from kemu.model.facts import Fact
from kemu.read import read

ROOT = Path(__file__).resolve().parents[1]
TRUTH = ROOT / "tests" / "truth"
SEEDS = ROOT.parent / "shared" / "seeds"
DIMENSIONS = (
    "year", "phase", "fund", "flow", "functional", "dept_economic", "gov_economic", "nature",
    "item", "carry", "project",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a truth list."""

    place: str
    label: str
    amount: Decimal
    allowed: dict[str, frozenset[str]]
    scope: str

    def differences(self, fact: Fact) -> tuple[str, ...]:
        """Return the dimensions in which a fact's key is none of the allowed readings."""
        return tuple(d for d in DIMENSIONS if getattr(fact.key, d) not in self.allowed[d])


def rows(path: Path) -> Iterator[Row]:
    """Yield the money rows of a list."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["measure"] != "money":
                continue
            allowed = {d: {row[d] or "all"} for d in DIMENSIONS}
            for dimension, member in re.findall(r"also (\w+)=([\w一-龥]+)", row["note"]):
                if dimension in allowed:
                    allowed[dimension].add(member)
            yield Row(
                f"{row['place']} L{row['line']}",
                f"{row['row_label']} | {row['column']}",
                Decimal(row["amount"]),
                {d: frozenset(m) for d, m in allowed.items()},
                row["scope"],
            )


def compare(truth: Iterable[Row], facts: Iterable[Fact]) -> tuple[int, list[Row], list[Fact]]:
    """Return how many rows a fact matches, the rows without one, and the facts left over."""
    left = list(facts)
    missed: list[Row] = []
    hits = 0
    for row in truth:
        match = next(
            (f for f in left if f.amount.value == row.amount and not row.differences(f)), None
        )
        if match is None:
            missed.append(row)
        else:
            hits += 1
            left.remove(match)
    return hits, missed, left


def report(name: str, truth: list[Row], facts: list[Fact]) -> None:
    """Print recall and precision and every difference."""
    hits, missed, left = compare(truth, facts)
    core = [row for row in missed if row.scope == "core"]
    print(f"{name}: {hits}/{len(truth)} amounts with the right key; {len(core)} core ones missing")
    for row in missed:
        near = [f for f in left if f.amount.value == row.amount]
        best = min(near, key=lambda f: len(row.differences(f)), default=None)
        why = "no such amount"
        if best is not None:
            left.remove(best)
            why = ", ".join(
                f"{d}={getattr(best.key, d)} not {'/'.join(sorted(row.allowed[d]))}"
                for d in row.differences(best)
            )
        print(f"  miss {row.scope[:4]} {row.place} {row.label} {row.amount / 10000}: {why}")
    for fact in left:
        print(f"  extra {fact.slug} {fact.amount.printed} {fact.label} [{fact.heading}]")


def main(names: list[str]) -> None:
    """Compare the named seeds."""
    for name in names or ["000", "001", "002", "003", "004"]:
        path = next(SEEDS.glob(f"{name}_*"))
        facts = [f for f in extract(read(path)).facts if f.key.measure == "money"]
        report(name, list(rows(TRUTH / f"{name}.csv")), facts)


if __name__ == "__main__":
    main(sys.argv[1:])
