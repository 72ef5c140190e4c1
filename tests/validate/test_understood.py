"""What is enough of a table or chapter to call it understood, of a document to call it checked."""

from __future__ import annotations

import tomllib

import pytest

from kemu import assets
from kemu.model.findings import enough

EXAMPLES = tomllib.loads(assets.asset("graph", "understanding.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("numbers", "keyed", "understood"), EXAMPLES["examples"]["parts"])
def test_examples(numbers: int, keyed: int, understood: bool) -> None:
    assert enough().understood(numbers, keyed) is understood


@pytest.mark.parametrize(("numbers", "in_checks", "is_enough"), EXAMPLES["examples"]["documents"])
def test_documents(numbers: int, in_checks: int, is_enough: bool) -> None:
    assert enough().compared(numbers, in_checks) is is_enough
