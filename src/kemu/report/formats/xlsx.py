"""The report as an Excel workbook: overview, findings, ledger, what was understood and what not.

Numbers are in the unit that the document prints beside them, which is named in a column. Excel
itself keeps 15 digits, which is enough for the amounts of a unit or a department to the cent.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from kemu.report.listing import rank, row_of
from kemu.report.outcome import Failure, Outcome
from kemu.report.shares import percent
from kemu.report.view import GROUPS, Entry, View, view
from kemu.report.words import Words
from kemu.visible import is_formula, visible

_Row = Sequence[str | int | Decimal | None]
# Fixed, so that the same result gives the same bytes.
_CREATED = datetime(2000, 1, 1)
_LONGEST = 32000
"""Characters that a cell takes."""


def workbook(outcomes: Sequence[Outcome], lang: str, titles: dict[str, str]) -> bytes:
    """Return the workbook's bytes, the worst document first; the same result, the same bytes."""
    words = Words(lang)
    found = [None if isinstance(o, Failure) else view(o, lang, titles) for o in outcomes]
    ranked = sorted(zip(outcomes, found, strict=True), key=lambda pair: rank(row_of(*pair)))
    views = [v for _, v in ranked if v]
    buffer = io.BytesIO()
    book: Workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": words("label", "check_report"), "created": _CREATED})
    sheets = (
        ("index_title", *_overview(ranked, words)),
        ("message", *_findings(views, words)),
        *_noted(views, words),
        ("ledger", *_ledger(views, words, titles)),
        ("by_part", *_parts(views, words)),
        ("gaps", *_gaps(views, words)),
        ("not_bound", *_strays(views, words)),
    )
    for name, header, widths, rows in sheets:
        _sheet(book, words("label", name), header, widths, rows)
    book.close()
    return buffer.getvalue()


def _sheet(
    book: Workbook, name: str, header: Sequence[str], widths: Sequence[int], rows: Iterable[_Row]
) -> None:
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    # A text that begins like a formula stays one when somebody edits the cell.
    quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    number = book.add_format({"num_format": "#,##0.00##", "valign": "top"})
    count = book.add_format({"num_format": "0", "valign": "top"})
    for column, (title, width) in enumerate(zip(header, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, last, column, value, (text, number, count, quoted))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(header) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: str | int | Decimal | None,
    formats: tuple[Format, Format, Format, Format],
) -> None:
    text, number, count, quoted = formats
    if isinstance(value, str):
        plain = visible(value, lines=True)
        sheet.write_string(row, column, plain, quoted if is_formula(plain) else text)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, number)
    elif value is not None:
        sheet.write_number(row, column, value, count)


def _overview(
    ranked: Sequence[tuple[Outcome, View | None]], words: Words
) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    header = [words("label", n) for n in ("file", "organisation", "year", "kind", "verdict")]
    header += [words("group", name) for name in (*GROUPS.values(), "unchecked")]
    header += [words("label", name) for name in ("share", "reason", "not_bound")]
    rows = [_document(outcome, found, words) for outcome, found in ranked]
    return header, (40, 30, 8, 12, 26, 8, 8, 10, 10, 14, 50, 50), rows


def _document(outcome: Outcome, found: View | None, words: Words) -> _Row:
    if isinstance(outcome, Failure) or found is None:
        assert isinstance(outcome, Failure)
        verdict = words("verdict", outcome.verdict)
        return (outcome.path, "", "", "", verdict, *[None] * 4, "", outcome.message, "")
    return (
        outcome.extraction.document.path, found.organisation, found.year, found.kind,
        words("verdict", found.headline), *found.counts.values(),
        percent(found.coverage.in_checks, found.coverage.numbers),
        words("verdict_note", found.headline), words.listed(found.obscure),
    )  # fmt: skip


def _findings(
    views: Sequence[View], words: Words
) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    names = (
        "file", "severity", "rule", "message", "place", "quote", "stated", "computed", "difference",
        "unit", "cause", "replacement", "fingerprint",
    )  # fmt: skip
    header = [words("label", name) for name in names]
    rows: list[_Row] = [_finding(v, entry, words) for v in views for entry in v.entries]
    return header, (28, 8, 8, 60, 40, 50, 16, 16, 14, 8, 30, 50, 20), rows


def _finding(found: View, entry: Entry, words: Words) -> _Row:
    subject = entry.subject
    return (
        found.result.extraction.document.path, words("group", entry.group), entry.rule,
        entry.message,
        subject.where if subject else "", subject.quote.whole if subject else "",
        *entry.numbers, entry.unit, entry.cause, entry.replacement, entry.fingerprint,
    )  # fmt: skip


def _noted(
    views: Sequence[View], words: Words
) -> list[tuple[str, Sequence[str], Sequence[int], list[_Row]]]:
    """Return the sheet of what is accepted, lapsed, new and gone; none where nothing is."""
    names = ("file", "status", "rule", "message", "why", "fingerprint")
    rows: list[_Row] = [
        (
            v.result.extraction.document.path, one.title, one.remark.rule, one.remark.message,
            one.remark.reason, one.remark.fingerprint,
        )
        for v in views
        for one in v.noted
    ]  # fmt: skip
    header = [words("label", name) for name in names]
    return [("review", header, (28, 14, 8, 60, 40, 20), rows)] if rows else []


def _ledger(
    views: Sequence[View], words: Words, titles: dict[str, str]
) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    names = ("file", "rule", "rule_title", "status", "scope", "blocked", "reason")
    rows: list[_Row] = [
        (
            v.result.extraction.document.path, row.rule, titles.get(row.rule, ""),
            words("status", row.status.value), row.scope, row.blocked, words.pick(row.reason),
        )
        for v in views
        for row in v.result.ledger
    ]  # fmt: skip
    return [words("label", name) for name in names], (28, 8, 40, 14, 10, 10, 60), rows


def _parts(views: Sequence[View], words: Words) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    names = ("file", "part", "place", "numbers", "keyed", "in_checks")
    rows: list[_Row] = [
        (v.result.extraction.document.path, p.name, p.pages, p.numbers, p.keyed, p.checked)
        for v in views
        for p in v.parts
    ]
    return [words("label", name) for name in names], (28, 50, 14, 10, 10, 10), rows


def _gaps(views: Sequence[View], words: Words) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    names = ("file", "part", "reason", "rule", "place")
    rows: list[_Row] = [
        (
            v.result.extraction.document.path, gap.where, gap.reason, " ".join(gap.rules),
            words.listed(gap.places)[:_LONGEST],
        )
        for v in views
        for gap in v.unjudged
    ]  # fmt: skip
    return [words("label", name) for name in names], (28, 50, 50, 20, 80), rows


def _strays(views: Sequence[View], words: Words) -> tuple[Sequence[str], Sequence[int], list[_Row]]:
    names = ("file", "amount", "quote", "reason", "place")
    rows: list[_Row] = [
        (v.result.extraction.document.path, s.printed, s.quote, s.reason, s.where)
        for v in views
        for s in v.strays
    ]
    return [words("label", name) for name in names], (28, 14, 60, 30, 40), rows
