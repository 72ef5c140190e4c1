"""Keys as wholes and parts: what divides what, and by which dimension."""

from __future__ import annotations

from kemu.model import dimensions
from kemu.model.facts import ALL, Fact, Key

_CODES = ("functional", "dept_economic", "gov_economic")


def divisions(item: str) -> tuple[str, ...]:
    """Return the items that an item always consists of, none if not known."""
    return dimensions.consists_of("item", item)


def divided(item: str, parts: set[str]) -> bool:
    """Tell whether parts are all that an item consists of, as far as that is known."""
    return all(
        part in parts or (bool(divisions(part)) and divided(part, parts))
        for part in divisions(item)
    )


def narrower(part: Key, total: Key) -> bool:
    """Tell whether one key measures a part of what the other measures (not the same)."""
    if part == total:
        return False
    if (part.year, part.phase, part.measure) != (total.year, total.phase, total.measure):
        return False
    if part.item == "grandTotal" and total.item == "grandTotal" and part.fund == total.fund:
        return False
    if total.flow not in (part.flow, "both") and "balance" not in (part.flow, total.flow):
        return False
    if total.carry not in (ALL, part.carry) and part.carry != ALL:
        return False
    targets = total.item == "performance" and part.project != ALL
    trees = all(
        _within(dimension, getattr(part, dimension), getattr(total, dimension))
        for dimension in ("fund", "nature", *(() if targets else ("item",)))
    )
    codes = all(
        getattr(total, dimension) in (ALL, getattr(part, dimension))
        or getattr(part, dimension).startswith(getattr(total, dimension))
        for dimension in _CODES
    )
    return trees and codes and total.project in (ALL, part.project)


def _within(dimension: str, part: str, total: str) -> bool:
    return total in (ALL, "grandTotal") or dimensions.is_within(dimension, part, total)


def outermost(items: list[Fact]) -> list[Fact]:
    """Return the parts that are no part of another part, each quantity once."""
    first: dict[Key, Fact] = {}
    for item in items:
        first.setdefault(item.key, item)
    return [
        item
        for item in first.values()
        if not any(other is not item and narrower(item.key, other.key) for other in items)
    ]


def basis_of(total: Key, parts: list[Key]) -> str:
    """Return why a total should be the sum of these parts: the dimension that they divide."""
    divided = {
        d
        for part in parts
        for d in ("functional", "dept_economic", "item", "nature", "fund", "carry", "project")
        if getattr(part, d) != getattr(total, d)
    }
    if all(part.item == ALL for part in parts):
        divided.discard("item")
    if "functional" in divided:
        if total.functional == ALL:
            return "column"
        return "oneItemClass" if len(parts) == 1 else "codeHierarchy"
    if "dept_economic" in divided:
        return "list" if total.dept_economic == ALL else "economic"
    if "item" in divided:
        families = [(p.item, *dimensions.ancestors("item", p.item)) for p in parts]
        known = ("threePublic", "procurement")
        return next((b for b in known if all(b in family for family in families)), "list")
    return "row" if divided in ({"nature"}, {"carry"}) else "list"
