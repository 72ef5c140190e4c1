"""Who may ask: this machine's programs and Kemu's own pages, not pages of the internet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app

CHECK = "/api/v1/check?name=x.txt"
EVIL = {"origin": "https://evil.example"}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:9000", "localhost.", "[::1]:8000",
     "127.8.8.8"],
)  # fmt: skip
def test_names_of_this_machine(web: TestClient, host: str) -> None:
    assert web.get("/api/v1/codes/208", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
     "192.0.2.7", "", "localhost@evil.example", "evil.example/localhost", "localhost, evil",
     "[::1", "localhost:x"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/v1/codes/208", "/reconcile", "/nothing"])
def test_a_name_that_leads_here_by_rebinding(web: TestClient, host: str, path: str) -> None:
    answer = web.get(path, headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "E-API-HOST")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in answer.headers


def test_two_hosts_are_none(web: TestClient) -> None:
    answer = web.get("/", headers=[("host", "127.0.0.1"), ("host", "evil.example")])
    assert answer.status_code == 421


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("KEMU_HOSTS", "Kemu.example.cn:443, 10.0.0.5,fd00::5")
    with TestClient(create_app(), base_url="https://kemu.example.cn") as made:
        yield made


def test_names_that_were_allowed(allowed: TestClient) -> None:
    assert allowed.get("/").status_code == 200
    assert allowed.get("/", headers={"host": "10.0.0.5:8000"}).status_code == 200
    assert allowed.get("/", headers={"host": "[fd00::5]:8000"}).status_code == 200
    assert allowed.get("/", headers={"host": "other.example.cn"}).status_code == 421
    own = allowed.post(CHECK, headers={"origin": "https://kemu.example.cn"})
    assert own.json()["code"] == "E-READ-EMPTY"
    assert allowed.post(CHECK, headers={"origin": "https://10.0.0.5"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        EVIL,
        {"origin": "null"},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
    ],
)
def test_no_page_of_another_origin_starts_a_check(web: TestClient, headers: dict[str, str]) -> None:
    answer = web.post(CHECK, content="单位预算", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "E-API-ORIGIN")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_own_pages_and_programs_may(web: TestClient, headers: dict[str, str]) -> None:
    assert web.post(CHECK, headers=headers).json()["code"] == "E-READ-EMPTY"


def test_a_link_from_another_page_may_be_followed(web: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert web.get("/codes?q=208", headers=headers).status_code == 200


def test_preflights_for_a_check_are_refused(web: TestClient) -> None:
    asked = EVIL | {"access-control-request-method": "POST"}
    answer = web.options("/api/v1/check", headers=asked)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_codes_are_open_but_not_who_prints_them(web: TestClient) -> None:
    opened = web.get("/api/v1/codes/208", headers=EVIL)
    assert (opened.status_code, opened.headers["access-control-allow-origin"]) == (200, "*")
    assert web.post("/api/v1/batch", json=[{"code": "208"}], headers=EVIL).status_code == 200
    evidence = web.get("/api/v1/codes/208/evidence", headers=EVIL)
    assert (evidence.status_code, evidence.json()["code"]) == (403, "E-API-ORIGIN")
    own = web.get("/api/v1/codes/208/evidence")
    assert own.status_code == 200
    assert "access-control-allow-origin" not in own.headers
