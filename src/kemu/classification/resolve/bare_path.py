"""Names from above down without marks of level: `人大事务 行政运行`, `工资福利支出 > 住房公积金`.

Any level may be left out, and any classification may be meant; users type so, documents do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.classification.resolve.matching import by_name, decide, match
from kemu.classification.resolve.resolution import Fit, Resolution, unresolved
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import LEVELS
from kemu.classification.tables.spelling import clean, loose


def resolve_below(
    table: Codes, names: Sequence[str], year: int | None, schemes: Sequence[str]
) -> Resolution:
    """Return the code that the last name means below codes that bear the names before it."""
    *above, last = [name for text in names if (name := clean(text))] or [""]
    if not above:
        return unresolved("没有印出上级名称。")
    fits = (fit for scheme in schemes for fit in by_name(table, scheme, last, year))
    found = (_below(table, fit, above, year) for fit in fits)
    return decide(table, (one for one in found if one), year, " > ".join((*above, last)))


def cuts(
    table: Codes, text: str, schemes: Sequence[str], most: int = len(LEVELS)
) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut `人大事务行政运行` into names of codes, the longest last name first."""
    for at in range(2, len(text) - 1):
        above, last = text[:at], text[at:]
        if _is_name(table, last, schemes):
            if _is_name(table, above, schemes):
                yield above, last
            if most > 2:
                yield from ((*names, last) for names in cuts(table, above, schemes, most - 1))


def _is_name(table: Codes, text: str, schemes: Sequence[str]) -> bool:
    return any(table.named(scheme, loose(text)) for scheme in schemes)


def _below(table: Codes, found: Fit, names: Sequence[str], year: int | None) -> Fit | None:
    """Return a match with what differs in the names above it; None if it is not below them."""
    above = _above(found.concept.notation)
    for name in names:
        fits = (match(table, found.concept.scheme, code, name, year) for code in above)
        fit = next((one for one in fits if one), None)
        if fit is None:
            return None
        found = found.plus(*fit.differences)
    return found


def _above(notation: str) -> Iterator[str]:
    """Yield the codes above a code, from the 类 down; what was passed is not gone back to."""
    yield from (notation[:end] for end in range(3, len(notation), 2))
