"""One year's edition of the classification as a user imported it from a book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kemu.classification.books.book import Book, BookRow
from kemu.classification.tables.concept import Scheme


@dataclass(frozen=True)
class Edition:
    """One year's edition as imported.

    Attributes:
        year: Fiscal year.
        title: Title of the book.
        file: Name of the file it was read from.
        sha256: Of that file.
        complete: Classifications of which it holds every code.
        rows: Its codes.
    """

    year: int
    title: str
    file: str
    sha256: str
    complete: tuple[Scheme, ...]
    rows: tuple[BookRow, ...]

    @property
    def source(self) -> str:
        """Short name of the source, as the tables name theirs."""
        return f"BOOK:{self.year}"

    @cached_property
    def by_code(self) -> dict[tuple[str, str], BookRow]:
        """Scheme and code to its row."""
        return {(row.scheme, row.code): row for row in self.rows}

    def about(self) -> dict[str, object]:
        """Return the edition as JSON values, without its rows."""
        return {
            "year": self.year,
            "title": self.title,
            "file": self.file,
            "sha256": self.sha256,
            "complete": list(self.complete),
            "codes": len(self.rows),
        }


def edition_of(book: Book, year: int, complete: Iterable[str]) -> Edition:
    """Return the edition that a book makes."""
    file = book.path.replace("\\", "/").rpartition("/")[2]
    return Edition(year, book.title, file, book.sha256, tuple(map(Scheme, complete)), book.rows)
