"""First contact: documents with truth, in layouts that nobody built for, at their very first run.

A batch is a folder of documents, each clean and with planted errors (`_err`), beside the truth of
every amount (`NAME_facts.csv`) and of the errors (`planted.csv`). The figures of the first run are
written into first_contact.csv before anything is changed; later runs say nothing of generality.

A scorer that was wrong is no reason to run again: when zeros came to be matched, and what a page
says more exactly than the truth accepted, what was read at the first run was scored anew.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path

from benchmarks.documents import ROOT, SHARED
from benchmarks.wild import Known, check, says

CSV = ROOT / "benchmarks" / "first_contact.csv"
DIMENSIONS = (
    "flow", "fund", "nature", "carry", "year", "phase",
    "functional", "dept_economic", "gov_economic", "item",
)  # fmt: skip
_AMOUNTS = ("cell", "subtotal", "total", "prose")
_FACTORS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_PRINTED = {
    ("nature", "personnel"): (frozenset({"basic"}), "人员经费"),
    ("nature", "public"): (frozenset({"basic"}), "公用经费"),
    ("fund", "unitFunds"): (frozenset({"otherIncome", "businessIncome"}), "单位资金"),
    ("fund", "nonFiscal"): (frozenset({"otherIncome", "businessIncome"}), "其他资金"),
}
"""Members that a truth gives as wider ones, and the word that a page prints for each."""

Facts = Sequence[Mapping[str, str]]


@dataclass
class Contact:
    """One document at its first run.

    Attributes:
        amounts: Amounts of the truth.
        right: Those bound with a key that agrees with the truth in every dimension it states.
        wrong: Those bound with another key.
        accused: Violations on the clean document, false ones all.
        planted: Errors planted in its twin.
        found: Those that a violation or warning of the twin names.
        verdict: On the clean document.
    """

    document: str
    amounts: int = 0
    right: int = 0
    wrong: int = 0
    accused: int = 0
    warned: int = 0
    planted: int = 0
    found: int = 0
    verdict: str = ""


def batch(folder: Path) -> list[Contact]:
    """Return the figures of every clean document of a batch and of its twin."""
    planted = _rows(folder / "planted.csv")
    found = []
    for truth in sorted(folder.glob("*_facts.csv")):
        name = truth.name.removesuffix("_facts.csv")
        files = sorted((folder / "documents").glob(f"{name}*"))
        clean = next(path for path in files if path.stem == name)
        twin = next((path for path in files if path.stem == f"{name}_err"), None)
        found.append(_contact(clean, twin, _rows(truth), planted))
    return found


def _contact(clean: Path, twin: Path | None, truth: Facts, planted: Facts) -> Contact:
    checked = check(clean)
    contact = Contact(clean.name, verdict=checked.verdict)
    contact.accused, contact.warned = (
        len(checked.told(severity)) for severity in ("violation", "warning")
    )
    _compare(contact, truth, facts(clean))
    if twin is not None:
        known = {_identity(f) for f in checked.findings}
        dirty = check(twin)
        news = [f for f in dirty.findings if _identity(f) not in known]
        errors = [row for row in planted if row["document"] == twin.name]
        contact.planted = len(errors)
        contact.found = sum(_found(row, news) for row in errors)
    return contact


def _identity(finding: Mapping[str, object]) -> tuple[object, ...]:
    return (finding["rule"], finding["stated"], finding["computed"], finding["severity"])


def _found(row: Mapping[str, str], findings: Iterable[Mapping[str, object]]) -> bool:
    """Tell whether a finding shows the planted error: its number, or its words, in its place."""
    page = int(row["page"]) if row["page"].isdigit() else None
    for finding in findings:
        if finding["severity"] not in ("violation", "warning"):
            continue
        pages = _pages(finding)
        for number in {page} if page is not None and pages != {None} else pages:
            known = Known("", number, str(finding["rule"]), "", row["stated"], row["quote"])
            if says(known, finding):
                return True
    return False


def _pages(finding: Mapping[str, object]) -> set[int | None]:
    return {place["page"] for place in finding["places"]}  # type: ignore[attr-defined]


def facts(path: Path) -> Facts:
    """Return a document's facts as `kemu facts --format csv` prints them."""
    command = [sys.executable, "-m", "kemu", "facts", str(path), "--format", "csv"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))))


