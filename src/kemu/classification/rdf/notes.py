"""Explanations of codes as notes of SKOS and XKOS: what a code holds, what more, what not.

The official book explains in a few sentences: what the code reflects, what is counted in as well,
what is reflected elsewhere. XKOS has a kind of note for each. Words of this project are marked as
such by a scope note, for nobody is to take them for the book's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from kemu.classification.rdf.terms import Triple, term, text
from kemu.classification.tables.definitions import explained_codes
from kemu.classification.tables.rows import rows

OWN_WORDS = {
    "zh": "定义是本项目的说明，不是官方解释。",
    "en": "The definition is in words of this project, not the official explanation.",
}
_SENTENCES = re.compile(r"[^。；]+[。；]?")


def official(node: ox.NamedNode, definition: str) -> Iterator[Triple]:
    """Yield the book's explanation of a code: whole, and by kind of note."""
    yield node, term("skos:definition"), text(definition, "zh")
    for sentence in _SENTENCES.findall(definition):
        if words := sentence.strip():
            yield node, term(f"xkos:{kind_of(words)}"), text(words, "zh")


def kind_of(sentence: str) -> str:
    """Return the kind of note that a sentence is, a name of XKOS."""
    bare = sentence.rstrip("。；")
    return next(note for note, pattern in _kinds() if pattern.search(bare))


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return kinds of notes with their patterns; the last fits everything."""
    return tuple((row["note"], re.compile(row["regex"])) for row in rows("note_kinds.csv"))


def own(node: ox.NamedNode, scheme: str, notation: str) -> Iterator[Triple]:
    """Yield what this project says of a code; several wordings are alternatives, the first told."""
    for wording in explained_codes().get((scheme, notation), ())[:1]:
        yield node, term("skos:definition"), text(wording.definition, "zh")
        for lang, note in OWN_WORDS.items():
            yield node, term("skos:scopeNote"), text(note, lang)
