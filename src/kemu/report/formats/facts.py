"""Facts as a flat table (design §7): CSV and JSON for machines, an aligned table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from kemu.model import dimensions, iri
from kemu.model.facts import DIMENSIONS, Extraction, Fact
from kemu.report.formats.csv_lines import lines
from kemu.report.formats.json_text import dumps
from kemu.report.layout import table
from kemu.report.meaning import meaning
from kemu.report.money import plain
from kemu.report.places import Locator
from kemu.report.words import Words

COLUMNS = (
    "document", "page", "table", "row", "column", "quote", *DIMENSIONS,
    "label", "column_path", "printed", "printed_unit", "amount_yuan", "half_step_yuan",
    "key", "fact",
)  # fmt: skip


def as_csv(extractions: Sequence[Extraction], lang: str = "") -> str:
    """Return all facts of all documents as CSV.

    Args:
        extractions: Of the documents.
        lang: `zh` or `en` to have the members of dimensions in words; else their identifiers.
    """
    rows = (
        [_text(_named(name, value, lang)) for name, value in row.items()]
        for row in _rows(extractions)
    )
    return lines(COLUMNS, rows)


def as_json(extractions: Sequence[Extraction]) -> str:
    """Return all facts of all documents as a JSON array of objects with the columns' names."""
    return dumps(list(_rows(extractions)))


def as_table(extractions: Sequence[Extraction], lang: str, width: int) -> str:
    """Return the facts as a person would list them: place, label, meaning, amount."""
    words = Words(lang)
    header = [words("label", name) for name in ("place", "item", "meaning", "amount")]
    parts = []
    for extraction in extractions:
        locator, own = Locator(extraction.document, words), extraction.identity.organisation
        rows = [_short(fact, locator, lang, own) for fact in extraction.facts]
        parts.append(extraction.document.path)
        parts.append(table(header, rows, width, right=(3,)))
    return "\n".join(parts) + "\n"


def _short(fact: Fact, locator: Locator, lang: str, own: str) -> tuple[str, ...]:
    amount = f"{fact.amount.printed}{fact.amount.unit}"
    return locator.words(fact.place), fact.label, meaning(fact.key, lang, own), amount


def _named(column: str, value: object, lang: str) -> object:
    """Return a member of a dimension in words; anything else as it is."""
    if lang and column in DIMENSIONS and isinstance(value, str):
        return dimensions.label(column, value, lang)
    return value


def _rows(extractions: Iterable[Extraction]) -> Iterable[dict[str, Any]]:
    for extraction in extractions:
        document = extraction.document
        for fact in extraction.facts:
            yield _row(document.path, document.sha256, fact)


def _row(path: str, sha256: str, fact: Fact) -> dict[str, Any]:
    place, digest = fact.place, fact.key.digest()
    values = (
        path, place.page, place.table, place.row, place.column, fact.quote,
        *(getattr(fact.key, name) for name in DIMENSIONS),
        fact.label, fact.column_path, fact.amount.printed, fact.amount.unit,
        Decimal(plain(fact.amount.value)), Decimal(plain(fact.amount.half_step)),
        iri.key(digest) if digest else "", iri.printed(sha256, fact.slug),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)
