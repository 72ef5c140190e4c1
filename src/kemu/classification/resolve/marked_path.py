"""From the names of 类, 款 and 项 as printed in a sentence to a functional code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.classification.resolve.matching import by_name, by_slip, decide
from kemu.classification.resolve.resolution import Fit, Resolution, unresolved
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import FUNCTIONAL, LEVELS
from kemu.classification.tables.differences import Differs
from kemu.classification.tables.spelling import clean

Found = dict[str, Fit]


def resolve_path(table: Codes, names: Sequence[str], year: int | None) -> Resolution:
    """Return the functional code that names of 类, 款 and 项 as printed mean.

    Args:
        table: The codes.
        names: From the 类 down; the first one or two are enough; empty where not printed.
        year: In whose classification to read them; the latest if None.
    """
    printed = [clean(name) for name in names[:3]]
    while printed and not printed[-1]:
        printed.pop()
    what = "-".join(name.strip() for name in names if name.strip())
    if not printed:
        return unresolved("没有印出任何一级名称。")
    levels = _levels(table, printed, year)
    for chains in _tiers(printed, levels):
        if chains:
            return decide(table, chains, year, what)
    if not levels[-1]:
        near = by_name(table, FUNCTIONAL, printed[-1], year)
        reason = f"“{what}”的末级名称不是{LEVELS[len(printed) - 1]}级科目的名称。"
        return unresolved(reason, tuple(fit.candidate(year) for fit in near))
    near = list(levels[-1].values())
    return unresolved(f"“{what}”各级名称互不相属。", tuple(fit.candidate(year) for fit in near))


def _tiers(printed: list[str], levels: list[Found]) -> Iterator[list[Fit]]:
    """Yield the codes whose path is as printed, then those with a wrong parent.

    A code under the nearest printed parent comes before one under a higher parent only; the
    latter counts only if no other code anywhere bears the name.
    """
    nearest = max((depth for depth, name in enumerate(printed[:-1]) if name), default=-1)
    exact: list[Fit] = []
    near: list[Fit] = []
    far: list[Fit] = []
    for notation in levels[-1]:
        chain = _chain(printed, levels, notation)
        if chain is None:
            continue
        if Differs.PARENT_DIFFERS not in chain.differences:
            exact.append(chain)
        elif notation[: 3 + 2 * nearest] in levels[nearest]:
            near.append(chain)
        else:
            far.append(chain)
    yield exact
    yield near
    yield far if len(levels[-1]) == 1 else []


def _levels(table: Codes, printed: list[str], year: int | None) -> list[Found]:
    """Return, per printed level, the codes that its name could mean.

    Slips are looked for only where the name is no name of the level at all, and only under what
    the level above was found to be.
    """
    levels: list[Found] = []
    above: list[str] = [""]
    for level, name in zip(LEVELS, printed, strict=False):
        if not name:
            levels.append({})
            above = [code for parent in above for code in table.below(FUNCTIONAL, parent)]
            continue
        found = by_name(table, FUNCTIONAL, name, year, level=level)
        if not found:
            found = _unique(by_slip(table, FUNCTIONAL, name, year, above, level))
        levels.append({match.concept.notation: match for match in found})
        above = list(levels[-1])
    return levels


def _unique(matches: list[Fit]) -> list[Fit]:
    """Return the matches with the fewest slips if there is one of them, else none."""
    ranked = sorted(matches, key=lambda match: match.cost)
    if len(ranked) > 1 and ranked[0].cost == ranked[1].cost:
        return []
    return ranked[:1]


def _chain(printed: list[str], levels: list[Found], notation: str) -> Fit | None:
    """Return a code with the differences of its whole path; None if no printed parent is right."""
    words: list[Differs] = []
    agreeing = differing = 0
    for depth, found in enumerate(levels[:-1]):
        if not printed[depth]:
            continue
        if (ancestor := notation[: 3 + 2 * depth]) in found:
            words += found[ancestor].differences
            agreeing += 1
        else:
            words.append(Differs.PARENT_DIFFERS)
            differing += 1
    if differing and not agreeing:
        return None
    last = levels[-1][notation]
    return Fit(last.concept, (*words, *last.differences))
