"""Word documents (.docx, written by Word or WPS): the XML itself, for it alone has every span.

Headings keep the number that Word counts, text boxes follow the paragraph they hang on, deleted
and hidden text is left out. Pictures, charts, notes and macros are not read, and that is said.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from kemu.errors import InputError
from kemu.model.document import Document, Notice, NoticeKind
from kemu.read.blocks.grids import is_layout
from kemu.read.blocks.sequence import Flow
from kemu.read.package import Package, attribute, child, damaged, integer, local, value
from kemu.read.word.markup import (
    CONTAINERS,
    boxes,
    cells,
    choice,
    in_fallback,
    is_small_picture,
    runs,
)
from kemu.read.word.numbering import Numbering

_NOTES: dict[str, tuple[NoticeKind, str]] = {
    "footnoteReference": ("limit", "{}条脚注未读取"),
    "endnoteReference": ("limit", "{}条尾注未读取"),
    "commentReference": ("hidden", "{}条批注未读取"),
    "del": ("hidden", "{}处修订中已删除的文字未读取"),
    "moveFrom": ("hidden", "{}处修订中已移走的文字未读取"),
    "vanish": ("hidden", "{}处隐藏文字未读取"),
    "pic": ("scan", "{}张图片未读取"),
    "imagedata": ("scan", "{}张图片未读取"),
    "chart": ("chart", "{}个图表未读取"),
    "OLEObject": ("limit", "{}个嵌入对象未读取"),
    "altChunk": ("limit", "{}段嵌入的外部内容未读取"),
    "subDoc": ("limit", "{}个子文档未读取"),
    "relIds": ("chart", "{}个图示未读取"),
    "seal": ("note", "{}张小图片未读取"),
}
_MACROS = "word/vbaproject.bin"


@dataclass
class _Styles:
    """Outline level and list of each paragraph style, inherited ones resolved."""

    outline: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, root: etree._Element | None) -> _Styles:
        made = cls()
        styles = {
            attribute(element, "styleId") or "": element
            for element in (root if root is not None else ())
            if local(element) == "style" and attribute(element, "type") == "paragraph"
        }
        for name, element in styles.items():
            if attribute(element, "default") in ("1", "true"):
                made.default = name
            for ancestor in _lineage(element, styles):
                properties = child(ancestor, "pPr")
                outline = value(properties, "outlineLvl")
                if outline is not None:
                    made.outline.setdefault(name, integer(outline, high=9))
                number = value(properties, "numPr", "numId")
                if number is not None:
                    index = integer(value(properties, "numPr", "ilvl"), high=8)
                    made.lists.setdefault(name, (number, index))
        return made


def _lineage(
    element: etree._Element, styles: dict[str, etree._Element]
) -> Iterator[etree._Element]:
    """Yield a style and those it is based on, each once."""
    seen: set[str] = set()
    current: etree._Element | None = element
    while current is not None:
        yield current
        base = value(current, "basedOn") or ""
        current = None if base in seen else styles.get(base)
        seen.add(base)


def read(path: Path, data: bytes) -> Document:
    """Return a Word document.

    Raises:
        InputError: It is damaged, encrypted, or unpacks beyond measure.
    """
    where = str(path)
    package = Package(data, where)
    try:
        reader = _Reader(package)
        reader.body()
    except (ValueError, RecursionError) as error:
        raise damaged(where, type(error).__name__) from None
    blocks = reader.flow.finish()
    notices = reader.notices()
    if not blocks and not notices:
        raise InputError("E-READ-EMPTY", "文件里没有文字", where, "请检查文件是否保存完整。")
    return Document(where, hashlib.sha256(data).hexdigest(), "docx", blocks, notices)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = _Styles.of(package.optional_xml("word/styles.xml"))
        self.numbering = Numbering.of(package.optional_xml("word/numbering.xml"))
        self.flow = Flow()
        self.seen: Counter[str] = Counter()
        self.paragraphs = 0
        self.tables = 0

    def body(self) -> None:
        """Read the main part."""
        root = self.package.xml("word/document.xml")
        body = child(root, "body")
        if body is None:
            raise damaged(self.package.where, "没有正文")
        for element in root.iter():
            name = local(element)
            if name in _NOTES and not (name == "vanish" and attribute(element, "val") == "0"):
                self.seen[_seen_as(element)] += not in_fallback(element)
        self._blocks(body)

    def notices(self) -> tuple[Notice, ...]:
        """Return what was not read."""
        counts: Counter[tuple[NoticeKind, str]] = Counter()
        for name, count in self.seen.items():
            counts[_NOTES[name]] += count
        made = [Notice(kind, text.format(n)) for (kind, text), n in counts.items() if n]
        if _MACROS in self.package:
            made.append(Notice("note", "文件含宏，未执行也未读取"))
        return tuple(made)

    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "AlternateContent":
                self._blocks(choice(element))
            elif name in CONTAINERS:
                self._blocks(element)

    def _paragraph(self, element: etree._Element) -> None:
        text = self._text(element)
        self.paragraphs += bool(text.strip())
        self.flow.paragraph(text, f"段{self.paragraphs}", self._level(element))
        for box in boxes(element):
            self._blocks(box)

    def _text(self, paragraph: etree._Element) -> str:
        """Return a paragraph's text, its automatic number counted and put first."""
        text = "".join(runs(paragraph))
        return self._number(paragraph) + text if text.strip() else text

    def _style(self, paragraph: etree._Element) -> str:
        return value(paragraph, "pPr", "pStyle") or self.styles.default

    def _level(self, paragraph: etree._Element) -> int | None:
        """Return the heading depth, from 1; None for body text (outline level 9)."""
        own = value(paragraph, "pPr", "outlineLvl")
        found = (
            self.styles.outline.get(self._style(paragraph)) if own is None else integer(own, high=9)
        )
        return None if found is None or found >= 9 else found + 1

    def _number(self, paragraph: etree._Element) -> str:
        inherited = self.styles.lists.get(self._style(paragraph))
        properties = child(paragraph, "pPr")
        number = value(properties, "numPr", "numId") or (inherited[0] if inherited else "")
        index = value(properties, "numPr", "ilvl")
        depth = integer(index, inherited[1] if inherited else 0, high=8)
        return self.numbering.next(number, depth) if number not in ("", "0") else ""

    def _table(self, element: etree._Element) -> None:
        name = f"表{self.tables + 1}"
        every = cells(element)
        plain = [cell.printed(_plain(cell.element), name) for cell in every]
        if is_layout(plain, any(_holds_table(cell.element) for cell in every)):
            for cell in every:
                self._blocks(cell.element)
            return
        self.tables += 1
        self.flow.table([cell.printed(self._cell(cell.element), name) for cell in every], name)

    def _cell(self, cell: etree._Element) -> str:
        """Return all text of a cell, a line for each paragraph, those of tables inside it too."""
        return "\n".join(self._text(item) for item in _paragraphs(cell)).strip("\n")


def _seen_as(element: etree._Element) -> str:
    """Return under which name something not read is counted; small pictures have their own."""
    name = local(element)
    return "seal" if name == "pic" and is_small_picture(element) else name


def _plain(cell: etree._Element) -> str:
    """Return a cell's text without automatic numbers, for nothing is to be counted twice."""
    return "\n".join("".join(runs(item)) for item in _paragraphs(cell))


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    return (item for item in cell.iter("{*}p") if not in_fallback(item))


def _holds_table(cell: etree._Element) -> bool:
    return next(cell.iter("{*}tbl"), None) is not None
