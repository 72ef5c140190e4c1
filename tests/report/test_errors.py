"""Every error in the code is explained, every explained error exists, the page is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kemu
from kemu.report.explain.errors import errors, explained, page

PACKAGE = Path(kemu.__file__).parent
CODE = re.compile(r'"(E-[A-Z]+(?:-[A-Z0-9]+)*)"')
DOCS = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def _used() -> dict[str, str]:
    used: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for code in CODE.findall(file.read_text(encoding="utf-8")):
            used.setdefault(code, file.name)
    return used


def test_every_error_in_the_code_is_explained() -> None:
    used = _used()
    assert len(used) > 30
    assert {code: used[code] for code in used.keys() - errors().keys()} == {}


def test_every_explained_error_exists() -> None:
    assert errors().keys() - _used().keys() == set()


def test_explanations_say_when_and_what_to_do_in_both_languages() -> None:
    for one in errors().values():
        for texts in (one.when, one.do):
            assert set(texts) == {"zh", "en"}, one.code
            assert texts["zh"].endswith("。"), one.code
            assert re.search(r"[A-Za-z]", texts["en"]), one.code
            assert not re.search(r"[㐀-鿿]", texts["en"]), one.code


def test_the_page_is_what_make_docs_writes() -> None:
    if not DOCS.is_file():
        pytest.skip("docs/ is not part of this distribution")
    assert DOCS.read_text(encoding="utf-8") == page()


def test_explained() -> None:
    assert "文件是空的" in explained("E-READ-EMPTY", "zh")
