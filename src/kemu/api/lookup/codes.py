"""Codes of the classification over HTTP: by number, by name, by printed path; changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, Field

from kemu.api.http.answers import ALL, CSV, TABLE, Forms, media, next_page, respond
from kemu.api.http.negotiation import JSON, reply
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import examples, models
from kemu.api.lookup.tables import of_changes, of_codes
from kemu.classification import SCHEMES, load
from kemu.classification.lookup.query import Answer, Lookup, lookup, resolve, unmarked
from kemu.classification.rdf.terms import Triple
from kemu.classification.rdf.versions import codes as versions_of
from kemu.errors import InputError, KemuError, NotFoundError
from kemu.report.codes.text import lookup_json
from kemu.report.formats.json_text import dumps

Scheme = Literal["functional", "deptEconomic", "govEconomic", "revenue"]
Year = Annotated[int | None, Query(description="按哪一年的科目；不写就是最新", examples=[2019])]
OneScheme = Annotated[Scheme | None, Query(description="只查一套科目")]
Limit = Annotated[int, Query(ge=1, le=200, description="最多几个")]
MOST_ROWS = 1000

router = APIRouter(tags=["codes"], responses=RESPONSES)


class Row(BaseModel):
    """One printed name or path to resolve."""

    text: str = Field(description="照原文写的类、款、项名称，或代码和名称")
    year: int | None = Field(default=None, description="按哪一年的科目")
    parent: str = Field(default="", description="上级代码：text 只有两位数字，或名称重复时")


@router.get(
    "/codes/{code}",
    summary="按代码查科目 / A code by its number",
    responses={
        200: {
            "model": models.Found,
            "description": "科目：所属、年度、曾用名、出处、名词解释",
            "content": media(*ALL, example=examples.CODE),
        },
    },
    dependencies=[TABLE],
)
async def code(
    request: Request,
    code: Annotated[
        str, Path(description="代码，可带点或空格", max_length=60, examples=["2080505"])
    ],
    year: Year = None,
    scheme: OneScheme = None,
) -> Response:
    """Return one code as of a year."""
    # In the event loop: it takes less time than handing it to another thread.
    code = unmarked(code)
    if not load().domain(load().digits(code)):
        raise InputError(
            "E-API-CODE",
            f"“{code[:20]}”不是科目代码",
            "code",
            "代码是3、5、7或9位数字，以1、2、3、5开头；按名称查请用 ?q=。",
        )
    found = lookup(load(), code, year, (scheme,) if scheme else SCHEMES)
    if not found.answers or not found.exact:
        raise missing(found)
    return respond(
        request,
        Forms(
            json=lambda: _answers(found)[0],
            csv=lambda: of_codes(found.answers[:1]),
            rdf=lambda: _triples(found.answers[:1]),
        ),
    )


def missing(found: Lookup) -> NotFoundError:
    """Return the error for a code that there is not, with the codes near it."""
    near = "、".join(f"{a.entry.concept.notation} {a.entry.name}" for a in found.answers[:5])
    advice = f"相近的有：{near}。" if near else ""
    return NotFoundError("E-API-NO-CODE", found.message.removesuffix("相近的有："), "", advice)


def _answers(found: Lookup) -> list[object]:
    answers = lookup_json(found)["answers"]
    assert isinstance(answers, list)
    return answers


def _triples(answers: Sequence[Answer]) -> Iterable[Triple]:
    """Return the codes of answers and what they lie under."""
    table = load()
    concepts = [answer.entry.concept for answer in answers]
    paths = [table.path(c.scheme, c.notation) for c in concepts]
    return versions_of(table.history, ((c.scheme, c.notation) for path in paths for c in path))


@router.get(
    "/codes",
    summary="按名称查科目 / Codes by name",
    responses={
        200: {
            "model": models.Search,
            "description": "名称、旧称含有这些字的科目，最相符的在前",
            "content": media(*ALL, example=examples.SEARCH),
        }
    },
    dependencies=[TABLE],
)
def search(
    request: Request,
    q: Annotated[
        str, Query(description="名称、名称的一部分、拼音首字母或代码", examples=["养老保险缴费"])
    ],
    year: Year = None,
    scheme: OneScheme = None,
    parent: Annotated[str, Query(max_length=20, description="只查这个代码之下的")] = "",
    level: Annotated[list[Literal["类", "款", "项", "目"]], Query(description="只查这些级次")] = [],  # noqa: B006
    limit: Limit = 20,
    offset: Annotated[int, Query(ge=0, le=10_000, description="跳过几个")] = 0,
) -> Response:
    """Return the codes whose name fits."""
    schemes = (scheme,) if scheme else SCHEMES
    found = lookup(load(), q, year, schemes, offset + limit, parent, level)
    page = replace(found, answers=found.answers[offset:])
    forms = Forms(
        json=lambda: lookup_json(page),
        csv=lambda: of_codes(page.answers),
        rdf=lambda: _triples(page.answers),
    )
    return respond(request, forms, link=next_page(request, offset + limit, found.total))


@router.get(
    "/resolve",
    summary="把印出的名称对应到代码 / A printed path to its code",
    responses={
        200: {
            "model": models.Resolved,
            "description": "代码，或为什么没有",
            "content": {JSON: {"example": examples.RESOLVED}},
        }
    },
)
def resolve_one(
    request: Request,
    text: Annotated[str, Query(description="“…（类）…（款）…（项）”，或一个名称，或代码和名称")],
    year: Year = None,
    parent: Annotated[str, Query(description="上级代码：text 只有两位数字，或名称重复时")] = "",
) -> Response:
    """Return the code that a printed path means; several that fit are all listed."""
    return reply(request, dumps(resolve(load(), text, year, parent).to_json()), JSON)


@router.post(
    "/resolve",
    summary="一次对应许多名称 / Many printed paths at once",
    responses={
        200: {
            "model": list[models.Resolved | models.Unresolved],
            "description": "每行一个结果，次序不变；不对的行带 error",
            "content": {JSON: {}},
        }
    },
)
def resolve_many(
    rows: Annotated[list[Row], Body(max_length=MOST_ROWS, examples=[examples.ROWS])],
) -> Response:
    """Return one answer per row, in order; a bad row is explained and stops no other."""
    return Response(dumps([_resolved(row) for row in rows]), media_type=JSON)


def _resolved(row: Row) -> dict[str, Any]:
    try:
        return resolve(load(), row.text, row.year, row.parent).to_json()
    except KemuError as error:
        return {"text": row.text[:100], "error": {"code": error.code, "detail": error.message}}


@router.get(
    "/changes",
    summary="两个年度之间的变化 / Changes between two years",
    responses={
        200: {
            "model": models.Changes,
            "description": "年度有依据的新设、改名、停用、调整；年度不明的另列，附上已知的界限",
            "content": media(JSON, CSV),
        }
    },
    dependencies=[TABLE],
)
def changed(
    request: Request,
    first: Annotated[int, Query(alias="from", ge=2007, le=2100, examples=[2018])],
    last: Annotated[
        int, Query(alias="to", ge=2007, le=2100, examples=[2020], description="不写就是至今")
    ] = 2100,
    scheme: OneScheme = None,
    undated: Annotated[bool, Query(description="也列出年度不明、可能在其间的变化")] = False,
) -> Response:
    """Return what is known to have changed after one year and up to another, or since."""
    if first >= last:
        raise InputError("E-API-YEARS", f"{first} 不早于 {last}", "from, to", "from 应早于 to。")
    schemes = (scheme,) if scheme else SCHEMES
    found = load().history.between(first, last, schemes)
    open_ = load().history.undated(first, last, schemes) if undated else ()
    listed = {
        "from": first,
        "to": last,
        "changes": [change.to_json() for change in found],
        "undated": [change.to_json() for change in open_],
    }
    return respond(request, Forms(json=lambda: listed, csv=lambda: of_changes((*found, *open_))))
