"""Web pages: the article's paragraphs and tables, tables that only lay out the page unwrapped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from kemu.errors import InputError
from kemu.model.document import Document, Notice
from kemu.read.blocks.grids import MAX_SPAN, Printed, is_layout
from kemu.read.blocks.normalise import content
from kemu.read.blocks.sequence import Flow
from kemu.read.web import article as webpage

MAX_GRID = 4_000_000
"""Grid places that one table may cover; spans multiply."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_SMALL_PICTURE = 60


def read(path: Path, data: bytes) -> Document:
    """Return a web page.

    Raises:
        InputError: Its encoding cannot be told, or it cannot be parsed.
    """
    where = str(path)
    text, strange = webpage.decode(data, where)
    root = webpage.parse(text, where)
    article = webpage.article(root)
    reader = _Reader(where)
    reader.title(webpage.title(root), article)
    reader.blocks(article)
    blocks = reader.flow.finish()
    notices = [*reader.notices(), *_attached(article)]
    if strange:
        notices.append(Notice("garbage", f"文中有{strange}个无法辨认的字符"))
    if not blocks:
        raise InputError(
            "E-READ-EMPTY", "网页里没有正文", where, "内容可能由脚本载入，请另存为完整网页或 PDF。"
        )
    digest = hashlib.sha256(data).hexdigest()
    return Document(where, digest, "html", blocks, tuple(notices))


def _attached(article: html.HtmlElement) -> list[Notice]:
    names = webpage.attachments(article)
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    message = f"网页链接了{len(names)}个附件，未读取：{shown}"
    return [Notice("limit", message)] if names else []


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where
        self.flow = Flow()
        self.paragraphs = 0
        self.tables = 0
        self.pictures = 0

    def title(self, text: str, article: html.HtmlElement) -> None:
        """Add the page's title unless the article begins with it."""
        wanted = content(text).text
        start = content("".join(article.itertext())[: 20 * len(text) + 400]).text
        if wanted and wanted not in start:
            self._paragraph(text, 1)

    def notices(self) -> list[Notice]:
        """Return what was not read."""
        return [Notice("scan", f"{self.pictures}张图片未读取")] if self.pictures else []

    def blocks(self, element: html.HtmlElement) -> None:
        """Add the blocks inside an element."""
        level = _HEADINGS.get(str(element.tag))
        line: list[str] = [_collapsed(element.text)]
        for child in element:
            if webpage.is_visible(child):
                if child.tag in webpage.INLINE and not _holds_block(child):
                    line += self._inline(child)
                elif child.tag == "br":
                    line.append("\n")
                else:
                    self._paragraph("".join(line), level)
                    line = []
                    self._block(child)
            line.append(_collapsed(child.tail))
        self._paragraph("".join(line), level)

    def _block(self, element: html.HtmlElement) -> None:
        if element.tag == "table":
            self._table(element)
            return
        parent = element.getparent()
        if element.tag == "li" and parent is not None and parent.tag == "ol":
            element.text = f"{_rank(element, parent)}.{element.text or ''}"
        self.blocks(element)

    def _paragraph(self, text: str, level: int | None) -> None:
        for part in text.split("\n") if level is not None else [text]:
            if part.strip():
                self.paragraphs += 1
                self.flow.paragraph(part, f"段{self.paragraphs}", level)

    def _inline(self, element: html.HtmlElement) -> Iterator[str]:
        """Yield the text of an element that begins no new line, its tail left out."""
        if element.tag == "img":
            self.pictures += _is_picture(element)
            return
        yield _collapsed(element.text)
        for child in element:
            if child.tag == "br":
                yield "\n"
            elif webpage.is_visible(child):
                yield from self._inline(child)
            yield _collapsed(child.tail)

    def _table(self, element: html.HtmlElement) -> None:
        every = self._cells(element)
        cells = [cell for cell, _ in every]
        nested = any(item.find(".//table") is not None for _, item in every)
        for caption in element.iterchildren("caption"):
            self.blocks(caption)
        if is_layout(cells, nested):
            for _, item in every:
                self.blocks(item)
            return
        self.tables += 1
        self.flow.table(cells, f"表{self.tables}", drop_blank=True)

    def _cells(self, table: html.HtmlElement) -> list[tuple[Printed, html.HtmlElement]]:
        """Return a table's cells laid into the grid as browsers do it."""
        rows = [row for row in _rows(table) if webpage.is_visible(row)]
        taken: set[tuple[int, int]] = set()
        found = []
        for r, row in enumerate(rows):
            column = number = 0
            for item in row.iterchildren("td", "th"):
                if not webpage.is_visible(item):
                    continue
                number += 1
                while (r, column) in taken:
                    column += 1
                rowspan = _span(item, "rowspan", len(rows) - r)
                colspan = _span(item, "colspan", MAX_SPAN)
                if len(taken) + rowspan * colspan > MAX_GRID:
                    raise InputError(
                        "E-READ-BOMB", "网页中有异常大的表格", self.where, "请核对文件来源。"
                    )
                taken.update((r + i, column + j) for i in range(rowspan) for j in range(colspan))
                address = f"表{self.tables + 1} 第{r + 1}行第{number}格"
                text = "\n".join(self._lines(item)).strip("\n")
                found.append((Printed(text, r, column, rowspan, colspan, address), item))
                column += colspan
        return found

    def _lines(self, element: html.HtmlElement) -> list[str]:
        """Return the lines of a cell's text, blank ones left out."""
        lines = [_collapsed(element.text)]
        for child in element:
            if child.tag == "br":
                lines.append("")
            elif webpage.is_visible(child):
                inner = self._lines(child)
                if child.tag in webpage.INLINE:
                    lines[-1] += inner[0]
                    lines += inner[1:]
                else:
                    lines += [*inner, ""]
            lines[-1] += _collapsed(child.tail)
        kept = [line for line in lines if line.strip(" ")]
        return kept or [""]


def _collapsed(text: str | None) -> str:
    """Return text as browsers set it: blanks and line breaks of the source are one blank."""
    return _SPACE.sub(" ", text or "")


def _holds_block(element: html.HtmlElement) -> bool:
    """Return whether an inline element wraps paragraphs or tables, as careless editors write."""
    return any(
        isinstance(item.tag, str) and item.tag not in webpage.INLINE and item.tag != "br"
        for item in element.iterdescendants()
    )


def _is_picture(element: html.HtmlElement) -> bool:
    """Return whether an image can hold content: icons say that they are small."""
    sizes = [re.match(r"\d+", element.get(side) or "") for side in ("width", "height")]
    small = any(size and int(size[0]) < _SMALL_PICTURE for size in sizes)
    source = (element.get("src") or "").lower()
    return not small and "icon" not in source and "filetype" not in source


def _rank(item: html.HtmlElement, parent: html.HtmlElement) -> int:
    start = parent.get("start") or "1"
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return (int(start) if start.lstrip("-").isdigit() else 1) + before


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(item: html.HtmlElement, name: str, most: int) -> int:
    """Return a span; 0 means all rows that are left."""
    match = re.match(r"\s*(\d{1,9})", item.get(name) or "1")
    number = int(match[1]) if match else 1
    if name == "rowspan" and number == 0:
        return max(most, 1)
    return max(1, min(number, most, MAX_SPAN))
