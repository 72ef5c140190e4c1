"""The facts with a key as an RDF Data Cube: one observation for each key.

A quantity that is printed several times is one observation. Its value is the one that most
independent places (tables and paragraphs, over all documents in force) confirm, a table before a
sentence, the finest printing; how many do, and whether any place says otherwise, stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kemu.graph.observations import PROPERTIES, dimension_value
from kemu.graph.places import Triple
from kemu.graph.vocabulary import (
    DATA_SET,
    DERIVED_FROM,
    LABEL,
    OBSERVATION,
    PREFIXES,
    TYPE,
    boolean,
    decimal,
    integer,
    kemu,
    named,
)
from kemu.model import iri
from kemu.store.exports.facts import Row

BASE = f"{iri.BASE}cube"
CUBE, STRUCTURE = ox.NamedNode(BASE), ox.NamedNode(f"{BASE}/structure")
_LISTED = tuple(name for name in PROPERTIES if name not in ("year", "organisation"))
_RANGES = {"year": named("xsd:integer"), "organisation": named("org:FormalOrganization")}
_ATTRIBUTES = {
    "halfStep": "xsd:decimal", "confirmedBy": "xsd:integer", "printings": "xsd:integer",
    "disagreement": "xsd:boolean",
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """One quantity, however often it is printed.

    Attributes:
        row: The printing that stands for it.
        confirmed: Independent places that print its value.
        printed: Times that it is printed at all.
        disputed: Whether some place prints another value.
    """

    row: Row
    confirmed: int
    printed: int
    disputed: bool


def quantities(rows: Iterable[Row]) -> list[Quantity]:
    """Return the quantities that facts with a key measure, by key."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        if row.key:
            by_key.setdefault(row.key, []).append(row)
    return [_quantity(found) for _, found in sorted(by_key.items())]


def _quantity(rows: Sequence[Row]) -> Quantity:
    values = list(_values(rows))
    best = max(values, key=_confirmed)
    chosen = min(best, key=lambda row: (not _in_table(row), row.half_step, row.node))
    return Quantity(chosen, _confirmed(best)[0], len(rows), len(values) > 1)


def _values(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the printings of each value; those that rounding can explain are one value."""
    together: list[Row] = []
    for row in sorted(rows, key=lambda r: (r.value, r.node)):
        last = together[-1] if together else None
        if last and row.value - last.value > row.half_step + last.half_step:
            yield together
            together = []
        together.append(row)
    yield together


def _confirmed(rows: Sequence[Row]) -> tuple[int, bool, Decimal]:
    places = {(row.entry.sha256, row.block) for row in rows}
    return len(places), any(map(_in_table, rows)), -min(row.half_step for row in rows)


def _in_table(row: Row) -> bool:
    return row.block.startswith("t")


def turtle(found: Sequence[Quantity]) -> bytes:
    """Return the cube as Turtle: its structure, its code lists, its observations."""
    triples = {ox.Triple(*triple) for triple in (*_structure(), *_lists(found), *_all(found))}
    written = ox.serialize(
        sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=iri.BASE
    )
    assert written is not None
    return written


def _structure() -> Iterator[Triple]:
    yield CUBE, TYPE, named("qb:DataSet")
    yield CUBE, named("qb:structure"), STRUCTURE
    yield CUBE, LABEL, ox.Literal("预决算公开数据", language="zh")
    yield CUBE, LABEL, ox.Literal("Published budgets and final accounts", language="en")
    yield STRUCTURE, TYPE, named("qb:DataStructureDefinition")
    parts = [
        *((name, "dimension", kemu(name)) for name in PROPERTIES.values()),
        ("value", "measure", kemu("value")),
        *((name, "attribute", kemu(name)) for name in _ATTRIBUTES),
    ]
    for name, role, node in parts:
        component = ox.NamedNode(f"{BASE}/component/{name}")
        yield STRUCTURE, named("qb:component"), component
        yield component, TYPE, named("qb:ComponentSpecification")
        yield component, named(f"qb:{role}"), node
        yield node, TYPE, named(f"qb:{role.capitalize()}Property")
        yield node, TYPE, named("rdf:Property")
        if role == "attribute":
            yield component, named("qb:componentRequired"), boolean(True)
            yield node, named("rdfs:range"), named(_ATTRIBUTES[name])
    yield kemu("value"), named("rdfs:range"), named("xsd:decimal")
    for dimension, name in PROPERTIES.items():
        yield kemu(name), named("rdfs:range"), _RANGES.get(dimension, named("skos:Concept"))
        if dimension in _LISTED:
            yield kemu(name), named("qb:codeList"), _list(dimension)


def _list(dimension: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}/list/{dimension}")


def _lists(found: Sequence[Quantity]) -> Iterator[Triple]:
    """Yield the values of each dimension that are in use, with their names."""
    for dimension in _LISTED:
        yield _list(dimension), TYPE, named("skos:ConceptScheme")
        names = {q.row.tokens[dimension]: q.row.names[dimension] for q in found}
        for token, labels in sorted(names.items()):
            node = dimension_value(dimension, token)
            assert isinstance(node, ox.NamedNode)
            yield node, TYPE, named("skos:Concept")
            yield node, named("skos:inScheme"), _list(dimension)
            for lang, label in zip(("zh", "en"), labels, strict=True):
                if label:
                    yield node, named("skos:prefLabel"), ox.Literal(label, language=lang)
    for quantity in found:
        node = dimension_value("organisation", quantity.row.tokens["organisation"])
        assert isinstance(node, ox.NamedNode)
        yield node, TYPE, named("org:FormalOrganization")
        name = quantity.row.names["organisation"][0]
        yield node, named("skos:prefLabel"), ox.Literal(name, language="zh")


def _all(found: Sequence[Quantity]) -> Iterator[Triple]:
    for quantity in found:
        row = quantity.row
        node = ox.NamedNode(f"{BASE}/observation/{row.key.rpartition('/')[2]}")
        yield node, TYPE, OBSERVATION
        yield node, DATA_SET, CUBE
        for dimension, name in PROPERTIES.items():
            yield node, kemu(name), dimension_value(dimension, row.tokens[dimension])
        yield node, kemu("value"), decimal(row.value)
        yield node, kemu("halfStep"), decimal(row.half_step)
        yield node, kemu("confirmedBy"), integer(quantity.confirmed)
        yield node, kemu("printings"), integer(quantity.printed)
        yield node, kemu("disagreement"), boolean(quantity.disputed)
        yield node, DERIVED_FROM, ox.NamedNode(row.node)
