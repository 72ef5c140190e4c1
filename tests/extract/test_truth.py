"""What extraction reads in the seeds, held against the truth lists: it must not get worse.

The floors are the figures reached. A number printed in a sentence that no row of a list asks for is
bound wrongly unless it is listed in `EXPLAINED`, with the reason.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from kemu.extract import extract
from kemu.model.facts import Claim, Extraction, Fact
from kemu.read import read

ROOT = Path(__file__).resolve().parents[2]

PROSE = {"000": 76, "001": 67, "002": 65, "003": 58, "004": 47}
"""Rows of amounts and counts in sentences that a fact with the right key matches."""
CLAIMS = {"000": 14, "001": 33, "002": 50, "003": 15, "004": 13}
"""Rows of claims that a claim with the right number, direction and operands matches."""
EXPLAINED = {
    "000 元，其中：\xa0\xa0政府采购费3万元": "wrong: a project of that name, not the item",
    "003 底，巴中市社会保险管理局单位固定资产原值\u3000342.74万元": "wrong: of the end of 2023",
    "003 元，累计折旧262.82万元": "wrong: of the end of 2023",
    "003 元，净值79.92万元": "wrong: of the end of 2023",
    "004 乐山市市中社保中心2023年收入预算1,149.80万元": "wrong: carry-over is not told",
    "004 个，涉及预算420.01万元": "wrong: the nature of the projects is not told",
    "004 一般公共预算拨款收入1,149.80万元、占100%": "wrong: the whole is not told",
}
"""Seed and what is observed beyond the lists → why it is right, or known to be wrong."""


def _module() -> ModuleType:
    """Return benchmarks/truth.py, which is no package."""
    spec = importlib.util.spec_from_file_location("truth", ROOT / "benchmarks" / "truth.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


truth = _module()


@cache
def extraction(name: str) -> Extraction:
    try:
        path = truth.document(name)
    except FileNotFoundError as missing:
        pytest.skip(f"the shared documents are not beside this checkout: {missing}")
    return extract(read(path))


def prose(name: str) -> list[Fact]:
    return [fact for fact in extraction(name).facts if fact.place.table is None]


@pytest.mark.parametrize("name", PROSE)
def test_amounts_in_sentences(name: str) -> None:
    held = truth.hold([row for row in truth.rows(name) if row.in_prose], prose(name))
    assert held.hits >= PROSE[name], held.missed


@pytest.mark.parametrize("name", CLAIMS)
def test_claims(name: str) -> None:
    held = truth.hold_claims(list(truth.claim_rows(name)), extraction(name))
    assert held.hits >= CLAIMS[name], held.missed


@pytest.mark.parametrize("name", PROSE)
def test_nothing_is_bound_that_no_list_asks_for(name: str) -> None:
    held = truth.hold([row for row in truth.rows(name) if row.in_prose], prose(name))
    claims = truth.hold_claims(list(truth.claim_rows(name)), extraction(name))
    unexplained = []
    for thing in (*held.wrong, *claims.wrong):
        assert isinstance(thing, Fact | Claim)
        if f"{name} {thing.quote}" not in EXPLAINED:
            unexplained.append(f"{name} {thing.quote} {thing.slug}")
    assert not unexplained
