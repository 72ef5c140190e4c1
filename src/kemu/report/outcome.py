"""What became of one file of a batch: a result, or an error that did not stop the others."""

from __future__ import annotations

from dataclasses import dataclass

from kemu.model.findings import CheckResult, Verdict


@dataclass(frozen=True)
class Failure:
    """A file that could not be checked.

    Attributes:
        path: As the user gave it.
        code: Stable error code, see docs/errors.md.
        message: What is wrong and what to do, in Chinese.
        exit_code: 2 for bad input, 3 where Kemu is at fault, 0 for what is no document.
    """

    path: str
    code: str
    message: str
    exit_code: int = 2

    @property
    def verdict(self) -> str:
        """The word for it: `unreadable`, `failed` where Kemu is at fault, `other` if no matter."""
        return {0: "other", 2: "unreadable"}.get(self.exit_code, "failed")


Outcome = CheckResult | Failure


def path_of(outcome: Outcome) -> str:
    """Return the file's path as the user gave it."""
    return outcome.path if isinstance(outcome, Failure) else outcome.extraction.document.path


def exit_code(outcome: Outcome) -> int:
    """Return 0 if ready, 1 with violations or too little checked, an error's own code otherwise."""
    if isinstance(outcome, Failure):
        return outcome.exit_code
    return 1 if outcome.verdict in (Verdict.VIOLATIONS, Verdict.PARTIAL, Verdict.NOT_CHECKED) else 0
