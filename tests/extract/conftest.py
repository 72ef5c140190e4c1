"""Small documents for tests of extraction, written for this project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Extraction
from kemu.read.text import plain

TITLE = "临江市档案馆\n关于2025年单位预算编制的说明\n"
ACCOUNT = "临江市档案馆\n2024年度单位决算情况说明\n"

Make = Callable[[str], Extraction]


def _extract(content: str) -> Extraction:
    return extract(plain.read(Path("样例.txt"), content.encode()))


@pytest.fixture
def budget() -> Make:
    """Return a function that extracts a budget of 临江市档案馆 for 2025 with the lines given."""
    return lambda lines: _extract(TITLE + lines)


@pytest.fixture
def account() -> Make:
    """Return a function that extracts a final account of 临江市档案馆 for 2024."""
    return lambda lines: _extract(ACCOUNT + lines)
