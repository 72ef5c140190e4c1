"""What the shapes say about a document: findings, the ledger of rules, the verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kemu import knowledge
from kemu.model.document import Place
from kemu.model.facts import Extraction, Unbound
from kemu.model.reviewed import Review


class Severity(StrEnum):
    """How much a finding weighs."""

    VIOLATION = "violation"
    WARNING = "warning"
    HINT = "hint"


class Status(StrEnum):
    """How a rule ended for one document."""

    PASSED = "passed"
    PARTLY_CHECKED = "partly_checked"
    HINT = "hint"
    WARNING = "warning"
    VIOLATED = "violated"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKABLE = "not_checkable"


class Verdict(StrEnum):
    """The one word for a document."""

    CONFORMS = "conforms"
    HINTS = "hints"
    WARNINGS = "warnings"
    PARTIAL = "partial"
    VIOLATIONS = "violations"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number or text that a finding rests on.

    Attributes:
        role: Its part: `total`, `term`, `stated`, `current`, `base`, `part`, `whole`, `printed`…
        place: Where it is printed.
        quote: What is printed there.
        value: In 元, percent or items; None for text.
        weight: Sign of a term in a sum.
        label: What it measures, in words.
    """

    role: str
    place: Place
    quote: str
    value: Decimal | None = None
    weight: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one rule.

    Attributes:
        id: From rule, file hash and sorted places: the same finding has the same id in every run.
        rule: `R3.1`.
        severity: Its weight.
        messages: Language tag (`zh`, `en`) → message with the numbers filled in.
        evidence: All numbers involved, the one at fault first.
        stated: Number printed; 元, percent or items.
        computed: Number that follows from the others.
        difference: stated − computed.
        bound: How much rounding can explain.
        unit: `元`, `%`, `items`, or empty for text rules.
        cause: Likely slip, language tag → words; empty if not known.
        root: Id of the root cause that explains this finding with others, or empty.
        related: Ids of findings that the same cause explains.
        fingerprint: Joins versions of a document: from rule, labels and words, without the file,
            pages, ordinals and amounts.
    """

    id: str
    rule: str
    severity: Severity
    messages: dict[str, str]
    evidence: tuple[Evidence, ...] = ()
    stated: Decimal | None = None
    computed: Decimal | None = None
    difference: Decimal | None = None
    bound: Decimal | None = None
    unit: str = ""
    cause: dict[str, str] = field(default_factory=dict)
    root: str = ""
    related: tuple[str, ...] = ()
    fingerprint: str = ""


def root_id(sha256: str, place: Place) -> str:
    """Return the id of the root cause that lies in the number printed at a place of a file."""
    text = "\x1f".join(("root", sha256, place.slug))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How one rule ended: what it applied to, what could not be judged, what it found."""

    rule: str
    status: Status
    reason: dict[str, str]
    scope: int
    blocked: int
    violations: int = 0
    warnings: int = 0
    hints: int = 0


class Enough(NamedTuple):
    """What a table, a chapter and a document must have (graph/understanding.toml).

    Attributes:
        share: Of the numbers of a table or chapter, that must have a key.
        few: Numbers up to which a part is small.
        open: How many numbers of a small part may have none, where more have one than not.
        share_compared: Of the numbers of a document, that must take part in checks.
    """

    share: Decimal
    few: int
    open: int
    share_compared: Decimal

    def understood(self, numbers: int, keyed: int) -> bool:
        """Return whether so many numbers with a key are enough."""
        left = numbers - keyed
        small = numbers <= self.few and left <= self.open and left < keyed
        return small or keyed >= self.share * numbers

    def compared(self, numbers: int, in_checks: int) -> bool:
        """Return whether so many numbers of a document in checks are enough."""
        return in_checks >= self.share_compared * numbers


@cache
def enough() -> Enough:
    """Return what is enough."""
    said = knowledge.table("understanding")
    return Enough(Decimal(said["share"]), said["few"], said["open"], Decimal(said["compared"]))


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """How much of one table or chapter was understood.

    Attributes:
        place: The table, or the paragraph in which the chapter begins.
        heading: The chapter's heading, empty for a table and for what stands before any heading.
        pages: First and last page on which its numbers stand; None where there are no pages.
        numbers: Amounts and rates printed in it.
        keyed: Of these, bound with a key: everything that the amount measures is known.
        checked: Of these, taking part in at least one check.
        is_form: A form of targets and scores, whose few amounts are not read.
    """

    place: Place
    heading: str
    pages: tuple[int, int] | None
    numbers: int
    keyed: int
    checked: int
    is_form: bool = False

    @property
    def is_understood(self) -> bool:
        """Whether enough of its numbers have a key."""
        return self.is_form or enough().understood(self.numbers, self.keyed)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the document was understood.

    Attributes:
        numbers: Amounts printed in tables and sentences.
        bound: Of these, tied to a key (or to a claim).
        in_checks: Of these, taking part in at least one check.
        unbound: The others, with the reason.
        parts: The same by table and chapter, in the order of the document; numbers that are no
            amounts of the document (targets, thresholds) and amounts of forms apart.
    """

    numbers: int
    bound: int
    in_checks: int
    unbound: tuple[Unbound, ...] = ()
    parts: tuple[CoveredPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be judged in one table or chapter, for one reason.

    Attributes:
        place: The table, or the paragraph in which the chapter begins.
        heading: The chapter's heading, empty for a table.
        pages: First and last page of the places; None where there are no pages.
        reason: Language tag → why.
        rules: Numbers of the rules that could not judge, in order.
        places: Where, each once.
    """

    place: Place
    heading: str
    pages: tuple[int, int] | None
    reason: dict[str, str]
    rules: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What an equation or a stated change is held to.

    Attributes:
        bound: The largest difference that rounding explains, in 元 or in items.
        at_most: The terms may add to less than the total.
    """

    bound: Decimal
    at_most: bool = False


@dataclass(frozen=True)
class CheckResult:
    """All there is to say about one document.

    Attributes:
        gaps: What was not judged, by table and chapter, in the order of the document.
        report: The SHACL validation report, Turtle.
        held: Slug of an equation or a change → what it is held to; empty where nothing was found.
        review: What is known of the findings from outside the document.
    """

    extraction: Extraction
    verdict: Verdict
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerRow, ...]
    coverage: Coverage
    report: str = ""
    gaps: tuple[Gap, ...] = ()
    held: Mapping[str, Held] = field(default_factory=dict)
    review: Review = Review()
