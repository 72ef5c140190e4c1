"""What a user's store holds laid over the shipped tables, whose files stay as they are.

A book says what a code is called in its year, and, if it is complete, which codes there are not.
It says nothing of other years but what follows: a name in force in its year and another before
it changed somewhere between, at the latest with this edition. Documents may raise a confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kemu.classification.books.book import BookRow
from kemu.classification.books.comparison import alike
from kemu.classification.books.edition import Edition
from kemu.classification.store.bounding import bounded, raised
from kemu.classification.store.confidence import Support
from kemu.classification.tables.concept import Confidence, Scheme, SeenAs, Status, YearBasis
from kemu.classification.tables.rows import CodeRow, split
from kemu.classification.tables.spelling import clean

Groups = defaultdict[str, list[CodeRow]]
"""Codes to their versions, the oldest first."""


def laid_over(
    scheme: Scheme,
    rows: Iterable[CodeRow],
    editions: Iterable[Edition],
    support: Mapping[tuple[str, str], Sequence[Support]],
) -> Iterator[CodeRow]:
    """Yield the rows of a scheme with editions, and what documents print, laid over them."""
    printing = [e for e in editions if any(row.scheme == scheme for row in e.rows)]
    if not printing and not support:
        yield from rows
        return
    groups: Groups = defaultdict(list)
    for row in rows:
        groups[row.code].append(row)
    for edition in printing:
        _lay(groups, edition, scheme)
    for code in sorted(groups):
        told = support.get((scheme, code), ())
        yield from bounded([raised(row, told) for row in groups[code]], told)


def _lay(groups: Groups, edition: Edition, scheme: Scheme) -> None:
    printed = {row.code: row for row in edition.rows if row.scheme == scheme}
    for code, row in printed.items():
        groups[code] = _printed(groups[code], row, edition)
    if scheme in edition.complete:
        for code, versions in groups.items():
            if code not in printed:
                groups[code] = [_absent(version, edition) for version in versions]


def _printed(versions: Sequence[CodeRow], row: BookRow, edition: Edition) -> list[CodeRow]:
    """Return the versions with one that says what the book prints, the others giving way to it."""
    at = next((n for n, v in enumerate(versions) if clean(v.name) == clean(row.name)), None)
    if at is None:
        at = sum(not _seen_after(v, edition.year) for v in versions)
        versions = [*versions[:at], _version(row), *versions[at:]]
    own = _widened(versions[at], edition)
    before = [*versions[:at]]
    after = [*versions[at + 1 :]]
    for others in (before, after):
        for n, other in enumerate(others):
            if _holds(other, edition.year):
                other = _unseen(other, edition.year)
                others[n], own = _give_way(other, own, edition)
    return [*before, own, *after]


def _version(row: BookRow) -> CodeRow:
    budget = row.budget.partition(";")[0]
    return CodeRow(
        row.code, row.name, row.level, row.parent, budget,
        confidence=Confidence.A, basis=SeenAs.CODE,
    )  # fmt: skip


def _widened(own: CodeRow, edition: Edition) -> CodeRow:
    """Return a version made to hold in the edition's year, on the book's authority."""
    year = str(edition.year)
    if own.valid_from > year:
        own = own._replace(valid_from=year, from_basis=YearBasis.BOUNDED)
    if own.valid_to and own.valid_to < year:
        own = own._replace(valid_to="", to_basis="", change="")
    return own._replace(
        status=own.status if own.valid_to else Status.CURRENT,
        confidence=Confidence.A,
        years_seen=_joined(sorted({*split(own.years_seen), year})),
        sources=_joined((edition.source, *split(own.sources))),
        doubt="",
    )


def _give_way(other: CodeRow, own: CodeRow, edition: Edition) -> tuple[CodeRow, CodeRow]:
    """Return another version ended before the edition's year, or begun after; and the own one."""
    year = edition.year
    same = other.parent == own.parent and alike(other.name, own.name)
    if _seen_after(other, year):
        later = other._replace(valid_from=str(year + 1), from_basis=YearBasis.BOUNDED)
        own = own._replace(valid_to=str(year), to_basis=YearBasis.BOUNDED, status=Status.HISTORICAL)
        return (_renamed(later, own.name) if same else later), own
    exact = str(year - 1) in split(other.years_seen)
    basis = YearBasis.SOURCED if exact else YearBasis.BOUNDED
    ended = other._replace(valid_to=str(year - 1), to_basis=basis, status=Status.HISTORICAL)
    if not own.valid_from:
        own = own._replace(valid_from=str(year), from_basis=basis)
    return ended, (_renamed(own, other.name) if same else own)


def _renamed(row: CodeRow, name: str) -> CodeRow:
    return row._replace(renamed_from=_joined((*split(row.renamed_from), name)))


def _absent(version: CodeRow, edition: Edition) -> CodeRow:
    """Return a version ended before a complete edition that does not have it, or begun after.

    One that was given up in an unknown year stays so: the book does not tell when.
    """
    year = edition.year
    version = _unseen(version, year)
    if not _holds(version, year) or version.status == Status.HISTORICAL:
        return version
    if _seen_after(version, year):
        return version._replace(valid_from=str(year + 1), from_basis=YearBasis.SOURCED)
    return version._replace(
        valid_to=str(year - 1), to_basis=YearBasis.SOURCED, status=Status.HISTORICAL
    )


def _unseen(version: CodeRow, year: int) -> CodeRow:
    """Return a version without the prints that a book of that year contradicts."""
    years = split(version.years_seen)
    if _seen_after(version, year):
        kept = [seen for seen in years if int(seen) > year]
    else:
        kept = [seen for seen in years if int(seen) < year]
    return version._replace(years_seen=_joined(kept))


def _joined(parts: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(parts))


def _holds(row: CodeRow, year: int) -> bool:
    start, end = row.valid_from, row.valid_to
    return (not start or int(start) <= year) and (not end or year <= int(end))


def _seen_after(row: CodeRow, year: int) -> bool:
    """Return whether a row is known from later years only."""
    years = [int(seen) for seen in split(row.years_seen)]
    return bool(years) and min(years) > year
