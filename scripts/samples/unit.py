"""A unit or department and its year: what every layout starts from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from samples.figures import ZERO, Figures


class Unit:
    """The document's subject and its figures."""

    def __init__(self, source: dict[str, Any]) -> None:
        document = source["document"]
        self.source = source
        self.figures = Figures(source)
        self.unit: str = document["unit"]
        self.code: str = document["unit_code"]
        self.year: int = document["year"]
        self.plain: bool = document.get("plain", False)
        self.procurement: list[list[str]] = source.get("procurement", [])

    @property
    def vehicle(self) -> Decimal:
        """公务用车运行维护费."""
        return self.figures.economic("30231")

    @property
    def reception(self) -> Decimal:
        """公务接待费."""
        return self.figures.economic("30217")

    def purchases(self, kind: str = "") -> Decimal:
        """Return 政府采购 of a kind (货物, 工程, 服务), or of all."""
        return sum((Decimal(row[3]) for row in self.procurement if kind in ("", row[4])), ZERO)

    def values(self) -> dict[str, Decimal]:
        """Return the amounts that sentences name."""
        f = self.figures
        return {
            "total": f.total, "fiscal": f.sum("fiscal"), "general": f.sum("fiscal", fund="general"),
            "fund": f.sum("fiscal", fund="fund"), "other": f.sum("other"), "basic": f.total_basic,
            "project": f.total_project, "all_projects": f.sum("all_projects"),
            "general_project": f.sum("project", fund="general"),
            "personnel": f.personnel, "public": f.public, "reception": self.reception,
            "vehicle": self.vehicle, "three": self.reception + self.vehicle,
            "meeting": f.economic("30215"), "training": f.economic("30216"),
            "contracted": f.economic("30227"), "procurement": self.purchases(),
        }  # fmt: skip
