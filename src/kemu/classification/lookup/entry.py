"""All there is to say about one code, ready to be shown or sent: the answer of a lookup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    Concept,
    Confidence,
    Name,
    Scheme,
    Standing,
    YearBasis,
)
from kemu.classification.tables.rows import rows
from kemu.classification.tables.variants import LocalCode, local

Json = dict[str, object]

BASIS = {
    YearBasis.SOURCED: "有文件依据",
    YearBasis.GENERAL: "凭一般知识，未见文件依据",
    YearBasis.BOUNDED: "由已有文件推得的界限",
}
STANDINGS = {
    Standing.CERTAIN: "当年有文件依据",
    Standing.POSSIBLE: "当年未见依据，年份在已知的界限之内",
    Standing.UNKNOWN: "当年未见依据",
    Standing.OUT: "当年不在用",
}
CONFIDENCE = {
    Confidence.A: "代码与名称同时见于 2012 年以后的文件",
    Confidence.B: "只见于较早或未注明年份的资料",
    Confidence.C: "凭一般知识，未见文件",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Another code, named."""

    scheme: Scheme
    code: str
    name: str
    confidence: str = ""

    def to_json(self) -> Json:
        """Return the link as JSON values."""
        found: Json = {"scheme": self.scheme, "code": self.code, "name": self.name}
        return {**found, "confidence": self.confidence} if self.confidence else found


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as of a year, or as of the latest edition.

    Attributes:
        concept: The version meant.
        year: The year asked for, or None.
        name: Its name in that year.
        valid: Whether nothing known speaks against its use in that year; True without a year.
        standing: How it stands to that year; None without a year.
        local: What places number below the code.
        rivals: The other versions of the code that may have been in use in that year.
        path: From the 类 down to the code itself.
        children: The codes one level below.
        counterparts: For economic codes, the codes of the other economic classification.
        cofog: UN COFOG division, mapped by an analyst.
        cofog_confidence: `high`, `medium` or `low`.
    """

    concept: Concept
    year: int | None
    name: str
    valid: bool
    path: tuple[Link, ...]
    children: tuple[Link, ...]
    counterparts: tuple[Link, ...]
    cofog: str = ""
    cofog_confidence: str = ""
    standing: Standing | None = None
    rivals: tuple[Concept, ...] = ()
    local: tuple[LocalCode, ...] = ()

    @property
    def validity(self) -> str:
        """In which years it is valid, and how well that is known, in Chinese."""
        return validity(self.concept)

    def to_json(self) -> Json:
        """Return the entry as JSON values; what is not known is null or an empty list."""
        concept = self.concept
        return {
            "scheme": concept.scheme,
            "code": concept.notation,
            "name": self.name,
            "level": concept.level,
            "year": self.year,
            "validInYear": self.valid,
            "standing": self.standing,
            "alsoPossible": [{"name": one.name, "validity": validity(one)} for one in self.rivals],
            "path": [link.to_json() for link in self.path],
            "validFrom": concept.valid_from,
            "validTo": concept.valid_to,
            "validFromBasis": concept.from_basis or None,
            "validToBasis": concept.to_basis or None,
            "validity": self.validity,
            "status": concept.status,
            "otherNames": [_name_json(name) for name in concept.names[1:]],
            "budgets": list(concept.budget),
            "children": [link.to_json() for link in self.children],
            "counterparts": [link.to_json() for link in self.counterparts],
            "cofog": self.cofog or None,
            "cofogConfidence": self.cofog_confidence or None,
            "localCodes": [one.to_json() for one in self.local],
            "successors": list(concept.successor),
            "change": concept.change or None,
            "confidence": concept.confidence,
            "confidenceMeans": CONFIDENCE[concept.confidence],
            "yearsSeen": list(concept.years_seen),
            "sources": list(concept.sources),
        }


def entry(table: Codes, concept: Concept, year: int | None = None) -> Entry:
    """Return all there is to say about a version of a code."""
    cofog = cofog_row(concept)
    return Entry(
        concept=concept,
        year=year,
        name=concept.name_in(year),
        valid=year is None or concept.covers(year),
        path=tuple(_links(_path(table, concept, year), year)),
        children=tuple(_links(table.children(concept.scheme, concept.notation, year), year)),
        counterparts=tuple(_counterparts(table, concept)),
        cofog=f"{cofog['cofog_division']} {cofog['cofog_name']}" if cofog else "",
        cofog_confidence=cofog["confidence"] if cofog else "",
        standing=None if year is None else concept.standing(year),
        rivals=_rivals(table, concept, year),
        local=local(concept.scheme, concept.notation),
    )


def validity(concept: Concept) -> str:
    """Return in which years a version is valid, and how well that is known, in Chinese."""
    edges = [_edge(*edge) for edge in concept.edges]
    open_end = "起止年份未考定" if concept.current else "已停用，停用年份未考定"
    if not concept.current and concept.valid_to is None and edges:
        edges.append("停用年份未考定")
    seen = _runs(concept.years_seen)
    coded = _runs(concept.code_seen)
    notes = [f"见于 {seen} 年的文件"] if seen else []
    notes += [f"{coded} 年的文件只印代码"] if coded else []
    return "；".join([*(edges or [open_end]), *notes])


_EDGES = {
    ("From", YearBasis.SOURCED): "{year} 年起（有文件依据）",
    ("From", YearBasis.GENERAL): "约 {year} 年起（凭一般知识，未见文件依据）",
    ("From", YearBasis.BOUNDED): "不早于 {year} 年",
    ("To", YearBasis.SOURCED): "至 {year} 年止（有文件依据）",
    ("To", YearBasis.GENERAL): "约至 {year} 年（凭一般知识，未见文件依据）",
    ("To", YearBasis.BOUNDED): "不晚于 {year} 年",
}


def _edge(edge: str, year: int, basis: YearBasis) -> str:
    return _EDGES[edge, basis].format(year=year)


def _runs(years: tuple[int, ...]) -> str:
    """Return years on one line, those that follow each other as a span."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    return f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run))


