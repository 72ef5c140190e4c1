"""What today's reader makes of renderings: keys, violations on clean ones, planted slips."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layouts import truth
from benchmarks.layouts.rendering import Rendering
from kemu.errors import KemuError
from kemu.extract import extract
from kemu.model.findings import CheckResult, Finding, Severity
from kemu.read import read
from kemu.validate import check


@dataclass(frozen=True)
class Score:
    """What came of reading and checking one rendering.

    Attributes:
        held: Its amounts against the truth.
        violations: What a checker says is wrong in it.
        result: All that the check says; None where the file could not be read.
    """

    held: truth.Held
    violations: tuple[Finding, ...]
    result: CheckResult | None

    @property
    def holds(self) -> bool:
        """Whether every amount is bound right and nothing is accused."""
        return not (self.held.missing or self.held.wrong or self.violations)


def score(rendering: Rendering) -> Score:
    """Return what the reader makes of a rendering."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            document = read(rendering.write(Path(folder)))
    except KemuError:
        return Score(truth.hold(rendering.truth, ()), (), None)
    extraction = extract(document)
    result = check(extraction)
    violations = tuple(f for f in result.findings if f.severity is Severity.VIOLATION)
    return Score(truth.hold(rendering.truth, extraction.facts), violations, result)
