"""The rules of graph/headings.toml, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from kemu import assets


@cache
def rules() -> dict[str, Any]:
    """Return graph/headings.toml as read."""
    return tomllib.loads(assets.asset("graph", "headings.toml").read_text(encoding="utf-8"))
