"""The facts of a store as rows, with what each dimension means in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kemu.classification import load
from kemu.classification.tables.labels import labels
from kemu.graph.observations import PROPERTIES, SCHEMES, dimension_token
from kemu.graph.vocabulary import DERIVED_FROM, LABEL, OBSERVATION, TYPE, kemu, named
from kemu.model import dimensions, iri
from kemu.model.facts import DIMENSIONS
from kemu.store import register
from kemu.store.backend import Reader
from kemu.store.register import Entry

_NAME = named("skos:prefLabel")


@dataclass(frozen=True)
class Row:
    """One fact as a store keeps it.

    Attributes:
        entry: Of its document.
        node: Its IRI.
        tokens: Dimension → value as in a key.
        names: Dimension → its names, Chinese and English.
        key: Digest-bearing IRI of what it measures; empty where the page leaves that open.
        value: In 元, or in items.
        half_step: Half of its last printed digit, same unit.
        texts: What is printed: `printed`, `printedUnit`, `label`, `columnPath`, `quote`.
        page: Where; None in formats without pages.
        place: IRI of the place: its path names table, row and column, or paragraph.
    """

    entry: Entry
    node: str
    tokens: dict[str, str]
    names: dict[str, tuple[str, str]]
    key: str
    value: Decimal
    half_step: Decimal
    texts: dict[str, str]
    page: int | None
    place: str

    @property
    def block(self) -> str:
        """The table or paragraph that it is printed in: an independent place."""
        return self.place.removeprefix(self.entry.node.value).split("/")[1]


def rows(reader: Reader, everything: bool = False) -> Iterator[Row]:
    """Yield the facts of every document in force, in an order that stays.

    Args:
        reader: The store.
        everything: Whether to take replaced versions too.
    """
    for entry in register.read(reader.quads(register.GRAPH)).entries:
        if entry.current or everything:
            yield from _of_document(reader, entry)


def _of_document(reader: Reader, entry: Entry) -> Iterator[Row]:
    about: dict[str, dict[ox.NamedNode, str]] = {}
    for quad in reader.quads(entry.node):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
            about.setdefault(quad.subject.value, {})[quad.predicate] = quad.object.value
    names = _Names(about)
    for node, told in sorted(about.items()):
        if told.get(TYPE) == OBSERVATION.value:
            yield _row(entry, node, told, names)


def _row(entry: Entry, node: str, told: dict[ox.NamedNode, str], names: _Names) -> Row:
    tokens = {d: dimension_token(d, told[kemu(p)]) for d, p in PROPERTIES.items()}
    page = told.get(kemu("page"))
    texts = ("printed", "printedUnit", "columnPath", "quote")
    return Row(
        entry, node, tokens, {d: names(d, tokens) for d in DIMENSIONS},
        told.get(kemu("key"), ""), Decimal(told[kemu("value")]), Decimal(told[kemu("halfStep")]),
        {name: told.get(kemu(name), "") for name in texts} | {"label": told.get(LABEL, "")},
        int(page) if page else None, told.get(DERIVED_FROM, ""),
    )  # fmt: skip


class _Names:
    """Names of the values of dimensions, in Chinese and English."""

    def __init__(self, about: dict[str, dict[ox.NamedNode, str]]) -> None:
        self._about = about
        self._known: dict[tuple[str, str, str], tuple[str, str]] = {}

    def __call__(self, dimension: str, tokens: dict[str, str]) -> tuple[str, str]:
        """Return the names of one value; a code's are those of the fact's year."""
        asked = dimension, tokens[dimension], tokens["year"]
        if asked not in self._known:
            self._known[asked] = self._named(*asked)
        return self._known[asked]

    def _named(self, dimension: str, token: str, year: str) -> tuple[str, str]:
        if dimension == "organisation":
            name = self._about.get(iri.organisation(token), {}).get(_NAME, token)
            return name, name
        if dimension in SCHEMES and token.isdigit():
            scheme = SCHEMES[dimension]
            table = load()
            concept = table.get(scheme, token, int(year) if year.isdigit() else None)
            concept = concept or table.get(scheme, token)
            zh = concept.name if concept else token
            return zh, labels().get((scheme, token), "")
        zh, en = (dimensions.label(dimension, token, lang) for lang in ("zh", "en"))
        return zh, en
