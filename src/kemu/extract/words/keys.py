"""From what words say to a key: the defaults of a document and what one dimension implies.

A label says little (`项目支出`); the rest follows from the section, the list, the document, and
from what the stated members imply: an amount with a functional code is expenditure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kemu.model import dimensions
from kemu.model.facts import ALL, Identity, Key
from kemu.model.language import Dimension, ReportingLevel, Says, Statement
from kemu.model.members import Carry, Consolidation, Flow, Phase

SUBJECT: tuple[Dimension, ...] = (
    "fund",
    "functional",
    "dept_economic",
    "gov_economic",
    "item",
    "nature",
    "carry",
    "project",
)
"""Dimensions that tell one amount of a document from another: what a label is about."""


def about(says: Says) -> dict[Dimension, str]:
    """Return what words say of their subject; 本年支出 says `all` of items, and names none."""
    return {d: says[d] for d in SUBJECT if says.get(d, ALL) != ALL}


_PARTS: tuple[Dimension, ...] = ("functional", "dept_economic", "gov_economic", "nature", "project")
_SPENDING = (*_PARTS, "item")
_PHASES: Mapping[Statement, Phase] = {"budget": "approved", "finalAccount": "final"}
_CONSOLIDATION: Mapping[ReportingLevel, Consolidation] = {
    "department": "departmentTotal",
    "unit": "unit",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes keys for one document."""

    identity: Identity

    @property
    def phase(self) -> Phase:
        """The phase of amounts that name none: 年初预算 in a budget, 决算 in a final account."""
        return _PHASES.get(self.identity.statement, "undetermined")

    @property
    def organisation(self) -> str:
        """The document's own organisation."""
        return self.identity.organisation or "undetermined"

    @property
    def consolidation(self) -> Consolidation:
        """The document's own consolidation level."""
        return _CONSOLIDATION.get(self.identity.level, "undetermined")

    def year(self, offset: int = 0) -> str:
        """Return the document's year, or one counted from it."""
        return str(int(self.identity.year) + offset) if self.identity.year else "undetermined"

    def key(self, says: Mapping[Dimension, Any]) -> Key:
        """Return the key for what is said; what cannot be told is `undetermined`."""
        phase = says.get("phase", self.phase)
        if phase == "budget" and self.identity.statement == "budget":
            phase = "approved"
        flow = says.get("flow") or _flow(says)
        item = says.get("item", ALL)
        if item == "grandTotal" and any(dimension in says for dimension in _PARTS):
            item = ALL
        return Key(
            organisation=says.get("organisation", self.organisation),
            consolidation=says.get("consolidation", self.consolidation),
            year=says.get("year", self.year()),
            phase=phase,
            basis=says.get("basis", ALL),
            flow=flow,
            fund=says.get("fund", ALL),
            functional=says.get("functional", ALL),
            dept_economic=says.get("dept_economic", ALL),
            gov_economic=says.get("gov_economic", ALL),
            item=item,
            nature=says.get("nature", ALL),
            carry=says.get("carry") or _carry(flow, says),
            project=says.get("project", ALL),
            measure=says.get("measure", "money"),
        )


def _flow(says: Says) -> Flow:
    """Return the flow that what is said implies: members, then codes and items, then the usual."""
    said = [says[dimension] for dimension in ("carry", "item", "fund") if dimension in says]
    always = [flow for flow in map(dimensions.always_flow, said) if flow is not None]
    if always:
        return always[0]
    if any(dimension in says for dimension in _SPENDING):
        return "expenditure"
    usual = [flow for flow in map(dimensions.usual_flow, said) if flow is not None]
    if usual:
        return usual[0]
    return "expenditure" if "fund" in says else "undetermined"


def _carry(flow: str, says: Says) -> Carry:
    """Income from a source is of the current year; a total may hold what was carried over."""
    source = says.get("fund", ALL) != ALL and says.get("item") != "grandTotal"
    return "current" if flow == "revenue" and source else ALL


def combine(inherited: Says, own: Says) -> dict[Dimension, str]:
    """Return inherited and own statements together; own ones count, and exclude rival subjects.

    办公费 of 机关运行经费 is not the unit's whole 办公费.
    """
    says = dict(inherited)
    divisible = dimensions.divided_by("item", "dept_economic", at_most=True)
    if "functional" in own or ("dept_economic" in own and says.get("item") not in divisible):
        says.pop("item", None)
    if any(scheme in own for scheme in ("dept_economic", "gov_economic")):
        says.pop("functional", None)
    if "project" in own and says.get("item") == "performance":
        del says["item"]
    if own.get("flow") == "revenue" or own.get("item") == "grandTotal":
        for dimension in ("nature", "functional", "dept_economic", "item", "project"):
            says.pop(dimension, None)
    says.update(own)
    return says
