"""The user's own store: imported editions beside the shipped tables, which stay as they are.

A store is a folder; what belongs to codes lies in its subfolder `codes`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from kemu.classification.books.book import BookRow
from kemu.classification.books.edition import Edition
from kemu.classification.rdf.imported import nquads
from kemu.classification.store.attestations import Attestations
from kemu.classification.tables.concept import Scheme
from kemu.errors import InputError
from kemu.files import replace_file

FORMER = "former"
"""Subfolder of the editions that were replaced, one per year."""
COLUMNS = ("scheme", "code", "name", "level", "parent", "budget", "definition", "place")


class Store:
    """A folder with a user's own editions and what documents attest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "codes"

    @property
    def attestations(self) -> Attestations:
        """What documents print of codes."""
        return Attestations(self.folder)

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
            complete=tuple(Scheme(scheme) for scheme in about["complete"]),
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
    names = ("code", "name", "definition", "budget", "section", "place")
    return BookRow(Scheme(row["scheme"]), *(row[name] for name in names))


def _write(path: Path, data: bytes) -> None:
    replace_file(path, data, "E-STORE-WRITE", "写不了", "请换一个文件夹，或检查权限。")
