"""What a report shows, computed once for all formats: entries by weight, numbers with their places.

One root cause is one entry: findings that a common cause explains are shown under the weightiest
of them, so that one wrong cell reads as one thing to mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal

from kemu.model.findings import CheckResult, Finding, Severity
from kemu.report.corrections.remedies import Remedies, Remedy, offered
from kemu.report.corrections.roots import Cause, causes
from kemu.report.evidence import Context, Printed
from kemu.report.money import in_unit, in_yuan
from kemu.report.reviewed import Noted, compared, noted
from kemu.report.sums import Sum, opened
from kemu.report.understanding import Part, Unjudged, obscure, understood, unjudged
from kemu.report.words import Words

GROUPS: dict[Severity, str] = {
    Severity.VIOLATION: "must",
    Severity.WARNING: "should",
    Severity.HINT: "rounding",
}


@dataclass(frozen=True)
class Also:
    """Another finding with the same cause, on one line."""

    rule: str
    message: str
    where: str


@dataclass(frozen=True)
class Entry:
    """One thing to mend, with everything needed to see it and to mend it.

    Attributes:
        id: Id of the leading finding.
        fingerprint: Of the leading finding, the same in later versions of the document.
        number: Counts from 1 within the report.
        group: `must`, `should` or `rounding`.
        rule: Number of the rule.
        title: What the rule checks.
        message: The finding in one sentence.
        subject: The number or text at fault, None where the finding names none.
        against: The numbers it is held against, with their places.
        sum: The sum opened into its terms, None where there is none.
        unit: The unit of its numbers: the one printed beside the first of them.
        numbers: Stated, computed and their difference as numbers in that unit.
        computed: The number that follows from the others, in the document's unit.
        difference: Stated minus computed, in the document's unit.
        difference_yuan: The same in 元, empty where that says nothing new.
        bound: What rounding can explain, in the document's unit.
        cause: Likely slip, or empty.
        suspect: The number in which the cause lies, None where it is not known or `subject`.
        replacement: The sentence, words or number as it should read, or empty.
        replaced: What is printed in its place.
        replacement_title: Under what condition that replacement is right.
        elsewhere: Other places where the same number is printed.
        also: Other findings of the same cause.
        same_quantity: The computed number is simply the other number printed.
    """

    id: str
    fingerprint: str
    number: int
    group: str
    rule: str
    title: str
    message: str
    subject: Printed | None
    against: tuple[Printed, ...]
    sum: Sum | None
    unit: str
    numbers: tuple[Decimal | None, Decimal | None, Decimal | None]
    computed: str
    difference: str
    difference_yuan: str
    bound: str
    cause: str
    suspect: Printed | None
    replacement: str
    replaced: str
    replacement_title: str
    elsewhere: tuple[Printed, ...]
    also: tuple[Also, ...]
    same_quantity: bool


@dataclass(frozen=True)
class Coverage:
    """Shares for the bar: percent with one digit, adding to 100."""

    numbers: int
    bound: int
    in_checks: int
    checked_percent: Decimal
    bound_percent: Decimal
    unbound_percent: Decimal


@dataclass(frozen=True)
class Stray:
    """A number that was not understood."""

    where: str
    printed: str
    quote: str
    reason: str


@dataclass(frozen=True)
class View:
    """One document's report, ready to be laid out; `headline` is a word of [verdict].

    `obscure` says on the first screen which tables and chapters were not understood; `compared`
    how many findings are new since an earlier check, `noted` which, and which are accepted.
    """

    result: CheckResult
    lang: str
    title: str
    organisation: str
    year: str
    kind: str
    headline: str
    entries: tuple[Entry, ...]
    unjudged: tuple[Unjudged, ...]
    parts: tuple[Part, ...]
    obscure: tuple[str, ...]
    notices: tuple[tuple[str, str, str], ...]
    coverage: Coverage
    strays: tuple[Stray, ...]
    noted: tuple[Noted, ...]
    compared: str

    def of(self, group: str) -> tuple[Entry, ...]:
        """Return the entries of one group."""
        return tuple(entry for entry in self.entries if entry.group == group)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries each group has, and how many things could not be checked."""
        counts = {group: len(self.of(group)) for group in GROUPS.values()}
        places = {place.slug for gap in self.result.gaps for place in gap.places}
        places |= {stray.place.slug for stray in self.result.coverage.unbound}
        return counts | {"unchecked": len(places) + len(self.notices)}


def view(result: CheckResult, lang: str, titles: dict[str, str]) -> View:
    """Return the report of one document in one language.

    Args:
        result: What the check found.
        lang: `zh` or `en`.
        titles: Rule number → what the rule checks, in that language.
    """
    words = Words(lang)
    context = Context(result.extraction, words, result.held)
    grouped = causes(result.findings, context.locator.position, context.at_fault)
    covered = result.coverage.parts
    remedies = _remedies(grouped, context)
    entries = tuple(
        _entry(n, cause, context, titles, remedies.get(cause.lead.id))
        for n, cause in enumerate(grouped, start=1)
    )
    return View(
        result=result,
        lang=lang,
        **_identity(result, words),
        headline=headline(result),
        entries=entries,
        unjudged=unjudged(result, context.locator, words),
        parts=understood(covered, context.locator, words),
        obscure=obscure(covered, context.locator, words),
        notices=tuple(
            (context.known("notice", n.kind), n.message, context.locator.words(n.place))
            for n in result.extraction.document.notices
        ),
        coverage=_coverage(result),
        strays=tuple(
            Stray(
                context.locator.words(u.place),
                u.printed,
                u.quote,
                context.known("reason", u.reason),
            )
            for u in result.coverage.unbound
        ),
        noted=noted(result.review, words),
        compared=compared(result.review, words),
    )


