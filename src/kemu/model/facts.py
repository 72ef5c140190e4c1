"""What extraction observes: facts, blank cells, equations, claims, terms, mentions and spans.

Nothing here says whether anything is right; that is for the shapes. Amounts are `Decimal`, in 元
(or in items for counts), and know half of their last printed digit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, cast, get_args

from kemu.model.document import Document, Place
from kemu.model.doubt import Doubt
from kemu.model.language import (
    ClaimKind,
    Dimension,
    Direction,
    Missing,
    OperandRole,
    Relation,
    ReportingLevel,
    Says,
    Statement,
)
from kemu.model.members import Carry, Consolidation, Flow, Fund, Item, Measure, Nature, Phase

ALL: Final = "all"
"""Dimension member: the total over that dimension."""
NOT_APPLICABLE: Final = "notApplicable"
"""Dimension member: the dimension does not apply to this quantity."""
UNNAMED = "#"
"""Between an organisation and the number of a unit of it that a table lists without its name."""
_ROUNDED = ("money", "area")
_NO_AMOUNTS = frozenset(("policy", "threshold", "reason", "purpose", "detail", "aside", "form"))
"""Why a number is left alone that is no amount of the document, or stands in a form of targets."""
UNDETERMINED: Final = "undetermined"
"""Dimension member: the document does not tell; a fact with one has no key."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an amount measures. Every dimension is always stated.

    A value is the local name of a member in ontology/dimensions.ttl (`generalPublicBudget`),
    a code notation (`2080109`), an organisation id, a project's name, or one of `all`,
    `notApplicable`, `undetermined`.
    """

    organisation: str = UNDETERMINED
    consolidation: Consolidation = UNDETERMINED
    year: str = UNDETERMINED
    phase: Phase = UNDETERMINED
    basis: str = ALL
    flow: Flow = UNDETERMINED
    fund: Fund = UNDETERMINED
    functional: str = ALL
    dept_economic: str = ALL
    gov_economic: str = ALL
    item: Item = ALL
    nature: Nature = ALL
    carry: Carry = ALL
    project: str = ALL
    measure: Measure = "money"

    def but(self, says: Says) -> Key:
        """Return this key with what words say of it."""
        return replace(self, **cast(dict[str, Any], says))

    def digest(self) -> str | None:
        """Return 16 hexadecimal digits over all dimensions, or None if one is undetermined."""
        values: tuple[str, ...] = _values(self)
        if UNDETERMINED in values:
            return None
        return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:16]


DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
_values = attrgetter(*DIMENSIONS)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed number.

    Attributes:
        value: In 元, or in items for counts.
        half_step: Half of the last printed digit, same unit as `value`.
        printed: As printed, without the unit.
        unit: As printed or as the table's unit line says: 元, 万元, 亿元, 辆, 人, …
        factor: 元 (or items) per printed unit.
    """

    value: Decimal
    half_step: Decimal
    printed: str
    unit: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed amount and the key that says what it measures.

    Attributes:
        slug: Unique in the document: the place's slug and `/amount` (or another measure).
        key: What it measures.
        amount: The number.
        place: Where it is printed.
        quote: The words around it (sentence part, or row label and column path).
        label: The row's label or the words that name it in the sentence.
        column_path: Header texts from top to bottom, joined by ` > `; empty in sentences.
        heading: The nearest heading or the table's title.
        torn: Whether it stands in a table that lost cells, and so speaks against nothing.
    """

    slug: str
    key: Key
    amount: Amount
    place: Place
    quote: str
    label: str
    column_path: str = ""
    heading: str = ""
    torn: bool = False

    @property
    def half_step(self) -> Decimal:
        """Half of its last printed digit; whole things that are counted are not rounded."""
        return self.amount.half_step if self.key.measure in _ROUNDED else Decimal(0)


@dataclass(frozen=True, slots=True)
class BlankCell:
    """An amount cell left blank: a key and a place, no amount. Blank is neither 0 nor unknown."""

    slug: str
    key: Key
    place: Place
    label: str = ""
    column_path: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted term of an equation: the slug of a fact or of a blank cell."""

    fact: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Equation:
    """`total` relation Σ weight × part, as the document lays it out. One per total key and block.

    Attributes:
        slug: Unique in the document: block, column and total (`t3/c6/sum-20801`).
        basis: Why the sum should hold; names the rule (graph/bases.toml: `codeHierarchy` → R3.1).
        total: Slug of the fact that is the total.
        parts: The terms.
        relation: `equal`, or `atMost` (Σ parts ≤ total) for lists that say 等/主要包括.
        missing: What a missing term means: `blankIsZero`, `notDisclosed`, `mustBePresent`.
        place: Where the equation's block is (the total's place as a rule).
        doubt: Why it may be misread, though it is the reading taken; None where nothing says so.
    """

    slug: str
    basis: str
    total: str
    parts: tuple[Part, ...]
    relation: Relation = "equal"
    missing: Missing = "blankIsZero"
    place: Place = Place()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated relation between facts.

    Attributes:
        slug: Unique in the document.
        kind: `share`, `change`, `rate`, `completion`, `direction` or `zero`.
        place: Of the stated number or word.
        quote: The sentence part that states it.
        operands: Role → slug of a fact. share: part, whole. change: current, base. rate: current,
            base. completion: actual, budget. direction: left, right. zero: current.
            A role that the document does not print is absent.
        stated: Percent number for share/rate/completion; 元 for change; None for direction, zero.
        stated_half_step: Half of its last printed digit, same unit.
        printed: The stated number or word as printed.
        direction: `increase`, `decrease`, `equal`, `greater`, `less`, or empty.
        change: For a rate: slug of the change claim of the same comparison, or empty.
        group: Slug of the list whose shares or completions belong together, or empty.
        group_complete: The list says or shows that it is exhaustive.
        unit: Unit printed behind the stated number: `%`, `万元`, or empty when missing.
        sole: For a change or rate: no other amount of its sentence could be what it is about.
        unexplained: For a change or rate: the heading under which it is told and no reason is
            given; empty where one is.
    """

    slug: str
    kind: ClaimKind
    place: Place
    quote: str
    operands: dict[OperandRole, str] = field(default_factory=dict)
    stated: Decimal | None = None
    stated_half_step: Decimal | None = None
    printed: str = ""
    direction: Direction = ""
    change: str = ""
    group: str = ""
    group_complete: bool = False
    unit: str = ""
    unexplained: str = ""
    sole: bool = False


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code or name of the classification as printed, and what it was resolved to.

    Attributes:
        slug: Unique in the document.
        place: Where.
        scheme: `functional`, `deptEconomic`, `govEconomic`, `revenue`.
        year: Year in whose classification it is to be read.
        printed_code: As printed, joined (`2080109`), or empty.
        printed_name: As printed (whitespace removed), or empty.
        printed_path: Names of 类, 款, 项 as printed, shortest path first; empty strings where not.
        code: The code it resolves to, or empty where unresolved or ambiguous.
        official_name: The name of that code in that year, or empty.
        differences: How the printed name differs: members of `kemu:NameDifference`, e.g.
            `suffixMissing`, `conjunction`, `formerName`, `typo`, `parentDiffers`.
        candidates: Codes that fit equally well, when ambiguous; those that bear the printed name,
            when it is not the printed code's.
        facts: Slugs of the facts that carry this code because of this mention.
        where: `table`, `sentence` or `glossary`.
    """

    slug: str
    place: Place
    scheme: str
    year: str
    printed_code: str = ""
    printed_name: str = ""
    printed_path: tuple[str, ...] = ()
    code: str = ""
    official_name: str = ""
    differences: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    where: str = "table"


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """One 名词解释 entry: the term as printed, what it resolves to, its definition."""

    slug: str
    place: Place
    term: str
    definition: str
    scheme: str = ""
    code: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Printed text that a rule may judge.

    Attributes:
        slug: Unique in the document.
        kind: `year`, `asOf` (a year or ISO date up to which a stock is told), `comparisonBase`
            (the year compared with, empty where none is printed), `unitName`, `placeholder`,
            `headingNumber`, `tableTitle`, `nameList` (economic items told without amounts),
            `classList` (functional classes told without amounts), `moneyUnit`, `count`, …
        place: Where.
        text: As printed.
        value: Its reading: a year, a name, a list joined by `|`.
        about: What it belongs to: slug of a table or fact, or a word for the slot.
    """

    slug: str
    kind: str
    place: Place
    text: str
    value: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit or department.

    Attributes:
        id: Its code where printed, else its full name.
        name: Full name.
        code: 单位代码, or empty.
        aliases: Other forms of its name printed in the document.
        superior: `id` of the superior, or empty.
        subordinates: Number of subordinate budget units declared, or None.
        budget_level: `一级`, `二级`, … or empty.
    """

    id: str
    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    superior: str = ""
    subordinates: int | None = None
    budget_level: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is. Empty string where it does not say.

    Attributes:
        title: Its title, on one line.
        organisation: `id` of the organisation it reports on.
        year: Fiscal year.
        statement: `budget` (预算) or `finalAccount` (决算).
        level: `department` (部门) or `unit` (单位).
    """

    title: str = ""
    organisation: str = ""
    year: str = ""
    statement: Statement = ""
    level: ReportingLevel = ""


@dataclass(frozen=True, slots=True)
class Unbound:
    """A printed number that was not tied to a meaning, and why.

    Attributes:
        reason: `policy` (a target, a threshold), `noMeaning`, `ambiguous`, `noUnit`, `broken`, …
        kind: What the words before it make it: `amount`, `change`, `rate`, `share`, `completion`.
    """

    place: Place
    printed: str
    quote: str
    reason: str
    kind: str = "amount"

    @property
    def slug(self) -> str:
        """Its name in the document."""
        return f"{self.place.slug}/unbound"

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount or rate of the document that was not understood."""
        return self.reason not in _NO_AMOUNTS


@dataclass(frozen=True)
class Extraction:
    """All that was observed in one document."""

    document: Document
    identity: Identity
    organisations: tuple[Organisation, ...] = ()
    facts: tuple[Fact, ...] = ()
    blanks: tuple[BlankCell, ...] = ()
    equations: tuple[Equation, ...] = ()
    claims: tuple[Claim, ...] = ()
    terms: tuple[DefinedTerm, ...] = ()
    mentions: tuple[CodeMention, ...] = ()
    spans: tuple[Span, ...] = ()
    unbound: tuple[Unbound, ...] = ()
