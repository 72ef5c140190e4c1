"""How much a page becomes once every form is put in for its name.

PDFium puts forms in while it loads a page, 32 deep. Forms that call themselves or each other more
than once double at every step: it would be busy without end, and no limit of ours could act. So
what a page becomes is reckoned first, in files that have forms at all.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

from kemu.read.pdf.source.page import ENDLESS, PageError

MOST_BYTES = 50_000_000
"""What forms may add to a page: the content of each, as often as it is called."""
_FORM = re.compile(rb"/Form|/[Form]*#(?:46|6[FfDd]|72)")
_CALL = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CALLED = 500
"""What a call takes beside its content."""
_DEPTH = 40


class EndlessError(PageError):
    """A page that no engine would ever have read."""

    def __init__(self) -> None:
        super().__init__(ENDLESS)


class Forms:
    """The forms of one file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._has_forms = _FORM.search(data) is not None
        self._pages: list[Any] | None = None
        self._known: dict[tuple[int, int], int] = {}
        self._fonts: set[int] = set()

    def demand(self, number: int) -> None:
        """Make sure that a page, counted from 0, comes to an end.

        Raises:
            PageError: It does not, or nobody can tell.
        """
        if not self._has_forms:
            return
        try:
            if self._pages is None:
                self._pages = _pages(self._data)
            page = self._pages[number]
            content = b"\n".join(_stream(each) for each in page.contents)
            added = self._whole(content, page.resources, _DEPTH) - len(content)
        except Exception as error:  # whatever the file's structure breaks in the library
            raise EndlessError from error
        if added > MOST_BYTES:
            raise EndlessError

    def _whole(self, content: bytes, resources: Any, depth: int) -> int:
        """Return what content becomes; above the limit it is not counted further."""
        from pdfminer.pdftypes import dict_value

        whole = len(content)
        if not depth:
            return whole
        named = dict_value(resources)
        whole += sum(
            self._glyphs(font, resources, depth - 1)
            for font in dict_value(named.get("Font", {})).values()
        )
        forms = dict_value(named.get("XObject", {}))
        for name, count in Counter(_CALL.findall(content)).items():
            if whole > MOST_BYTES:
                break
            whole += count * self._form(forms.get(_named(name)), resources, depth - 1)
        return whole

    def _form(self, reference: Any, resources: Any, depth: int) -> int:
        """Return what one call of a form becomes, 0 for a picture."""
        from pdfminer.pdftypes import resolve1

        form = resolve1(reference)
        if form is None or _name(form.get("Subtype")) != "Form":
            return 0
        key = (_number(reference, form), depth)
        if key not in self._known:
            own = form.get("Resources", resources)
            self._known[key] = _CALLED + self._whole(_stream(form), own, depth)
        return self._known[key]

    def _glyphs(self, reference: Any, resources: Any, depth: int) -> int:
        """Return what the glyphs of a font become that draws them as content, once for a file."""
        from pdfminer.pdftypes import dict_value

        font = dict_value(reference)
        number = _number(reference, font)
        if _name(font.get("Subtype")) != "Type3" or number in self._fonts:
            return 0
        self._fonts.add(number)
        own = font.get("Resources", resources)
        glyphs = dict_value(font.get("CharProcs", {})).values()
        return sum(self._whole(_stream(glyph), own, depth) for glyph in glyphs)


def _number(reference: Any, value: object) -> int:
    """Return what an object is known by: its number, else where it lies in memory."""
    return getattr(reference, "objid", None) or id(value)


def _name(value: Any) -> str:
    from pdfminer.pdftypes import resolve1

    return str(getattr(resolve1(value), "name", ""))


def _pages(data: bytes) -> list[Any]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    return list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))))


def _stream(reference: Any) -> bytes:
    from pdfminer.pdftypes import stream_value

    return bytes(stream_value(reference).get_data())


def _named(name: bytes) -> str:
    """Return a name as the library has it: what is escaped as itself."""
    plain = _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), name)
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return str(plain)
