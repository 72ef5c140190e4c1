"""Lines to rows: what a narrow cell wraps is put together again."""

from __future__ import annotations

from collections.abc import Sequence

from kemu.read.pdf.unruled.tokens import Line, Token

_CLOSER = 0.85
_LEVEL = 0.5


def pitch_of(bodies: Sequence[Sequence[Line]]) -> float:
    """Return how far apart rows are that are not wrapped: lines that each begin one."""
    steps: list[float] = []
    size = min((token.size for body in bodies for line in body for token in line), default=0.0)
    for body in bodies:
        for above, below in zip(body, body[1:], strict=False):
            step = _middle(below) - _middle(above)
            if begins(above) and begins(below) and step > 0.9 * size:
                steps.append(step)
    steps.sort()
    return steps[len(steps) // 4] if steps else 0.0


def begins(line: Line) -> bool:
    """Return whether a line begins a row for sure: it holds a number or begins an item."""
    return any(token.number or token.item for token in line)


def rows_of(
    body: Sequence[Line], pitch: float, rules: Sequence[tuple[float, float, float]]
) -> list[list[Line]]:
    """Return the lines of each row.

    Lines nearer than rows are, with no rule between them, are one row if only one of them holds
    amounts; so are all lines between two rules where each row has its own.
    """
    heights = sorted(rule[0] for rule in rules)
    groups: list[list[Line]] = []
    for line in body:
        if groups and _one_row(groups[-1], line, pitch, heights):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def has_amounts(line: Line) -> bool:
    """Return whether a line holds numbers that are no part of a name."""
    return any(token.number for token in line)


def _middle(line: Line) -> float:
    first: Token = line[0]
    return first.middle


def _one_row(group: Sequence[Line], line: Line, pitch: float, heights: Sequence[float]) -> bool:
    above = group[-1]
    if any(_middle(above) < height < _middle(line) for height in heights):
        return False
    step = _middle(line) - _middle(above)
    if has_amounts(line) and any(map(has_amounts, group)):
        return step < _LEVEL * line[0].size
    return step < (_CLOSER * pitch if pitch else 1.3 * line[0].size)
