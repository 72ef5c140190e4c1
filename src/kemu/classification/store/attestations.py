"""What documents in a user's store attest: which print which name of a code, and define it how.

One SQLite file, in which documents are only ever added, each once and whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kemu.classification.store.confidence import Support
from kemu.classification.store.sightings import Record
from kemu.classification.tables.spelling import clean
from kemu.errors import InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS document (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file TEXT NOT NULL, title TEXT NOT NULL,
  organisation TEXT NOT NULL, year INTEGER, statement TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sighting (
  document INTEGER NOT NULL REFERENCES document (id), scheme TEXT NOT NULL, code TEXT NOT NULL,
  name TEXT NOT NULL, year INTEGER, coded INTEGER NOT NULL, position TEXT NOT NULL,
  place TEXT NOT NULL, times INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS sighting_of_code ON sighting (code, scheme);
CREATE TABLE IF NOT EXISTS said (
  document INTEGER NOT NULL REFERENCES document (id), scheme TEXT NOT NULL, code TEXT NOT NULL,
  term TEXT NOT NULL, definition TEXT NOT NULL, place TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS said_of_code ON said (code, scheme);
CREATE TABLE IF NOT EXISTS support (
  scheme TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, year INTEGER NOT NULL,
  documents INTEGER NOT NULL, organisation TEXT NOT NULL, several INTEGER NOT NULL,
  PRIMARY KEY (scheme, code, name, year)) WITHOUT ROWID;
"""
# `support` sums up what `confidence.raised` needs: how many documents print code and name together
# in a year, one organisation of them, and whether there is another.
_SUPPORT = """
INSERT INTO support VALUES (?1, ?2, ?3, ?4, 1, ?5, 0)
ON CONFLICT DO UPDATE SET documents = documents + 1,
  several = several OR (?5 <> '' AND organisation <> '' AND organisation <> ?5),
  organisation = CASE organisation WHEN '' THEN ?5 ELSE organisation END
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One place where something is printed."""

    document: str
    place: str
    organisation: str
    year: int | None

    def to_json(self) -> dict[str, object]:
        """Return the place as JSON values."""
        return {
            "document": self.document,
            "place": self.place,
            "organisation": self.organisation or None,
            "year": self.year,
        }


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name that documents print for a code.

    Attributes:
        name: As printed.
        documents: How many print it.
        organisations: How many different organisations these are of.
        years: Years in whose classification it stands.
        coded: How many print the code beside it in a table.
        official: Whether it is one of the official names of the code.
        examples: Some of the places, one per document.
    """

    name: str
    documents: int
    organisations: int
    years: tuple[int, ...]
    coded: int
    official: bool
    examples: tuple[Example, ...]

    def to_json(self) -> dict[str, object]:
        """Return the name as JSON values."""
        return {
            "name": self.name,
            "official": self.official,
            "documents": self.documents,
            "organisations": self.organisations,
            "years": list(self.years),
            "withCode": self.coded,
            "examples": [one.to_json() for one in self.examples],
        }


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of what documents say a code means."""

    definition: str
    documents: int
    organisations: int
    years: tuple[int, ...]
    examples: tuple[Example, ...]

    def to_json(self) -> dict[str, object]:
        """Return the wording as JSON values."""
        return {
            "definition": self.definition,
            "documents": self.documents,
            "organisations": self.organisations,
            "years": list(self.years),
            "examples": [one.to_json() for one in self.examples],
        }


