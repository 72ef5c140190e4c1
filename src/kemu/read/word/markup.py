"""WordprocessingML: the text of runs, the cells of tables, the text boxes (ECMA-376 part 1, 17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kemu.read.blocks.grids import MAX_SPAN, Printed
from kemu.read.package import attribute, child, integer, local, value

CONTAINERS = {
    "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple",
    "ruby", "rubyBase", "bdo", "dir", "oMathPara", "oMath",
}  # fmt: skip
"""Elements that only wrap what they hold."""
_TABLE_SIZE = (1_800_000, 360_000)
"""Least width and height of a picture that could show a table: 5 cm by 1 cm, in EMU."""
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class TableCell:
    """One `w:tc`, its place in the grid, counted from 0; `number` is its rank in its row."""

    element: etree._Element
    row: int
    column: int
    number: int
    rowspan: int = 1
    colspan: int = 1

    def printed(self, text: str, table: str) -> Printed:
        """Return the cell with its text."""
        address = f"{table} 第{self.row + 1}行第{self.number}格"
        return Printed(text, self.row, self.column, self.rowspan, self.colspan, address)


def runs(element: etree._Element) -> Iterator[str]:
    """Yield the visible text below a paragraph or a wrapper, text boxes left out."""
    for item in element:
        name = local(item)
        if name == "r" and not _hidden(item):
            yield from _run(item)
        elif name == "AlternateContent":
            yield from runs(choice(item))
        elif name in CONTAINERS or name.startswith("m:"):
            yield from runs(item)


def _run(run: etree._Element) -> Iterator[str]:
    for item in run:
        name = local(item)
        if name == "t":
            yield item.text or ""
        elif name == "br":
            yield "" if attribute(item, "type") in ("page", "column") else "\n"
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "sym":
            code = min(int(attribute(item, "char") or "20", 16), 0xFFFF)
            # Symbol fonts put their signs at U+F000, where they mean nothing as text.
            yield chr(code) if 0x20 <= code < 0xD800 else ""
        elif name == "AlternateContent":
            yield from _run(choice(item))
        elif name in CONTAINERS:
            yield from runs(item)


def _hidden(run: etree._Element) -> bool:
    found = child(run, "rPr", "vanish")
    return found is not None and attribute(found, "val") not in ("0", "false")


def choice(alternatives: etree._Element) -> etree._Element:
    """Return what is to be read of several forms of one thing: the first."""
    for item in alternatives:
        if local(item) in ("Choice", "Fallback") and len(item):
            return item
    return alternatives


def in_fallback(element: etree._Element) -> bool:
    """Return whether an element only repeats another one for old programs."""
    return any(
        local(parent) == "Fallback" and parent.getprevious() is not None
        for parent in element.iterancestors()
    )


def length(root: etree._Element) -> int:
    """Return how many characters Word counts in a text: a mark ends each paragraph and row."""
    marks = sum(local(item) in ("p", "tr") for item in root.iter())
    return marks + sum(len(item.text or "") for item in root.iter("{*}t", "{*}instrText"))


def is_small_picture(picture: etree._Element) -> bool:
    """Return whether a picture (`pic:pic`) is too small to show a table: a seal, a badge."""
    frame = next((p for p in picture.iterancestors() if local(p) in ("inline", "anchor")), None)
    extent = child(frame, "extent")
    if extent is None:
        return False
    sizes = (integer(attribute(extent, side), high=1 << 40) for side in ("cx", "cy"))
    return any(size < least for size, least in zip(sizes, _TABLE_SIZE, strict=True))


def boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of text boxes that hang on a paragraph."""
    for item in paragraph.iter():
        if local(item) != "txbxContent" or in_fallback(item):
            continue
        inside = (local(parent) for parent in item.iterancestors())
        if next(name for name in inside if name in ("txbxContent", "p")) == "p":
            yield item


def cells(table: etree._Element) -> list[TableCell]:
    """Return the cells of a table, merged ones once, tables inside them left alone."""
    found: list[TableCell] = []
    open_above: dict[int, TableCell] = {}
    for row, element in enumerate(_children(table, "tr")):
        column = integer(value(element, "trPr", "gridBefore"), high=MAX_SPAN)
        previous: TableCell | None = None
        for number, item in enumerate(_children(element, "tc"), 1):
            properties = child(item, "tcPr")
            span = integer(value(properties, "gridSpan"), 1, 1, MAX_SPAN)
            above = open_above.get(column)
            if _continues(properties, "vMerge") and above and above.row + above.rowspan == row:
                above.rowspan += 1
            elif _continues(properties, "hMerge") and previous:
                previous.colspan += span
            else:
                previous = TableCell(item, row, column, number, colspan=span)
                open_above[column] = previous
                found.append(previous)
            column += span
    return found


def _continues(properties: etree._Element | None, name: str) -> bool:
    """Return whether a cell goes on with the merged cell above (`vMerge`) or left (`hMerge`)."""
    found = child(properties, name)
    return found is not None and attribute(found, "val") in (None, "continue")


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, deleted ones left out."""
    for item in element:
        if local(item) == name:
            if child(item, "trPr", "del") is None:
                yield item
        elif local(item) in CONTAINERS:
            yield from _children(item, name)
