"""Access from pages of other origins (CORS): to what only reads codes, and to nothing else."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALLOW = [(b"access-control-allow-origin", b"*")]
_PREFLIGHT = [
    *_ALLOW,
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"accept, accept-language, content-type, if-none-match"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
_EXPOSE = (b"access-control-expose-headers", b"ETag, Link")


class CrossOrigin:
    """ASGI middleware: answers preflights and marks answers below some paths as open to all.

    Nothing here knows cookies or credentials, so `*` gives no page more than any program has.
    """

    def __init__(self, app: ASGIApp, is_open: Callable[[str], bool]) -> None:
        self.app = app
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not self._is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        asked = {name for name, _ in scope["headers"]}
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in asked:
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            await send({"type": "http.response.body", "body": b""})
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", []), *_ALLOW, _EXPOSE]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, sending)
