"""Which files are one disclosure, and how they become one document.

A unit often publishes its explanation and its tables as separate files: only together can a
sentence be held against a table. Files are joined on evidence (same unit, year, statement and
level, or silence on some of these where just one set fits) and never if they print the same
tables: two copies are two documents.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import Any

from kemu.model.document import Block, Cell, Document, Paragraph, Place, Table
from kemu.model.facts import Identity, Organisation

_COMPARED = ("organisation", "year", "statement", "level")
_NAMES = {"organisation": "单位", "year": "年度", "statement": "预决算", "level": "部门或单位口径"}
_SAME_TITLES = 2
_FEW = 4
"""Up to so many files in a folder are taken for one disclosure that ought to fit together."""


@dataclass(frozen=True)
class Candidate:
    """A file as far as joining needs to know it.

    Attributes:
        path: As the user gave it.
        identity: What it says it is.
        names: Code, name and short names of its unit, for one file may print the code only.
        titles: Titles of its tables, as compared.
        sha256: Of its bytes.
    """

    path: str
    identity: Identity
    names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    sha256: str = ""


@dataclass(frozen=True)
class DocumentSet:
    """Files that are one document.

    Attributes:
        paths: In order of name.
        identity: What they say together.
        remarks: Why a file stands apart although it looks as if it belonged to another one;
            in Chinese, for the report.
    """

    paths: tuple[str, ...]
    identity: Identity
    remarks: tuple[str, ...] = ()


@dataclass
class _Group:
    members: list[Candidate]
    remarks: list[str]

    @property
    def names(self) -> frozenset[str]:
        """All names of the members' unit."""
        return frozenset().union(*(member.names for member in self.members))

    @property
    def identity(self) -> Identity:
        """What the members say together, the first to speak winning."""
        said: dict[str, Any] = {
            field.name: next(
                (value for m in self.members if (value := getattr(m.identity, field.name))), ""
            )
            for field in fields(Identity)
        }
        return Identity(**said)


def candidate(
    document: Document, identity: Identity, organisations: Iterable[Organisation] = ()
) -> Candidate:
    """Return what joining needs to know of a document; `organisations` are those it names."""
    own = [unit for unit in organisations if unit.id == identity.organisation]
    names = {name for unit in own for name in (unit.id, unit.name, unit.code, *unit.aliases)}
    titles = {
        paragraph.content.text
        for table in document.tables
        for paragraph in table.captions
        if paragraph.content.text.endswith("表")
    }
    return Candidate(
        document.path, identity, frozenset(names - {""}), frozenset(titles), document.sha256
    )


def group(candidates: Iterable[Candidate]) -> list[DocumentSet]:
    """Return the sets that files make; every file is in exactly one.

    The result does not depend on the order of the files.
    """
    every = list(candidates)
    crowd = Counter(_folder(item.path) for item in every)
    units = {(_folder(i.path), i.identity.organisation) for i in every if i.identity.organisation}
    owners = Counter(folder for folder, _ in units)
    ordered = sorted(every, key=lambda item: (-_told(item.identity), item.path))
    groups: list[_Group] = []
    for item in ordered:
        known = item.identity.organisation or owners[_folder(item.path)] == 1
        fitting = [group for group in groups if _fits(item, group)]
        few = crowd[_folder(item.path)] <= _FEW
        apart = [reason for group in groups if (reason := _apart(item, group, few))]
        if len(fitting) == 1 and known:
            fitting[0].members.append(item)
            continue
        if fitting:
            names = "、".join(_name(group.members[0].path) for group in fitting)
            apart.append(f"看不出属于哪一份（{names}），单独检查")
        groups.append(_Group([item], apart))
    sets = [_closed(group) for group in groups]
    return sorted(sets, key=lambda made: made.paths)


def _closed(group: _Group) -> DocumentSet:
    paths = tuple(sorted(member.path for member in group.members))
    return DocumentSet(paths, group.identity, tuple(group.remarks))


