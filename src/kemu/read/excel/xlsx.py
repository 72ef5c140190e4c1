"""Excel books of today (.xlsx, .xlsm): the XML itself, for its number formats and its sparseness.

python-calamine is faster, but it does not tell number formats, and a book that names a cell in
the last row and column makes it allocate the whole sheet.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from kemu.model.document import Notice, NoticeKind, Place
from kemu.read.excel.number_format import BUILT_IN, shown
from kemu.read.excel.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    Book,
    Sheet,
    SheetCell,
)
from kemu.read.package import (
    Package,
    attribute,
    child,
    damaged,
    integer,
    local,
    refuse_doctype,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")


def read_book(package: Package) -> Book:
    """Return the sheets of a book.

    Raises:
        InputError: It is damaged.
    """
    try:
        return _book(package)
    except (etree.XMLSyntaxError, ValueError, IndexError, ArithmeticError) as error:
        raise damaged(package.where, type(error).__name__) from None


def _book(package: Package) -> Book:
    workbook = package.xml("xl/workbook.xml")
    targets = _targets(package)
    properties = child(workbook, "workbookPr")
    since_1904 = properties is not None and attribute(properties, "date1904") in _TRUE
    reader = _Reader(package, _strings(package), _formats(package), since_1904)
    sheets: list[Sheet] = []
    notices: list[Notice] = []
    for element in _inside(workbook, "sheets"):
        name = attribute(element, "name") or ""
        hidden = (attribute(element, "state") or "visible") != "visible"
        target = targets.get(attribute(element, "id") or "", "")
        if target in package and "worksheet" in target:
            sheets.append(reader.sheet(name, target, hidden))
        else:
            notices.append(_missing(name, target, target in package))
    return Book(sheets, [*notices, *_extras(package)])


def _missing(name: str, target: str, is_there: bool) -> Notice:
    """Return the notice for a sheet of the book that has no cells to read."""
    place = Place(address=f"{name}!")
    if not is_there:
        return Notice("broken", f"文件里缺少工作表“{name}”的内容，未读取", place)
    if "chartsheet" in target:
        return Notice("chart", f"“{name}”是图表页，未读取", place)
    return Notice("limit", f"“{name}”不是普通工作表，未读取", place)


def _targets(package: Package) -> dict[str, str]:
    """Return the part of each relation of the workbook."""
    root = package.optional_xml("xl/_rels/workbook.xml.rels")
    return {
        attribute(item, "Id") or "": posixpath.normpath(
            posixpath.join("/xl", attribute(item, "Target") or "")
        ).lstrip("/")
        for item in (root if root is not None else ())
    }


def _extras(package: Package) -> list[Notice]:
    counts: list[tuple[NoticeKind, str, re.Pattern[str]]] = [
        ("chart", "{}个图表未读取", re.compile(r"xl/charts/chart\d+\.xml")),
        ("scan", "{}张图片未读取", re.compile(r"xl/media/.+")),
        ("note", "文件含宏，未执行也未读取", re.compile(r"xl/vbaproject\.bin")),
        ("hidden", "{}张工作表的批注未读取", re.compile(r"xl/comments\d*\.xml")),
    ]
    found = []
    for kind, text, pattern in counts:
        number = sum(bool(pattern.fullmatch(name)) for name in package.names)
        if number:
            found.append(Notice(kind, text.format(number)))
    return found


def _strings(package: Package) -> list[str]:
    root = package.optional_xml("xl/sharedStrings.xml")
    return [_rich(item) for item in root] if root is not None else []


def _rich(element: etree._Element) -> str:
    """Return the text of a string item, reading aids (`rPh`) left out."""
    parts = []
    for item in element:
        if local(item) == "t":
            parts.append(item.text or "")
        elif local(item) == "r":
            parts.append(_rich(item))
    text = "".join(parts).replace("\r\n", "\n")
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)


def _formats(package: Package) -> list[str]:
    """Return the format code of each cell style."""
    root = package.optional_xml("xl/styles.xml")
    codes = dict(BUILT_IN)
    for item in _inside(root, "numFmts"):
        number = integer(attribute(item, "numFmtId"))
        codes[number] = attribute(item, "formatCode") or "General"
    styles = (integer(attribute(item, "numFmtId")) for item in _inside(root, "cellXfs"))
    return [codes.get(number, "General") for number in styles]


def _inside(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    found = child(root, name)
    yield from (item for item in (found if found is not None else ()) if local(item))


class _Reader:
    def __init__(
        self, package: Package, strings: list[str], formats: list[str], since_1904: bool
    ) -> None:
        self.package = package
        self.strings = strings
        self.formats = formats
        self.since_1904 = since_1904
        self.left = MAX_CELLS

    def sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        """Return one sheet; of a hidden one only that it exists."""
        made = Sheet(name, hidden)
        if hidden:
            return made
        data = self.package.read(part)
        zeros = True
        try:
            for element in _elements(data, self.package.where, part):
                kind = local(element)
                if kind == "sheetView":
                    zeros = attribute(element, "showZeros") not in ("0", "false")
                elif kind == "col" and attribute(element, "hidden") in _TRUE:
                    edges = (attribute(element, edge) for edge in ("min", "max"))
                    first, last = (integer(edge, 1, 1, MAX_COLUMNS) for edge in edges)
                    made.hidden_columns.update(range(first - 1, last))
                elif kind == "row":
                    self._row(element, made, zeros)
                elif kind == "mergeCell" and len(made.merges) < MAX_MERGES:
                    made.merges.append(_range(attribute(element, "ref") or ""))
        except (etree.XMLSyntaxError, ValueError, IndexError, ArithmeticError):
            raise damaged(self.package.where, f"工作表“{name}”") from None
        return made

    def _row(self, element: etree._Element, sheet: Sheet, zeros: bool) -> None:
        row = integer(attribute(element, "r"), sheet.rows + 1, 1, 1 << 20) - 1
        sheet.rows = row + 1
        if row >= MAX_ROWS or self.left <= 0:
            sheet.cut = True
            return
        sheet.hidden_rows += attribute(element, "hidden") in _TRUE and len(element) > 0
        column = -1
        for item in element:
            reference = _REFERENCE.fullmatch(item.get("r", ""))
            column = _column(reference[1]) if reference else column + 1
            if column >= MAX_COLUMNS:
                sheet.cut = True
                break
            self.left -= 1
            text, numeric = self._text(item, sheet, zeros)
            if text.strip() and column not in sheet.hidden_columns:
                sheet.cells.append(SheetCell(row, column, text, numeric))

    def _text(self, cell: etree._Element, sheet: Sheet, zeros: bool) -> tuple[str, bool]:
        """Return what a cell shows, and whether it is stored as a number."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return (_rich(inline) if inline is not None else ""), False
        stored = child(cell, "v")
        value = stored.text if stored is not None else None
        if not value:
            sheet.unknown += child(cell, "f") is not None
            return "", False
        if kind == "s":
            return self.strings[integer(value, high=len(self.strings))], False
        if kind == "b":
            return ("TRUE" if value == "1" else "FALSE"), False
        if kind != "n":
            return value, False
        number = Decimal(value)
        if not number and not zeros:
            return "", True
        style = integer(cell.get("s"))
        code = self.formats[style] if style < len(self.formats) else "General"
        return shown(number, code, since_1904=self.since_1904), True


def _elements(data: bytes, where: str, part: str) -> Iterator[etree._Element]:
    """Yield a sheet's views, columns, rows and merges, freeing each after use."""
    tags = [f"{{*}}{name}" for name in ("sheetView", "col", "row", "mergeCell")]
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    for _, element in events:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    refuse_doctype(events.root, where, part)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _range(reference: str) -> tuple[int, int, int, int]:
    """Return the corners of a range `B2:D5`."""
    corners = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if not all(corners):
        raise ValueError(reference)
    rows = sorted(int(part[2]) - 1 for part in corners if part)
    columns = sorted(_column(part[1]) for part in corners if part)
    return rows[0], columns[0], rows[-1], columns[-1]
