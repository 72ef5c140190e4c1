"""The rules on a document's graph by itself, as a store keeps it, without the document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kemu.graph.vocabulary import kemu
from kemu.model.findings import Severity
from kemu.validate import engine, found
from kemu.validate.ledger import idle_rules, reaches
from kemu.validate.rules import load
from kemu.validate.wording import FIGURES, figure, messages


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding about what a store keeps.

    Attributes:
        rule: Its number.
        severity: How much it weighs.
        messages: Language tag → what is wrong; money in 元.
        value: IRI of what is at fault; its path names table, row and column.
        page: Where it is printed; None in formats without pages.
        figures: `stated`, `computed`, `difference`, `bound` → number in 元 or per cent.
    """

    rule: str
    severity: Severity
    messages: dict[str, str]
    value: str
    page: int | None
    figures: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a document's graph.

    Attributes:
        findings: The weightiest first.
        judged: How many things rules applied to and could judge.
        blocked: How many they could not.
    """

    findings: tuple[Kept, ...]
    judged: int
    blocked: int


def judge(store: ox.Store, this: ox.NamedNode, folder: Path | None = None) -> Judged:
    """Return what the rules say of the document in a store's default graph.

    Args:
        store: What is kept of the document, and the codes that it uses.
        this: The document.
        folder: A folder of further SHACL shapes.

    Raises:
        InputError: The folder cannot be used.
        InternalError: A rule could not be run.
    """
    reached = reaches(store, this, folder)
    rules = load(folder)
    findings: dict[tuple[str, str], Kept] = {}
    for result in engine.results(store, folder, idle_rules(reached, folder)):
        for row in found.detailed(store, rules, result) or [{}]:
            number = found.rule_of(result, row)
            if number in reached and result.value in reached[number].blocked:
                continue
            kept = Kept(
                number, Severity(result.shape.severity),
                messages(result.shape, row, None, result.text), result.value,
                _page(store, result.value),
                {name: n for name in FIGURES if (n := figure(row, name)) is not None},
            )  # fmt: skip
            other = findings.setdefault((number, result.value), kept)
            if found.weight(kept.severity) < found.weight(other.severity):
                findings[number, result.value] = kept
    ordered = sorted(
        findings.values(), key=lambda f: (found.weight(f.severity), f.page or 0, f.rule, f.value)
    )
    return Judged(
        tuple(ordered),
        sum(len(reach.judged) for reach in reached.values()),
        sum(len(reach.blocked) for reach in reached.values()),
    )


def _page(store: ox.Store, value: str) -> int | None:
    """Return the page of a number, or of the total of a sum."""
    try:
        node = ox.NamedNode(value)
    except ValueError:
        return None
    totals = [quad.object for quad in store.quads_for_pattern(node, kemu("total"), None)]
    for one in (node, *totals):
        if isinstance(one, ox.NamedNode):
            for quad in store.quads_for_pattern(one, kemu("page"), None):
                if isinstance(quad.object, ox.Literal):
                    return int(quad.object.value)
    return None
