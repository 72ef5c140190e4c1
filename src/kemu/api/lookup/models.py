"""The JSON of the lookup, as the interface description tells it: one model per answer.

Handlers write the values themselves; tests hold every answer against its model, so that a field
without a model, or a model without a field, is an error there.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from kemu.classification.lookup.verdicts import VERDICTS
from kemu.classification.tables.concept import Confidence, Level, Scheme, Standing, Status

Year = int | None


class Answer(BaseModel):
    """A part of an answer; names are written as `validFrom`."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class Named(Answer):
    """A code with its name."""

    code: str
    name: str


class Link(Named):
    """A code of one of the classifications."""

    scheme: Scheme
    confidence: Confidence | None = None


class Levelled(Named):
    """A code with its level."""

    scheme: Scheme
    level: Level | None


class Fitting(Named):
    """A code that may be meant."""

    scheme: Scheme
    score: float | None = Field(default=None, description="0—1")
    reason: str


class Rival(Answer):
    """Another version of the code that may have been in use in the year."""

    name: str
    validity: str


class OtherName(Answer):
    """A name beside the present one."""

    name: str
    kind: str
    valid_from: Year = None
    valid_to: Year = None
    years_seen: list[int] = []


class LocalCode(Named):
    """A code that one place numbers below a national one."""

    division: str
    division_code: str
    scheme: Scheme
    parent: str
    documents: int
    years: list[int]


class Definition(Answer):
    """What a code or item is said to mean, and by whom."""

    scheme: str
    code: str
    item: str
    term: str
    definition: str
    document: str
    place: str
    organisation: str
    year: str
    origin: Literal["project", "book", "documents"] = Field(
        description="project 本项目的说明，book 用户导入的科目书，documents 公开文件"
    )
    documents: int
    organisations: int


class Entry(Levelled):
    """One code as of a year, or as of the latest edition."""

    year: Year
    valid_in_year: bool
    standing: Standing | None
    also_possible: list[Rival]
    path: list[Link]
    valid_from: Year
    valid_to: Year
    valid_from_basis: str | None
    valid_to_basis: str | None
    validity: str = Field(description="哪些年有效、有何依据，一句话")
    status: Status
    other_names: list[OtherName]
    budgets: list[str]
    children: list[Link]
    counterparts: list[Link]
    cofog: str | None
    cofog_confidence: str | None
    local_codes: list[LocalCode]
    successors: list[str]
    change: str | None
    confidence: Confidence
    confidence_means: str
    years_seen: list[int]
    sources: list[str]


class Found(Entry):
    """One code that a query found."""

    score: float
    reason: str
    definitions: list[Definition]


class Search(Answer):
    """What a query found."""

    query: str
    year: Year
    exact: bool = Field(description="false 表示只是相近")
    total: int
    message: str | None
    answers: list[Found]
    terms: list[Definition]


class Resolved(Answer):
    """The code that a printed name or path means."""

    text: str
    year: Year
    printed: list[str] = Field(description="类、款、项各印了什么")
    printed_code: str | None
    code: str | None
    official_name: str | None
    path: list[str]
    differences: list[str]
    score: float
    reason: str
    candidates: list[Fitting]
    near: list[Fitting]
    entry: Entry | None


class RowError(Answer):
    """Why a row could not be used."""

    code: str
    detail: str


class Unresolved(Answer):
    """A row that could not be used."""

    text: str
    error: RowError


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


class Suggestion(Levelled):
    """A code that what was typed may become."""

    path: str
    current: bool
    reason: str


class Suggestions(Answer):
    """Codes that what was typed may become, the likeliest first."""

    prefix: str
    suggestions: list[Suggestion]


class Domain(Answer):
    """A classification that a number may belong to by its form."""

    scheme: Scheme
    label: str
    label_en: str
    level: Level | None
    known: bool
    name: str | None


class Domains(Answer):
    """The classifications that a bare number may belong to."""

    number: str
    domains: list[Domain]


class Verdict(Answer):
    """What there is to say of one row of a batch."""

    row: int
    verdict: str = Field(json_schema_extra={"enum": list(VERDICTS)})
    code: str | None
    scheme: Scheme | None
    official_name: str | None
    differences: list[str]
    message: str
    candidates: list[Fitting]
    error: str | None


class Batch(Answer):
    """A verdict per row, in order."""

    rows: int
    counts: dict[str, int]
    verdicts: list[Verdict]


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
