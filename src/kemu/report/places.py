"""Where something is printed, in words that a person can follow without Kemu.

A table cell is named by page, table, row label and column heading; a place in prose by the
section numbers printed above it and by its sentence: `三、（三）第2句`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath

from kemu.extract.tables.words import printed_number
from kemu.model.document import Cell, Document, Paragraph, Place, Table, Text
from kemu.report.words import Words

# Depth of a printed section number: 第一部分 > 一、 > （一） > 1. > （1）
_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十]+部[分份]",
        r"[一二三四五六七八九十]+、",
        r"[(（][一二三四五六七八九十]+[)）]",
        r"\d{1,2}[.．、](?!\d)",
        r"[(（]\d{1,2}[)）]",
    )
)
_SENTENCE_END = re.compile(r"[。！？!?]")
_CLAUSE_END = re.compile(r"[。！？!?；;]")
_NUMERIC = re.compile(r"[\d,.，．%％\-—－+\s]*")
_LINE = re.compile(r"第(\d+)行")
_BEFORE, _AFTER = 70, 50
_LONG = 160


@dataclass(frozen=True)
class Quote:
    """What is printed at a place: the words before, the words meant, the words after."""

    before: str
    mark: str
    after: str

    @property
    def whole(self) -> str:
        """The quote on one line."""
        return f"{self.before}{self.mark}{self.after}"


def depth_of(text: str) -> tuple[int, str] | None:
    """Return depth and printed form of the section number that a paragraph starts with."""
    stripped = text.lstrip()
    for depth, pattern in enumerate(_NUMBERINGS):
        found = pattern.match(stripped)
        if found:
            return depth, found.group()
    return None


def _sentences(text: str) -> int:
    return max(1, len(_SENTENCE_END.findall(text.rstrip("。！？!? "))) + 1)


class Locator:
    """Finds the words for places of one document."""

    def __init__(self, document: Document, words: Words) -> None:
        self._document = document
        self._words = words

    @cached_property
    def _tables(self) -> dict[int, Table]:
        return {t.place.table: t for t in self._document.tables if t.place.table is not None}

    @cached_property
    def _paragraphs(self) -> dict[int, Paragraph]:
        return {
            p.place.paragraph: p for p in self._document.paragraphs if p.place.paragraph is not None
        }

    @cached_property
    def _sections(self) -> dict[int, tuple[str, int, int]]:
        """Per paragraph: the section numbers above it, paragraphs and sentences since then."""
        sections: dict[int, tuple[str, int, int]] = {}
        stack: dict[int, str] = {}
        paragraph_count = sentence_count = 0
        for ordinal, paragraph in self._paragraphs.items():
            text = paragraph.content.text
            numbered = depth_of(text)
            if numbered:
                depth, mark = numbered
                stack = {d: m for d, m in stack.items() if d < depth} | {depth: mark}
                paragraph_count = sentence_count = 0
            heading = numbered is not None and not _SENTENCE_END.search(text) and len(text) < 40
            if not heading:
                paragraph_count += 1
            sections[ordinal] = ("".join(stack.values()), paragraph_count, sentence_count)
            if not heading:
                sentence_count += _sentences(text)
        return sections

    def position(self, place: Place) -> tuple[int, ...]:
        """Return where a place stands in reading order."""
        table = self._tables.get(place.table or 0)
        block = place.paragraph or (table.place.paragraph if table else 0) or 0
        return block, place.row or 0, place.column or 0, place.start or 0

    def words(self, place: Place, label: str = "", column: str = "", title: str = "") -> str:
        """Return the place in words.

        Args:
            place: The place.
            label: Row label, where the caller knows it better than the table's first text cell.
            column: Header path of the column.
            title: Title of the table.
        """
        parts = [PurePath(place.source).name] if place.source else []
        if place.page is not None:
            parts.append(self._words("place", "page", n=place.page))
        if place.table is not None:
            parts += self._table_words(place, label, column, title)
        elif place.paragraph is not None:
            parts.append(self._prose_words(place))
        if place.address and ("!" in place.address or self._document.format == "txt"):
            parts.append(self._words.bracketed(self._address(place)).strip())
        return self._join(parts) or self._words("place", "document")

    def _address(self, place: Place) -> str:
        line = _LINE.fullmatch(place.address)
        return self._words("place", "line", n=line[1]) if line else place.address

    def _join(self, parts: list[str]) -> str:
        return (" " if self._words.lang == "zh" else ", ").join(part for part in parts if part)

    def near(self, place: Place, other: Place, label: str = "", column: str = "") -> str:
        """Return a place in words, without what it shares with another place already named."""
        if place.source != other.source:
            return self.words(place, label, column)
        if place.table is not None and place.table == other.table:
            changed = replace(
                place,
                row=place.row if place.row != other.row else None,
                column=place.column if place.column != other.column else None,
            )
            return self._join(self._cell_words(None, changed, "", column))
        if place.table is None and other.table is None and place.paragraph == other.paragraph:
            if self.same_sentence(place, other):
                return self._words("place", "same_sentence")
            sentence = self._words("place", "sentence", n=self._sentence_number(place))
            return self._words("place", "same_paragraph") + self._gap + sentence
        return self.words(place, label, column)

    def same_sentence(self, place: Place, other: Place) -> bool:
        """Return whether two places lie in one sentence of one paragraph."""
        return (
            place.table is None
            and place.paragraph is not None
            and (place.source, place.paragraph) == (other.source, other.paragraph)
            and None not in (place.start, other.start)
            and self._sentence_number(place) == self._sentence_number(other)
        )

    def _sentence_number(self, place: Place) -> int:
        paragraph = self._paragraphs.get(place.paragraph or 0)
        text = paragraph.content.text if paragraph else ""
        return len(_SENTENCE_END.findall(text[: place.start or 0])) + 1

    def _table_words(self, place: Place, label: str, column: str, title: str) -> list[str]:
        table = self._tables.get(place.table or 0)
        number = self._number(table)
        title = printed_number(title)[1] or self._title(table)
        name = ("table_printed" if number else "table") + ("_titled" if title else "")
        named = self._words("place", name, n=number or place.table, title=title)
        return [named, *self._cell_words(table, place, label, column)]

    def _cell_words(self, table: Table | None, place: Place, label: str, column: str) -> list[str]:
        parts = []
        if place.row is not None:
            label = label or self._row_label(table, place.row)
            name = "row_labelled" if label else "row"
            parts.append(self._words("place", name, n=place.row, label=label))
        if place.column is not None:
            heading = column.replace(" > ", "·")
            name = "column_titled" if heading else "column"
            parts.append(self._words("place", name, n=place.column, title=heading))
        return parts

    def _prose_words(self, place: Place) -> str:
        ordinal = place.paragraph or 0
        section, paragraph, before = self._sections.get(ordinal, ("", ordinal, 0))
        sentence = self._sentence_number(place)
        if not section:
            words = self._words("place", "paragraph", n=ordinal)
            return words + self._gap + self._words("place", "sentence", n=sentence)
        if paragraph == 0:
            return section + self._words("place", "heading")
        if paragraph > 2:
            words = self._words("place", "section_paragraph", n=paragraph)
            words += self._gap + self._words("place", "sentence", n=sentence)
            return section + self._gap + words
        return section + self._gap + self._words("place", "sentence", n=before + sentence)

    def table_name(self, place: Place) -> str:
        """Return what a table is called without its title: its printed number, else `表3`."""
        number = self._number(self._tables.get(place.table or 0))
        name = "table_printed" if number else "table"
        return self._words("place", name, n=number or place.table)

    @property
    def _gap(self) -> str:
        return "" if self._words.lang == "zh" else " "

    @staticmethod
    def _number(table: Table | None) -> str:
        """Return the number that a table's captions print, empty where they print none."""
        captions = table.captions if table else ()
        found = (printed_number(caption.content.text)[0] for caption in captions)
        return next(filter(None, found), "")

    @staticmethod
    def _title(table: Table | None) -> str:
        for caption in table.captions if table else ():
            text = printed_number(caption.content.text)[1]
            if not text:
                continue
            if "单位:" not in text.replace("：", ":") and not text.startswith("部门"):
                return text.strip()
        return ""

    @staticmethod
    def _row_label(table: Table | None, row: int) -> str:
        cells = table.rows[row - 1] if table and 0 < row <= len(table.rows) else ()
        return next((c.text.strip() for c in cells if not _NUMERIC.fullmatch(c.text)), "")

    def cell(self, place: Place) -> Cell | None:
        """Return the cell at a place, None where there is none."""
        table = self._tables.get(place.table or 0)
        if table is None or not place.row or not 0 < place.row <= len(table.rows):
            return None
        return next((c for c in table.rows[place.row - 1] if c.place.column == place.column), None)

    def find(self, place: Place, words: str) -> Place | None:
        """Return where in a paragraph words are first printed, None where they are not."""
        paragraph = self._paragraphs.get(place.paragraph or 0)
        start = paragraph.content.text.find(words) if paragraph and words else -1
        return replace(place, start=start, end=start + len(words)) if start >= 0 else None

    def quote(self, place: Place, fallback: str = "") -> Quote:
        """Return what is printed at a place, with its surroundings and the words meant apart."""
        if place.table is not None:
            return self._row_quote(place, fallback)
        paragraph = self._paragraphs.get(place.paragraph or 0)
        if paragraph is None or place.start is None or place.end is None:
            return Quote("", fallback, "")
        whole = _sentence(paragraph.content, place.start, place.end, _CLAUSE_END)
        return Quote(
            _clip_left(whole.before, _BEFORE), whole.mark, _clip_right(whole.after, _AFTER)
        )

    def text(self, place: Place) -> str:
        """Return the paragraph that a place lies in, as compared; empty where there is none."""
        paragraph = self._paragraphs.get(place.paragraph or 0)
        return paragraph.content.text if paragraph is not None else ""

    def printed(self, place: Place) -> str:
        """Return what is printed at a place: words of a paragraph as they stand, or a cell."""
        cell = self.cell(place)
        if cell is not None:
            return cell.content.raw.replace("\n", "").strip()
        paragraph = self._paragraphs.get(place.paragraph or 0)
        if paragraph is None or place.start is None or place.end is None:
            return ""
        if place.start >= place.end:
            return ""
        offsets = paragraph.content.offsets
        raw = paragraph.content.raw[offsets[place.start] : offsets[place.end - 1] + 1]
        return raw.replace("\n", "")

    def extent(self, place: Place) -> Place:
        """Return the sentence around a place in prose, a clause of it if it is long; else it."""
        text = self.text(place)
        if not text or place.start is None or place.end is None:
            return place
        whole = _around(text, place, _SENTENCE_END)
        long = (whole.end or 0) - (whole.start or 0) > _LONG
        return _around(text, place, _CLAUSE_END) if long else whole

    def _row_quote(self, place: Place, fallback: str) -> Quote:
        cell = self.cell(place)
        if cell is None:
            return Quote("", fallback, "")
        row = self._tables[place.table or 0].rows[(place.row or 1) - 1]
        texts = [(c is cell, c.content.raw.replace("\n", "").strip()) for c in row]
        index = next(i for i, (own, _) in enumerate(texts) if own)
        before = " │ ".join(t for _, t in texts[:index] if t)
        after = " │ ".join(t for _, t in texts[index + 1 :] if t)
        return Quote(
            _clip_left(before + " │ " if before else "", _BEFORE),
            texts[index][1] or fallback,
            _clip_right(" │ " + after if after else "", _AFTER),
        )


def _sentence(content: Text, start: int, end: int, stop: re.Pattern[str]) -> Quote:
    whole = _around(content.text, Place(start=start, end=end), stop)
    first, last = whole.start or 0, whole.end or 0
    return Quote(content.quote(first, start), content.quote(start, end), content.quote(end, last))


def _around(text: str, place: Place, stop: re.Pattern[str]) -> Place:
    """Return a place widened to the stops around it."""
    start, end = place.start or 0, place.end or 0
    ends = [found.end() for found in stop.finditer(text)]
    index = bisect_right(ends, start)
    first = ends[index - 1] if index else 0
    last = next((after for after in ends if after >= end), len(text))
    return replace(place, start=first, end=last)


def _clip_left(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width:]


def _clip_right(text: str, width: int) -> str:
    return text if len(text) <= width else text[:width] + "…"
