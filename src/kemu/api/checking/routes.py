"""The address to which a document is sent."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from kemu.api.checking.upload import FORM, received
from kemu.api.checking.work import Checking, while_connected
from kemu.api.http.negotiation import HTML, JSON, TURTLE, XLSX, choose
from kemu.api.http.problems import RESPONSES, problem

PATH = "/check"
_FORMS = {JSON: "json", HTML: "html", XLSX: "xlsx", TURTLE: "ttl"}
_FILE = {"type": "string", "format": "binary"}

router = APIRouter(tags=["check"], responses=RESPONSES)


@router.post(
    PATH,
    summary="检查一份公开文件 / Check a document",
    description=(
        "文件放在表单里，或者请求体就是文件本身（这时必须写 name）。例：\n\n"
        "`curl -F file=@预算.pdf http://127.0.0.1:8000/api/v1/check`\n\n"
        "`curl --data-binary @预算.pdf 'http://127.0.0.1:8000/api/v1/check?name=预算.pdf'`"
    ),
    responses={
        200: {
            "description": "结论和每一处问题；格式由 Accept 决定",
            "headers": {
                "Kemu-Verdict": {
                    "description": "conforms、hints、warnings、partial、violations 或 not_checked",
                    "schema": {"type": "string"},
                }
            },
            "content": {JSON: {}, HTML: {}, XLSX: {}, TURTLE: {}},
        },
        413: problem("文件太大"),
        415: problem("文件装在别的东西里"),
        503: problem("正在检查的文件太多，或这份文件检查得太久"),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": _FILE},
                FORM: {"schema": {"type": "object", "properties": {"file": _FILE}}},
            },
        }
    },
)
async def check(
    request: Request,
    name: Annotated[
        str | None,
        Query(description="文件名，报告里用；表单里的文件自己有名称", min_length=1, max_length=200),
    ] = None,
    lang: Annotated[Literal["zh", "en"], Query(description="报告的语言")] = "zh",
) -> Response:
    """Return the report on the document in the request's body."""
    media = choose(request, tuple(_FORMS))
    checking: Checking = request.app.state.checking
    with checking.place(), tempfile.TemporaryDirectory(prefix="kemu-") as folder:
        upload = await received(request, Path(folder), name)
        found = await while_connected(request, lambda: checking.report(upload, _FORMS[media], lang))
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    headers = {"Kemu-Verdict": found.headline, "Cache-Control": "no-store"}
    return Response(found.body, media_type=media + charset, headers=headers)
