"""The truth lists agree with themselves and with the documents that they were read from."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parents[2] / "shared" / "seeds"
FACTORS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
AMOUNTS = sorted(p for p in HERE.glob("*.csv") if p.stem.isdigit() or p.stem.startswith("real_"))
MEMBERS = set(
    re.findall(
        r"^kemu:(\w+) a skos:Concept ",
        (HERE.parents[1] / "ontology" / "dimensions.ttl").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
DIMENSIONS = ("phase", "fund", "flow", "nature", "item", "carry", "measure")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed_lines(doc: str) -> list[str]:
    found = sorted(SEEDS.glob(f"{doc}_*.txt"))
    if not found:
        pytest.skip("the seed documents are not beside this checkout")
    return found[0].read_text(encoding="utf-8").split("\n")


def value(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


@pytest.mark.parametrize("path", AMOUNTS, ids=lambda p: p.stem)
def test_amount_is_the_printed_number_in_yuan(path: Path) -> None:
    for row in rows(path):
        factor = FACTORS[row["unit"]] if row["measure"] == "money" else 1
        assert Decimal(row["amount"]) == value(row["printed"]) * factor, row


@pytest.mark.parametrize("path", AMOUNTS, ids=lambda p: p.stem)
def test_dimensions_are_members(path: Path) -> None:
    for row in rows(path):
        if row["scope"] == "core" and "also item=all" not in row["note"]:
            assert {row[name] for name in DIMENSIONS} <= MEMBERS, row
        assert row["scope"] in {"core", "optional"}, row
        assert row["year"].isdigit(), row
        for code in ("functional", "dept_economic", "gov_economic"):
            assert row[code] == "all" or row[code].isdigit(), row


@pytest.mark.parametrize("doc", ["000", "001", "002", "003", "004"])
def test_numbers_stand_on_their_lines(doc: str) -> None:
    lines = seed_lines(doc)
    listed = rows(HERE / f"{doc}.csv")
    listed += [row for row in rows(HERE / "excluded.csv") if row["doc"] == doc]
    for row in listed:
        assert row["printed"] in lines[int(row["line"]) - 1], row


@pytest.mark.parametrize("doc", ["000", "001", "002", "003", "004"])
def test_stated_numbers_stand_on_their_lines(doc: str) -> None:
    lines = seed_lines(doc)
    for row in rows(HERE / f"{doc}_claims.csv"):
        if row["kind"] == "direction":
            continue
        stated = Decimal(row["stated"]) / (10_000 if row["kind"] == "change" else 1)
        text = row["stated"] if row["kind"] != "change" else f"{stated.normalize():f}"
        assert text + row["unit"] in lines[int(row["line"]) - 1].replace(" ", ""), row


def test_exact_relations_hold() -> None:
    for row in rows(HERE / "exact.csv"):
        if row["kind"] == "same":
            assert {Decimal(t) for t in row["terms"].split("=")} == {Decimal(row["total"])}, row
        elif row["kind"] in {"sum", "count"}:
            terms = row["terms"].replace("- ", "+ -").split("+")
            assert sum(Decimal(t.strip()) for t in terms) == Decimal(row["total"]), row


def test_findings_name_both_numbers() -> None:
    found = rows(HERE / "findings.csv")
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert row["required"] in {"yes", "no", "later"}, row
        assert row["severity"] in {"violation", "warning", "hint"}, row
        if row["computed"]:
            difference = Decimal(row["stated"]) - Decimal(row["computed"])
            assert difference == Decimal(row["difference"]) != 0, row
