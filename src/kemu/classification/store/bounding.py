"""What documents that print a code and its name together tell of the years of its versions.

The latest name, first printed in a year, began by then, and what stood before it had ended. A
late print of an older name tells nothing, for clerks print old names for years; only tables of
several organisations do. Two names that are both printed in one year stand side by side, and no
name that the tables lack is taken over from a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kemu.classification.store.confidence import FIRST_YEAR, Support, lifted
from kemu.classification.tables.concept import Confidence, YearBasis
from kemu.classification.tables.rows import CodeRow, split
from kemu.classification.tables.spelling import clean

_FIRM = (YearBasis.SOURCED,)


@dataclass(frozen=True, slots=True)
class Tightened:
    """One bound of a version that documents moved.

    Attributes:
        scheme: Of the code.
        code: All digits.
        name: Of the version.
        edge: `seen` the first year that prints it; `from` not before; `to` not after.
        before: The year until now, or empty.
        after: The year now.
    """

    scheme: str
    code: str
    name: str
    edge: str
    before: str
    after: str

    def to_json(self) -> dict[str, object]:
        """Return the bound as JSON values."""
        return {
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name,
            "edge": self.edge,
            "before": int(self.before) if self.before else None,
            "after": int(self.after) if self.after else None,
        }


def bounded(versions: Sequence[CodeRow], support: Sequence[Support]) -> list[CodeRow]:
    """Return the versions of a code, the oldest first, with the bounds that documents set."""
    if not support:
        return list(versions)
    last = len(versions) - 1
    found = [_seen(row, support, latest=n == last) for n, row in enumerate(versions)]
    for n, (old, new) in enumerate(pairwise(found)):
        found[n], found[n + 1] = _ended(old, new), _begun(old, new)
    return found


def _seen(row: CodeRow, support: Sequence[Support], *, latest: bool) -> CodeRow:
    """Return a version with the years in which documents are taken to print it."""
    counted = [one for one in support if _counts(row, one) and (latest or one.several)]
    if not counted:
        return row
    years = sorted({*split(row.years_seen), *(str(one.year) for one in counted)})
    modern = [year for year in years if int(year) >= FIRST_YEAR]
    row = row._replace(years_seen=";".join(years))
    if row.from_basis == YearBasis.BOUNDED and row.valid_from > modern[0]:
        row = row._replace(valid_from=modern[0])
    if row.to_basis == YearBasis.BOUNDED and row.valid_to < modern[-1]:
        row = row._replace(valid_to=modern[-1])
    return row


def _counts(row: CodeRow, one: Support) -> bool:
    """Return whether a sighting is one of a version, in a year that no dated source excludes."""
    if one.year < FIRST_YEAR or one.name != clean(row.name):
        return False
    early = row.from_basis in _FIRM and one.year < int(row.valid_from)
    late = row.to_basis in _FIRM and one.year > int(row.valid_to)
    return not early and not late


def _first(row: CodeRow) -> int | None:
    return min((int(y) for y in split(row.years_seen) if int(y) >= FIRST_YEAR), default=None)


def _ended(old: CodeRow, new: CodeRow) -> CodeRow:
    """Return a version ended before the first print of the next."""
    first = _first(new)
    last = max((int(year) for year in split(old.years_seen)), default=0)
    if first is None or last >= first or old.to_basis not in ("", YearBasis.BOUNDED):
        return old
    if old.valid_to and int(old.valid_to) < first:
        return old
    return old._replace(valid_to=str(first - 1), to_basis=YearBasis.BOUNDED)


def _begun(old: CodeRow, new: CodeRow) -> CodeRow:
    """Return a version begun after the last print of the one before."""
    last = max((int(y) for y in split(old.years_seen) if int(y) >= FIRST_YEAR), default=None)
    first = _first(new)
    if last is None or (first is not None and first <= last):
        return new
    if new.from_basis not in ("", YearBasis.BOUNDED) or new.valid_from > str(last):
        return new
    return new._replace(valid_from=str(last + 1), from_basis=YearBasis.BOUNDED)


def raised(row: CodeRow, support: Sequence[Support]) -> CodeRow:
    """Return a row with the confidence that documents justify."""
    counted = [one for one in support if _counts(row, one)]
    confidence = lifted(Confidence(row.confidence), counted)
    if confidence == row.confidence:
        return row
    documents = sum(one.documents for one in counted)
    return row._replace(
        confidence=confidence, sources=";".join((*split(row.sources), f"OWN:{documents}"))
    )


def tightened(
    scheme: str, before: Iterable[CodeRow], after: Iterable[CodeRow]
) -> Iterator[Tightened]:
    """Yield the bounds that differ between two states of a table, in order of code."""
    known: Mapping[tuple[str, str], CodeRow] = {(row.code, row.name): row for row in before}
    for row in after:
        old = known.get((row.code, row.name), row)
        edges = (
            ("seen", str(_first(old) or ""), str(_first(row) or "")),
            ("from", old.valid_from, row.valid_from),
            ("to", old.valid_to, row.valid_to),
        )
        for edge, was, now in edges:
            if was != now:
                yield Tightened(scheme, row.code, row.name, edge, was, now)
