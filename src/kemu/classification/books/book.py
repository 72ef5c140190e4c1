"""The yearly book 政府收支分类科目 as a user has it: its rows with explanations, or what is wrong.

Every missing or repeated row is told with its place, and nothing is guessed: a row whose code or
name is in doubt is not among those read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kemu.classification.tables.concept import LEVELS, Level, Scheme


@dataclass(frozen=True, slots=True)
class BookRow:
    """One code of the book.

    Attributes:
        scheme: The classification.
        code: All digits.
        name: As printed, without blanks.
        definition: The official explanation, or empty.
        budget: The budgets in whose sections it stands, joined by `;`, or empty.
        section: Heading of the section.
        place: Where, for people.
    """

    scheme: Scheme
    code: str
    name: str
    definition: str
    budget: str
    section: str
    place: str

    @property
    def level(self) -> Level:
        """类, 款, 项 or 目."""
        return LEVELS[(len(self.code) - 3) // 2]

    @property
    def parent(self) -> str:
        """Code of the parent, empty for a 类."""
        return self.code[:-2] if len(self.code) > 3 else ""


class SlipKind(StrEnum):
    """What a slip concerns."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    ORDER = "order"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in the book that keeps a row, or all of it, from being used.

    Attributes:
        place: Where.
        code: The code concerned, or what is printed in its place.
        kind: What it concerns.
        message: What is wrong and what to do, in Chinese.
    """

    place: str
    code: str
    kind: SlipKind
    message: str

    def __str__(self) -> str:
        code = f"{self.code} " if self.code else ""
        return f"{self.place}：{code}{self.message}"

    def to_json(self) -> dict[str, object]:
        """Return the slip as JSON values."""
        return {
            "place": self.place,
            "code": self.code,
            "kind": self.kind,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds.

    Attributes:
        path: The file's name.
        sha256: Of its bytes.
        title: Its first line, or the file's name.
        years: Years that title and file name give.
        rows: Its codes, in order of printing, but for those that `slips` tell of.
        slips: What is wrong.
        unread: Parts of the file that were not read.
        notes: What was put together.
    """

    path: str
    sha256: str
    title: str
    years: tuple[int, ...]
    rows: tuple[BookRow, ...]
    slips: tuple[Slip, ...]
    unread: tuple[str, ...]
    notes: tuple[str, ...]
