"""Numbers that nobody took for the document's own though they are printed as amounts.

A sentence that was set aside as policy and yet repeats a number of the tables was misread: its
section is not what it seemed. A cell that holds an amount and that nobody looked at belongs to a
table that was not read. Both are told with the numbers that were not understood.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kemu.extract.words import numbers, sentences
from kemu.model import figures
from kemu.model.document import Cell, Document, Paragraph, Table
from kemu.model.facts import Amount, Fact, Unbound

_SET_ASIDE = "policy"
_REPEATED = "setAside"
_UNREAD, _FORM = "unread", "form"
_LEAST = 4
"""A table of amounts holds at least one among so many cells; with fewer it is a form."""
_DIGITS = 4
"""Digits that a number needs for its repetition in a table to be no chance."""
_PART = 4
"""Set aside wrongly if a table prints more of it than this part of what was understood."""
_NEAR = 24


def told(
    document: Document, unbound: Sequence[Unbound], prose: Sequence[Fact], tables: Sequence[Fact]
) -> list[Unbound]:
    """Return the numbers of sentences that were not understood, with what their words make them.

    Where a good part of what sentences and tables both print was set aside, it was so wrongly:
    those numbers are marked, and the percentages in their sentences told with them.
    """
    values = _Values(fact.amount for fact in tables)
    repeated = [n for n in unbound if n.reason == _SET_ASIDE and values.have(n.printed)]
    wrongly = _PART * len(repeated) > len(prose)
    misread = {number.place.paragraph for number in repeated} if wrongly else set()
    found = [
        replace(each, reason=_REPEATED)
        if each.reason == _SET_ASIDE and each.place.paragraph in misread
        else each
        for each in unbound
    ]
    for block in document.paragraphs:
        if block.place.paragraph in misread:
            found.extend(_percentages(block))
    texts = {block.place.paragraph: block.content.text for block in document.paragraphs}
    return [replace(each, kind=_kind(texts.get(each.place.paragraph, ""), each)) for each in found]


def _kind(text: str, number: Unbound) -> str:
    """Return what the words before a number make it."""
    before = sentences.CLAUSE.split(text[: number.place.start or 0])[-1]
    percent = number.printed.endswith("%")
    if sentences.pattern("change", "before").search(before):
        return "rate" if percent else "change"
    if not percent:
        return "amount"
    found = (name for name in ("share", "completion") if _told_as(name, before))
    return next(found, "amount")


def _told_as(name: str, before: str) -> bool:
    return sentences.pattern(name, "before").search(before) is not None


def cells(document: Document, taken: Iterable[str]) -> Iterator[Unbound]:
    """Yield the cells of tables of money that hold an amount and that nobody looked at.

    Forms, whose cells are words for the most part (targets, scores), are told as such.

    Args:
        document: The document.
        taken: Slugs of the cells that somebody took for something.
    """
    known = set(taken)
    for table in document.tables:
        reason = _FORM if _is_form(table) else _UNREAD
        for row in table.rows if _has_money(table) else ():
            for cell in row:
                if cell.place.slug not in known and _is_amount(cell):
                    yield Unbound(cell.place, cell.text.strip(), _label(row), reason)


def _is_amount(cell: Cell) -> bool:
    return figures.is_amount(cell.text.strip())


def _is_form(table: Table) -> bool:
    """Tell whether a table holds words for the most part."""
    filled = [cell for row in table.rows for cell in row if cell.text.strip()]
    return _LEAST * sum(map(_is_amount, filled)) < len(filled)


def _has_money(table: Table) -> bool:
    """Tell whether a table names a unit of money, above it or in a cell."""
    above = (caption.content.text for caption in table.captions)
    inside = (cell.text for row in table.rows for cell in row)
    return any("元" in text for texts in (above, inside) for text in texts)


def _label(row: Sequence[Cell]) -> str:
    """Return the words of a row, as much as tells which it is."""
    return " ".join(cell.text for cell in row if cell.text)[:60]


def _percentages(paragraph: Paragraph) -> Iterator[Unbound]:
    content, place = paragraph.content, paragraph.place
    for number in numbers.find(content.text):
        if number.kind == "percent":
            yield Unbound(
                replace(place, start=number.start, end=number.end),
                number.printed + number.unit,
                content.quote(max(0, number.start - _NEAR), number.end),
                _REPEATED,
            )


class _Values:
    """The amounts of the tables, to be asked for a number of the text."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        self._values = sorted({abs(amount.value) for amount in amounts if amount.value})

    def have(self, printed: str) -> bool:
        """Tell whether a table prints the number, to its own last digit."""
        for number in numbers.find(printed):
            digits = number.printed.lstrip("-0.,").replace(",", "").replace(".", "")
            if number.kind == "money" and len(digits) >= _DIGITS:
                factor = figures.factors()[number.unit]
                half = numbers.half_step(number.digits, factor)
                return self._near(abs(number.value) * factor, half)
        return False

    def _near(self, value: Decimal, half: Decimal) -> bool:
        index = bisect_left(self._values, value - half)
        return index < len(self._values) and self._values[index] <= value + half
