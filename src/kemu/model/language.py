"""The closed sets of words that the rooms speak of tables and sentences in.

They are literals, so that a misspelt one is found by the type checker and none is silently unequal.
"""

from __future__ import annotations

from typing import Literal

HeaderRole = Literal[
    "unitCode", "unitName", "projectName", "code", "ordinal", "text", "count", "rate", "name",
    "change",
]  # fmt: skip
"""What a header word makes of its column."""

ColumnRole = Literal[HeaderRole, "amount"]
"""What a column holds."""

HeaderScheme = Literal["govEconomic", "deptEconomic", "functional"]
"""Which classification a header or title speaks of."""
