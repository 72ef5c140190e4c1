"""Columns from how the texts of all rows line up, and from what heads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, pstdev

from kemu.read.pdf.unruled.heads import Title
from kemu.read.pdf.unruled.tokens import Line, Token

_PAD = 2.0
_LEVEL = 3.0
_FEW = 3
"""Amounts, of which nothing tells whether they line up."""
_NEW = 2.5
_BARE = 2.0
_WRONG = 50.0
_SPANNING = 8
"""One text in so many rows may reach over several columns."""


@dataclass(slots=True)
class Column:
    """A column while it is found.

    Attributes:
        tokens: What stands in it.
        left: Where its texts begin.
        right: Where they end.
        title: What heads it, if that is known.
    """

    tokens: list[Token]
    left: float
    right: float
    title: Title | None = None

    @property
    def numeric(self) -> bool:
        """Whether most that stands in it are numbers."""
        return 2 * sum(token.number for token in self.tokens) > len(self.tokens)

    @property
    def amounts(self) -> bool:
        """Whether amounts stand in it."""
        return any(token.amount for token in self.tokens)

    @property
    def lines_up(self) -> bool:
        """Whether its amounts end, begin or lie even at one place, most of them."""
        boxes = [token.box for token in self.tokens if token.amount]
        places = (
            [box.x1 for box in boxes],
            [box.x0 for box in boxes],
            [(box.x0 + box.x1) / 2 for box in boxes],
        )
        return len(boxes) < _FEW or any(map(_are_one, places))

    @property
    def ends_level(self) -> bool:
        """Whether its texts end at one place, and do not begin at one."""
        if len(self.tokens) < 2:
            return self.numeric
        ends = pstdev(token.box.x1 for token in self.tokens)
        return ends <= pstdev(token.centre for token in self.tokens) and ends < 2


def _are_one(places: Sequence[float]) -> bool:
    middle = median(places)
    return 3 * sum(abs(place - middle) < _LEVEL for place in places) > 2 * len(places)


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """Return the columns of rows, from the left."""
    tokens = sorted((t for line in lines for t in line), key=lambda t: (t.box.x0, t.box.x1))
    spanning = _spanning(tokens)
    columns: list[Column] = []
    for token in tokens:
        if id(token) in spanning:
            continue
        if columns and token.box.x0 < columns[-1].right:
            columns[-1].tokens.append(token)
            columns[-1].right = max(columns[-1].right, token.box.x1)
        else:
            columns.append(Column([token], token.box.x0, token.box.x1))
    left = _put_back(columns, lines, spanning)
    if left > max(1, len(lines) // _SPANNING):
        return [Column(list(tokens), tokens[0].box.x0, max(t.box.x1 for t in tokens))]
    return columns


def _put_back(columns: Sequence[Column], lines: Sequence[Line], spanning: set[int]) -> int:
    """Put texts back that reach into one column only, and return how many do not.

    Those beside most others come first: what stands alone in its row may be the total's label,
    set over several columns.
    """
    apart = [(len(line), token) for line in lines for token in line if id(token) in spanning]
    several = 0
    for _, token in sorted(apart, key=lambda item: -item[0]):
        over = [c for c in columns if token.box.x0 < c.right and c.left < token.box.x1]
        if len(over) != 1:
            several += 1
            continue
        over[0].tokens.append(token)
        over[0].left = min(over[0].left, token.box.x0)
        over[0].right = max(over[0].right, token.box.x1)
    return several


def _spanning(tokens: Sequence[Token]) -> set[int]:
    """Return the texts, no numbers, without which what they reach over falls apart."""
    events = sorted(
        event
        for at, token in enumerate(tokens)
        for event in ((token.box.x0, 1, at), (token.box.x1, 0, at))
    )
    active: set[int] = set()
    found: set[int] = set()
    ended = False
    for _, begins, at in events:
        if begins:
            if ended and len(active) == 1:
                found |= active
            active.add(at)
            ended = False
        else:
            active.discard(at)
            ended = len(active) == 1
    return {id(tokens[at]) for at in found if not tokens[at].number}


def with_titles(columns: Sequence[Column], leaves: Sequence[Title]) -> list[Column]:
    """Return the columns with what heads them, empty ones added.

    Columns and titles keep their order; a title is matched with the column that it can head, or
    heads one in which nothing is printed.
    """
    found: list[Column] = []
    column = 0
    for title, index in _matched(columns, leaves):
        while column < (index if index is not None else column):
            found.append(columns[column])
            column += 1
        if index is None:
            found.append(Column([], title.box.x0, title.box.x1, title))
        else:
            columns[index].title = title
            found.append(columns[index])
            column = index + 1
    return [*found, *columns[column:]]


def _matched(columns: Sequence[Column], leaves: Sequence[Title]) -> list[tuple[Title, int | None]]:
    """Return the titles with the index of their column, None for one without rows; cheapest."""
    height, width = len(leaves), len(columns)
    cost = [[0.0] * (width + 1) for _ in range(height + 1)]
    step = [[0] * (width + 1) for _ in range(height + 1)]
    for j in range(height + 1):
        for k in range(width + 1):
            if not j and not k:
                continue
            options = []
            if k:
                options.append((cost[j][k - 1] + _BARE, 1))
            if j:
                options.append((cost[j - 1][k] + _new(columns, k, leaves[j - 1]), 2))
            if j and k:
                before = columns[k - 2] if k > 1 else None
                fit = _unfit(columns[k - 1], leaves[j - 1], before)
                options.append((cost[j - 1][k - 1] + fit, 3))
            cost[j][k], step[j][k] = min(options)
    found: list[tuple[Title, int | None]] = []
    j, k = height, width
    while j or k:
        move = step[j][k]
        if move == 1:
            k -= 1
            continue
        j -= 1
        if move == 3:
            k -= 1
        found.append((leaves[j], k if move == 3 else None))
    return found[::-1]


def _new(columns: Sequence[Column], k: int, title: Title) -> float:
    """Return how unlikely it is that a title heads an empty column behind the first k."""
    left = columns[k - 1].right if k else float("-inf")
    right = columns[k].left if k < len(columns) else float("inf")
    over = max(0.0, left - title.centre, title.centre - right)
    return _NEW + (_WRONG if over else 0.0)


def _unfit(column: Column, title: Title, before: Column | None) -> float:
    """Return how unlikely it is that a title heads a column."""
    size = title.size
    if before is not None and title.centre < before.right and before.ends_level:
        return _WRONG
    if column.ends_level and title.box.x0 > column.right + size:
        return _WRONG
    if not column.numeric and title.box.x1 < column.left - size:
        return _WRONG
    gap = max(0.0, column.left - title.box.x1, title.box.x0 - column.right)
    return 0.02 * gap / size


def without_bare(columns: Iterable[Column], lines: Sequence[Line]) -> list[Column]:
    """Return the columns, those of names or ordinals without a title made one with their neighbour.

    Only where no line has something in both.
    """
    kept: list[Column] = []
    for column in columns:
        before = kept[-1] if kept else None
        if (
            before is not None
            and None in (before.title, column.title)
            and not before.amounts
            and not column.amounts
            and not _share_a_line(before, column, lines)
        ):
            title = before.title or column.title
            tokens = [*before.tokens, *column.tokens]
            kept[-1] = Column(tokens, before.left, column.right, title)
        else:
            kept.append(column)
    return kept


def _share_a_line(one: Column, other: Column, lines: Sequence[Line]) -> bool:
    ours, theirs = {id(t) for t in one.tokens}, {id(t) for t in other.tokens}
    return any(
        any(id(t) in ours for t in line) and any(id(t) in theirs for t in line) for line in lines
    )


def edges_of(columns: Sequence[Column], ends: Sequence[float]) -> list[float]:
    """Return the edges between columns and around them.

    Args:
        columns: From the left.
        ends: Where level rules begin or end, as often as they do.
    """
    edges = [min(_left(columns[0]), columns[0].left) - _PAD]
    for one, other in zip(columns, columns[1:], strict=False):
        edges.append(_edge(one, other, ends))
    return [*edges, max(_right(columns[-1]), columns[-1].right) + _PAD]


def _left(column: Column) -> float:
    return min(column.left, column.title.box.x0) if column.title else column.left


def _right(column: Column) -> float:
    return max(column.right, column.title.box.x1) if column.title else column.right


def _edge(one: Column, other: Column, ends: Sequence[float]) -> float:
    low, high = _right(one), _left(other)
    if low > high:
        low, high = one.right, other.left
    if low > high:
        low = high = (low + high) / 2
    inside = [end for end in ends if low - 1 <= end <= high + 1]
    if inside:
        return max(sorted(set(inside)), key=inside.count)
    pad = min(_PAD, (high - low) / 2)
    if one.tokens and one.ends_level and low <= one.right + _PAD:
        return low + pad
    if other.tokens and not other.numeric and high >= other.left - _PAD:
        return high - pad
    return (low + high) / 2
