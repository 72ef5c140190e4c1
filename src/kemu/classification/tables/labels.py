"""English labels of 类 and 款, translated for this project; there is no official translation."""

from __future__ import annotations

from functools import cache

from kemu.classification.tables.rows import rows


@cache
def labels() -> dict[tuple[str, str], str]:
    """Return scheme and code to an English label."""
    return {(row["scheme"], row["code"]): row["label"] for row in rows("labels_en.csv")}
