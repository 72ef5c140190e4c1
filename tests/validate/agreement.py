"""What the shapes say about an extraction, in the terms of the oracle."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox

from kemu.graph import build
from kemu.model import iri
from kemu.model.facts import Extraction
from kemu.validate import engine, found
from kemu.validate.ledger import idle_rules, reaches
from tests.validate.oracle import Verdict

JUDGED = ("R3.", "R4.1", "R4.2", "R4.3", "R4.4", "R5.")


def by_shapes(extraction: Extraction) -> set[Verdict]:
    """Return the findings of the rules that the oracle judges."""
    store = build.store(extraction)
    document = iri.document(extraction.document.sha256)
    reached = reaches(store, ox.NamedNode(document))
    results = engine.results(store, idle=idle_rules(reached))
    verdicts: set[Verdict] = set()
    for each in found.findings(extraction, store, results):
        finding = each.finding
        if finding.rule.startswith(JUDGED) and each.value not in reached[finding.rule].blocked:
            fault = each.value.removeprefix(document + "/")
            if finding.rule in ("R4.1", "R4.2", "R4.3"):
                fault = "|".join(map(_plain, sorted((_of(finding.stated), _of(finding.computed)))))
            verdicts.add((finding.rule, finding.severity.value, fault))
    return verdicts


def _of(number: Decimal | None) -> Decimal:
    assert number is not None
    return number


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
