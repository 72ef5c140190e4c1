"""Equations and claims: how the document says its amounts hang together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import pyoxigraph as ox

from kemu.errors import InternalError
from kemu.extract.whole.unbound_terms import amounts
from kemu.graph.agreements import Agreement
from kemu.graph.bases import bases
from kemu.graph.places import Printer, Triple
from kemu.graph.vocabulary import DERIVED_FROM, TYPE, decimal, integer, kemu
from kemu.model import iri
from kemu.model.facts import Claim, Equation, Unbound

CLAIM_CLASSES = {
    "share": "ShareClaim",
    "change": "ChangeClaim",
    "rate": "RateClaim",
    "completion": "CompletionClaim",
    "direction": "DirectionClaim",
    "zero": "ZeroClaim",
}
ROLES = ("actual", "base", "budget", "current", "left", "part", "right", "whole")
"""Operand roles; the property of a role is its name and `Amount`."""
_FILLED = re.compile(r"\.\d*[1-9](0+)(?!\d)")


def equation_triples(printer: Printer, equation: Equation) -> Iterator[Triple]:
    """Yield one equation and its weighted terms.

    Raises:
        InternalError: Its basis is not listed in graph/bases.toml.
    """
    if equation.basis not in bases():
        raise InternalError("E-GRAPH-BASIS", f"等式的依据没有登记：{equation.basis}")
    node = printer.node(equation.slug)
    yield node, TYPE, kemu("Equation")
    yield node, kemu("inDocument"), printer.document
    yield node, kemu("equationBasis"), ox.NamedNode(iri.basis(equation.basis))
    yield node, kemu("relation"), kemu(equation.relation)
    yield node, kemu("missingTerm"), kemu(equation.missing)
    yield node, kemu("total"), printer.node(equation.total)
    yield node, DERIVED_FROM, printer.node(equation.place.slug)
    if equation.doubt:
        yield node, kemu("doubt"), kemu(equation.doubt)
    weights: Counter[str] = Counter()
    for part in equation.parts:
        weights[part.fact] += part.weight
    for slug, weight in weights.items():
        term = printer.node(f"{equation.slug}/of/{slug}")
        yield node, kemu("term"), term
        yield term, TYPE, kemu("WeightedTerm")
        yield term, kemu("fact"), printer.node(slug)
        yield term, kemu("weight"), integer(weight)


def agreement_triples(printer: Printer, agreement: Agreement) -> Iterator[Triple]:
    """Yield which printing of a quantity the others are held against."""
    node = printer.node(agreement.reference)
    yield node, kemu("referenceFor"), ox.NamedNode(iri.key(agreement.key))
    if agreement.doubt:
        yield node, kemu("doubt"), kemu(agreement.doubt)


def claim_triples(printer: Printer, claim: Claim) -> Iterator[Triple]:
    """Yield one claim with its operands.

    Raises:
        InternalError: Its kind or one of its roles is unknown.
    """
    if claim.kind not in CLAIM_CLASSES or not set(claim.operands) <= set(ROLES):
        raise InternalError("E-GRAPH-CLAIM", f"不认识的陈述：{claim.kind} {sorted(claim.operands)}")
    node = printer.node(claim.slug)
    yield node, TYPE, kemu("Claim")
    yield node, TYPE, kemu(CLAIM_CLASSES[claim.kind])
    yield node, kemu("inDocument"), printer.document
    yield node, DERIVED_FROM, printer.node(claim.place.slug)
    yield node, kemu("quote"), ox.Literal(claim.quote)
    yield node, kemu("printed"), ox.Literal(claim.printed)
    yield node, kemu("printedUnit"), ox.Literal(claim.unit)
    for role, slug in sorted(claim.operands.items()):
        yield node, kemu(role + "Amount"), printer.node(slug)
    if claim.stated is not None:
        yield node, kemu("stated"), decimal(claim.stated)
    if claim.stated_half_step is not None:
        yield node, kemu("statedHalfStep"), decimal(claim.stated_half_step)
        yield node, kemu("statedStep"), decimal(_step(claim.printed, claim.stated_half_step))
    if claim.direction:
        yield node, kemu("direction"), kemu(claim.direction)
    if claim.change:
        yield node, kemu("changeClaim"), printer.node(claim.change)
    if claim.unexplained:
        yield node, kemu("unexplainedUnder"), ox.Literal(claim.unexplained)
    if claim.group:
        yield node, kemu("group"), printer.node(claim.group)
        yield node, kemu("groupComplete"), ox.Literal(claim.group_complete)
    if claim.sole:
        yield node, kemu("soleAmount"), ox.Literal(True)


def _step(printed: str, half_step: Decimal) -> Decimal:
    """Return one unit of the last decimal that is not 0: 26.30 may be 26.34 cut and filled up."""
    filled = _FILLED.search(printed)
    return (2 * half_step).scaleb(len(filled[1]) if filled else 0)


def unbound_triples(printer: Printer, number: Unbound) -> Iterator[Triple]:
    """Yield one amount or rate that was not tied to a meaning: rules may apply to it."""
    node = printer.node(number.slug)
    yield node, TYPE, kemu("UnboundNumber")
    yield node, kemu("inDocument"), printer.document
    yield node, DERIVED_FROM, printer.node(number.place.slug)
    where = "sentence" if number.place.table is None else "table"
    yield node, kemu("where"), ox.Literal(where)
    yield node, kemu("statedAs"), ox.Literal(number.kind)
    yield node, kemu("printed"), ox.Literal(number.printed)
    yield node, kemu("unboundFor"), ox.Literal(number.reason)
    yield node, kemu("quote"), ox.Literal(number.quote)
    for amount in islice(amounts(number), 1):
        yield node, kemu("readsAs"), decimal(amount.value)
        yield node, kemu("readsHalfStep"), decimal(amount.half_step)
