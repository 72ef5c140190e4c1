"""Examples for the interface description: real answers, made by the functions that answer."""

from __future__ import annotations

from typing import Any

from kemu.classification.lookup import lookup, resolve
from kemu.report.codes_text import lookup_json

PATH = "社会保障和就业（类）行政事业单位离退休（款）机关事业单位基本养老保险缴费支出（项）"
ROWS = [{"text": PATH, "year": 2023}, {"text": "住房公积金", "year": 2023}]


SEARCH = lookup_json(lookup("养老保险缴费", 2024, limit=2))
CODE: dict[str, Any] = lookup_json(lookup("2080505", 2019))["answers"][0]  # type: ignore[index]
RESOLVED = resolve(PATH, 2023).to_json() | {"entry": None}
