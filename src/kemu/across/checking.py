"""The check of documents given together: their findings join those that each has alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kemu.across.comparisons import Comparison, comparisons
from kemu.across.hierarchy import Hierarchy, plain
from kemu.across.observations import store
from kemu.across.quantities import Printed
from kemu.graph.places import Triple
from kemu.graph.vocabulary import boolean, kemu
from kemu.model import iri
from kemu.model.findings import CheckResult, Finding
from kemu.model.reviewed import Across
from kemu.validate import engine, found
from kemu.validate.ledger import ledger, reaches, switched_off
from kemu.validate.rules import load
from kemu.validate.verdict import judge

FAMILY = "across"


def check_together(
    results: Sequence[CheckResult], off: frozenset[str] = frozenset()
) -> list[CheckResult]:
    """Return results, in the order given, with what their documents say of each other.

    Of two documents of one organisation, year, kind and level neither is compared with anything:
    which of them counts is not known. Both say so.

    Args:
        results: Each document by itself.
        off: Numbers of rules that are switched off.
    """
    if len(results) < 2:
        return list(results)
    documents = [Printed(result.extraction) for result in results]
    twins = _twins(documents)
    single = [one for one in documents if one.path not in twins]
    years = {(one.year, one.statement) for one in documents}
    kin: dict[tuple[str, str], list[Printed]] = defaultdict(list)
    for one in single:
        kin[one.name, one.level].append(one)
    ranks = {
        each: Hierarchy(one for one in single if (one.year, one.statement) == each)
        for each in years
    }
    return [
        _checked(result, one, kin[one.name, one.level], ranks[one.year, one.statement], twins, off)
        for result, one in zip(results, documents, strict=True)
    ]


def _twins(documents: Sequence[Printed]) -> dict[str, tuple[str, ...]]:
    """Return per path the documents that say they are the same one; of unnamed ones none is."""
    alike: dict[tuple[str, int, str, str], list[Printed]] = defaultdict(list)
    for one in documents:
        if one.organisation:
            alike[one.organisation, one.year, one.statement, one.level].append(one)
    return {
        one.path: tuple(other.path for other in same if other is not one)
        for same in alike.values()
        for one in same
        if len(same) > 1
    }


def _checked(
    result: CheckResult,
    one: Printed,
    kin: Sequence[Printed],
    ranks: Hierarchy,
    twins: dict[str, tuple[str, ...]],
    off: frozenset[str],
) -> CheckResult:
    compared = [] if one.path in twins else list(comparisons(one, kin, ranks))
    graph = store(one, compared, _hierarchical(one, ranks))
    this = ox.NamedNode(iri.document(one.sha256))
    rules = load()
    mine = {number for number, rule in rules.rules.items() if rule.family == FAMILY}
    reached = switched_off(
        {number: reach for number, reach in reaches(graph, this).items() if number in mine},
        off & mine,
    )
    told = found.findings(
        result.extraction, graph, engine.results(graph, idle=rules.rules.keys() - mine)
    )
    fresh = [
        each.finding
        for each in told
        if each.finding.rule not in off and each.value not in reached[each.finding.rule].blocked
    ]
    rows = {row.rule: row for row in ledger(reached, fresh) if row.rule in mine}
    whole = _ordered(result.findings, fresh)
    merged = tuple(rows.get(row.rule, row) for row in result.ledger)
    verdict = judge(result.extraction.document, whole, merged, result.coverage)
    across = _told(one, compared, ranks, twins.get(one.path, ()))
    review = replace(result.review, across=across)
    return replace(result, findings=whole, ledger=merged, verdict=verdict, review=review)


def _ordered(before: Sequence[Finding], fresh: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return all findings, the weightiest first, the order of each kind kept."""
    weights = ("violation", "warning", "hint")
    return tuple(sorted((*before, *fresh), key=lambda each: weights.index(each.severity.value)))


def _hierarchical(one: Printed, ranks: Hierarchy) -> Iterator[Triple]:
    """Yield what the documents together say of an organisation's place."""
    node = ox.NamedNode(iri.document(one.sha256))
    yield node, kemu("checkedTogether"), boolean(True)
    name = plain(one.name)
    for circle in ranks.circles:
        if name in circle:
            shown = " → ".join((*circle, circle[0]))
            yield node, kemu("reportsInCircle"), ox.Literal(shown)
    above = ranks.superiors(name)
    if len(above) > 1:
        yield node, kemu("reportsToSeveral"), ox.Literal("、".join(above))


def _told(
    one: Printed,
    compared: Sequence[Comparison],
    ranks: Hierarchy,
    twins: tuple[str, ...],
) -> Across:
    """Return with which documents a document was compared, and which were missed."""
    counts: dict[str, int] = defaultdict(int)
    for comparison in compared:
        for other, _ in comparison.there:
            counts[other.path] += 1
    units = ranks.units(one)
    missing = ranks.missing(one, units) if units else ()
    return Across(tuple(sorted(counts.items())), missing, twins)
