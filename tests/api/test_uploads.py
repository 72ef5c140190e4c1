"""How a document is sent: as the body, or as the file of a form; nothing else is a document."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app

CHECK = "/api/v1/check"
TEXT = """青禾县档案馆2024年度单位预算
第一部分 单位概况
第二部分 2024年单位预算情况说明
一、收支总体情况说明
2024年收入总计120.00万元，其中：一般公共预算拨款收入100.00万元，事业收入20.00万元。
"""
DATA = TEXT.encode()
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def web() -> Iterator[TestClient]:
    """One client for all: the process that checks is made once."""
    with TestClient(create_app(), base_url="http://127.0.0.1") as made:
        yield made


def test_a_form_and_a_body_are_the_same_document(web: TestClient) -> None:
    body = web.post(CHECK, params={"name": "预算.txt"}, content=DATA)
    form = web.post(CHECK, files={"file": ("预算.txt", DATA, "text/plain")})
    assert (body.status_code, form.status_code) == (200, 200), form.text
    assert form.json() == body.json()
    assert SHA in form.text
    assert "预算.txt" in form.text
    assert form.headers["kemu-verdict"] == body.headers["kemu-verdict"]


def test_a_form_may_have_other_fields_and_any_name(web: TestClient) -> None:
    files = {"上传": ("C:\\文件\\预算.txt", DATA, "application/octet-stream")}
    form = web.post(CHECK, files=files, data={"note": "第一稿"})
    assert SHA in form.text
    assert '"预算.txt"' in form.text
    named = web.post(CHECK, params={"name": "别名.txt"}, files=files)
    assert '"别名.txt"' in named.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", json.dumps({"file": TEXT}).encode()),
        ("application/ld+json", b"{}"),
        ("multipart/mixed; boundary=x", b"--x\r\n\r\nabc\r\n--x--\r\n"),
        ("multipart/related; boundary=x", b"--x\r\n\r\nabc\r\n--x--\r\n"),
        ("message/rfc822", b"Subject: x\r\n\r\nabc"),
        ("application/x-www-form-urlencoded", b"name=%E9%A2%84%E7%AE%97&file=abc"),
    ],
)
def test_other_envelopes_are_refused(web: TestClient, kind: str, body: bytes) -> None:
    answer = web.post(CHECK, params={"name": "x.txt"}, content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "E-API-ENVELOPE")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_compressed_body_is_refused(web: TestClient) -> None:
    answer = web.post(
        CHECK,
        params={"name": "x.txt"},
        content=gzip.compress(DATA),
        headers={"content-encoding": "gzip"},
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "E-API-ENVELOPE")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_a_document_is_taken_as_curl_sends_it(web: TestClient, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    answer = web.post(CHECK, params={"name": "x.txt"}, content=DATA, headers=headers)
    assert answer.status_code == 200
    assert SHA in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nonly a field\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\ncut o',
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="%d.txt"\r\n\r\nabc\r\n' % n
            for n in range(2)
        )
        + b"--x--\r\n",
    ],
)
def test_a_form_without_just_one_whole_file(web: TestClient, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = web.post(CHECK, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "E-API-FORM"), answer.text


def test_a_form_without_boundary(web: TestClient) -> None:
    answer = web.post(CHECK, content=b"abc", headers={"content-type": "multipart/form-data"})
    assert (answer.status_code, answer.json()["code"]) == (400, "E-API-FORM")


def test_an_empty_file_in_a_form(web: TestClient) -> None:
    answer = web.post(CHECK, files={"file": ("空.txt", b"")})
    assert (answer.status_code, answer.json()["code"]) == (400, "E-READ-EMPTY")
    assert answer.json()["detail"].startswith("空.txt")


def test_a_name_in_the_old_extended_form(web: TestClient) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; '
        b"filename*=utf-8''%E9%A2%84%E7%AE%97.txt\r\n\r\n" + DATA + b"\r\n--x--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = web.post(CHECK, content=body, headers=headers)
    assert SHA in answer.text
    assert '"预算.txt"' in answer.text


def test_a_loop_that_starts_no_processes(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("anyio.to_process.run_sync", refused)
    assert SHA in web.post(CHECK, params={"name": "x.txt"}, content=DATA).text
