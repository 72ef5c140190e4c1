"""Facts and blank cells as observations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox

from kemu.graph.places import Printer, Triple
from kemu.graph.vocabulary import (
    DATA_SET,
    DERIVED_FROM,
    LABEL,
    OBSERVATION,
    TYPE,
    decimal,
    integer,
    kemu,
)
from kemu.model import dimensions, iri
from kemu.model.facts import ALL, NOT_APPLICABLE, UNDETERMINED, BlankCell, Extraction, Fact, Key

# Key field → property, and for codes the scheme whose concepts are the values.
PROPERTIES = {
    "organisation": "organisation",
    "consolidation": "consolidation",
    "year": "year",
    "phase": "phase",
    "basis": "basis",
    "flow": "flow",
    "fund": "fund",
    "functional": "functional",
    "dept_economic": "deptEconomic",
    "gov_economic": "govEconomic",
    "item": "item",
    "nature": "nature",
    "carry": "carry",
    "project": "projectName",
    "measure": "measure",
}
SCHEMES = {
    "functional": "functional",
    "dept_economic": "deptEconomic",
    "gov_economic": "govEconomic",
}
_BASIC = dimensions.divided_by("nature", "dept_economic")
_SPENT_ON = (*SCHEMES, "item")
_SPECIAL = frozenset((ALL, NOT_APPLICABLE, UNDETERMINED))


def fact_triples(printer: Printer, fact: Fact) -> Iterator[Triple]:
    """Yield one fact: its key and dimensions, its amount, where and how it is printed."""
    node = printer.node(fact.slug)
    amount = fact.amount
    yield node, TYPE, OBSERVATION
    yield node, DATA_SET, printer.document
    yield from _keyed(printer, node, fact)
    yield node, kemu("value"), decimal(amount.value)
    yield node, kemu("halfStep"), decimal(fact.half_step)
    yield node, kemu("unitFactor"), decimal(amount.factor)
    yield node, kemu("printed"), ox.Literal(amount.printed)
    yield node, kemu("printedUnit"), ox.Literal(amount.unit)
    if fact.column_path:
        yield node, kemu("columnPath"), ox.Literal(fact.column_path)
    if fact.heading:
        yield node, kemu("heading"), ox.Literal(fact.heading)
    yield node, kemu("quote"), ox.Literal(fact.quote)


def spending_triples(printer: Printer, facts: Iterable[Fact]) -> Iterator[Triple]:
    """Yield which facts are spending on a single code or item, so that questions find them at once.

    Such a fact has a key and is expenditure in money, whole in every dimension but organisation,
    time, fund, nature and the one code or item.
    """
    for fact in facts:
        key = fact.key
        whole = (key.carry, key.project, key.basis)
        told = [(name, v) for name in _SPENT_ON if (v := getattr(key, name)) not in _SPECIAL]
        left = [name for name in _SPENT_ON if getattr(key, name) == ALL]
        if not key.digest():
            continue
        is_money = (key.flow, key.measure) == ("expenditure", "money")
        if is_money and set(whole) == {ALL} and len(told) == 1 and len(left) == len(_SPENT_ON) - 1:
            yield printer.node(fact.slug), kemu("spendingOn"), dimension_value(*told[0])


def blank_triples(printer: Printer, blank: BlankCell) -> Iterator[Triple]:
    """Yield one amount cell that was left blank."""
    node = printer.node(blank.slug)
    yield node, TYPE, kemu("BlankCell")
    yield node, kemu("inDocument"), printer.document
    yield from _keyed(printer, node, blank)
    if blank.column_path:
        yield node, kemu("columnPath"), ox.Literal(blank.column_path)


def _keyed(printer: Printer, node: ox.NamedNode, cell: Fact | BlankCell) -> Iterator[Triple]:
    yield node, DERIVED_FROM, printer.node(cell.place.slug)
    where = "sentence" if cell.place.table is None else "table"
    yield node, kemu("where"), ox.Literal(where)
    if cell.label:
        yield node, LABEL, ox.Literal(cell.label)
    for pair in _dimension_values(cell.key):
        yield node, *pair
    digest = cell.key.digest()
    if digest is not None:
        name = "blankKey" if isinstance(cell, BlankCell) else where + "Key"
        yield node, kemu(name), ox.NamedNode(iri.key(digest))


@lru_cache(maxsize=65536)
def _dimension_values(key: Key) -> tuple[tuple[ox.NamedNode, ox.NamedNode | ox.Literal], ...]:
    """Return the properties of a key, its own IRI and its frame included."""
    found = [
        (kemu(name), dimension_value(dimension, getattr(key, dimension)))
        for dimension, name in PROPERTIES.items()
    ]
    digest = key.digest()
    if digest is not None:
        found.append((kemu("key"), ox.NamedNode(iri.key(digest))))
    for name, digest in _frames(key):
        found.append((kemu(name), ox.NamedNode(iri.key(digest))))
    return tuple(found)


def _frames(key: Key) -> Iterator[tuple[str, str]]:
    """Yield the digests of what facts share that differ in one code only.

    Two lists explain the same thing item by item when their facts have the same frame.
    """
    digest = key.digest()
    if digest is None or key.measure != "money" or key.project != ALL or key.gov_economic != ALL:
        return
    if key.functional.isdigit() and len(key.functional) == 7 and key.dept_economic == ALL:
        yield "itemFrame", _mark("functional", replace(key, functional=ALL).digest())
    if key.functional == ALL and key.nature in _BASIC:
        bare = _mark("deptEconomic", replace(key, dept_economic=ALL, nature="basic").digest())
        if key.dept_economic.isdigit() and len(key.dept_economic) >= 5:
            yield "economicFrame", bare
        elif key.dept_economic == ALL:
            yield "coversFrame", bare


def _mark(dimension: str, digest: str | None) -> str:
    return hashlib.sha256(f"{dimension}\x1f{digest}".encode()).hexdigest()[:16]


@lru_cache(maxsize=65536)
def dimension_value(dimension: str, value: str) -> ox.NamedNode | ox.Literal:
    """Return the node of one dimension's value."""
    if value in _SPECIAL:
        return kemu(value)
    if dimension == "year":
        return integer(int(value)) if value.isdigit() else ox.NamedNode(iri.member("year", value))
    if dimension == "organisation":
        return ox.NamedNode(iri.organisation(value))
    if dimension in SCHEMES:
        return ox.NamedNode(iri.code(SCHEMES[dimension], value))
    if value in dimensions.members(dimension):
        return kemu(value)
    return ox.NamedNode(iri.member(dimension, value))


def dimension_token(dimension: str, node: str) -> str:
    """Return the value that a node stands for: what `dimension_value` was made from."""
    if node.startswith(iri.ONTOLOGY):
        return node.removeprefix(iri.ONTOLOGY)
    if dimension == "organisation":
        return iri.organisation_id(node)
    if dimension in SCHEMES:
        return node.removeprefix(iri.code(SCHEMES[dimension], ""))
    return iri.member_text(dimension, node)


def value_names(extraction: Extraction) -> Iterator[Triple]:
    """Yield the names of dimension values that the document itself brings: projects, bases."""
    cells: tuple[Fact | BlankCell, ...] = (*extraction.facts, *extraction.blanks)
    named_values = {
        (dimension, getattr(cell.key, dimension))
        for cell in cells
        for dimension in ("basis", "project")
    }
    for dimension, value in sorted(named_values):
        node = dimension_value(dimension, value)
        if isinstance(node, ox.NamedNode) and not node.value.startswith(iri.ONTOLOGY):
            yield node, LABEL, ox.Literal(value)
