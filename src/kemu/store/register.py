"""The register of a store: which documents it holds, what each says it is, which are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

import pyoxigraph as ox

from kemu.graph.vocabulary import boolean, integer, kemu, named
from kemu.graph.words import LEVELS, STATEMENTS, identity_triples
from kemu.model import iri
from kemu.model.facts import Extraction, Identity
from kemu.read.sets import candidate, same_tables

GRAPH = ox.NamedNode(iri.DOCUMENTS)
_TITLE = named("dcterms:title")
_IDENTIFIER = named("dcterms:identifier")
_REPLACES, _REPLACED_BY = named("dcterms:replaces"), named("dcterms:isReplacedBy")


class Relation(StrEnum):
    """How a document stands to what the store holds already."""

    NEW = "new"
    SAME = "same"
    VERSION = "version"
    PART = "part"
    UNIDENTIFIED = "unidentified"


@dataclass(frozen=True)
class Entry:
    """A document in the register.

    Attributes:
        sha256: Of its bytes.
        name: Of its file, without folder.
        identity: What it says it is.
        titles: Of its tables: two files of one set print different tables.
        facts: How many numbers of it are kept.
        version: Counted from 1.
        current: Whether no other version replaced it.
        replaces: Hashes of those it replaced.
        replaced_by: Hash of what replaced it, or empty.
        of_set: Whether it is made of several files.
    """

    sha256: str
    name: str
    identity: Identity
    titles: frozenset[str] = frozenset()
    facts: int = 0
    version: int = 1
    current: bool = True
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    of_set: bool = False

    @property
    def node(self) -> ox.NamedNode:
        """Its IRI, which is that of its graph too."""
        return ox.NamedNode(iri.document(self.sha256))

    @property
    def is_identified(self) -> bool:
        """Whether it says whose it is, of which year, budget or account, and of which level."""
        told = self.identity
        return all((told.organisation, told.year, told.statement, told.level))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield what the register says of it."""
        pairs: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
            (_IDENTIFIER, ox.Literal(self.sha256)),
            (kemu("sourceName"), ox.Literal(self.name)),
            (kemu("factCount"), integer(self.facts)),
            (kemu("versionNumber"), integer(self.version)),
            (kemu("currentVersion"), boolean(self.current)),
            *((kemu("tableTitle"), ox.Literal(title)) for title in sorted(self.titles)),
            *((_REPLACES, ox.NamedNode(iri.document(one))) for one in self.replaces),
        ]
        if self.replaced_by:
            pairs.append((_REPLACED_BY, ox.NamedNode(iri.document(self.replaced_by))))
        told = [
            *((self.node, *pair) for pair in pairs),
            *identity_triples(self.node, self.identity),
        ]
        return (ox.Quad(*triple, GRAPH) for triple in told)


def entry_of(extraction: Extraction) -> Entry:
    """Return the entry of a document before it is held against others."""
    source = extraction.document
    about = candidate(source, extraction.identity, extraction.organisations)
    names = [PurePath(part.replace("\\", "/")).name for part in source.path.split(" + ")]
    return Entry(
        source.sha256, " + ".join(names), extraction.identity, about.titles, len(extraction.facts),
        of_set=len(names) > 1,
    )  # fmt: skip


class Register:
    """The entries of a store."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.node.value: entry for entry in entries}

    @property
    def entries(self) -> list[Entry]:
        """All entries, ordered by name and hash."""
        return sorted(self._entries.values(), key=lambda entry: (entry.name, entry.sha256))

    @property
    def replaced(self) -> frozenset[str]:
        """IRIs of the documents that others replaced."""
        return frozenset(node for node, entry in self._entries.items() if not entry.current)

    def placed(self, new: Entry) -> tuple[Relation, list[Entry]]:
        """Return how a document stands to those held, and the entries to be written for it.

        The first entry is the new one, those it replaces follow.
        """
        if new.node.value in self._entries:
            return Relation.SAME, []
        if not new.is_identified:
            return Relation.UNIDENTIFIED, [new]
        alike = self.alike(new)
        before = [one for one in alike if _is_version(one, new)]
        if not before:
            return (Relation.PART if alike else Relation.NEW), [new]
        hashes = tuple(sorted(one.sha256 for one in before))
        version = 1 + max(one.version for one in before)
        outdated = [replace(one, current=False, replaced_by=new.sha256) for one in before]
        return Relation.VERSION, [replace(new, version=version, replaces=hashes), *outdated]

    def alike(self, new: Entry) -> tuple[Entry, ...]:
        """Return what is in force of the same organisation, year, statement and level."""
        if not new.is_identified:
            return ()
        return tuple(e for e in self.entries if e.current and _one_disclosure(e, new) and e != new)

    def noted(self, entries: Iterable[Entry]) -> Register:
        """Return a register that holds these entries too."""
        return Register({**self._entries, **{e.node.value: e for e in entries}}.values())

    def get(self, node: str) -> Entry | None:
        """Return the entry of a document's IRI, or None."""
        return self._entries.get(node)


def _one_disclosure(one: Entry, other: Entry) -> bool:
    mine, theirs = one.identity, other.identity
    return one.is_identified and all(
        getattr(mine, name) == getattr(theirs, name)
        for name in ("organisation", "year", "statement", "level")
    )


def _is_version(old: Entry, new: Entry) -> bool:
    """Tell whether two files of one disclosure are the same part of it."""
    if not old.titles and not new.titles:
        return True
    if not old.titles:
        return new.of_set
    return same_tables(old.titles, new.titles) or old.titles == new.titles


def read(quads: Iterable[ox.Quad]) -> Register:
    """Return the register that the quads of its graph tell."""
    found: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            about = found.setdefault(quad.subject.value, {})
            about.setdefault(quad.predicate.value, []).append(quad.object.value)
    hashes = {node: about[_IDENTIFIER.value][0] for node, about in found.items()}
    return Register(_entry(about, hashes) for about in found.values())


def _entry(about: dict[str, list[str]], hashes: dict[str, str]) -> Entry:
    def one(predicate: ox.NamedNode, default: str = "") -> str:
        return about.get(predicate.value, [default])[0]

    def word(predicate: str) -> str:
        return one(kemu(predicate)).removeprefix(iri.ONTOLOGY)

    statements = {name: token for token, name in STATEMENTS.items()}
    levels = {name: token for token, name in LEVELS.items()}

    name = one(kemu("sourceName"))
    return Entry(
        one(_IDENTIFIER), name,
        Identity(
            one(_TITLE), iri.organisation_id(one(kemu("reportingOrganisation"))),
            one(kemu("fiscalYear")), statements.get(word("statement"), ""),
            levels.get(word("reportingLevel"), ""),
        ),
        frozenset(about.get(kemu("tableTitle").value, ())),
        int(one(kemu("factCount"), "0")), int(one(kemu("versionNumber"), "1")),
        one(kemu("currentVersion")) == "true",
        tuple(sorted(hashes[node] for node in about.get(_REPLACES.value, ()) if node in hashes)),
        hashes.get(one(_REPLACED_BY), ""), " + " in name,
    )  # fmt: skip
