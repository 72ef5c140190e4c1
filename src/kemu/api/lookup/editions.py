"""Whole classifications over HTTP: one year's edition, what separates two, correspondences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from kemu.api.http.answers import ALL, CSV, TABLE, Forms, media, next_page, path_of, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import models
from kemu.api.lookup.codes import Scheme
from kemu.api.lookup.tables import of_changes
from kemu.classification import SCHEMES, Concept, active, load
from kemu.classification.lookup.selection import selected
from kemu.classification.rdf.correspondences import cofog, correspondence, economic
from kemu.classification.rdf.editions import edition as edition_triples
from kemu.classification.rdf.imported import triples as own_triples
from kemu.classification.rdf.terms import Triple
from kemu.classification.rdf.variants import variants
from kemu.classification.tables.concept import Standing
from kemu.classification.tables.rows import rows, schemes_table
from kemu.classification.tables.variants import local_codes
from kemu.errors import InputError, NotFoundError
from kemu.model import iri

FIRST_YEAR, LAST_YEAR = 2007, 2100
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2024])]
Earlier = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2018])]
COLUMNS = (
    "code", "name", "level", "parent", "budgets", "validFrom", "validTo", "status", "confidence",
    "definition", "standing",
)  # fmt: skip

_IN_EDITION = (Standing.CERTAIN, Standing.POSSIBLE, Standing.UNKNOWN)

router = APIRouter(tags=["editions"], responses=RESPONSES)


@router.get(
    "/schemes",
    summary="有哪些分类 / The classifications",
    responses={
        200: {
            "model": models.Schemes,
            "description": "四套分类，各有多少科目",
            "content": media(JSON, CSV),
        }
    },
    dependencies=[TABLE],
)
def schemes(request: Request) -> Response:
    """Return the classifications."""
    found = [_scheme(scheme) for scheme in SCHEMES]
    columns = ("scheme", "label", "labelEn", "levels", "since", "codes")
    forms = Forms(
        json=lambda: {"schemes": found},
        csv=lambda: (columns, [[one[column] for column in columns] for one in found]),
    )
    return respond(request, forms)


def _scheme(scheme: str) -> dict[str, object]:
    about = schemes_table()[scheme]
    own = [e.year for e in load().editions if any(r.scheme == scheme for r in e.rows)]
    complete = [e.year for e in load().editions if scheme in e.complete]
    return {
        "scheme": scheme,
        "label": about["label_zh"],
        "labelEn": about["label_en"],
        "levels": about["levels"],
        "since": int(about["since"]),
        "codes": sum(1 for _ in load().notations(scheme)),
        "importedEditions": own,
        "completeEditions": complete,
        "iri": iri.scheme(scheme),
    }


@router.get(
    "/schemes/{scheme}/editions/{year}",
    summary="一年的全部科目 / A whole edition",
    description=(
        "整套下载，或用 select（`208*, 20101, 210-213`）、level 挑选，用 offset、limit 分页。\n\n"
        "例：`curl -H 'Accept: text/csv' .../schemes/functional/editions/2024`"
    ),
    responses={200: {"model": models.Edition, "description": "按代码排列", "content": media(*ALL)}},
    dependencies=[TABLE],
)
def whole(
    request: Request,
    scheme: Scheme,
    year: Year,
    select: Annotated[str, Query(max_length=2000, description="代码、范围或通配")] = "",
    level: Annotated[list[str], Query(max_length=4, description="类、款、项、目")] = [],  # noqa: B006
    standing: Annotated[
        list[Literal["certain", "possible", "unknown"]],
        Query(description="certain 当年有文件依据，possible 在已知的界限之内，unknown 未见依据"),
    ] = [],  # noqa: B006
    offset: Annotated[int, Query(ge=0, description="跳过几个")] = 0,
    limit: Annotated[int | None, Query(ge=1, le=5000, description="最多几个；不写就是全部")] = None,
) -> Response:
    """Return the codes of one year's edition."""
    begun(scheme, year)
    chosen = selected(load().edition(scheme, year), select, level)
    chosen = tuple(c for c in chosen if not standing or c.standing(year) in standing)
    page = chosen[offset:] if limit is None else chosen[offset : offset + limit]
    after = offset + len(page)
    more = path_of(request, after) if after < len(chosen) else ""
    part = len(page) != len(load().edition(scheme, year))
    definitions = _definitions(scheme, year)
    forms = Forms(
        json=lambda: {
            "scheme": scheme,
            "year": year,
            "complete": _complete(scheme, year),
            "total": len(chosen),
            **_standings(chosen, year),
            "levels": Counter(str(concept.level) for concept in chosen),
            "offset": offset,
            "next": more or None,
            "codes": [dict(zip(COLUMNS, _row(c, year, definitions), strict=True)) for c in page],
        },
        csv=lambda: (COLUMNS, _flat(page, year, definitions)),
        rdf=lambda: _triples(scheme, year, page if part else None),
    )
    return respond(request, forms, f"{scheme}-{year}", next_page(request, after, len(chosen)))


def _standings(concepts: Sequence[Concept], year: int) -> dict[str, object]:
    """Return how many codes are certain in a year, possible, or not known to be in use."""
    found = Counter(concept.standing(year) for concept in concepts)
    return {str(kind): found[kind] for kind in _IN_EDITION}


