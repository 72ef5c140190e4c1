"""Pages with the tables that no upright rules divide, as parts of tables like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kemu.model import figures
from kemu.model.document import Notice, Place
from kemu.read.pdf.cells import Rule
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.grid import Fragment, RawCell
from kemu.read.pdf.page import PageContent
from kemu.read.pdf.unruled.bands import Band, bands_of, by_table
from kemu.read.pdf.unruled.body import pitch_of, rows_of
from kemu.read.pdf.unruled.columns import Column, columns_of, edges_of, with_titles, without_bare
from kemu.read.pdf.unruled.heads import Span, Title, leaves_of, spans_of, titles_of
from kemu.read.pdf.unruled.tokens import Line, Token, is_ordinals

_LEAST = 3
"""Rows with amounts that make a table without a line above it."""
_MOST_BETWEEN = 5
"""Texts over gaps of which each may have others below it or not."""
_READ = "表格没有框线，列由数字对齐推断，请核对"
_UNREAD = "有像表格的行，列对不齐，未按表格读取"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of a table have in common.

    Attributes:
        edges: Between the columns and around them.
        numeric: The columns of numbers.
        lefts: Where the texts of each column begin.
        pitch: How far apart rows are.
        head: The texts of the head with the columns they stand over.
    """

    edges: tuple[float, ...]
    numeric: frozenset[int]
    lefts: Mapping[int, float]
    pitch: float
    head: Mapping[Title, Span]


def with_unruled(pages: Sequence[PageContent]) -> tuple[list[PageContent], list[Notice]]:
    """Return the pages with the tables found among their lines, and notices of them.

    Only pages without ruled tables are looked at.
    """
    found = [band for page in pages if page.open_lines for band in bands_of(page)]
    parts: dict[int, list[tuple[Band, Fragment | None]]] = {}
    for table in by_table(found):
        for band, fragment in _parts(table):
            parts.setdefault(band.page, []).append((band, fragment))
    notices = [notice for number in sorted(parts) for notice in _notices(number, parts[number])]
    return [_with_parts(page, parts.get(page.number, ())) for page in pages], notices


def _notices(page: int, parts: Sequence[tuple[Band, Fragment | None]]) -> Iterator[Notice]:
    if any(fragment is not None for _, fragment in parts):
        yield Notice("note", f"第{page}页：{_READ}", Place(page=page))
    if any(fragment is None and band.rows >= _LEAST for band, fragment in parts):
        yield Notice("note", f"第{page}页：{_UNREAD}", Place(page=page))


def _with_parts(page: PageContent, parts: Sequence[tuple[Band, Fragment | None]]) -> PageContent:
    read = [(band, fragment) for band, fragment in parts if fragment is not None]
    if not read:
        return page
    taken = {at for band, _ in read for at in range(band.start, band.start + len(band.lines))}
    fragments = [*page.fragments, *(fragment for _, fragment in read)]
    return replace(
        page,
        lines=tuple(line for at, line in enumerate(page.lines) if at not in taken),
        fragments=tuple(sorted(fragments, key=lambda part: part.box.top)),
    )


def _parts(table: Sequence[Band]) -> list[tuple[Band, Fragment | None]]:
    """Return the parts of a table, None for those of which the columns are not sure."""
    rows = sum(band.rows for band in table)
    if rows < _LEAST and not (table[0].titled and table[0].head):
        return [(band, None) for band in table]
    fragments = _fragments(table)
    if fragments is None and len(table) > 1:
        return [*_parts(table[:1]), *((band, None) for band in table[1:])]
    if fragments is None:
        return [(band, None) for band in table]
    return list(zip(table, fragments, strict=True))


def _fragments(table: Sequence[Band]) -> list[Fragment] | None:
    frame = _frame(table)
    if frame is None:
        return None
    found = []
    for band in table:
        fragment = _fragment(band, frame)
        if fragment is None:
            return None
        found.append(fragment)
    return found


