"""Run the measurements named on the command line, or all of them."""

from __future__ import annotations

import platform
import sys

from benchmarks import documents


def main(names: list[str]) -> int:
    """Print every measurement asked for; return 1 where two ways to one result disagree, else 0."""
    agreed = True
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    wanted = names or [
        "times",
        "lookups",
        "rules",
        "reading",
        "real",
        "names",
        "layouts",
        "contact",
        "wild",
    ]
    if "times" in wanted:
        from benchmarks.times import commands

        commands(documents.one())
        print()
    if "lookups" in wanted:
        from benchmarks import lookups

        lookups.measure()
        print()
    if "rules" in wanted:
        from benchmarks.rules import compare

        agreed = compare(documents.seeds() or [documents.one()])
        print()
    if "reading" in wanted:
        from benchmarks.reading import compare as read_twice

        read_twice([path for path in documents.real() if path.suffix == ".pdf"][:8])
        print()
    if "real" in wanted:
        from benchmarks.real import measure

        measure(documents.real())
        print()
    if "names" in wanted:
        from benchmarks import names as printed

        printed.measure([*documents.seeds(), *documents.real()])
        print()
    if "layouts" in wanted:
        from benchmarks.layouts import report

        report.measure()
        print()
    if "contact" in wanted:
        from benchmarks import contact

        contact.measure()
        print()
    if "wild" in wanted:
        from benchmarks import wild

        wild.measure()
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
