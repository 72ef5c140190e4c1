"""The past of the code tables: versions that dated sources print, and the bounds they set.

What is filled in, in this order: the reviewed versions (`data/codes/versions.csv`), codes that
documents print and no table has, names in the ministry's reports, the complete edition of 2009,
codes of a county's budget. Then every version gets the bounds that follow: absent from the
complete edition, it began later; a later version printed, it had ended.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

Row = dict[str, str]

COMPLETE_YEAR = 2009
EXPORT = "DB:Jackjet-func"
"""Source id of the complete edition."""
COUNTY_YEAR = "2019"
LIKE = 2 / 3
"""Likeness from which two names that one number bore one after the other mean the same."""
REPORTS = 10
"""A name that so many reports print is printed throughout the years between first and last."""
DOUBTED = "基本公共管理与服务"
"""A name of the 2009 export against which the ministry's reports of the next year speak."""
BEGUN = {"economic_government": "2018"}
"""First year of a classification, by general knowledge."""
_REPORT = re.compile(r"t\d{8}_\d+")
_BRACKET = re.compile(r"(.+)（[^（）]+）")


def read(path: Path) -> list[Row]:
    """Return the rows of a table, every value stripped."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(file)]


def names_2009(source: Path) -> list[Row]:
    """Return the edition of 2009 with the corrections of its names."""
    mended = {
        code: row["should_be"]
        for row in read(source / "corrections_2.csv")
        if row["scheme"] == "functional_2009"
        for code in row["code"].split(";")
    }
    found = []
    for row in read(source / "functional_2009.csv"):
        name = row["name"].replace(" ", "")
        better = mended.get(row["code"], "")
        if better.startswith("the name without"):
            name = _BRACKET.sub(r"\1", name)
        elif better:
            name = better
        found.append({**row, "name": name})
    return found


class Past:
    """The rows of one table while their past is filled in."""

    def __init__(self, table: str, rows: list[Row], source: Path, doubtful: set[str]) -> None:
        self.table, self.rows, self.source, self.doubtful = table, rows, source, doubtful
        self.done: Counter[str] = Counter()

    @property
    def told(self) -> list[str]:
        """What was done, for people."""
        return [f"{count} {what}" for what, count in self.done.items()]

    def fill(self, versions: list[Row]) -> None:
        """Fill in all that is known of the past."""
        for row in versions:
            if row["table"] == self.table:
                self._reviewed(row)
        self._missing()
        if self.table == "functional":
            self._complete()
        self._ministry()
        self._bounds()
        self._county()
        self._above()

    def sorted(self) -> list[Row]:
        """Return the rows in order of code, the versions of one code from the oldest on."""
        return sorted(self.rows, key=lambda row: (row["code"], *_age(row), row["name"]))

    def _versions(self, code: str) -> list[Row]:
        return sorted((r for r in self.rows if r["code"] == code), key=_age)

    def _new(self, code: str, name: str, **values: str) -> Row:
        levels = {3: "类", 5: "款", 7: "项", 9: "目"}
        above = next((r for r in self.rows if r["code"] == code and r["budget"]), {})
        row = dict.fromkeys(self.rows[0], "") | {
            "code": code, "name": name, "level": levels[len(code)],
            "parent": code[:-2] if len(code) > 3 else "", "budget": above.get("budget", ""),
            "status": "historical", "confidence": "C",
        }  # fmt: skip
        row.update(values)
        self.rows.append(row)
        return row

    def _reviewed(self, item: Row) -> None:
        """Set what a reviewed row says of a version, or add it."""
        found = [r for r in self._versions(item["code"]) if r["name"] == item["name"]]
        row = found[0] if found else self._new(item["code"], item["name"])
        self.done["reviewed versions set" if found else "reviewed versions added"] += 1
        for column, value in item.items():
            if column in ("table", "code", "name", "evidence") or not value:
                continue
            if column == "years_seen":
                _see(row, [] if value.startswith("=") else row[column].split(";"), value)
            elif column == "sources":
                row[column] = _joined(*row[column].split(";"), *value.split(";"))
            else:
                row[column] = "" if value == "-" else value
        if item["valid_to"] and not item["status"]:
            row["status"] = "historical"
        if not found and not item["status"]:
            row["status"] = "current"
        self._unmark(item["code"], item["name"])

    def _unmark(self, code: str, name: str) -> bool:
        """Take a name that is a version now out of the undated former names of its code."""
        taken = False
        for row in self._versions(code):
            marked = re.compile(rf"{re.escape(name)}(?:\[[\d,]*\])?")
            names = row["former_names"].split(";")
            text = ";".join(one for one in names if not marked.fullmatch(one))
            taken = taken or text != row["former_names"]
            row["former_names"] = text
        return taken

    def _missing(self) -> None:
        for item in read(self.source / "codes_missing.csv"):
            name = item["name_2009"] or item["name_general"]
            wanted = item["add"] == "historical row" and item["scheme"] == self.table
            if not wanted or any(r["name"] == name for r in self._versions(item["code"])):
                continue
            seen = COUNTY_YEAR if COUNTY_YEAR in item["seen"] else ""
            self._new(item["code"], name, code_seen=seen)
            self.done["codes that no table had"] += 1

    def _ministry(self) -> None:
        """Note in which years the ministry's reports print names of 类 and 款, and of taxes."""
        kinds = {"functional": ("functional_class", "functional_kuan"), "revenue": ("income",)}
        for item in read(self.source / "class_names_by_year.csv"):
            sure = item["mapping_confidence"] == "high" or item["kind"] == "functional_class"
            if item["kind"] not in kinds.get(self.table, ()) or not sure:
                continue
            named = [r for r in self._versions(item["code"]) if _same(r["name"], item["name"])]
            if len(named) != 1:
                self.done["names of reports that no version bears"] += 1
                continue
            first, last = (int(item[edge][:4]) for edge in ("first_seen", "last_seen"))
            often = int(item["reports"] or 0) >= REPORTS
            years = range(first, last + 1) if often else (first, last)
            _see(named[0], named[0]["years_seen"].split(";"), ";".join(map(str, years)))
            reports = [f"MOF:{one}" for one in _REPORT.findall(item["source"])]
            named[0]["sources"] = _joined(*reports, *named[0]["sources"].split(";"))
            named[0]["basis"] = named[0]["basis"] or "name-path"
            if named[0]["confidence"] == "C" and item["mapping_confidence"] == "high":
                named[0]["confidence"] = "B"
            self.done["names dated by reports of the ministry"] += 1

    def _complete(self) -> None:
        """Make the edition of 2009 versions of its codes."""
        for item in names_2009(self.source):
            code, name = item["code"], item["name"]
            versions = self._versions(code)
            plain = _BRACKET.sub(r"\1", name)
            same = [r for r in versions if _same(r["name"], name) or _same(r["name"], plain)]
            if DOUBTED in name:
                self.done["names of 2009 doubted"] += 1
            elif same:
                _see(same[0], same[0]["years_seen"].split(";"), str(COMPLETE_YEAR))
                same[0]["sources"] = _joined(*same[0]["sources"].split(";"), EXPORT)
                if same[0]["confidence"] == "C":
                    same[0].update(confidence="B", basis="code")
                self.done["versions that 2009 has too"] += 1
            else:
                self._of_2009(code, plain if _known(self.rows, plain) else name, versions)

    def _of_2009(self, code: str, name: str, versions: list[Row]) -> None:
        row = self._new(
            code, name, confidence="B", basis="code", years_seen=str(COMPLETE_YEAR), sources=EXPORT
        )
        self.done["versions of 2009 added"] += 1
        former = self._unmark(code, name)
        if versions and (former or _alike(name, versions[0]["name"])):
            versions[0]["renamed_from"] = _joined(*versions[0]["renamed_from"].split(";"), name)
            row.update(change="renamed", successor=code)
            self.done["of them renamed since"] += 1
        elif versions:
            row["change"] = "unsettled"
            self.done["of them followed by a name that may mean something else"] += 1

    def _county(self) -> None:
        for item in read(self.source / "codes_2019_county.csv"):
            if item["scheme"] == self.table and not item["note"] and item["in_tables"] == "yes":
                self._coded(item["code"], COUNTY_YEAR)

    def _above(self) -> None:
        """Take a code that is printed for a print of the code above it, without its name."""
        for row in sorted(self.rows, key=lambda row: -len(row["code"])):
            for year in {*row["years_seen"].split(";"), *row["code_seen"].split(";")} - {""}:
                self._coded(row["parent"], year)

    def _coded(self, code: str, year: str) -> None:
        """Note that a code is printed in a year, if only one version can be meant."""
        possible = [
            row
            for row in self.by_code.get(code, [])
            if (row["valid_from"] or "0") <= year <= (row["valid_to"] or "9999")
        ]
        if len(possible) == 1 and year not in possible[0]["years_seen"]:
            years = {*possible[0]["code_seen"].split(";"), year} - {""}
            possible[0]["code_seen"] = ";".join(sorted(years))
            self.done["prints of a code without its name"] += 1

    @cached_property
    def by_code(self) -> dict[str, list[Row]]:
        """The rows of every code; to be asked for when all are there."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row["code"]].append(row)
        return found

    def _bounds(self) -> None:
        """Set the bounds that follow from what is printed when."""
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.rows, key=lambda row: (row["code"], *_age(row))):
            groups[row["code"]].append(row)
        for versions in groups.values():
            for row in versions:
                self._begin(row, versions, groups.get(row["parent"], []))
            for old, new in zip(versions, versions[1:], strict=False):
                self._end(old, new)

    def _begin(self, row: Row, versions: list[Row], parents: list[Row]) -> None:
        """Bound the beginning of a version from below."""
        old = str(COMPLETE_YEAR) in row["years_seen"]
        if row["valid_from"] or old or row["years_seen"][:4] == "2008":
            return
        if self.table in BEGUN:
            row.update(valid_from=BEGUN[self.table], from_basis="general")
            return
        above = min((p["valid_from"] for p in parents), default="")
        if self.table == "functional" and row["code"] not in _DOUBTED_CODES:
            row.update(valid_from=str(COMPLETE_YEAR + 1), from_basis="bounded")
        if above > row["valid_from"]:
            basis = min(parents, key=lambda p: p["valid_from"])["from_basis"]
            row.update(valid_from=above, from_basis="general" if basis == "general" else "bounded")
        if row["from_basis"]:
            self.done["beginnings bounded"] += 1

    def _end(self, old: Row, new: Row) -> None:
        """Bound the end of a version by the first print of the next."""
        told = [y for y in new["years_seen"].split(";") if y > str(COMPLETE_YEAR)]
        if new["from_basis"] == "sourced":
            told.append(new["valid_from"])
        if old["valid_to"] or old["status"] == "current":
            return
        if not told and new["from_basis"] == "general":
            old.update(valid_to=str(int(new["valid_from"]) - 1), to_basis="general")
            return
        if not told:
            basis = "general" if new["to_basis"] == "general" else "bounded"
            old.update(valid_to=new["valid_to"], to_basis=basis if new["valid_to"] else "")
            return
        last = max(str(int(min(told)) - 1), *old["years_seen"].split(";"))
        old.update(valid_to=last, to_basis="bounded")
        self.done["ends bounded"] += 1


_DOUBTED_CODES = frozenset({"201", "20199", "2019999"})


def _age(row: Row) -> tuple[bool, str, str]:
    known = row["valid_to"] or max(row["years_seen"].split(";")) or row["valid_from"]
    return row["status"] == "current", known or "0", row["valid_from"]


def _see(row: Row, old: list[str], new: str) -> None:
    row["years_seen"] = ";".join(sorted({*old, *new.removeprefix("=").split(";")} - {""}))


def _joined(*parts: str) -> str:
    more = [part for part in parts if part.startswith("+")]
    return ";".join([*dict.fromkeys(p for p in parts if p and p not in more), *more])


def _same(one: str, other: str) -> bool:
    return one.removesuffix("支出") == other.removesuffix("支出")


def _alike(one: str, other: str) -> bool:
    left, right = one.removesuffix("支出"), other.removesuffix("支出")
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= LIKE


def _known(rows: list[Row], name: str) -> bool:
    return any(row["name"] == name for row in rows)