def _frame(table: Sequence[Band]) -> _Frame | None:
    """Return the columns of a table's parts and what heads them, None if not sure."""
    bodies = [band.body for band in table]
    lines = [line for body in bodies for line in body if not is_ordinals(line)]
    if not lines:
        return None
    first = table[0]
    titles = titles_of([line for line in first.head if not is_ordinals(line)], first.rules)
    leaves, parents, between = leaves_of(titles)
    ends = [end for band in table for end in band.ends]
    for over in _choices(between):
        own = [title for title in (*leaves, *between) if title not in over]
        own.sort(key=lambda title: title.centre)
        found = _laid_out(lines, own, [*parents, *over], ends, first.rules)
        if found is not None and _are_centred(over, *found):
            break
    else:
        return None
    columns, edges, spans = found
    return _Frame(
        tuple(edges),
        frozenset(at for at, column in enumerate(columns) if column.numeric),
        {at: min(t.box.x0 for t in column.tokens) for at, column in _filled(columns)},
        pitch_of(bodies),
        spans,
    )


def _choices(between: Sequence[Title]) -> Iterator[tuple[Title, ...]]:
    """Yield which texts over gaps may have others below them: all first, none last."""
    if len(between) > _MOST_BETWEEN:
        yield tuple(between)
        yield ()
        return
    for count in range(len(between), -1, -1):
        yield from combinations(between, count)


_Layout = tuple[list[Column], list[float], dict[Title, Span]]


def _laid_out(
    lines: Sequence[Line],
    leaves: Sequence[Title],
    parents: Sequence[Title],
    ends: Sequence[float],
    rules: Sequence[Rule],
) -> _Layout | None:
    """Return columns, edges and what the texts of a head stand over, None if not sure."""
    columns = without_bare(with_titles(columns_of(lines), leaves), lines)
    if len(columns) < 2 or (leaves and any(column.title is None for column in columns)):
        return None
    if not all(column.lines_up for column in columns):
        return None
    edges = edges_of(columns, ends)
    if any(b <= a for a, b in zip(edges, edges[1:], strict=False)):
        return None
    own = [(at, column.title) for at, column in enumerate(columns) if column.title]
    spans = spans_of(parents, own, edges, rules)
    if spans is None:
        return None
    return columns, edges, {**spans, **{title: (at, at + 1) for at, title in own}}


def _are_centred(
    between: Sequence[Title],
    columns: Sequence[Column],
    edges: Sequence[float],
    spans: Mapping[Title, Span],
) -> bool:
    """Return whether no empty column has room below texts that stand over gaps.

    With one, what heads the amounts to the right would not be in the middle of its cell.
    """
    for title in between:
        right = [at for at in range(*spans[title]) if edges[at] > title.centre - title.size]
        if not right or not columns[right[0]].ends_level or not columns[right[0]].numeric:
            continue
        own, width = columns[right[0]].title, edges[right[0] + 1] - edges[right[0]]
        off = abs((edges[right[0]] + edges[right[0] + 1]) / 2 - (own.centre if own else 0.0))
        if off > max(1.5 * title.size, 0.2 * width):
            return False
    return True


def _filled(columns: Sequence[Column]) -> Iterator[tuple[int, Column]]:
    for at, column in enumerate(columns):
        if column.tokens:
            yield at, column


def _fragment(band: Band, frame: _Frame) -> Fragment | None:
    """Return a part of a table, None if a text does not fit its columns."""
    body: list[dict[int, RawCell]] = []
    ordinals = [line for line in band.head if is_ordinals(line)]
    groups = [*([line] for line in ordinals), *rows_of(band.body, frame.pitch, band.rules)]
    for group in groups:
        row = _row(group, frame)
        if row is None:
            return None
        body.append(row)
    head = _head(frame) if len(band.head) > len(ordinals) else []
    top = min(t.box.top for line in band.lines for t in line)
    bottom = max(t.box.bottom for line in band.lines for t in line)
    box = Box(frame.edges[0], top, frame.edges[-1], bottom)
    rows = tuple(
        tuple(replace(row[column], row=at) for column in sorted(row))
        for at, row in enumerate([*head, *(_filled_up(row, frame.edges) for row in body)])
    )
    return Fragment(band.page, box, frame.edges, rows, inferred=True)


