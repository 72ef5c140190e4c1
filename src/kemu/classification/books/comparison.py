"""What separates a book's edition from the tables: new, renamed, moved and gone codes.

The tables are put together from documents and may be incomplete or inexact: every difference
carries how well the tables knew the old state, so that a reader can tell a change of the
classification from a mend of the tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kemu.classification.books.book import Book, BookRow
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES, Concept, Confidence, Scheme
from kemu.classification.tables.spelling import clean


class DifferenceKind(StrEnum):
    """How a book can differ from what was known."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    GONE = "gone"
    REWORDED = "reworded"


KINDS = {
    DifferenceKind.NEW: "新增",
    DifferenceKind.RENAMED: "更名",
    DifferenceKind.MOVED: "移动",
    DifferenceKind.GONE: "取消",
    DifferenceKind.REWORDED: "说明改动",
}
"""Kind of difference to its label in Chinese."""
UNLIKE = 0.5
"""Below this likeness a number with another name may be another code."""


@dataclass(frozen=True, slots=True)
class BookDifference:
    """One difference between the book and the tables.

    Attributes:
        kind: How.
        scheme: Where.
        code: The code in the book, or the code that is gone.
        name: Its name in the book, or its last name.
        old_code: For a move, where it was.
        old_name: For a new name, the one in the tables.
        confidence: How well the tables knew the old state: None for a new code.
        years_seen: Years whose documents print the old state.
        below: For a code that is gone, how many codes below it are gone too.
        note: What to look at, in Chinese; empty if nothing.
        place: Where in the book, or empty.
    """

    kind: DifferenceKind
    scheme: Scheme
    code: str
    name: str
    old_code: str = ""
    old_name: str = ""
    confidence: Confidence | None = None
    years_seen: tuple[int, ...] = ()
    below: int = 0
    note: str = ""
    place: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the difference as JSON values."""
        return {
            "kind": self.kind,
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name,
            "oldCode": self.old_code or None,
            "oldName": self.old_name or None,
            "confidence": self.confidence,
            "yearsSeen": list(self.years_seen),
            "below": self.below,
            "note": self.note or None,
            "place": self.place or None,
        }


def compared(book: Book, year: int, table: Codes) -> tuple[BookDifference, ...]:
    """Return how a book differs from what the tables hold for its year, in order of code.

    Classifications that the book does not print at all are not compared.
    """
    found: list[BookDifference] = []
    for scheme in SCHEMES:
        rows = {row.code: row for row in book.rows if row.scheme == scheme}
        if rows:
            known = {concept.notation: concept for concept in table.edition(scheme, year)}
            found += _scheme(rows, known, table)
    return tuple(found)


def between(old: Iterable[BookRow], new: Iterable[BookRow]) -> tuple[BookDifference, ...]:
    """Return how the rows of a book differ from those of the one imported before, by code."""
    before = {(row.scheme, row.code): row for row in old}
    after = {(row.scheme, row.code): row for row in new}
    found = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0])):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            row, kind = (now, DifferenceKind.NEW) if now else (was, DifferenceKind.GONE)
            assert row is not None
            found.append(BookDifference(kind, row.scheme, row.code, row.name, place=row.place))
        elif now.name != was.name:
            found.append(_changed(DifferenceKind.RENAMED, now, was))
        elif now.definition != was.definition:
            found.append(_changed(DifferenceKind.REWORDED, now, was))
    return tuple(found)


def _changed(kind: DifferenceKind, now: BookRow, was: BookRow) -> BookDifference:
    old_name = was.name if kind is DifferenceKind.RENAMED else ""
    return BookDifference(kind, now.scheme, now.code, now.name, old_name=old_name, place=now.place)


def _scheme(
    rows: Mapping[str, BookRow], known: Mapping[str, Concept], table: Codes
) -> Iterator[BookDifference]:
    gone = {code: concept for code, concept in known.items() if code not in rows}
    moved = _moves([row for code, row in rows.items() if code not in known], gone)
    for code, row in rows.items():
        if code in moved:
            yield _moved(row, moved[code])
        elif code not in known:
            yield _new(row, table)
        elif clean(row.name) != clean(known[code].name):
            yield _renamed(row, known[code])
    left = {c: v for c, v in gone.items() if c not in {m.notation for m in moved.values()}}
    for code, concept in left.items():
        if concept.parent not in left:
            below = sum(1 for other in left if other.startswith(code) and other != code)
            yield _gone(concept, below)


def _moves(new: Iterable[BookRow], gone: Mapping[str, Concept]) -> dict[str, Concept]:
    """Return new codes with the code that bore their name before; only names borne once count."""
    new = list(new)
    before = Counter(clean(concept.name) for concept in gone.values())
    after = Counter(clean(row.name) for row in new)
    by_name = {clean(concept.name): concept for concept in gone.values()}
    return {
        row.code: by_name[name]
        for row in new
        if before[name := clean(row.name)] == after[name] == 1 and by_name[name].level == row.level
    }


def _moved(row: BookRow, old: Concept) -> BookDifference:
    return BookDifference(
        DifferenceKind.MOVED, row.scheme, row.code, row.name, old_code=old.notation,
        confidence=old.confidence, years_seen=old.years_seen, place=row.place,
    )  # fmt: skip


def _new(row: BookRow, table: Codes) -> BookDifference:
    versions = table.versions(row.scheme, row.code)
    note = ""
    if versions:
        names = "、".join(dict.fromkeys(version.name for version in versions))
        note = f"表中有这个代码，但该年不在用：{names}"
    kind = DifferenceKind.NEW
    return BookDifference(kind, row.scheme, row.code, row.name, note=note, place=row.place)


def alike(one: str, other: str) -> bool:
    """Return whether two names of one number are likely to mean the same."""
    from rapidfuzz import fuzz

    return fuzz.ratio(clean(one), clean(other)) >= 100 * UNLIKE


def _renamed(row: BookRow, old: Concept) -> BookDifference:
    notes = []
    known = [name for name in old.names[1:] if clean(name.text) == clean(row.name)]
    if known:
        notes.append("表中记为并存或新旧写法")
    elif not alike(row.name, old.name):
        notes.append("名称很不相同，可能是代码另作他用")
    if old.confidence is not Confidence.A:
        notes.append("旧名未见于 2012 年以后的文件，可能是表不准")
    return BookDifference(
        DifferenceKind.RENAMED, row.scheme, row.code, row.name, old_name=old.name,
        confidence=old.confidence, years_seen=old.years_seen, note="；".join(notes),
        place=row.place,
    )  # fmt: skip


def _gone(concept: Concept, below: int) -> BookDifference:
    note = "" if concept.confidence is Confidence.A else "未见于 2012 年以后的文件，可能早已停用"
    return BookDifference(
        DifferenceKind.GONE, concept.scheme, concept.notation, concept.name,
        confidence=concept.confidence, years_seen=concept.years_seen, below=below, note=note,
    )  # fmt: skip


MOST_MISSING = 0.1
"""A book that lacks more than this share of the well-known 款 is taken for a part of one."""


def completeness(book: Book, year: int, table: Codes) -> dict[str, str]:
    """Return, per classification the book prints, why it does not look complete; empty if it does.

    Only a complete edition may say that a code does not exist, so a part of a book (a few pages,
    one budget) must not pass for the whole. Few 款 are given up in a year.
    """
    found: dict[str, str] = {}
    for scheme in dict.fromkeys(row.scheme for row in book.rows):
        codes = {row.code for row in book.rows if row.scheme == scheme}
        known = table.edition(scheme, year)
        sure = [c for c in known if c.confidence is Confidence.A and len(c.notation) < 7]
        missing = [c for c in sure if c.notation not in codes]
        heads = [str(c.notation) + " " + c.name for c in missing if len(c.notation) == 3]
        reason = "文件有没有读到的部分" if book.unread else ""
        if len(missing) > MOST_MISSING * len(sure):
            reason = f"缺少 {len(missing)} 个常见的类、款" + _listed(heads)
        found[scheme] = reason
    return found


def _listed(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = " 等" if len(names) > 3 else ""
    return f"，如 {'、'.join(names[:3])}{more}"
