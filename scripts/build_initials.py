"""Build data/codes/initials.csv: the first letters of the characters used in names of codes.

Readings are taken in the context of the whole name, so that 行 is `x` in 行政运行 and `h` in
银行. Needs pypinyin (MIT), which Kemu itself does not: `pip install pypinyin`, then
`python scripts/build_initials.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

CODES = Path(__file__).resolve().parents[1] / "data" / "codes"
TABLES = ("functional", "economic_department", "economic_government", "revenue")


def names() -> set[str]:
    """Return every official and former name in the code tables."""
    found: set[str] = set()
    for table in TABLES:
        with (CODES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                former = (text.partition("[")[0] for text in row["former_names"].split(";"))
                found.update(text for text in (row["name"], *former) if text)
    return found


def main() -> None:
    """Write the table and say how large it is."""
    letters: defaultdict[str, set[str]] = defaultdict(set)
    for name in sorted(names()):
        for character, letter in zip(
            name, lazy_pinyin(name, style=Style.FIRST_LETTER), strict=False
        ):
            if "\u4e00" <= character <= "\u9fff" and letter.isalpha():
                letters[character].add(letter)
    with (CODES / "initials.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("character", "initials"))
        writer.writerows((c, "".join(sorted(found))) for c, found in sorted(letters.items()))
    several = {c: "".join(sorted(f)) for c, f in letters.items() if len(f) > 1}
    print(f"initials: {len(letters)} characters, several readings: {several}")


if __name__ == "__main__":
    main()
