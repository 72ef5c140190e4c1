"""Hold an extraction against the lists of tests/truth: recall, precision, and what differs.

Usage: python benchmarks/truth.py [000 004 real_25_p19 …]     (needs the shared documents)

Prose and tables are counted apart. A row of a list is first sought among the facts of its own line
or page, then anywhere: one amount printed five times has five rows and five facts.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from kemu.extract import extract
from kemu.model.document import Document, Place
from kemu.model.facts import Claim, Extraction, Fact
from kemu.read import read
from kemu.read.sets import merge

ROOT = Path(__file__).resolve().parents[1]
TRUTH = ROOT / "tests" / "truth"
SHARED = ROOT.parent / "shared"
SEEDS = ("000", "001", "002", "003", "004")
DIMENSIONS = (
    "year", "phase", "fund", "flow", "functional", "dept_economic", "gov_economic", "nature",
    "item", "carry", "project",
)  # fmt: skip
_OF_COUNTS = {"year", "item", "measure"}
_ROLES = {
    "share": {"part": "part", "whole": "whole"},
    "change": {"current": "current", "base": "base"},
    "rate": {"current": "current", "base": "base"},
    "completion": {"current": "actual", "base": "budget"},
    "direction": {"current": "left", "base": "right"},
}


@dataclass(frozen=True)
class Row:
    """One amount or count of a truth list."""

    place: str
    label: str
    line: int
    amount: Decimal
    measure: str
    allowed: dict[str, frozenset[str]]
    scope: str

    @property
    def in_prose(self) -> bool:
        """Whether it is printed in a sentence, not in a table or chart."""
        return "表" not in self.place and not self.place.startswith("图")

    def differences(self, fact: Fact) -> tuple[str, ...]:
        """Return the dimensions in which a fact's key is none of the allowed readings."""
        names = DIMENSIONS if self.measure == "money" else _OF_COUNTS
        return tuple(d for d in self.allowed if d in names and not self._allows(d, fact))

    def _allows(self, dimension: str, fact: Fact) -> bool:
        return getattr(fact.key, dimension) in self.allowed[dimension]


@dataclass(frozen=True)
class ClaimRow:
    """One claim of a truth list; operands are in 元, absent where the document prints none."""

    place: str
    subject: str
    line: int
    kind: str
    stated: Decimal | None
    direction: str
    operands: dict[str, Decimal]


@dataclass(frozen=True)
class Held:
    """What came of holding one list against an extraction.

    Attributes:
        rows: Number of rows in the list.
        hits: Rows that something observed matches.
        missed: The other rows.
        wrong: What was observed at a place that the list covers and no row asks for.
    """

    rows: int
    hits: int
    missed: tuple[Row | ClaimRow, ...]
    wrong: tuple[Fact | Claim, ...]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows(name: str) -> Iterator[Row]:
    """Yield the amounts and counts of a list (`000`, `real_25_p19`)."""
    for row in _read(TRUTH / f"{name}.csv"):
        allowed = {d: {row[d] or "all"} for d in (*DIMENSIONS, "measure")}
        for dimension, member in re.findall(r"also (\w+)=([\w一-龥]+)", row["note"]):
            if dimension in allowed:
                allowed[dimension].add(member)
        yield Row(
            row["place"],
            f"{row['row_label']} | {row['column']}",
            int(row["line"]),
            Decimal(row["amount"]),
            row["measure"],
            {d: frozenset(m) for d, m in allowed.items()},
            row["scope"],
        )


def claim_rows(name: str) -> Iterator[ClaimRow]:
    """Yield the claims of a list (`000`)."""
    for row in _read(TRUTH / f"{name}_claims.csv"):
        columns = ("current", "base", "part", "whole")
        yield ClaimRow(
            row["place"],
            row["subject"],
            int(row["line"]),
            row["kind"],
            Decimal(row["stated"]) if row["stated"] else None,
            row["direction"],
            {c: Decimal(row[c]) for c in columns if row[c]},
        )


def on_line(place: Place, line: int) -> bool:
    """Tell whether a place is on a line of a text dump (or on a page of a PDF)."""
    if place.page is not None:
        return place.page == line
    numbers = [int(n) for n in re.findall(r"\d+", place.address)]
    return bool(numbers) and numbers[0] <= line <= numbers[-1]


