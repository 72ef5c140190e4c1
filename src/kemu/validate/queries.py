"""Queries on a document's own store, and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kemu.errors import InternalError
from kemu.graph.vocabulary import PREFIXES
from kemu.validate.rules import Shape

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]

PROLOGUE = "".join(f"PREFIX {name}: <{space}>\n" for name, space in sorted(PREFIXES.items()))


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: a shape, what is at fault, and the rows that say so.

    Attributes:
        shape: The node shape.
        value: IRI of what is at fault.
        rows: Variables of the shape's query, one row or more; empty for shapes without SPARQL.
        text: pySHACL's own message, for shapes that have none.
    """

    shape: Shape
    value: str
    rows: tuple[Row, ...] = field(default=(), compare=False)
    text: str = field(default="", compare=False)


def select(store: ox.Store, query: str, where: str = "", **bound: ox.NamedNode) -> list[Row]:
    """Return the rows of a companion query, with variables bound beforehand.

    Raises:
        InternalError: The query cannot run.
    """
    names = {ox.Variable(name): term for name, term in bound.items()}
    return run(store, PROLOGUE + query, dict(names), where)


def run(store: ox.Store, query: str, bound: dict[ox.Variable, Any], where: str = "") -> list[Row]:
    """Return the rows of a query, with variables bound beforehand.

    Args:
        store: The document's graph.
        query: With its prefixes.
        bound: Variable → term.
        where: The rule or shape whose query it is, for the error.

    Raises:
        InternalError: The query cannot run.
    """
    try:
        found: Any = store.query(query, substitutions=bound or None)
    except (SyntaxError, RuntimeError, ValueError) as error:
        message = f"规则的查询不能运行：{error}"
        raise InternalError("E-SHAPES-QUERY", message, where) from error
    names = [variable.value for variable in found.variables]
    return [
        {name: term for name, term in zip(names, row, strict=True) if term is not None}
        for row in found
    ]
