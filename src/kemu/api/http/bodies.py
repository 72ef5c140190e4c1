"""Bodies of requests are only so large, whoever reads them and however they arrive."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kemu.api.http import problems

_MB = 1024 * 1024


class Bounded:
    """ASGI middleware that answers 413 to what is too large, if it can before it arrives."""

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            most: Bytes of a body at most.
            larger: Path → bytes at most there.
        """
        self.app = app
        self._most = most
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._most)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > most:
            await problems.answer(413, "E-API-SIZE", _said(most), _ADVICE)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, most), send)


_ADVICE = "请拆分后再试；文件也可以在命令行用 kemu check。"


def _said(most: int) -> str:
    size = f"{most // _MB} MB" if most >= _MB else f"{most} 字节"
    return f"请求体超过 {size}"


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413, _said(most))
        return message

    return counting
