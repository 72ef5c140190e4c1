"""The check as JSON (design §7): exact decimal literals, amounts in 元 and rates in percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from textwrap import indent
from typing import Any

import simplejson

from kemu.model.document import Notice, Place
from kemu.model.findings import CheckResult, CoveredPart, Finding, Gap, LedgerRow, Verdict
from kemu.model.reviewed import Remark, Review
from kemu.report import understanding
from kemu.report.outcome import Failure, Outcome
from kemu.report.places import Locator
from kemu.report.view import headline
from kemu.report.words import Words

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)


def dumps(value: object) -> str:
    """Return readable JSON: Chinese as it is, decimals exact, keys in the order given.

    Marks that turn text round and others that are not seen are escaped.
    """
    text = simplejson.dumps(value, ensure_ascii=False, indent=2, use_decimal=True) + "\n"
    return _UNSEEN.sub(lambda found: simplejson.dumps(found[0])[1:-1], text)


class Stream:
    """The array's text as its objects come."""

    def __init__(self, lang: str) -> None:
        self._words = Words(lang)
        self._before = "[\n"

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        """Return a document's object with what stands before it; there is nothing to replace."""
        before, self._before = self._before, ",\n"
        return before + indent(dumps(one(outcome, self._words)).rstrip(), "  ")

    def end(self) -> str:
        """Return what closes the array."""
        return "[]\n" if self._before == "[\n" else "\n]\n"


def one(outcome: Outcome, words: Words) -> dict[str, Any]:
    """Return the object of one document; a file that could not be read carries `error`."""
    if isinstance(outcome, Failure):
        return _failure(outcome)
    coverage = outcome.coverage
    locator = Locator(outcome.extraction.document, words)
    return {
        "document": _identity(outcome),
        "verdict": headline(outcome),
        "findings": [_finding(finding, words) for finding in outcome.findings],
        "ledger": [_ledger(row, words) for row in outcome.ledger],
        "coverage": {
            "numbers": coverage.numbers,
            "bound": coverage.bound,
            "in_checks": coverage.in_checks,
            "unbound": [
                _place(stray.place, stray.quote)
                | {"printed": stray.printed, "reason": stray.reason}
                for stray in coverage.unbound
            ],
            "parts": [_part(part, locator, words) for part in coverage.parts],
            "unchecked": [_gap(gap, locator, words) for gap in outcome.gaps],
        },
        "notices": [_notice(notice, words) for notice in outcome.extraction.document.notices],
    } | _review(outcome.review)


def _failure(failure: Failure) -> dict[str, Any]:
    names = ("title", "organisation", "year", "kind", "sha256")
    return {
        "document": {"path": failure.path} | dict.fromkeys(names),
        "verdict": Verdict.NOT_CHECKED.value,
        "findings": [],
        "ledger": [],
        "coverage": {"numbers": 0, "bound": 0, "in_checks": 0}
        | {"unbound": [], "parts": [], "unchecked": []},
        "notices": [],
        "error": {"code": failure.code, "message": failure.message},
    }


def _identity(result: CheckResult) -> dict[str, Any]:
    extraction = result.extraction
    identity = extraction.identity
    names = {o.id: o.name for o in extraction.organisations}
    return {
        "path": extraction.document.path,
        "title": identity.title,
        "organisation": names.get(identity.organisation, identity.organisation),
        "year": int(identity.year) if identity.year else None,
        "kind": identity.statement,
        "sha256": extraction.document.sha256,
    }


def _finding(finding: Finding, words: Words) -> dict[str, Any]:
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": words.pick(finding.messages),
        "places": [_place(evidence.place, evidence.quote) for evidence in finding.evidence],
        "stated": _exact(finding.stated),
        "computed": _exact(finding.computed),
        "difference": _exact(finding.difference),
        "bound": _exact(finding.bound),
        "cause": words.pick(finding.cause),
        "related": list(finding.related),
    }


def _review(review: Review) -> dict[str, Any]:
    """Return what is known of the findings from outside; nothing where nothing is."""
    groups = {"accepted": review.accepted, "lapsed": review.lapsed}
    said: dict[str, Any] = {name: [_remark(one) for one in g] for name, g in groups.items() if g}
    if review.across:
        compared = [{"path": path, "numbers": count} for path, count in review.across.compared]
        missing, twins = review.across.missing, review.across.twins
        said["across"] = {"compared": compared, "missing": list(missing), "twins": list(twins)}
    if review.since:
        since = {name: getattr(review.since, name) for name in ("new", "gone", "unchanged")}
        said["since"] = {name: [_remark(one) for one in found] for name, found in since.items()}
    return said


def _remark(remark: Remark) -> dict[str, Any]:
    names = ("fingerprint", "rule", "severity", "message", "reason")
    return {name: getattr(remark, name) for name in names if getattr(remark, name)}


def _ledger(row: LedgerRow, words: Words) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "status": row.status.value,
        "reason": words.pick(row.reason),
        "scope": row.scope,
        "blocked": row.blocked,
        "violations": row.violations,
        "warnings": row.warnings,
        "hints": row.hints,
    }


def _part(part: CoveredPart, locator: Locator, words: Words) -> dict[str, Any]:
    """Return how much of a table or chapter was understood."""
    return {
        "name": understanding.name(part, locator, words),
        "kind": understanding.kind(part),
        "pages": list(part.pages) if part.pages else None,
        "numbers": part.numbers,
        "keyed": part.keyed,
        "checked": part.checked,
        "understood": part.is_understood,
    }


def _gap(gap: Gap, locator: Locator, words: Words) -> dict[str, Any]:
    """Return what could not be judged in a table or chapter, and where."""
    names = ("page", "table", "row", "column")
    return {
        "name": understanding.name(gap, locator, words),
        "pages": list(gap.pages) if gap.pages else None,
        "reason": words.pick(gap.reason),
        "rules": list(gap.rules),
        "places": [{name: getattr(place, name) for name in names} for place in gap.places],
    }


def _notice(notice: Notice, words: Words) -> dict[str, Any]:
    """Return what the reader saw and did not read: scanned pages, hidden sheets, limits."""
    place = {name: value for name, value in _place(notice.place, "").items() if name != "quote"}
    title = words("notice", notice.kind)
    known = words("notice", "other") if title == notice.kind else title
    return {"kind": notice.kind, "title": known, "message": notice.message} | place


def _place(place: Place, quote: str) -> dict[str, Any]:
    numbers = {name: getattr(place, name) for name in ("page", "table", "row", "column")}
    return numbers | {"quote": quote}


def _exact(value: Decimal | None) -> Decimal | None:
    """Return the number without an exponent: JSON allows one, but spreadsheets stumble over it."""
    return None if value is None else Decimal(f"{value:f}")
