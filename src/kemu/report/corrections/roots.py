"""Findings grouped by cause: one wrong cell is one entry, however many sums it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kemu.model.document import Place
from kemu.model.findings import Finding, Severity

Position = Callable[[Place], tuple[int, ...]]
_WEIGHT = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.HINT: 2}


@dataclass(frozen=True)
class Cause:
    """Findings that go back to one slip.

    Attributes:
        lead: The one to show.
        others: The rest, weightiest first.
    """

    lead: Finding
    others: tuple[Finding, ...]


def causes(
    findings: tuple[Finding, ...], position: Position, at_fault: Callable[[Finding], bool]
) -> tuple[Cause, ...]:
    """Return the causes, weightiest first, then in the order of the document.

    Args:
        findings: Of one document.
        position: Where a place stands in reading order.
        at_fault: Whether a finding's first number is the one in which its root cause lies; such
            a finding is shown rather than others of the same weight.
    """

    def order(finding: Finding) -> tuple[int, tuple[int, ...], str, str]:
        first = position(finding.evidence[0].place) if finding.evidence else ()
        return _WEIGHT[finding.severity], first, finding.rule, finding.id

    found = []
    for group in _groups(findings):
        members = sorted(group, key=order)
        weightiest = [m for m in members if m.severity is members[0].severity]
        named = {member.root for member in members}
        lead = next(
            (m for m in weightiest if m.id in named or at_fault(m)),
            weightiest[0],
        )
        found.append(Cause(lead, tuple(m for m in members if m is not lead)))
    return tuple(sorted(found, key=lambda cause: order(cause.lead)))


def _groups(findings: tuple[Finding, ...]) -> Iterable[list[Finding]]:
    """Yield findings joined by a common root, by being related, or by the same two numbers.

    One cell that is off by a digit shows in every row, column and table that repeats it.
    """
    group_of: dict[str, set[str]] = {finding.id: {finding.id} for finding in findings}
    by_id = {finding.id: finding for finding in findings}

    def join(left: str, right: str) -> None:
        merged = group_of.setdefault(left, {left}) | group_of.setdefault(right, {right})
        for name in merged:
            group_of[name] = merged

    for finding in findings:
        if finding.root:
            join(finding.id, finding.root if finding.root in by_id else f"root {finding.root}")
        for other in finding.related:
            if other in by_id and by_id[other].root in ("", finding.root):
                join(finding.id, other)
    alike: dict[tuple[object, ...], str] = {}
    for finding in findings:
        if finding.stated is not None and finding.computed is not None and finding.unit != "%":
            what = (finding.severity, finding.root, finding.stated, finding.computed)
            join(finding.id, alike.setdefault(what, finding.id))
    for names in {id(names): names for names in group_of.values()}.values():
        yield [by_id[name] for name in by_id if name in names]
