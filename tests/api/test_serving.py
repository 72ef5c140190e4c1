"""`kemu serve` as a process: one or several workers, and what is no request at all."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.api.served import served


@pytest.fixture(scope="module", params=["1", "2"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """A server on a free port."""
    with served("--workers", request.param) as number:
        yield number


def get(port: int, path: str) -> tuple[int, str, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    kind = answer.getheader("content-type") or ""
    value = json.loads(answer.read())
    connection.close()
    return answer.status, kind, value


def test_codes_are_answered(port: int) -> None:
    status, kind, value = get(port, "/api/v1/codes/2080505")
    assert (status, kind, value["code"]) == (200, "application/json", "2080505")


def test_a_query_of_ten_thousand_characters_is_explained(port: int) -> None:
    status, kind, value = get(port, f"/api/v1/codes?q={quote('养' * 10_000)}")
    assert (status, kind) == (414, "application/problem+json")
    assert (value["code"], value["title"]) == ("E-API-SIZE", "地址太长")
    status, _, value = get(port, f"/api/v1/codes?q={'a' * 10_000}")
    assert (status, value["code"]) == (400, "E-CODES-QUERY")


def test_what_is_no_request_is_told_so(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        raw.sendall("你好\r\n\r\n".encode())
        answer = raw.makefile("rb").read()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] == "E-API-REQUEST"
