"""The Reconciliation Service API 1.0-draft of the W3C Community Group, beside version 0.2.

Its manifest and answers differ too much for one address: the root of the draft is
`/reconcile/1.0-draft`, with `/match`, `/suggest/…`, `/preview`, `/extend` and `/extend/propose`.
JSONP is no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request, Response

from kemu import __version__
from kemu.api.reconciliation import extension, protocol, version_0_2
from kemu.api.reconciliation.protocol import Json
from kemu.classification.lookup.reconcile import Condition
from kemu.classification.lookup.reconcile import Query as Asked
from kemu.errors import InputError, KemuError

VERSION = "1.0-draft"

router = APIRouter(prefix=f"{version_0_2.PATH}/{VERSION}", include_in_schema=False)


@router.get("")
def manifest(request: Request) -> Response:
    """Return the manifest of the service."""
    lang = protocol.language(request)
    here = protocol.root(request)
    setting = {
        "id": "year",
        "name": protocol.said("setting_year", lang),
        "type": "number",
        "default": 0,
        "helpText": protocol.said("setting_year_help", lang),
    }
    value = {
        "versions": [VERSION],
        "name": protocol.said("name", lang),
        "lang": "zh",
        "documentation": f"{here}/openapi.json",
        "serviceVersion": __version__,
        "defaultTypes": protocol.types(lang),
        "view": {"url": f"{here}{version_0_2.PATH}/view/{{id}}"},
        "preview": {"width": protocol.WIDTH, "height": protocol.HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": [setting]},
        "batchSize": protocol.BATCH,
        "standardizedScore": True,
    }
    return version_0_2.answered(value, lang)


@router.post("/match")
async def match(request: Request) -> Response:
    """Return the candidates of every query of a batch, in order."""
    lang = protocol.language(request)
    body = protocol.decoded(await request.body(), "queries")
    queries = body.get("queries") if isinstance(body, Mapping) else None
    if not isinstance(queries, list):
        raise InputError("E-RECONCILE-QUERY", "请求体应为 {“queries”: […]}", "queries")
    if len(queries) > protocol.MOST_BATCH:
        message = f"有 {len(queries)} 个查询，最多 {protocol.MOST_BATCH} 个"
        raise InputError("E-API-SIZE", message, "queries", f"每批 {protocol.BATCH} 个为宜。")
    found = await anyio.to_thread.run_sync(lambda: [_answer(query, lang) for query in queries])
    return version_0_2.answered({"results": found}, lang)


def _answer(query: object, lang: str) -> Json:
    try:
        return {"candidates": protocol.candidates(_query(query), lang)}
    except KemuError as error:
        return {"candidates": [], "error": protocol.failed(error)}


def _query(value: object) -> Asked:
    """Return a query of a batch.

    Raises:
        InputError: It is not of the form that the draft wants.
    """
    if not isinstance(value, Mapping):
        raise InputError("E-RECONCILE-QUERY", "查询应为对象", "queries")
    listed = value.get("conditions")
    if not isinstance(listed, list) or not listed:
        raise InputError("E-RECONCILE-QUERY", "conditions 应为至少一项的数组", "conditions")
    if isinstance(value.get("type"), list):
        raise InputError("E-RECONCILE-QUERY", "type 只能是一个", "type")
    names: list[str] = []
    conditions = []
    for one in listed:
        kind = one.get("matchType") if isinstance(one, Mapping) else None
        if kind not in ("name", "property") or "propertyValue" not in one:
            message = "每个条件应有 matchType（name 或 property）和 propertyValue"
            raise InputError("E-RECONCILE-QUERY", message, "conditions")
        if kind == "name":
            names += protocol.values_of(one["propertyValue"])
        else:
            conditions.append(_condition(one))
    schemes, limit = protocol.schemes_of(value.get("type")), protocol.limit_of(value.get("limit"))
    return Asked(names[0] if names else "", schemes, limit, tuple(conditions))


def _condition(value: Mapping[str, object]) -> Condition:
    return protocol.condition(
        str(value.get("propertyId", "")),
        value["propertyValue"],
        str(value.get("matchQuantifier", "any")),
        value.get("required") is True,
    )


@router.get("/suggest/{kind}")
def suggested(
    request: Request,
    kind: str,
    prefix: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Response:
    """Return entities, properties or types that begin with what was typed."""
    lang = protocol.language(request)
    found = version_0_2.suggestions(kind, prefix, offset, limit, lang)
    return version_0_2.answered({"result": found}, lang)


@router.get("/preview")
def preview(request: Request, id: Annotated[str, Query(max_length=60)]) -> Response:
    """Return a small page about a code, to be shown in a frame."""
    return version_0_2.preview(request, id)


@router.post("/extend")
async def extend(request: Request) -> Response:
    """Return the values of properties of codes."""
    lang = protocol.language(request)
    ids, wanted = extension.asked(protocol.decoded(await request.body(), "extend"))
    names = {one["id"]: one["name"] for one in protocol.properties(lang)}
    code = {"id": protocol.ANY, "name": protocol.types(lang)[0]["name"]}
    value = {
        "meta": [
            {"id": name, "name": names.get(name, name)}
            | ({"type": code} if protocol.is_entity(name) else {})
            for name, _ in wanted
        ],
        "rows": [
            {
                "id": one,
                "properties": [
                    {"id": name, "values": extension.extended(one, name, year)}
                    for name, year in wanted
                ],
            }
            for one in ids
        ],
    }
    return version_0_2.answered(value, lang)


@router.get("/extend/propose")
def proposed(
    request: Request,
    type_: Annotated[str, Query(alias="type", max_length=60)] = protocol.ANY,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
) -> Response:
    """Return the properties that may be fetched for codes of a type."""
    return version_0_2.proposed(request, type_, limit)
