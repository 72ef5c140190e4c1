"""An imported book for readers: what separates it from the tables, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kemu.classification.books.book import Book
from kemu.classification.books.comparison import BookDifference
from kemu.report.formats.csv_lines import lines
from kemu.report.formats.json_text import dumps
from kemu.report.layout import table, wrap
from kemu.report.words import Words

COLUMNS = (
    "kind", "scheme", "code", "name", "old_code", "old_name", "confidence", "years_seen", "below",
    "note", "place",
)  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """What an import found and did.

    Attributes:
        book: The book.
        year: The edition it was taken for.
        differences: How it differs from the tables.
        partial: Scheme to why it does not count as complete, empty where it does.
        written: Folder it was written to, or empty.
        store: The store, as the user named it.
        since: How it differs from the edition of the year that the store had; None if it had none.
    """

    book: Book
    year: int
    differences: tuple[BookDifference, ...]
    partial: Mapping[str, str]
    written: str = ""
    store: str = ""
    since: tuple[BookDifference, ...] | None = None


def as_json(found: Imported) -> str:
    """Return an import as JSON."""
    return dumps(
        {
            "file": found.book.path,
            "sha256": found.book.sha256,
            "title": found.book.title,
            "edition": found.year,
            "codes": len(found.book.rows),
            "complete": [scheme for scheme, why in found.partial.items() if not why],
            "partial": {scheme: why for scheme, why in found.partial.items() if why},
            "unread": list(found.book.unread),
            "notes": list(found.book.notes),
            "differences": [one.to_json() for one in found.differences],
            "sinceImport": None if found.since is None else [one.to_json() for one in found.since],
            "problems": [slip.to_json() for slip in found.book.slips],
            "written": found.written or None,
        }
    )


def as_csv(found: Imported) -> str:
    """Return the differences as CSV."""
    rows = [
        [
            d.kind, d.scheme, d.code, d.name, d.old_code, d.old_name, d.confidence,
            ";".join(map(str, d.years_seen)), d.below, d.note, d.place,
        ]
        for d in found.differences
    ]  # fmt: skip
    return lines(COLUMNS, rows)


def as_text(found: Imported, words: Words, width: int) -> str:
    """Return an import as text: the differences as a table, then what it counts for."""
    return "\n".join(_lines(found, words, width)) + "\n"


def _lines(found: Imported, words: Words, width: int) -> Iterator[str]:
    book = found.book
    file = book.path.replace("\\", "/").rpartition("/")[2]
    yield words("book", "title", file=file, codes=len(book.rows), year=found.year)
    if book.years and found.year not in book.years:
        years = "、".join(map(str, book.years))
        yield wrap(words("book", "other_year", years=years, year=found.year), width)
    for what in (*book.unread, *book.notes):
        yield wrap(words("book", "unread", what=what) if what in book.unread else what, width)
    shown = [d for d in found.differences if d.kind != "gone" or not found.partial.get(d.scheme)]
    yield f"\n{words('book', 'against')}："
    yield table(_header(words), _rows(shown, words), width) if shown else words("book", "none")
    left = sum(1 + d.below for d in found.differences if d not in shown)
    if left:
        yield wrap(words("book", "not_in_part", n=left), width)
    if found.since is not None:
        yield f"\n{words('book', 'since', year=found.year)}："
        rows = _rows(found.since, words)
        yield table(_header(words), rows, width) if rows else words("book", "none")
    yield ""
    yield from _status(found, words, width)


def _header(words: Words) -> list[str]:
    return [words("book", name) for name in ("kind", "code", "name", "before", "known", "note")]


def _rows(shown: Sequence[BookDifference], words: Words) -> list[list[str]]:
    return [
        [
            words("book", d.kind),
            d.code,
            d.name + (words.bracketed(words("book", "below", n=d.below)) if d.below else ""),
            d.old_code or d.old_name,
            d.confidence or "",
            d.note,
        ]
        for d in shown
    ]


def _status(found: Imported, words: Words, width: int) -> Iterator[str]:
    whole = [words("scheme", scheme) for scheme, why in found.partial.items() if not why]
    if whole:
        yield wrap(words("book", "complete", schemes="、".join(whole)), width)
    for scheme, why in found.partial.items():
        if why:
            text = words("book", "partial", scheme=words("scheme", scheme), reason=why)
            yield wrap(text, width)
    if found.written:
        yield wrap(words("book", "written", folder=found.written, store=found.store), width)
    else:
        yield words("book", "not_written")
