"""Examples for the interface description: real answers, lists cut to their first entry."""

from __future__ import annotations

from typing import Any

from kemu.classification import load
from kemu.classification.lookup.query import lookup, resolve
from kemu.report.codes.text import lookup_json

PATH = "社会保障和就业（类）行政事业单位离退休（款）机关事业单位基本养老保险缴费支出（项）"
ROWS = [{"text": PATH, "year": 2023}, {"text": "住房公积金", "year": 2023}]


def _short(value: Any) -> Any:
    """Return a value with all its lists of objects cut to one."""
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_short(value[0])]
    return value


def _answers(query: str, year: int) -> Any:
    return lookup_json(lookup(load(), query, year, limit=1))


CODE = _short(_answers("2080505", 2019)["answers"][0])
SEARCH = _short(_answers("养老保险缴费", 2024))
RESOLVED = resolve(load(), PATH, 2023).to_json() | {"entry": None}
