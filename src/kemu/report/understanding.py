"""How much of every table and chapter was understood, and what was not judged where, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kemu.model.document import Place
from kemu.model.findings import CheckResult, CoveredPart, Gap
from kemu.report.places import Locator
from kemu.report.words import Words


@dataclass(frozen=True)
class Part:
    """One table or chapter.

    Attributes:
        name: As a reader knows it: `表3《收入预算总表》`, `第三部分 情况说明`.
        pages: `第3–4页`, empty where there are no pages.
        kind: `table`, `chapter` or `form`.
    """

    name: str
    pages: str
    kind: str
    numbers: int
    keyed: int
    checked: int
    understood: bool


@dataclass(frozen=True)
class Unjudged:
    """What could not be judged in one table or chapter for one reason.

    Attributes:
        where: Table or chapter, with the pages.
        reason: Why, with the number of places.
        rules: Numbers of the rules.
        places: The places in words.
    """

    where: str
    reason: str
    rules: tuple[str, ...]
    places: tuple[str, ...]


def understood(parts: Iterable[CoveredPart], locator: Locator, words: Words) -> tuple[Part, ...]:
    """Return the tables and chapters of a document that print numbers."""
    return tuple(
        Part(
            name(part, locator, words),
            pages(part.pages, words),
            kind(part),
            part.numbers,
            part.keyed,
            part.checked,
            part.is_understood,
        )
        for part in parts
    )


def kind(part: CoveredPart) -> str:
    """Return `table`, `chapter` or `form`."""
    if part.is_form:
        return "form"
    return "chapter" if part.place.table is None else "table"


def name(part: CoveredPart | Gap, locator: Locator, words: Words) -> str:
    """Return what a reader calls a table or chapter."""
    if part.place.table is not None:
        return locator.words(Place(table=part.place.table))
    return part.heading or words("label", "prose")


def pages(span: tuple[int, int] | None, words: Words) -> str:
    """Return a range of pages in words."""
    if span is None:
        return ""
    first, last = span
    if first == last:
        return words("place", "page", n=first)
    return words("place", "pages", first=first, last=last)


def obscure(parts: Sequence[CoveredPart], locator: Locator, words: Words) -> tuple[str, ...]:
    """Return what was not understood, a run of tables on one line, and what are forms."""
    lines = []
    for run in _runs(parts):
        span = [page for part in run if part.pages for page in part.pages]
        label = "forms" if run[0].is_form else "not_understood"
        shown = words(
            "label",
            label,
            what=_together(run, locator, words),
            pages=_bracketed((min(span), max(span)) if span else None, words),
            numbers=sum(part.numbers for part in run),
            keyed=sum(part.keyed for part in run),
        )
        lines.append(shown)
    return tuple(lines)


def _bracketed(span: tuple[int, int] | None, words: Words) -> str:
    return words.bracketed(pages(span, words)) if span else ""


def _runs(parts: Sequence[CoveredPart]) -> Iterator[list[CoveredPart]]:
    """Yield runs of neighbouring tables not understood, or of forms; each chapter by itself."""
    run: list[CoveredPart] = []
    for part in parts:
        if run and not _joins(run[-1], part):
            yield run
            run = []
        if part.is_form or not part.is_understood:
            run.append(part)
    if run:
        yield run


def _joins(one: CoveredPart, two: CoveredPart) -> bool:
    if one.place.table is None or two.place.table is None:
        return False
    shown = two.is_form or not two.is_understood
    return shown and one.is_form == two.is_form


def _together(run: Sequence[CoveredPart], locator: Locator, words: Words) -> str:
    if len(run) == 1:
        return name(run[0], locator, words)
    first, last = (locator.table_name(part.place) for part in (run[0], run[-1]))
    return words("place", "tables", first=first, last=last)


def unjudged(result: CheckResult, locator: Locator, words: Words) -> tuple[Unjudged, ...]:
    """Return what could not be judged, by table and chapter."""
    return tuple(
        Unjudged(
            name(gap, locator, words) + _bracketed(gap.pages, words),
            words("label", "gap", reason=words.pick(gap.reason), n=len(gap.places)),
            gap.rules,
            tuple(dict.fromkeys(locator.words(place) for place in gap.places)),
        )
        for gap in result.gaps
    )
