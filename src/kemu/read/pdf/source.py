"""pdfplumber's pages, with only as much of each character as reading needs.

pdfplumber copies some twenty attributes of every character and resolves each; reading uses seven.
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTChar, LTItem
from pdfplumber.page import Page


class LeanPage(Page):
    """A page whose characters carry their text, box, size and matrix and nothing else."""

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """Return an object of the page as pdfplumber's functions know it."""
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        shift, above = self.mediabox[0], self.height + self.mediabox[1]
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0 + shift,
            "x1": obj.x1 + shift,
            "top": above - obj.y1,
            "bottom": above - obj.y0,
            "size": obj.size,
            "upright": obj.upright,
            "matrix": obj.matrix,
        }


def lean(page: Page, turn: int = 0) -> LeanPage:
    """Return a page, turned clockwise so that text that runs up or down is upright."""
    inner = page.page_obj
    if turn:
        inner.rotate = (inner.rotate + turn) % 360
        inner.attrs = {**inner.attrs, "Rotate": inner.rotate}
    return LeanPage(page.pdf, inner, page_number=page.page_number)
