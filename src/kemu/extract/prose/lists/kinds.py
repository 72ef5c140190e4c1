"""Why a list in prose should add up, and whether it leaves nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kemu import knowledge
from kemu.extract.words.parts import basis_of, divided
from kemu.model.facts import ALL, Fact, Key

_EXHAUSTIVE = {"row", "column", "codeHierarchy", "threePublic", "oneItemClass", "procurement"}
_BOTH_ENDS = {"carriedOver", "carriedForward"}
"""Carry-over of two sides, which no amount is divided into."""
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
        return _kind_of_counts(total, items)
    basis = basis_of(total.key, [item.key for item in items])
    whole = len(items) > 1 and (basis in _EXHAUSTIVE or exhaustive)
    whole = whole and divided(total.key.item, {item.key.item for item in items})
    whole = whole and not {item.key.carry for item in items} >= _BOTH_ENDS
    many = len(items) > _MANY and basis in ("list", "economic") and not _projects(items)
    if many and not whole and basis == "list" and _falls_short(total, items):
        basis = "listOfMany"  # no word says that it names all
    return basis, (whole or many) and not open_ended and not _says_etc(items)


def _kind_of_counts(total: Fact, items: Sequence[Fact]) -> tuple[str, bool]:
    """Return the basis of a list of counts, and whether it leaves nothing out.

    其他 says that it does not. 行政 and 事业 are kinds of staff beside which a third may be meant,
    so that what is missing is not for sure wrong; more than their total they never are.
    """
    if len(items) < 2 or _says_etc(items):
        return "counts", False
    table, named = complete_counts(), {item.key.item for item in items}
    said = not named.isdisjoint(table.items) or any(named >= some for some in table.together)
    if said or any(item.label.startswith("其他") for item in items):
        return "counts", True
    basis = "countsOfKinds" if _falls_short(total, items) else "counts"
    return basis, total.key.measure in table.kinds


def _falls_short(total: Fact, items: Sequence[Fact]) -> bool:
    return sum(item.amount.value for item in items) < total.amount.value


class CompleteCounts(NamedTuple):
    """Which lists of counts are complete.

    Attributes:
        items: Any of these completes a list.
        together: All of a set complete one.
        kinds: Measures whose lists name kinds, perhaps not all.
    """

    items: frozenset[str]
    together: tuple[frozenset[str], ...]
    kinds: frozenset[str]


@cache
def complete_counts() -> CompleteCounts:
    """Return which lists of counts are complete (graph/counts.toml)."""
    table = knowledge.table("counts")
    said = table["complete"]
    together = tuple(map(frozenset, said["together"]))
    return CompleteCounts(frozenset(said["items"]), together, frozenset(said["kinds"]))


def same_but_flow(part: Key, total: Key) -> bool:
    """Tell whether two keys are two sides of one amount (收入总计 and 支出总计 of 收支总计)."""
    if part.flow == total.flow or not {part.item, total.item} <= {ALL, "grandTotal"}:
        return False
    return replace(part, flow=total.flow, item=total.item, carry=total.carry) == total


def _projects(items: Sequence[Fact]) -> bool:
    return any(item.key.project != ALL for item in items)


def _says_etc(items: Sequence[Fact]) -> bool:
    return any(item.label.endswith("等") for item in items)
