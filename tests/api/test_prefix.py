"""The service below a path of one's choice."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.api.http.prefix import cleaned


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("KEMU_BASE", "kemu/v2/")
    return TestClient(create_app(), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("text", "base"), [("", ""), ("/", ""), ("kemu", "/kemu"), (" /a/b/ ", "/a/b")]
)
def test_the_prefix_is_cleaned(text: str, base: str) -> None:
    assert cleaned(text) == base


def test_every_link_of_a_page_stays_below(web: TestClient) -> None:
    for path in ("/", "/code/functional/20805", "/codes?q=住房", "/scheme/functional/2024/20805"):
        page = web.get(f"/kemu/v2{path}", headers={"accept": "text/html"})
        assert page.status_code == 200, path
        links = re.findall(r'(?:href|action)="(/[^"]*)"', page.text)
        assert links
        assert all(link.startswith("/kemu/v2/") for link in links), path
        assert int(page.headers["content-length"]) == len(page.content)
    assert 'fetch("/kemu/v2/api/v1/check' in web.get("/kemu/v2/").text


def test_data_are_the_same_below_and_at_the_root(web: TestClient) -> None:
    for path in ("/api/v1/codes/20805", "/api/v1/schemes", "/ontology"):
        data = {"accept": "application/json, text/turtle;q=0.5"}
        below, root = web.get(f"/kemu/v2{path}", headers=data), web.get(path, headers=data)
        assert below.status_code == 200
        assert below.content == root.content


def test_redirects_stay_below(web: TestClient) -> None:
    answer = web.get("/kemu/v2/codes?q=2080505", follow_redirects=False)
    assert answer.headers["location"] == "/kemu/v2/code/functional/2080505"
    rules = web.get("/kemu/v2/docs/rules", follow_redirects=False)
    assert rules.headers["location"] == "/kemu/v2/shapes"


def test_a_longer_name_is_another_path(web: TestClient) -> None:
    assert web.get("/kemu/v20/api/v1/schemes").status_code == 404
