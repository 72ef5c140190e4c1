"""docs/api.md is true: every command is run, and its answer shows what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kemu.classification.lookup.verdicts import VERDICTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ROW = re.compile(r"^\| (\d+) \|.*?\| `(curl .*?)` \| (.*?) \|$", re.MULTILINE)
SERVER = "http://127.0.0.1:8000"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="docs/ is not in this distribution")


def commands() -> list[tuple[str, str, str]]:
    if not PAGE.is_file():
        return []
    return [(n, c, shows) for n, c, shows in ROW.findall(PAGE.read_text(encoding="utf-8"))]


def run(web: TestClient, command: str) -> str:
    """Do what curl would do; options that the page does not use are errors."""
    method, headers, body, address, as_query = "", {}, [], "", False
    words = iter(shlex.split(command)[1:])
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-urlencode"):
            value = next(words)
            if word == "--data-urlencode":
                name, _, value = value.partition("=")
                value = f"{name}={quote(value)}"
                headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
            body.append(value)
        elif word == "-G":
            as_query = True
        else:
            assert word.startswith(SERVER), word
            address = word.removeprefix(SERVER)
    if as_query:
        return web.get(f"{address}?{'&'.join(body)}", headers=headers).text
    method = method or ("POST" if body else "GET")
    return web.request(method, address, content="&".join(body).encode(), headers=headers).text


@pytest.mark.parametrize(("number", "command", "shows"), commands())
def test_a_command_shows_what_the_page_says(
    web: TestClient, number: str, command: str, shows: str
) -> None:
    assert shows in run(web, command), number


def test_the_twenty_points_are_all_there() -> None:
    numbers = [int(n) for n, _, _ in commands()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 20


def test_every_address_of_the_description_is_told_of(web: TestClient) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for path in web.get("/openapi.json").json()["paths"]:
        if path == "/api/v1/check":
            continue  # documents, not codes
        stem = re.sub(r"\{first\}-\{last\}", r"\\d+-\\d+", path)
        stem = re.sub(r"\{\w+\}", r"[^/'?]+", stem)
        assert re.search(stem + r"(?=['?])", text), path


def test_every_verdict_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for word, meaning in VERDICTS.items():
        assert f"`{word}` {meaning}" in text, word