def headline(result: CheckResult) -> str:
    """Return the word that a report begins with."""
    return result.verdict.value


def _identity(result: CheckResult, words: Words) -> dict[str, str]:
    extraction = result.extraction
    identity = extraction.identity
    names = {o.id: o.name for o in extraction.organisations}
    unknown = words("label", "unknown")
    level = words("level", identity.level) if identity.level else ""
    statement = words("statement", identity.statement) if identity.statement else ""
    gap = "" if words.lang == "zh" else " "
    return {
        "title": identity.title or extraction.document.path,
        "organisation": names.get(identity.organisation, identity.organisation) or unknown,
        "year": words("label", "year_of", year=identity.year) if identity.year else unknown,
        "kind": gap.join(part for part in (level, statement) if part) or unknown,
    }


def _remedies(grouped: Sequence[Cause], context: Context) -> dict[str, Remedy]:
    found = Remedies(context)
    return offered(context, {c.lead.id: found.edits(c.lead, c.others) for c in grouped})


def _entry(
    number: int, cause: Cause, context: Context, titles: dict[str, str], remedy: Remedy | None
) -> Entry:
    finding, words = cause.lead, context.words
    unit = context.unit(finding)
    evidence = context.evidence(finding)
    total = opened(finding, context)
    subject = evidence[0] if evidence else None
    culprit = context.suspect(finding)
    elsewhere = not context.at_fault(finding)
    return Entry(
        id=finding.id,
        fingerprint=finding.fingerprint,
        number=number,
        group=GROUPS[finding.severity],
        rule=finding.rule,
        title=titles.get(finding.rule, ""),
        message=words.pick(finding.messages),
        subject=subject,
        against=() if total else _against(evidence, words),
        sum=total,
        unit=unit.name if finding.stated is not None else "",
        numbers=(
            _scaled(finding.stated, finding, context),
            _scaled(finding.computed, finding, context),
            _scaled(finding.difference, finding, context),
        ),
        computed=_number(finding.computed, finding, context),
        difference=_difference(finding, context),
        difference_yuan=""
        if finding.difference is None
        else in_yuan(finding.difference, unit, True),
        bound=_bound(finding, context),
        cause=words.pick(finding.cause),
        suspect=context.shown(culprit, "suspect") if culprit and elsewhere else None,
        replacement=remedy.text if remedy else "",
        replaced=remedy.printed if remedy else "",
        replacement_title=_replacement_title(finding, total, culprit is not None, words),
        elsewhere=context.elsewhere(finding),
        also=tuple(_also(other, context) for other in cause.others),
        same_quantity=any(e.value == finding.computed for e in finding.evidence[1:]),
    )


def _against(evidence: tuple[Printed, ...], words: Words) -> tuple[Printed, ...]:
    """Return the numbers a number is held to; the only term of a sum is another place for it."""
    term, other = words("role", "term"), words("role", "other")
    found = (replace(one, role=other) if one.role == term else one for one in evidence[1:])
    return tuple(one for one in found if one.amount)


def _replacement_title(finding: Finding, total: Sum | None, known: bool, words: Words) -> str:
    if known:
        return words("label", "replacement_cause")
    if finding.computed is None:
        return words("label", "replacement_name")
    return words("label", "replacement_sum" if total else "replacement")


def _scaled(value: Decimal | None, finding: Finding, context: Context) -> Decimal | None:
    if value is None:
        return None
    return context.rounded(value, finding) / context.unit(finding).factor


def _number(value: Decimal | None, finding: Finding, context: Context) -> str:
    return "" if value is None else in_unit(context.rounded(value, finding), context.unit(finding))


def _bound(finding: Finding, context: Context) -> str:
    """Return what rounding can explain; a bound is never shown smaller than it is."""
    if not finding.bound:
        return ""
    text = in_unit(context.rounded(finding.bound, finding, ROUND_UP), context.unit(finding))
    return _in_points(text, context)


def _difference(finding: Finding, context: Context) -> str:
    if finding.difference is None:
        return ""
    unit = context.unit(finding)
    return _in_points(
        in_unit(context.rounded(finding.difference, finding), unit, signed=True), context
    )


def _in_points(text: str, context: Context) -> str:
    """Return a difference of percentages in percentage points; other numbers as they are."""
    if not text.endswith("%"):
        return text
    return text.removesuffix("%") + " " + context.words("label", "points")


def _also(finding: Finding, context: Context) -> Also:
    evidence = context.evidence(finding)
    where = evidence[0].where if evidence else ""
    return Also(finding.rule, context.words.pick(finding.messages), where)


def _coverage(result: CheckResult) -> Coverage:
    found = result.coverage
    checked = _percent(found.in_checks, found.numbers)
    bound = _percent(found.bound, found.numbers)
    return Coverage(
        found.numbers,
        found.bound,
        found.in_checks,
        checked_percent=checked,
        bound_percent=bound - checked,
        unbound_percent=100 - bound if found.numbers else Decimal(0),
    )


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else Decimal(0)