def _told(identity: Identity) -> int:
    """Return how many of the compared fields a file states."""
    return sum(bool(getattr(identity, name)) for name in _COMPARED)


def _name(path: str) -> str:
    return PurePath(path).name


def _folder(path: str) -> str:
    return str(PurePath(path).parent)


def _fits(item: Candidate, group: _Group) -> bool:
    """Return whether a file belongs to a group: same folder, no contradiction, not a copy."""
    return (
        _folder(item.path) == _folder(group.members[0].path)
        and not _differences(item, group)
        and not any(_copies(item, member) for member in group.members)
        and bool(_told(item.identity) or item.titles)
    )


def _differences(item: Candidate, group: _Group) -> list[str]:
    """Return the fields in which a file contradicts a group."""
    other = group.identity
    return [
        name
        for name in _COMPARED
        if (mine := getattr(item.identity, name))
        and (theirs := getattr(other, name))
        and mine != theirs
        and not (name == "organisation" and item.names & group.names)
    ]


def _copies(one: Candidate, other: Candidate) -> bool:
    """Return whether two files print the same tables."""
    if one.sha256 and one.sha256 == other.sha256:
        return True
    return same_tables(one.titles, other.titles)


def same_tables(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two lists of titles are those of the same tables."""
    shared = len(one & other)
    return shared >= _SAME_TITLES and 2 * shared >= min(len(one), len(other))


def _apart(item: Candidate, group: _Group, few: bool) -> str:
    """Return why a file of the same folder stands apart from a group; empty if that is no news."""
    first = group.members[0].path
    if _folder(item.path) != _folder(first):
        return ""
    differences = _differences(item, group)
    copy = next((member for member in group.members if _copies(item, member)), None)
    if copy is not None and not differences:
        return f"与“{_name(copy.path)}”是同样的报表，分别检查"
    if len(differences) == 1 and few and _told(item.identity) > 1:
        return f"与“{_name(first)}”的{_NAMES[differences[0]]}不同，分别检查"
    return ""


def merge(documents: Sequence[Document]) -> Document:
    """Return the documents of a set as one: blocks in order, each place naming its file.

    Tables and paragraphs are numbered through; pages and addresses stay those of their file.
    """
    if len(documents) == 1:
        return documents[0]
    blocks: list[Block] = []
    notices = []
    tables = paragraphs = 0
    for document in documents:
        moved = _Move(document.path, tables, paragraphs)
        for block in document.blocks:
            blocks.append(moved.block(block))
        notices += [replace(n, place=moved.place(n.place)) for n in document.notices]
        tables += sum(1 for _ in document.tables)
        paragraphs = max((b.place.paragraph or 0 for b in blocks), default=0)
    digest = hashlib.sha256("\n".join(document.sha256 for document in documents).encode())
    return Document(
        path=" + ".join(document.path for document in documents),
        sha256=digest.hexdigest(),
        format="+".join(dict.fromkeys(document.format for document in documents)),
        blocks=tuple(blocks),
        notices=tuple(notices),
    )


@dataclass(frozen=True)
class _Move:
    """How places of one file change in the set."""

    source: str
    tables: int
    paragraphs: int

    def place(self, place: Place) -> Place:
        table = None if place.table is None else place.table + self.tables
        paragraph = None if place.paragraph is None else place.paragraph + self.paragraphs
        return replace(place, table=table, paragraph=paragraph, source=self.source)

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, place=self.place(block.place))
        return self.table(block)

    def table(self, table: Table) -> Table:
        captions = (replace(item, place=self.place(item.place)) for item in table.captions)
        return replace(
            table,
            place=self.place(table.place),
            rows=tuple(tuple(self.cell(cell) for cell in row) for row in table.rows),
            captions=tuple(captions),
        )

    def cell(self, cell: Cell) -> Cell:
        return replace(cell, place=self.place(cell.place))
