"""What every engine gives for a page: runs of characters, what is drawn, in the page as shown.

Coordinates are points from the top left of the page as a reader sees it: cropped and turned as
the file says. An engine knows the page's own space only; `Frame` leads from there to here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from kemu.model.document import NoticeKind
from kemu.read.pdf.glyph import Box

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
STRAIGHT = 0.01
"""Points by which a line may deviate from level or upright: engines compute in single precision."""
_SMALLEST, _USUAL, _LARGEST = 3.0, 10.0, 100.0
"""Type sizes: below and above, a page is drawn in another unit than points."""


class Run(NamedTuple):
    """Characters that share font, size, direction and baseline.

    Attributes:
        texts: The characters.
        starts: Where each begins, along the baseline.
        ends: Where each one's advance ends.
        base: The baseline: its height for level text, its distance from the left for sideways.
        size: Type size.
        turn: By how many degrees clockwise the page must be turned for it to be upright; -1 if it
            runs at a slant.
        above: -1 if its letters stand on the baseline towards smaller coordinates, else 1.
    """

    texts: list[str]
    starts: list[float]
    ends: list[float]
    base: float
    size: float
    turn: int = 0
    above: int = -1


@dataclass(slots=True)
class Shapes:
    """What is drawn on a page.

    Attributes:
        lines: Single lines, level or upright.
        rects: Rectangles.
        curves: Other shapes, by the ends of their strokes.
        images: The boxes of pictures.
        cut: Whether there was more than is taken.
    """

    lines: list[Box] = field(default_factory=list)
    rects: list[Box] = field(default_factory=list)
    curves: list[list[Point]] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as an engine gives it.

    Attributes:
        number: From 1.
        box: The page.
        runs: Its characters.
        shapes: What is drawn.
        plain: Its text in the order of the file.
        undecoded: How many characters have no known meaning.
        remarks: What was dropped: kind of notice and what, without the page.
    """

    number: int
    box: Box
    runs: list[Run]
    shapes: Shapes
    plain: str
    undecoded: int = 0
    remarks: tuple[Remark, ...] = ()


class PageSource(Protocol):
    """An engine with a file open."""

    def page(self, number: int) -> SourcePage:
        """Return a page, counted from 0.

        Raises:
            PageError: The engine cannot read it, or not well.
        """
        ...


Remark = tuple[NoticeKind, str]
"""What a reader should be told of a page: kind of notice and what."""
NO_GLYPHS: Remark = ("font", "字体没有嵌入文件，本机也没有，改由另一种方式读取")
UNREADABLE: Remark = ("broken", "页面有损坏，改由另一种方式读取，可能不全")
ENDLESS: Remark = ("broken", "页面内容反复套用自身，展开没有尽头，未读取")


