"""The evidence for a code as text: names that documents print, explanations side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.classification.store.attestations import PrintedName, Wording
from kemu.classification.store.attested import Attested
from kemu.report.layout import wrap
from kemu.report.words import Words


def as_text(found: Attested, words: Words, width: int) -> str:
    """Return the evidence for a code as text."""
    return "\n".join(_lines(found, words, width)) + "\n"


def _lines(found: Attested, words: Words, width: int) -> Iterator[str]:
    name = found.name or words("evidence", "unknown")
    yield f"{found.code} {name}{words.bracketed(words('scheme', found.scheme))}"
    yield f"  {words('evidence', 'base', documents=found.recorded)}"
    if found.names:
        yield f"  {words('evidence', 'names')}"
    for printed in found.names:
        mark = "" if printed.official else words.bracketed(words("evidence", "other"))
        yield wrap(f"{printed.name}{mark}", width, "    ")
        yield wrap(_counted(printed, words), width, "      ")
    for one in found.official:
        yield f"  {words('evidence', 'official', year=one.year)}"
        yield wrap(one.definition or words("code", "none"), width, "    ")
        yield wrap(f"—— {one.title}，{one.place}", width, "      ")
    if found.variants:
        yield f"  {words('evidence', 'definitions', n=len(found.variants))}"
    for variant in found.variants:
        yield wrap(variant.definition, width, "    · ", "      ")
        yield wrap(_counted(variant, words), width, "      ")
    yield wrap(_confidence(found, words), width, "  ", "    ")


def _counted(one: PrintedName | Wording, words: Words) -> str:
    text = words(
        "evidence", "counted", documents=one.documents, organisations=one.organisations,
        years=_years(one.years),
    )  # fmt: skip
    if isinstance(one, PrintedName) and one.coded:
        text += words("evidence", "coded", n=one.coded)
    places = words.listed(f"{e.document} {e.place}".rstrip() for e in one.examples)
    return f"{text} —— {places}"


def _years(years: Sequence[int]) -> str:
    if not years:
        return "?"
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _confidence(found: Attested, words: Words) -> str:
    if not found.confidence:
        return words("evidence", "not_in_tables")
    if found.raised == found.confidence:
        return words("evidence", "kept", old=found.confidence)
    return words("evidence", "raised", old=found.confidence, new=found.raised)
