"""The rules of graph/headings.toml, read once."""

from __future__ import annotations

from typing import Any

from kemu import knowledge


def rules() -> dict[str, Any]:
    """Return graph/headings.toml as in force."""
    return knowledge.table("headings")
