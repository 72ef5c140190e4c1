"""The rules as data: read from shapes/*.ttl, with the numbers that graph/bases.toml adds.

A `kemu:Rule` says what is judged; the node shapes of a rule judge it, one for each severity. A
shape that belongs to several rules, or to equations of any basis, names the rule number in its
own result. Shapes of a user's folder need none of this: a plain SHACL shape is a rule by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kemu import assets
from kemu.errors import InputError
from kemu.graph.bases import Basis, bases
from kemu.graph.vocabulary import LABEL, TYPE, kemu, named, named_in
from kemu.model.language import SeverityName

Texts = dict[str, str]

_KINDS = (named("sh:NodeShape"), named("sh:PropertyShape"))
_TARGETS = (
    named("sh:targetClass"),
    named("sh:targetNode"),
    named("sh:targetSubjectsOf"),
    named("sh:targetObjectsOf"),
    named("sh:target"),
)
_ALONE = frozenset(("R1", "R2", "R6", "R7", "R8", "R10"))
_SEVERITIES: dict[str, SeverityName] = {
    named("sh:Violation").value: "violation",
    named("sh:Warning").value: "warning",
    named("sh:Info").value: "hint",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One node shape: a condition and what meeting it weighs.

    Attributes:
        iri: Of the node shape.
        severity: `violation`, `warning` or `hint`.
        messages: Language tag → template with `{?variable}`.
        select: The condition; it also gives the numbers of what it finds. Empty for shapes that
            use no SPARQL.
        quantity: What stated, computed, difference and bound are: `money`, `percent` or empty.
        rules: Numbers of the rules it belongs to.
    """

    iri: str
    severity: SeverityName
    messages: Texts
    select: str
    quantity: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One numbered rule.

    Attributes:
        number: `R5.1`.
        label: Language tag → name.
        definition: Language tag → what is judged and how.
        note: Language tag → what must not be accused.
        absent: Language tag → why the rule does not apply where its scope is empty.
        scope: SELECT of everything in the document that the rule applies to.
        blocked: SELECT of what of that cannot be judged, and why.
        candidates: SELECT of printed numbers that it may apply to and that were not understood,
            with the reason.
        detail: SELECT of an offender's numbers where the shapes' own conditions do not give them.
        shapes: The shapes that judge it.
        bases: The bases of equations that carry its number.
        family: The file's name without suffix.
    """

    number: str
    label: Texts
    definition: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    absent: Texts = field(default_factory=dict)
    scope: str = ""
    blocked: str = ""
    detail: str = ""
    shapes: tuple[Shape, ...] = ()
    bases: tuple[Basis, ...] = ()
    family: str = ""
    candidates: str = ""

    @property
    def order(self) -> tuple[int, ...]:
        """Sorting key: R3.10 after R3.9."""
        parts = self.number.removeprefix("R").split(".")
        return tuple(int(part) if part.isdigit() else 999 for part in parts)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a run.

    Attributes:
        rules: Number → rule, in order; the numbers that findings and the ledger carry.
        judged: The rules as they stand in the files: companion queries run once for each.
        shapes: IRI → shape.
        reasons: IRI → language tag → why something was blocked.
        sources: Contents of the shape files, Turtle.
        asked: The properties (and classes) that their queries name.
    """

    rules: dict[str, Rule]
    judged: tuple[Rule, ...]
    shapes: dict[str, Shape]
    reasons: dict[str, Texts]
    sources: tuple[bytes, ...]
    asked: frozenset[ox.NamedNode]


