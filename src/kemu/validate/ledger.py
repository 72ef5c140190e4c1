"""The ledger: how every rule ended, what it applied to, and what could not be judged.

Not checked is not passed: a rule whose scope is empty is not applicable, one whose whole scope is
blocked is not checkable, one of whose scope a part is blocked is partly checked, each with the
reason. Printed numbers that a rule may apply to and that were not understood are in its scope too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kemu.graph.bases import bases
from kemu.graph.vocabulary import kemu
from kemu.model.findings import Finding, LedgerRow, Severity, Status
from kemu.validate.queries import Row, select
from kemu.validate.rules import Rule, RuleSet, Texts, load

SWITCHED_OFF = kemu("switchedOff").value
"""The reason for which a rule that a user switched off judges nothing."""

_PARTLY = {"zh": "有 {count} 处未能检查：{reasons}", "en": "{count} could not be judged: {reasons}"}
_ENDS = {
    Severity.VIOLATION: Status.VIOLATED,
    Severity.WARNING: Status.WARNING,
    Severity.HINT: Status.HINT,
}


@dataclass
class Reach:
    """What a rule applies to in one document.

    Attributes:
        scope: IRIs of what it applies to.
        blocked: IRI of what cannot be judged → IRI of the reason.
    """

    scope: set[str] = field(default_factory=set)
    blocked: dict[str, str] = field(default_factory=dict)

    @property
    def judged(self) -> set[str]:
        """What was judged."""
        return self.scope - self.blocked.keys()


def reaches(store: ox.Store, this: ox.NamedNode, folder: Path | None = None) -> dict[str, Reach]:
    """Return for every rule number what it applies to and what of that is blocked."""
    rules = load(folder)
    found: dict[str, Reach] = defaultdict(Reach)
    asked: dict[str, list[Row]] = {}  # some rules share a scope

    def ask(rule: Rule, query: str) -> list[Row]:
        if query not in asked:
            asked[query] = select(store, query, rule.number, this=this)
        return asked[query]

    for rule in rules.judged:
        numbers: dict[str, set[str]] = defaultdict(set)
        if rule.scope:
            for row in ask(rule, rule.scope):
                number = row.get("rule")
                named = number.value if isinstance(number, ox.Literal) else rule.number
                value = _iri(row["value"])
                found[named].scope.add(value)
                numbers[value].add(named)
        else:
            found[rule.number].scope.add(this.value)
        for row in ask(rule, rule.candidates) if rule.candidates else ():
            _unclear(row, rule.number, found)
        if rule.blocked and numbers:
            for row in select(store, rule.blocked, rule.number, this=this):
                for named in numbers.get(_iri(row["value"]), ()):
                    found[named].blocked.setdefault(_iri(row["value"]), _iri(row["reason"]))
    return found


def switched_off(reached: dict[str, Reach], off: Collection[str]) -> dict[str, Reach]:
    """Return what rules reach; those switched off can judge nothing of it."""
    for number in off:
        reach = reached[number]
        reach.blocked = dict.fromkeys(reach.scope, SWITCHED_OFF)
    return reached


def _unclear(row: Row, number: str, found: dict[str, Reach]) -> None:
    """Note a printed number that a rule may apply to, and why it cannot judge it."""
    named = row.get("rule")
    reach = found[named.value if isinstance(named, ox.Literal) else number]
    reach.scope.add(row["value"].value)
    reach.blocked.setdefault(row["value"].value, row["reason"].value)


def idle_rules(reached: dict[str, Reach], folder: Path | None = None) -> frozenset[str]:
    """Return the numbers of rules, as in the files, that apply to nothing in the document."""
    alive = {number for number, reach in reached.items() if reach.scope}
    return frozenset(
        rule.number for rule in load(folder).judged if rule.scope and not alive & _carried(rule)
    )


def _carried(rule: Rule) -> set[str]:
    """Return the numbers under which findings of a rule go: its own, or those of the bases."""
    return {basis.rule for basis in bases().values()} if rule.number == "R3" else {rule.number}


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return term.value


def ledger(
    reached: dict[str, Reach], findings: Iterable[Finding], folder: Path | None = None
) -> tuple[LedgerRow, ...]:
    """Return a row for every rule, in the order of their numbers."""
    rules = load(folder)
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        counts[finding.rule][finding.severity] += 1
    return tuple(
        _row(rules, rule, reached.get(number, Reach()), counts[number])
        for number, rule in rules.rules.items()
    )


def _row(rules: RuleSet, rule: Rule, reach: Reach, counts: Counter[Severity]) -> LedgerRow:
    status = _status(reach, counts)
    reason = rule.absent if status is Status.NOT_APPLICABLE else _blocked(rules, reach)
    return LedgerRow(
        rule.number,
        status,
        reason,
        len(reach.scope),
        len(reach.blocked),
        counts[Severity.VIOLATION],
        counts[Severity.WARNING],
        counts[Severity.HINT],
    )


def _status(reach: Reach, counts: Counter[Severity]) -> Status:
    for severity, status in _ENDS.items():
        if counts[severity]:
            return status
    if not reach.scope:
        return Status.NOT_APPLICABLE
    if not reach.judged:
        return Status.NOT_CHECKABLE
    return Status.PARTLY_CHECKED if reach.blocked else Status.PASSED


def _blocked(rules: RuleSet, reach: Reach) -> Texts:
    if not reach.blocked:
        return {}
    tally = Counter(reach.blocked.values())
    texts: Texts = {}
    for lang, pattern in _PARTLY.items():
        mark = "、" if lang == "zh" else ", "
        names = [rules.reasons.get(reason, {}).get(lang, reason) for reason in sorted(tally)]
        texts[lang] = pattern.format(count=len(reach.blocked), reasons=mark.join(names))
    return texts
