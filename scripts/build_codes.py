"""Build data/codes from collected facts, the reviewed corrections and the reviewed additions.

The facts lie outside the repository (default `../shared/codes`). What this script does to every
row is printed: kept, corrected, added, set apart as doubtful. A correction that no longer fits
its row is an error, never skipped. Run it from the repository: `python scripts/build_codes.py`.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from pathlib import Path

from codes_past import Past, names_2009, read

Row = dict[str, str]

ROOT = Path(__file__).resolve().parents[1]
REVIEWED = ROOT / "data" / "codes"
"""Where the corrections and additions are, and where the tables go unless told otherwise."""

COLUMNS = [
    *("code", "name", "level", "parent", "budget", "valid_from", "valid_to"),
    *("from_basis", "to_basis", "status", "renamed_from", "former_names", "successor", "change"),
    *("confidence", "basis", "years_seen", "code_seen", "sources", "doubt"),
]
CODE_TABLES = ("functional", "economic_department", "economic_government", "revenue")
COPIED = {
    "functional_2009": ("code name level parent source", "code"),
    "fund_types": ("budget class_code class_name kuan_codes", "budget class_code"),
    "cofog": ("code name level cofog_division cofog_name confidence", "code"),
    "local_codes": (
        "division division_code scheme code name parent documents years example_file",
        "scheme division_code code",
    ),
    "divisions": ("code name level parent_code confidence", "code"),
    "economic_mapping": (
        "gov_code gov_name dept_code dept_name confidence sources lines_observed basis",
        "gov_code dept_code",
    ),
    "disclosure_tables": (
        "doc_kind canonical_id canonical_name place name_as_printed seq_no years_seen n_docs "
        "source confidence",
        "",
    ),
}
SCHEMES = {"functional": "functional", "economic_department": "deptEconomic"}
YEAR_BASIS = {"": "", "own knowledge": "general", "external": "sourced"}
CHANGE = re.compile(r"(renamed|moved|merged|recoded|split|removed)\b.*?(\d{4})?(?:;|$)")


def write(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write a table; same rows, same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"  wrote {path.name}: {len(rows)} rows")


def successor(text: str) -> str:
    """Return the codes named in a free-form successor ("20140 信访事务" gives "20140")."""
    return ";".join(re.findall(r"\d{3,9}", text))


def change(row: Row) -> str:
    """Return what is noted to have happened to a code, as `kind:year` or `kind`."""
    if row["note"].startswith("institutional reform 2019"):
        return "merged:2019"
    if found := CHANGE.match(row["note"]):
        return ":".join(part for part in found.groups() if part)
    return ""


def normalise(row: Row) -> Row:
    """Return a collected row in the project's columns and words."""
    out = {name: row.get(name, "") for name in COLUMNS}
    told = YEAR_BASIS[row.get("year_basis", "")]
    basis = told if told and row.get("sources") else "general"
    out["from_basis"] = basis if row["valid_from"] else ""
    out["to_basis"] = basis if row["valid_to"] else ""
    out["successor"] = successor(row.get("successor", ""))
    out["change"] = change(row)
    out["status"] = row.get("status") or "current"
    out["doubt"] = "1" if row.get("doubt") == "1" else ""
    out["sources"] = re.sub(r"\s*;\s*", ";", row.get("sources", ""))
    return out


def correct(table: str, rows: list[Row], corrections: list[Row]) -> Counter[str]:
    """Apply the reviewed corrections of a table in place.

    Raises:
        SystemExit: A correction names a row or an old value that is not there.
    """
    done: Counter[str] = Counter()
    for item in corrections:
        if item["table"] != table:
            continue
        found = [r for r in rows if r["code"] == item["code"] and r["name"] == item["name"]]
        if len(found) != 1:
            sys.exit(f"corrections.csv: {table} {item['code']} {item['name']}: {len(found)} rows")
        row, field, value = found[0], item["field"], item["value"]
        if item["op"] == "append":
            known = [v for v in row[field].split(";") if v]
            value = ";".join(sorted({*known, value}) if field == "years_seen" else [*known, value])
        elif row[field] == value:
            sys.exit(f"corrections.csv: {table} {item['code']} {field} is already {value!r}")
        row[field] = value
        done[f"{item['op']} {field}"] += 1
    return done


