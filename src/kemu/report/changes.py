"""What changed in the classification between two years, as far as years are established."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kemu.classification import SCHEMES, Classification, Concept


def changes(table: Classification, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the codes that were made, renamed or ended after `first` and up to `last`.

    Only changes whose year is known are listed; a code of unknown age may have changed too.
    """
    for scheme in SCHEMES:
        seen: set[str] = set()
        for concept in table.concepts(scheme):
            if concept.notation not in seen:
                seen.add(concept.notation)
                versions = table.versions(scheme, concept.notation)
                yield from _of_code(versions, first, last)


def _of_code(versions: tuple[Concept, ...], first: int, last: int) -> Iterator[dict[str, Any]]:
    begun = [v for v in versions if v.valid_from is not None and first < v.valid_from <= last]
    ended = [v for v in versions if v.valid_to is not None and first <= v.valid_to < last]
    for old in ended:
        new = next((v for v in begun if v.valid_from == (old.valid_to or 0) + 1), None)
        kind = old.change.partition(":")[0] or ("renamed" if new else "ended")
        yield _change(kind, old, new)
        begun = [v for v in begun if v is not new]
    for new in begun:
        yield _change("new", None, new)


def _change(kind: str, old: Concept | None, new: Concept | None) -> dict[str, Any]:
    one = new or old
    assert one is not None
    year = new.valid_from if new else (old.valid_to or 0) + 1 if old else None
    return {
        "year": year,
        "kind": kind,
        "scheme": one.scheme,
        "code": one.notation,
        "old_name": old.name if old else "",
        "new_name": new.name if new else "",
        "successor": list(old.successor) if old else [],
        "year_basis": one.year_basis,
        "confidence": one.confidence,
        "sources": list(one.sources),
    }
