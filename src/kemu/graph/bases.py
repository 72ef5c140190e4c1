"""Why equations hold, read from graph/bases.toml: rule numbers, weights and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kemu import knowledge
from kemu.graph.vocabulary import LABEL, TYPE, kemu, named
from kemu.model import iri
from kemu.model.language import SeverityName

SEVERITIES = {"violation": "sh:Violation", "warning": "sh:Warning", "hint": "sh:Info"}


@dataclass(frozen=True, slots=True)
class Basis:
    """One reason why an equation should hold.

    Attributes:
        name: As `Equation.basis` names it.
        rule: Number that findings and the ledger carry.
        severity: What a difference beyond rounding weighs: `violation`, `warning` or `hint`.
        label: Language tag → name.
        absent: Language tag → why the rule does not apply where no such equation was found.
    """

    name: str
    rule: str
    severity: SeverityName
    label: dict[str, str]
    absent: dict[str, str]


@cache
def bases() -> dict[str, Basis]:
    """Return the bases by name, in the order of the file."""
    return {name: Basis(name, **entry) for name, entry in knowledge.table("bases").items()}


def triples() -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Yield the bases as individuals of the ontology."""
    for basis in bases().values():
        node = ox.NamedNode(iri.basis(basis.name))
        yield node, TYPE, kemu("Basis")
        yield node, kemu("ruleNumber"), ox.Literal(basis.rule)
        yield node, kemu("severity"), named(SEVERITIES[basis.severity])
        for lang, text in sorted(basis.label.items()):
            yield node, LABEL, ox.Literal(text, language=lang)