class PageError(Exception):
    """A page that an engine cannot read, or would read in part.

    Attributes:
        remark: What to say of the page if another engine reads it.
    """

    def __init__(self, remark: Remark = UNREADABLE) -> None:
        super().__init__(remark[1])
        self.remark = remark


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from a page's own space to the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def box(self) -> Box:
        """The page as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return Box(0.0, 0.0, *((height, width) if self.rotation % 180 else (width, height)))

    @property
    def matrix(self) -> Matrix:
        """The affine map, as PDF writes one."""
        return {
            0: (1.0, 0.0, 0.0, -1.0, -self.left, self.top),
            90: (0.0, 1.0, 1.0, 0.0, -self.bottom, -self.left),
            180: (-1.0, 0.0, 0.0, 1.0, self.right, -self.bottom),
            270: (0.0, -1.0, -1.0, 0.0, self.top, self.right),
        }[self.rotation % 360]


def chained(first: Matrix, then: Matrix) -> Matrix:
    """Return the map that applies one map, then another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a map takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def sized(page: SourcePage) -> SourcePage:
    """Return a page with its type as large as people read it.

    A page may be drawn in a unit of its own (UserUnit, or none said); all that is judged by points
    counts on type of a usual size.
    """
    sizes = sorted(run.size for run in page.runs)
    middle = sizes[len(sizes) // 2] if sizes else _USUAL
    if _SMALLEST <= middle <= _LARGEST or not middle:
        return page
    factor = _USUAL / middle
    matrix: Matrix = (factor, 0, 0, factor, 0, 0)
    return replace(
        page,
        box=_moved_box(page.box, matrix),
        runs=[_sized_run(run, factor) for run in page.runs],
        shapes=_moved_shapes(page.shapes, matrix),
    )


def _sized_run(run: Run, factor: float) -> Run:
    return run._replace(
        starts=[factor * value for value in run.starts],
        ends=[factor * value for value in run.ends],
        base=factor * run.base,
        size=factor * run.size,
    )


def turned(page: SourcePage, turn: int) -> SourcePage:
    """Return a page turned clockwise by 90 or 270 degrees."""
    width, height = page.box.x1, page.box.bottom
    # Clockwise by a quarter, what was left is on top: (x, y) comes to lie at (height - y, x).
    matrix: Matrix = (0, 1, -1, 0, height, 0) if turn == 90 else (0, -1, 1, 0, 0, width)
    return replace(
        page,
        box=Box(0.0, 0.0, height, width),
        runs=[_turned_run(run, turn, matrix) for run in page.runs],
        shapes=_moved_shapes(page.shapes, matrix),
    )


def _moved_shapes(shapes: Shapes, matrix: Matrix) -> Shapes:
    return Shapes(
        [_moved_box(box, matrix) for box in shapes.lines],
        [_moved_box(box, matrix) for box in shapes.rects],
        [[moved(matrix, *point) for point in curve] for curve in shapes.curves],
        [_moved_box(box, matrix) for box in shapes.images],
        shapes.cut,
    )


def _moved_box(box: Box, matrix: Matrix) -> Box:
    x, y = moved(matrix, box.x0, box.top)
    z, w = moved(matrix, box.x1, box.bottom)
    return Box(min(x, z), min(y, w), max(x, z), max(y, w))


def _turned_run(run: Run, turn: int, matrix: Matrix) -> Run:
    if run.turn < 0:
        return run
    level = run.turn % 180 == 0
    # Along and across swap axes; each keeps or changes its sign.
    (along, along_at), (across, across_at) = (
        ((matrix[1], matrix[5]), (matrix[2], matrix[4]))
        if level
        else ((matrix[2], matrix[4]), (matrix[1], matrix[5]))
    )
    return run._replace(
        starts=[along * value + along_at for value in run.starts],
        ends=[along * value + along_at for value in run.ends],
        base=across * run.base + across_at,
        turn=(run.turn - turn) % 360,
        above=int(across * run.above),
    )


def direction(along_x: float, along_y: float) -> int:
    """Return the turn of text that advances along a vector of the page as shown, -1 if aslant."""
    across, down = abs(along_x), abs(along_y)
    if min(across, down) > _SLANT * max(across, down):
        return -1
    if across >= down:
        return 0 if along_x >= 0 else 180
    return 90 if along_y < 0 else 270


# Sine against cosine of a slant that no upright or sideways text has.
_SLANT = 0.1


_THICK = 3.0
"""Points: no rule is thicker."""


def is_broad(points: list[Point]) -> bool:
    """Return whether an outline is an area and not a rule drawn as one.

    An area that is filled white is the ground that a word processor lays under a line of text: it
    shows no edge. A white rule over a shaded ground is seen.
    """
    xs, ys = zip(*points, strict=True)
    return bool(min(max(xs) - min(xs), max(ys) - min(ys)) > _THICK)


def add_shape(shapes: Shapes, points: list[Point]) -> None:
    """Add a stroke or an outline to what is drawn, as the line, rectangle or curve it is."""
    if len(points) == 2 or (len(points) == 3 and _same(points[0], points[2])):
        (x, y), (z, w) = points[:2]
        if abs(x - z) <= STRAIGHT:
            z = x
        elif abs(y - w) <= STRAIGHT:
            w = y
        shapes.lines.append(Box(min(x, z), min(y, w), max(x, z), max(y, w)))
    elif len(points) == 5 and _is_rectangle(points):
        (x, y), (z, w) = points[0], points[2]
        shapes.rects.append(Box(min(x, z), min(y, w), max(x, z), max(y, w)))
    elif len(points) > 2:
        shapes.curves.append(points)


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= STRAIGHT and abs(one[1] - other[1]) <= STRAIGHT


def _is_rectangle(points: list[Point]) -> bool:
    """Return whether five points go round a rectangle with level and upright sides."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    return _same(points[0], points[4]) and (
        (_same((x0, y1), (x1, y2)) and _same((x2, y3), (x3, y0)))
        or (_same((x1, y0), (x2, y1)) and _same((x3, y2), (x0, y3)))
    )
