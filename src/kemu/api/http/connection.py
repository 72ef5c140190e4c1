"""A connection with limits: what is slow, too long or no HTTP never gets to the server behind.

A server of HTTP limits neither how long a head or a body may take nor how large a head may be. So
what arrives passes here first, is parsed for where requests begin and end, and is handed on byte
for byte. The server behind may be any `asyncio.Protocol`; nothing else of it is known here.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from http import HTTPStatus
from typing import Any, ClassVar, cast

import httptools
from fastapi import Response

from kemu.api.http import problems
from kemu.api.http.settings import Limits

LONGEST_ADDRESS = 0xFFFF
"""Bytes of an address that the parser takes; a Chinese character is nine of them."""
_LEAVE_SECONDS = 2.0
"""In this time a client may take the last answer, then the connection is cut."""


class _Part(Enum):
    """What is to arrive next."""

    NOTHING = "nothing"
    HEAD = "head"
    BODY = "body"


class Limited(asyncio.Protocol):
    """A protocol in front of another, that ends connections which pass their limits."""

    _open: ClassVar[set[Limited]] = set()

    def __init__(self, server: asyncio.Protocol, limits: Limits) -> None:
        self._server: asyncio.Protocol | None = server
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._requests = _Requests()
        self._part = _Part.NOTHING
        self._timer: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._transport: _Watched
        self._received = 0
        self._spent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; one connection too many is told so, and the server never hears of it."""
        self._transport = _Watched(cast(asyncio.Transport, transport))
        self._open.add(self)
        most = self._limits.connection.most
        if len(self._open) > most or self._server is None:
            self._server = None
            message = f"同时打开的连接超过 {most} 个"
            self._end(problems.answer(503, "E-API-BUSY", message, "请稍后再试。"))
            return
        self._server.connection_made(cast(asyncio.BaseTransport, self._transport))
        self._expect(_Part.HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._open.discard(self)
        self._expect(_Part.NOTHING)
        self._was_read()
        if self._server:
            self._server.connection_lost(exc)

    def eof_received(self) -> bool | None:
        """Hand on that the client sends no more."""
        return self._server.eof_received() if self._server else None

    def pause_writing(self) -> None:
        """Hand on that the client does not read, and bear it only so long."""
        seconds = self._limits.connection.unread_seconds
        self._unread = self._loop.call_later(seconds, self._transport.abort)
        if self._server:
            self._server.pause_writing()

    def resume_writing(self) -> None:
        """Hand on that the client reads."""
        self._was_read()
        if self._server:
            self._server.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Follow where requests begin and end, and hand on what is fit."""
        if self._server is None or self._transport.is_closing():
            return
        refused = self._refused(data)
        if refused:
            self._end(refused)
            return
        self._received += len(data)
        if self._requests.begun or self._requests.part is not self._part:
            self._expect(self._requests.part)
        self._server.data_received(data)

    def _refused(self, data: bytes) -> Response | None:
        """Return the answer to what is no request or has too large a head."""
        requests = self._requests
        malformed = not requests.feed(data)
        if requests.begun:
            self._transport.answered = False
        if len(requests.address) > LONGEST_ADDRESS:
            message = f"地址超过 {LONGEST_ADDRESS} 字节"
            advice = "长的内容请用 POST：/api/v1/batch、/api/v1/resolve。"
            return problems.answer(414, "E-API-SIZE", message, advice)
        if malformed:
            advice = "地址里的中文和空格要按百分号编码，例如 ?q=%E4%BD%8F%E6%88%BF。"
            return problems.answer(400, "E-API-REQUEST", "不是 HTTP 请求", advice)
        most = self._limits.connection.head_bytes
        if requests.part is _Part.HEAD and requests.head_bytes > most:
            return problems.answer(431, "E-API-SIZE", f"请求头超过 {most} 字节", "请减少请求头。")
        return None

    def _expect(self, part: _Part) -> None:
        """Begin to measure the time of a part."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._part = part
        self._spent, self._received = 0.0, 0
        if part is _Part.HEAD:
            self._measure(self._limits.connection.head_seconds)
        elif part is _Part.BODY:
            self._measure(self._limits.body.stretch_seconds)

    def _measure(self, seconds: float) -> None:
        """Look in some seconds at what has arrived."""
        self._timer = self._loop.call_later(seconds, self._measured, seconds)

    def _measured(self, seconds: float) -> None:
        """End what is late; time in which the server itself did not read is not the client's."""
        received, self._received = self._received, 0
        if self._transport.is_reading():
            self._spent += seconds
            if self._is_late(seconds, received):
                self._late()
                return
        self._measure(seconds)

    def _is_late(self, seconds: float, received: int) -> bool:
        """Return whether a part took too long, or a stretch of a body was too slow."""
        if self._part is _Part.HEAD:
            return True
        body = self._limits.body
        return received < body.bytes_per_second * seconds or self._spent >= body.seconds

    def _late(self) -> None:
        what = "请求头" if self._part is _Part.HEAD else "请求体"
        advice = "请检查网络后重试；文件也可以在命令行用 kemu check。"
        self._end(problems.answer(408, "E-API-SLOW", f"{what}没有及时到齐", advice))

    def _was_read(self) -> None:
        if self._unread:
            self._unread.cancel()
            self._unread = None

    def _end(self, answer: Response) -> None:
        """Answer, unless an answer is already on its way, and close the connection."""
        self._expect(_Part.NOTHING)
        if not self._transport.answered:
            self._transport.write(_written(answer))
        self._transport.close()
        self._loop.call_later(_LEAVE_SECONDS, self._transport.abort)


class _Requests:
    """Where the requests of a connection begin and end.

    Attributes:
        part: What is to arrive next.
        begun: Whether a request began in what was fed last.
        address: Of the last request, as far as it arrived.
        head_bytes: Received of a head that is not complete; it may count some bytes before it.
    """

    def __init__(self) -> None:
        self.part = _Part.HEAD
        self.begun = False
        self.address = b""
        self.head_bytes = 0
        self._ended = False
        self._renew()

    def _renew(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        # A client may send more behind a request after which it wants the connection closed.
        self._parser.set_dangerous_leniencies(lenient_data_after_close=True)

    def feed(self, data: bytes) -> bool:
        """Take what arrived; return whether it can be part of a request."""
        self.begun = self._ended = False
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Nothing but HTTP/1.1 is spoken here; the request is answered in it.
            self._renew()
        except httptools.HttpParserError:
            return False
        if self.part is _Part.NOTHING and not self._ended:
            # Empty lines before a request belong to its head.
            self.part = _Part.HEAD
        self.head_bytes = self.head_bytes + len(data) if self.part is _Part.HEAD else 0
        return True

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.begun = True
        self.address = b""
        self.part = _Part.HEAD

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        self.address += url

    def on_headers_complete(self) -> None:
        """End the head, whose address must be one."""
        httptools.parse_url(self.address).path.decode("ascii")
        self.part = _Part.BODY

    def on_message_complete(self) -> None:
        """End a request."""
        self._ended = True
        self.part = _Part.NOTHING


class _Watched:
    """A transport that remembers whether something was written."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.answered = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write, and remember it."""
        self.answered = True
        self._transport.write(data)


def _written(answer: Response) -> bytes:
    """Return an answer as the last of a connection."""
    answer.headers["Connection"] = "close"
    status = HTTPStatus(answer.status_code)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [b"%s: %s" % pair for pair in answer.raw_headers]
    return b"\r\n".join([*lines, b"", bytes(answer.body)])
