"""Definitions (名词解释), each with whose words they are: a book's, documents', or our own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from kemu.classification import active, load
from kemu.classification.tables.definitions import Explained, explained, explained_codes

if TYPE_CHECKING:
    from kemu.model.facts import Extraction

MOST_WORDINGS = 3
"""So many wordings of documents are shown with a code; `kemu codes evidence` shows all."""


class Origin(StrEnum):
    """Whose words a definition is in: of this project, of the official book, of documents."""

    PROJECT = "project"
    BOOK = "book"
    DOCUMENTS = "documents"


@dataclass(frozen=True)
class Definition:
    """What a code or item is said to mean.

    Attributes:
        scheme: Scheme of the code, or empty for an item.
        code: The code it explains, or empty.
        item: The budget item it explains where it is no code, or empty.
        term: As printed.
        definition: As printed.
        document: File name, or one of them; empty for words of this project.
        place: Where in it.
        organisation: Who says so.
        year: Fiscal year of the document.
        origin: Whose words these are.
        documents: How many documents have this wording.
        organisations: How many organisations these are of.
    """

    scheme: str
    code: str
    item: str
    term: str
    definition: str
    document: str = ""
    place: str = ""
    organisation: str = ""
    year: str = ""
    origin: Origin = Origin.DOCUMENTS
    documents: int = 1
    organisations: int = 1

    def as_dict(self) -> dict[str, object]:
        """Return the definition as plain values."""
        return asdict(self)


def definitions(scheme: str, code: str) -> tuple[Definition, ...]:
    """Return what a code means: official explanations of the user's books first, then documents'.

    Words of this project come last: they are no quotations.
    """
    return (*_own(scheme, code), *_shipped(explained_codes().get((scheme, code), ())))


def _own(scheme: str, code: str) -> Iterator[Definition]:
    """Yield the explanations in the store in force: the book's, then the usual wordings."""
    store = active()
    if store is None:
        return
    for own in reversed(load().editions):
        row = own.by_code.get((scheme, code))
        if row is not None and row.definition:
            yield Definition(
                scheme, code, "", row.name, row.definition, own.file, row.place, own.title,
                str(own.year), Origin.BOOK,
            )  # fmt: skip
    for variant in store.attestations.said(scheme, code)[:MOST_WORDINGS]:
        place = variant.examples[0]
        yield Definition(
            scheme, code, "", "", variant.definition, place.document, place.place,
            place.organisation, str(place.year or ""), Origin.DOCUMENTS, variant.documents,
            variant.organisations,
        )  # fmt: skip


def of_items(words: str) -> tuple[Definition, ...]:
    """Return what documents say a budget item other than a code means, by a part of its name."""
    wanted = _bare(words)
    items = (one for one in _shipped(explained()) if one.item)
    return tuple(one for one in items if wanted and wanted in _bare(one.term))


def _bare(words: str) -> str:
    return re.sub(r"[\s“”\"'‘’（）()]", "", words)


def _shipped(wordings: Iterable[Explained]) -> tuple[Definition, ...]:
    return tuple(Definition(*one, origin=Origin.PROJECT) for one in wordings)


def collected(extractions: Iterable[Extraction]) -> list[Definition]:
    """Return the definitions that documents print for codes and items, each with its place."""
    from kemu.report.places import Locator
    from kemu.report.words import Words

    found = []
    for extraction in extractions:
        identity = extraction.identity
        names = {o.id: o.name for o in extraction.organisations}
        locator = Locator(extraction.document, Words("zh"))
        found += [
            Definition(
                term.scheme, term.code, term.item, term.term, term.definition,
                PurePath(extraction.document.path).name, locator.words(term.place),
                names.get(identity.organisation, identity.organisation), identity.year,
            )
            for term in extraction.terms
            if term.code or term.item
        ]  # fmt: skip
    return sorted(found, key=lambda one: (one.scheme, one.code, one.item, one.document, one.term))


def table(rows: Iterable[Definition]) -> str:
    """Return definitions as data/definitions.csv holds them: each wording once, as our own."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(Explained._fields)
    values = (tuple(str(getattr(row, column)) for column in Explained._fields) for row in rows)
    writer.writerows(dict.fromkeys(values))
    return buffer.getvalue()


def main() -> None:
    """Write data/definitions.csv from the samples of the checkout, which are in our own words."""
    from kemu.extract import extract
    from kemu.read import read

    data = Path(__file__).resolve().parents[4] / "data"
    found = collected(extract(read(path)) for path in sorted((data / "samples").glob("*.txt")))
    (data / "definitions.csv").write_text(table(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
