"""Years of which sentences and titles speak as their own, and years that they compare with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kemu.extract.wording import lines
from kemu.extract.wording.lines import Line
from kemu.extract.wording.rules import period
from kemu.model.document import Document
from kemu.model.facts import Span

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def spans(document: Document) -> Iterator[Span]:
    """Yield own years of paragraphs and titles that name one only, and years compared with."""
    for line in lines.paragraphs(document):
        if len(set(_YEAR.findall(line.text))) == 1:
            yield from _own(line)
        yield from _compared(line)
    for table in document.tables:
        for caption in table.captions:
            yield from _titled(Line(caption.content, caption.place))


def _titled(line: Line) -> Iterator[Span]:
    """Yield the year of a table's title that names one only."""
    years = list(_YEAR.finditer(line.text))
    if len(years) == 1 and period("title").search(line.text):
        yield line.span("titleYear", *years[0].span(), years[0].group())


def _own(line: Line) -> Iterator[Span]:
    """Yield the first year that the line speaks of as its own, unless it stands in a reason."""
    for match in period("own").finditer(line.text):
        if not period("reason").search(line.text[: match.start()]):
            start, end = match.span("year")
            yield line.span("ownYear", start, end, match["year"], _about(match))
            return


def _about(match: re.Match[str]) -> str:
    """Return `plan` or `outcome`, what the words say it was, or `either`."""
    if match["plain"]:
        return "either"
    return "outcome" if "决算" in match.group() else "plan"


def _compared(line: Line) -> Iterator[Span]:
    for match in period("compared").finditer(line.text):
        about = "plan" if match["plan"] else "outcome"
        yield line.span(
            "comparedYear", match.start("year"), match.end("year"), match["year"], about
        )
