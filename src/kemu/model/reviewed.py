"""What people said of a document's findings, and how they compare with an earlier check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as it is remembered beside a document or from an earlier check.

    Attributes:
        fingerprint: Of the finding.
        rule: Number.
        severity: `violation`, `warning` or `hint`.
        message: In the language in which it was written down.
        reason: Why it was accepted; empty for one that is only compared.
        numbers: What it said, as printed then: the acceptance holds for these numbers.
    """

    fingerprint: str
    rule: str
    severity: str
    message: str
    reason: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """How the findings compare with an earlier check, accepted ones included."""

    new: tuple[Remark, ...] = ()
    gone: tuple[Remark, ...] = ()
    unchanged: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Across:
    """How a document was held to others that were checked with it.

    Attributes:
        compared: Path of another document → how many of its numbers took part.
        missing: Names of listed units of which no document was given.
        twins: Paths of documents that say they are the same one; nothing was compared then.
    """

    compared: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of a document's findings from outside the document.

    Attributes:
        accepted: Findings that are left out of the others, with the reason given.
        lapsed: Acceptances that no longer hold, for the numbers have changed since.
        since: None where the check is compared with no earlier one.
        across: None where no other document was checked with it.
    """

    accepted: tuple[Remark, ...] = ()
    lapsed: tuple[Remark, ...] = ()
    since: Since | None = None
    across: Across | None = None
