"""All that is observed of a document's wording, periods and completeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kemu.extract.wording import (
    contents,
    leftovers,
    marks,
    names,
    notes,
    numbered,
    periods,
    titles,
    turned,
)
from kemu.model.document import Document
from kemu.model.facts import Fact, Identity, Organisation, Span


def spans(
    document: Document,
    identity: Identity,
    organisations: Sequence[Organisation],
    facts: Iterable[Fact],
) -> Iterator[Span]:
    """Yield the words of a document that rules of wording may judge."""
    yield from leftovers.spans(document)
    yield from marks.spans(document)
    yield from numbered.spans(document)
    yield from periods.spans(document)
    yield from titles.spans(document)
    yield from turned.spans(document)
    yield from names.spans(document, organisations)
    yield from contents.spans(document, identity)
    yield from notes.spans(document, facts)