class Attestations:
    """The attestations of a store; nothing is created before something is recorded."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "evidence.sqlite"

    def add(self, records: Sequence[Record]) -> int:
        """Record documents and return how many were new; each is recorded whole or not at all.

        Raises:
            InputError: The store cannot be written.
        """
        self.prepare()
        added = 0
        with self._open(create=True) as database:
            for record in records:
                with database:
                    added += _insert(database, record)
        return added

    def prepare(self) -> None:
        """See to it that something can be recorded, before documents are read for it.

        Raises:
            InputError: The store cannot be written.
        """
        folder = self.path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(
                "E-STORE-WRITE", f"写不了（{reason}）", str(folder), "请换一个文件夹，或检查权限。"
            ) from None
        with self._open(create=True):
            return

    def documents(self) -> int:
        """Return how many documents are recorded."""
        with self._open() as database:
            return int(database.execute("SELECT count(*) FROM document").fetchone()[0])

    def names(self, scheme: str, code: str, official: Sequence[str]) -> tuple[PrintedName, ...]:
        """Return the names that documents print for a code, the most frequent first."""
        known = {clean(name) for name in official}
        groups: dict[str, list[sqlite3.Row]] = {}
        for row in self._rows(
            "SELECT s.name, s.year, s.coded, s.place, d.id, d.organisation, d.file FROM sighting s"
            " JOIN document d ON d.id = s.document WHERE s.code = ? AND s.scheme = ?"
            " ORDER BY d.year DESC, d.file, s.coded DESC, s.place",
            (code, scheme),
        ):
            groups.setdefault(row["name"], []).append(row)
        found = [_printed(name, rows, clean(name) in known) for name, rows in groups.items()]
        return tuple(sorted(found, key=lambda one: (-one.documents, one.name)))

    def said(self, scheme: str, code: str) -> tuple[Wording, ...]:
        """Return the wordings of a code's definition, the most frequent first."""
        groups: dict[str, list[sqlite3.Row]] = {}
        for row in self._rows(
            "SELECT s.definition, s.place, d.year, d.id, d.organisation, d.file FROM said s"
            " JOIN document d ON d.id = s.document WHERE s.code = ? AND s.scheme = ?"
            " ORDER BY d.year DESC, d.file, s.place",
            (code, scheme),
        ):
            groups.setdefault(_wording(row["definition"]), []).append(row)
        found = [_in_words(rows) for rows in groups.values()]
        return tuple(sorted(found, key=lambda one: (-one.documents, one.definition)))

    def support(self) -> dict[tuple[str, str], list[Support]]:
        """Return, per code, how many documents print it together with which name."""
        found: dict[tuple[str, str], list[Support]] = {}
        for row in self._rows("SELECT * FROM support ORDER BY scheme, code, name, year", ()):
            found.setdefault((row["scheme"], row["code"]), []).append(_support(row))
        return found

    def support_of(self, scheme: str, code: str) -> list[Support]:
        """Return how many documents print one code together with which name."""
        query = "SELECT * FROM support WHERE scheme = ? AND code = ? ORDER BY name, year"
        return [_support(row) for row in self._rows(query, (scheme, code))]

    def _rows(self, query: str, values: Sequence[object]) -> Iterator[sqlite3.Row]:
        with self._open() as database:
            yield from database.execute(query, values).fetchall()

    @contextmanager
    def _open(self, create: bool = False) -> Iterator[sqlite3.Connection]:
        """Open the file, an empty one in memory where there is none yet."""
        place = str(self.path) if create or self.path.is_file() else ":memory:"
        try:
            with closing(sqlite3.connect(place, timeout=30)) as database:
                database.row_factory = sqlite3.Row
                if create or place == ":memory:":
                    database.executescript(_TABLES)
                yield database
        except sqlite3.Error as error:
            raise InputError(
                "E-STORE-EVIDENCE", f"印证记录用不了：{error}", str(self.path),
                "请检查权限；文件损坏时请删除后重新 kemu codes record。",
            ) from None  # fmt: skip


def _insert(database: sqlite3.Connection, record: Record) -> int:
    values = (
        record.sha256, record.file, record.title, record.organisation, record.year,
        record.statement,
    )  # fmt: skip
    done = database.execute(
        "INSERT OR IGNORE INTO document (sha256, file, title, organisation, year, statement)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
    if not done.rowcount:
        return 0
    key = done.lastrowid
    database.executemany(
        "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (key, s.scheme, s.code, s.name, s.year, s.coded, s.where, s.place, s.times)
            for s in record.sightings
        ],
    )
    database.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)",
        [(key, s.scheme, s.code, s.term, s.definition, s.place) for s in record.said],
    )
    together = {
        (s.scheme, s.code, clean(s.name), s.year, record.organisation)
        for s in record.sightings
        if s.coded and s.year is not None and record.year in (None, s.year)
    }
    database.executemany(_SUPPORT, sorted(together))
    return 1


def _printed(name: str, rows: Sequence[sqlite3.Row], official: bool) -> PrintedName:
    return PrintedName(
        name=name,
        documents=len({row["id"] for row in rows}),
        organisations=len({row["organisation"] for row in rows if row["organisation"]}),
        years=tuple(sorted({row["year"] for row in rows if row["year"] is not None})),
        coded=len({row["id"] for row in rows if row["coded"]}),
        official=official,
        examples=_examples(rows),
    )


def _in_words(rows: Sequence[sqlite3.Row]) -> Wording:
    return Wording(
        definition=rows[0]["definition"],
        documents=len({row["id"] for row in rows}),
        organisations=len({row["organisation"] for row in rows if row["organisation"]}),
        years=tuple(sorted({row["year"] for row in rows if row["year"] is not None})),
        examples=_examples(rows),
    )


def _support(row: sqlite3.Row) -> Support:
    name, year, documents = row["name"], row["year"], row["documents"]
    return Support(name, year, documents, row["organisation"], bool(row["several"]))


def _examples(rows: Sequence[sqlite3.Row], most: int = 3) -> tuple[Example, ...]:
    """Return one place in each of some documents."""
    first: dict[int, Example] = {}
    for row in rows:
        one = Example(row["file"], row["place"], row["organisation"], row["year"])
        first.setdefault(row["id"], one)
    return tuple(first.values())[:most]


def _wording(text: str) -> str:
    """Return a definition without what does not make it another wording."""
    return clean(text).rstrip("。；;.")
