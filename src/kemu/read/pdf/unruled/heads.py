"""What the texts of a head stand over.

A text right above the rows heads one column; one with others below it heads as many of theirs as
lie even on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kemu.read.pdf.glyph import Box
from kemu.read.pdf.unruled.tokens import Line, Token

_LINE = 1.4
"""Type sizes between two lines of one text at most."""
_UNEVEN = 1.5
"""Type sizes by which a text may be off the middle of what it stands over."""
_MOST_PARENTS = 4

Rule = tuple[float, float, float]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Title:
    """A text of the head, with all its lines."""

    tokens: tuple[Token, ...]
    box: Box

    @property
    def raw(self) -> str:
        """Its lines as printed."""
        return "\n".join(token.raw for token in self.tokens)

    @property
    def centre(self) -> float:
        """Its middle across."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle height."""
        return (self.box.top + self.box.bottom) / 2

    @property
    def size(self) -> float:
        """Its type size."""
        return self.tokens[0].size


def titles_of(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Title]:
    """Return the texts of a head, those on several lines as one, from the top."""
    found: list[Title] = []
    for line in lines:
        for token in line:
            over = [title for title in found if _wraps(title, token, rules)]
            if over:
                found.remove(over[-1])
                found.append(Title((*over[-1].tokens, token), over[-1].box.around(token.box)))
            else:
                found.append(Title((token,), token.box))
    return sorted(found, key=lambda title: (title.box.top, title.box.x0))


def _wraps(title: Title, token: Token, rules: Sequence[Rule]) -> bool:
    last = title.tokens[-1]
    step = token.middle - last.middle
    near = 0.5 * token.size < step < _LINE * token.size
    level = abs(token.centre - title.centre) < token.size or abs(token.box.x0 - last.box.x0) < 2
    return (
        near
        and level
        and not any(last.middle < y < token.middle and a < token.centre < b for y, a, b in rules)
    )


def leaves_of(titles: Sequence[Title]) -> tuple[list[Title], list[Title], list[Title]]:
    """Return the texts of a head by what they can head, each from the left.

    Returns:
        Those that head one column; those with others below them; and those right above the gap
        between two others, which may head these or an empty column of their own.
    """
    parents = [title for title in titles if _has_below(title, titles)]
    leaves = [title for title in titles if title not in parents]
    between = [title for title in leaves if _stands_between(title, leaves)]
    own = [title for title in leaves if title not in between]
    return sorted(own, key=_centre), sorted(parents, key=_centre), sorted(between, key=_centre)


def _is_below(lower: Title, upper: Title) -> bool:
    return lower.box.top > upper.box.bottom - 0.35 * upper.size


def _has_below(title: Title, titles: Sequence[Title]) -> bool:
    return any(
        _is_below(other, title) and other.box.x0 < title.box.x1 and title.box.x0 < other.box.x1
        for other in titles
    )


def _stands_between(title: Title, leaves: Sequence[Title]) -> bool:
    """Return whether a text stands over the gap between two others that are below it."""
    left = max((o for o in leaves if o.centre < title.centre), key=_centre, default=None)
    right = min((o for o in leaves if o.centre > title.centre), key=_centre, default=None)
    return (
        left is not None
        and right is not None
        and _is_below(left, title)
        and _is_below(right, title)
    )


def _centre(title: Title) -> float:
    return title.centre


def spans_of(
    parents: Sequence[Title],
    leaves: Sequence[tuple[int, Title]],
    edges: Sequence[float],
    rules: Sequence[Rule],
) -> dict[Title, Span] | None:
    """Return the columns that texts stand over, first and behind the last; None if not sure.

    Args:
        parents: The texts with others below them.
        leaves: The other texts with their columns.
        edges: Between the columns.
        rules: Level rules of the table.
    """
    spans: dict[Title, Span] = {}
    for row in _by_row(parents):
        runs: dict[Span, list[Title]] = {}
        for parent in row:
            run = _run(parent, leaves, edges, rules)
            if run is None:
                return None
            runs.setdefault(run, []).append(parent)
        for run, titles in runs.items():
            placed = _placed(titles, run, edges)
            if placed is None:
                return None
            spans.update(placed)
    return spans if _are_nested(spans) else None


