"""What is slow, large, too much or given up does not hold a server; its limits are its user's."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.cli import main
from tests.api.served import PATIENCE, connect, drip, rest, served

SHORT = """
[connection]
most = 12
head_seconds = 1
head_bytes = 100_000
unread_seconds = 1
[body]
seconds = 3
stretch_seconds = 0.5
bytes_per_second = 1000
most_bytes = 100_000
[check]
most_bytes = 4_000_000
at_once = 1
most = 2
seconds = 3600
"""
HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /api/v1/check?name=x.txt HTTP/1.1\r\n" + HOST
DOCUMENT = "青禾县档案馆2024年度单位预算\n收入总计120.00万元。\n".encode()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    file = tmp_path_factory.mktemp("限度") / "限度.toml"
    file.write_text(SHORT, encoding="utf-8")
    with served("--limits", str(file)) as number:
        yield number


def told(answer: bytes) -> tuple[int, str]:
    """Return status and code of the only answer in some bytes, a problem."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower(), answer
    problem = json.loads(body)
    assert head.startswith(b"HTTP/1.1 %d " % problem["status"])
    return problem["status"], problem["code"]


def check(port: int, document: bytes) -> int:
    """Send a document as it should be sent; return the status of the answer."""
    with connect(port) as client:
        client.sendall(POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(document))
        client.sendall(document)
        return int(rest(client).split()[1])


def test_a_connection_that_says_nothing(port: int) -> None:
    with connect(port) as client:
        assert told(rest(client)) == (408, "E-API-SLOW")


@pytest.mark.parametrize("beginning", [b"GET /", b"GET / HTTP/1.1\r\n" + HOST + b"X: ", b"\r\n"])
def test_a_head_that_never_ends(port: int, beginning: bytes) -> None:
    with connect(port) as client:
        client.sendall(beginning)
        again = b"\r\n" if beginning == b"\r\n" else b"a"
        assert told(drip(client, again)) == (408, "E-API-SLOW")


def test_a_head_that_is_too_large(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + HOST)
        assert told(drip(client, b"X: " + b"a" * 5000 + b"\r\n", 0.001)) == (431, "E-API-SIZE")


def test_empty_lines_do_not_keep_a_connection(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"GET /api/v1/schemes HTTP/1.1\r\n" + HOST + b"\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
        drip(client, b"\r\n")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Length: 90000\r\n\r\n", b"a"),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"Content-Length: 4000000\r\n\r\n", b"a" * 200),
    ],
    ids=["slow", "slow in chunks", "fast enough but without end"],
)
def test_a_body_that_never_ends(port: int, head: bytes, body: bytes) -> None:
    with connect(port) as client:
        client.sendall(POST + head)
        assert told(drip(client, body)) == (408, "E-API-SLOW")


def test_half_an_upload(port: int) -> None:
    with connect(port) as client:
        client.sendall(POST + b"Content-Length: 1000\r\n\r\n" + b"half")
        assert told(rest(client)) == (408, "E-API-SLOW")