def hold(wanted: Sequence[Row], facts: Iterable[Fact]) -> Held:
    """Hold facts against rows of amounts; a fact serves one row."""
    left = list(facts)
    missed = list(wanted)
    near: Callable[[Row, Fact], bool] = lambda row, fact: on_line(fact.place, row.line)  # noqa: E731
    for fits in (near, lambda row, fact: True):
        for row in list(missed):
            found = (
                f
                for f in left
                if f.amount.value == row.amount and not row.differences(f) and fits(row, f)
            )
            match = next(found, None)
            if match is not None:
                left.remove(match)
                missed.remove(row)
    return Held(len(wanted), len(wanted) - len(missed), tuple(missed), tuple(left))


def hold_claims(wanted: Sequence[ClaimRow], extraction: Extraction) -> Held:
    """Hold claims against rows: same line, kind, number, direction and operands."""
    amounts = {fact.slug: fact.amount.value for fact in extraction.facts}
    left = [c for c in extraction.claims if c.kind in _ROLES]
    missed: list[Row | ClaimRow] = []
    for row in wanted:
        match = next((c for c in left if same_claim(row, c, amounts)), None)
        if match is None:
            missed.append(row)
        else:
            left.remove(match)
    return Held(len(wanted), len(wanted) - len(missed), tuple(missed), tuple(left))


def same_claim(row: ClaimRow, claim: Claim, amounts: dict[str, Decimal]) -> bool:
    """Tell whether a claim is what a row describes."""
    operands = {
        column: amounts[claim.operands[role]]
        for column, role in _ROLES[row.kind].items()
        if role in claim.operands
    }
    return (
        claim.kind == row.kind
        and claim.stated == row.stated
        and (not row.direction or claim.direction == row.direction)
        and on_line(claim.place, row.line)
        and operands == row.operands
    )


def document(name: str) -> Document:
    """Return the document that a list was read from, with the other files of its set (02a, 02b).

    Raises:
        FileNotFoundError: The shared documents are not beside the checkout.
    """
    if name.startswith("real_"):
        pattern, folder = f"{name.split('_')[1]}_*", SHARED / "real"
    else:
        pattern, folder = f"{name}_*", SHARED / "seeds"
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(f"{folder.name}/{pattern}")
    if pattern[2].isalpha():
        return merge([read(path) for path in sorted(folder.glob(f"{pattern[:2]}[a-z]_*"))])
    return read(found[0])


def _why(row: Row, left: list[Fact]) -> str:
    """Return what differs from the best fact with the row's amount, which is used up by it."""
    near = [f for f in left if f.amount.value == row.amount and on_line(f.place, row.line)]
    best = min(near, key=lambda f: len(row.differences(f)), default=None)
    if best is None:
        return "no such amount"
    left.remove(best)
    found = partial(getattr, best.key)
    return ", ".join(
        f"{d}={found(d)} not {'/'.join(sorted(row.allowed[d]))}" for d in row.differences(best)
    )


def report(name: str, kind: str, wanted: list[Row], facts: list[Fact], pages: set[int]) -> None:
    """Print recall and every difference of one list."""
    held = hold(wanted, facts)
    core = [r for r in held.missed if isinstance(r, Row) and r.scope == "core"]
    print(f"{name} {kind}: {held.hits}/{held.rows} right; {len(core)} core ones missing")
    left = [f for f in held.wrong if isinstance(f, Fact)]
    for row in held.missed:
        assert isinstance(row, Row)
        why = _why(row, left)
        print(f"  miss {row.scope[:4]} {row.place} L{row.line} {row.label} {row.amount}: {why}")
    for fact in left:
        if not pages or fact.place.page in pages:
            print(f"  extra {fact.slug} {fact.amount.printed} {fact.label} [{fact.heading}]")


def report_claims(name: str, extraction: Extraction) -> None:
    """Print recall and every difference of the claims of one seed."""
    held = hold_claims(list(claim_rows(name)), extraction)
    print(f"{name} claims: {held.hits}/{held.rows}")
    for row in held.missed:
        print(f"  miss {row}")
    for claim in held.wrong:
        assert isinstance(claim, Claim)
        print(f"  extra {claim.slug} {claim.printed}{claim.unit} {claim.direction} {claim.quote}")


def main(names: list[str]) -> None:
    """Compare the named lists."""
    for name in names or [*SEEDS, *sorted(p.stem for p in TRUTH.glob("real_*.csv"))]:
        extraction = extract(document(name))
        listed = list(rows(name))
        pages = {row.line for row in listed} if name.startswith("real_") else set()
        for kind, prose in (("prose", True), ("tables", False)):
            wanted = [row for row in listed if row.in_prose == prose]
            facts = [f for f in extraction.facts if (f.place.table is None) == prose]
            if wanted:
                report(name, kind, wanted, facts, pages)
        if name in SEEDS:
            report_claims(name, extraction)


if __name__ == "__main__":
    main(sys.argv[1:])
