"""One code, or what was found for words and numbers, as JSON."""

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