@lru_cache(maxsize=8)
def load(folder: Path | None = None) -> RuleSet:
    """Return the rules of the package, and those of a user's folder beside them.

    Raises:
        InputError: The folder is missing, holds a file that is not Turtle, or a shape without
            an IRI: findings and the ledger could not name it.
    """
    store = ox.Store()
    files = dict(_files(folder))
    family: dict[str, str] = {}
    for name, content in files.items():
        triples = _parse(name, content)
        _named(name, triples)
        for triple in triples:
            store.add(ox.Quad(*triple))
            if (triple.predicate == TYPE or triple.predicate in _TARGETS) and isinstance(
                triple.subject, ox.NamedNode
            ):
                family[triple.subject.value] = Path(name).stem
    shapes = {shape.iri: shape for shape in _shapes(store)}
    judged = tuple(sorted(_rules(store, shapes, family), key=lambda rule: rule.order))
    numbered = {rule.number: rule for judged_rule in judged for rule in _numbered(judged_rule)}
    ordered = dict(sorted(numbered.items(), key=lambda item: (item[1].order, item[0])))
    reasons = {
        node.value: _texts(store, node, LABEL) for node in _instances(store, "BlockedReason")
    }
    asked = named_in(_queries(shapes.values(), judged))
    return RuleSet(ordered, judged, shapes, reasons, tuple(files.values()), asked)


def _queries(shapes: Iterable[Shape], judged: Iterable[Rule]) -> Iterator[str]:
    """Yield all queries; none of the package has a variable for a property."""
    yield from (shape.select for shape in shapes)
    for rule in judged:
        yield from (rule.scope, rule.blocked, rule.candidates, rule.detail)


def compares(number: str) -> bool:
    """Tell whether a rule compares amounts: not those of single facts, codes, words and wholes."""
    return number.partition(".")[0] not in _ALONE


def chosen(names: Collection[str], folder: Path | None = None) -> frozenset[str]:
    """Return the numbers of the rules that names stand for: `R8.5`, or `R8` for all of a family.

    Raises:
        InputError: A name stands for no rule.
    """
    known = load(folder).rules
    found = {name: {n for n in known if n == name or n.startswith(f"{name}.")} for name in names}
    for name, numbers in found.items():
        if not numbers:
            raise InputError(
                "E-RULE-UNKNOWN", "没有这条规则", name, "用 kemu explain 列出全部规则。"
            )
    return frozenset(number for numbers in found.values() for number in numbers)


def severity_of(iri: str) -> SeverityName:
    """Return `violation`, `warning` or `hint`; without a severity a shape is a violation."""
    return _SEVERITIES.get(iri, "violation")


def _files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    own = (entry for entry in assets.asset("shapes").iterdir() if entry.name.endswith(".ttl"))
    for entry in sorted(own, key=lambda entry: entry.name):
        yield entry.name, entry.read_bytes()
    if folder is None:
        return
    if not folder.is_dir():
        raise InputError("E-SHAPES-FOLDER", "找不到规则文件夹", str(folder), "请检查路径。")
    found = sorted(folder.glob("*.ttl"))
    if not found:
        raise InputError(
            "E-SHAPES-FOLDER", "规则文件夹里没有 .ttl 文件", str(folder), "请放入 SHACL 规则。"
        )
    for path in found:
        yield str(path), path.read_bytes()


