"""Codes and changes as tables, for answers in CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kemu.api.http.answers import Table
from kemu.classification.history.changes import Change, Member
from kemu.classification.lookup.query import Answer

CODES = (
    "scheme", "code", "name", "level", "path", "validFrom", "validTo", "status", "otherNames",
    "budgets", "successors", "confidence", "yearsSeen", "score", "reason",
)  # fmt: skip
CHANGES = (
    "year", "kind", "scheme", "old_code", "old_name", "new_code", "new_name", "basis",
    "confidence", "sources", "not_yet_in", "done_by", "supposed_year",
)  # fmt: skip


def of_codes(answers: Iterable[Answer]) -> Table:
    """Return one row per code; lists within a cell are joined by `;`."""
    return CODES, [_code(answer) for answer in answers]


def _code(answer: Answer) -> Sequence[object]:
    entry, concept = answer.entry, answer.entry.concept
    return [
        concept.scheme, concept.notation, entry.name, concept.level,
        " > ".join(link.name for link in entry.path), concept.valid_from, concept.valid_to,
        concept.status, ";".join(name.text for name in concept.names[1:]),
        ";".join(concept.budget), ";".join(concept.successor), concept.confidence,
        ";".join(map(str, concept.years_seen)), answer.score, answer.reason,
    ]  # fmt: skip


def of_changes(changes: Iterable[Change]) -> Table:
    """Return one row per change; several codes on one side are joined by `;`."""
    return CHANGES, [_change(change) for change in changes]


def _change(change: Change) -> Sequence[object]:
    return [
        change.year, change.kind, change.scheme, *_side(change.before), *_side(change.after),
        change.basis, change.confidence, ";".join(change.sources), *change.bounds, change.supposed,
    ]  # fmt: skip


def _side(members: Sequence[Member]) -> tuple[str, str]:
    codes = ";".join(member.notation for member in members)
    return codes, ";".join(member.name for member in members)
