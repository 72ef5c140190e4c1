"""Documents into a store: each whole or not at all, and said only when it is there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kemu.classification import load
from kemu.classification.rdf.correspondences import cofog
from kemu.graph.places import Triple
from kemu.graph.sparql.stores import ONTOLOGY, ontology_triples
from kemu.model import iri
from kemu.model.facts import Extraction
from kemu.pipeline import batch
from kemu.pipeline.documents import same, steps
from kemu.report.outcome import Failure
from kemu.store import register
from kemu.store.backend import Backend, Change
from kemu.store.record import document_triples, shared_quads
from kemu.store.register import Entry, Register, Relation

_TOGETHER = 3.0
"""Seconds after which what was read is written, and said."""
_CODES = ox.NamedNode(iri.CODES)


@dataclass(frozen=True)
class Received:
    """What became of a document; said when the store holds it.

    Attributes:
        path: Of its file, as the user gave it.
        relation: How it stands to what the store held.
        entry: Its entry in the register.
        others: Entries of what it replaced, or of other parts of the same disclosure.
    """

    path: str
    relation: Relation
    entry: Entry
    others: tuple[Entry, ...] = ()


Outcome = Received | Failure


def ingest(
    backend: Backend,
    paths: Sequence[str],
    jobs: int = 1,
    ocr: bool = False,
    watching: batch.Watching = batch.Unwatched,
) -> Iterator[Outcome]:
    """Yield what became of every document, once the store holds it.

    Args:
        backend: The store; made where there is none.
        paths: Files, folders and archives.
        jobs: Processes to read with.
        ocr: Whether to recognise scanned pages.
        watching: Makes what shows the user how far it is.

    Raises:
        InputError: Another process writes, or the store cannot be written; what was said is held.
    """
    with backend.writing():
        run = _Run(backend)
        for step in steps(paths, jobs, ocr, same, False, watching):
            outcome = step.outcome
            if isinstance(outcome, Extraction):
                run.take(outcome)
                if run.is_due:
                    yield from run.commit()
            elif isinstance(outcome, Failure):
                yield outcome
        yield from run.commit()


@dataclass
class _Run:
    """What was read and is not written yet."""

    backend: Backend
    held: Register = field(init=False)
    known: Register = field(init=False)
    graphs: dict[ox.NamedNode, Sequence[Triple]] = field(default_factory=dict)
    shared: set[ox.Quad] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    received: list[Received] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.held = Register()
        missing = set(_common())
        if self.backend.exists:
            with self.backend.reading() as reader:
                self.held = register.read(reader.quads(register.GRAPH))
                missing -= {*reader.quads(ONTOLOGY), *reader.quads(_CODES)}
        self.known = self.held
        self.shared = missing

    @property
    def is_due(self) -> bool:
        """Whether what was read has waited long enough."""
        return time.monotonic() - self.since > _TOGETHER

    def take(self, extraction: Extraction) -> None:
        """Take what was read; it is written with what comes next."""
        new = register.entry_of(extraction)
        relation, entries = self.known.placed(new)
        path = extraction.document.path
        if relation is Relation.SAME:
            here = self.known.get(new.node.value)
            self.received.append(Received(path, relation, here or new))
            return
        others = tuple(entries[1:]) or self.known.alike(new)
        self.graphs[new.node] = list(document_triples(extraction))
        self.shared.update(shared_quads(extraction))
        self.touched.update(entry.node.value for entry in entries)
        self.known = self.known.noted(entries)
        self.received.append(Received(path, relation, entries[0], others))

    def commit(self) -> Iterator[Outcome]:
        """Write what was read, then yield it."""
        if self.graphs or not self.backend.exists:
            self.backend.apply(self._change())
        done, self.received = self.received, []
        self.held, self.since = self.known, time.monotonic()
        self.graphs, self.shared, self.touched = {}, set(), set()
        yield from done

    def _change(self) -> Change:
        before = (self.held.get(node) for node in self.touched)
        after = (self.known.get(node) for node in sorted(self.touched))
        removed = [quad for entry in before if entry for quad in entry.quads()]
        added = [quad for entry in after if entry for quad in entry.quads()]
        return Change(self.graphs, removed, [*added, *sorted(self.shared, key=str)])


def _common() -> Iterable[ox.Quad]:
    """Yield what every store holds: the ontology, and what codes are in other classifications."""
    for told in ontology_triples():
        yield ox.Quad(told.subject, told.predicate, told.object, ONTOLOGY)
    for triple in cofog(load()):
        yield ox.Quad(*triple, _CODES)
