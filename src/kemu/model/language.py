"""The closed sets of words that the rooms speak of tables and sentences in.

They are literals: mypy finds a misspelt one, which else would be silently unequal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

# Labels -----------------------------------------------------------------------------------

Dimension = Literal[
    "organisation", "consolidation", "year", "phase", "basis", "flow", "fund", "functional",
    "dept_economic", "gov_economic", "item", "nature", "carry", "project", "measure",
]  # fmt: skip
"""What a key says of an amount, and a label of it."""

Says = Mapping[Dimension, str]
"""What words say: dimension → member."""

# Tables -----------------------------------------------------------------------------------

HeaderRole = Literal[
    "unitCode", "unitName", "projectName", "code", "ordinal", "text", "count", "rate", "name",
    "change",
]  # fmt: skip
"""What a header word makes of its column (graph/tables.toml)."""

ColumnRole = Literal[HeaderRole, "amount", "empty"]
"""What a column holds."""

HeaderScheme = Literal["govEconomic", "deptEconomic", "functional"]
"""Which classification a header or title speaks of."""

RowKind = Literal["code", "total", "unit", "label", "project", "blank", "unknown"]
"""What a row is."""

# Sentences --------------------------------------------------------------------------------

NumberKind = Literal["money", "percent", "count", "bare"]
"""What a printed number is by its unit."""

NumberRole = Literal[
    "level", "base", "change", "rate", "bareRate", "share", "completion", "threshold", "reason",
    "unknown",
]  # fmt: skip
"""What the words around a number make of it."""

WordRole = Literal["", "filler", "phrase", "threshold", "unknown"]
"""What a word is that states no member of a dimension."""

Direction = Literal["", "increase", "decrease", "unresolved", "equal", "greater", "less"]
"""Which way words say that an amount moved, or how two compare; empty where they do not."""

# Relations --------------------------------------------------------------------------------

Relation = Literal["equal", "atMost"]
"""How the parts of an equation relate to its total."""

Missing = Literal["blankIsZero", "notDisclosed", "mustBePresent"]
"""What a missing term of an equation means."""

ClaimKind = Literal["share", "change", "rate", "completion", "direction", "zero"]
"""What a sentence or column states of amounts."""

OperandRole = Literal["part", "whole", "current", "base", "actual", "budget", "left", "right"]
"""Which part an amount has in a claim."""

SeverityName = Literal["violation", "warning", "hint"]
"""How much a finding weighs, as shapes and bases write it."""

# Documents --------------------------------------------------------------------------------

Statement = Literal["", "budget", "finalAccount"]
"""Whether a document is a budget or a final account; empty where it does not say."""

ReportingLevel = Literal["", "department", "unit"]
"""Whether a document is a department's or a unit's; empty where it does not say."""
