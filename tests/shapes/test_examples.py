"""Every rule judges its examples as worked out by hand.

An example is a small graph. Its first comment says what it shows; `# expect R3.1 hint sum` names a
finding (rule, severity, local name of what is at fault), and there are no others; `# scope R3.1 2`
and `# blocked R3.1 1` count what the rule applies to and what of that it cannot judge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.graph import bases, derived
from kemu.validate import engine
from kemu.validate.ledger import SWITCHED_OFF, Reach, idle_rules, reaches
from kemu.validate.queries import Result
from kemu.validate.rules import load

FOLDER = Path(__file__).parent
EXAMPLES = sorted(FOLDER.glob("*/*.ttl"))
BASE = "https://example.org/document/"
DOCUMENT = ox.NamedNode(BASE + "doc")

Expected = Counter[tuple[str, str, str]]
ORDER = ["violation", "warning", "hint"]


@dataclass
class Example:
    expected: Expected
    counts: dict[str, dict[str, int]]
    store: ox.Store

    @staticmethod
    @cache
    def read(path: Path) -> Example:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"^# expect (\S+) (\S+) (\S+)$", text, re.MULTILINE)
        counts: dict[str, dict[str, int]] = {"scope": {}, "blocked": {}}
        for what, rule, number in re.findall(
            r"^# (scope|blocked) (\S+) (\d+)$", text, re.MULTILINE
        ):
            counts[what][rule] = int(number)
        store = ox.Store()
        store.load(text.encode(), format=ox.RdfFormat.TURTLE)
        store.extend(ox.Quad(*triple) for triple in bases.triples())
        derived.extend(store)
        return Example(Counter(found), counts, store)


@cache
def results(path: Path) -> tuple[Result, ...]:
    """Return what all shapes find in an example."""
    return tuple(engine.results(Example.read(path).store))


def judged(found: Iterable[Result], reached: dict[str, Reach]) -> Expected:
    """Return what was found and is not blocked, each rule and thing at its weightiest."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in found:
        for row in result.rows:
            rule = row.get("rule")
            number = rule.value if isinstance(rule, ox.Literal) else result.shape.rules[0]
            if result.value not in reached[number].blocked:
                local = result.value.removeprefix(BASE)
                counted[number, local][result.shape.severity] += 1
    weighed = {key: min(tally, key=ORDER.index) for key, tally in counted.items()}
    return Counter(
        {
            (rule, weighed[rule, local], local): tally[weighed[rule, local]]
            for (rule, local), tally in counted.items()
        }
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_example(path: Path) -> None:
    example = Example.read(path)
    reached = reaches(example.store, DOCUMENT)
    assert judged(results(path), reached) == example.expected
    # Rules that apply to nothing are left out of a check: that must not lose a finding.
    awake = engine.results(example.store, idle=idle_rules(reached))
    assert judged(awake, reached) == example.expected
    for what, expected in example.counts.items():
        counted = {rule: len(getattr(reached[rule], what)) for rule in expected}
        assert counted == expected, what
    for rule, reach in reached.items():
        assert reach.blocked.keys() <= reach.scope, rule


def test_the_kind_of_an_example_is_the_weightiest_it_expects() -> None:
    for path in EXAMPLES:
        kind = path.name.partition(".")[0]
        rule = re.search(r"^# (R\d+\.\d+)", path.read_text(encoding="utf-8"))
        assert rule, path
        expected = [
            severity for number, severity, _ in Example.read(path).expected if number == rule[1]
        ]
        weightiest = min(expected, key=ORDER.index) if expected else "valid"
        assert kind == {"violation": "invalid"}.get(weightiest, weightiest), path


def examples_of(number: str) -> set[str]:
    """Return the kinds of the examples whose first comment names a rule, or that expect it."""
    kinds = set()
    for path in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        first = text.partition("\n\n")[0]
        if re.search(rf"{re.escape(number)}(?!\d)", first):
            kinds.add(path.name.partition(".")[0])
    return kinds


@pytest.mark.parametrize("number", list(load().rules))
def test_every_rule_has_examples(number: str) -> None:
    kinds = examples_of(number)
    assert "valid" in kinds
    assert kinds & {"invalid", "warning", "hint"}


def test_every_severity_of_every_shape_is_met_by_an_example() -> None:
    met = set()
    for path in EXAMPLES:
        met |= {result.shape.iri for result in results(path)}
    assert met == set(load().shapes)


def test_every_reason_for_blocking_is_met_by_an_example() -> None:
    met = set()
    for path in EXAMPLES:
        for reach in reaches(Example.read(path).store, DOCUMENT).values():
            met |= set(reach.blocked.values())
    assert met == set(load().reasons) - {SWITCHED_OFF}
