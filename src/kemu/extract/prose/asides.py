"""Stretches of a paragraph that speak of something else: a reason, a purpose, examples, cases.

A number in them is no amount of the item. A reason ends with its sentence or at 其中; a purpose
ends also where a comparison begins, which is about the item again.
"""

from __future__ import annotations

from kemu.extract.words import sentences

_KINDS = ("reason", "purpose", "aside")


class Asides:
    """Which aside the pass is in, if any."""

    def __init__(self) -> None:
        self.kind = ""

    def follow(self, gap: str) -> None:
        """Enter or leave an aside, as the words between two numbers do."""
        for kind in _KINDS:
            ends = sentences.pattern(kind, "ends")
            resumes = sentences.pattern(kind, "resumes")
            begins = sentences.last(sentences.pattern(kind, "regex").finditer(gap))
            over = ends.search(gap) or resumes.search(gap)
            if self.kind == kind and over:
                self.kind = ""
            if begins is None:
                continue
            after = begins.end()
            if not ends.search(gap, after) and not resumes.search(gap, after):
                self.kind = kind
