"""The Reconciliation Service API 0.2, as OpenRefine speaks it: a table of names against codes.

W3C Entity Reconciliation Community Group, final report of April 2023. JSONP is optional in it
and offered for GET, with a callback that can be nothing but a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qs, quote

import anyio
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from kemu import __version__
from kemu.api.reconciliation import extension, protocol
from kemu.api.reconciliation.protocol import Json
from kemu.classification import load
from kemu.classification.lookup.query import lookup
from kemu.classification.lookup.reconcile import Query as Asked
from kemu.errors import InputError, KemuError
from kemu.model import iri
from kemu.report.codes.text import lookup_json
from kemu.report.formats.html import template
from kemu.report.formats.json_text import dumps
from kemu.report.words import Words

PATH = "/reconcile"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,4}")
_FRAMED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *"

router = APIRouter(prefix=PATH, include_in_schema=False)
Callback = Annotated[str | None, Query(max_length=300)]
Prefix = Annotated[str, Query(max_length=200)]
Cursor = Annotated[int, Query(ge=0, le=10_000)]


@router.get("")
async def service(
    request: Request,
    queries: Annotated[str | None, Query()] = None,
    extend: Annotated[str | None, Query()] = None,
    callback: Callback = None,
) -> Response:
    """Return the manifest, or the answers to queries in the address."""
    lang = protocol.language(request)
    if queries is not None:
        value: Json = await anyio.to_thread.run_sync(_batch, queries, lang)
    elif extend is not None:
        value = await anyio.to_thread.run_sync(_extended, extend, lang)
    else:
        value = manifest(protocol.root(request), lang)
    return answered(value, lang, callback)


@router.post("")
async def posted(request: Request) -> Response:
    """Return the answers to queries in a form."""
    lang = protocol.language(request)
    body = await request.body()
    form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    if "queries" in form:
        return answered(await anyio.to_thread.run_sync(_batch, form["queries"][0], lang), lang)
    if "extend" in form:
        return answered(await anyio.to_thread.run_sync(_extended, form["extend"][0], lang), lang)
    message = "表单里没有 queries，也没有 extend"
    raise InputError("E-RECONCILE-QUERY", message, "", "见 /reconcile 的说明。")


def manifest(root: str, lang: str) -> Json:
    """Return the manifest of the service."""
    here = f"{root}{PATH}"
    setting = {
        "name": "year",
        "label": protocol.said("setting_year", lang),
        "type": "number",
        "default": 0,
        "help_text": protocol.said("setting_year_help", lang),
    }
    return {
        "versions": ["0.2"],
        "name": protocol.said("name", lang),
        "identifierSpace": f"{iri.BASE}code/",
        "schemaSpace": iri.ONTOLOGY,
        "documentation": f"{root}/openapi.json",
        "serviceVersion": __version__,
        "defaultTypes": protocol.types(lang),
        "view": {"url": f"{here}/view/{{{{id}}}}"},
        "preview": {
            "url": f"{here}/preview?id={{{{id}}}}",
            "width": protocol.WIDTH,
            "height": protocol.HEIGHT,
        },
        "suggest": {
            kind: {
                "service_url": here,
                "service_path": f"/suggest/{kind}",
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/extend/propose"},
            "property_settings": [setting],
        },
        "batchSize": protocol.BATCH,
    }


def answered(value: object, lang: str, callback: str | None = None) -> Response:
    """Return JSON, or a script that calls a function with it.

    Raises:
        InputError: The callback is no name of a function.
    """
    headers = {"Content-Language": lang, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if callback is None:
        return Response(dumps(value), media_type="application/json", headers=headers)
    if not _CALLBACK.fullmatch(callback):
        raise InputError("E-RECONCILE-QUERY", "callback 不是函数名", "callback")
    # Two characters end a line in JavaScript but not in JSON.
    text = dumps(value).strip().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"/**/{callback}({text});\n", media_type="text/javascript", headers=headers)


def _batch(text: str, lang: str) -> Json:
    """Return the candidates of every query; what is wrong with one stops no other."""
    queries = protocol.decoded(text, "queries")
    if not isinstance(queries, dict):
        raise InputError("E-RECONCILE-QUERY", "queries 应为对象：编号 → 查询", "queries")
    if len(queries) > protocol.MOST_BATCH:
        message = f"有 {len(queries)} 个查询，最多 {protocol.MOST_BATCH} 个"
        raise InputError("E-API-SIZE", message, "queries", f"每批 {protocol.BATCH} 个为宜。")
    return {key: _answer(query, lang) for key, query in queries.items()}


def _answer(query: object, lang: str) -> Json:
    try:
        return {"result": protocol.candidates(_query(query), lang)}
    except KemuError as error:
        return {"result": [], "error": protocol.failed(error)}


def _query(value: object) -> Asked:
    """Return a query of a batch.

    Raises:
        InputError: It is not of the form that the protocol wants.
    """
    if isinstance(value, str):
        value = {"query": value}
    if not isinstance(value, Mapping):
        raise InputError("E-RECONCILE-QUERY", "查询应为对象", "query")
    text, listed = value.get("query", ""), value.get("properties") or []
    if not isinstance(text, str) or not isinstance(listed, list):
        raise InputError("E-RECONCILE-QUERY", "query 应为文字，properties 应为数组", "query")
    conditions = []
    for one in listed:
        if not isinstance(one, Mapping) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise InputError("E-RECONCILE-QUERY", "每个属性应有 pid 和 v", "properties")
        conditions.append(protocol.condition(one["pid"], one["v"]))
    schemes, limit = protocol.schemes_of(value.get("type")), protocol.limit_of(value.get("limit"))
    return Asked(text, schemes, limit, tuple(conditions))


def _extended(text: str, lang: str) -> Json:
    ids, wanted = extension.asked(protocol.decoded(text, "extend"))
    names = {one["id"]: one["name"] for one in protocol.properties(lang)}
    code = {"id": protocol.ANY, "name": protocol.types(lang)[0]["name"]}
    return {
        "meta": [
            {"id": name, "name": names.get(name, name)}
            | ({"type": code} if protocol.is_entity(name) else {})
            for name, _ in wanted
        ],
        "rows": {
            one: {name: extension.extended(one, name, year) for name, year in wanted} for one in ids
        },
    }


@router.get("/suggest/{kind}")
def suggested(
    request: Request, kind: str, prefix: Prefix = "", cursor: Cursor = 0, callback: Callback = None
) -> Response:
    """Return entities, properties or types that begin with what was typed."""
    lang = protocol.language(request)
    return answered({"result": suggestions(kind, prefix, cursor, 20, lang)}, lang, callback)


def suggestions(kind: str, prefix: str, offset: int, limit: int, lang: str) -> list[Json]:
    """Return entities, properties or types that begin with what was typed.

    Raises:
        InputError: There is no such kind.
    """
    if kind == "entity":
        found = protocol.entities(prefix, limit, offset)
        return [
            {
                "id": one.code,
                "name": one.name,
                "description": " · ".join(filter(None, (one.code, one.level, one.path))),
                "notable": [{"id": one.scheme, "name": Words(lang)("scheme", one.scheme)}],
            }
            for one in found
        ]
    items = {"property": protocol.properties, "type": protocol.types}.get(kind)
    if items is None:
        raise InputError(
            "E-RECONCILE-QUERY", f"没有“{kind[:20]}”的提示", "", "entity、property 或 type。"
        )
    return protocol.prefixed(items(lang), prefix)[offset : offset + limit]


@router.get("/flyout/{kind}")
def flyout(
    request: Request, kind: str, id: Annotated[str, Query(max_length=60)], callback: Callback = None
) -> Response:
    """Return a small piece of HTML about an entity, property or type."""
    lang = protocol.language(request)
    if kind == "entity":
        html = _preview(id, lang)
    else:
        items = protocol.properties(lang) if kind == "property" else protocol.types(lang)
        one = next((item for item in items if item["id"] == id), {"name": id})
        html = template("pages/flyout.html").render(
            name=one["name"], about=one.get("description", "")
        )
    return answered({"id": id, "html": html}, lang, callback)


@router.get("/preview")
def preview(request: Request, id: Annotated[str, Query(max_length=60)]) -> Response:
    """Return a small page about a code, to be shown in a frame."""
    lang = protocol.language(request)
    headers = {"Content-Security-Policy": _FRAMED, "Content-Language": lang}
    return Response(_preview(id, lang), media_type="text/html; charset=utf-8", headers=headers)


def _preview(identifier: str, lang: str) -> str:
    concept = protocol.concept_of(identifier)
    values: Any = lookup_json(lookup(load(), identifier, None, (concept.scheme,)))["answers"]
    return template("pages/preview.html").render(a=values[0], w=Words(lang), lang=lang)


@router.get("/extend/propose")
def proposed(
    request: Request,
    type_: Annotated[str, Query(alias="type", max_length=60)] = protocol.ANY,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
    callback: Callback = None,
) -> Response:
    """Return the properties that may be fetched for codes of a type."""
    lang = protocol.language(request)
    protocol.schemes_of(type_)
    found = protocol.properties(lang, "extend")[:limit]
    return answered({"type": type_, "limit": limit, "properties": found}, lang, callback)


@router.get("/view/{identifier}")
def view(identifier: str) -> Response:
    """Lead to the page of a code."""
    concept = protocol.concept_of(identifier)
    return RedirectResponse(f"/code/{concept.scheme}/{quote(concept.notation)}", 303)
