"""Content negotiation by Accept, and answers that a client may keep (ETag)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fastapi import Request, Response

from kemu.api.http.preferences import favourite
from kemu.errors import InputError

JSON = "application/json"
TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
N_TRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose(request: Request, offered: Sequence[str]) -> str:
    """Return the media type to answer with: the client's favourite, our first where it is all one.

    Raises:
        InputError: The client accepts none of them.
    """
    media = preferred(request, offered)
    if media is None:
        accept = request.headers["accept"]
        raise InputError(
            "E-API-ACCEPT", f"没有 {accept[:60]} 格式", "Accept", f"可以是：{'、'.join(offered)}。"
        )
    return media


def preferred(request: Request, offered: Sequence[str]) -> str | None:
    """Return the media type that the client wants most; None if it accepts none of them."""
    return favourite(", ".join(request.headers.getlist("accept")), offered)


def reply(request: Request, body: bytes | str, media: str) -> Response:
    """Return an answer with its ETag; 304 without body where the client has it already."""
    data = body.encode() if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    known = [
        part.strip().removeprefix("W/")
        for part in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(data, media_type=media + charset, headers=headers)
