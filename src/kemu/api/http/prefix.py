"""The whole service below a path, as behind a proxy: `/kemu/code/…` instead of `/code/…`.

Pages link from the root, and know nothing of the path; their links are rewritten here.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LINKS = re.compile(rb"""((?:href|action|src)="|fetch\(")/(?!/)""")


def cleaned(base: str) -> str:
    """Return a path prefix that begins with a slash and ends with none; empty for the root."""
    inner = base.strip().strip("/")
    return f"/{inner}" if inner else ""


class PathPrefix:
    """ASGI middleware that serves an application below a path, and at the root as before."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self._base = cleaned(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the path is seen by the application without the prefix."""
        base = self._base
        if not base or scope["type"] != "http" or not _under(scope["path"], base):
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(base) or "/"
        inner = {**scope, "path": path, "kemu.base": base}
        await self.app(inner, receive, _Rewritten(send, base))


def _under(path: str, base: str) -> bool:
    return path == base or path.startswith(base + "/")


class _Rewritten:
    """A send that puts the prefix before the links and redirects that lead to the root."""

    def __init__(self, send: Send, base: str) -> None:
        self._send = send
        self._base = base.encode()
        self._start: Message | None = None
        self._pieces: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._page(self._start)

    async def _begin(self, message: Message) -> None:
        headers = [self._header(*pair) for pair in message.get("headers", [])]
        message = {**message, "headers": headers}
        kind = next((value for name, value in headers if name == b"content-type"), b"")
        if kind.startswith(b"text/html"):
            self._start = message
        else:
            await self._send(message)

    def _header(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if name == b"location" and value.startswith(b"/"):
            return name, self._base + value
        return name, value

    async def _page(self, start: Message) -> None:
        body = _LINKS.sub(rb"\1" + self._base + b"/", b"".join(self._pieces))
        kept = [pair for pair in start["headers"] if pair[0] != b"content-length"]
        size = (b"content-length", str(len(body)).encode())
        await self._send({**start, "headers": [*kept, size]})
        await self._send({"type": "http.response.body", "body": body})
