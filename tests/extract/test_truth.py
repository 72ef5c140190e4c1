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

ROOT = Path(__file__).resolve().parents[2]

PROSE = {"000": 85, "001": 69, "002": 98, "003": 65, "004": 60}
"""Rows of amounts and counts in sentences that a fact with the right key matches."""
PAGES = {
    "real_01_p20": 19,
    "real_18_p27": 17,
    "real_23_p31": 8,
    "real_25_p19": 11,
    "real_33_p6": 28,
}
"""The same for pages of other provinces' documents."""
CLAIMS = {"000": 21, "001": 36, "002": 56, "003": 18, "004": 18}
"""Rows of claims that a claim with the right number, direction and operands matches."""
EXPLAINED: dict[str, str] = {}
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
        document = truth.document(name)
    except FileNotFoundError as missing:
        pytest.skip(f"the shared documents are not beside this checkout: {missing}")
    return extract(document)


def prose(name: str) -> list[Fact]:
    """Return what is bound in sentences; the lists hold no counts of units."""
    facts = (fact for fact in extraction(name).facts if fact.place.table is None)
    return [fact for fact in facts if fact.key.measure != "units"]


@pytest.mark.parametrize("name", PROSE)
def test_amounts_in_sentences(name: str) -> None:
    held = truth.hold([row for row in truth.rows(name) if row.in_prose], prose(name))
    assert held.hits >= PROSE[name], held.missed


@pytest.mark.parametrize("name", PAGES)
def test_amounts_in_sentences_of_other_provinces(name: str) -> None:
    held = truth.hold([row for row in truth.rows(name) if row.in_prose], prose(name))
    assert held.hits >= PAGES[name], held.missed


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
