"""The JSON of the lookup, as the interface description tells it: one model per answer.

Handlers write the values themselves; tests hold every answer against its model, so that a field
without a model, or a model without a field, is an error there.
"""

from __future__ import annotations

from kemu.api.lookup.models.answers import (
    Batch,
    Domains,
    Found,
    Named,
    Resolved,
    Search,
    Suggestions,
    Unresolved,
)
from kemu.api.lookup.models.through_time import (
    Changes,
    Correspondence,
    Correspondences,
    Edition,
    Equivalents,
    Evidence,
    Hierarchy,
    History,
    Mapping,
    Period,
    Schemes,
    Variants,
)

__all__ = (
    "Batch",
    "Changes",
    "Correspondence",
    "Correspondences",
    "Domains",
    "Edition",
    "Equivalents",
    "Evidence",
    "Found",
    "Hierarchy",
    "History",
    "Mapping",
    "Named",
    "Period",
    "Resolved",
    "Schemes",
    "Search",
    "Suggestions",
    "Unresolved",
    "Variants",
)
