"""What is no HTTP request, or has too long an address, is answered as a problem like all else.

Such requests never reach the application: the server answers them itself.
"""

from __future__ import annotations

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kemu.api import problems

LONGEST = 0xFFFF
"""Bytes of an address that the parser takes; a Chinese character is nine of them."""


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, but for the answer to what is no request."""

    def send_400_response(self, msg: str) -> None:
        """Tell what is wrong and close the connection."""
        if len(getattr(self, "url", b"")) > LONGEST:
            advice = "长的内容请用 POST：/api/v1/batch、/api/v1/resolve。"
            found = problems.answer(414, "E-API-SIZE", f"地址超过 {LONGEST} 字节", advice)
        else:
            advice = "地址里的中文和空格要按百分号编码，例如 ?q=%E4%BD%8F%E6%88%BF。"
            found = problems.answer(400, "E-API-REQUEST", "不是 HTTP 请求", advice)
        found.headers["Connection"] = "close"
        status = HTTPStatus(found.status_code)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
        lines += [b"%s: %s" % pair for pair in found.raw_headers]
        self.transport.write(b"\r\n".join([*lines, b"", bytes(found.body)]))
        self.transport.close()
