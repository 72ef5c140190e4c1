"""The SPARQL endpoint."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from kemu.api.asking import protocol
from kemu.api.asking.description import description
from kemu.api.asking.work import Asking, form_of
from kemu.api.checking.work import while_connected
from kemu.api.http.answers import CSV, RDF_FORMS
from kemu.api.http.negotiation import JSON, choose
from kemu.api.http.problems import RESPONSES, problem
from kemu.classification.rdf.serialised import serialised

PATH = "/sparql"
RESULTS_JSON = "application/sparql-results+json"
ROWS = {
    RESULTS_JSON: "json", "application/sparql-results+xml": "xml", CSV: "csv",
    "text/tab-separated-values": "tsv", JSON: "json", "application/xml": "xml",
}  # fmt: skip
_TEXT = {"schema": {"type": "string"}}
_ABOUT: dict[str, Any] = {
    "summary": "SPARQL 1.1 查询 / SPARQL 1.1 query",
    "description": (
        "只读。没有 query 参数的 GET 给出服务说明。"
        "缺省图是全部现行图的并集；被替换的旧版本要用 FROM 写明。\n\n"
        "`curl --data-urlencode 'query=SELECT * WHERE { ?s ?p ?o } LIMIT 9'"
        " http://127.0.0.1:8000/sparql`"
    ),
    "responses": {
        200: {
            "description": "结果；格式由 Accept 决定",
            "content": {media: {} for media in (*ROWS, *RDF_FORMS)}
            | {JSON: {"schema": {"type": "object", "title": "SPARQL 1.1 Query Results JSON"}}},
        },
        415: problem("查询装在别的东西里"),
        503: problem("查询太多，太久，或结果太大"),
    },
}

router = APIRouter(tags=["sparql"], responses=RESPONSES)


@router.get(PATH, **_ABOUT, operation_id="sparql_get", openapi_extra={
    "parameters": [
        {"name": name, "in": "query", "required": False, **_TEXT}
        for name in ("query", "default-graph-uri", "named-graph-uri")
    ]
})  # fmt: skip
async def get(request: Request) -> Response:
    """Return the answer to a query in the address, or the service description."""
    return await answer(request)


@router.post(PATH, **_ABOUT, operation_id="sparql_post", openapi_extra={
    "requestBody": {
        "required": True,
        "content": {
            protocol.QUERY: _TEXT,
            protocol.FORM: {"schema": {
                "type": "object", "properties": {"query": {"type": "string"}},
            }},
        },
    }
})  # fmt: skip
async def post(request: Request) -> Response:
    """Return the answer to a query in the body."""
    return await answer(request)


async def answer(request: Request) -> Response:
    """Return the answer to a request of the SPARQL protocol."""
    asked = await protocol.asked(request)
    if asked is None:
        address = str(request.url).partition("?")[0]
        media = choose(request, tuple(RDF_FORMS))
        return _reply(serialised(description(address), RDF_FORMS[media]), media)
    media = choose(request, tuple(RDF_FORMS) if protocol.makes_graph(asked) else tuple(ROWS))
    asking: Asking = request.app.state.asking
    with asking.place():
        form = form_of(media, ROWS, RDF_FORMS)
        found = await while_connected(request, lambda: asking.answer(asked, form))
    return _reply(found, media)


def _reply(body: bytes, media: str) -> Response:
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    return Response(body, media_type=media + charset, headers=headers)
