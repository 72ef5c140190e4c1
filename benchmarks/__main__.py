"""Run the measurements named on the command line, or all of them."""

from __future__ import annotations

import platform
import sys

from benchmarks import documents


def main(names: list[str]) -> None:
    """Print every measurement asked for; `engines` and `mutations` take long: only by name."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    wanted = names or ["times", "lookups", "rules", "reading", "real", "names"]
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

        compare(documents.seeds() or [documents.one()])
        print()
    if "reading" in wanted:
        from benchmarks.reading import compare as read_twice

        read_twice(documents.pdfs())
        print()
    if "engines" in wanted:
        from benchmarks.engines import compare as by_page
        from benchmarks.engines import without_fonts

        by_page(documents.pdfs())
        print("  没有字体 / without fonts")
        without_fonts(lambda: by_page(documents.pdfs()))
        print()
    if "mutations" in wanted:
        from benchmarks.mutations import measure as mutate

        mutate(documents.pdf_samples())
        print()
    if "real" in wanted:
        from benchmarks.real import measure

        measure(documents.real())
        print()
    if "names" in wanted:
        from benchmarks import names as printed

        printed.measure([*documents.seeds(), *documents.real()])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
