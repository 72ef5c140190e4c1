"""Build data/codes/pinyin.csv: how the characters in names of codes are read.

Readings are taken in the context of the whole name, so that 行 is `xing` in 行政运行 and `hang`
in 银行. Needs pypinyin (MIT), which Kemu itself does not: `pip install pypinyin`, then
`python scripts/build_pinyin.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

CODES = Path(__file__).resolve().parents[1] / "data" / "codes"
TABLES = ("functional", "economic_department", "economic_government", "revenue")


def read(table: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (CODES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names() -> set[str]:
    """Return every official and former name in the code tables, and what people say instead."""
    found = {row["alias"] for row in read("aliases")}
    for table in TABLES:
        for row in read(table):
            former = (text.partition("[")[0] for text in row["former_names"].split(";"))
            found.update(text for text in (row["name"], *former) if text)
    return found


def main() -> None:
    """Write the table and say how large it is."""
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for name in sorted(names()):
        text = "".join(c for c in name if "\u4e00" <= c <= "\u9fff")
        for character, syllable in zip(text, lazy_pinyin(text), strict=True):
            readings[character].add(syllable.replace("ü", "v"))
    with (CODES / "pinyin.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("character", "readings"))
        writer.writerows((c, ";".join(sorted(found))) for c, found in sorted(readings.items()))
    several = {c: sorted(f) for c, f in readings.items() if len(f) > 1}
    print(f"pinyin: {len(readings)} characters, several readings: {several}")


if __name__ == "__main__":
    main()
