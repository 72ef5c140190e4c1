"""Checking an uploaded document over HTTP. Nothing is kept: the file is gone when the answer is."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, Query, Request, Response

from kemu.api.negotiate import HTML, JSON, TURTLE, XLSX, choose
from kemu.api.problems import RESPONSES
from kemu.errors import InputError
from kemu.model.facts import Extraction
from kemu.report import Outcome, render
from kemu.report.listing import worst

MOST_BYTES = 64 * 1024 * 1024
"""Larger uploads are refused; published documents have a few megabytes."""
_AT_ONCE = 2
_FORMS = {JSON: "json", HTML: "html", XLSX: "xlsx", TURTLE: "ttl"}
_limiter = anyio.CapacityLimiter(_AT_ONCE)

router = APIRouter(tags=["check"], responses=RESPONSES)


@router.post(
    "/check",
    summary="检查一份公开文件 / Check a document",
    description="请求体就是文件本身。例：`curl --data-binary @预算.pdf 'http://127.0.0.1:8000/api/v1/check?name=预算.pdf'`",
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
        413: {"description": "文件太大", "content": RESPONSES[400]["content"]},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def check(
    request: Request,
    name: Annotated[str, Query(description="文件名，报告里用", min_length=1, max_length=200)],
    lang: Annotated[Literal["zh", "en"], Query(description="报告的语言")] = "zh",
) -> Response:
    """Return the report on the document in the request's body."""
    media = choose(request, (JSON, HTML, XLSX, TURTLE))
    data = await _body(request)
    outcomes = await anyio.to_thread.run_sync(_checked, data, name, limiter=_limiter)
    body = render(outcomes, _FORMS[media], lang)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    headers = {"Kemu-Verdict": worst(outcomes), "Cache-Control": "no-store"}
    return Response(body, media_type=media + charset, headers=headers)


async def _body(request: Request) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > MOST_BYTES:
            limit = MOST_BYTES // 1024 // 1024
            raise InputError(
                "E-API-SIZE", f"文件超过 {limit} MB", "", "请拆分后再试，或用 kemu check。"
            )
        pieces.append(piece)
    return b"".join(pieces)


def _checked(data: bytes, name: str) -> list[Outcome]:
    """Return the check of a file's bytes, or of each document of an archive, by the user's names.

    Raises:
        InputError: The file cannot be used.
    """
    from kemu.pipeline.documents import of_one
    from kemu.validate import check

    shown = PurePosixPath(name.replace("\\", "/")).name or "文件"
    with tempfile.TemporaryDirectory(prefix="kemu-") as folder:
        path = Path(folder) / f"document{Path(shown).suffix[:8]}"
        path.write_bytes(data)
        try:
            found = of_one(path, shown, check)
        except InputError as error:
            raise replace(error, where=error.where.replace(str(path), shown)) from None
    return [one for one in found if not isinstance(one, Extraction)]
