"""Who may ask: programs and pages of this machine. No page of the internet, and not by a new name.

A page elsewhere can make a browser send requests to this machine (then the browser names the
page's origin), and can have its own name lead here (then the request names that host).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kemu.api.http import problems

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN_SITE = ("same-origin", "none")


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_of(authority: str) -> str:
    """Return the host of `host:port` in lower case; empty if it has not that form."""
    try:
        parts = urlsplit(f"//{authority}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return host.removesuffix(".") if parts.netloc == authority and "@" not in authority else ""


class Callers:
    """ASGI middleware that refuses requests for other hosts, and from pages of other origins."""

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], is_open: Callable[[str], bool]
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            hosts: Names it may be asked by, beside those of this machine.
            is_open: Tells of a path whether pages of all origins may ask it.
        """
        self.app = app
        self._hosts = frozenset(host_of(name) or name for name in hosts)
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        refused = self._refused(scope) if scope["type"] == "http" else None
        await (refused or self.app)(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not served."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = host_of(hosts[0]) if len(hosts) == 1 else ""
        if not (is_loopback(host) or host in self._hosts):
            shown = (hosts[0] if hosts else "")[:60]
            advice = "请用 127.0.0.1 或 localhost；别的名称要用 kemu serve --allow-host 写明。"
            return problems.answer(421, "E-API-HOST", f"这里不是 {shown}", advice)
        if not self._is_open(scope["path"]) and _foreign(scope["method"], headers):
            advice = "请在 Kemu 自己的网页里操作，或用命令行。"
            return problems.answer(403, "E-API-ORIGIN", "别的网站的网页不能使用这个地址", advice)
        return None


def _foreign(method: str, headers: Headers) -> bool:
    """Return whether a browser says that a page of another origin asks."""
    origins = headers.getlist("origin")
    own = (f"http://{headers['host']}".lower(), f"https://{headers['host']}".lower())
    if any(origin.lower() not in own for origin in origins):
        return True
    site = headers.get("sec-fetch-site", "none").lower()
    return method not in _SAFE and site not in _OWN_SITE
