"""What there is to say about one code beside itself: tree, history, correspondences, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from kemu.api.http.answers import ALL, CSV, TABLE, Forms, media, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import models
from kemu.api.lookup.codes import OneScheme, Year, missing
from kemu.classification import SCHEMES, Concept, active, load, shipped
from kemu.classification.history.changes import Change
from kemu.classification.lookup.entry import Entry, Link, cofog_row, entry, validity
from kemu.classification.lookup.query import checked_year, lookup, unmarked
from kemu.classification.rdf.correspondences import correspondences_of
from kemu.classification.rdf.versions import codes
from kemu.errors import InputError

Code = Annotated[str, Path(description="代码，可带点或空格", max_length=60, examples=["2080505"])]
YEARS = {"ge": 2007, "le": 2100}

router = APIRouter(prefix="/codes/{code}", tags=["codes"], responses=RESPONSES)


def known(code: str, year: int | None, scheme: str | None) -> Concept:
    """Return the version of a code in a year, or the nearest if the year is out of its life.

    Raises:
        InputError: The text has not the form of a code, or the year is out of range.
        NotFoundError: The tables have no such code.
    """
    table = load()
    digits = table.digits(unmarked(code))
    domains = table.domain(digits)
    if not domains:
        raise InputError(
            "E-API-CODE", f"“{code[:20]}”不是科目代码", "code",
            "代码是3、5、7或9位数字，以1、2、3、5开头；按名称查请用 /api/v1/codes?q=。",
        )  # fmt: skip
    year = checked_year(year)
    for one in (scheme,) if scheme else domains:
        if concept := table.get(one, digits, year) or table.get(one, digits):
            return concept
    raise missing(lookup(load(), digits, year, (scheme,) if scheme else SCHEMES))


_TREE = ("relation", "scheme", "code", "name", "level")


@router.get(
    "/hierarchy",
    summary="上下左右的科目 / Breadcrumb, children, siblings",
    responses={
        200: {"model": models.Hierarchy, "description": "上级、下级、同级", "content": media(*ALL)}
    },
    dependencies=[TABLE],
)
def hierarchy(
    request: Request, code: Code, year: Year = None, scheme: OneScheme = None
) -> Response:
    """Return the codes above, below and beside a code."""
    concept = known(code, year, scheme)
    table = load()
    path = entry(table, concept, year).path
    below = table.children(concept.scheme, concept.notation, year)
    beside = table.siblings(concept.scheme, concept.notation, year)
    groups = {
        "breadcrumb": [_link(link) for link in path],
        "children": [_short(c, year) for c in below],
        "siblings": [_short(c, year) for c in beside],
    }
    all_codes = [(concept.scheme, str(one["code"])) for group in groups.values() for one in group]
    forms = Forms(
        json=lambda: _short(concept, year) | {"year": year} | groups,
        csv=lambda: (
            _TREE,
            [[name, *(one.get(c) for c in _TREE[1:])] for name, g in groups.items() for one in g],
        ),
        rdf=lambda: codes(load().history, all_codes),
    )
    return respond(request, forms)


def _short(concept: Concept, year: int | None) -> dict[str, object]:
    name = concept.name if year is None else concept.name_in(year)
    return {
        "scheme": concept.scheme,
        "code": concept.notation,
        "name": name,
        "level": concept.level,
    }


def _link(link: Link) -> dict[str, object]:
    level = load().get(link.scheme, link.code)
    return {**link.to_json(), "level": level.level if level else None}


_HISTORY = (
    "year", "kind", "before", "after", "basis", "confidence", "sources", "notBefore", "notAfter",
    "supposedYear",
)  # fmt: skip


@router.get(
    "/history",
    summary="一个代码的来历 / History of a code",
    responses={
        200: {
            "model": models.History,
            "description": "各年的名称和每一次变化",
            "content": media(*ALL),
        }
    },
    dependencies=[TABLE],
)
def history(request: Request, code: Code, scheme: OneScheme = None) -> Response:
    """Return all versions of a code and the changes it took part in."""
    concept = known(code, None, scheme)
    versions = load().versions(concept.scheme, concept.notation)
    changes = load().history.lineage(concept.scheme, concept.notation)
    forms = Forms(
        json=lambda: {
            "scheme": concept.scheme,
            "code": concept.notation,
            "versions": [_version(one) for one in versions],
            "changes": [change.to_json() for change in changes],
        },
        csv=lambda: (_HISTORY, [_changed(change) for change in changes]),
        rdf=lambda: codes(load().history, [(concept.scheme, concept.notation)]),
    )
    return respond(request, forms)


def _version(concept: Concept) -> dict[str, object]:
    return {
        "name": concept.name,
        "parent": concept.parent or None,
        "validFrom": concept.valid_from,
        "validTo": concept.valid_to,
        "validFromBasis": concept.from_basis or None,
        "validToBasis": concept.to_basis or None,
        "validity": validity(concept),
        "status": concept.status,
        "confidence": concept.confidence,
        "yearsSeen": list(concept.years_seen),
    }


def _changed(change: Change) -> Sequence[object]:
    before, after = (";".join(map(str, side)) for side in (change.before, change.after))
    return [
        change.year, change.kind, before, after, change.basis, change.confidence,
        ";".join(change.sources), *change.bounds, change.supposed,
    ]  # fmt: skip


@router.get(
    "/equivalents",
    summary="跨年度可比的科目 / Codes comparable across years",
    responses={
        200: {
            "model": models.Equivalents,
            "description": "含有它的最小可比组，合并拆分都列出",
            "content": media(JSON, CSV),
        }
    },
    dependencies=[TABLE],
)
def equivalents(
    request: Request,
    code: Code,
    first: Annotated[int, Query(alias="from", examples=[2018], **YEARS)],
    last: Annotated[int, Query(alias="to", examples=[2024], **YEARS)],
    scheme: OneScheme = None,
) -> Response:
    """Return the smallest groups of codes that mean the same spending in two years."""
    found = load().history.equivalent(code, first, last, scheme)
    members = [("from", m) for m in found.sources] + [("to", m) for m in found.targets]
    forms = Forms(
        json=found.to_json,
        csv=lambda: (("side", "code", "name"), [[s, m.notation, m.name] for s, m in members]),
    )
    return respond(request, forms)


_MAPPING = ("target", "code", "name", "match", "confidence", "source")


@router.get(
    "/correspondences",
    summary="与另一套分类的对应 / Correspondences to other classifications",
    responses={
        200: {
            "model": models.Correspondences,
            "description": "部门、政府经济分类互相对应，COFOG；附匹配类型",
            "content": media(*ALL),
        }
    },
    dependencies=[TABLE],
)
def correspondences(
    request: Request, code: Code, year: Year = None, scheme: OneScheme = None
) -> Response:
    """Return the codes of other classifications that a code corresponds to."""
    concept = known(code, year, scheme)
    about = entry(load(), concept, year)
    rows = [*_counterparts(about), *_cofog(about)]
    forms = Forms(
        json=lambda: (
            _short(concept, year)
            | {"correspondences": [dict(zip(_MAPPING, row, strict=True)) for row in rows]}
        ),
        csv=lambda: (_MAPPING, rows),
        rdf=lambda: correspondences_of(load(), concept.scheme, concept.notation),
    )
    return respond(request, forms)


def _counterparts(about: Entry) -> list[list[object]]:
    """Return the economic counterparts; one of several is a related match, not the same."""
    match = "closeMatch" if len(about.counterparts) == 1 else "relatedMatch"
    return [
        [link.scheme, link.code, link.name, match, link.confidence, "economic_mapping"]
        for link in about.counterparts
    ]


def _cofog(about: Entry) -> list[list[object]]:
    row = cofog_row(about.concept)
    if row is None:
        return []
    # A division of COFOG holds far more than one Chinese code.
    division, name = row["cofog_division"], row["cofog_name"]
    return [["cofog", division, name, "broadMatch", row["confidence"], "analyst"]]


@router.get(
    "/evidence",
    summary="多少份文件印出它 / Which documents print a code",
    responses={
        200: {
            "model": models.Evidence,
            "description": "名称、解释的各种写法和份数；没有科目库时只有自带的来源",
            "content": {JSON: {}},
        }
    },
)
def evidence(request: Request, code: Code, scheme: OneScheme = None) -> Response:
    """Return which documents print a code with which name, and define it how."""
    from kemu.classification.store.attested import attested

    table = load()
    digits = table.digits(unmarked(code))
    store = active()
    if store is not None and (domains := table.domain(digits)):
        found = attested(store, shipped(), scheme or domains[0], digits)
        if found.names or found.official or found.name:
            return respond(request, Forms(json=lambda: _attested(found.to_json(), digits)))
    concept = known(code, None, scheme)
    empty = {"documentsRecorded": 0, "names": [], "official": [], "definitions": []}
    value = _short(concept, None) | empty | {"confidence": concept.confidence}
    return respond(request, Forms(json=lambda: _attested(value, digits)))


def _attested(value: dict[str, object], digits: str) -> dict[str, object]:
    """Return evidence with what the shipped tables rest on."""
    concept = load().get(str(value["scheme"]), digits)
    return value | {
        "shipped": {
            "yearsSeen": list(concept.years_seen) if concept else [],
            "sources": list(concept.sources) if concept else [],
        }
    }
