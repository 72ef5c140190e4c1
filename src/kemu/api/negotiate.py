"""Content negotiation by Accept, and answers that a client may keep (ETag)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fastapi import Request, Response

from kemu.api.problems import NotAcceptable

JSON = "application/json"
TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose(request: Request, offered: Sequence[str]) -> str:
    """Return the media type to answer with: the client's favourite, our first where it is all one.

    Raises:
        NotAcceptable: The client accepts none of them.
    """
    accept = request.headers.get("accept") or "*/*"
    wanted = [_parsed(part) for part in accept.split(",")]
    ranked = [
        (max((q for t, q in wanted if _fits(t, media)), default=0.0), media) for media in offered
    ]
    best = max(quality for quality, _ in ranked)
    if best <= 0:
        raise NotAcceptable(
            "E-API-ACCEPT", f"没有 {accept[:60]} 格式", "Accept", f"可以是：{'、'.join(offered)}。"
        )
    return next(media for quality, media in ranked if quality == best)


def _parsed(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                quality = 0.0
    # An exact type weighs a little more than a wildcard of the same quality.
    return media.lower(), quality - (0.001 if media.endswith("*") else 0)


def _fits(wanted: str, media: str) -> bool:
    kind = media.partition("/")[0]
    return wanted in ("*/*", f"{kind}/*", media)


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
