"""Content negotiation as RFC 9110 has it: the narrowest range that fits says what is wanted."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

HTML, JSON, TURTLE, LD = "text/html", "application/json", "text/turtle", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html;q=0, */*", JSON),
        ("*/*, text/html;q=0", JSON),
        ("text/*;q=0, */*;q=0.1", JSON),
        ("text/html;q=0, text/*;q=0.5, application/*;q=0.1", TURTLE),
        ("text/html;q=0.2, text/*;q=0.9, application/json;q=0.3", TURTLE),
        ("application/json;q=0, application/*", LD),
        (BROWSER, HTML),
        ("*/*", HTML),
        ("", HTML),
        ("text/turtle, */*", TURTLE),
        ("TEXT/TURTLE ; Q=1.0, */*;q=0.9", TURTLE),
        ("text/turtle;charset=utf-8, text/html;q=0.9", TURTLE),
        ('application/ld+json;profile="a,b;q=0", text/html;q=0.9', LD),
        ("text/html;level=1;q=0.9, text/html;q=0.1, application/json;q=0.5", JSON),
        ("text/html;q=nan, text/turtle;q=0.1", TURTLE),
        ("text/html;q=9, text/turtle;q=0.1", TURTLE),
        (",, text/turtle ,", TURTLE),
    ],
)
def test_the_form_of_an_answer(web: TestClient, accept: str, media: str) -> None:
    answer = web.get("/code/functional/2080505", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media


def test_headers_in_two_lines_are_one(web: TestClient) -> None:
    lines = [("accept", "text/html;q=0.1"), ("accept", "text/turtle")]
    answer = web.get("/code/functional/2080505", headers=lines)
    assert answer.headers["content-type"].split(";")[0] == TURTLE


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/html;q=0", "text/html;q=x"])
def test_what_is_not_offered(web: TestClient, accept: str) -> None:
    answer = web.get("/api/v1/codes/2080505", headers={"accept": accept})
    assert (answer.status_code, answer.json()["code"]) == (406, "E-API-ACCEPT")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("de", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.3, zh;q=0.7", "zh"),
        ("en;q=0, *", "zh"),
        ("zh;q=0, *;q=0.5", "en"),
        ("frozen, zh;q=0.1", "zh"),
        ("zh-Hans-CN, en", "zh"),
    ],
)
def test_the_language_of_an_answer(web: TestClient, accepted: str, language: str) -> None:
    answer = web.get("/reconcile", headers={"accept-language": accepted})
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize("year", ["²", "201²", "二〇一九", "-1", "1e3", "99999999999999999999"])
def test_a_year_that_is_none_is_explained(web: TestClient, year: str) -> None:
    page = web.get("/codes", params={"q": "208", "year": year}, headers={"accept": BROWSER})
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert "年份" in page.text
    data = web.get("/codes", params={"q": "208", "year": year}, headers={"accept": JSON})
    assert (data.status_code, data.json()["code"]) == (400, "E-CODES-YEAR")
    assert data.headers["content-type"] == "application/problem+json"


def test_a_year_in_wide_digits_is_read(web: TestClient) -> None:
    answer = web.get("/codes", params={"q": "20805", "year": "２０１９"}, follow_redirects=False)
    assert answer.headers["location"] == "/code/functional/20805?year=2019"
