"""The store on this machine: Oxigraph on disk, one generation after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kemu.classification.store import durable
from kemu.errors import InputError
from kemu.graph.sparql import queries
from kemu.graph.sparql.results import Answer
from kemu.store import register
from kemu.store.backend import Change, Values
from kemu.store.generations import Generations, unwritable


class Embedded:
    """A store in a folder.

    Args:
        folder: Of the store; made when something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.address = str(folder)
        self._generations = Generations(folder)
        self._folder = folder

    @property
    def exists(self) -> bool:
        """Whether there is a store."""
        return self._generations.exists

    @property
    def state(self) -> str:
        """What is in force; another word whenever anything was written."""
        return self._generations.in_force()

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Have what is in force, unchanged meanwhile.

        Raises:
            InputError: There is no store, or it cannot be opened.
        """
        with self._generations.reading() as folder:
            try:
                store = ox.Store.read_only(str(folder))
            except (OSError, ValueError) as error:
                raise InputError("E-QUERY-STORE", f"打不开图库：{error}", self.address) from None
            yield Snapshot(store)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer.

        Raises:
            InputError: Another process writes, or the folder cannot be written.
        """
        with self._generations.writing():
            yield

    def apply(self, change: Change) -> None:
        """Make a change in one step: all of it, or nothing.

        Raises:
            InputError: It cannot be written; the store is as it was.
        """
        made = self._generations.begin()
        try:
            _write(made, change)
        except (OSError, ValueError) as error:
            durable.sweep(made)
            reason = error if isinstance(error, OSError) else OSError(str(error))
            raise unwritable(self._folder, reason) from None
        self._generations.put_in_force(made)


def _write(folder: Path, change: Change) -> None:
    """Write a change and close the files; RocksDB has then flushed what it wrote."""
    store = ox.Store(str(folder))
    for graph in change.graphs:
        store.remove_graph(graph)
    for quad in change.removed:
        store.remove(quad)
    for graph, triples in change.graphs.items():
        store.bulk_extend(ox.Quad(*triple, graph) for triple in triples)
    store.bulk_extend(change.added)
    store.flush()


class Snapshot:
    """What a store held at one moment."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def query(self, query: queries.Query, values: Values, everything: bool = False) -> Answer:
        """Return the answer to a query.

        Args:
            query: The query.
            values: For its parameters.
            everything: Whether to look at documents that others replaced too.

        Raises:
            InputError: See `kemu.graph.sparql.queries.run`.
        """
        return queries.run(self.store, query, values, None if everything else self.in_force)

    def query_graphs(
        self, query: queries.Query, values: Values, default: Sequence[str], named: Sequence[str]
    ) -> Answer:
        """Return the answer to a query from the graphs that a client names.

        Raises:
            InputError: See `kemu.graph.sparql.queries.run_on`.
        """
        return queries.run_on(
            self.store, query, values,
            [ox.NamedNode(name) for name in default], [ox.NamedNode(name) for name in named],
        )  # fmt: skip

    @cached_property
    def register(self) -> register.Register:
        """Which documents there are."""
        return register.read(self.quads(register.GRAPH))

    @cached_property
    def in_force(self) -> list[ox.NamedNode] | None:
        """The graphs without those of replaced documents; None where none was replaced."""
        if not self.register.replaced:
            return None
        graphs = [g for g in self.store.named_graphs() if isinstance(g, ox.NamedNode)]
        return [graph for graph in graphs if graph.value not in self.register.replaced]

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one graph, or of all."""
        return iter(self.store.quads_for_pattern(None, None, None, graph))

    def values(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[object]:
        """Return what any graph says of something."""
        return [q.object for q in self.store.quads_for_pattern(subject, predicate, None)]
