"""`kemu serve` as a process, and clients that speak to it byte for byte."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60
"""Seconds after which a test gives up; nothing that it waits for takes so long."""


@contextmanager
def served(*options: str) -> Iterator[int]:
    """Run a server and give its port; it must not have told of errors when it ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "kemu", "serve", "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        try:
            _, told = server.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            _, told = server.communicate()
    assert b"Traceback" not in told, told.decode()
    assert b"Exception" not in told, told.decode()


def _wait(port: int) -> None:
    for _ in range(PATIENCE * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("kemu serve did not start")


def connect(port: int) -> socket.socket:
    """Return a new connection."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def rest(connection: socket.socket) -> bytes:
    """Return what arrives until the server closes the connection."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)


def drip(connection: socket.socket, data: bytes, pause: float = 0.05) -> bytes:
    """Send the same bytes again and again until the server answers or closes; return the answer.

    Raises:
        TimeoutError: It bears it.
    """
    connection.settimeout(pause)
    for _ in range(int(PATIENCE / pause)):
        try:
            connection.sendall(data)
        except ConnectionError:
            break
        except TimeoutError:
            pass
        try:
            first = connection.recv(65536)
        except TimeoutError:
            continue
        except ConnectionError:
            return b""
        connection.settimeout(PATIENCE)
        return first + rest(connection)
    else:
        raise TimeoutError("the server goes on listening")
    return b""
