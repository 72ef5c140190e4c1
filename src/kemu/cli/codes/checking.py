"""`kemu codes check`: whether code tables are sound."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from kemu.classification.tables.checker import Severity
from kemu.classification.tables.checker import check as problems_of
from kemu.cli.console import emit
from kemu.report.formats.json_text import dumps
from kemu.report.words import Words


def check(options: argparse.Namespace) -> int:
    """Check code tables; the exit code tells whether they have errors."""
    problems = problems_of(Path(options.folder) if options.folder else None)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if options.format == "json":
        text = dumps([asdict(problem) for problem in problems])
    else:
        words = Words(options.lang)
        counted = words("book", "counted", errors=errors, notices=len(problems) - errors)
        last = counted if problems else words("book", "sound")
        text = "".join(f"{line}\n" for line in (*problems, last))
    emit(text.encode(), options.out)
    return 1 if errors else 0
