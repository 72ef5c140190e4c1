"""政府收支分类科目 in memory: codes by number and year, and what printed names mean.

Only the standard library is imported here; the edit distance is loaded when a slip is looked for.
"""

from kemu.classification.classification import Classification, load
from kemu.classification.resolve.resolution import Candidate, Resolution
from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    LEVELS,
    REVENUE,
    SCHEMES,
    Concept,
    Name,
)
from kemu.classification.tables.differences import Difference, differences

__all__ = [
    "DEPT_ECONOMIC",
    "FUNCTIONAL",
    "GOV_ECONOMIC",
    "LEVELS",
    "REVENUE",
    "SCHEMES",
    "Candidate",
    "Classification",
    "Concept",
    "Difference",
    "Name",
    "Resolution",
    "differences",
    "load",
]
