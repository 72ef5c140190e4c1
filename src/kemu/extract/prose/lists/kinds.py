"""Why a list in prose should add up, and whether it leaves nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kemu import knowledge
from kemu.extract.words.parts import basis_of, divided
from kemu.model.facts import ALL, Fact, Key

_EXHAUSTIVE = {"row", "column", "codeHierarchy", "threePublic", "oneItemClass", "procurement"}
_MANY = 3
"""Items of a list by class beyond which it is taken to name them all."""


def kind(
    total: Fact, items: Sequence[Fact], *, exhaustive: bool, open_ended: bool
) -> tuple[str, bool]:
    """Return the basis of a list's sum, and whether the list leaves nothing out.

    Args:
        total: What it divides.
        items: Its parts, none of them part of another.
        exhaustive: Whether its words announce all parts.
        open_ended: Whether they say that there are more.
    """
    if total.key.measure != "money":
        return "counts", _all_counted(total, items) and not _says_etc(items)
    basis = basis_of(total.key, [item.key for item in items])
    whole = len(items) > 1 and (basis in _EXHAUSTIVE or exhaustive)
    whole = whole and divided(total.key.item, {item.key.item for item in items})
    many = len(items) > _MANY and basis in ("list", "economic") and not _projects(items)
    return basis, (whole or many) and not open_ended and not _says_etc(items)


def _all_counted(total: Fact, items: Sequence[Fact]) -> bool:
    """Tell whether a list of counts leaves nothing out, as staff never do, and 其他 says."""
    complete = complete_counts()
    said = any(item.key.item in complete["items"] for item in items)
    others = any(item.label.startswith("其他") for item in items)
    return len(items) > 1 and (said or others or total.key.measure in complete["measures"])


@cache
def complete_counts() -> dict[str, list[str]]:
    """Return which lists of counts are complete (graph/counts.toml)."""
    table = knowledge.table("counts")
    return dict(table["complete"])


def same_but_flow(part: Key, total: Key) -> bool:
    """Tell whether two keys are two sides of one amount (收入总计 and 支出总计 of 收支总计)."""
    if part.flow == total.flow or not {part.item, total.item} <= {ALL, "grandTotal"}:
        return False
    return replace(part, flow=total.flow, item=total.item, carry=total.carry) == total


def _projects(items: Sequence[Fact]) -> bool:
    return any(item.key.project != ALL for item in items)


def _says_etc(items: Sequence[Fact]) -> bool:
    return any(item.label.endswith("等") for item in items)