def _compare(contact: Contact, truth: Facts, read: Facts) -> None:
    """Match every amount of the truth with one fact of the same amount, the most alike first."""
    by_amount: dict[Decimal, list[Mapping[str, str]]] = defaultdict(list)
    for fact in read:
        if fact["measure"] == "money":
            by_amount[Decimal(fact["amount_yuan"])].append(fact)
    printed = ((row, _yuan(row)) for row in truth if row["kind"] in _AMOUNTS)
    rows = [(row, amount) for row, amount in printed if amount is not None]
    contact.amounts = len(rows)
    pairs = sorted(
        (_unlike(row, fact), index, number)
        for index, (row, amount) in enumerate(rows)
        for number, fact in enumerate(by_amount[amount])
    )
    used: set[tuple[Decimal, int]] = set()
    done: set[int] = set()
    for (unlike, _), index, number in pairs:
        _, amount = rows[index]
        if index in done or (amount, number) in used:
            continue
        done.add(index)
        used.add((amount, number))
        if not by_amount[amount][number]["key"]:
            continue
        contact.right += not unlike
        contact.wrong += bool(unlike)


def _unlike(row: Mapping[str, str], fact: Mapping[str, str]) -> tuple[int, int]:
    """Return in how many stated dimensions a fact differs from the truth, and its distance."""
    differ = sum(
        not _agree(name, row[name], fact[name]) and not _more_exact(row, name, fact[name])
        for name in DIMENSIONS
    )
    page = row["page_or_sheet"]
    return differ + (0 if fact["key"] else 1), int(page.isdigit() and fact["page"] != page)


def _agree(name: str, stated: str, read: str) -> bool:
    """Tell whether a dimension agrees; what a truth leaves blank, or names in words, is open."""
    if not stated or not stated.isascii() or stated == read:
        return True
    if name == "carry":
        return {stated, read} <= {"all", "current"}
    return name == "item" and stated == "all"


def _more_exact(row: Mapping[str, str], name: str, read: str) -> bool:
    """Tell whether a fact says more than the truth, and says what the page prints in these words.

    A truth gives 人员经费 in a table of basic spending as basic, 单位资金 as the income it comes
    from, and leaves out the code of a project that the table prints beside its name.
    """
    if name == "functional" and row[name] == "all":
        return read.isdigit() and not row["item"].isascii()
    printed = row["table"] + row["column_path"] + row["row_label"]
    wider, word = _PRINTED.get((name, read), (frozenset(), ""))
    return row[name] in wider and word in printed


def _yuan(row: Mapping[str, str]) -> Decimal | None:
    """Return an amount in 元, or None where the row is no amount of money."""
    factor = _FACTORS.get(row["unit"])
    try:
        return Decimal(row["amount"].replace(",", "")) * factor if factor else None
    except InvalidOperation:
        return None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def line(contacts: Sequence[Contact]) -> str:
    """Return the figures of a batch on one line."""
    total = {
        f.name: sum(getattr(c, f.name) for c in contacts)
        for f in fields(Contact)
        if f.name not in ("document", "verdict")
    }
    amounts = total["amounts"] or 1
    return (
        f"{len(contacts)} documents, {sum(c.accused > 0 for c in contacts)} accused "
        f"({total['accused']} violations, {total['warned']} warnings); "
        f"keys right {total['right'] / amounts:.1%}, wrong {total['wrong'] / amounts:.1%} "
        f"of {total['amounts']}; planted errors found {total['found']} of {total['planted']}"
    )


def measure(folder: Path = SHARED / "contact") -> list[Contact]:
    """Print and return the figures of a batch."""
    if not folder.is_dir():
        print(f"{folder.name}: not there, nothing measured")
        return []
    contacts = batch(folder)
    for contact in contacts:
        print(" ", contact)
    print(f"{folder.name}: {line(contacts)}")
    return contacts


if __name__ == "__main__":
    measure(*map(Path, sys.argv[1:]))
