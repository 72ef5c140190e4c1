"""The user's own store: imported editions beside the shipped tables, which stay as they are.

A store is a folder; what belongs to codes lies in its subfolder `codes`. It is in force for a
process and those it starts when the environment variable KEMU_STORE names it, so that every
command, and every worker of a batch, sees the same classification.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.classification.books.book import Book, BookRow
from kemu.errors import InputError
from kemu.files import replace_file

if TYPE_CHECKING:
    from kemu.classification.store.attestations import Evidence, Support

VARIABLE = "KEMU_STORE"
FORMER = "former"
"""Subfolder of the editions that were replaced, one per year."""
COLUMNS = ("scheme", "code", "name", "level", "parent", "budget", "definition", "place")


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
    complete: tuple[str, ...]
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


class Store:
    """A folder with a user's own editions and the evidence of documents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "codes"

    @property
    def evidence(self) -> Evidence:
        """What documents print of codes."""
        from kemu.classification.store.attestations import Evidence

        return Evidence(self.folder)

    def editions(self) -> tuple[Edition, ...]:
        """Return the imported editions, the oldest first.

        Raises:
            InputError: A file of the store was changed so that it cannot be read.
        """
        return tuple(_edition(path) for path in sorted(self.folder.glob("edition-????.json")))

    def edition(self, year: int) -> Edition | None:
        """Return the imported edition of a year, or None."""
        path = self.folder / f"edition-{year:04d}.json"
        return _edition(path) if path.is_file() else None

    def write(self, edition: Edition) -> list[Path]:
        """Write an edition as a table, a graph and a description, and return the files.

        The description is written last: without it the edition does not exist. An edition of the
        year that is replaced is kept aside, for `undo`.
        """
        from kemu.classification.rdf.imported import nquads

        self._put_aside(edition)
        stem = f"edition-{edition.year:04d}"
        about = json.dumps(edition.about(), ensure_ascii=False, indent=2) + "\n"
        files = {
            f"{stem}.csv": _csv(edition.rows).encode(),
            f"{stem}.nq": nquads(edition),
            f"{stem}.json": about.encode(),
        }
        for name, data in files.items():
            _write(self.folder / name, data)
        return [self.folder / name for name in files]

    def undo(self, year: int) -> Edition | None:
        """Take an edition out of force and return the one that it had replaced, now back in force.

        Raises:
            InputError: There is no edition of the year.
        """
        if not (self.folder / f"edition-{year:04d}.json").is_file():
            message = f"科目库里没有 {year} 年版"
            raise InputError("E-STORE-NONE", message, str(self.folder), "见 kemu codes editions。")
        _remove(self.folder, year)
        _move(self.folder / FORMER, self.folder, year)
        return self.edition(year)

    def _put_aside(self, edition: Edition) -> None:
        """Keep the edition that another one replaces; one that cannot be read is not worth it."""
        try:
            old = self.edition(edition.year)
        except InputError:
            return
        if old is not None and old != edition:
            _move(self.folder, self.folder / FORMER, edition.year)


def _files(folder: Path, year: int) -> list[Path]:
    """Return the files of an edition; the description, without which it is not there, is last."""
    return [folder / f"edition-{year:04d}{ending}" for ending in (".csv", ".nq", ".json")]


def _move(source: Path, target: Path, year: int) -> None:
    for path in _files(source, year):
        if path.is_file():
            _write(target / path.name, path.read_bytes())
    _remove(source, year)


def _remove(folder: Path, year: int) -> None:
    for path in reversed(_files(folder, year)):
        path.unlink(missing_ok=True)


def edition_of(book: Book, year: int, complete: Iterable[str]) -> Edition:
    """Return the edition that a book makes."""
    file = book.path.replace("\\", "/").rpartition("/")[2]
    return Edition(year, book.title, file, book.sha256, tuple(complete), book.rows)


def active() -> Store | None:
    """Return the store that is in force, or None."""
    folder = os.environ.get(VARIABLE, "")
    return Store(Path(folder)) if folder else None


_uses = 0


def generation() -> int:
    """Return a number that changes whenever another store, or a changed one, comes into force."""
    return _uses


def use(folder: Path | None) -> None:
    """Put a store in force for this process and those it starts; None for none."""
    from kemu.classification.store.overlay import forget

    global _uses
    _uses += 1
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = str(folder.resolve())
    forget()


@lru_cache(maxsize=1)
def support_in_force() -> dict[tuple[str, str], list[Support]]:
    """Return what documents of the store in force print together; read once per process."""
    store = active()
    return store.evidence.support() if store else {}


@lru_cache(maxsize=1)
def editions_in_force() -> tuple[Edition, ...]:
    """Return the editions of the store in force; read once per process."""
    store = active()
    return store.editions() if store else ()


def _csv(rows: Sequence[BookRow]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((*COLUMNS, "section"))
    for row in rows:
        values = asdict(row) | {"level": row.level, "parent": row.parent}
        writer.writerow([values[column] for column in (*COLUMNS, "section")])
    return buffer.getvalue()


def _edition(path: Path) -> Edition:
    table = path.with_suffix(".csv")
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(_row(row) for row in csv.DictReader(io.StringIO(_text(table))))
        if len(rows) != about["codes"]:
            raise ValueError(f"{len(rows)} != {about['codes']}")
        return Edition(
            year=int(about["year"]),
            title=str(about["title"]),
            file=str(about["file"]),
            sha256=str(about["sha256"]),
            complete=tuple(str(scheme) for scheme in about["complete"]),
            rows=rows,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "E-STORE-EDITION",
            f"读不了自己的科目版本（{type(error).__name__}: {error}）",
            str(path),
            "请用 kemu codes import --replace 重新导入。",
        ) from None


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as source:
        return source.read()


def _row(row: dict[str, str]) -> BookRow:
    names = ("scheme", "code", "name", "definition", "budget", "section", "place")
    return BookRow(*(row[name] for name in names))


def _write(path: Path, data: bytes) -> None:
    replace_file(path, data, "E-STORE-WRITE", "写不了", "请换一个文件夹，或检查权限。")
