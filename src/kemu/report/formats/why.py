"""Why a number was bound to what it is, or why to nothing: the trace of its reading in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kemu.errors import NotFoundError
from kemu.extract.words.trace import Kept, Note
from kemu.model import dimensions
from kemu.model.document import Place
from kemu.model.facts import UNDETERMINED, Extraction
from kemu.report.meaning import meaning
from kemu.report.places import Locator
from kemu.report.words import Words

_MOST = 8
"""Numbers that one question is answered for."""


def why(extraction: Extraction, trace: Kept, asked: str, lang: str) -> str:
    """Return what bound the numbers at a place.

    Args:
        extraction: Of the document.
        trace: Kept while it was extracted.
        asked: A place as reports print it, a slug (`p12/30-36`, `t3/r7/c6`), or a number's text.
        lang: `zh` or `en`.

    Raises:
        NotFoundError: No number was read there.
    """
    words = Words(lang)
    locator = Locator(extraction.document, words)
    found = _asked(trace.places, asked, locator)
    if not found:
        raise NotFoundError(
            "E-READ-PLACE", f"没有读到“{asked[:60]}”处的数字", "",
            "请照报告里的位置写（可以只写一部分），或写数字本身，如 1,202.95。",
        )  # fmt: skip
    told = _Told(extraction, trace, locator, words)
    blocks = ["\n".join(told.lines(place)) for place in found[:_MOST]]
    if len(found) > _MOST:
        blocks.append(words("why", "more", n=len(found) - _MOST))
    return "\n\n".join(blocks) + "\n"


def _asked(places: Mapping[str, Place], asked: str, locator: Locator) -> list[Place]:
    """Return the places meant: by slug, else by number, else by words, the first that finds any."""
    wanted = "".join(asked.split())
    if wanted in places:
        return [places[wanted]]
    each = list(places.values())
    number = [place for place in each if _is_number(wanted, locator.printed(place))]
    return number or [
        place for place in each if wanted and wanted in "".join(locator.words(place).split())
    ]


def _is_number(asked: str, printed: str) -> bool:
    own, wanted = ("".join(text.split()).replace(",", "") for text in (printed, asked))
    return bool(own) and (own == wanted or own.rstrip("亿万千元%人辆台个") == wanted)


class _Told:
    """Puts into words what is known of the numbers of one document."""

    def __init__(self, extraction: Extraction, trace: Kept, locator: Locator, words: Words) -> None:
        self._extraction = extraction
        self._trace = trace
        self._locator = locator
        self._words = words
        self._facts = {fact.slug: fact for fact in extraction.facts}

    def lines(self, place: Place) -> Iterator[str]:
        """Yield the lines on one number."""
        yield self._locator.words(place) + self._words.bracketed(place.slug)
        quote = self._locator.quote(place)
        yield self._line("quote", f"{quote.before}【{quote.mark}】{quote.after}")
        for note in self._trace.notes.get(place.slug, ()):
            yield self._line(note.topic, self._noted(note))
        yield from self._outcome(place)

    def _line(self, name: str, text: str) -> str:
        return "  " + self._words.labelled(self._words("why", name), text)

    def _noted(self, note: Note) -> str:
        words = self._words
        if note.topic == "role":
            return words("why_role", note.words)
        if note.topic == "step":
            return f"{words('why_step', note.words)} → {self._says(note.says)}"
        if note.topic == "unknown":
            unknown = note.says.get("", "")
            what = words("why", "unknown_words" if unknown else "unknown_whole", words=unknown)
            return f"“{note.words}”{words.bracketed(what)}"
        said = self._says(note.says)
        quoted = f"“{note.words}”" if note.words else ""
        return " → ".join(part for part in (quoted, said) if part)

    def _says(self, says: Mapping[Any, str]) -> str:
        """Return dimensions with their members: `资金来源 一般公共预算；收支方向 支出`."""
        return self._words.listed(
            f"{self._words('dimension', name)} {self._member(name, member)}".strip()
            for name, member in says.items()
        )

    def _member(self, name: str, member: str) -> str:
        if member == UNDETERMINED:
            return "？"
        return dimensions.label(name, member, self._words.lang) or member

    def _outcome(self, place: Place) -> Iterator[str]:
        """Yield what came of it: its meaning or why it has none, its sums, claims about it."""
        own = self._extraction.identity.organisation
        here = [fact for fact in self._facts.values() if fact.place.slug == place.slug]
        for fact in here:
            yield self._line("meaning", meaning(fact.key, self._words.lang, own))
            yield from self._sums(fact.slug)
        for stray in self._extraction.unbound:
            if stray.place.slug == place.slug:
                yield self._line("unbound", self._words("reason", stray.reason))
        slugs = {fact.slug for fact in here}
        for claim in self._extraction.claims:
            if claim.place.slug == place.slug or slugs & set(claim.operands.values()):
                yield self._line("claim", self._claim(claim.kind, claim.printed, claim.operands))

    def _sums(self, slug: str) -> Iterator[str]:
        for equation in self._extraction.equations:
            terms = [part.fact for part in equation.parts]
            if slug in (equation.total, *terms):
                sign = " = " if equation.relation == "equal" else " ≥ "
                doubt = self._words.bracketed("？") if equation.doubt else ""
                total = self._printed(equation.total)
                yield self._line(
                    "sum", total + sign + " + ".join(map(self._printed, terms)) + doubt
                )

    def _claim(self, kind: str, printed: str, operands: Mapping[Any, str]) -> str:
        about = (
            f"{self._words('role', role)} {self._printed(slug)}" for role, slug in operands.items()
        )
        return f"{self._words('claim', kind)} {printed}" + self._words.bracketed(
            self._words.listed(about)
        )

    def _printed(self, slug: str) -> str:
        fact = self._facts.get(slug)
        return fact.amount.printed if fact is not None else "0"
