"""PDFium against pdfplumber on all PDF files at hand: cells, and facts by place, key and amount.

PDFium reads every file twice, with the machine's fonts and with none: what is read must not
depend on them. What may differ stands in differential.csv with its cause. What is done is kept in
out/, so that one call may stop after a while and the next goes on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from benchmarks.documents import ROOT
from benchmarks.engines import difference, finder_difference, library_cells, without_fonts
from kemu.extract import extract
from kemu.model.document import Document
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.layout import blocks_of
from kemu.read.pdf.page import read_page
from kemu.read.pdf.reader import Sources
from kemu.read.pdf.source.page import PageError, PageSource, SourcePage
from kemu.read.pdf.source.pdfium import Pdfium
from kemu.read.pdf.source.plumber import Plumber

MINUTES = 8
_DONE = ROOT / "out" / "differential.jsonl"
_ALLOWED = ROOT / "benchmarks" / "differential.csv"
_FONTS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "machine": nullcontext,
    "none": without_fonts,
}
_SHOWN = 4

Entry = dict[str, Any]
"""What was found in one file."""
Observed = tuple[int | None, int | None, int | None, str, str, str]
"""Page, row, column, label, key and amount of a fact."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the engines read differently on one page.

    Attributes:
        document: Name of the file.
        fonts: `machine` or `none`: which PDFium had.
        page: Its number.
        kind: `finder` (cells as pdfplumber's own finder has them), `cells` (ours on what either
            engine draws, and the text in them) or `facts`.
        what: PDFium's / pdfplumber's.
    """

    document: str
    fonts: str
    page: int
    kind: str
    what: str


def measure(paths: list[Path]) -> bool:
    """Compare files for some minutes, then print where things stand; tell if all is explained."""
    print("PDFium / pdfplumber：单元格与事实 / cells and facts, with fonts and without")
    done = {entry["sha256"]: entry for entry in _entries()}
    begun = time.monotonic()
    named = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
    for digest, path in named.items():
        if digest in done:
            continue
        if time.monotonic() - begun > 60 * MINUTES:
            break
        done[digest] = {"sha256": digest, **_of_file(path)}
        _DONE.parent.mkdir(exist_ok=True)
        with _DONE.open("a", encoding="utf-8") as file:
            file.write(json.dumps(done[digest], ensure_ascii=False) + "\n")
    return _told([done[digest] for digest in named if digest in done], len(named))


def _entries() -> list[Entry]:
    if not _DONE.exists():
        return []
    return [json.loads(line) for line in _DONE.read_text(encoding="utf-8").splitlines()]


def _told(entries: list[Entry], count: int) -> bool:
    """Print the sums and every difference that nobody has explained; tell if there is none."""
    allowed = set(_allowed())
    found = {Difference(*each) for entry in entries for each in entry["differences"]}
    pages, alone = (sum(entry[name] for entry in entries) for name in ("pages", "alone"))
    facts = sum(entry["facts"] for entry in entries)
    alike = sum(not entry["differences"] for entry in entries)
    print(f"  {len(entries)} of {count} documents, {pages} pages ({alone} by pdfplumber), ", end="")
    print(f"{facts} facts: {alike} documents alike, {len(found)} differences, ", end="")
    print(f"{len(found - allowed)} without a cause")
    for each in sorted(found - allowed, key=astuple):
        print(f"  {each.document} p{each.page} {each.kind}, fonts {each.fonts}: {each.what}")
    if len(entries) < count:
        print("  再运行一次接着比较 / run again to go on")
    return found <= allowed


def _allowed() -> Iterator[Difference]:
    with _ALLOWED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Difference(
                row["document"], row["fonts"], int(row["page"]), row["kind"], row["what"]
            )


def _of_file(path: Path) -> Entry:
    """Return the pages, how many pdfplumber alone can read, the facts and the differences."""
    data = path.read_bytes()
    with Pdfium(data) as pdfium:
        count = len(pdfium)
    plumber = Plumber(data)
    others = [_page(plumber, number) for number in range(count)]
    theirs = _facts(others, path)
    cells = list(_library_cells(data))
    found: list[Difference] = []
    for fonts, hidden in _FONTS.items():
        with hidden(), Pdfium(data) as pdfium:
            pages = [_page(pdfium, number) for number in range(count)]
            both = Sources(pdfium, data)
            ours = _facts([page or _page(both, number) for number, page in enumerate(pages)], path)
        found += (
            Difference(path.name, fonts, number, kind, what)
            for number, kind, what in _of_pages(pages, others, cells)
        )
        found += (
            Difference(path.name, fonts, page, "facts", what)
            for page, what in _fact_differences(ours, theirs)
        )
    return {
        "pages": count,
        "alone": sum(page is None for page in pages),
        "facts": sum(theirs.values()),
        "differences": [astuple(each) for each in found],
    }


def _page(source: PageSource, number: int) -> SourcePage | None:
    try:
        return source.page(number)
    except PageError:
        return None


def _library_cells(data: bytes) -> Iterator[list[Box]]:
    with pdfplumber.open(io.BytesIO(data)) as library:
        for page in library.pages:
            yield library_cells(page)
            page.close()


def _of_pages(
    pages: Sequence[SourcePage | None],
    others: Sequence[SourcePage | None],
    cells: Sequence[list[Box]],
) -> Iterator[tuple[int, str, str]]:
    """Yield number, kind and what differs of the pages that both engines read."""
    for page, other, own in zip(pages, others, cells, strict=True):
        if page and other:
            if what := finder_difference(page, own):
                yield page.number, "finder", what
            if what := difference(page, other):
                yield page.number, "cells", what


def _facts(sources: Iterable[SourcePage | None], path: Path) -> Counter[Observed]:
    """Return the facts of a file as a check would read it from these pages."""
    pages = [read_page(page) for page in sources if page]
    blocks, notices = blocks_of(pages)
    document = Document(str(path), "0" * 64, "pdf", tuple(blocks), tuple(notices), len(pages))
    return Counter(
        (
            fact.place.page,
            fact.place.row,
            fact.place.column,
            fact.label,
            fact.key.digest() or "",
            str(fact.amount.value),
        )
        for fact in extract(document).facts
    )


def _fact_differences(
    ours: Counter[Observed], theirs: Counter[Observed]
) -> Iterator[tuple[int, str]]:
    won, lost = ours - theirs, theirs - ours
    for page in sorted({fact[0] or 0 for fact in (*won, *lost)}):
        sides = [[fact for fact in side.elements() if fact[0] == page] for side in (won, lost)]
        shown = (
            "、".join(f"{fact[3]} {fact[5]}" for fact in side[:_SHOWN]) or "–" for side in sides
        )
        yield page, f"{len(sides[0])} / {len(sides[1])}: " + " / ".join(shown)
