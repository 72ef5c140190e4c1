"""The nodes of one document: what is printed in it, and the places where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from kemu.graph.vocabulary import TYPE, integer, kemu, named
from kemu.model import iri
from kemu.model.document import Document, Place, Text

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

_NUMBERS = ("page", "table", "row", "column", "paragraph")


class Printer:
    """Makes the nodes of one document's printed things."""

    def __init__(self, document: Document) -> None:
        self._source = document
        self.document = ox.NamedNode(iri.document(document.sha256))
        self._base = self.document.value + "/"

    def node(self, slug: str) -> ox.NamedNode:
        """Return the node of something printed, from its slug."""
        return ox.NamedNode(self._base + slug)

    @cached_property
    def _paragraphs(self) -> dict[int | None, Text]:
        found = {block.place.paragraph: block.content for block in self._source.paragraphs}
        for table in self._source.tables:
            found |= {line.place.paragraph: line.content for line in table.captions}
        return found

    @cached_property
    def _cells(self) -> dict[tuple[int | None, int | None, int | None], Text]:
        return {
            (cell.place.table, cell.place.row, cell.place.column): cell.content
            for table in self._source.tables
            for row in table.rows
            for cell in row
        }

    def printed_at(self, place: Place) -> str:
        """Return what is printed at a place: the span, else the whole cell or paragraph."""
        if place.table is None:
            content = self._paragraphs.get(place.paragraph)
        else:
            content = self._cells.get((place.table, place.row, place.column))
        if content is None:
            return ""
        if place.start is not None and place.end is not None:
            return content.quote(place.start, place.end)
        return content.quote(0, len(content.text))

    def place_triples(self, place: Place) -> Iterator[Triple]:
        """Yield a place and the selector that finds it."""
        if place.slug == "document":
            return
        node = self.node(place.slug)
        selector = self.node(place.slug + "/selector")
        yield node, TYPE, named("oa:SpecificResource")
        yield node, named("oa:hasSource"), self.document
        yield node, named("oa:hasSelector"), selector
        yield selector, TYPE, kemu("TextSelector" if place.table is None else "CellSelector")
        for name in _NUMBERS:
            number = getattr(place, name)
            if number is not None:
                yield selector, kemu(name), integer(number)
        if place.start is not None and place.end is not None:
            yield selector, named("oa:start"), integer(place.start)
            yield selector, named("oa:end"), integer(place.end)
        if place.address:
            yield selector, kemu("address"), ox.Literal(place.address)
        exact = self.printed_at(place)
        if exact:
            yield selector, named("oa:exact"), ox.Literal(exact)