def build_codes(source: Path, target: Path, doubtful: list[Row]) -> None:
    """Build the four code tables; doubtful rows are left out of them and stay in `doubtful`."""
    corrections = read(REVIEWED / "corrections.csv")
    additions = read(REVIEWED / "additions.csv")
    versions = read(REVIEWED / "versions.csv")
    apart = {(r["table"], r["code"], r["name"]) for r in doubtful}
    for table in CODE_TABLES:
        collected = read(source / f"{table}.csv")
        rows = [normalise(row) for row in collected]
        notes = Counter(r["note"] for r in collected if r.get("note") and not change(r))
        kept = [r for r in rows if (f"{table}.csv", r["code"], r["name"]) not in apart]
        fixed = correct(table, kept, corrections)
        added = [{c: r.get(c, "") for c in COLUMNS} for r in additions if r["table"] == table]
        kept += added
        apart_rows = len(rows) + len(added) - len(kept)
        past = Past(table, kept, source, {c for t, c, _ in apart if t == f"{table}.csv"})
        print(f"{table}: {len(rows)} collected, {apart_rows} set apart,")
        print(f"  {sum(fixed.values())} corrections {dict(fixed)}, {len(added)} added,")
        past.fill(versions)
        for line in past.told:
            print(f"  {line}")
        kept = past.sorted()
        print(f"  by confidence {dict(sorted(Counter(r['confidence'] for r in kept).items()))}")
        for note, count in sorted(notes.items()):
            print(f"  note not carried over ({count} rows): {note}")
        write(target / f"{table}.csv", COLUMNS, kept)


def copy_table(source: Path, target: Path, table: str, additions: list[Row]) -> list[Row]:
    """Write a table that needs no rewording; return its unreadable rows as doubtful ones."""
    columns, keys = (text.split() for text in COPIED[table])
    rows = names_2009(source) if table == "functional_2009" else read(source / f"{table}.csv")
    bad = [
        r
        for r in rows
        if re.search(r"[^\x00-\u024f\u2000-\u9fff\uff00-\uffef]", "".join(r.values()))
    ]
    if table == "functional_2009":
        bad = [r for r in rows if not re.fullmatch(r"[\u4e00-\u9fff（）“”、—]+", r["name"])]
    if table == "local_codes":
        rows = [{**r, "scheme": SCHEMES[r["scheme"]]} for r in rows]
        bad = [r for r in rows if not r["division_code"]]
    rows = [{**r, "basis": r.get("basis", "").split(" ")[0]} for r in rows if r not in bad]
    added = [parse_pairs(r["value"]) for r in additions if r["table"] == table]
    rows = sorted(rows + added, key=lambda r: [r[k] for k in keys])
    kept = len(rows) - len(added)
    print(f"{table}: {kept} collected and kept, {len(added)} added, {len(bad)} set apart")
    write(target / f"{table}.csv", columns, rows)
    return [
        {"table": f"{table}.csv", "code": r["code"], "name": r["name"], "reason": "unreadable name"}
        for r in bad
    ]


def parse_pairs(text: str) -> Row:
    """Return `a=1;b=2` as a row."""
    return dict(pair.split("=", 1) for pair in text.split("|"))


def build_sources(source: Path, target: Path) -> None:
    """Write what the source ids mean: kind, year, address or title."""
    rows = []
    for row in read(source / "sources.csv"):
        address = re.search(r"https?://\S+", row["description"])
        title = re.sub(r"https?://\S+|\(find_string[^)]*\)|published PDF: ", "", row["description"])
        rows.append(
            {
                "id": row["id"],
                "kind": row["id"].partition(":")[0].lower(),
                "year": row["year"],
                "address": address[0] if address else "",
                "title": "" if address else title.strip(' ();"'),
            }
        )
    rows += [ministry_report(report) for report in ministry_reports(target)]
    print(f"sources: {len(rows)} ids; ids DOC:place/number are collected published documents")
    write(target / "sources.csv", ["id", "kind", "year", "address", "title"], rows)


def ministry_reports(target: Path) -> list[str]:
    """Return the ministry's reports that the built tables name, by their date."""
    named = {
        report
        for table in CODE_TABLES
        for row in read(target / f"{table}.csv")
        for report in row["sources"].split(";")
        if report.startswith("MOF:")
    }
    return sorted(named)


def ministry_report(report: str) -> Row:
    """Return what is to be known of a monthly report of the ministry on the fiscal accounts."""
    number = report.removeprefix("MOF:")
    address = f"https://github.com/yqcao/China-Fiscal-Data data/mof-reports/text/{number}.txt"
    return {"id": report, "kind": "mof", "year": number[1:5], "address": address, "title": ""}


def main() -> None:
    """Build all tables and say what became of every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=ROOT.parent / "shared" / "codes")
    parser.add_argument("--target", type=Path, default=REVIEWED)
    options = parser.parse_args()
    source: Path = options.source
    target: Path = options.target
    if not source.is_dir():
        sys.exit(f"{source}: not there; the built tables in data/codes are complete without it")
    apart = read(source / "doubtful.csv")
    doubtful = [{**row, "reason": row["note"] or "not confirmed"} for row in apart]
    build_codes(source, target, doubtful)
    pairs = read(REVIEWED / "additions_other.csv")
    for table in COPIED:
        doubtful += copy_table(source, target, table, pairs)
    build_sources(source, target)
    print(f"doubtful: {len(doubtful)} rows that nothing may rely on")
    write(target / "doubtful.csv", ["table", "code", "name", "confidence", "reason"], doubtful)


if __name__ == "__main__":
    main()
