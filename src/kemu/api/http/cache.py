"""Answers kept in memory: the same question is answered again without asking the application.

Whatever is asked with GET below /api/v1 depends only on the tables and on the user's store. A
change of the store is noticed within a second, and everything kept is dropped. HEAD is answered
as GET without body, for which the application has no routes of its own.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kemu.classification import active, reload

PREFIX = "/api/v1/"
MOST_BYTES = 64 * 1024 * 1024
LARGEST = 512 * 1024
LOOK_AGAIN = 1.0
"""Seconds between two looks at the store."""

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: Headers
    body: bytes
    tag: bytes


class AnswerCache:
    """ASGI middleware that keeps answers, the least recently used dropped first."""

    def __init__(self, app: ASGIApp, most_bytes: int = MOST_BYTES) -> None:
        self.app = app
        self._most = most_bytes
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._looked = 0.0
        self._store = _state()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from what is kept if it can."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if scope["method"] != "GET" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        self._look()
        key, known = _asked(scope)
        kept = self._answers.get(key)
        if kept is None:
            await self.app(scope, receive, self._keeping(key, send) if not known else send)
            return
        self._answers.move_to_end(key)
        await _answer(kept, known, send)

    def _look(self) -> None:
        """Drop everything if the store changed."""
        now = time.monotonic()
        if now - self._looked < LOOK_AGAIN:
            return
        self._looked = now
        state = _state()
        if state != self._store:
            self._store = state
            self._answers.clear()
            self._bytes = 0
            reload()

    def _keeping(self, key: Key, send: Send) -> Send:
        """Return a send that keeps the answer it sends if it is whole, good and not too large."""
        headers: Headers = []
        pieces: list[bytes] = []
        good = False

        async def sending(message: Message) -> None:
            nonlocal headers, good
            if message["type"] == "http.response.start":
                good = message["status"] == 200
                headers = list(message.get("headers", []))
            elif good:
                pieces.append(message.get("body", b""))
                if not message.get("more_body"):
                    self._keep(key, headers, b"".join(pieces))
            await send(message)

        return sending

    def _keep(self, key: Key, headers: Headers, body: bytes) -> None:
        tag = next((value for name, value in headers if name == b"etag"), b"")
        if not tag or len(body) > LARGEST or key in self._answers:
            return
        self._answers[key] = _Answer(headers, body, tag)
        self._bytes += len(body)
        while self._bytes > self._most:
            _, dropped = self._answers.popitem(last=False)
            self._bytes -= len(dropped.body)


def _asked(scope: Scope) -> tuple[Key, bytes]:
    """Return what is asked for, and the tags that the client has."""
    accept = known = b""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept += value + b","
        elif name == b"if-none-match":
            known += value + b","
    return (scope["path"], scope["query_string"], accept), known


async def _answer(kept: _Answer, known: bytes, send: Send) -> None:
    tags = [part.strip().removeprefix(b"W/") for part in known.split(b",")]
    if kept.tag in tags or b"*" in tags:
        left_out = (b"content-length", b"content-type")
        headers = [pair for pair in kept.headers if pair[0] not in left_out]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": kept.body})


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


def _state() -> tuple[object, ...]:
    """Return what changes when the store changes: its place, and what was written last."""
    store = active()
    return store.state() if store else ()
