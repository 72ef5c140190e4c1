"""Root causes: which printed numbers explain the findings, and by what slip.

The relations of a document and its findings are laid before an integer program (`solver`); a
number that every smallest explanation names is the root of the findings that rest on it, if there
is a value that at least two independent relations confirm once it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kemu.model import iri
from kemu.model.facts import Extraction, Fact
from kemu.model.findings import Finding, Held, Severity, root_id
from kemu.validate.causes.constraints import (
    CONFIRMED,
    Constraint,
    Numbers,
    Rows,
    by_number,
    confirmations,
    constraints,
)
from kemu.validate.causes.slips import slip
from kemu.validate.causes.solver import Effort, certain
from kemu.validate.found import Found
from kemu.validate.rules import Texts
from kemu.validate.wording import money

WORK = 3000
"""What searching for causes may cost in one document, in numbers times programs solved."""
_START = 20
_EXPLAINED = ("R3.", "R4.1", "R4.2", "R4.3", "R4.4", "R5.1", "R5.2", "R5.3")


@dataclass(frozen=True, slots=True)
class Root:
    """A printed number that explains several findings.

    Attributes:
        id: From the file and the place of the number.
        suspect: Slug of the fact.
        restored: The value that restores what was broken.
        kind: Of slip.
        texts: Language tag → what happened.
        findings: Ids of the findings that it explains.
    """

    id: str
    suspect: str
    restored: Decimal
    kind: str
    texts: Texts
    findings: tuple[str, ...]


def roots(
    extraction: Extraction, found: Sequence[Found], held: Mapping[str, Held]
) -> tuple[Root, ...]:
    """Return the root causes of a document's violations, as far as they are certain.

    Args:
        extraction: The document.
        found: What the shapes found in it.
        held: Slug of an equation or a change → what it is held to.
    """
    document = iri.document(extraction.document.sha256) + "/"
    numbers = Numbers(extraction)
    about = {each.finding.id: _about(each, document, numbers) for each in found if _counts(each)}
    broken = set(about.values())
    if not broken:
        return ()
    stated = constraints(extraction, held)
    rows = [row for row in stated if row.about in broken or not row.miss(numbers)]
    named: list[Root] = []
    effort = Effort()
    for group, movable in _affordable(_neighbourhoods(rows, broken), broken):
        beside = by_number(group)
        if not _can_name(numbers, beside, broken, movable):
            continue
        suspects = certain(numbers, group, broken, movable, effort)
        for slug in sorted(suspects.facts) if suspects else ():
            ids = [
                identity
                for identity, subject in about.items()
                if any(row.about == subject and slug in row.terms for row in group)
            ]
            others = suspects.facts - {slug} if suspects else frozenset()
            value = _restored(numbers, beside, broken, slug, others)
            if value is not None and confirmations(numbers, beside, slug, value) >= CONFIRMED:
                named.append(_root(extraction, numbers, slug, value, ids))
    return tuple(_merged([root for root in named if root.findings], numbers, rows))


def _merged(named: Sequence[Root], numbers: Numbers, rows: Sequence[Constraint]) -> Iterator[Root]:
    """Yield the roots, a total that is wrong only because its term is wrong joined to that term."""
    gone: dict[str, str] = {}
    shift = {root.suspect: root.restored - numbers.value(root.suspect) for root in named}
    for row in rows:
        moved = [slug for slug in row.terms if slug in shift]
        if len(moved) == 2 and shift[moved[0]] == shift[moved[1]] and len(row.terms) > 2:
            total = next((slug for slug in moved if row.terms[slug] > 0), "")
            part = next((slug for slug in moved if row.terms[slug] < 0), "")
            if total and part and part not in gone:
                gone[total] = part
    for root in named:
        if root.suspect not in gone:
            joined = [r for r in named if gone.get(r.suspect) == root.suspect]
            ids = dict.fromkeys(i for r in (root, *joined) for i in r.findings)
            yield replace(root, findings=tuple(ids))


def _counts(each: Found) -> bool:
    return each.finding.severity is Severity.VIOLATION and each.finding.rule.startswith(_EXPLAINED)


def _about(each: Found, document: str, numbers: Numbers) -> str:
    """Return what a finding is about, as constraints name it."""
    slug = each.value.removeprefix(document)
    if slug in numbers.facts:
        return iri.key(numbers.facts[slug].key.digest() or "")
    return slug


def _neighbourhoods(
    rows: Sequence[Constraint], broken: set[str]
) -> Iterator[tuple[list[Constraint], set[str]]]:
    """Yield, for every knot of broken relations, its rows and the numbers that may be wrong.

    A number may be wrong if it stands in a broken relation or beside one that does; what such
    numbers take part in must hold.
    """
    of: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for slug in row.terms:
            of.setdefault(slug, []).append(index)
    near = {slug for row in rows if row.about in broken for slug in row.terms}
    beside = {slug for fact in near for index in of[fact] for slug in rows[index].terms}
    knots = []
    while beside:
        group, movable, found = set[int](), set[str](), {beside.pop()}
        while found:
            movable |= found
            reached = {index for slug in found for index in of[slug]} - group
            group |= reached
            found = beside & {slug for index in reached for slug in rows[index].terms}
            beside -= found
        knots.append((sorted(group), movable))
    for indices, movable in sorted(knots, key=lambda knot: knot[0]):
        if any(rows[index].about in broken for index in indices):
            yield [rows[index] for index in indices], movable


def _affordable(
    knots: Iterable[tuple[list[Constraint], set[str]]], broken: set[str]
) -> Iterator[tuple[list[Constraint], set[str]]]:
    """Yield the knots, the smaller first, as long as the work they take stays in bounds."""
    spent = 0
    for group, movable in sorted(knots, key=lambda knot: len(knot[1])):
        programs = 1 + len({row.about for row in group} & broken)
        work = programs * (_START + len(movable))
        if spent + work <= WORK:
            spent += work
            yield group, movable


def _can_name(numbers: Numbers, held: Rows, broken: set[str], movable: Iterable[str]) -> bool:
    """Return whether any value that would mend a relation is confirmed: else no number is named."""
    return any(
        confirmations(numbers, held, slug, value) >= CONFIRMED
        for slug in movable
        for value in _implied(numbers, held.get(slug, ()), broken, slug)
    )


def _implied(
    numbers: Numbers, rows: Iterable[Constraint], broken: set[str], slug: str
) -> Counter[Decimal]:
    """Return the values of a number that broken relations imply, with how many do."""
    implied: Counter[Decimal] = Counter()
    for row in rows:
        if row.about in broken and row.exact is not None:
            rest = sum(
                (w * numbers.value(s) for s, w in row.terms.items() if s != slug), Decimal(0)
            )
            implied[(row.exact - rest) / row.terms[slug]] += 1
    return implied


def _restored(
    numbers: Numbers, held: Rows, broken: set[str], slug: str, others: frozenset[str]
) -> Decimal | None:
    """Return the value that the broken relations of one number imply and all others allow."""
    own = [row for row in held.get(slug, ()) if not others & row.terms.keys()]
    implied = _implied(numbers, own, broken, slug)
    for value, _ in sorted(implied.items(), key=lambda item: (-item[1], item[0])):
        if not any(row.miss(numbers, {slug: value}) for row in own):
            return value
    return None


def _root(
    extraction: Extraction,
    numbers: Numbers,
    slug: str,
    value: Decimal,
    ids: Iterable[str],
) -> Root:
    fact = numbers.facts[slug]
    identity = root_id(extraction.document.sha256, fact.place)
    found = slip(fact, value, extraction.facts)
    texts = {lang: _told(fact, value, found.texts.get(lang), lang) for lang in _TOLD}
    return Root(identity, slug, value, found.kind, texts, tuple(ids))


_TOLD = {
    "zh": ("问题很可能出在“{label}”的 {shown}", "：改为 {right} 即可使有关各处都成立", "；", "。"),
    "en": (
        "the likely culprit is {shown} of “{label}”",
        ": {right} would restore the rest",
        "; ",
        ".",
    ),
}


def _told(fact: Fact, value: Decimal, why: str | None, lang: str) -> str:
    culprit, remedy, mark, end = _TOLD[lang]
    shown = money(fact.amount.value, fact.amount, lang)
    told = culprit.format(label=fact.label, shown=shown)
    if value:
        told += remedy.format(right=money(value, fact.amount, lang))
    return told + (mark + why if why else "") + end


def explained(found: Sequence[Found], causes: Sequence[Root]) -> tuple[Found, ...]:
    """Return the findings with their root causes and the others that the same cause explains."""
    of: dict[str, Root] = {}
    for root in causes:
        for identity in root.findings:
            of.setdefault(identity, root)
    return tuple(_explained(each, of) for each in found)


def _explained(each: Found, of: dict[str, Root]) -> Found:
    root = of.get(each.finding.id)
    if root is None:
        return each
    related = tuple(i for i in root.findings if i != each.finding.id)
    finding: Finding = replace(each.finding, root=root.id, cause=root.texts, related=related)
    return replace(each, finding=finding)
