"""Suggestions while a user types, and which classification a bare number belongs to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from kemu.api.http.answers import CSV, TABLE, Forms, media, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import models
from kemu.api.lookup.codes import OneScheme, Year
from kemu.classification import SCHEMES, load
from kemu.classification.lookup.query import unmarked
from kemu.classification.lookup.suggest import MOST, suggest
from kemu.classification.tables.rows import schemes_table
from kemu.errors import InputError

router = APIRouter(tags=["codes"], responses=RESPONSES)

_EXAMPLE = {
    "prefix": "住房公积",
    "suggestions": [s.to_json() for s in suggest(load(), "住房公积", limit=1)],
}


@router.get(
    "/suggest",
    summary="边打字边提示 / Suggestions while typing",
    responses={
        200: {
            "model": models.Suggestions,
            "description": "最可能的科目",
            "content": media(JSON, CSV, example=_EXAMPLE),
        }
    },
    dependencies=[TABLE],
)
async def suggestions(
    request: Request,
    q: Annotated[str, Query(description="已输入的字：代码开头、名称的一部分、拼音首字母")] = "",
    year: Year = None,
    scheme: OneScheme = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="最多几个")] = 10,
) -> Response:
    """Return the codes that what was typed so far may become."""
    # In the event loop: it takes less time than handing it to another thread.
    found = suggest(load(), q, year, (scheme,) if scheme else SCHEMES, limit)
    columns = ("scheme", "code", "name", "level", "path", "current", "reason")
    forms = Forms(
        json=lambda: {"prefix": q, "suggestions": [one.to_json() for one in found]},
        csv=lambda: (columns, [list(one.to_json().values()) for one in found]),
    )
    return respond(request, forms)


@router.get(
    "/domain/{number}",
    summary="一个数字属于哪套科目 / Which classification a number belongs to",
    responses={
        200: {
            "model": models.Domains,
            "description": "按位数和首位能属于的分类，是否在表中",
            "content": {JSON: {}},
        }
    },
)
def domain(
    request: Request,
    number: Annotated[str, Path(max_length=60, examples=["30108"])],
    year: Year = None,
) -> Response:
    """Return the classifications that a bare number may belong to by its form."""
    table = load()
    digits = table.digits(unmarked(number))
    schemes = table.domain(digits)
    if not schemes:
        shown = number[:20]
        raise InputError(
            "E-API-CODE",
            f"“{shown}”不是科目代码",
            "number",
            "代码是3、5、7或9位数字，以1、2、3、5开头。",
        )
    return respond(
        request,
        Forms(
            json=lambda: {"number": digits, "domains": [_domain(s, digits, year) for s in schemes]}
        ),
    )


def _domain(scheme: str, digits: str, year: int | None) -> dict[str, object]:
    about = schemes_table()[scheme]
    concept = load().get(scheme, digits, year)
    levels = about["levels"].split(";")
    depth = (len(digits) - 3) // 2
    return {
        "scheme": scheme,
        "label": about["label_zh"],
        "labelEn": about["label_en"],
        "level": levels[depth] if depth < len(levels) else None,
        "known": concept is not None,
        "name": concept.name if concept else None,
    }
