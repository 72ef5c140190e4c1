"""What a store can do, wherever it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kemu.graph.places import Triple
from kemu.graph.sparql.queries import Query
from kemu.graph.sparql.results import Answer

Values = Mapping[str, str]
"""Variable of a query → value, for its parameters."""


@dataclass(frozen=True)
class Change:
    """What is to be done in one step.

    Attributes:
        graphs: Graph → all that it is to hold; what it held before is gone.
        removed: Quads taken out of other graphs.
        added: Quads put into other graphs, after that.
    """

    graphs: Mapping[ox.NamedNode, Sequence[Triple]]
    removed: Sequence[ox.Quad] = ()
    added: Sequence[ox.Quad] = ()


class Reader(Protocol):
    """What a store holds, unchanged while it is read."""

    def query(self, query: Query, values: Values, everything: bool = False) -> Answer:
        """Return the answer to a query, from documents in force or from replaced ones too."""

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one graph, or of all."""

    def values(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[object]:
        """Return what any graph says of something."""


class Backend(Protocol):
    """A store."""

    @property
    def address(self) -> str:
        """Where it is, without password."""

    @property
    def exists(self) -> bool:
        """Whether there is a store."""

    def reading(self) -> AbstractContextManager[Reader]:
        """Have what the store holds."""

    def writing(self) -> AbstractContextManager[None]:
        """Be the only writer."""

    def apply(self, change: Change) -> None:
        """Make a change in one step."""
