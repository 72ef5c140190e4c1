"""PDFium's functions that are called for every character and stroke, with as little as they need.

pypdfium2 declares them for use by hand: each call checks and converts its arguments and lets
other threads run, of which any one may keep the interpreter for milliseconds. Here they take
handles and addresses as integers, and the interpreter stays.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

Call = Callable[..., Any]


def _call(name: str, result: Any, *arguments: Any) -> Call:
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """Return a pointer of pypdfium2 as an integer, 0 for none."""
    return ctypes.cast(pointer, c_void_p).value or 0


_P, _I = c_void_p, c_int

count_chars = _call("FPDFText_CountChars", _I, _P)
text = _call("FPDFText_GetText", _I, _P, _I, _I, _P)
unicode = _call("FPDFText_GetUnicode", c_uint, _P, _I)
text_object = _call("FPDFText_GetTextObject", _P, _P, _I)
origin = _call("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
char_matrix = _call("FPDFText_GetMatrix", _I, _P, _I, _P)
loose_box = _call("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
tight_box = _call("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
is_generated = _call("FPDFText_IsGenerated", _I, _P, _I)
has_no_unicode = _call("FPDFText_HasUnicodeMapError", _I, _P, _I)

font_size = _call("FPDFTextObj_GetFontSize", _I, _P, _P)
font = _call("FPDFTextObj_GetFont", _P, _P)
is_embedded = _call("FPDFFont_GetIsEmbedded", _I, _P)
glyph_width = _call("FPDFFont_GetGlyphWidth", _I, _P, c_uint, c_float, _P)

count_objects = _call("FPDFPage_CountObjects", _I, _P)
page_object = _call("FPDFPage_GetObject", _P, _P, _I)
count_form_objects = _call("FPDFFormObj_CountObjects", _I, _P)
form_object = _call("FPDFFormObj_GetObject", _P, _P, c_ulong)
object_type = _call("FPDFPageObj_GetType", _I, _P)
object_matrix = _call("FPDFPageObj_GetMatrix", _I, _P, _P)
object_bounds = _call("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
count_marks = _call("FPDFPageObj_CountMarks", _I, _P)
mark = _call("FPDFPageObj_GetMark", _P, _P, c_ulong)
remove_mark = _call("FPDFPageObj_RemoveMark", _I, _P, _P)
mark_bytes = _call("FPDFPageObjMark_GetParamBlobValue", _I, _P, _P, _P, c_ulong, _P)

fill_colour = _call("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
draw_mode = _call("FPDFPath_GetDrawMode", _I, _P, _P, _P)
count_segments = _call("FPDFPath_CountSegments", _I, _P)
segment = _call("FPDFPath_GetPathSegment", _P, _P, _I)
segment_point = _call("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
segment_type = _call("FPDFPathSegment_GetType", _I, _P)


class Room:
    """Room for what PDFium writes, with the addresses of its parts."""

    def __init__(self, count: int, kind: Any = c_float) -> None:
        self.values = (kind * count)()
        self.at = ctypes.addressof(self.values)
        step = ctypes.sizeof(kind)
        self.parts = tuple(self.at + step * index for index in range(min(count, 8)))


def address(value: Any) -> int:
    """Return where a value of ctypes lies."""
    return ctypes.addressof(value)