def test_a_body_that_nobody_wants_ends_too(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 90000\r\n\r\n")
        answer = drip(client, b"a")
        assert answer.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    ("path", "size"),
    [(b"/api/v1/check?name=x.txt", 4_000_001), (b"/api/v1/resolve", 100_001),
     (b"/reconcile", 100_001)],
)  # fmt: skip
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large(port: int, path: bytes, size: int, chunked: bool) -> None:
    with connect(port) as client:
        client.sendall(b"POST " + path + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n")
        if chunked:
            client.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
            answer = drip(client, b"C350\r\n" + b"a" * 50_000 + b"\r\n", 0.001)
        else:
            client.sendall(b"Content-Length: %d\r\n\r\n" % size)
            answer = rest(client)
        assert told(answer) == (413, "E-API-SIZE")


def _admitted(port: int, requests: bytes) -> socket.socket:
    """Return a connection that sent requests and got the beginning of an answer."""
    for _ in range(PATIENCE * 10):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", port))
        client.sendall(requests)
        if client.recv(12) == b"HTTP/1.1 200":
            return client
        # Connections that just ended may still count.
        client.close()
        time.sleep(0.1)
    raise TimeoutError("the server admits no further connection")


def test_connections_beyond_the_most(port: int) -> None:
    """None of them says anything: those within the limit are waited for, the others are not."""
    clients = [connect(port) for _ in range(40)]
    answers = [told(rest(client)) for client in clients]
    for client in clients:
        client.close()
    assert set(answers) == {(503, "E-API-BUSY"), (408, "E-API-SLOW")}
    _admitted(port, b"GET /api/v1/domain/208 HTTP/1.1\r\n" + HOST + b"\r\n").close()


def test_one_upload_too_many(port: int) -> None:
    """Two are on their way; the third is told before it sends its body, and may come again."""
    with connect(port) as first, connect(port) as second:
        for client in (first, second):
            client.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 100 ")
        with connect(port) as third:
            third.sendall(POST + b"Connection: close\r\nContent-Length: 10\r\n\r\n")
            answer = rest(third)
            assert told(answer) == (503, "E-API-BUSY")
            assert b"retry-after: " in answer.lower()
    _until_served(port)


def _until_served(port: int) -> None:
    for _ in range(PATIENCE * 10):
        if (status := check(port, DOCUMENT)) != 503:
            break
        time.sleep(0.1)
    assert status == 200


def _reset(client: socket.socket) -> None:
    """Close a connection as a client that dies does."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


@pytest.mark.parametrize("abrupt", [False, True])
def test_uploads_given_up_free_their_places(port: int, abrupt: bool) -> None:
    for _ in range(5):
        client = connect(port)
        client.sendall(POST + b"Content-Length: 1000\r\n\r\n" + b"half")
        _reset(client) if abrupt else client.close()
    _until_served(port)


@pytest.mark.parametrize("abrupt", [False, True])
def test_a_check_that_nobody_waits_for_is_ended(port: int, abrupt: bool) -> None:
    """One is checked at a time: the second would wait for the first, far longer than we do."""
    _until_served(port)
    client = connect(port)
    endless = _endless()
    client.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(endless))
    client.sendall(endless)
    # An upload that is here whole is being checked: the next one is taken while it is.
    time.sleep(1)
    _reset(client) if abrupt else client.close()
    _until_served(port)


def _endless() -> bytes:
    """Return a document that takes hours to check."""
    sentence = (
        "{n}、2024年一般公共预算财政拨款支出{n}.37万元，比上年增加{n}.25万元，增长3.1%。"
        "其中：住房保障支出（类）住房改革支出（款）住房公积金（项）支出{n}.11万元。"
    )
    return "\n".join(sentence.format(n=n) for n in range(1, 18_000)).encode()


def test_answers_that_nobody_reads(port: int) -> None:
    """They hold every connection that there may be, and are cut off."""
    large = b"GET /api/v1/schemes/functional/editions/2024 HTTP/1.1\r\n" + HOST + b"\r\n"
    clients = [_admitted(port, large * 100) for _ in range(12)]
    _admitted(port, b"GET /api/v1/domain/208 HTTP/1.1\r\n" + HOST + b"\r\n").close()
    for client in clients:
        client.close()


def test_a_check_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "限度.toml"
    file.write_text("[check]\nseconds = 0.001\n", encoding="utf-8")
    monkeypatch.setenv("KEMU_LIMITS", str(file))
    with TestClient(create_app(), base_url="http://127.0.0.1") as web:
        answer = web.post("/api/v1/check?name=x.txt", content=DOCUMENT)
    assert (answer.status_code, answer.json()["code"]) == (503, "E-API-BUSY")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check]\nsecond = 1", "check.second"),
        ("[checks]\nseconds = 1", "checks"),
        ("[check]\nseconds = 0", "check.seconds"),
        ("[check]\nseconds = -1", "check.seconds"),
        ("[check]\nseconds = nan", "check.seconds"),
        ("[check]\nseconds = inf", "check.seconds"),
        ("[check]\nmost = 1.5", "check.most"),
        ("[check]\nmost = true", "check.most"),
        ("[check]\nmost = '1'", "check.most"),
        ("check = 1", "check"),
        ("[check", "限度.toml"),
        (None, "限度.toml"),
    ],
)
def test_a_wrong_file_of_limits(
    text: str | None,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("KEMU_LIMITS", "KEMU_HOSTS"):
        monkeypatch.setenv(name, "")
    file = tmp_path / "限度.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert main(["serve", "--limits", str(file)]) == 2
    error = capfd.readouterr().err
    assert "E-SERVE-LIMITS" in error
    assert said in error