def begun(scheme: str, year: int) -> None:
    """Check that a classification is in force in a year.

    Raises:
        NotFoundError: It is not yet.
    """
    since = int(schemes_table()[scheme]["since"])
    if year < since:
        raise NotFoundError(
            "E-API-EDITION", f"{scheme} 自 {since} 年起施行，没有 {year} 年版", "", "请换一个年份。"
        )


def _definitions(scheme: str, year: int) -> dict[str, str]:
    store = active()
    own = store.edition(year) if store else None
    return {r.code: r.definition for r in own.rows if r.scheme == scheme} if own else {}


def _complete(scheme: str, year: int) -> bool:
    return any(e.year == year and scheme in e.complete for e in load().editions)


def _row(concept: Concept, year: int, definitions: dict[str, str]) -> list[object]:
    return [
        concept.notation, concept.name_in(year), concept.level, concept.parent or None,
        list(concept.budget), concept.valid_from, concept.valid_to, concept.status,
        concept.confidence, definitions.get(concept.notation), concept.standing(year),
    ]  # fmt: skip


def _flat(
    page: Sequence[Concept], year: int, definitions: dict[str, str]
) -> Iterable[Sequence[object]]:
    for concept in page:
        row = _row(concept, year, definitions)
        yield [";".join(cell) if isinstance(cell, list) else cell for cell in row]


def _triples(scheme: str, year: int, page: Sequence[Concept] | None) -> Iterable[Triple]:
    """Yield an edition, or of a part of it only what is said of the concepts chosen."""
    found = [*edition_triples(load(), scheme, year)]
    for own in load().editions:
        if own.year == year:
            found += [t for t in own_triples(own) if not _of_other(t, scheme)]
    if page is None:
        yield from found
        return
    wanted = {f"{iri.edition(scheme, year)}/{concept.notation}" for concept in page}
    yield from (triple for triple in found if triple[0].value in wanted)


def _of_other(triple: Triple, scheme: str) -> bool:
    """Return whether a triple is about another classification that the same book prints."""
    others = (iri.scheme(other) + "/" for other in SCHEMES if other != scheme)
    return triple[0].value.startswith(tuple(others))


@router.get(
    "/schemes/{scheme}/variants",
    summary="地方细化代码 / Local codes",
    responses={
        200: {
            "model": models.Variants,
            "description": "每个地方一套，从不并入国家科目",
            "content": media(*ALL),
        }
    },
    dependencies=[TABLE],
)
def local(
    request: Request,
    scheme: Scheme,
    division: Annotated[str, Query(max_length=20, description="地方的名称或行政区划代码")] = "",
) -> Response:
    """Return the local codes of a classification, of all places or of one."""
    found = [
        one
        for one in local_codes()
        if one.scheme == scheme and division in ("", one.division, one.division_code)
    ]
    columns = ("division", "divisionCode", "code", "name", "parent", "documents", "years")
    forms = Forms(
        json=lambda: {"scheme": scheme, "codes": [one.to_json() for one in found]},
        csv=lambda: (
            columns,
            [
                [
                    one.division,
                    one.division_code,
                    one.code,
                    one.name,
                    one.parent,
                    one.documents,
                    ";".join(map(str, one.years)),
                ]
                for one in found
            ],
        ),  # fmt: skip
        rdf=lambda: variants(scheme, load()),
    )
    return respond(request, forms, f"{scheme}-variants")


@router.get(
    "/schemes/{scheme}/correspondences/{first}-{last}",
    summary="两年版本的对照 / Correspondence of two editions",
    responses={
        200: {
            "model": models.Correspondence,
            "description": "只列不同的；新设的左边空，停用的右边空",
            "content": media(*ALL),
        }
    },
    dependencies=[TABLE],
)
def between(request: Request, scheme: Scheme, first: Earlier, last: Year) -> Response:
    """Return what separates two editions, as a table of correspondence."""
    if first >= last:
        raise InputError("E-API-YEARS", f"{first} 不早于 {last}", "", "前一个年份应较早。")
    found = load().history.supposed(first, last, (scheme,))
    forms = Forms(
        json=lambda: {
            "scheme": scheme,
            "from": first,
            "to": last,
            "changes": [change.to_json() for change in found],
        },
        csv=lambda: of_changes(found),
        rdf=lambda: correspondence(load().history, scheme, first, last),
    )
    return respond(request, forms, f"{scheme}-{first}-{last}")


@router.get(
    "/correspondences/{table}",
    summary="分类之间的对照表 / Tables between classifications",
    responses={
        200: {
            "model": models.Mapping,
            "description": "economic：政府与部门经济分类；cofog：功能分类与 COFOG",
            "content": media(*ALL),
        }
    },
    dependencies=[TABLE],
)
def mapping(request: Request, table: Literal["economic", "cofog"]) -> Response:
    """Return a table of correspondence between two classifications, whole."""
    file = {"economic": "economic_mapping.csv", "cofog": "cofog.csv"}[table]
    found = list(rows(file))
    forms = Forms(
        json=lambda: {"table": table, "rows": found},
        csv=lambda: (tuple(found[0]), [list(row.values()) for row in found]),
        rdf=economic if table == "economic" else lambda: cofog(load()),
    )
    return respond(request, forms, table)
