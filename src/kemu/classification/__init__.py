"""政府收支分类科目 in memory: codes by number and year, and what printed names mean.

Its rooms, each resting on those before it: `tables` (what stands in data/codes), `resolve` (from
print to code), `lookup` (questions and answers), `history` (what became of what), `books` (a
user's yearly book), `rdf` (SKOS and XKOS), `store` (a user's own editions and attestations). Above
them stands `in_force`, which puts the one `Classification` together.

Only the standard library is imported here; the edit distance is loaded when a slip is looked for.
"""

from kemu.classification.classification import Classification
from kemu.classification.in_force import active, load, reload, shipped, use
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
    "active",
    "differences",
    "load",
    "reload",
    "shipped",
    "use",
]
