"""The server: uvicorn behind limited connections."""

from __future__ import annotations

import socket
from functools import cache
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from kemu.api.http.connection import Limited
from kemu.api.http.settings import Limits, settings


@cache
def _limits() -> Limits:
    return settings().limits


class Connection(Limited):
    """A limited connection to uvicorn's own protocol, made with whatever uvicorn makes it with."""

    def __init__(self, **options: Any) -> None:
        super().__init__(HttpToolsProtocol(**options), _limits())


def serve(listener: socket.socket, workers: int) -> None:
    """Serve on a socket until interrupted, in one or several processes."""
    config = uvicorn.Config(
        "kemu.api:create_app", factory=True, http=Connection, workers=workers,
        log_level="warning", server_header=False,
    )  # fmt: skip
    if workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])
