"""Codes at a date and over a period, as statistical services name it: codesAt, codes from–to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from kemu.api.http.answers import CSV, TABLE, Forms, media, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import models
from kemu.api.lookup.codes import Scheme
from kemu.api.lookup.editions import FIRST_YEAR, LAST_YEAR, begun, whole
from kemu.classification import Concept, load
from kemu.classification.lookup.selection import selected
from kemu.classification.tables.concept import Standing
from kemu.errors import InputError

COLUMNS = (
    "code", "name", "level", "parent", "validFrom", "validTo", "validFromBasis", "validToBasis",
    "certain", "possible", "unknown",
)  # fmt: skip
_STANDINGS = (Standing.CERTAIN, Standing.POSSIBLE, Standing.UNKNOWN)
_SELECT = Query(max_length=2000, description="代码、范围或通配")
_LEVEL = Query(max_length=4, description="类、款、项、目")

router = APIRouter(tags=["editions"], responses=RESPONSES)


@router.get(
    "/schemes/{scheme}/codesAt",
    summary="某一天有效的科目 / Codes at a date",
    description="科目按预算年度施行，一天有效的就是那一年的；与该年版本相同。",
    responses={
        200: {"description": "按代码排列", "model": models.Edition, "content": media(JSON, CSV)}
    },
    dependencies=[TABLE],
)
def codes_at(
    request: Request,
    scheme: Scheme,
    date: Annotated[Date, Query(description="年-月-日", examples=["2024-07-01"])],
    select: Annotated[str, _SELECT] = "",
    level: Annotated[list[str], _LEVEL] = [],  # noqa: B006
) -> Response:
    """Return the codes of the fiscal year that a date lies in."""
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        message = f"{date.year} 不在 {FIRST_YEAR}—{LAST_YEAR} 年之间"
        raise InputError("E-API-YEARS", message, "date", "请换一个日期。")
    return whole(request, scheme, date.year, select, level, [], 0, None)


@router.get(
    "/schemes/{scheme}/codes",
    summary="一段时间里的科目 / Codes over a period",
    description=(
        "期间内可能用过的每一个版本，各附起止年份的界限，以及期间内哪些年有依据、哪些年可能、"
        "哪些年未见依据。改过名的代码有几行。"
    ),
    responses={
        200: {
            "description": "按代码、先后排列", "model": models.Period, "content": media(JSON, CSV)
        }
    },
    dependencies=[TABLE],
)  # fmt: skip
def codes_between(
    request: Request,
    scheme: Scheme,
    first: Annotated[int, Query(alias="from", ge=FIRST_YEAR, le=LAST_YEAR, examples=[2018])],
    last: Annotated[int, Query(alias="to", ge=FIRST_YEAR, le=LAST_YEAR, examples=[2021])],
    select: Annotated[str, _SELECT] = "",
    level: Annotated[list[str], _LEVEL] = [],  # noqa: B006
) -> Response:
    """Return the versions of codes that may have been in use in some year of a period."""
    if first > last:
        raise InputError("E-API-YEARS", f"{first} 晚于 {last}", "from, to", "from 不应晚于 to。")
    begun(scheme, last)
    years = range(first, last + 1)
    editions = {year: set(load().edition(scheme, year)) for year in years}
    used = (c for c in load().concepts(scheme) if any(c in editions[year] for year in years))
    found = selected(used, select, level)
    rows = [_row(c, [year for year in years if c in editions[year]]) for c in found]
    forms = Forms(
        json=lambda: {
            "scheme": scheme,
            "from": first,
            "to": last,
            "total": len(rows),
            "codes": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
        },
        csv=lambda: (COLUMNS, _flat(rows)),
    )
    return respond(request, forms, f"{scheme}-{first}-{last}-codes")


def _row(concept: Concept, years: Sequence[int]) -> list[object]:
    by_standing = [[y for y in years if concept.standing(y) is kind] for kind in _STANDINGS]
    return [
        concept.notation, concept.name, concept.level, concept.parent or None,
        concept.valid_from, concept.valid_to, concept.from_basis or None,
        concept.to_basis or None, *by_standing,
    ]  # fmt: skip


def _flat(rows: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
    for row in rows:
        yield [";".join(map(str, cell)) if isinstance(cell, list) else cell for cell in row]
