"""What happened to codes between years, read off the tables: the arrows of their history.

Every change keeps what its year rests on. A change whose year is not established is a change
all the same; it is reported apart, with the years between which it must lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import (
    SCHEMES,
    SUCCESSIONS,
    ChangeKind,
    Concept,
    Confidence,
    Scheme,
    YearBasis,
    within,
)
from kemu.classification.tables.rows import schemes_table

KINDS: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.RENAMED: ("更名", "renamed"),
    ChangeKind.MOVED: ("移动", "moved"),
    ChangeKind.RECODED: ("改号", "renumbered"),
    ChangeKind.MERGED: ("合并", "merged"),
    ChangeKind.SPLIT: ("拆分", "split"),
    ChangeKind.REUSED: ("代码另作他用", "number reused"),
    ChangeKind.UNSETTLED: ("名称不同，是否同一科目未考定", "another name, perhaps another meaning"),
    ChangeKind.BORN: ("新设", "introduced"),
    ChangeKind.ENDED: ("停用", "given up"),
}
"""Kind of change to its label in Chinese and English."""
APART = frozenset({ChangeKind.REUSED, ChangeKind.UNSETTLED})
"""Kinds whose two sides may mean different things."""
_JOINED = SUCCESSIONS - {ChangeKind.SPLIT}
"""Kinds of which several that lead to one code in one year are a merger."""


NARROW = 5
"""A code of which only is known that it began some time within more years is no news."""


@dataclass(frozen=True, slots=True)
class Member:
    """A code under one of its names: one end of a change."""

    scheme: Scheme
    notation: str
    name: str

    def __str__(self) -> str:
        return f"{self.notation} {self.name}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the classification.

    Attributes:
        kind: What it did.
        scheme: Where.
        year: First year of the new state, None if no dated source tells it.
        before: What was; empty for something new.
        after: What is since; empty for something given up.
        basis: What the year rests on.
        confidence: The lower of both sides'.
        sources: Ids in data/codes/sources.csv of documents that print either side.
        bounds: Where no year is established: the last year in which it had not happened yet, and
            the first in which it had; each None if nothing tells.
        supposed: Where no year is established: the year by general knowledge, if there is one.
    """

    kind: ChangeKind
    scheme: Scheme
    year: int | None
    before: tuple[Member, ...]
    after: tuple[Member, ...]
    basis: YearBasis = YearBasis.UNKNOWN
    confidence: Confidence = Confidence.C
    sources: tuple[str, ...] = ()
    bounds: tuple[int | None, int | None] = (None, None)
    supposed: int | None = None

    @property
    def likely(self) -> int | None:
        """The year that is established, else the one by general knowledge."""
        return self.supposed if self.year is None else self.year

    @property
    def label(self) -> str:
        """The change on one line, in Chinese."""
        sides = [" + ".join(map(str, side)) for side in (self.before, self.after) if side]
        return f"{KINDS[self.kind][0]}：{' → '.join(sides)}"

    def to_json(self) -> dict[str, object]:
        """Return the change as JSON values."""
        return {
            "kind": self.kind,
            "label": self.label,
            "scheme": self.scheme,
            "year": self.year,
            "before": [{"code": m.notation, "name": m.name} for m in self.before],
            "after": [{"code": m.notation, "name": m.name} for m in self.after],
            "basis": self.basis or None,
            "confidence": self.confidence,
            "sources": list(self.sources),
            "notBefore": self.bounds[0],
            "notAfter": self.bounds[1],
            "supposedYear": self.supposed,
        }


def member(concept: Concept) -> Member:
    """Return a version as one end of a change."""
    return Member(concept.scheme, concept.notation, concept.name)


def all_changes(table: Codes) -> tuple[Change, ...]:
    """Return every change that the tables tell of, dated or not, in order of year and code."""
    found: list[Change] = []
    for scheme in SCHEMES:
        found += _joined(_of_scheme(table, scheme))
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[int, str, str, str]:
    first = (change.before or change.after)[0]
    return (change.likely or 9999, change.scheme, first.notation, change.kind)


def _of_scheme(table: Codes, scheme: Scheme) -> Iterator[Change]:
    """Yield the changes of a scheme, one per arrow."""
    begun = int(schemes_table()[scheme]["since"])
    reached = {code for c in table.concepts(scheme) for code in c.successor if code != c.notation}
    for notation in table.notations(scheme):
        versions = table.versions(scheme, notation)
        yield from _own(versions)
        for concept in versions:
            yield from _undated_names(concept, versions)
            yield from _succession(table, concept)
        first = versions[0]
        if first.valid_from and notation not in reached and first.valid_from != begun:
            born = _change(ChangeKind.BORN, (), (first,))
            if born.likely is not None or _narrow(born.bounds):
                yield born


def _narrow(bounds: tuple[int | None, int | None]) -> bool:
    """Return whether the year of a beginning is known well enough to be told."""
    first, last = bounds
    return first is not None and last is not None and last - first <= NARROW