def _head(frame: _Frame) -> list[dict[int, RawCell]]:
    """Return the rows of the head: each text as far down as the next one below it."""
    width = len(frame.edges) - 1
    order = sorted(frame.head, key=lambda title: (title.box.top, title.box.x0))
    stacks: list[list[Title]] = [[] for _ in range(width)]
    for title in _from_the_widest(order, frame.head):
        for column in range(*frame.head[title]):
            stacks[column].append(title)
    depth = max(map(len, stacks), default=0)
    rows: list[dict[int, RawCell]] = [{} for _ in range(depth)]
    for title, (first, last) in frame.head.items():
        level = max(stacks[column].index(title) for column in range(first, last))
        lowest = all(stacks[column][-1] is title for column in range(first, last))
        height = depth - level if lowest else 1
        rows[level][first] = RawCell(level, first, height, last - first, title.box, title.raw)
    for column, stack in enumerate(stacks):
        if not stack and depth:
            top = min(title.box.top for title in frame.head)
            bottom = max(title.box.bottom for title in frame.head)
            place = Box(frame.edges[column], top, frame.edges[column + 1], bottom)
            rows[0][column] = RawCell(0, column, depth, 1, place, "")
    return rows


def _from_the_widest(titles: Sequence[Title], spans: Mapping[Title, Span]) -> list[Title]:
    """Return the texts of a head, each after those that stand over it."""
    return sorted(titles, key=lambda title: (spans[title][0] - spans[title][1], title.box.top))


def _row(group: Sequence[Line], frame: _Frame) -> dict[int, RawCell] | None:
    """Return the cells of a row, None if a number crosses an edge or two meet in a cell."""
    held: dict[int, list[Token]] = {}
    wide: list[tuple[Token, Span]] = []
    for line in group:
        for token in line:
            first, last = _span(token.box, frame.edges)
            if last - first == 1:
                held.setdefault(first, []).append(token)
            elif token.number:
                return None
            else:
                wide.append((token, (first, last)))
    cells = {column: _cell(tokens, column, frame) for column, tokens in held.items()}
    if any(_crowded(tokens, column, frame) for column, tokens in held.items()):
        return None
    for token, (first, last) in wide:
        if any(column in cells for column in range(first, last)):
            return None
        cells[first] = RawCell(0, first, 1, last - first, token.box, token.raw)
    return cells


def _crowded(tokens: Sequence[Token], column: int, frame: _Frame) -> bool:
    """Return whether a cell holds two numbers, or a number and a name."""
    return len(tokens) > 1 and (column in frame.numeric or any(t.amount for t in tokens))


def _cell(tokens: Sequence[Token], column: int, frame: _Frame) -> RawCell:
    box = tokens[0].box
    for token in tokens:
        box = box.around(token.box)
    lines: list[str] = []
    before: Token | None = None
    for token in sorted(tokens, key=lambda t: (round(t.middle), t.box.x0)):
        if before is not None and abs(token.middle - before.middle) < 0.5 * token.size:
            lines[-1] += f" {token.raw}"
        else:
            lines.append(token.raw)
        before = token
    return RawCell(0, column, 1, 1, box, _indent(tokens[0], column, frame) + "\n".join(lines))


def _indent(token: Token, column: int, frame: _Frame) -> str:
    """Return blanks for how far a label is set in from the column's other labels."""
    if column in frame.numeric or token.text[:1].isdigit() or figures.names_total(token.text):
        return ""
    depth = (token.box.x0 - frame.lefts.get(column, token.box.x0)) / (token.size / 2)
    return " " * max(0, round(depth))


def _span(box: Box, edges: Sequence[float]) -> Span:
    """Return the first column that a box reaches into and the one after its last."""
    inside = [
        column
        for column in range(len(edges) - 1)
        if min(box.x1, edges[column + 1]) - max(box.x0, edges[column])
        > min(0.25 * (box.x1 - box.x0), 4.0)
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 1)


def _filled_up(row: dict[int, RawCell], edges: Sequence[float]) -> dict[int, RawCell]:
    """Return a row with empty cells where nothing is printed."""
    boxes = [cell.box for cell in row.values()]
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    covered = {c for cell in row.values() for c in range(cell.column, cell.column + cell.colspan)}
    for column in set(range(len(edges) - 1)) - covered:
        place = Box(edges[column], top, edges[column + 1], bottom)
        row[column] = RawCell(0, column, 1, 1, place, "")
    return row