def _by_row(parents: Sequence[Title]) -> list[list[Title]]:
    rows: list[list[Title]] = []
    for parent in sorted(parents, key=lambda title: title.middle):
        if rows and parent.middle - rows[-1][-1].middle < 0.6 * parent.size:
            rows[-1].append(parent)
        else:
            rows.append([parent])
    return [sorted(row, key=_centre) for row in rows]


def _run(
    parent: Title,
    leaves: Sequence[tuple[int, Title]],
    edges: Sequence[float],
    rules: Sequence[Rule],
) -> Span | None:
    """Return the columns around a text whose own texts are below it."""
    below = [(column, leaf) for column, leaf in leaves if _is_below(leaf, parent)]
    under = {column for column, leaf in below if not _is_halfway(leaf, parent, below)}
    at = next((k for k in range(len(edges) - 1) if edges[k] <= parent.centre < edges[k + 1]), None)
    if at is None:
        return None
    if at not in under:
        near = sorted(under, key=lambda k: abs((edges[k] + edges[k + 1]) / 2 - parent.centre))
        if not near or abs(near[0] - at) > 1:
            return None
        at = near[0]
    first = last = at
    while first - 1 in under:
        first -= 1
    while last + 1 in under:
        last += 1
    return _ruled(parent, (first, last + 1), edges, rules)


def _is_halfway(leaf: Title, parent: Title, below: Sequence[tuple[int, Title]]) -> bool:
    """Return whether a text is set in the middle of the rows of a parent and of its texts."""
    lowest = max(other.middle for _, other in below)
    height = lowest - parent.middle
    return abs(leaf.middle - parent.middle - height / 2) < 0.2 * height


def _ruled(parent: Title, run: Span, edges: Sequence[float], rules: Sequence[Rule]) -> Span:
    """Return a run of columns cut to the rule below a text that is shorter than the table."""
    below = [
        (y, a, b)
        for y, a, b in rules
        if 0 < y - parent.middle < parent.size + parent.box.bottom - parent.box.top
        and a <= parent.centre <= b
    ]
    _, a, b = min(below, default=(0.0, edges[0], edges[-1]))
    inside = [
        column
        for column in range(*run)
        if min(b, edges[column + 1]) - max(a, edges[column])
        > 0.5 * (edges[column + 1] - edges[column])
    ]
    return (inside[0], inside[-1] + 1) if inside else run


def _placed(titles: Sequence[Title], run: Span, edges: Sequence[float]) -> dict[Title, Span] | None:
    """Return the columns of texts side by side over a run of columns, as even as can be."""
    if len(titles) > _MOST_PARENTS:
        return None
    best: tuple[float, tuple[Span, ...]] | None = None
    first, last = run
    for cuts in combinations(range(first + 1, last), len(titles) - 1):
        bounds = [first, *cuts, last]
        options = [
            _best_within(title, (a, b), edges)
            for title, a, b in zip(titles, bounds, bounds[1:], strict=False)
        ]
        cost = sum(off for off, _ in options)
        if best is None or cost < best[0] - 0.5:
            best = (cost, tuple(span for _, span in options))
    if best is None:
        return None
    for title, (a, b) in zip(titles, best[1], strict=True):
        off = abs((edges[a] + edges[b]) / 2 - title.centre)
        if off > max(_UNEVEN * title.size, 0.3 * min(edges[k + 1] - edges[k] for k in range(a, b))):
            return None
    return dict(zip(titles, best[1], strict=True))


def _best_within(title: Title, within: Span, edges: Sequence[float]) -> tuple[float, Span]:
    """Return how uneven a text lies over columns at least, and over which; all, if nearly so."""
    first, last = within
    options = []
    for a in range(first, last):
        for b in range(a + 1, last + 1):
            if edges[a] <= title.centre <= edges[b]:
                off = abs((edges[a] + edges[b]) / 2 - title.centre)
                options.append((off + title.size * (last - first - (b - a)), (a, b)))
    return min(options, default=(1e6, within))


def _are_nested(spans: dict[Title, Span]) -> bool:
    return not any(a < c < b < d for a, b in spans.values() for c, d in spans.values())
