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
    GOV_ECONOMIC,
    SCHEMES,
    SUCCESSIONS,
    ChangeKind,
    Concept,
    Confidence,
    Scheme,
    YearBasis,
)

KINDS: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.RENAMED: ("更名", "renamed"),
    ChangeKind.MOVED: ("移动", "moved"),
    ChangeKind.RECODED: ("改号", "renumbered"),
    ChangeKind.MERGED: ("合并", "merged"),
    ChangeKind.SPLIT: ("拆分", "split"),
    ChangeKind.REUSED: ("代码另作他用", "number reused"),
    ChangeKind.BORN: ("新设", "introduced"),
    ChangeKind.ENDED: ("停用", "given up"),
}
"""Kind of change to its label in Chinese and English."""
_JOINED = SUCCESSIONS - {ChangeKind.SPLIT}
"""Kinds of which several that lead to one code in one year are a merger."""


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
        year: First year of the new state, None if not established.
        before: What was; empty for something new.
        after: What is since; empty for something given up.
        basis: What the year rests on.
        confidence: The lower of both sides'.
        sources: Ids in data/codes/sources.csv of documents that print either side.
        bounds: Where no year is established: last year seen before, first year seen after.
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
    return (change.year or 9999, change.scheme, first.notation, change.kind)


def _of_scheme(table: Codes, scheme: Scheme) -> Iterator[Change]:
    """Yield the changes of a scheme, one per arrow."""
    begun = min((c.valid_from for c in table.concepts(scheme) if c.valid_from), default=None)
    reached = {code for c in table.concepts(scheme) for code in c.successor}
    for notation in table.notations(scheme):
        versions = table.versions(scheme, notation)
        yield from _own(versions)
        for concept in versions:
            yield from _undated_names(concept, versions)
            yield from _succession(table, concept)
        first = versions[0]
        if first.valid_from and notation not in reached:
            whole = scheme is GOV_ECONOMIC and first.valid_from == begun
            if not whole:
                yield _change(ChangeKind.BORN, first.valid_from, (), (first,), first.year_basis)


def _own(versions: tuple[Concept, ...]) -> Iterator[Change]:
    """Yield what happened between successive versions of one number."""
    for old, new in zip(versions, versions[1:], strict=False):
        same = any(name.text == old.name for name in new.names)
        kind = ChangeKind.RENAMED if same else ChangeKind.REUSED
        year = new.valid_from or (old.valid_to + 1 if old.valid_to else None)
        yield _change(kind, year, (old,), (new,), new.year_basis or old.year_basis)


def _undated_names(concept: Concept, versions: tuple[Concept, ...]) -> Iterator[Change]:
    """Yield renamings of which only sightings of the names are known."""
    own = {version.name for version in versions}
    for name in concept.former_names:
        if name.valid_from is None and name.valid_to is None and name.text not in own:
            before = Member(concept.scheme, concept.notation, name.text)
            modern = [year for year in concept.years_seen if year > max(name.attested, default=0)]
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
    basis = concept.year_basis or YearBasis.GENERAL
    if after:
        kind = next((kind for kind in SUCCESSIONS if kind == concept.change_word), None)
        kind = kind or (ChangeKind.SPLIT if len(after) > 1 else ChangeKind.MOVED)
        yield _change(kind, since, (concept,), tuple(after), basis)
    elif not concept.current and not concept.successor:
        yield _change(ChangeKind.ENDED, since, (concept,), (), basis)


def _target(table: Codes, scheme: Scheme, code: str, since: int | None) -> Concept | None:
    return table.get(scheme, code, since) or table.get(scheme, code)


def _change(
    kind: ChangeKind,
    year: int | None,
    before: tuple[Concept, ...],
    after: tuple[Concept, ...],
    basis: YearBasis,
) -> Change:
    both = (*before, *after)
    return Change(
        kind=kind,
        scheme=both[0].scheme,
        year=year,
        before=tuple(member(concept) for concept in before),
        after=tuple(member(concept) for concept in after),
        basis=basis if year else YearBasis.UNKNOWN,
        confidence=max(concept.confidence for concept in both),
        sources=tuple(dict.fromkeys(source for concept in both for source in concept.sources)),
        bounds=(_last_seen(before), _first_seen(after)) if year is None else (None, None),
    )


def _last_seen(concepts: tuple[Concept, ...]) -> int | None:
    return max((year for c in concepts for year in c.years_seen), default=None)


def _first_seen(concepts: tuple[Concept, ...]) -> int | None:
    modern = [year for c in concepts for year in c.years_seen if year > 2009]
    return min(modern, default=None)


def _joined(arrows: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes with the arrows into one code in one year made one merger."""
    merging: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
    for arrow in arrows:
        one = len(arrow.after) == 1 and arrow.kind in _JOINED
        if one:
            merging[arrow.year, arrow.after].append(arrow)
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
