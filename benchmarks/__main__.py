"""Run the measurements named on the command line, or all that do not take long."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable

from benchmarks import documents


def _times() -> None:
    from benchmarks.times import commands

    commands(documents.one())


def _lookups() -> None:
    from benchmarks import lookups

    lookups.measure()


def _rules() -> bool:
    from benchmarks.rules import compare

    return compare(documents.seeds() or [documents.one()])


def _reading() -> None:
    from benchmarks.reading import compare

    compare(documents.pdfs())


def _engines() -> bool:
    from benchmarks import differential

    return differential.measure(documents.every_pdf())


def _limits() -> None:
    from benchmarks import limits

    limits.measure()


def _damage() -> None:
    from benchmarks import damage

    damage.measure(documents.pdf_samples())


def _mutations() -> None:
    from benchmarks import mutations

    mutations.measure([*documents.seeds(), *sorted(documents.SAMPLES.glob("*.txt"))])


def _real() -> None:
    from benchmarks import real

    real.measure(documents.real())


def _names() -> None:
    from benchmarks import names

    names.measure([*documents.seeds(), *documents.real()])


def _layouts() -> None:
    from benchmarks.layouts import report

    report.measure()


def _contact() -> None:
    from benchmarks import contact

    contact.measure()


def _wild() -> None:
    from benchmarks import wild

    wild.measure()


def _judged() -> None:
    from benchmarks import judged

    judged.measure()


MEASUREMENTS: dict[str, Callable[[], bool | None]] = {
    "times": _times,
    "lookups": _lookups,
    "rules": _rules,
    "reading": _reading,
    "real": _real,
    "names": _names,
    "layouts": _layouts,
    "contact": _contact,
    "wild": _wild,
    "judged": _judged,
    "mutations": _mutations,
    "engines": _engines,
    "damage": _damage,
    "limits": _limits,
}
LONG = ("judged", "mutations", "engines", "damage", "limits")
"""Run only when named."""


def main(names: list[str]) -> int:
    """Print every measurement asked for; return 1 where two ways to one result disagree, else 0.

    Raises:
        SystemExit: A name is not known.
    """
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        sys.exit(f"unknown: {' '.join(unknown)}; known: {' '.join(MEASUREMENTS)}")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    agreed = True
    for name in names or [name for name in MEASUREMENTS if name not in LONG]:
        agreed = MEASUREMENTS[name]() is not False and agreed
        print()
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
