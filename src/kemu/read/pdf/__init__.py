"""PDF files: `read` is the way in, for all others the rest is of no concern.

One page at a time becomes plain values (glyphs, rules), these become lines and table parts, and
the pages together become blocks.
"""

from __future__ import annotations

from kemu.read.pdf.reader import MAX_PAGES, read

__all__ = ["MAX_PAGES", "read"]
