"""Codes through the years, whole editions, and what documents print, as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kemu.api.lookup.models.answers import Answer, Levelled, LocalCode, Named, Year
from kemu.classification.tables.concept import Confidence, Level, Scheme, Standing, Status


class Change(Answer):
    """A change of the classification: what stood before, what after, and in which year."""

    kind: str
    label: str
    scheme: Scheme
    year: Year
    before: list[Named]
    after: list[Named]
    basis: str | None
    confidence: Confidence
    sources: list[str]
    not_before: Year
    not_after: Year
    supposed_year: Year


class Changes(Answer):
    """Changes between two years; those of unknown year apart."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")
    changes: list[Change]
    undated: list[Change]


class Correspondence(Answer):
    """What separates two editions of a classification."""

    scheme: Scheme
    first: int = Field(alias="from")
    last: int = Field(alias="to")
    changes: list[Change]


class Hierarchy(Levelled):
    """What stands above, below and beside a code."""

    year: Year
    breadcrumb: list[Levelled]
    children: list[Levelled]
    siblings: list[Levelled]


class Version(Answer):
    """One version of a code."""

    name: str
    parent: str | None
    valid_from: Year
    valid_to: Year
    valid_from_basis: str | None
    valid_to_basis: str | None
    validity: str
    status: Status
    confidence: Confidence
    years_seen: list[int]


class History(Answer):
    """All versions of a code, and its changes."""

    scheme: Scheme
    code: str
    versions: list[Version]
    changes: list[Change]


class Equivalents(Answer):
    """The smallest groups of codes that mean the same in two years."""

    scheme: Scheme
    first: int = Field(alias="from")
    last: int = Field(alias="to")
    sources: list[Named]
    targets: list[Named]
    one_to_one: bool
    certain: bool
    changes: list[Change]


class Corresponding(Named):
    """A code of another classification."""

    target: str
    match: str
    confidence: str
    source: str


class Correspondences(Levelled):
    """A code, and those of other classifications that it corresponds to."""

    correspondences: list[Corresponding]


class Shipped(Answer):
    """What the shipped tables rest on."""

    years_seen: list[int]
    sources: list[str]


class Printed(Answer):
    """Where a document prints something."""

    document: str
    place: str
    organisation: str | None
    year: Year


class PrintedName(Answer):
    """A name that documents print for a code."""

    name: str
    official: bool
    documents: int
    organisations: int
    years: list[int]
    with_code: int
    examples: list[Printed]


class PrintedDefinition(Answer):
    """One wording of what documents say a code means."""

    definition: str
    documents: int
    organisations: int
    years: list[int]
    examples: list[Printed]


class Official(Answer):
    """The explanation of an imported book."""

    edition: int
    title: str
    name: str
    definition: str
    place: str


class Evidence(Answer):
    """Which documents print a code; names, explanations and wordings as the store has them."""

    scheme: Scheme
    code: str
    name: str | None
    level: Level | None = None
    documents_recorded: int
    names: list[PrintedName]
    official: list[Official]
    definitions: list[PrintedDefinition]
    confidence: Confidence | None
    confidence_raised: Confidence | None = None
    rule: str | None = None
    shipped: Shipped


class About(Answer):
    """One of the classifications."""

    scheme: Scheme
    label: str
    label_en: str
    levels: str = Field(description="用分号隔开")
    since: int
    codes: int
    imported_editions: list[int]
    complete_editions: list[int]
    iri: str


class Schemes(Answer):
    """The classifications."""

    schemes: list[About]


class InEdition(Named):
    """A code of one year's edition."""

    level: Level
    parent: str | None
    budgets: list[str]
    valid_from: Year
    valid_to: Year
    status: Status
    confidence: Confidence
    definition: str | None
    standing: Standing


class Edition(Answer):
    """One year's edition, whole or the part chosen."""

    scheme: Scheme
    year: int
    complete: bool = Field(description="是否来自一本完整的科目书")
    total: int
    certain: int
    possible: int
    unknown: int
    levels: dict[Level, int] = Field(description="各级各有多少个")
    offset: int
    next: str | None
    codes: list[InEdition]


class InPeriod(Named):
    """A version of a code that may have been in use in some year of a period."""

    level: Level
    parent: str | None
    valid_from: Year
    valid_to: Year
    valid_from_basis: str | None
    valid_to_basis: str | None
    certain: list[int] = Field(description="期间内有文件依据的年份")
    possible: list[int] = Field(description="期间内在已知界限之内的年份")
    unknown: list[int] = Field(description="期间内未见依据的年份")


class Period(Answer):
    """The versions of codes in a period."""

    scheme: Scheme
    first: int = Field(alias="from")
    last: int = Field(alias="to")
    total: int
    codes: list[InPeriod]


class Variants(Answer):
    """Local codes."""

    scheme: Scheme
    codes: list[LocalCode]


class Mapping(Answer):
    """A table of correspondence, whole; its columns are those of the table."""

    table: Literal["economic", "cofog"]
    rows: list[dict[str, str]]
