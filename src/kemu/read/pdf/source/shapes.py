"""PDFium's page objects: what is drawn, pictures, and which text objects there are."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_int, c_uint
from dataclasses import dataclass, field

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from kemu.read.pdf.glyph import Box
from kemu.read.pdf.source import calls
from kemu.read.pdf.source.page import (
    Frame,
    Matrix,
    Point,
    Shapes,
    add_shape,
    chained,
    is_broad,
    moved,
)

MAX_STROKES = 60_000
"""Points of paths after these are not taken: the fullest pages have some 10,000."""
_DEPTH = 20
"""Forms within forms."""
_MOST_OBJECTS = 1_000_000
_WHITE = (255, 255, 255)


@dataclass(slots=True)
class Objects:
    """What a page is made of.

    Attributes:
        shapes: What is drawn.
        texts: Handles of the text objects.
    """

    shapes: Shapes = field(default_factory=Shapes)
    texts: list[int] = field(default_factory=list)


def objects_of(page: int, frame: Frame) -> Objects:
    """Return what a page is made of."""
    found = Objects()
    walk = _Walk(found)
    parts = (calls.page_object(page, index) for index in range(calls.count_objects(page)))
    walk.take(parts, frame.matrix, 0)
    return found


@dataclass(slots=True)
class _Walk:
    """A page's objects while they are gone through."""

    found: Objects
    strokes: int = 0
    objects: int = 0
    room: calls.Room = field(default_factory=lambda: calls.Room(6))
    modes: calls.Room = field(default_factory=lambda: calls.Room(2, c_int))
    colours: calls.Room = field(default_factory=lambda: calls.Room(4, c_uint))

    def take(self, parts: Iterator[int], matrix: Matrix, depth: int) -> None:
        """Take objects that lie in a space which a map leads out of."""
        for part in parts:
            self.objects += 1
            if self.objects > _MOST_OBJECTS:
                self.found.shapes.cut = True
                return
            kind = calls.object_type(part)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.found.texts.append(part)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(part, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.found.shapes.images.append(self._bounds(part, matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self._form(part, matrix, depth)

    def _form(self, form: int, matrix: Matrix, depth: int) -> None:
        if depth >= _DEPTH:
            self.found.shapes.cut = True
            return
        count = calls.count_form_objects(form)
        parts = (calls.form_object(form, index) for index in range(count))
        self.take(parts, chained(self._matrix(form), matrix), depth + 1)

    def _matrix(self, part: int) -> Matrix:
        calls.object_matrix(part, self.room.at)
        a, b, c, d, e, f = self.room.values[:6]
        return a, b, c, d, e, f

    def _bounds(self, part: int, matrix: Matrix) -> Box:
        at = self.room.parts
        calls.object_bounds(part, at[0], at[1], at[2], at[3])
        left, bottom, right, top = self.room.values[:4]
        corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _path(self, path: int, matrix: Matrix) -> None:
        """Take a path that is filled or stroked, each of its parts by itself."""
        count = calls.count_segments(path)
        if count < 2:
            return
        if self.strokes + count > MAX_STROKES:
            self.found.shapes.cut = True
            return
        self.strokes += count
        calls.draw_mode(path, *self.modes.parts)
        if not any(self.modes.values):
            return
        whole = chained(self._matrix(path), matrix)
        segments = [calls.segment(path, index) for index in range(count)]
        points = self._points(segments, whole)
        filled, stroked = self.modes.values
        if filled and not stroked and is_broad(points) and self._is_blank(path):
            return
        # Two points are a line and five are nearly always a rectangle: no need to ask further.
        if count == 2 or (count == 5 and points[0] == points[4]):
            add_shape(self.found.shapes, points)
            return
        for part in _parts(points, [calls.segment_type(item) for item in segments]):
            add_shape(self.found.shapes, part)

    def _is_blank(self, path: int) -> bool:
        """Return whether a path is filled in the colour of paper, or with nothing."""
        calls.fill_colour(path, *self.colours.parts)
        *colour, opacity = self.colours.values
        return tuple(colour) == _WHITE or opacity == 0

    def _points(self, segments: list[int], matrix: Matrix) -> list[Point]:
        a, b, c, d, e, f = matrix
        values, x_at, y_at = self.room.values, self.room.parts[0], self.room.parts[1]
        points = []
        for item in segments:
            calls.segment_point(item, x_at, y_at)
            x, y = values[0], values[1]
            points.append((a * x + c * y + e, b * x + d * y + f))
        return points


def _parts(points: list[Point], types: list[int]) -> Iterator[list[Point]]:
    """Yield the strokes of each part of a path; of a curve only where it ends."""
    part: list[Point] = []
    bends = 0
    for point, kind in zip(points, types, strict=True):
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if part:
                yield part
            part, bends = [point], 0
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            bends += 1
            if bends % 3 == 0:
                part.append(point)
        else:
            part.append(point)
    if part:
        yield part
