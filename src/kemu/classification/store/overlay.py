"""What a user's store holds laid over the shipped tables, whose files stay as they are.

A book says what a code is called in its year, and, if it is complete, which codes there are not.
It says nothing of other years but what follows: a name in force in its year and another before
it changed somewhere between, at the latest with this edition. Documents may raise a confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kemu.classification.books.book import BookRow
from kemu.classification.books.comparison import alike
from kemu.classification.store.attestations import Support, counting, lifted
from kemu.classification.store.editions import Edition, editions_in_force, support_in_force
from kemu.classification.tables.spelling import clean

Row = dict[str, str]


def laid_over(scheme: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of a scheme with the editions of the store in force laid over them."""
    editions = [e for e in editions_in_force() if any(row.scheme == scheme for row in e.rows)]
    support = support_in_force()
    if not editions and not support:
        yield from rows
        return
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["code"]].append(dict(row))
    for edition in editions:
        _lay(groups, edition, scheme)
    for code in sorted(groups):
        for row in groups[code]:
            _lift(row, support.get((scheme, code), ()))
        yield from groups[code]


def forget() -> None:
    """Drop what was read of stores, for the next reading to find what is there now."""
    from kemu.classification import classification
    from kemu.classification.history import changes, lineage
    from kemu.classification.lookup import search
    from kemu.classification.rdf import correspondences

    editions_in_force.cache_clear()
    support_in_force.cache_clear()
    for cached in (
        classification.load, changes.all_changes, lineage.graph, correspondences._edition_codes,
        search._scheme_names,
    ):  # fmt: skip
        cached.cache_clear()


def _lay(groups: defaultdict[str, list[Row]], edition: Edition, scheme: str) -> None:
    printed = {row.code: row for row in edition.rows if row.scheme == scheme}
    for code, row in printed.items():
        _printed(groups[code], row, edition)
    if scheme in edition.complete:
        for code, versions in groups.items():
            if code not in printed:
                for version in versions:
                    _absent(version, edition)


def _printed(versions: list[Row], row: BookRow, edition: Edition) -> None:
    """Make one version say what the book prints, and the others give way to it."""
    own = next((v for v in versions if clean(v["name"]) == clean(row.name)), None)
    others = [v for v in versions if v is not own]
    if own is None:
        own = _version(row, edition)
        versions.insert(sum(not _seen_after(v, edition.year) for v in others), own)
    _widen(own, edition)
    for other in others:
        if _holds(other, edition.year):
            _give_way(other, own, edition)


def _version(row: BookRow, edition: Edition) -> Row:
    return {
        "code": row.code, "name": row.name, "level": row.level, "parent": row.parent,
        "budget": row.budget.partition(";")[0], "valid_from": "", "valid_to": "",
        "year_basis": "", "status": "current", "renamed_from": "", "former_names": "",
        "successor": "", "change": "", "confidence": "A", "basis": "code", "years_seen": "",
        "sources": "", "doubt": "",
    }  # fmt: skip


def _widen(own: Row, edition: Edition) -> None:
    """Make a version hold in the edition's year, on the book's authority."""
    year = str(edition.year)
    if own["valid_from"] > year:
        own.update(valid_from=year, year_basis="bounded")
    if own["valid_to"] and own["valid_to"] < year:
        own.update(valid_to="", year_basis="bounded" if own["valid_from"] else "", change="")
    own["status"] = "current" if not own["valid_to"] else own["status"]
    years = sorted({*filter(None, own["years_seen"].split(";")), year})
    sources = dict.fromkeys((edition.source, *filter(None, own["sources"].split(";"))))
    own.update(confidence="A", years_seen=";".join(years), sources=";".join(sources), doubt="")


def _give_way(other: Row, own: Row, edition: Edition) -> None:
    """End another version before the edition's year, or begin it after."""
    year = edition.year
    older, newer = (own, other) if _seen_after(other, year) else (other, own)
    if older["parent"] == newer["parent"] and alike(older["name"], newer["name"]):
        names = dict.fromkeys(filter(None, newer["renamed_from"].split(";")))
        newer["renamed_from"] = ";".join({**names, older["name"]: None})
    if older is own:
        other.update(valid_from=str(year + 1), year_basis="bounded")
        own.update(valid_to=str(year), year_basis="bounded", status="historical")
    else:
        exact = str(year - 1) in other["years_seen"].split(";")
        basis = "sourced" if exact else "bounded"
        other.update(valid_to=str(year - 1), year_basis=basis, status="historical")
        if not own["valid_from"]:
            own.update(valid_from=str(year), year_basis=basis)


def _absent(version: Row, edition: Edition) -> None:
    """End a version that a complete edition does not have, or begin it after.

    One that was given up in an unknown year stays so: the book does not tell when.
    """
    year = edition.year
    if not _holds(version, year) or version["status"] == "historical":
        return
    if _seen_after(version, year):
        version.update(valid_from=str(year + 1), year_basis="sourced")
    else:
        version.update(valid_to=str(year - 1), year_basis="sourced", status="historical")


def _lift(row: Row, support: Sequence[Support]) -> None:
    """Raise the confidence of a row by what documents of the store print."""
    first, last = (int(row[name]) if row[name] else None for name in ("valid_from", "valid_to"))
    counted = counting(row["name"], first, last, support)
    confidence = lifted(row["confidence"], counted)
    if confidence != row["confidence"]:
        documents = sum(one.documents for one in counted)
        sources = (*filter(None, row["sources"].split(";")), f"OWN:{documents}")
        row.update(confidence=confidence, sources=";".join(sources))


def _holds(row: Row, year: int) -> bool:
    start, end = row["valid_from"], row["valid_to"]
    return (not start or int(start) <= year) and (not end or year <= int(end))


def _seen_after(row: Row, year: int) -> bool:
    """Return whether a row is known from later years only."""
    years = [int(seen) for seen in row["years_seen"].split(";") if seen]
    return bool(years) and min(years) > year
