"""Findings that only follow from another: it is the headline, they count for nothing of their own.

A column that slipped by a row breaks every row that it passes, and whatever adds up its cells; a
share or rate that holds once the amount under it is put right was computed from the wrong amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.model import iri
from kemu.model.document import Place
from kemu.model.facts import Extraction
from kemu.model.findings import Held, Severity
from kemu.validate.causes.constraints import Constraint, Numbers, constraints
from kemu.validate.found import Found
from kemu.validate.rules import Texts

ROW = "R3.2"
SLIPPED = 3
"""Rows whose sum is what the next row prints, before a column is said to have slipped."""
_RATIOS = ("R5.1", "R5.2", "R5.3")
_AMOUNTS = ("R3.", "R4.")

_COLUMN: Texts = {
    "zh": "这一栏像是从这里起错了一行：下面有 {n} 行，各项之和正好是同一栏相邻一行印出的数。",
    "en": "the column seems to have slipped by a row from here: in {n} rows the sum of the terms "
    "is what the column prints in the next row.",
}
_OF_COLUMN: Texts = {
    "zh": "这一栏错了一行，这里是它的后果。",
    "en": "this follows from a column that slipped by a row.",
}
_OF_AMOUNT: Texts = {
    "zh": "这个比率是按那个有误的金额算的：金额改正后，这里就成立。",
    "en": "the ratio was computed from the wrong amount: it holds once that is put right.",
}

_Cell = tuple[int | None, int | None, int | None]


def linked(
    found: Sequence[Found], extraction: Extraction, held: Mapping[str, Held]
) -> tuple[Found, ...]:
    """Return the findings, those that follow from another bound to it as their root."""
    free = [each for each in found if _is_violation(each) and not each.finding.root]
    told: dict[str, Found] = {}
    for head, others, texts in _slipped(free, extraction):
        told |= _bound(head, others, texts)
    for head, others in _computed(found, free, extraction, held):
        if not any(each.finding.id in told for each in (head, *others)):
            told |= _bound(head, others, (head.finding.cause, _OF_AMOUNT))
    return tuple(told.get(each.finding.id, each) for each in found)


def _is_violation(each: Found) -> bool:
    return each.finding.severity is Severity.VIOLATION


def _bound(head: Found, others: Sequence[Found], texts: tuple[Texts, Texts]) -> dict[str, Found]:
    """Return a finding and those that follow from it, by id, each with its cause."""
    root = head.finding.root or head.finding.id
    ids = [each.finding.id for each in (head, *others)]
    bound = {}
    for each, cause in ((head, texts[0]), *((other, texts[1]) for other in others)):
        related = dict.fromkeys((*each.finding.related, *ids))
        related.pop(each.finding.id, None)
        finding = replace(each.finding, root=root, cause=cause, related=tuple(related))
        bound[finding.id] = replace(each, finding=finding)
    return bound


# Columns that slipped -----------------------------------------------------------------------


def _slipped(
    free: Sequence[Found], extraction: Extraction
) -> Iterator[tuple[Found, list[Found], tuple[Texts, Texts]]]:
    """Yield the first row of every slipped column, what follows from it, and the words for it."""
    printed: dict[_Cell, Decimal] = {
        _cell(fact.place): fact.amount.value for fact in extraction.facts
    }
    columns: dict[tuple[int | None, int | None], list[Found]] = defaultdict(list)
    for each in free:
        if each.finding.rule == ROW and each.finding.evidence:
            place = each.finding.evidence[0].place
            columns[place.table, place.column].append(each)
    for (table, column), rows in columns.items():
        for step in (-1, 1):
            next_to = [each for each in rows if _is_next(each, printed, step)]
            if len(next_to) < SLIPPED or 2 * len(next_to) < len(rows):
                continue
            span = _span(set(map(_row, next_to)), set(map(_row, rows)))
            inside = sorted((e for e in rows if _row(e) in span), key=_row)
            cells: set[_Cell] = {(table, row, column) for row in span}
            ids = {each.finding.id for each in inside}
            also = [e for e in free if e.finding.id not in ids and _touches(e, cells)]
            told = {lang: text.format(n=len(next_to)) for lang, text in _COLUMN.items()}
            yield inside[0], [*inside[1:], *also], (told, _OF_COLUMN)
            break


def _row(each: Found) -> int:
    return each.finding.evidence[0].place.row or 0


def _span(slipped: set[int], broken: set[int]) -> range:
    """Return the rows over which a column slipped: the broken ones above and below belong to it."""
    first, last = min(slipped), max(slipped)
    while first - 1 in broken:
        first -= 1
    while last + 1 in broken:
        last += 1
    return range(first, last + 1)


def _is_next(each: Found, printed: Mapping[_Cell, Decimal], step: int) -> bool:
    """Tell whether the terms of a row add to what the column prints in the row beside it."""
    place = each.finding.evidence[0].place
    beside = printed.get((place.table, (place.row or 0) + step, place.column))
    return bool(each.finding.computed) and each.finding.computed == beside


def _touches(each: Found, cells: set[_Cell]) -> bool:
    return any(_cell(item.place) in cells for item in each.finding.evidence)


def _cell(place: Place) -> _Cell:
    return place.table, place.row, place.column if place.table is not None else None


# Shares and rates of wrong amounts ----------------------------------------------------------


def _computed(
    found: Sequence[Found],
    free: Sequence[Found],
    extraction: Extraction,
    held: Mapping[str, Held],
) -> Iterator[tuple[Found, list[Found]]]:
    """Yield the wrong amounts with the shares and rates that were computed from them."""
    document = iri.document(extraction.document.sha256) + "/"
    ratios = {
        each.value.removeprefix(document): each for each in free if each.finding.rule in _RATIOS
    }
    heads = [e for e in found if _is_violation(e) and e.finding.rule.startswith(_AMOUNTS)]
    if not ratios or not heads:
        return
    numbers = Numbers(extraction)
    rows: dict[str, list[Constraint]] = defaultdict(list)
    for row in constraints(extraction, held):
        if row.about in ratios:
            rows[row.about].append(row)
    for head in heads:
        right = dict(_right(head, numbers))
        others = [each for slug, each in ratios.items() if _mended(rows[slug], numbers, right)]
        if others:
            yield head, others
            ratios = {slug: each for slug, each in ratios.items() if each not in others}


def _right(head: Found, numbers: Numbers) -> Iterator[tuple[str, Decimal]]:
    """Yield the numbers that a finding holds against each other, each with the other's value."""
    finding = head.finding
    if finding.computed is None or finding.stated is None:
        return
    first = {item.place.slug for item in finding.evidence[:1]}
    last = {item.place.slug for item in finding.evidence[1:]}
    for slug, fact in numbers.facts.items():
        if fact.place.slug in first and fact.amount.value == finding.stated:
            yield slug, finding.computed
        elif fact.place.slug in last and fact.amount.value == finding.computed:
            yield slug, finding.stated


def _mended(rows: Iterable[Constraint], numbers: Numbers, right: Mapping[str, Decimal]) -> bool:
    """Tell whether what a claim says holds with one of the numbers put right."""
    own = list(rows)
    return any(
        own
        and all(slug in row.terms for row in own)
        and not any(row.miss(numbers, {slug: value}) for row in own)
        for slug, value in right.items()
    )