def _parse(name: str, content: bytes) -> list[ox.Triple]:
    try:
        return [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise InputError(
            "E-SHAPES-SYNTAX", f"规则文件不是正确的 Turtle：{error}", name, "请改正后重试。"
        ) from error


def _named(name: str, triples: list[ox.Triple]) -> None:
    """Refuse shapes that stand on their own and have no IRI.

    Raises:
        InputError: There is one; it would be run without a name, or not at all.
    """
    inner = {triple.object for triple in triples if isinstance(triple.object, ox.BlankNode)}
    for triple in triples:
        shape = triple.predicate == TYPE and triple.object in _KINDS and triple.subject not in inner
        if isinstance(triple.subject, ox.BlankNode) and (shape or triple.predicate in _TARGETS):
            raise InputError(
                "E-SHAPES-BLANK",
                "规则文件里有一条规则没有名称（写在空白节点上）",
                name,
                "请给它一个 IRI，例如 <https://example.org/rules#甲> a sh:NodeShape。",
            )


def _instances(store: ox.Store, name: str) -> list[ox.NamedNode]:
    found = {q.subject for q in store.quads_for_pattern(None, TYPE, kemu(name))}
    return sorted((n for n in found if isinstance(n, ox.NamedNode)), key=lambda n: n.value)


def _values(store: ox.Store, node: ox.NamedNode | ox.BlankNode, of: ox.NamedNode) -> list[str]:
    found = (quad.object for quad in store.quads_for_pattern(node, of, None))
    return sorted(o.value for o in found if isinstance(o, ox.Literal | ox.NamedNode))


def _one(store: ox.Store, node: ox.NamedNode | ox.BlankNode, of: ox.NamedNode) -> str:
    found = _values(store, node, of)
    return found[0] if found else ""


def _texts(store: ox.Store, node: ox.NamedNode, of: ox.NamedNode) -> Texts:
    literals = (quad.object for quad in store.quads_for_pattern(node, of, None))
    return dict(sorted((o.language or "", o.value) for o in literals if isinstance(o, ox.Literal)))


def _shapes(store: ox.Store) -> Iterator[Shape]:
    nodes = {q.subject for kind in _KINDS for q in store.quads_for_pattern(None, TYPE, kind)}
    nodes |= {q.subject for name in _TARGETS for q in store.quads_for_pattern(None, name, None)}
    for node in sorted((n for n in nodes if isinstance(n, ox.NamedNode)), key=lambda n: n.value):
        if not list(store.quads_for_pattern(node, None, None)):
            continue
        numbers = [
            _one(store, ox.NamedNode(rule), kemu("ruleNumber"))
            for rule in _values(store, node, kemu("ofRule"))
        ]
        severity = severity_of(_one(store, node, named("sh:severity")))
        local = node.value.rpartition("#")[2].rpartition("/")[2]
        yield Shape(
            node.value,
            severity,
            _messages(store, node),
            _select(store, node),
            _one(store, node, kemu("quantity")),
            tuple(numbers) or (local,),
        )


def _constraints(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.NamedNode | ox.BlankNode]:
    for quad in store.quads_for_pattern(node, named("sh:sparql"), None):
        if isinstance(quad.object, ox.NamedNode | ox.BlankNode):
            yield quad.object


def _messages(store: ox.Store, node: ox.NamedNode) -> Texts:
    found = _texts(store, node, named("sh:message"))
    for constraint in _constraints(store, node):
        for quad in store.quads_for_pattern(constraint, named("sh:message"), None):
            if isinstance(quad.object, ox.Literal):
                found.setdefault(quad.object.language or "", quad.object.value)
    return found


def _select(store: ox.Store, node: ox.NamedNode) -> str:
    queries = [_one(store, each, named("sh:select")) for each in _constraints(store, node)]
    return queries[0] if len(queries) == 1 else ""


def _rules(store: ox.Store, shapes: dict[str, Shape], family: dict[str, str]) -> Iterator[Rule]:
    for node in _instances(store, "Rule"):
        number = _one(store, node, kemu("ruleNumber"))
        yield Rule(
            number,
            _texts(store, node, LABEL),
            _texts(store, node, named("skos:definition")),
            _texts(store, node, named("skos:scopeNote")),
            _texts(store, node, kemu("notApplicableWhen")),
            _one(store, node, kemu("scope")),
            _one(store, node, kemu("blocked")),
            _one(store, node, kemu("detail")),
            tuple(shape for shape in shapes.values() if number in shape.rules),
            (),
            family[node.value],
            _one(store, node, kemu("candidates")),
        )
    claimed = {number for shape in shapes.values() for number in shape.rules}
    known = {_one(store, node, kemu("ruleNumber")) for node in _instances(store, "Rule")}
    for number in sorted(claimed - known):
        own = tuple(shape for shape in shapes.values() if number in shape.rules)
        yield Rule(number, {"zh": number, "en": number}, shapes=own, family=family[own[0].iri])


def _numbered(rule: Rule) -> Iterator[Rule]:
    """Yield the rule itself, or one rule for every number that the bases give it."""
    if rule.number != "R3":
        yield rule
        return
    grouped: dict[str, list[Basis]] = {}
    for basis in bases().values():
        grouped.setdefault(basis.rule, []).append(basis)
    for number, members in grouped.items():
        first = members[0]
        yield Rule(
            number,
            first.label,
            rule.definition,
            rule.note,
            first.absent,
            shapes=rule.shapes,
            bases=tuple(members),
            family=rule.family,
        )
