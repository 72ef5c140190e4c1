"""What the rules say of every document in a store, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kemu.graph import derived
from kemu.model import iri
from kemu.model.findings import Severity
from kemu.store import register
from kemu.store.backend import Reader
from kemu.store.judging import Judged, judge
from kemu.store.register import Entry

_VERDICTS = {
    Severity.VIOLATION: "violations", Severity.WARNING: "warnings", Severity.HINT: "hints",
}  # fmt: skip


@dataclass(frozen=True)
class Validated:
    """What the rules say of a document in a store.

    Attributes:
        entry: The document.
        judged: The findings, and how much was judged.
    """

    entry: Entry
    judged: Judged

    @property
    def verdict(self) -> str:
        """`violations`, `warnings`, `hints`, `conforms`, or `not_checked` where nothing was."""
        if not self.judged.judged or not self.entry.facts:
            return "not_checked"
        found = self.judged.findings
        return _VERDICTS[found[0].severity] if found else "conforms"


def validate(
    reader: Reader, shapes: Path | None = None, everything: bool = False
) -> Iterator[Validated]:
    """Yield what the rules say of each document in force.

    Args:
        reader: The store.
        shapes: A folder of further SHACL shapes.
        everything: Whether to judge replaced versions too.

    Raises:
        InputError: The folder of shapes cannot be used, or the store cannot be read.
    """
    shared = [(q.subject, q.predicate, q.object) for q in reader.quads(ox.NamedNode(iri.CODES))]
    for entry in register.read(reader.quads(register.GRAPH)).entries:
        if entry.current or everything:
            store = ox.Store()
            own = ((q.subject, q.predicate, q.object) for q in reader.quads(entry.node))
            store.bulk_extend(ox.Quad(*triple) for triple in (*own, *shared))
            derived.extend(store)
            yield Validated(entry, judge(store, entry.node, shapes))
