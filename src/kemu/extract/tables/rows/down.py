"""The sums that the rows of a table state: units, codes and labels under their total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.extract.readings.splits import Split
from kemu.extract.tables.rows.row import Row
from kemu.model import dimensions, figures
from kemu.model.language import Relation, RowKind

_BASES = {"functional": "codeHierarchy", "deptEconomic": "economic", "govEconomic": "economic"}


def down(rows: Sequence[Row]) -> Iterator[Split]:
    """Yield the splits that the rows state: units, codes, labels under their total."""
    for segment in _segments(rows):
        yield from _codes(segment)
    yield from _totals(rows)
    yield from _labels(rows)


def _segments(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows from one unit or heading row (货物) to the next."""
    segment: list[Row] = []
    for row in rows:
        item = row.own.get("item", "")
        bought = row.kind == "label" and dimensions.is_narrower("item", item, "procurement")
        heads = row.kind == "unit" or bought
        if heads and segment:
            yield segment
            segment = []
        segment.append(row)
    if segment:
        yield segment


def _codes(rows: Sequence[Row]) -> Iterator[Split]:
    coded = _coded(rows)
    children: dict[int, list[Row]] = {}
    above = _above(coded)
    for row in coded:
        if row.index in above:
            children.setdefault(above[row.index].index, []).append(row)
    for row in coded:
        parts = children.get(row.index)
        if parts:
            basis = _BASES[row.scheme]
            if len(parts) == 1 and row.scheme == "functional" and len(parts[0].code) == 7:
                basis = "oneItemClass"
            yield Split(row.index, tuple(p.index for p in parts), basis=basis)
        else:
            projects = _projects_of(row, rows)
            if projects:
                yield Split(row.index, tuple(p.index for p in projects), basis="column")


def _coded(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind == "code" and row.scheme and not row.restates]


def _above(coded: Sequence[Row]) -> dict[int, Row]:
    """Return for rows with codes the row that each stands under.

    It is of the same unit; or of none, directly above: a sum over the units that follow it.
    """
    by_code = {(r.organisation, r.scheme, r.code): r for r in reversed(coded)}
    found: dict[int, Row] = {}
    common: Row | None = None
    for row in coded:
        above = _ancestor(row, by_code)
        if above is None and common is not None and row.organisation and _holds(common, row):
            above = common
        if above is not None:
            found[row.index] = above
        if not row.organisation:
            common = row
    return found


def _holds(above: Row, row: Row) -> bool:
    longer = len(row.code) > len(above.code) and row.code.startswith(above.code)
    return longer and row.scheme == above.scheme


def _ancestor(row: Row, by_code: dict[tuple[str, str, str], Row]) -> Row | None:
    for length in (5, 3):
        if length < len(row.code):
            found = by_code.get((row.organisation, row.scheme, row.code[:length]))
            if found is not None and found.index != row.index:
                return found
    return None


def _projects_of(row: Row, rows: Sequence[Row]) -> list[Row]:
    """Return the project rows that directly follow a code row and carry its code."""
    found = []
    for other in rows:
        if other.index <= row.index:
            continue
        if other.kind != "project" or other.code != row.code:
            break
        found.append(other)
    return found


def _tops(rows: Sequence[Row]) -> list[Row]:
    """Return the code rows that stand under no other code row of the same unit and scheme."""
    coded = _coded(rows)
    above = _above(coded)
    return [row for row in coded if row.index not in above]


def _totals(rows: Sequence[Row]) -> Iterator[Split]:
    """Yield total rows against units, codes or projects; and units against their codes."""
    totals = [row for row in rows if row.kind == "total"]
    units = _top_units([row for row in rows if row.kind == "unit"])
    parts: Sequence[Row] = units or _tops(rows)
    if not parts and not any(row.kind == "label" for row in rows):
        parts = [row for row in rows if row.kind == "project"]
    for total in totals[:2]:
        if parts and (len(totals) == 1 or total.label or total.index == totals[0].index + 1):
            yield Split(total.index, tuple(p.index for p in parts), basis="column")
    for segment in _segments(rows):
        head = segment[0]
        if head.kind == "unit":
            below = _tops(segment) or _plain(segment)
            if below:
                yield Split(head.index, tuple(p.index for p in below), basis="column")


def _plain(segment: Sequence[Row]) -> list[Row]:
    """Return the rows of a unit that carry no code: its outermost labels, else its projects."""
    kinds: tuple[RowKind, ...] = ("label", "project", "unknown")
    return [row for row in segment if row.kind in kinds and row.depth == 0]


def _top_units(units: Sequence[Row]) -> list[Row]:
    """Return the units whose superior (the unit with the shorter code) is not listed."""
    codes = {u.organisation for u in units if u.organisation.isdigit()}

    def below(unit: Row) -> bool:
        code = unit.organisation
        return code.isdigit() and any(code != c and code.startswith(c) for c in codes)

    return [unit for unit in units if not below(unit)]


def _labels(rows: Sequence[Row]) -> Iterator[Split]:
    """Yield the sums of a 收支总表: rows above 合计, 合计 and more in 总计, rows under a row."""
    labels = [row for row in rows if row.kind in ("label", "total", "unknown")]
    if not any(row.kind == "label" for row in labels):
        return
    if any(row.kind in ("code", "unit") for row in rows):
        return
    yield from _nested(labels)
    parents = {row.parent for row in labels}
    open_rows: list[Row] = []
    for row in labels:
        if row.depth:
            continue
        ends = figures.ends_in_total(row.label) and row.index not in parents
        if row.kind == "total" or ends:
            if len(open_rows) > 0:
                grand = figures.ends_in_grand_total(row.label)
                basis = "balance" if grand or row.label.startswith("本年") else "column"
                yield Split(row.index, tuple(r.index for r in open_rows), basis=basis)
            first = row.kind == "total" and not open_rows
            open_rows = [] if first else [row]
            continue
        open_rows.append(row)
    first_total = labels[0]
    if first_total.kind == "total" and len(open_rows) > 1:
        yield Split(first_total.index, tuple(r.index for r in open_rows), basis="column")


def _nested(labels: Sequence[Row]) -> Iterator[Split]:
    children: dict[int, list[Row]] = {}
    for row in labels:
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row)
    for parent, parts in children.items():
        some = parts[0].part and len(parts) == 1
        relation: Relation = "atMost" if some else "equal"
        yield Split(parent, tuple(p.index for p in parts), relation, "")