def _own(versions: tuple[Concept, ...]) -> Iterator[Change]:
    """Yield what happened between successive versions of one number."""
    for old, new in zip(versions, versions[1:], strict=False):
        same = any(name.text == old.name for name in new.names)
        apart = next((kind for kind in APART if kind == old.change_word), ChangeKind.REUSED)
        yield _change(ChangeKind.RENAMED if same else apart, (old,), (new,))


def _undated_names(concept: Concept, versions: tuple[Concept, ...]) -> Iterator[Change]:
    """Yield renamings of which only sightings of the names are known."""
    own = {version.name for version in versions}
    for name in concept.former_names:
        if name.valid_from is None and name.valid_to is None and name.text not in own:
            before = Member(concept.scheme, concept.notation, name.text)
            modern = [year for year in concept.proofs if year > max(name.attested, default=0)]
            yield Change(
                kind=ChangeKind.RENAMED,
                scheme=concept.scheme,
                year=None,
                before=(before,),
                after=(member(concept),),
                confidence=concept.confidence,
                sources=concept.sources,
                bounds=(max(name.attested, default=None), min(modern, default=None)),
            )


def _succession(table: Codes, concept: Concept) -> Iterator[Change]:
    """Yield the arrows from a version that was given up to the codes that took over."""
    targets = [code for code in concept.successor if code != concept.notation]
    since = concept.change_year or (concept.valid_to + 1 if concept.valid_to else None)
    after = [found for code in targets if (found := _target(table, concept.scheme, code, since))]
    if after:
        kind = next((kind for kind in SUCCESSIONS if kind == concept.change_word), None)
        kind = kind or (ChangeKind.SPLIT if len(after) > 1 else ChangeKind.MOVED)
        yield _change(kind, (concept,), tuple(after))
    elif not (concept.current or concept.successor or _followed(table, concept)):
        yield _change(ChangeKind.ENDED, (concept,), ())


def _followed(table: Codes, concept: Concept) -> bool:
    """Return whether another version of the code came after."""
    return concept is not table.versions(concept.scheme, concept.notation)[-1]


def _target(table: Codes, scheme: Scheme, code: str, since: int | None) -> Concept | None:
    return table.get(scheme, code, since) or table.get(scheme, code)


def _change(kind: ChangeKind, before: tuple[Concept, ...], after: tuple[Concept, ...]) -> Change:
    both = (*before, *after)
    edges = list(_edges(before, after))
    year = next((year for year, basis in edges if basis is YearBasis.SOURCED), None)
    general = next((year for year, basis in edges if basis is YearBasis.GENERAL), None)
    noted = next((c.change_year for c in before if c.change_year), None)
    return Change(
        kind=kind,
        scheme=both[0].scheme,
        year=year,
        before=tuple(member(concept) for concept in before),
        after=tuple(member(concept) for concept in after),
        basis=YearBasis.UNKNOWN if year is None else YearBasis.SOURCED,
        confidence=max(concept.confidence for concept in both),
        sources=tuple(dict.fromkeys(source for concept in both for source in concept.sources)),
        bounds=(None, None) if year is not None else (_not_yet(before, after), _by(before, after)),
        supposed=None if year is not None else general or noted,
    )


def _edges(
    before: tuple[Concept, ...], after: tuple[Concept, ...]
) -> Iterator[tuple[int, YearBasis]]:
    """Yield the first years of the new state that either side gives, with what they rest on."""
    for concept in before:
        if concept.valid_to is not None:
            yield concept.valid_to + 1, concept.to_basis
    if len(after) == 1:
        for concept in after:
            if concept.valid_from is not None:
                yield concept.valid_from, concept.from_basis


def _not_yet(before: tuple[Concept, ...], after: tuple[Concept, ...]) -> int | None:
    """Return the last year in which the change is known not to have happened yet."""
    known = [year for concept in before for year in concept.proofs]
    bounded = [
        concept.valid_from - 1
        for concept in after
        if concept.valid_from is not None and concept.from_basis is YearBasis.BOUNDED
    ]
    alone = bounded if len(after) == 1 else []
    return max((*known, *alone), default=None)


def _by(before: tuple[Concept, ...], after: tuple[Concept, ...]) -> int | None:
    """Return the first year in which the change is known to have happened."""
    last = max((year for concept in before for year in concept.proofs), default=0)
    seen = [
        year
        for concept in after
        for year in concept.proofs
        if year > last and within(concept.valid_from, None, year)
    ]
    ended = [
        concept.valid_to + 1
        for concept in before
        if concept.valid_to is not None and concept.to_basis is YearBasis.BOUNDED
    ]
    return min((*seen, *ended), default=None)


def _joined(arrows: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes with the arrows into one code in one year made one merger."""
    merging: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
    for arrow in arrows:
        one = len(arrow.after) == 1 and arrow.kind in _JOINED
        if one:
            merging[arrow.likely, arrow.after].append(arrow)
        else:
            yield arrow
    for group in merging.values():
        if len(group) == 1:
            yield group[0]
            continue
        yield replace(
            group[0],
            kind=ChangeKind.MERGED,
            before=tuple(m for arrow in group for m in arrow.before),
            confidence=max(arrow.confidence for arrow in group),
            sources=tuple(dict.fromkeys(s for arrow in group for s in arrow.sources)),
        )
