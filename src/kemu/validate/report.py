"""The SHACL validation report as Turtle: one node for each finding and each rule, none blank."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kemu.graph.bases import SEVERITIES
from kemu.graph.places import Triple
from kemu.graph.vocabulary import PREFIXES, TYPE, decimal, integer, kemu, named
from kemu.model import iri
from kemu.model.facts import Extraction
from kemu.model.findings import Finding, LedgerRow, Verdict
from kemu.validate.causes.roots import Root
from kemu.validate.found import Found

_USED = ("kemu", "rdf", "rdfs", "sh", "xsd")


def report(
    extraction: Extraction,
    verdict: Verdict,
    found: Iterable[Found],
    rows: Iterable[LedgerRow],
    causes: Iterable[Root] = (),
) -> str:
    """Return the report on a document as Turtle, the same text for the same findings."""
    sha256 = extraction.document.sha256
    node = ox.NamedNode(iri.printed(sha256, "report"))
    found, causes = list(found), list(causes)
    named_roots = {root.id for root in causes}
    triples: list[Triple] = [
        (node, TYPE, named("sh:ValidationReport")),
        (node, named("sh:conforms"), ox.Literal(not found)),
        (node, kemu("verdict"), ox.Literal(verdict.value)),
    ]
    for each in found:
        result = ox.NamedNode(iri.finding(sha256, each.finding.id))
        triples.append((node, named("sh:result"), result))
        triples.extend(_finding(sha256, result, each))
        triples.extend(_followed(sha256, result, each.finding, named_roots))
    for row in rows:
        outcome = ox.NamedNode(f"{node.value}/{row.rule}")
        triples.append((node, kemu("outcome"), outcome))
        triples.extend(_row(outcome, row))
    for root in causes:
        triples.extend(_root(sha256, root))
    unique = sorted(set(triples), key=lambda triple: " ".join(map(str, triple)))
    prefixes = {name: PREFIXES[name] for name in _USED}
    written = ox.serialize(
        (ox.Triple(*triple) for triple in unique),
        format=ox.RdfFormat.TURTLE,
        prefixes=prefixes,
        base_iri=iri.BASE,
    )
    assert written is not None
    return written.decode()


def _finding(sha256: str, result: ox.NamedNode, found: Found) -> Iterator[Triple]:
    finding = found.finding
    yield result, TYPE, named("sh:ValidationResult")
    yield result, named("sh:focusNode"), ox.NamedNode(iri.document(sha256))
    yield result, named("sh:resultSeverity"), named(SEVERITIES[finding.severity.value])
    yield result, kemu("ruleNumber"), ox.Literal(finding.rule)
    component = named("sh:SPARQLConstraintComponent")
    yield result, named("sh:sourceConstraintComponent"), component
    yield result, named("sh:sourceShape"), ox.NamedNode(found.shape)
    yield result, named("sh:value"), _value(found.value)
    for lang, text in sorted(finding.messages.items()):
        yield result, named("sh:resultMessage"), ox.Literal(text, language=lang)
    for name, number in (
        ("stated", finding.stated),
        ("computed", finding.computed),
        ("gap", finding.difference),
        ("bound", finding.bound),
    ):
        if number is not None:
            yield result, kemu(name), decimal(number)
    for item in finding.evidence:
        place = ox.NamedNode(iri.printed(sha256, item.place.slug))
        yield result, kemu("evidencePlace"), place
    for lang, text in sorted(finding.cause.items()):
        yield result, kemu("cause"), ox.Literal(text, language=lang)


def _followed(
    sha256: str, result: ox.NamedNode, finding: Finding, roots: Collection[str]
) -> Iterator[Triple]:
    """Yield what a finding follows from: a root cause, or another finding."""
    if finding.root in roots:
        yield result, kemu("rootCause"), ox.NamedNode(iri.cause(sha256, finding.root))
    elif finding.root not in ("", finding.id):
        yield result, kemu("consequenceOf"), ox.NamedNode(iri.finding(sha256, finding.root))


def _value(text: str) -> ox.NamedNode | ox.Literal:
    """Return what is at fault; shapes of a user's own may find literals."""
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.Literal(text)


def _root(sha256: str, root: Root) -> Iterator[Triple]:
    node = ox.NamedNode(iri.cause(sha256, root.id))
    yield node, TYPE, kemu("RootCause")
    yield node, kemu("suspect"), ox.NamedNode(iri.printed(sha256, root.suspect))
    yield node, kemu("slip"), ox.Literal(root.kind)
    if root.restored is not None:
        yield node, kemu("restored"), decimal(root.restored)
    for lang, text in sorted(root.texts.items()):
        yield node, kemu("cause"), ox.Literal(text, language=lang)


def _row(outcome: ox.NamedNode, row: LedgerRow) -> Iterator[Triple]:
    yield outcome, TYPE, kemu("RuleOutcome")
    yield outcome, kemu("ruleNumber"), ox.Literal(row.rule)
    yield outcome, kemu("status"), ox.Literal(row.status.value)
    for lang, text in sorted(row.reason.items()):
        yield outcome, kemu("reason"), ox.Literal(text, language=lang)
    for name in ("scope", "blocked", "violations", "warnings", "hints"):
        yield outcome, kemu(name + "Count"), integer(getattr(row, name))
