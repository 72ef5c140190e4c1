"""The user's own store: imported editions beside the shipped tables, which stay as they are.

A store is a folder; what belongs to codes lies in its subfolder `codes`. An edition is there as a
table, a graph and a description; `shelf` says how it comes into force and is taken back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from kemu.classification.books.book import BookRow
from kemu.classification.books.edition import Edition
from kemu.classification.rdf.imported import nquads
from kemu.classification.store.attestations import Attestations
from kemu.classification.store.shelf import DamagedError, Shelf, Version
from kemu.classification.tables.concept import SCHEMES, Scheme
from kemu.classification.tables.rows import CodeRow, code_rows
from kemu.errors import InputError

COLUMNS = ("scheme", "code", "name", "level", "parent", "budget", "definition", "place", "section")
TABLE, GRAPH = "edition.csv", "edition.nq"
PATIENCE = 30.0
"""Seconds that a writer waits for another one to finish."""

_YEAR = "[0-9]" * 4
_AGAIN = "请用 kemu codes import --replace 重新导入。"


class Store:
    """A folder with a user's own editions and what documents attest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "codes"

    @property
    def attestations(self) -> Attestations:
        """What documents print of codes."""
        return Attestations(self.folder)

    def editions(self) -> tuple[Edition, ...]:
        """Return the editions in force, the oldest first.

        Raises:
            InputError: A file of the store was changed so that it cannot be read.
        """
        years = sorted({int(path.name[8:12]) for path in self.folder.glob(f"edition-{_YEAR}*")})
        return tuple(edition for year in years if (edition := self.edition(year)))

    def tables(self) -> dict[Scheme, list[CodeRow]]:
        """Return the rows of every scheme with what the store holds laid over them.

        Raises:
            InputError: A file of the store was changed so that it cannot be read.
        """
        from kemu.classification.store.overlay import laid_over

        editions, support = self.editions(), self.attestations.support()
        return {
            scheme: list(laid_over(scheme, code_rows(scheme), editions, support))
            for scheme in SCHEMES
        }

    def edition(self, year: int) -> Edition | None:
        """Return the edition of a year that is in force, or None.

        Raises:
            InputError: A file of the edition was changed so that it cannot be read.
        """
        shelf = self._shelf(year)
        old = shelf.folder.with_suffix(".json")
        if old.exists() and not shelf.pointer.exists():
            raise _damaged(old, "是旧的格式")
        try:
            version = shelf.in_force()
            return _edition(version) if version else None
        except DamagedError as error:
            raise _damaged(shelf.folder, str(error)) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(shelf.folder, f"{type(error).__name__}: {error}") from None

    def write(self, edition: Edition, *, replace: bool = False) -> Path | None:
        """Put an edition in force, and return the folder with its table, graph and description.

        None is returned, and nothing written, if it is in force already. One that it replaces is
        kept, for `undo`.

        Raises:
            InputError: Another edition of the year is in force and not to be replaced; or the
                store is in use or cannot be written, and what was in force still is.
        """
        with self._alone():
            old = self._replaced(edition, replace)
            if old == edition:
                return None
            files = {TABLE: _csv(edition.rows).encode(), GRAPH: nquads(edition)}
            return self._shelf(edition.year).put(edition.about(), files)

    def undo(self, year: int) -> Edition | None:
        """Take an edition out of force and return the one that it had replaced, now back in force.

        Raises:
            InputError: There is no edition of the year; or the store is in use or cannot be
                written, and what was in force still is.
        """
        shelf = self._shelf(year)
        if not shelf.pointer.exists():
            raise self._none(year)
        with self._alone():
            try:
                if not shelf.versions():
                    raise self._none(year)
                shelf.take_back()
            except DamagedError as error:
                raise _damaged(shelf.folder, str(error)) from None
            return self.edition(year)

    def state(self) -> tuple[object, ...]:
        """Return what differs whenever something was written to the store."""
        shelves = sorted(self.folder.glob(f"edition-{_YEAR}"))
        written = (*(Shelf(folder).pointer for folder in shelves), self.attestations.path)
        return (str(self.folder), *(_stat(path) for path in written))

    def _shelf(self, year: int) -> Shelf:
        return Shelf(self.folder / f"edition-{year:04d}")

    def _none(self, year: int) -> InputError:
        message = f"科目库里没有 {year} 年版"
        return InputError("E-STORE-NONE", message, str(self.folder), "见 kemu codes editions。")

    def _replaced(self, edition: Edition, replace: bool) -> Edition | None:
        """Return the edition that another one replaces, if it can be read."""
        try:
            old = self.edition(edition.year)
        except InputError:
            if replace:
                return None
            raise
        if old is None or old == edition or replace:
            return old
        raise InputError(
            "E-STORE-EXISTS",
            f"已有 {edition.year} 年版（{old.title}，{old.file}）",
            str(self.folder),
            "先加 --dry-run 看差别；要换成这一份，请加 --replace。",
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other writers out; the system lets the next one in if this process is killed."""
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "lock", timeout=PATIENCE):
                yield
        except Timeout:
            raise InputError(
                "E-STORE-BUSY", "另一个程序正在写这个科目库", str(self.folder), "请稍后再试。"
            ) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(
                "E-STORE-WRITE", f"写不了（{reason}）", str(self.folder),
                "请换一个文件夹，或检查权限和磁盘空间。",
            ) from None  # fmt: skip


def _damaged(path: Path, why: str) -> InputError:
    return InputError("E-STORE-EDITION", f"读不了自己的科目版本（{why}）", str(path), _AGAIN)


def _stat(path: Path) -> tuple[object, ...]:
    try:
        about = path.stat()
    except OSError:
        return ()
    return str(path), about.st_mtime_ns, about.st_size, about.st_ino


def _csv(rows: Sequence[BookRow]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = asdict(row) | {"level": row.level, "parent": row.parent}
        writer.writerow([values[column] for column in COLUMNS])
    return buffer.getvalue()


def _edition(version: Version) -> Edition:
    about = version.about
    text = io.StringIO(version.files[TABLE].decode(), newline="")
    return Edition(
        year=int(about["year"]),
        title=str(about["title"]),
        file=str(about["file"]),
        sha256=str(about["sha256"]),
        complete=tuple(Scheme(scheme) for scheme in about["complete"]),
        rows=tuple(_row(row) for row in csv.DictReader(text)),
    )


def _row(row: dict[str, str]) -> BookRow:
    names = ("code", "name", "definition", "budget", "section", "place")
    return BookRow(Scheme(row["scheme"]), *(row[name] for name in names))