def _rivals(table: Codes, concept: Concept, year: int | None) -> tuple[Concept, ...]:
    """Return the other versions of a code that are as likely to be in use in a year."""
    if year is None or concept.standing(year) is Standing.CERTAIN:
        return ()
    versions = table.versions(concept.scheme, concept.notation)
    return tuple(
        one for one in versions if one != concept and one.covers(year) and not one.gone(year)
    )


def _path(table: Codes, concept: Concept, year: int | None) -> tuple[Concept, ...]:
    above = table.path(concept.scheme, concept.parent, year) if concept.parent else ()
    if concept.parent and not above:
        above = table.path(concept.scheme, concept.parent)
    return (*above, concept)


def _links(concepts: tuple[Concept, ...], year: int | None) -> Iterator[Link]:
    for concept in concepts:
        name = concept.name_in(year)
        yield Link(concept.scheme, concept.notation, name)


def _counterparts(table: Codes, concept: Concept) -> Iterator[Link]:
    """Yield the codes of the other economic classification that stand for the same spending."""
    other = {DEPT_ECONOMIC: GOV_ECONOMIC, GOV_ECONOMIC: DEPT_ECONOMIC}.get(concept.scheme)
    if other is None:
        return
    for code, confidence in _mapping().get(concept.notation, ()):
        if found := table.get(other, code):
            yield Link(other, code, found.name, confidence)


@cache
def _mapping() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("economic_mapping.csv"):
        government, department = row["gov_code"], row["dept_code"]
        for one, two in ((government, department), (department, government)):
            found[one] = (*found.get(one, ()), (two, row["confidence"]))
    return found


def cofog_row(concept: Concept) -> dict[str, str] | None:
    """Return the COFOG row of a functional code or of its nearest ancestor."""
    if concept.scheme != FUNCTIONAL:
        return None
    table = _cofog_rows()
    code = concept.notation
    return next((table[code[:end]] for end in (7, 5, 3) if code[:end] in table), None)


@cache
def _cofog_rows() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("cofog.csv") if row["cofog_division"]}


def _name_json(name: Name) -> Json:
    return {
        "name": name.text,
        "kind": name.kind,
        "validFrom": name.valid_from,
        "validTo": name.valid_to,
        "yearsSeen": list(name.attested),
    }
